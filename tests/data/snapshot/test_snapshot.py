from dataclasses import FrozenInstanceError, replace
from datetime import date

import pandas as pd
import pytest

from data.areas import Collaboration, UnknownArea
from data.errors import FiguresError
from data.periods import HalfYear
from data.progress import SLIGHTLY_BEHIND_PACE, Status, totals
from data.quality import Quality
from data.snapshot import STANDINGS_COLUMNS, NotInSnapshot, PublishedTotals, Snapshot, Tables, current, example_tables
from data.snapshot.standings import WIDE_COLUMNS

FIRST, SECOND, THIRD = HalfYear(2021, 2), HalfYear(2022, 1), HalfYear(2022, 2)
ALL = ["GM0001", "GM0002", "GM0003", "GM0004"]


def column(snapshot: Snapshot, name: str, period: HalfYear, months: int = 6) -> list[object]:
    """Return values of the four municipalities on one date, None where missing."""
    cells = snapshot.wide_on(period, period.reference_date(months))[name]
    return [None if pd.isna(cell) else cell for cell in cells]


# ------------------------------------------------------------------ contents


def test_periods_and_dates_are_chronological(snapshot: Snapshot) -> None:
    assert snapshot.periods == (FIRST, SECOND, THIRD)
    assert snapshot.reference_dates(SECOND) == SECOND.reference_dates
    assert snapshot.latest == (THIRD, date(2023, 1, 1))


def test_a_running_half_year_has_only_its_dates_so_far(tables: Tables) -> None:
    running = tables.figures["period"].eq("2022-II") & (tables.figures["reference_date"] > "2022-09-01")
    snapshot = Snapshot.of(replace(tables, figures=tables.figures[~running]))
    assert snapshot.latest == (THIRD, date(2022, 9, 1))
    assert column(snapshot, "missed", THIRD, 2) == [2, 2, 0, None]


def test_rows_may_come_in_any_order(tables: Tables, snapshot: Snapshot) -> None:
    shuffled = Snapshot.of(replace(tables, figures=tables.figures.sample(frac=1, random_state=1)))
    pd.testing.assert_frame_equal(shuffled.wide, snapshot.wide)


def test_standings_have_the_columns_of_the_command_line(snapshot: Snapshot) -> None:
    rows = snapshot.standings(SECOND, SECOND.end)
    assert tuple(rows.columns) == STANDINGS_COLUMNS
    assert rows["gm_code"].tolist() == ALL
    assert tuple(snapshot.wide.columns) == WIDE_COLUMNS


def test_wide_has_every_municipality_on_every_date(snapshot: Snapshot) -> None:
    sizes = snapshot.wide.groupby(["period", "reference_date"]).size()
    assert sizes.tolist() == [4] * 21


def test_a_municipality_without_a_row_has_no_data(tables: Tables) -> None:
    kept = tables.figures[tables.figures["gm_code"] != "GM0002"]
    snapshot = Snapshot.of(replace(tables, figures=kept))
    assert column(snapshot, "status", SECOND)[1] == Status.NO_DATA
    assert column(snapshot, "quality", SECOND)[1] is None
    assert column(snapshot, "name", SECOND)[1] == "Beek aan Zee"


# ------------------------------------------------------------------ derived columns


def test_derived_columns(snapshot: Snapshot) -> None:
    assert column(snapshot, "remaining", SECOND, 3) == [15, 15, -2, None]
    assert column(snapshot, "share", SECOND, 3) == [3 / 18, 3 / 18, None, None]
    assert column(snapshot, "expected_share", SECOND, 3) == [0.5] * 4
    assert column(snapshot, "pace", SECOND, 3) == [pytest.approx(1 / 3)] * 2 + [None] * 2
    assert column(snapshot, "status", SECOND, 3) == ["behind", "behind", "no_task", "no_data"]


def test_behind_per_1000_uses_inhabitants_of_the_year_before(tables: Tables) -> None:
    inhabitants = tables.inhabitants.copy()
    inhabitants.loc[inhabitants["year"] == 2021, "inhabitants"] = 5_000
    snapshot = Snapshot.of(replace(tables, inhabitants=inhabitants))
    assert column(snapshot, "behind_per_1000", SECOND) == [12 / 5, 12 / 5, -2 / 5, None]
    assert column(snapshot, "behind_per_1000", FIRST)[0] == 6 / 10


