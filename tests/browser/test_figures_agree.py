"""The browser's figures are the snapshot's: every moment, municipality and measure, to the last bit."""

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page

from callbacks.state.world import World
from data.analysis.headline import since_of
from data.analysis.ranking import ranked
from data.measures import MEASURES
from data.periods import MONTHS
from data.progress import Status
from tests.browser import expected
from tests.browser.driver import legend_counts, map_classes, page_data, rows_counted, visit

AREAS = ["NL", *(f"PV{number}" for number in range(20, 32))]

_RECKON = """async ([script, table, measures, prefix, areas]) => {
  const { Figures } = await import(script);
  const figures = new Figures(await (await fetch(table)).json(), measures);
  const codes = figures.codes.map((_, who) => who);
  const told = Object.fromEntries(await Promise.all(areas.map(async (area) =>
    [area, await (await fetch(`${prefix}${area}.json`)).json()])));
  return {
    codes: figures.codes,
    statuses: figures.statuses,
    areas,
    moments: figures.moments.map(({ period, date, months }, at) => ({
      period, date, months, totals: Object.fromEntries(areas.map((area) => [area, told[area].moments[at]])),
      standings: codes.map((who) => Object.values(figures.standing(at, who))),
      names: Object.keys(figures.standing(at, 0)),
      classes: Object.fromEntries(Object.keys(measures).map((key) => [key, [...figures.classes(key, at)]])),
      values: Object.fromEntries(Object.keys(measures).map((key) =>
        [key, codes.map((who) => figures.value(key, at, who))])),
      first: Object.fromEntries(areas.map((area) => [area, figures.first(at, told[area].members)])),
      ranked: Object.fromEntries(Object.keys(measures).map((key) =>
        [key, figures.ranked(key, at, codes).map(({ who }) => who)])),
      since: codes.map((who) => figures.since(at, who)),
      at: figures.at({ period, reference_date: date }),
    })),
  };
}"""


@pytest.fixture(scope="module")
def reckoned(desk_window: Page) -> dict[str, Any]:
    """All that the page's own module reckons from the table that it fetches."""
    page = desk_window
    visit(page)
    data = page_data(page)
    scripts: list[str] = page.evaluate(
        "performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)"
    )
    (script,) = {name for name in scripts if name.endswith("/figures.js")}
    urls = data["urls"]
    told: dict[str, Any] = page.evaluate(_RECKON, [script, urls["figures"], data["measures"], urls["areas"], AREAS])
    return told


def _floats(column: pd.Series) -> np.ndarray[Any, np.dtype[np.float64]]:
    return column.to_numpy(dtype=float, na_value=np.nan)


def _each(reckoned: dict[str, Any], world: World) -> list[tuple[dict[str, Any], pd.DataFrame, str]]:
    """Every moment as the browser has it, as the snapshot has it, and what to call it."""
    return [
        (
            moment,
            expected.wide(world, moment["period"], moment["date"]),
            f"{moment['period']} {moment['date']}",
        )
        for moment in reckoned["moments"]
    ]


def test_the_moments_and_codes_are_the_snapshots(reckoned: dict[str, Any], world: World) -> None:
    assert reckoned["codes"] == list(world.snapshot.registry["gm_code"]) == list(world.bundle.codes)
    moments = [(moment["period"], moment["date"], moment["months"]) for moment in reckoned["moments"]]
    assert moments == [(str(period), day.isoformat(), period.months_elapsed(day)) for period, day in world.moments]
    assert len(moments) == 77
    assert [moment["at"] for moment in reckoned["moments"]] == list(range(77))


def test_every_figure_is_the_snapshots(reckoned: dict[str, Any], world: World) -> None:
    columns = {
        "net": "net_target",
        "opening": "opening_balance",
        "corrected": "corrected_target",
        "realised": "realised",
        "remaining": "remaining",
        "share": "share",
        "expected": "expected_share",
        "missed": "missed",
        "inhabitants": "inhabitants",
    }
    for moment, rows, when in _each(reckoned, world):
        table = pd.DataFrame(moment["standings"], columns=moment["names"])
        for mine, theirs in columns.items():
            here = np.asarray(table[mine], dtype=float)
            assert np.array_equal(here, _floats(rows[theirs]), equal_nan=True), f"{mine} on {when}"
        statuses = [reckoned["statuses"][int(code)] for code in table["status"]]
        assert statuses == list(rows["status"].astype(str)), when
        quality = rows["quality"].astype(object).where(rows["quality"].notna(), None)
        assert list(table["quality"]) == list(quality), when


