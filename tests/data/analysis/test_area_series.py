"""Vectorised totals of areas, compared with `data.progress.totals` one by one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callbacks.state.world import World
from data.analysis.area_series import AreaMoment, AreaTable, area_table
from data.analysis.area_totals import area_figures
from data.areas import COUNTRY, Area, combine
from data.periods import HalfYear
from data.quality import Quality
from data.schema import FIGURE_NAMES, FIGURES_COLUMNS, NATIONAL_COLUMNS
from data.snapshot import Snapshot, Tables

SAME = (
    "net_target", "opening_balance", "corrected_target", "realised", "remaining", "shortfall", "share",
    "needed_per_month", "municipalities", "lagging", "status",
)  # fmt: skip


def moments_of(snapshot: Snapshot) -> list[tuple[HalfYear, int]]:
    return [
        (period, period.months_elapsed(day)) for period in snapshot.periods for day in snapshot.reference_dates(period)
    ]


def assert_same(snapshot: Snapshot, area: Area, moments: Sequence[AreaMoment], every: int = 1, first: int = 0) -> None:
    """Check that vectorised totals equal single ones, on every so many dates."""
    dates = moments_of(snapshot)
    assert len(moments) == len(dates)
    for (period, months), moment in list(zip(dates, moments, strict=True))[first::every]:
        day = period.reference_date(months)
        result: dict[str, Any] = {**moment}
        wanted = snapshot.totals(period, day, area)
        assert {name: result[name] for name in SAME} == {name: getattr(wanted, name) for name in SAME}
        rows = snapshot.wide_on(period, day)
        rows = rows[rows["gm_code"].isin(area.municipalities)]
        people = rows["inhabitants"]
        assert moment["inhabitants"] == (None if people.isna().any() else people.sum())
        known = rows[rows["corrected_target"].notna() & rows["realised"].notna()]
        if area.code != COUNTRY:
            told_by = moment["qualities"]
            target, done = (weakest_of(known[f"{name}_quality"]) for name in ("corrected_target", "realised"))
            assert (told_by.get("corrected_target"), told_by.get("realised")) == (target, done)
            both = None if target is None or done is None else max(target, done, key=[*Quality].index)
            for tile in ("remaining", "shortfall", "needed_per_month"):
                assert told_by.get(tile) == both


def weakest_of(words: pd.Series) -> str | None:
    return max(words.dropna(), key=[*Quality].index, default=None)


def with_figures(tables: Tables, rows: Sequence[tuple[Any, ...]]) -> Tables:
    """Small tables with figures from (period, months, municipality number, four counts)."""
    figures = [
        (
            period,
            pd.Timestamp(HalfYear.parse(period).reference_date(months)),
            f"GM{number:04}",
            *counts,
            *("computed", "simulated", "estimated", "published"),
        )
        for period, months, number, *counts in rows
    ]
    frame = pd.DataFrame(figures, columns=list(FIGURES_COLUMNS)).astype(dict.fromkeys(FIGURE_NAMES, "Int64"))
    return replace(tables, figures=frame)


def country(tables: Tables) -> list[AreaMoment]:
    """The country on every reference date."""
    snapshot = Snapshot.of(tables)
    return area_table(snapshot).moments(areas_of(snapshot, "country"))[COUNTRY]


def areas_of(snapshot: Snapshot, *levels: str) -> list[Area]:
    return [area for area in snapshot.areas.values() if area.level in levels]


# ------------------------------------------------------------------ the example


def test_country_and_provinces_equal_totals(world: World) -> None:
    """The country on every date; each province on one date in four, together on all of them."""
    areas = areas_of(world.snapshot, "country", "province")
    result = area_table(world.snapshot).moments(areas)
    assert list(result) == [area.code for area in areas]
    for place, area in enumerate(areas):
        every = 1 if area.code == COUNTRY else 4
        assert_same(world.snapshot, area, result[area.code], every, place % every)


@pytest.mark.parametrize("level", ["corop", "labour_market_region", "safety_region", "collaboration"])
def test_regions_and_collaborations_equal_totals(world: World, level: str) -> None:
    areas = areas_of(world.snapshot, level)
    result = area_table(world.snapshot).moments(areas)
    for place, area in enumerate(areas[::4]):
        assert_same(world.snapshot, area, result[area.code][:], every=11 - place % 3)


def test_command_line_figures_agree(world: World) -> None:
    snapshot = world.snapshot
    period, day = snapshot.latest
    for area in areas_of(snapshot, "country", "province", "collaboration"):
        last = area_table(snapshot).moments([area])[area.code][-1]
        figures = area_figures(snapshot, area.code, period, day)
        for name in ("net_target", "remaining", "shortfall", "share", "status", "municipalities"):
            assert {**last}[name] == getattr(figures, name)


def test_municipalities_and_combined_areas(world: World) -> None:
    snapshot = world.snapshot
    own = combine(snapshot.areas, ["GM0363", "ferm-werk", "CR32"], "Van alles")
    areas = [snapshot.areas["GM0363"], snapshot.areas["GM0088"], own]
    result = area_table(snapshot).moments(areas)
    for area in areas:
        assert_same(snapshot, area, result[area.code], every=5)


def test_only_the_country_has_published_totals(world: World) -> None:
    snapshot = world.snapshot
    result = area_table(snapshot).moments(areas_of(snapshot, "country", "province"))
    for code, moments in result.items():
        assert any("published" in moment for moment in moments) == (code == COUNTRY)
    (last,) = [result[COUNTRY][-1]["published"]]
    published = snapshot.published(snapshot.periods[-1], snapshot.periods[-1].end)
    assert published is not None
    assert last["end_balance"] == published.end_balance


def test_result_is_independent_of_other_areas(world: World) -> None:
    provinces = areas_of(world.snapshot, "province")
    together = area_table(world.snapshot).moments(provinces)
    for area in provinces[::5]:
        assert area_table(world.snapshot).moments([area])[area.code] == together[area.code]
    # Results are copies that callers may change.
    together["PV28"][0]["qualities"].clear()
    assert area_table(world.snapshot).moments(provinces)["PV28"][0]["qualities"]


def test_last_table_is_cached(world: World, snapshot: Snapshot) -> None:
    assert area_table(world.snapshot) is area_table(world.snapshot)
    assert area_table(snapshot).snapshot is snapshot


# ------------------------------------------------------------------ ranks


@pytest.mark.parametrize("level", ["province", "corop", "safety_region", "collaboration"])
def test_furthest_behind_ranks_first(world: World, level: Any) -> None:
    snapshot = world.snapshot
    areas = areas_of(snapshot, level)
    ranks = AreaTable(snapshot).ranks(level)
    result = area_table(snapshot).moments(areas)
    assert list(ranks) == [area.code for area in areas]
    for row in range(0, len(moments_of(snapshot)), 4):
        now = {code: moments[row] for code, moments in result.items()}
        keys = {
            code: (moment["share"], -(moment["remaining"] or 0))
            for code, moment in now.items()
            if moment["share"] is not None
        }
        for code in ranks:
            wanted = None if code not in keys else 1 + sum(key < keys[code] for key in keys.values())
            assert ranks[code][row] == wanted


def test_municipal_ranks_equal_standings(world: World) -> None:
    snapshot = world.snapshot
    table = AreaTable(snapshot)
    rows = snapshot.wide[snapshot.wide["gm_code"] == "GM0363"]
    assert table.municipal_ranks("GM0363") == {
        "country": rows["rank"].tolist(),
        "province": rows["rank_in_province"].tolist(),
    }
    assert table.ranks("municipality")["GM0363"] == rows["rank"].tolist()
    ranked = table.municipal_rank_counts("GM0363")
    for row, (period, months) in enumerate(moments_of(snapshot)):
        wide = snapshot.wide_on(period, period.reference_date(months))
        assert ranked["country"][row] == wide["rank"].notna().sum()
        mates = wide[wide["province"] == "Noord-Holland"]
        assert ranked["province"][row] == mates["rank_in_province"].notna().sum()


def test_ties_share_a_rank_and_no_share_means_no_rank(tables: Tables) -> None:
    registry = tables.registry.assign(
        province_code=["PV01", "PV02", "PV03", "PV04"], province=["Een", "Twee", "Drie", "Vier"]
    )
    ranks = AreaTable(Snapshot.of(replace(tables, registry=registry))).ranks("province")
    # 2022-I ends with 6 of 18, 6 of 18, no task, no data.
    assert [ranks[code][13] for code in ranks] == [1, 1, None, None]
    # 2022-II with 12 of 24, met, 6 of 12, 6 of 10: at equal shares, more to go is further behind.
    assert [ranks[code][20] for code in ranks] == [1, 4, 2, 3]


# ------------------------------------------------------------------ missing figures


def test_small_tables_with_gaps_equal_totals(snapshot: Snapshot) -> None:
    areas = list(snapshot.areas.values())
    result = area_table(snapshot).moments(areas)
    for place, area in enumerate(areas):
        assert_same(snapshot, area, result[area.code], 2, place % 2)


def test_inhabitants_need_all_municipalities(tables: Tables) -> None:
    people = tables.inhabitants
    people = people[~((people["gm_code"] == "GM0002") & (people["year"] == 2020))]
    snapshot = Snapshot.of(replace(tables, inhabitants=people))
    result = area_table(snapshot).moments(areas_of(snapshot, "country", "province"))
    # 2021-II uses the inhabitants of 2020; a gap affects only its own province.
    assert {code: moments[0]["inhabitants"] for code, moments in result.items()} == {
        "NL": None,
        "PV28": 20_000,
        "PV29": None,
    }
    assert result["NL"][-1]["inhabitants"] == 40_000


counts = st.one_of(st.none(), st.integers(0, 40))
targets = st.one_of(st.none(), st.integers(-10, 40))
rows = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from([0, 1, 3, 6]), counts, targets, targets, counts),
    min_size=1,
    max_size=16,
    unique_by=lambda row: row[:2],
)


# The tables are never changed, so examples can share them.
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows, pace=st.sampled_from([0.3, 0.5, 1.0]))
def test_any_figures_equal_totals(tables: Tables, rows: list[tuple[Any, ...]], pace: float) -> None:
    made = with_figures(tables, [("2022-I", months, number, *figures) for number, months, *figures in rows])
    snapshot = Snapshot.of(made, pace)
    areas = [
        *areas_of(snapshot, "country", "province"),
        snapshot.areas["GM0001"],
        combine(snapshot.areas, ["GM0002", "GM0003"], "Samen"),
    ]
    result = area_table(snapshot).moments(areas)
    for area in areas:
        assert_same(snapshot, area, result[area.code])


# ------------------------------------------------------------------ quality and published totals


def test_no_data_gives_no_sum_and_no_quality(tables: Tables) -> None:
    (sums,) = country(with_figures(tables, [("2021-I", 1, 1, 10, 0, 10, None)]))
    result: dict[str, Any] = {**sums}
    names = (*FIGURE_NAMES, "remaining", "shortfall", "share", "needed_per_month")
    assert [result[name] for name in names] == [None] * len(names)
    assert sums["qualities"] == {}
    assert (sums["municipalities"], sums["lagging"]) == (4, 0)
    assert (sums["status"], sums["inhabitants"]) == ("no_data", 40_000)
    assert "published" not in sums


def test_sum_has_the_weakest_quality_of_its_parts(tables: Tables) -> None:
    (sums,) = country(with_figures(tables, [("2021-I", 1, number, 10, 0, 10, 1) for number in (1, 2)]))
    assert sums["qualities"] == {
        "net_target": "computed",
        "opening_balance": "simulated",
        "corrected_target": "estimated",
        "realised": "published",
        "remaining": "estimated",
        "shortfall": "estimated",
        "needed_per_month": "estimated",
    }


def test_published_totals_are_added_and_mark_equal_sums(tables: Tables) -> None:
    rows = [("2021-I", months, number, 10, 0, 10, months) for months in (3, 6) for number in (1, 2)]
    national = [("2021-I", 20, 21, 12, -8, *["published"] * 4, "Kamerbrief")]
    made = replace(with_figures(tables, rows), national=pd.DataFrame(national, columns=list(NATIONAL_COLUMNS)))
    early, end = country(made)
    assert early["published"] == {"net_target": 20, "corrected_target": 21}
    assert end["published"] == {"net_target": 20, "corrected_target": 21, "realised": 12, "end_balance": -8}
    assert (end["remaining"], end["qualities"]["remaining"]) == (8, "published")
    assert end["qualities"]["net_target"] == "published"
    assert end["qualities"]["corrected_target"] == "estimated"
    assert early["qualities"]["remaining"] == "estimated"
    _, end = country(replace(made, national=made.national.assign(end_balance=8, net_target=None)))
    assert end["published"] == {"corrected_target": 21, "realised": 12, "end_balance": 8}
    assert end["qualities"]["remaining"] == "estimated"
    assert end["qualities"]["net_target"] == "computed"


def test_national_sums_equal_to_published_get_their_quality(world: World) -> None:
    national = world.snapshot.national.set_index("period")
    moments = area_table(world.snapshot).moments(areas_of(world.snapshot, "country"))[COUNTRY]
    marked = 0
    for (period, months), sums in zip(moments_of(world.snapshot), moments, strict=True):
        result: dict[str, Any] = {**sums}
        row = national.loc[str(period)]
        asked = {"net_target": row["net_target"], "corrected_target": row["corrected_target"]}
        if months == 6:
            asked |= {"realised": row["realised"], "remaining": -row["end_balance"]}
            assert sums["published"]["end_balance"] == row["end_balance"]
            assert sums["published"]["realised"] == row["realised"]
        else:
            assert not {"realised", "end_balance"} & set(sums["published"])
        for name, number in asked.items():
            if result[name] == number:
                marked += 1
                published = "end_balance" if name == "remaining" else name
                assert sums["qualities"][name] == row[f"{published}_quality"], (name, period)
            else:
                assert sums["qualities"][name] != Quality.PUBLISHED, (name, period)
        # What follows from single municipalities is as sure as they are.
        assert sums["qualities"]["shortfall"] == Quality.SIMULATED
        assert sums["qualities"]["needed_per_month"] == Quality.SIMULATED
    assert marked > 77


def test_provinces_have_no_published_totals(world: World) -> None:
    for moments in area_table(world.snapshot).moments(areas_of(world.snapshot, "province")).values():
        for moment in moments:
            assert Quality.PUBLISHED not in moment["qualities"].values()