def test_unknown_inhabitants_leave_only_the_ratio_undefined(tables: Tables) -> None:
    snapshot = Snapshot.of(replace(tables, inhabitants=tables.inhabitants[:0]))
    assert column(snapshot, "behind_per_1000", SECOND) == [None] * 4
    assert column(snapshot, "remaining", SECOND)[:3] == [12, 12, -2]


def test_change_is_relative_to_the_same_month_of_the_previous_period(snapshot: Snapshot) -> None:
    # GM0001: 3 of 12 after three months of 2021-II, 3 of 18 after three of 2022-I.
    assert column(snapshot, "change", SECOND, 3) == [pytest.approx((3 / 18 - 3 / 12) * 100)] * 2 + [None] * 2
    assert column(snapshot, "change", FIRST) == [None] * 4
    assert column(snapshot, "previous_status", FIRST) == [None] * 4


def test_change_skips_no_half_year(tables: Tables) -> None:
    gap = tables.figures[tables.figures["period"] != "2022-I"]
    snapshot = Snapshot.of(replace(tables, figures=gap))
    assert column(snapshot, "change", THIRD) == [None] * 4
    assert column(snapshot, "missed", THIRD) == [1, 0, 1, 1]


def test_missed_counts_completed_half_years_only(snapshot: Snapshot) -> None:
    assert column(snapshot, "missed", FIRST, 5) == [None] * 4
    assert column(snapshot, "missed", FIRST, 6) == [1, 1, 0, 0]
    assert column(snapshot, "missed", SECOND, 0) == [1, 1, 0, 0]
    assert column(snapshot, "missed", SECOND, 6) == [2, 2, 0, None]
    assert column(snapshot, "missed", THIRD, 5) == [2, 2, 0, None]
    assert column(snapshot, "missed", THIRD, 6) == [3, 0, 1, 1]


def test_rank_one_is_furthest_behind(snapshot: Snapshot) -> None:
    # After 2022-II: shares 0.5, 1, 0.5, 0.6; of the two 0.5s the first has more to go.
    assert column(snapshot, "rank", THIRD) == [1, 4, 2, 3]
    assert column(snapshot, "rank_in_province", THIRD) == [1, 2, 1, 2]


def test_ties_share_a_rank_and_an_undefined_share_has_none(snapshot: Snapshot) -> None:
    assert column(snapshot, "rank", SECOND) == [1, 1, None, None]


def test_a_rows_quality_is_that_of_its_weakest_figure(tables: Tables) -> None:
    figures = tables.figures.assign(opening_balance_quality="published", corrected_target_quality="published")
    snapshot = Snapshot.of(replace(tables, figures=figures))
    # Realised is published at the end and simulated before; the net target is computed.
    assert column(snapshot, "quality", THIRD, 6) == ["computed"] * 4
    assert column(snapshot, "quality", THIRD, 5) == ["simulated"] * 4
    # GM0004 has no realised number in 2022-I: its quality does not count.
    assert column(snapshot, "quality", SECOND, 3)[3] == "computed"


def test_the_computed_target_is_beside_the_published_one(tables: Tables) -> None:
    figures = tables.figures.assign(corrected_target=tables.figures["corrected_target"] + 1)
    snapshot = Snapshot.of(replace(tables, figures=figures))
    assert column(snapshot, "corrected_target", THIRD) == [25, 25, 13, 11]
    assert column(snapshot, "reckoned_corrected_target", THIRD) == [24, 24, 12, 10]


# ------------------------------------------------------------------ areas and sums