@pytest.mark.parametrize("measure", MEASURES)
def test_every_class_is_the_snapshots(reckoned: dict[str, Any], world: World, measure: str) -> None:
    for moment, rows, when in _each(reckoned, world):
        assert moment["classes"][measure] == MEASURES[measure].classify(rows).tolist(), when
        values = np.array(moment["values"][measure], dtype=float)
        wanted = MEASURES[measure].values(rows).to_numpy(dtype=float)
        if measure == "status":
            # The snapshot has no number for "no task"; the browser numbers all statuses.
            values = np.where(rows["status"] == Status.NO_TASK, np.nan, values)
        np.testing.assert_allclose(values, wanted, rtol=1e-12, equal_nan=True, err_msg=f"{measure} on {when}")


def test_every_sum_is_the_snapshots(reckoned: dict[str, Any], world: World) -> None:
    for moment in reckoned["moments"]:
        period, day = expected.moment(moment["period"], moment["date"])
        assert set(moment["totals"]) == set(AREAS)
        for area, told in moment["totals"].items():
            sums = world.snapshot.totals(period, day, area)
            where = f"{area} on {period} {day}"
            for name in (
                "municipalities",
                "net_target",
                "opening_balance",
                "corrected_target",
                "realised",
                "remaining",
                "shortfall",
                "share",
                "needed_per_month",
                "lagging",
            ):
                assert told[name] == getattr(sums, name), f"{name} of {area} on {where}"
            assert (told["needed_per_month"] is None) == (moment["months"] == MONTHS), where


def test_rank_one_and_the_order_are_the_snapshots(reckoned: dict[str, Any], world: World) -> None:
    for moment, rows, when in _each(reckoned, world):
        for area, who in moment["first"].items():
            rank = rows["rank"] if area == "NL" else rows["rank_in_province"]
            inside = rows if area == "NL" else rows[rows["province_code"] == area]
            firsts = set(inside["gm_code"][rank.reindex(inside.index) == 1])
            assert reckoned["codes"][who] in firsts or not firsts, f"{area} on {when}"
        for key, measure in MEASURES.items():
            order = [reckoned["codes"][who] for who in moment["ranked"][key]]
            assert order == list(ranked(measure, rows)["gm_code"]), (key, when)


def test_since_when_is_the_snapshots(reckoned: dict[str, Any], world: World) -> None:
    for moment in reckoned["moments"]:
        period, day = expected.moment(moment["period"], moment["date"])
        assert moment["since"] == [since_of(world.snapshot, code, period, day) for code in reckoned["codes"]]


@pytest.mark.parametrize("measure", MEASURES)
def test_legend_map_and_table_count_alike_at_the_end_of_every_period(page: Page, world: World, measure: str) -> None:
    visit(page, kleur=measure, tab="tabel")
    rows_counted(page, 342)
    names = {entry["tone"]: entry["key"] for entry in page_data(page)["measures"][measure]["classes"][0]}
    tones = {entry["key"]: f"tone-{entry['tone']}" for entry in page_data(page)["measures"]["status"]["classes"][0]}
    slider = page.locator("#moment")
    slider.press("Home")
    slider.press("PageUp")
    slider.press("ArrowLeft")
    for period in world.snapshot.periods:
        where = (str(period), period.end.isoformat())
        wanted = expected.counts(world, measure, *where)
        assert legend_counts(page) == wanted, where
        on_map = [names[value.removeprefix("tone-")] for value in map_classes(page).values()]
        assert {key: on_map.count(key) for key in wanted} == wanted, where
        statuses = expected.counts(world, "status", *where)
        shown = Counter(
            page.locator("#table tbody .swatch").evaluate_all("(all) => all.map((one) => one.classList[1])")
        )
        assert {key: shown[tone] for key, tone in tones.items()} == statuses, where
        slider.press("PageUp")
