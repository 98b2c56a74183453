import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from dash import html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import app as application
from callbacks.pages.area.panel import municipality_view, panel_for
from callbacks.state.world import World
from callbacks.web.assets import FOLDER
from data.areas import UnknownArea
from data.periods import HalfYear
from data.quality import Quality
from data.snapshot import NotInSnapshot, Snapshot, Tables
from layouts.first_paint import to_html
from layouts.panel import Figure, MunicipalityView

REMARK = "Deze gemeente of deze stand kennen wij niet."


def requested(selected: object, period: str = "2022-I", day: str = "2022-07-01") -> dict[str, object]:
    return {"period": period, "reference_date": day, "selected": selected}


def or_none(value: Any) -> Any:
    return None if pd.isna(value) else value


def weakest(*qualities: object) -> str | None:
    known = [Quality(str(quality)) for quality in qualities if isinstance(quality, str)]
    return max(known, key=list(Quality).index).value if known else None


def assert_figure(figure: Figure, value: Any, quality: Any) -> None:
    """Check a figure's number and quality; a missing number has no quality."""
    assert figure.value == or_none(value)
    assert figure.quality == (None if figure.value is None else quality)


def assert_course(view: MunicipalityView, course: pd.DataFrame) -> None:
    """Check the charts' data against the rows of the half-year up to the date."""
    passed = course[course["months"] <= view.months].set_index("months")
    done = [or_none(passed["realised"].get(month)) for month in range(7)]
    grades = [None if done[month] is None else passed["realised_quality"][month] for month in range(7)]
    target = view.corrected_target.value
    requested = target if target is not None and target > 0 else None
    assert view.average_needed == (None if requested is None else requested / 6)
    for month, (before, after) in enumerate(pairwise(range(7))):
        known = done[before] is not None and done[after] is not None
        assert view.realised_in[month] == (done[after] - done[before] if known else None)
        assert view.quality_in[month] == (weakest(grades[before], grades[after]) if known else None)


def assert_equals_snapshot(view: MunicipalityView, world: World, row: Mapping[str, Any]) -> None:
    for name in ("gm_code", "name", "province", "period", "status", "months"):
        assert getattr(view, name) == row[name], name
    for name in ("net_target", "opening_balance", "corrected_target", "realised", "inhabitants"):
        assert_figure(getattr(view, name), row[name], row[f"{name}_quality"])
    both = weakest(row["corrected_target_quality"], row["realised_quality"])
    assert_figure(view.remaining, row["remaining"], both)
    parts = weakest("computed", row["net_target_quality"], row["opening_balance_quality"])
    assert_figure(view.reckoned_corrected_target, row["reckoned_corrected_target"], parts)
    for name in ("share", "expected_share", "behind_per_1000"):
        assert getattr(view, name) == or_none(row[name]), name
    missed, left = or_none(row["missed"]), or_none(row["remaining"])
    assert bool(view.since) == bool(missed)
    assert not missed or f"({missed} halfja" in view.since
    running = left is not None and left > 0 and view.months < 6
    assert view.needed_per_month == (left / (6 - view.months) if running else None)
    assert view.reference_date == row["reference_date"].date()
    country, province = view.ranks
    assert (country.place, country.where) == (or_none(row["rank"]), "Nederland")
    assert (province.place, province.where) == (or_none(row["rank_in_province"]), row["province"])
    assert (view.source, view.example) == (world.snapshot.title, world.snapshot.example)


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def test_panel_equals_the_row_of_every_municipality(world: World) -> None:
    """Covers each municipality on one date, and all dates in turn."""
    wide = world.snapshot.wide
    size, moments = len(world.bundle.codes), len(world.moments)
    dates = {day: rows for (_, day), rows in wide.groupby(["period", "reference_date"])}
    courses = dict(list(wide.groupby(["period", "gm_code"])))
    for row in rows_of(wide.iloc[[(who % moments) * size + who for who in range(size)]]):
        period, stamp = HalfYear.parse(row["period"]), row["reference_date"]
        view = municipality_view(world, period, stamp.date(), row["gm_code"])
        assert_equals_snapshot(view, world, row)
        assert_course(view, courses[row["period"], row["gm_code"]])
        assert view.months_in == period.reference_dates[:-1]
        if row["months"] in (1, 2, 3):  # a date of one half-year only
            near = dates[stamp][dates[stamp]["province"] == row["province"]]
            assert [rank.among for rank in view.ranks] == [
                dates[stamp]["share"].count(),
                near["share"].count(),
            ]
        assert all(rank.place is None or 1 <= rank.place <= rank.among for rank in view.ranks)


