"""The address holds the whole state: it round-trips, goes back and forward, and bears any nonsense."""

from dataclasses import replace
from random import Random
from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Page, expect

from callbacks.state.view_state import TABS, Choices, ViewState, address
from callbacks.state.world import World
from data.measures import MEASURES
from data.periods import HalfYear
from layouts import labels
from tests.browser.axe import violations
from tests.browser.driver import Watch, map_classes, municipality, ready, rows_counted, spot_in, visit
from tests.browser.expected import tones

UTRECHT, ZWOLLE = "GM0344", "GM0193"


def _some_states(choices: Choices, number: int) -> list[ViewState]:
    """States in which every part is set, drawn evenly from all there are, always the same ones."""
    draw = Random(2024)  # noqa: S311  nothing secret is drawn
    states = []
    kinds = [*dict.fromkeys(choices.areas.values())][1:]
    for kind in kinds[:number]:
        period = draw.choice(sorted(choices.dates))
        measure = draw.choice(sorted(choices.measures))
        keys = list(choices.measures[measure])
        lit = draw.sample(keys, draw.randint(0, 3))
        states.append(
            ViewState(
                period=period,
                reference_date=draw.choice(list(choices.dates[period])),
                measure=measure,
                area=draw.choice([code for code, level in choices.areas.items() if level == kind]),
                selected=draw.choice([None, draw.choice(sorted(choices.municipalities))]),
                tab=draw.choice(TABS),
                show=tuple(key for key in keys if key in lit),
            )
        )
    return states


def _shown(page: Page, world: World, state: ViewState) -> None:
    """Check that every control and every part of the page shows a state."""
    half_year = HalfYear.parse(state.period)
    moment = labels.moment(state.date, state.period, half_year.months_elapsed(state.date))
    expect(page.locator("#moment")).to_have_attribute("aria-valuetext", moment)
    expect(page.locator("#timeline [data-field=date]")).to_have_text(labels.long_date(state.date))
    name = world.snapshot.areas[state.area].name
    # Municipalities are not in the list of areas.
    expect(page.locator("#area")).to_have_value("" if state.area.startswith("GM") else state.area)
    expect(page.locator("#trail [data-field=name]")).to_have_text(name)
    expect(page.get_by_role("radio", name=MEASURES[state.measure].short, exact=True)).to_be_checked()
    expect(page.get_by_label("Patronen")).to_be_checked(checked=state.patterns == "1")
    expect(page.locator("#legend-title")).to_have_text(MEASURES[state.measure].label)
    expect(page.locator("#search")).to_have_value(world.names[state.selected] if state.selected else "")
    expect(page.get_by_role("tab", name=labels.TABS[state.tab])).to_have_attribute("aria-selected", "true")
    pressed = page.locator("#legend [aria-pressed=true]")
    assert {entry.get_attribute("data-key") for entry in pressed.all()} == set(state.show)
    if state.selected:
        expect(page.locator("#panel h2")).to_have_text(world.names[state.selected])
        expect(municipality(page, state.selected)).to_have_attribute("aria-current", "true")
        expect(page.locator("#panel .when")).to_contain_text(moment)
    else:
        expect(page.locator("#panel h2")).to_have_count(0)
    colours = tones(world, state.measure, state.period, state.reference_date)
    painted = map_classes(page)
    assert {code: value.split()[0] for code, value in painted.items()} == colours
    outside = {code for code, value in painted.items() if value.endswith(" outside")}
    assert outside == set(colours) - world.scope(world.area(state))
    if not state.show:
        assert not any(value.endswith(" dim") for value in painted.values())
    page.wait_for_function(
        "(there) => location.pathname + location.search === there", arg=address(state, world.choices)
    )


def test_a_state_comes_back_from_its_address(page: Page, world: World) -> None:
    for state in _some_states(world.choices, 6):
        visit(page, address(state, world.choices))
        _shown(page, world, state)
        page.reload()
        ready(page)
        _shown(page, world, state)


def _do_all(page: Page, world: World) -> list[ViewState]:
    """Change every part of the state as a person does; return each state on the way."""
    state = world.choices.default
    visited = [state]

    def now(**change: object) -> None:
        nonlocal state
        state = replace(state, **change)  # type: ignore[arg-type]
        visited.append(state)
        _shown(page, world, state)

    page.get_by_role("radio", name=MEASURES["share"].short).check()
    now(measure="share")
    page.locator("#legend [data-key=under_half]").click()
    now(show=("under_half",))
    page.get_by_label("Patronen").check()
    now(patterns="1")
    page.locator("#moment").press("PageDown")
    now(period="2023-II", reference_date="2024-01-01")
    page.locator("#area").select_option("PV23")
    now(area="PV23")
    page.wait_for_function("() => document.querySelector('#map').classList.contains('zoomed')")
    page.mouse.click(*spot_in(page, ZWOLLE))
    now(selected=ZWOLLE)
    page.get_by_role("tab", name="Tabel").click()
    now(tab="tabel")
    return visited


def test_what_one_does_is_in_the_address_and_back_undoes_it(page: Page, world: World) -> None:
    visit(page)
    visited = _do_all(page, world)
    page.reload()
    ready(page)
    _shown(page, world, visited[-1])
    for state in reversed(visited[:-1]):
        page.evaluate("history.back()")
        _shown(page, world, state)
    for state in visited[1:]:
        page.evaluate("history.forward()")
        _shown(page, world, state)


