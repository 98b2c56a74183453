"""The path of each page, and that the browser writes the same ones."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.pages.compare import READY
from callbacks.pages.registry import PAGES
from callbacks.state.paths import HOME, Addresses, Routed
from callbacks.state.world import World
from data.areas import area_path, kind_of

ADDRESSES = Addresses(PAGES)


def test_every_area_comes_back_from_its_path(world: World) -> None:
    for code, kind in world.choices.areas.items():
        assert kind_of(code) == kind
        path = area_path(code)
        assert ADDRESSES.read(path) == ("area", code, "")
        assert ADDRESSES.read(f"{path}/") == ("area", code, "")
        # A path is written as it stands in the address bar.
        assert re.fullmatch(r"/([a-z]+/[\w-]+)?", path)
    assert len({area_path(code) for code in world.choices.areas}) == len(world.choices.areas)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", ("area", "NL", "")),
        ("", ("area", "NL", "")),
        ("/provincie/PV28", ("area", "PV28", "")),
        ("/regio/AM11", ("area", "AM11", "")),
        ("/samenwerking/hoeksche-waard", ("area", "hoeksche-waard", "")),
        ("/samenwerking/eigen", ("area", "eigen", "")),
        ("/gemeente/%47M0363", ("area", "GM0363", "")),
        ("/gemeente/a%2Fb%00", ("area", "a/b\0", "")),
        ("/gemeente/%ff", ("area", "\N{REPLACEMENT CHARACTER}", "")),
        ("/vergelijk", ("compare", "", "")),
        ("/vergelijk/", ("compare", "", "")),
        *((f"/vergelijk/{key}", ("compare", "", key)) for key in READY),
        ("/samenwerking", ("collaborations", "", "")),
        ("/toezicht/PV28", ("supervision", "PV28", "")),
        ("/toezicht", ("supervision", "", "")),
        ("/bezoek", ("visits", "", "")),
        ("/bezoek/lijsten", None),
        ("/voorbeelden", ("practices", "", "")),
        ("/voorbeelden/utrecht-quick-scan", None),
        ("/provincie", None),
        ("/regio/", None),
        ("/Provincie/PV28", None),
        ("/provincie/PV28/GM0599", None),
        ("/vergelijk/PV28", None),
        ("//PV28", None),
        ("/gemeente//GM0363", None),
    ],
)
def test_paths_are_told_apart(path: str, found: tuple[str, str, str] | None) -> None:
    assert ADDRESSES.read(path) == found


@given(path=st.text(max_size=60))
def test_no_path_is_too_odd_to_read(path: str) -> None:
    found = ADDRESSES.read(path)
    if found is not None and (found[0] != "area" or found[1]):
        page, code, rest = found
        assert ADDRESSES.read(ADDRESSES.path(page, code, rest)) is not None


@given(code=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_any_code_stays_one_part_of_the_path(code: str) -> None:
    path = ADDRESSES.path("supervision", code)
    assert path.isascii()
    assert not re.search(r"[?#<>\"'\s]", path)


def test_each_page_is_found_at_its_own_path() -> None:
    for page in PAGES:
        path = ADDRESSES.path(page.key, "NL", page.entry)
        found = ADDRESSES.read(path)
        assert found is not None
        assert found[0] == page.key
        assert path.startswith(ADDRESSES.base(page.key))


def test_the_browser_gets_the_same_rules() -> None:
    """The scripts write paths by them; tests/browser/test_areas.py follows those."""
    rules = ADDRESSES.for_browser()
    assert {key: page["path"] for key, page in rules["pages"].items()} == {
        page.key: ADDRESSES.base(page.key) for page in PAGES
    }
    for prefix, folder in rules["folders"].items():
        assert area_path(f"{prefix}01" if prefix else "achterhoek").split("/")[1] == folder
    assert [key for key, page in rules["pages"].items() if page["area"] == "itself"] == [HOME]


def test_two_pages_cannot_share_a_path() -> None:
    class Again(Routed):
        key = "again"
        route = "/vergelijk"

    with pytest.raises(ValueError, match="a route of its own"):
        Addresses((*PAGES, Again()))
    with pytest.raises(ValueError, match="the route '/'"):
        Addresses(PAGES[1:])


def test_what_depends_on_who_looks_is_known_by_its_path() -> None:
    assert ADDRESSES.private == ("/bezoek", "/cijfers")
