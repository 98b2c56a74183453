import re
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import asdict, replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.pages.compare import READY
from callbacks.state.view_state import (
    MOST_COMPARED,
    MOST_LETTERS,
    NATIONAL,
    PARAMETERS,
    SHAPES,
    TABS,
    Choices,
    ViewState,
    address,
    parse,
    query,
)
from callbacks.state.world import World
from data.areas import OWN


@pytest.fixture(scope="session")
def choices(world: World) -> Choices:
    return world.choices


def names() -> st.SearchStrategy[str]:
    """Names as they stand in a state: without spaces too many, and not too long."""
    return st.text(max_size=60).map(lambda text: " ".join(text.split())[:MOST_LETTERS].strip())


def some(codes: list[str], *, least: int = 0, most: int) -> st.SearchStrategy[tuple[str, ...]]:
    """A few codes, each once."""
    return st.lists(st.sampled_from(codes), unique=True, min_size=least, max_size=most).map(tuple)


@st.composite
def states(draw: st.DrawFn, choices: Choices, page: str | None = None) -> ViewState:
    """Any state that exists."""
    period = draw(st.sampled_from(sorted(choices.dates)))
    measure = draw(st.sampled_from(sorted(choices.measures)))
    keys = list(choices.measures[measure])
    lit = draw(st.sets(st.sampled_from(keys)))
    page = page or draw(
        st.sampled_from(["area", "area", "compare", "collaborations", "supervision", "visits", "practices"])
    )
    known = sorted(choices.areas)
    area = draw(st.sampled_from([*known, OWN])) if page in ("area", "supervision", "visits") else NATIONAL
    parts = [code for code in known if code != NATIONAL]
    members = draw(some(parts, least=int(area == OWN), most=5))
    return ViewState(
        period=period,
        reference_date=draw(st.sampled_from(choices.dates[period])),
        measure=measure,
        shape=draw(st.sampled_from(SHAPES)),
        area=area,
        selected=draw(st.none() | st.sampled_from(sorted(choices.municipalities))),
        tab=draw(st.sampled_from(TABS)),
        show=tuple(key for key in keys if key in lit),
        patterns=draw(st.sampled_from(["", "1"])),
        members=members,
        name=draw(names()),
        within=draw(st.sampled_from(["", *choices.withins])),
        threshold=draw(st.integers(0, 100)),
        shift=draw(st.sampled_from(["", "GM0197:3,GM0222:-3"]) | st.text(max_size=30)),
        compared=draw(some([*known, *([OWN] if members else [])], most=MOST_COMPARED)),
        page=page,
        rest=draw(st.sampled_from(["", *READY])) if page == "compare" else "",
    )


def read(url: str, choices: Choices) -> tuple[ViewState, list[str]]:
    """Read a state as the server does: from path and query."""
    parts = urlsplit(url)
    return parse(dict(parse_qsl(parts.query, strict_parsing=bool(parts.query))), choices, parts.path)


def test_choices_are_what_ground_and_figures_have(world: World, choices: Choices) -> None:
    assert list(choices.dates) == sorted(choices.dates)
    assert len(choices.municipalities) == 342
    assert choices.municipalities == set(world.snapshot.registry["gm_code"])
    assert Counter(choices.areas.values()) == {
        "country": 1,
        "province": 12,
        "safety_region": 25,
        "labour_market_region": 35,
        "corop": 40,
        "collaboration": 3,
        "municipality": 342,
    }
    assert next(iter(choices.areas)) == NATIONAL
    assert not set(choices.heirs) & set(choices.areas)
    assert set(choices.heirs.values()) <= choices.municipalities
    assert "" not in choices.withins
    assert all(next(iter(keys)) == "no_data" for keys in choices.measures.values())
    assert [moment for days in choices.dates.values() for moment in days] == [
        day.isoformat() for _, day in world.moments
    ]


def test_default_is_the_newest_country_by_status(world: World, choices: Choices) -> None:
    period, day = world.snapshot.latest
    assert choices.default == ViewState(str(period), day.isoformat())
    assert asdict(choices.default) == {
        "period": str(period),
        "reference_date": day.isoformat(),
        "measure": "status",
        "shape": "kaart",
        "area": NATIONAL,
        "selected": None,
        "tab": "kaart",
        "patterns": "",
        "show": (),
        "members": (),
        "name": "",
        "within": "",
        "threshold": 50,
        "shift": "",
        "compared": (),
        "page": "area",
        "rest": "",
    }
    assert choices.default.date == day


def test_no_query_is_the_default_without_remark(choices: Choices) -> None:
    assert parse({}, choices) == (choices.default, [])
    assert query(choices.default, choices) == ""
    assert address(choices.default, choices) == "/"