def test_another_site_is_one_step_back(page: Page, world: World) -> None:
    """Leaving the page and coming back by the browser's buttons restores what was there."""
    visit(page, kleur="missed", gemeente=UTRECHT)
    state = replace(world.choices.default, measure="missed", selected=UTRECHT)
    _shown(page, world, state)
    page.goto("/healthz")
    page.go_back()
    ready(page)
    _shown(page, world, state)


LONG = "x" * 3_000
BROKEN = [
    ({"periode": "2022-III"}, "halfjaar"),
    ({"periode": "1999-I"}, "halfjaar"),
    ({"periode": "2022-I", "stand": "2022-02-30"}, "stand"),
    ({"stand": "gisteren"}, "stand"),
    ({"kleur": "paars"}, "maat"),
    ({"gebied": "PV99"}, "gebied"),
    ({"gemeente": "GM9999"}, "gemeente"),
    ({"tab": "kelder"}, "tab"),
    ({"toon": "alles"}, "klasse"),
    ({"kleur": "share", "toon": "behind"}, "klasse"),
    ({"periode": LONG}, "halfjaar"),
    ({"gemeente": "<script>document.title='run'</script>"}, "gemeente"),
    ({"kleur": '"><img src=x onerror="document.title=\'run\'">'}, "maat"),
    ({"gebied": "{{ 7 * 7 }}'\";--"}, "gebied"),
    ({"tab": "</script><script>document.title='run'</script>"}, "tab"),
    ({"gemeente": "\x00\ud83d".encode("utf-8", "surrogatepass").decode("latin-1")}, "gemeente"),
]


@pytest.mark.parametrize("broken", range(len(BROKEN)), ids=[str(kind) for _, kind in BROKEN])
def test_a_malformed_part_is_answered_with_the_default_and_a_remark(server: str, broken: int) -> None:
    """What the server says; the next test looks at it through a browser."""
    parameters, kind = BROKEN[broken]
    answer = httpx.get(f"{server}/", params=parameters)
    assert answer.status_code == httpx.codes.OK
    remark = answer.text.split('id="remarks"')[1].split("</ul>")[0]
    assert kind in remark
    assert "hidden" not in remark.split(">")[0]
    assert "<script" not in remark
    assert "<img" not in remark


def test_a_broken_address_shows_the_default_and_says_so(newcomer: tuple[Page, Watch], world: World) -> None:
    page, watch = newcomer
    broken = {name: value for parameters, _ in BROKEN for name, value in parameters.items()}
    everything = {**broken, "toon": "alles"}
    page.goto(f"/?{urlencode(everything)}")
    ready(page)
    remarks = page.locator("#remarks")
    expect(remarks).to_be_visible()
    assert remarks.locator("li").count() >= 6
    assert page.title() != "run"
    _shown(page, world, world.choices.default)
    # The remark stays within the page and can be put away.
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Sluit deze opmerking").click()
    expect(remarks).to_be_hidden()
    page.locator("#moment").press("ArrowLeft")
    _shown(page, world, replace(world.choices.default, reference_date="2024-06-01"))
    assert watch.asked_for("/x") == []


def test_an_unknown_page_says_so_and_finds_what_is_asked(newcomer: tuple[Page, Watch], world: World) -> None:
    page, watch = newcomer
    answer = page.goto("/diep/%3Cscript%3Ealert(1)%3C/script%3E")
    assert answer is not None
    assert answer.status == httpx.codes.NOT_FOUND
    ready(page)
    expect(page.get_by_role("heading", name="Deze pagina bestaat niet")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Naam of code").fill("zeeland")
    page.get_by_role("button", name="Zoek").click()
    ready(page)
    _shown(page, world, replace(world.choices.default, area="PV29"))
    watch.forgive(r"404")


def test_an_old_address_leads_to_the_path_of_its_area(page: Page, world: World) -> None:
    visit(page, "/?gebied=PV28&kleur=share&gemeente=GM0599")
    state = replace(world.choices.default, area="PV28", measure="share", selected="GM0599")
    _shown(page, world, state)
    expect(page.locator("#remarks")).to_be_hidden()


@pytest.mark.parametrize(
    "search",
    [
        "?" + "&".join(f"p{number}=1" for number in range(300)),
        f"?periode={'x' * 6_000}",
        "?periode=2022-I&periode=onzin",
        "?%ff=%fe&periode=%ff%fe",
        "?periode=%00",
        "?&&&==&",
        "?periode[]=2022-I",
        "?utm_source=brief&fbclid=1",
    ],
    ids=["many", "very long", "twice", "no UTF-8", "nul", "empty", "list", "of others"],
)
def test_no_query_is_an_error(server: str, search: str) -> None:
    answer = httpx.get(f"{server}/{search}")
    assert answer.status_code == httpx.codes.OK
    assert 'id="map"' in answer.text


def test_parameters_of_others_bring_no_remark(page: Page) -> None:
    visit(page, "/?utm_source=brief&kleur=share")
    expect(page.locator("#remarks")).to_be_hidden()
    expect(page.get_by_role("radio", name=MEASURES["share"].short)).to_be_checked()


def test_the_table_tab_opens_from_its_address(page: Page) -> None:
    visit(page, tab="tabel", gebied="PV29", toon="behind")
    rows = int(page.locator("#legend [data-key=behind] [data-count]").inner_text())
    rows_counted(page, rows)
