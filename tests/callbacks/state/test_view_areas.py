"""The areas, collaborations and comparisons that an address can name."""

from dataclasses import asdict, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from callbacks.pages.compare import READY
from callbacks.state.view_state import NATIONAL, Choices, ViewState, address, parse
from callbacks.state.world import World
from data.areas import OWN


@pytest.fixture(scope="session")
def choices(world: World) -> Choices:
    return world.choices


def read(url: str, choices: Choices) -> tuple[ViewState, list[str]]:
    """Read a state as the server does: from path and query."""
    parts = urlsplit(url)
    return parse(dict(parse_qsl(parts.query)), choices, parts.path)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/provincie/PV28", "province"),
        ("/regio/CR17", "corop"),
        ("/regio/AM11", "labour_market_region"),
        ("/regio/VR09", "safety_region"),
        ("/samenwerking/achterhoek", "collaboration"),
        ("/gemeente/GM0363", "municipality"),
        ("/", "country"),
    ],
)
def test_each_kind_of_area_has_a_path(path: str, kind: str, choices: Choices) -> None:
    state, remarks = parse({}, choices, path)
    assert (choices.areas[state.area], remarks) == (kind, [])
    assert address(state, choices) == path


@pytest.mark.parametrize("path", ["/provincie/pv28", "/gemeente/PV28", "/regio/PV28/", "/provincie/%50V28"])
def test_a_code_is_found_whatever_its_capitals_and_folder(path: str, choices: Choices) -> None:
    assert parse({}, choices, path) == (replace(choices.default, area="PV28"), [])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("amsterdam", "GM0363"),
        (" Oude  IJsselstreek ", "GM1509"),
        ("Den Haag", "GM0518"),
        ("Zuid-Holland", None),
        ("amsterda", None),
    ],
)
def test_a_municipality_can_be_named(name: str, code: str | None, choices: Choices) -> None:
    """Who types members into a field knows names, not codes."""
    state, remarks = parse({"leden": name}, choices)
    assert (state.members, bool(remarks)) == ((code,) if code else (), code is None)


@pytest.mark.parametrize(
    "path",
    [
        "/provincie/PV99",
        "/regio/CR99",
        "/regio/AM99",
        "/regio/VR99",
        "/gemeente/GM9999",
        "/samenwerking/randstad",
        "/toezicht/PV99",
        "/gemeente/%E2%80%AE%00",
        "/provincie/GM0363%2FPV28",
    ],
)
def test_an_unknown_area_is_told_and_the_country_shown(path: str, choices: Choices) -> None:
    found = choices.addresses.read(path)
    assert found
    state, (remark,) = parse({}, choices, path)
    assert state == replace(choices.default, page=found[0])
    assert remark == f"“{found[1]}” is geen gebied dat wij kennen; u ziet heel Nederland."


@pytest.mark.parametrize("path", ["/provincie", "/provincie/", "/a", "/vergelijk/alles", "/samenwerking/a/b", "/NL"])
def test_an_unknown_page_is_told(path: str, choices: Choices) -> None:
    assert parse({}, choices, path) == (
        choices.default,
        [f"De pagina “{path}” bestaat niet; u ziet de landelijke kaart."],
    )


def test_old_links_with_the_area_in_the_query_still_work(choices: Choices) -> None:
    state, remarks = parse({"gebied": "PV28", "gemeente": "GM0599"}, choices)
    assert (state.area, state.selected, remarks) == ("PV28", "GM0599", [])
    assert address(state, choices) == "/provincie/PV28?gemeente=GM0599"


@pytest.mark.parametrize("asked", ["GM0457", "gm0457"])
def test_a_merged_municipality_is_the_one_of_today(asked: str, choices: Choices) -> None:
    """Weesp went into Amsterdam in 2022."""
    state, (remark,) = parse({}, choices, f"/gemeente/{asked}")
    assert state.area == "GM0363"
    assert remark == "Weesp is opgegaan in Amsterdam; u ziet de gemeente van nu."


def test_merged_members_are_those_of_today_once(choices: Choices) -> None:
    state, remarks = parse({"leden": "GM0457,GM0363,GM0394", "gebieden": "GM0457,PV28"}, choices, "/samenwerking/eigen")
    assert state.members == ("GM0363", "GM0394")
    assert state.compared == ("GM0363", "PV28")
    assert len(remarks) == 2
    assert all("opgegaan" in remark for remark in remarks)


