"""Several people at once, several workers: nobody sees what another does."""

from concurrent.futures import ThreadPoolExecutor

import httpx
from playwright.sync_api import expect

from callbacks.state.world import World
from data.measures import MEASURES
from tests.browser.conftest import Visitor
from tests.browser.driver import legend_counts, map_classes, query_of, rows_counted, spot_in, visit
from tests.browser.expected import counts, tones

UTRECHT, ASSEN = "GM0344", "GM0106"
LATEST = ("2024-I", "2024-07-01")


def test_two_visitors_do_not_see_each_others_state(visitor: Visitor, world: World) -> None:
    one, _ = visitor()
    two, _ = visitor()
    visit(one)
    visit(two)
    one.locator("#moment").press("Home")
    one.mouse.click(*spot_in(one, UTRECHT))
    two.get_by_role("radio", name=MEASURES["missed"].short).check()
    two.mouse.click(*spot_in(two, ASSEN))
    one.locator("#legend [data-key=on_schedule]").click()
    expect(one.locator("#panel h2")).to_have_text("Utrecht")
    expect(two.locator("#panel h2")).to_have_text("Assen")
    expect(one.locator("#panel .when")).to_contain_text("1 januari 2019 (2019-I, bij de start)")
    expect(two.locator("#panel .when")).to_contain_text("1 juli 2024 (2024-I, na 6 maanden)")
    assert query_of(one) == {
        "periode": "2019-I",
        "stand": "2019-01-01",
        "gemeente": UTRECHT,
        "toon": "on_schedule",
    }
    assert query_of(two) == {"kleur": "missed", "gemeente": ASSEN}
    assert map_classes(two) == tones(world, "missed", *LATEST)
    assert legend_counts(two) == counts(world, "missed", *LATEST)
    expect(two.locator("#legend [aria-pressed=true]")).to_have_count(0)

    # Who comes now sees what everyone sees at first; who reloads, what they had.
    three, _ = visitor()
    visit(three)
    assert map_classes(three) == tones(world, "status", *LATEST)
    expect(three.locator("#panel h2")).to_have_count(0)
    one.reload()
    expect(one.locator("#panel h2")).to_have_text("Utrecht")


def test_two_tabs_of_one_visitor_are_apart_as_well(visitor: Visitor) -> None:
    first, watch = visitor()
    visit(first)
    second = first.context.new_page()
    watch.over(second)
    visit(second, tab="tabel", gebied="PV29")
    rows_counted(second, 13)
    first.locator("#moment").press("Home")
    expect(second.locator("#moment")).to_have_attribute("aria-valuetext", "1 juli 2024 (2024-I, na 6 maanden)")
    rows_counted(second, 13)
    assert query_of(first) == {"periode": "2019-I", "stand": "2019-01-01"}


def test_all_workers_answer_a_panel_alike(server: str) -> None:
    """A page may get its HTML of one worker and its panel of another."""

    def panel(number: int) -> tuple[int, str]:
        code = (UTRECHT, ASSEN)[number % 2]
        body = {
            "output": "panel.children",
            "outputs": {"id": "panel", "property": "children"},
            "inputs": [
                {
                    "id": "panel-request",
                    "property": "data",
                    "value": {"period": "2024-I", "reference_date": "2024-07-01", "selected": code},
                }
            ],
            "changedPropIds": ["panel-request.data"],
        }
        answer = httpx.post(f"{server}/_dash-update-component", json=body)
        return number % 2, answer.text if answer.status_code == httpx.codes.OK else str(answer.status_code)

    with ThreadPoolExecutor(6) as pool:
        answers = set(pool.map(panel, range(24)))
    assert len(answers) == 2
    told = dict(answers)
    assert "Utrecht" in told[0]
    assert "Assen" in told[1]
    assert "Utrecht" not in told[1]