@pytest.mark.parametrize(
    ("code", "level", "municipalities"),
    [
        ("NL", "country", ALL),
        ("PV29", "province", ["GM0001", "GM0002"]),
        (" pv28 ", "province", ["GM0003", "GM0004"]),
        ("CR26", "corop", ["GM0003", "GM0004"]),
        ("VR15", "safety_region", ["GM0003", "GM0004"]),
        ("AM01", "labour_market_region", ["GM0001", "GM0002"]),
        ("gm0004", "municipality", ["GM0004"]),
    ],
)
def test_areas_by_code(snapshot: Snapshot, code: str, level: str, municipalities: list[str]) -> None:
    area = snapshot.area(code)
    assert (area.level, list(area.municipalities)) == (level, municipalities)
    assert snapshot.standings(THIRD, THIRD.end, code)["gm_code"].tolist() == municipalities


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("zeelnd", r"Bedoelde u PV29 \(Zeeland\)"),
        ("Zuid Holland", r"PV28 \(Zuid-Holland\)"),
        ("GM0005", r"GM000\d"),
        ("", "is geen gebied. Geef NL"),
        ("qqqqqqqq", "is geen gebied. Geef NL"),
    ],
)
def test_unknown_areas_suggest_similar_codes(snapshot: Snapshot, code: str, hint: str) -> None:
    with pytest.raises(UnknownArea, match=hint):
        snapshot.area(code)


def test_sums_are_those_of_the_rows(snapshot: Snapshot) -> None:
    rows = snapshot.wide_on(THIRD, THIRD.end, "PV28")
    sums = snapshot.totals(THIRD, THIRD.end, "PV28")
    assert sums == totals(rows, 6)
    assert (sums.municipalities, sums.corrected_target, sums.realised) == (2, 22, 12)
    assert sums.quality == Quality.SIMULATED


def test_sums_of_one_municipality_are_its_own_row(snapshot: Snapshot) -> None:
    sums = snapshot.totals(SECOND, date(2022, 4, 1), "GM0001")
    row = snapshot.standings(SECOND, date(2022, 4, 1), "GM0001").iloc[0]
    assert (sums.remaining, sums.share, sums.status) == (row["remaining"], row["share"], row["status"])


def test_published_totals_are_not_corrected(snapshot: Snapshot) -> None:
    published = snapshot.published(SECOND, SECOND.end)
    sure = dict.fromkeys(["net_target", "corrected_target", "realised"], Quality.PUBLISHED)
    qualities = {**sure, "end_balance": Quality.ESTIMATED}
    assert published == PublishedTotals(40, 40, 11, -28, qualities, "kamerbrief")
    assert snapshot.totals(SECOND, SECOND.end).corrected_target == 18 + 18 - 2


def test_published_totals_before_the_end_have_the_target_only(snapshot: Snapshot) -> None:
    published = snapshot.published(SECOND, date(2022, 4, 1))
    assert published is not None
    assert (published.net_target, published.realised, published.end_balance) == (40, None, None)
    assert set(published.qualities) == {"net_target", "corrected_target"}
    assert snapshot.published(THIRD, THIRD.end) is None


def test_the_lower_threshold_applies_to_rows_and_sums(tables: Tables) -> None:
    strict = Snapshot.of(tables, slightly_behind_pace=0.9)
    assert column(strict, "status", THIRD) == ["behind", "met", "behind", "behind"]
    assert strict.totals(THIRD, THIRD.end, "GM0004").status == Status.BEHIND
    assert strict.version != Snapshot.of(tables).version


# ------------------------------------------------------------------ refusals


def test_a_half_year_without_figures_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(NotInSnapshot, match=r"Van 2030-I zijn geen cijfers; .* 2021-II tot en met 2022-II"):
        snapshot.standings(HalfYear(2030, 1), date(2030, 7, 1))


@pytest.mark.parametrize("day", [date(2022, 8, 1), date(2022, 3, 2), date(1999, 1, 1)])
def test_a_date_without_figures_is_refused(snapshot: Snapshot, day: date) -> None:
    with pytest.raises(NotInSnapshot, match=f"Van 2022-I is geen stand op {day}; .*2022-01-01 tot en met 2022-07-01"):
        snapshot.totals(SECOND, day)


def test_a_source_without_figures_is_refused(tables: Tables) -> None:
    with pytest.raises(NotInSnapshot, match="'proefcijfers' heeft geen enkel cijfer"):
        Snapshot.of(replace(tables, figures=tables.figures[:0]))


def test_invalid_tables_are_refused(tables: Tables) -> None:
    with pytest.raises(FiguresError, match=r"cijfers, rij 2, kolom net_target: negatief: -1"):
        Snapshot.of(replace(tables, figures=tables.figures.assign(net_target=[-1, *[1] * 83])))
    with pytest.raises(FiguresError, match="gemeentenregister"):
        Snapshot.of(replace(tables, registry=tables.registry.assign(name="")))


