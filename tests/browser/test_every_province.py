"""A walk through all provinces and half-years: tiles, list, map, legend and command line say the same."""

import json
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Page
from typer.testing import CliRunner

from callbacks.state.world import World
from data.__main__ import app as command_line
from layouts import labels, palette
from tests.browser.driver import visit, whole

PROVINCES = [f"PV{number}" for number in range(20, 32)]
TILES = ("net_target", "opening_balance", "corrected_target", "realised", "remaining", "shortfall")

#: Move the slider as a person does, and read what stands on the page in the same turn.
_READ = """(stops) => stops.map((stop) => {
  const slider = document.querySelector("#moment");
  slider.value = String(stop);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  const texts = (selector) => [...document.querySelectorAll(selector)].map((node) => node.textContent.trim());
  return {
    tiles: Object.fromEntries([...document.querySelectorAll("#tiles [data-field]")]
      .map((node) => [node.dataset.field, node.textContent.trim()])),
    rows: [...document.querySelectorAll("#ranking .rank-row")].map((row) =>
      [".rank-name", ".rank-value", ".rank-share"].map((part) => row.querySelector(part).textContent.trim())),
    painted: Object.fromEntries([...document.querySelectorAll(".municipalities path")]
      .map((path) => [path.id, path.getAttribute("class")])),
    legend: Object.fromEntries([...document.querySelectorAll("#legend .legend-entry")]
      .map((entry) => [entry.dataset.key, Number(entry.querySelector("[data-count]").textContent)])),
  };
})"""


def told(*arguments: str) -> Any:
    """What the command line says, as JSON."""
    said = CliRunner().invoke(command_line, arguments)
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


def left(remaining: int | None) -> str:
    """What is left as the list says it."""
    if remaining is None:
        return "–"
    if remaining == 0:
        return "klaar"
    return f"nog {labels.number(remaining)}" if remaining > 0 else f"{labels.number(-remaining)} vooruit"


@pytest.mark.parametrize("province", PROVINCES)
def test_all_say_the_same_of_a_province_in_every_half_year(page: Page, world: World, province: str) -> None:
    visit(page, f"/provincie/{province}")
    ends = [
        (stop, period, day) for stop, (period, day) in enumerate(world.moments) if day == period.end or stop % 9 == 0
    ]
    assert len({period for _, period, _ in ends}) == len(world.snapshot.periods)
    for (_, period, day), seen in zip(ends, page.evaluate(_READ, [stop for stop, _, _ in ends]), strict=True):
        when = ("--period", str(period), "--reference-date", day.isoformat())
        area = told("area", province, *when)
        tiles = seen["tiles"]
        assert tiles["area"] == area["name"]
        assert tiles["moment"] == labels.moment(day, str(period), period.months_elapsed(day))
        assert {name: whole(tiles[name]) for name in TILES} == {name: area[name] for name in TILES}
        assert tiles["share"] == labels.percentage(area["share"])
        assert tiles["expected"] == labels.percentage(area["expected_share"])
        assert tiles["lagging_quality"] == f"van {area['municipalities']}"

        rows = pd.DataFrame(told("figures", "--area", province, *when, "--format", "json"))
        listed = rows.sort_values(["remaining", "gm_code"], ascending=[False, True], na_position="last")
        assert seen["rows"] == [
            [row["name"], left(row["remaining"]), labels.percentage(row["share"])]
            for row in listed.astype(object).where(listed.notna(), None).to_dict("records")
        ]
        tones = {row["gm_code"]: palette.CLASS_TONES["status"][row["status"]] for _, row in rows.iterrows()}
        inside = {code: name for code, name in seen["painted"].items() if not name.endswith(" outside")}
        assert inside == {code: f"tone-{tone}" for code, tone in tones.items()}
        counts = rows["status"].value_counts()
        assert seen["legend"] == {key: int(counts.get(key, 0)) for key in palette.CLASS_TONES["status"]}
        assert int(tiles["lagging"]) == int(rows["status"].isin(["slightly_behind", "behind"]).sum())