def test_a_split_municipality_has_no_heir(choices: Choices) -> None:
    """Boarnsterhim went into four: none of them is what it was."""
    assert choices.area("GM0055") is None


# One's own collaboration.


def test_an_own_collaboration_is_in_the_url(choices: Choices) -> None:
    state, remarks = parse(
        {"leden": "GM0197,gm0222, GM0197", "naam": "  Ons   verband "}, choices, "/samenwerking/eigen"
    )
    assert (state.area, state.members, state.name, remarks) == (OWN, ("GM0197", "GM0222"), "Ons verband", [])
    assert address(state, choices) == "/samenwerking/eigen?leden=GM0197,GM0222&naam=Ons+verband"


@pytest.mark.parametrize("asked", [{}, {"leden": ""}, {"leden": ",,"}, {"leden": "GM9999"}, {"leden": "NL,eigen"}])
def test_without_members_there_is_none(asked: dict[str, str], choices: Choices) -> None:
    state, remarks = parse(asked, choices, "/samenwerking/eigen")
    assert (state.area, state.members) == (NATIONAL, ())
    assert any("heeft gemeenten nodig" in remark for remark in remarks)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("x" * 40, "x" * 40),
        ("x" * 5000, "x" * 40),
        ("x" * 39 + " y", "x" * 39),
        ("Súdwest 😀 <b>", "Súdwest 😀 <b>"),
        ("\u202eomgekeerd\n", "\u202eomgekeerd"),
        (" \t ", ""),
    ],
)
def test_names_are_cut_and_free(asked: str, name: str, choices: Choices) -> None:
    state, remarks = parse({"naam": asked, "leden": "GM0197"}, choices, "/samenwerking/eigen")
    assert (state.name, remarks) == (name, [])
    assert read(address(state, choices), choices) == (state, [])


# Areas side by side, and pools.


def test_eight_areas_stand_side_by_side_and_a_ninth_does_not(choices: Choices) -> None:
    nine = [code for code, kind in choices.areas.items() if kind == "province"][:9]
    state, remarks = parse({"gebieden": ",".join(nine[:8])}, choices, "/vergelijk")
    assert (state.page, state.compared, remarks) == ("compare", tuple(nine[:8]), [])
    state, (remark,) = parse({"gebieden": ",".join(nine)}, choices, "/vergelijk")
    assert state.compared == tuple(nine[:8])
    assert "9 gebieden" in remark
    assert "passen er 8" in remark


def test_areas_of_any_kind_each_once(choices: Choices) -> None:
    state, (remark,) = parse({"gebieden": "PV28,pv28,GM0344,Achterhoek,GM9999,eigen,x"}, choices, "/vergelijk")
    assert state.compared == ("PV28", "GM0344", "achterhoek")
    assert remark == "“GM9999, eigen, x” is geen gebied dat wij kennen; wat wij niet kennen is overgeslagen."
    own, remarks = parse({"gebieden": "eigen,NL", "leden": "GM0344"}, choices, "/vergelijk")
    assert (own.compared, remarks) == ((OWN, NATIONAL), [])


@pytest.mark.parametrize("ready", READY)
def test_ready_comparisons_have_a_path(ready: str, choices: Choices) -> None:
    state, remarks = parse({}, choices, f"/vergelijk/{ready}")
    assert (state.page, state.rest, remarks) == ("compare", ready, [])
    assert address(state, choices) == f"/vergelijk/{ready}"


@pytest.mark.parametrize("text", ["101", "-1", "50.5", "half", "٥٠", "²", "1e2", " 5", "9" * 5000])
def test_a_threshold_is_a_percentage(text: str, choices: Choices) -> None:
    state, (remark,) = parse({"drempel": text}, choices)
    assert state.threshold == 50
    assert "geen drempel" in remark
    assert len(remark) < 150


@pytest.mark.parametrize("text", ["0", "75", "100", "007"])
def test_any_whole_percentage_is_a_threshold(text: str, choices: Choices) -> None:
    state, remarks = parse({"drempel": text}, choices)
    assert (state.threshold, remarks) == (int(text), [])


def test_parts_of_other_types_do_not_get_in(choices: Choices) -> None:
    wanted: dict[str, Any] = {part: type(value) for part, value in asdict(choices.default).items()}
    state, _ = parse({"drempel": "60", "schuif": "x", "leden": "GM0197", "gebieden": "PV28"}, choices)
    found = {part: type(value) for part, value in asdict(state).items()}
    assert found == wanted