@pytest.mark.parametrize("gm_code", ["GM0363", "GM0014", "GM0034", "GM0037", "GM0047"])
def test_missing_figures(gm_code: str, gaps: World) -> None:
    wide = gaps.snapshot.wide
    for row in rows_of(wide[wide["gm_code"] == gm_code]):
        period, day = HalfYear.parse(row["period"]), row["reference_date"].date()
        view = municipality_view(gaps, period, day, gm_code)
        assert_equals_snapshot(view, gaps, row)
        assert_course(view, wide[(wide["period"] == row["period"]) & (wide["gm_code"] == gm_code)])
        if row["months"] not in (0, 4, 6):
            continue
        drawn = str(to_html(panel_for(gaps, requested(gm_code, row["period"], day.isoformat()))))
        for odd in ("nan", "None", "NaT", "&lt;NA", "inf"):
            assert odd not in drawn, odd


def test_the_card_has_every_half_year_and_leads_on(world: World) -> None:
    view = municipality_view(world, HalfYear(2022, 1), date(2022, 7, 1), "GM0546")
    assert [box.period for box in view.half_years] == [str(period) for period in world.snapshot.periods]
    assert [box.period for box in view.half_years if box.now] == ["2022-I"]
    ends = [world.snapshot.row(period, period.end, "GM0546") for period in world.snapshot.periods]
    assert [(box.status, box.share, box.months) for box in view.half_years] == [
        (row["status"], or_none(row["share"]), 6) for row in ends
    ]
    moment = "periode=2022-I&stand=2022-07-01"
    assert view.links.page == f"/gemeente/GM0546?{moment}"
    assert view.links.province == f"/provincie/PV28?{moment}"
    assert view.links.compare == f"/vergelijk?{moment}&gebieden=GM0546"
    assert view.links.visit == f"/bezoek?bezoek=GM0546&{moment}"
    assert view.links.dossier == f"/download/dossier/GM0546.pdf?{moment}"


def test_a_half_year_without_figures_has_an_empty_box(gaps: World) -> None:
    figures = gaps.snapshot.figures
    without = replace(
        gaps,
        snapshot=Snapshot.of(
            Tables(
                "met een gat",
                False,
                gaps.snapshot.registry,
                pd.concat(
                    [figures[figures["period"] == "2024-I"], _moved(figures[figures["period"] == "2023-II"], -1)]
                ),
                gaps.snapshot.inhabitants,
                gaps.snapshot.national,
            )
        ),
    )
    boxes = municipality_view(without, HalfYear(2024, 1), date(2024, 7, 1), "GM0599").half_years
    assert [(box.period, box.status == "no_data") for box in boxes] == [
        ("2022-II", False), ("2023-I", True), ("2023-II", True), ("2024-I", False),
    ]  # fmt: skip


def _moved(rows: pd.DataFrame, years: int) -> pd.DataFrame:
    """Figures of the same half-year of another year."""
    return rows.assign(
        period=[f"{int(period[:4]) + years}{period[4:]}" for period in rows["period"]],
        reference_date=rows["reference_date"] + pd.DateOffset(years=years),
    )


def test_missing_month_in_the_progress(gaps: World) -> None:
    view = municipality_view(gaps, HalfYear(2024, 1), date(2024, 7, 1), "GM0599")
    assert [done is None for done in view.realised_in] == [True, True, False, False, False, False]
    late = municipality_view(gaps, HalfYear(2024, 1), date(2024, 7, 1), "GM0014")
    assert [done is None for done in late.realised_in] == [True] * 6
    assert late.status == "no_data"
    assert [rank.place for rank in late.ranks] == [None, None]


