"""A walk through all provinces and half-years: tiles, list, map, legend and command line say the same."""

import json
from math import ceil
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Page
from typer.testing import CliRunner

from callbacks.state.world import World
from data.__main__ import app as command_line
from data.analysis.headline import facts_of, headline
from data.analysis.ranking import ranked
from data.measures import STATUS
from data.periods import MONTHS
from layouts import labels, palette
from tests.browser import expected
from tests.browser.driver import visit, whole

PROVINCES = [f"PV{number}" for number in range(20, 32)]
TILES = ("net_target", "opening_balance", "corrected_target", "realised", "remaining", "shortfall")

#: Move the slider as a person does, and read what stands on the page a frame later.
_READ = """async (stops) => {
 const told = [];
 for (const stop of stops) {
  const slider = document.querySelector("#moment");
  slider.value = String(stop);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))));
  const texts = (selector) => [...document.querySelectorAll(selector)].map((node) => node.textContent.trim());
  told.push({
    tiles: Object.fromEntries([...document.querySelectorAll("#tiles [data-field]")]
      .map((node) => [node.dataset.field, node.textContent.trim()])),
    rows: [...document.querySelectorAll("#ranking .rank-row")].map((row) =>
      [".rank-name", ".rank-value"].map((part) => row.querySelector(part).textContent.trim())),
    headline: ["finding", "more", "basis"].map((name) =>
      document.querySelector(`#headline [data-field=${name}]`).textContent),
    painted: Object.fromEntries([...document.querySelectorAll(".municipalities path")]
      .map((path) => [path.id, path.getAttribute("class")])),
    legend: Object.fromEntries([...document.querySelectorAll("#legend .legend-entry")]
      .map((entry) => [entry.dataset.key, Number(entry.querySelector("[data-count]").textContent)])),
  });
 }
 return told;
}"""


def told(*arguments: str) -> Any:
    """What the command line says, as JSON."""
    said = CliRunner().invoke(command_line, arguments)
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


def value(row: dict[str, Any], months: int) -> str:
    """What the list says of a municipality under the status: persons left, within a half-year behind schedule."""
    remaining = row["remaining"]
    if remaining is None:
        return "–"
    if 0 < months < MONTHS and row["status"] != "no_task":
        behind = (row["corrected_target"] * months - row["realised"] * MONTHS) / MONTHS
        if behind == 0:
            return "op schema"
        return f"{labels.number(ceil(behind))} achter" if behind > 0 else f"{labels.number(-behind)} voor"
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
    for (stop, period, day), seen in zip(ends, page.evaluate(_READ, [stop for stop, _, _ in ends]), strict=True):
        when = ("--period", str(period), "--reference-date", day.isoformat())
        area = told("area", province, *when)
        tiles = seen["tiles"]
        assert tiles["area"] == area["name"]
        wanted = {name: area[name] for name in TILES} | {"opening_balance": abs(area["opening_balance"])}
        assert {name: whole(tiles[name]) for name in TILES} == wanted
        assert tiles["share"] == labels.percentage(area["share"])
        assert tiles["expected"] == labels.percentage(area["expected_share"])
        headlined = headline(facts_of(world.snapshot, world.snapshot.areas[province], stop), "status")
        assert seen["headline"] == [headlined.finding, headlined.more, headlined.basis]

        rows = pd.DataFrame(told("figures", "--area", province, *when, "--format", "json"))
        order = ranked(STATUS, expected.wide(world, str(period), day.isoformat(), province))["gm_code"]
        listed = rows.set_index("gm_code", drop=False).loc[order]
        assert seen["rows"] == [
            [row["name"], value(row, period.months_elapsed(day))]
            for row in listed.astype(object).where(listed.notna(), None).to_dict("records")
        ]
        tones = {row["gm_code"]: palette.CLASS_TONES["status"][row["status"]] for _, row in rows.iterrows()}
        inside = {code: name for code, name in seen["painted"].items() if not name.endswith(" outside")}
        assert inside == {code: f"tone-{tone}" for code, tone in tones.items()}
        counts = rows["status"].value_counts()
        assert seen["legend"] == {key: int(counts.get(key, 0)) for key in palette.CLASS_TONES["status"]}