# ------------------------------------------------------------------ immutability


def test_the_version_depends_on_the_content(tables: Tables, snapshot: Snapshot) -> None:
    assert Snapshot.of(tables).version == snapshot.version
    changed = tables.figures.copy()
    changed.loc[0, "realised"] = 1
    others = [
        replace(tables, figures=changed),
        replace(tables, title="andere"),
        replace(tables, example=False),
        replace(tables, national=tables.national.assign(realised=12)),
        replace(tables, registry=tables.registry.assign(name=["A", "B", "C", "D"])),
    ]
    assert len({snapshot.version, *(Snapshot.of(other).version for other in others)}) == 6


def test_the_version_depends_on_the_collaborations(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(*collaborations: Collaboration) -> str:
        monkeypatch.setattr("data.snapshot.snapshot.bundled_collaborations", lambda: collaborations)
        return Snapshot.of(tables).version

    both = Collaboration("zee", "Zee", ("GM0001", "GM0002"), "krant")
    versions = {
        version(),
        version(both),
        version(replace(both, id="kust")),
        version(replace(both, name="Kust")),
        version(replace(both, municipalities=("GM0001", "GM0003"))),
    }
    assert len(versions) == 5
    assert version(replace(both, source="brief")) in versions


def test_changing_a_result_does_not_change_the_snapshot(snapshot: Snapshot) -> None:
    for rows in (snapshot.standings(THIRD, THIRD.end), snapshot.wide_on(THIRD, THIRD.end)):
        rows["realised"] = 999
    assert column(snapshot, "realised", THIRD) == [12, 24, 6, 6]


def test_a_snapshot_is_immutable(snapshot: Snapshot) -> None:
    with pytest.raises(FrozenInstanceError):
        snapshot.version = "ander"


# ------------------------------------------------------------------ the example


def test_the_example_is_complete() -> None:
    snapshot = current()
    assert snapshot.example
    assert [str(period) for period in (snapshot.periods[0], snapshot.periods[-1])] == ["2019-I", "2024-I"]
    assert all(snapshot.reference_dates(period) == period.reference_dates for period in snapshot.periods)
    assert len(snapshot.wide) == 11 * 7 * 342
    assert not snapshot.wide["status"].eq(Status.NO_DATA).any()
    assert snapshot.wide["inhabitants"].notna().all()
    assert snapshot.wide["quality"].notna().all()


def test_the_snapshot_is_cached() -> None:
    assert current() is current()
    assert current(SLIGHTLY_BEHIND_PACE / 2).slightly_behind_pace == SLIGHTLY_BEHIND_PACE / 2


def test_a_store_can_be_the_source(tables: Tables) -> None:
    assert current(source=lambda: tables).title == "proefcijfers"


def test_codes_of_the_figures_equal_those_of_the_register() -> None:
    tables = example_tables()
    assert set(tables.figures["gm_code"]) == set(tables.registry["gm_code"]) == set(tables.inhabitants["gm_code"])


def test_sums_over_provinces_equal_the_country() -> None:
    snapshot = current()
    for period in snapshot.periods:
        country = snapshot.totals(period, period.end)
        parts = [
            snapshot.totals(period, period.end, code)
            for code, area in snapshot.areas.items()
            if area.level == "province"
        ]
        assert len(parts) == 12
        assert country.realised == sum(part.realised or 0 for part in parts)
        assert country.shortfall == sum(part.shortfall or 0 for part in parts)
        assert country.counts == {word: sum(part.counts[word] for part in parts) for word in Status}


def test_status_counts_equal_those_of_the_rows() -> None:
    snapshot = current()
    for period in snapshot.periods:
        for day in snapshot.reference_dates(period):
            rows = snapshot.standings(period, day)["status"].value_counts()
            assert snapshot.totals(period, day).counts == {word: rows[word] for word in Status}


def test_net_target_and_realisation_equal_the_published_ones() -> None:
    snapshot = current()
    for period in snapshot.periods:
        ours, theirs = snapshot.totals(period, period.end), snapshot.published(period, period.end)
        assert theirs is not None
        assert (ours.net_target, ours.realised) == (theirs.net_target, theirs.realised)
        assert ours.remaining is not None
        assert -ours.remaining == theirs.end_balance
