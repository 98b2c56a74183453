"""The path of each page, and that the browser writes the same ones."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app as application
from callbacks.state.paths import READY, area_path, kind_of, page_path, read_path
from callbacks.state.world import World
from layouts import labels


def test_every_area_comes_back_from_its_path(world: World) -> None:
    for code, kind in world.choices.areas.items():
        assert kind_of(code) == kind
        path = area_path(code)
        assert read_path(path) == ("area", code, "")
        assert read_path(f"{path}/") == ("area", code, "")
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
    assert read_path(path) == found


@given(path=st.text(max_size=60))
def test_no_path_is_too_odd_to_read(path: str) -> None:
    found = read_path(path)
    if found is not None and (found[0] != "area" or found[1]):
        page, code, ready = found
        assert read_path(page_path(page, code, ready)) is not None


@given(code=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
def test_any_code_stays_one_part_of_the_path(code: str) -> None:
    path = page_path("supervision", code)
    assert path.isascii()
    assert not re.search(r"[?#<>\"'\s]", path)


def test_the_browser_writes_the_same_paths() -> None:
    """As far as can be told without running it; tests/browser/test_areas.py does."""
    script = (application.ASSETS / "js" / "core" / "paths.js").read_text("utf-8")
    folders = dict(re.findall(r'([A-Z]{2}): "(\w+)"', script))
    assert folders == {prefix: area_path(f"{prefix}01").split("/")[1] for prefix in folders}
    assert set(folders) == {"PV", "CR", "AM", "VR", "GM"}
    for page in labels.PAGES:
        assert page_path(page, "NL").split("/")[1] in script  # type: ignore[arg-type]  # its keys are pages
