"""Parsing of addresses of the page of visits, and actions on its list."""

from datetime import date
from typing import get_args
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.pages.visits.actions import MOST_PER_DAY, acted, first_day, refused
from callbacks.pages.visits.query import address, pairs_of, read_asked
from callbacks.state.world import World
from data.analysis.laggards import SHOWN, Order
from data.visits import MOST_VISITS, Visit, route_length, write_visits
from geo.bundle import load_bundle

CODES = load_bundle().codes
TODAY = date(2024, 9, 6)  # a Friday
THREE = (Visit("GM0363", date(2024, 9, 12)), Visit("GM0599"), Visit("GM0014"))


def read_back(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


# Addresses


@given(
    order=st.sampled_from(get_args(Order)),
    area=st.sampled_from(["NL", "PV28", "CR17", "achterhoek", "VR09"]),
    count=st.integers(1, 342),
    visits=st.lists(
        st.builds(Visit, st.sampled_from(CODES), st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))),
        unique_by=lambda one: one.gm_code,
        max_size=8,
    ),
    moment=st.sampled_from([("2024-I", "2024-07-01"), ("2022-I", "2022-04-01"), ("2022-II", "2022-07-01")]),
    kept=st.none() | st.tuples(st.integers(0, 999), st.integers(0, 999)),
)
@settings(max_examples=60)
def test_addresses_round_trip(
    order: str,
    area: str,
    count: int,
    visits: list[Visit],
    moment: tuple[str, str],
    kept: tuple[int, int] | None,
    world: World,
) -> None:
    asked = {
        "orde": order,
        "gebied": area,
        "aantal": str(count),
        "bezoek": write_visits(visits),
        "periode": moment[0],
        "stand": moment[1],
        **({} if kept is None else {"bewaard": f"{kept[0]}.{kept[1]}"}),
    }
    found = read_asked(world, asked)
    assert found.remarks == ()
    assert (found.order, found.area.code, found.count) == (order, area, count)
    assert (found.visits, found.kept) == (tuple(visits), kept)
    assert (found.state.period, found.state.reference_date) == moment
    assert read_asked(world, read_back(address(world, found))) == found
    assert dict(pairs_of(world, found)) == read_back(address(world, found))


def test_defaults_are_omitted_from_the_address(world: World) -> None:
    plain = read_asked(world, {})
    assert (plain.order, plain.count, plain.area.code, plain.visits) == ("backlog", SHOWN, "NL", ())
    assert address(world, plain) == "/bezoek"
    full = {"orde": "backlog", "aantal": "30", "gebied": "NL", "periode": "2024-I", "stand": "2024-07-01"}
    assert address(world, read_asked(world, full)) == "/bezoek"
    visits = "GM0363@2024-09-12,GM0599"
    assert address(world, read_asked(world, {"bezoek": visits})) == f"/bezoek?bezoek={visits}"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"orde": "alfabet"}, "“alfabet” is geen volgorde; kies uit backlog, per_1000, share"),
        ({"aantal": "0"}, "“0” gemeenten kan niet; geef een heel getal van 1 tot en met 342. U ziet er 30."),
        ({"aantal": "-1"}, "“-1” gemeenten kan niet"),
        ({"aantal": "abc"}, "“abc” gemeenten kan niet"),
        ({"aantal": "3,5"}, "“3,5” gemeenten kan niet"),
        ({"aantal": "٣"}, "“٣” gemeenten kan niet"),
        ({"gebied": "PV99"}, "“PV99” is geen gebied dat wij kennen; u ziet heel Nederland."),
        ({"periode": "1999-I"}, "“1999-I” is geen halfjaar dat wij kennen"),
        ({"stand": "2022-04-02"}, "“2022-04-02” is geen stand die wij kennen"),
        ({"bezoek": "GM9999"}, "“GM9999” is geen gemeente"),
    ],
)
def test_malformed_parameters_give_defaults_and_a_remark(asked: dict[str, str], told: str, world: World) -> None:
    found = read_asked(world, asked)
    assert told in " ".join(found.remarks)
    assert (found.order, found.count, found.area.code) == ("backlog", SHOWN, "NL")