@given(data=st.data())
def test_every_state_comes_back_from_its_url(data: st.DataObject, choices: Choices) -> None:
    state = data.draw(states(choices))
    url = address(state, choices)
    assert url.isascii()
    assert read(url, choices) == (state, [])
    # Only what differs from the default is in the query, in the order of the table of parameters.
    names = [name for name, _ in parse_qsl(urlsplit(url).query)]
    assert names == [name for name in PARAMETERS.values() if name in names]
    default = asdict(choices.default)
    for part, value in asdict(state).items():
        if part not in ("period", "reference_date", "area", "page", "rest"):
            assert (PARAMETERS[part] in names) == (value != default[part])
    moved = (state.period, state.reference_date) != (default["period"], default["reference_date"])
    assert [name in names for name in ("periode", "stand")] == [moved, moved]
    # Where the path does not say which area, the query does.
    assert ("gebied" in names) == (state.page == "visits" and state.area != NATIONAL)


@given(data=st.data())
def test_where_there_is_no_path_the_area_is_in_the_query(data: st.DataObject, choices: Choices) -> None:
    state = data.draw(states(choices, "area"))
    text = query(state, choices, with_area=True)
    assert parse(dict(parse_qsl(text)), choices) == (state, [])
    assert ("gebied=" in text) == (state.area != NATIONAL)


@given(data=st.data())
def test_parameters_in_any_order_give_one_state(data: st.DataObject, choices: Choices) -> None:
    state = data.draw(states(choices, "area"))
    pairs = parse_qsl(query(state, choices, with_area=True))
    assert parse(dict(data.draw(st.permutations(pairs))), choices) == (state, [])


#: What any text may be.
FREE = ("name", "shift")


def is_garbage(part: str, value: str, choices: Choices) -> bool:
    if part in ("area", "members", "compared"):
        return all(choices.place(one) is None for one in value.split(",")) and any(
            one.strip() for one in value.split(",")
        )
    if part == "threshold":
        return not (value.isdigit() and value.isascii())
    known: Mapping[str, Container[str]] = {
        "period": choices.dates,
        "reference_date": {day for days in choices.dates.values() for day in days},
        "measure": choices.measures,
        "shape": SHAPES,
        "selected": choices.municipalities,
        "tab": TABS,
        "patterns": ("1",),
        "within": choices.withins,
        "show": {key for keys in choices.measures.values() for key in keys},
    }
    values = value.split(",") if part == "show" else [value]
    return not any(one in known[part] for one in values)


@given(data=st.data())
def test_garbage_gives_the_default_and_a_remark_for_each_part(data: st.DataObject, choices: Choices) -> None:
    asked = data.draw(
        st.dictionaries(
            st.sampled_from([part for part in PARAMETERS if part not in FREE]),
            st.text(min_size=1, max_size=60),
            min_size=1,
        )
    )
    asked = {part: value for part, value in asked.items() if is_garbage(part, value, choices)}
    state, remarks = parse({PARAMETERS[part]: value for part, value in asked.items()}, choices)
    assert state == choices.default
    assert len(remarks) == len(asked)
    for part, value in asked.items():
        if part in ("members", "compared"):
            value = ", ".join(one for one in value.split(",") if one.strip())
        shown = value if len(value) <= 40 else f"{value[:40]}…"
        assert any(remark.startswith(f"“{shown}” is geen ") for remark in remarks), (part, remarks)


@given(data=st.data())
def test_sound_parts_stay_beside_garbage(data: st.DataObject, choices: Choices) -> None:
    state = data.draw(states(choices, "area"))
    pairs = dict(parse_qsl(query(state, choices, with_area=True)))
    broken = data.draw(st.sampled_from(["measure", "area", "selected", "tab", "within", "threshold"]))
    pairs[PARAMETERS[broken]] = "onzin"
    wanted = replace(state, **{broken: getattr(choices.default, broken)})
    if broken == "measure":
        keys = choices.measures[wanted.measure]
        wanted = replace(wanted, show=tuple(key for key in keys if key in state.show))
    found, remarks = parse(pairs, choices)
    assert found == wanted
    assert remarks
    assert "onzin" in remarks[0]


@given(
    asked=st.dictionaries(
        st.text(max_size=12) | st.sampled_from(list(PARAMETERS.values())), st.text(max_size=200), max_size=9
    ),
    path=st.text(max_size=80)
    | st.sampled_from(["/provincie/", "/regio/", "/gemeente/", "/samenwerking/", "/vergelijk/", "/toezicht/"]).flatmap(
        lambda folder: st.text(max_size=20).map(lambda rest: folder + rest)
    ),
)
def test_no_address_is_refused(asked: dict[str, str], path: str, choices: Choices) -> None:
    state, remarks = parse(asked, choices, path)
    assert read(address(state, choices), choices) == (state, [])
    assert all(len(remark) < 150 for remark in remarks)


@pytest.mark.parametrize("name", ["utm_source", "fbclid", "Periode", "periode ", "", "period", "_"])
def test_parameters_of_others_are_left_alone(name: str, choices: Choices) -> None:
    assert parse({name: "2022-I"}, choices) == (choices.default, [])


@pytest.mark.parametrize("name", PARAMETERS.values())
def test_an_empty_value_is_no_value(name: str, choices: Choices) -> None:
    assert parse({name: ""}, choices) == (choices.default, [])