def test_differing_published_and_computed_targets_are_both_given(gaps: World) -> None:
    view = municipality_view(gaps, HalfYear(2024, 1), date(2024, 7, 1), "GM0034")
    assert view.reckoned_corrected_target.value is not None
    assert view.corrected_target.value == view.reckoned_corrected_target.value + 1
    text = str(to_html(panel_for(gaps, requested("GM0034", "2024-I", "2024-07-01"))))
    assert "Onze berekening" in text
    assert "Onze berekening" not in str(to_html(panel_for(gaps, requested("GM0599", "2024-I", "2024-07-01"))))


def test_unknown_municipality_is_refused(world: World) -> None:
    with pytest.raises(UnknownArea):
        municipality_view(world, HalfYear(2022, 1), date(2022, 7, 1), "GM9999")
    with pytest.raises(NotInSnapshot):
        municipality_view(world, HalfYear(2030, 1), date(2030, 7, 1), "GM0363")
    with pytest.raises(NotInSnapshot):
        municipality_view(world, HalfYear(2022, 1), date(2023, 7, 1), "GM0363")


@pytest.mark.parametrize("request_", [None, {}, {"selected": None}, requested(None)])
def test_no_selection_gives_no_panel(request_: Mapping[str, Any] | None, world: World) -> None:
    assert panel_for(world, request_) is None


@pytest.mark.parametrize(
    "request_",
    [
        requested("GM9999"),
        # Areas that are no municipalities; codes are case-sensitive.
        requested("PV21"),
        requested("NL"),
        requested("gm0363"),
        requested(" GM0363"),
        requested("'; drop table"),
        requested("<script>"),
        requested("GM0363", "2030-I"),
        requested("GM0363", "onzin"),
        requested("GM0363", "2022-I", "2022-07-02"),
        requested("GM0363", "2022-I", "2023-07-01"),
        requested("GM0363", "2022-I", "gisteren"),
        requested(0),
        requested(""),
        requested([]),
        requested({"code": "GM0363"}),
        {"selected": "GM0363"},
        {"selected": "GM0363", "period": "2022-I"},
        {"selected": "GM0363", "period": None, "reference_date": None},
    ],
    ids=str,
)
def test_unknown_selection_gives_a_remark(request_: Mapping[str, Any], world: World) -> None:
    drawn = panel_for(world, request_)
    assert isinstance(drawn, html.P)
    assert drawn.children == REMARK


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    request_=st.fixed_dictionaries(
        {},
        optional={
            "selected": json_values | st.just("GM0363"),
            "period": json_values | st.just("2022-I"),
            "reference_date": json_values | st.just("2022-07-01"),
        },
    )
)
def test_any_request_is_answered(request_: dict[str, Any], world: World) -> None:
    drawn = panel_for(world, request_)
    assert drawn is None or isinstance(drawn, html.P | html.Section)


# Registered callbacks


def callback(output: str) -> Any:
    return application.app.callback_map[f"{output}.children"]["callback"].__wrapped__


def test_panel_callback() -> None:
    show_panel = callback("panel")
    assert show_panel(None) is None
    assert show_panel(requested("GM9999")).children == REMARK
    assert "Amsterdam" in str(to_html(show_panel(requested("GM0363"))))


def test_only_one_server_callback() -> None:
    asking = [key for key, value in application.app.callback_map.items() if "callback" in value]
    assert asking == ["panel.children"]
    ours = application.app._callback_list
    assert all(one["prevent_initial_call"] for one in ours)
    names = {one["clientside_function"]["function_name"] for one in ours if one["clientside_function"]}
    scripts = FOLDER / "js"
    everywhere = (scripts / "main.js").read_text("utf-8").partition("bridge.register(")[2].partition(")")[0]
    offered = (scripts / "pages" / "area" / "index.js").read_text("utf-8").partition("callbacks: {")[2] + everywhere
    assert all(re.search(rf"\b{name}\b( }})?[,:(]?", offered) for name in names)


def test_ranks_equal_a_plain_count(world: World) -> None:
    rows = world.snapshot.wide_on(HalfYear(2022, 1), date(2022, 7, 1))
    view = municipality_view(world, HalfYear(2022, 1), date(2022, 7, 1), "GM0363")
    lower = np.count_nonzero(rows["share"] < view.share)
    assert view.ranks[0].place is not None
    assert lower < view.ranks[0].place <= lower + np.count_nonzero(rows["share"] == view.share)