def test_count_is_capped(world: World) -> None:
    found = read_asked(world, {"aantal": "9999"})
    assert found.count == 342
    assert "Er zijn 342 gemeenten" in found.remarks[0]


def test_municipality_gives_its_province(world: World) -> None:
    found = read_asked(world, {"gebied": "GM0599"})
    assert (found.area.code, found.state.area) == ("PV28", "PV28")
    assert found.remarks == ("Rotterdam is één gemeente; u ziet de lijst van de provincie, Zuid-Holland.",)


def test_combined_area_stays_in_the_address(world: World) -> None:
    found = read_asked(world, {"gebied": "eigen", "leden": "GM0197,GM0222", "naam": "Samen"})
    assert (found.area.name, found.area.municipalities) == ("Samen", ("GM0197", "GM0222"))
    assert read_back(address(world, found)) == {
        "gebied": "eigen",
        "leden": "GM0197,GM0222",
        "naam": "Samen",
    }


@pytest.mark.parametrize("kept", ["x", "7", "7.", "-1.2", "7.1.2", "٣.1", "9999999999.1"])
def test_invalid_saved_list_is_ignored(kept: str, world: World) -> None:
    assert read_asked(world, {"bewaard": kept}).kept is None


# Actions


def codes(visits: tuple[Visit, ...]) -> list[str]:
    return [visit.gm_code for visit in visits]


@pytest.mark.parametrize(
    ("asked", "left", "said"),
    [
        (
            {"wissel": "GM0344"},
            ["GM0363", "GM0599", "GM0014", "GM0344"],
            "Utrecht staat op de bezoeklijst, als nummer 4.",
        ),
        (
            {"wissel": "GM0599"},
            ["GM0363", "GM0014"],
            "Rotterdam is van de bezoeklijst gehaald; er staan nog 2 op.",
        ),
        ({"erbij": "den haag"}, ["GM0363", "GM0599", "GM0014", "GM0518"], "als nummer 4"),
        ({"erbij": "GM0363"}, ["GM0363", "GM0599", "GM0014"], "Amsterdam staat al op de bezoeklijst."),
        ({"eraf": "GM0014"}, ["GM0363", "GM0599"], "Groningen is van de bezoeklijst gehaald"),
        ({"omhoog": "GM0014"}, ["GM0363", "GM0014", "GM0599"], "Groningen is nu nummer 2 van 3."),
        ({"omlaag": "GM0363"}, ["GM0599", "GM0363", "GM0014"], "Amsterdam is nu nummer 2 van 3."),
        ({"doe": "leeg"}, [], "De bezoeklijst is leeg."),
        ({"omhoog": "GM0363"}, ["GM0363", "GM0599", "GM0014"], ""),
        ({"omlaag": "GM0014"}, ["GM0363", "GM0599", "GM0014"], ""),
        ({"eraf": "GM0344"}, ["GM0363", "GM0599", "GM0014"], ""),
        ({"omhoog": "x"}, ["GM0363", "GM0599", "GM0014"], ""),
        ({"doe": "onzin"}, ["GM0363", "GM0599", "GM0014"], ""),
        ({}, ["GM0363", "GM0599", "GM0014"], ""),
    ],
)
def test_actions(asked: dict[str, str], left: list[str], said: str, world: World) -> None:
    done = acted(world, THREE, asked, TODAY)
    assert codes(done.visits) == left
    assert done.remarks == ()
    assert said in " ".join(done.said)
    assert bool(done.said) == bool(said)


def test_entered_dates_apply_with_every_action(world: World) -> None:
    asked = {
        "dag-GM0363": "",
        "dag-GM0599": "2024-10-01",
        "dag-GM0014": "",
        "dag-GM9999": "x",
        "omhoog": "GM0599",
    }
    done = acted(world, THREE, asked, TODAY)
    assert done.visits == (Visit("GM0599", date(2024, 10, 1)), Visit("GM0363"), Visit("GM0014"))
    assert done.said == (
        "Amsterdam heeft geen datum meer.",
        "Rotterdam is nu op 1 oktober 2024.",
        "Rotterdam is nu nummer 1 van 3.",
    )
    odd = acted(world, THREE, {"dag-GM0363": "2024-02-30"}, TODAY)
    assert odd.visits == THREE
    assert odd.remarks == ("“2024-02-30” is geen dag; die van Amsterdam is niet veranderd.",)