@pytest.mark.parametrize(
    ("asked", "period", "day"),
    [
        ({"stand": "2022-07-01"}, "2022-I", "2022-07-01"),
        ({"stand": "2022-07-01", "periode": "2022-I"}, "2022-I", "2022-07-01"),
        ({"stand": "2022-07-01", "periode": "2022-II"}, "2022-II", "2022-07-01"),
        ({"stand": "2022-08-01"}, "2022-II", "2022-08-01"),
        ({"stand": "2023-01-01"}, "2022-II", "2023-01-01"),
        # Nothing ends on the very first date: it can only start the first half-year.
        ({"stand": "2019-01-01"}, "2019-I", "2019-01-01"),
        ({"periode": "2022-I"}, "2022-I", "2022-07-01"),
    ],
)
def test_a_date_on_a_boundary_ends_a_half_year(asked: dict[str, str], period: str, day: str, choices: Choices) -> None:
    state, remarks = parse(asked, choices)
    assert (state.period, state.reference_date, remarks) == (period, day, [])


@pytest.mark.parametrize("day", ["2022-07-02", "2022-12-01", "2022-13-01", "juli", "2022-07", "2022-7-1"])
def test_a_date_outside_its_period_shows_the_last_one(day: str, choices: Choices) -> None:
    state, remarks = parse({"periode": "2022-I", "stand": day}, choices)
    assert (state.period, state.reference_date) == ("2022-I", "2022-07-01")
    assert len(remarks) == 1
    assert f"“{day}”" in remarks[0]
    assert remarks[0].endswith("u ziet de laatste stand van 2022-I.")


def test_a_remark_names_the_half_year_that_is_shown(choices: Choices) -> None:
    state, remarks = parse({"periode": "onzin", "stand": "2022-07-01"}, choices)
    assert (state.period, state.reference_date) == ("2022-I", "2022-07-01")
    assert remarks == ["“onzin” is geen halfjaar dat wij kennen; u ziet 2022-I."]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("periode", "halfjaar dat"),
        ("stand", "stand die"),
        ("kleur", "maat die"),
        ("gebied", "gebied dat"),
        ("gemeente", "gemeente die"),
        ("tab", "tabblad dat"),
        ("toon", "klasse die"),
        ("leden", "gemeente die"),
        ("binnen", "soort gebied dat"),
        ("gebieden", "gebied dat"),
    ],
)
def test_remarks_are_good_dutch(name: str, kind: str, choices: Choices) -> None:
    _, (remark,) = parse({name: "onzin"}, choices)
    assert remark.startswith(f"“onzin” is geen {kind} wij kennen; ")
    assert remark.endswith(".")


def test_long_values_are_cut_in_remarks(choices: Choices) -> None:
    _, (fits,) = parse({"gebied": "x" * 40}, choices)
    _, (cut,) = parse({"gebied": "x" * 41}, choices)
    _, (far,) = parse({"gebied": "x" * 100_000}, choices)
    assert f"“{'x' * 40}”" in fits
    assert f"“{'x' * 40}…”" in cut
    assert far == cut


def test_lit_classes_come_in_the_order_of_the_legend_once(choices: Choices) -> None:
    state, remarks = parse({"toon": "behind,met,behind,no_data"}, choices)
    assert state.show == ("no_data", "met", "behind")
    assert remarks == []


@pytest.mark.parametrize(
    ("asked", "show", "told"),
    [
        ({"toon": "met,paars"}, ("met",), "overgeslagen"),
        ({"toon": "paars"}, (), "alle klassen"),
        ({"toon": "met,"}, ("met",), "overgeslagen"),
        ({"toon": ","}, (), "alle klassen"),
        ({"toon": "met behind"}, (), "alle klassen"),
        # A class of another measure is none of this one.
        ({"toon": "under_25"}, (), "alle klassen"),
        ({"toon": "behind,under_quarter", "kleur": "share"}, ("under_quarter",), "overgeslagen"),
    ],
)
def test_unknown_classes_are_named(asked: dict[str, str], show: tuple[str, ...], told: str, choices: Choices) -> None:
    state, remarks = parse(asked, choices)
    assert state.show == show
    assert len(remarks) == 1
    assert told in remarks[0]


def test_codes_are_taken_literally(choices: Choices) -> None:
    for value in ("gm0363", " GM0363", "GM0363\n", "0363", "PV27"):
        state, remarks = parse({"gemeente": value}, choices)
        assert state.selected is None
        assert len(remarks) == 1


def test_remarks_say_what_is_shown_instead(choices: Choices) -> None:
    _, remarks = parse(
        {"periode": "2031-I", "kleur": "x", "gebied": "x", "gemeente": "x", "tab": "x", "toon": "x"}, choices
    )
    assert [re.split("; ", remark)[1] for remark in remarks] == [
        f"u ziet {choices.default.period}.",
        "u ziet heel Nederland.",
        "de kaart toont de status.",
        "er is geen gemeente gekozen.",
        "u ziet de kaart.",
        "alle klassen zijn te zien.",
    ]
