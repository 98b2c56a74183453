"""Where a page stands, and where one goes from there."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from werkzeug.datastructures import MultiDict

import app as application
from callbacks.pages.page import Request
from callbacks.pages.registry import PAGES
from callbacks.payload.area import area_head
from callbacks.state.breadcrumbs import breadcrumbs, link, page_links
from callbacks.state.view_state import ViewState, parse, query
from callbacks.state.world import World
from layouts import labels as words

HERE = ViewState(
    "2022-I", "2022-04-01", "share", selected="GM0363", tab="tabel", show=("met",), within="corop", shift="x"
)


def followed(world: World, url: str) -> ViewState:
    """The state to which a link leads; a link with a remark leads nowhere."""
    parts = urlsplit(url)
    state, remarks = parse(dict(parse_qsl(parts.query)), world.choices, parts.path)
    assert remarks == []
    return state


def trail(world: World, state: ViewState) -> dict[str, Any]:
    """The breadcrumbs of a state, as its page writes them."""
    live = application.app.live
    page = next(page for page in PAGES if page.key == state.page)
    shown = replace(live.shown, world=world)
    asked = Request(
        live, shown, state, area=state.area, query=MultiDict(parse_qsl(query(state, world.choices, with_area=True)))
    )
    with application.server.test_request_context():
        content = page.content(asked)
    head = area_head(world, world.area(state))
    name = content.name or page.label
    return breadcrumbs(world.choices, content.state or state, head, name, content.kind, content.actions)


def shown(world: World, state: ViewState) -> tuple[str, str, list[str]]:
    told = trail(world, state)
    for parent in told["parents"]:
        there = followed(world, parent["href"])
        assert there == replace(
            world.choices.default,
            period=state.period,
            reference_date=state.reference_date,
            measure=state.measure,
            area=parent["code"],
        )
    return told["name"], told["kind"], [parent["name"] for parent in told["parents"]]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("NL", ("Nederland", "", [])),
        ("PV28", ("Zuid-Holland", "provincie", ["Nederland"])),
        ("achterhoek", ("Achterhoek", "samenwerking", ["Nederland", "Gelderland"])),
        # In two provinces, so in none.
        ("ferm-werk", ("Ferm Werk", "samenwerking", ["Nederland"])),
        ("GM0363", ("Amsterdam", "gemeente", ["Nederland", "Noord-Holland"])),
    ],
)
def test_an_area_stands_in_what_holds_it(code: str, told: tuple[str, str, list[str]], world: World) -> None:
    assert shown(world, replace(HERE, area=code)) == told


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"page": "compare"}, ("Vergelijken", "", ["Nederland"])),
        (
            {"page": "compare", "rest": "veiligheidsregios"},
            ("Vergelijken", words.KINDS["safety_region"], ["Nederland"]),
        ),
        ({"page": "collaborations"}, ("Samenwerken", "", ["Nederland"])),
        ({"page": "practices"}, ("Voorbeelden", "", ["Nederland"])),
        ({"page": "supervision", "area": "PV28"}, ("Toezicht", "", ["Nederland", "Zuid-Holland"])),
        ({"page": "supervision"}, ("Toezicht", "", ["Nederland"])),
        ({"page": "visits", "area": "PV28"}, ("Bezoek", "", ["Nederland", "Zuid-Holland"])),
    ],
)
def test_other_pages_say_what_they_are(state: dict[str, str], told: tuple[str, str, list[str]], world: World) -> None:
    assert shown(world, replace(HERE, **state)) == told  # type: ignore[arg-type]  # texts all


def test_from_an_area_one_can_compare_it(world: World) -> None:
    state = replace(HERE, area="VR09")
    (act,) = trail(world, state)["actions"]
    there = followed(world, act.href)
    assert (there.page, there.compared, there.measure) == ("compare", ("VR09",), "share")


def test_an_own_collaboration_takes_its_members_along_and_no_other_area_does(world: World) -> None:
    state = replace(HERE, area="eigen", members=("GM0197", "GM0222"), name="Wij")
    assert shown(world, state) == ("Wij", "samenwerking", ["Nederland", "Gelderland"])
    (act,) = trail(world, state)["actions"]
    there = followed(world, act.href)
    assert (there.compared, there.members, there.name) == (("eigen",), ("GM0197", "GM0222"), "Wij")
    assert followed(world, link(world.choices, state, "area", "PV28")).members == ()


@pytest.mark.parametrize("area", ["NL", "PV28", "eigen"])
def test_the_head_leads_to_every_page(area: str, world: World) -> None:
    state = replace(HERE, area=area, members=("GM0197",) if area == "eigen" else ())
    found = {key: followed(world, url) for key, url in page_links(world.choices, state).items()}
    assert list(found) == [page.key for page in PAGES] == [there.page for there in found.values()]
    assert all((there.period, there.measure) == ("2022-I", "share") for there in found.values())
    assert found["area"].area == "NL"
    # A list of supervision needs no name of one's own.
    assert found["supervision"].area == ("PV28" if area == "PV28" else "NL")
    assert found["compare"].rest == "provincies"


def test_whom_to_visit_is_asked_of_the_country_from_one_municipality(world: World) -> None:
    urls = page_links(world.choices, replace(HERE, area="GM0363"))
    assert followed(world, urls["visits"]).area == "NL"
    assert followed(world, urls["supervision"]).area == "GM0363"
    assert followed(world, page_links(world.choices, replace(HERE, area="PV28"))["visits"]).area == "PV28"


def test_a_municipality_leads_down_to_what_is_written_for_a_visit(world: World) -> None:
    def labels(area: str) -> dict[str, str]:
        state = replace(HERE, area=area)
        acts = trail(world, state)["actions"]
        return {act.label: act.href for act in acts}

    assert labels("GM0363")[words.VISIT_ACT] == "#learn"
    assert words.VISIT_ACT not in labels("PV28")