@pytest.mark.parametrize("text", ["zzz", "PV28", "NL", "eigen", "<b>"])
def test_unknown_municipality_is_not_added(text: str, world: World) -> None:
    done = acted(world, THREE, {"erbij": text}, TODAY)
    assert done.visits == THREE
    assert (done.typed, done.remarks) == (text, ())
    why = refused(world, THREE, text)
    assert why is not None
    assert f"“{text}” is geen gemeente" in why.message


def test_suggestions_for_unknown_names(world: World) -> None:
    for typed, near in {
        "bergen": ["GM0893", "GM0373", "GM0748"],
        "Rotterdan": ["GM0599", "GM1669"],
        "noord": [],  # too many to name
        "Schiermonnikoo": ["GM0088"],
        "Atlantis": [],
    }.items():
        why = refused(world, THREE, typed)
        assert [*(why.near if why else ())] == near, typed
    assert refused(world, THREE, "Zwolle") is None


def test_full_list_is_not_extended(world: World) -> None:
    full = tuple(Visit(code) for code in CODES[:MOST_VISITS])
    done = acted(world, full, {"wissel": CODES[-1]}, TODAY)
    assert done.visits == full
    assert f"passen {MOST_VISITS} gemeenten" in done.remarks[0]
    assert acted(world, full, {"erbij": CODES[-1]}, TODAY).typed == CODES[-1]
    assert acted(world, full, {"erbij": CODES[0]}, TODAY).typed == ""


def test_shortest_order_keeps_the_days(world: World) -> None:
    """Days keep their order and stops; the route is short within each day."""
    points = world.bundle.label_points
    late, early = date(2024, 10, 2), date(2024, 10, 1)
    visits = (
        Visit("GM0014", late),
        Visit("GM0935"),
        Visit("GM0363", early),
        Visit("GM0106", late),
        Visit("GM0599", early),
        Visit("GM0518", early),
    )
    done = acted(world, visits, {"doe": "kortste"}, TODAY)
    assert [visit.on for visit in done.visits] == [early, early, early, late, late, None]
    assert sorted(codes(done.visits)) == sorted(codes(visits))
    one_day = codes(done.visits)[:3]
    assert route_length(points, one_day) <= route_length(points, ["GM0363", "GM0599", "GM0518"])
    assert "hemelsbreed" in done.said[0]
    again = acted(world, done.visits, {"doe": "kortste"}, TODAY)
    assert again.visits == done.visits
    assert "Korter kan het binnen elke dag niet" in again.said[0]


@given(picked=st.lists(st.sampled_from(CODES), unique=True, max_size=9), per_day=st.integers(1, MOST_PER_DAY))
@settings(max_examples=30)
def test_dividing_assigns_workdays(picked: list[str], per_day: int, world: World) -> None:
    visits = tuple(Visit(code) for code in picked)
    asked = {"doe": "verdeel", "vanaf": "2024-09-07", "perdag": str(per_day)}  # a Saturday
    done = acted(world, visits, asked, TODAY)
    assert sorted(codes(done.visits)) == sorted(picked)
    days = [visit.on for visit in done.visits if visit.on is not None]
    assert len(days) == len(picked)
    assert days == sorted(days)
    assert all(day.weekday() < 5 and day >= date(2024, 9, 9) for day in days)
    assert all(days.count(day) <= per_day for day in days)


@pytest.mark.parametrize("per_day", ["0", "-1", "abc", "99", ""])
def test_invalid_day_or_number_gives_a_remark(per_day: str, world: World) -> None:
    done = acted(world, THREE, {"doe": "verdeel", "vanaf": "morgen", "perdag": per_day}, TODAY)
    assert all(visit.on is not None for visit in done.visits)
    assert [remark.split()[0] for remark in done.remarks] == ["De", f"“{per_day}”"]


def test_proposed_first_day() -> None:
    assert first_day(THREE, TODAY) == date(2024, 9, 12)
    assert first_day((), TODAY) == date(2024, 9, 9)
    assert first_day((Visit("GM0363", date(2020, 1, 1)),), TODAY) == date(2024, 9, 9)
