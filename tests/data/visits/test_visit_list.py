"""Visit lists in addresses: parsing with remarks, and writing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.state.world import World
from data.visits import MOST_VISITS, Visit, by_day, read_day, read_visits, write_visits
from geo.bundle import load_bundle

CODES = load_bundle().codes
LISTS = st.lists(
    st.builds(
        Visit,
        gm_code=st.sampled_from(CODES),
        on=st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    ),
    max_size=MOST_VISITS,
    unique_by=lambda visit: visit.gm_code,
).map(tuple)


@given(visits=LISTS)
def test_written_lists_round_trip(visits: tuple[Visit, ...], world: World) -> None:
    assert read_visits(write_visits(visits), world.choices) == (visits, ())


@given(text=st.text(max_size=200) | st.text("GM0363,@- 2024é’", max_size=200))
def test_any_text_is_parsed_without_error(text: str, world: World) -> None:
    visits, remarks = read_visits(text, world.choices)
    assert len({visit.gm_code for visit in visits}) == len(visits) <= MOST_VISITS
    assert {visit.gm_code for visit in visits} <= set(CODES)
    assert len(set(remarks)) == len(remarks)
    assert read_visits(write_visits(visits), world.choices) == (visits, ())


def test_codes_names_and_dates_are_parsed(world: World) -> None:
    visits, remarks = read_visits(" gm0363@2024-09-12 ,, Rotterdam@,den haag ", world.choices)
    assert visits == (Visit("GM0363", date(2024, 9, 12)), Visit("GM0599"), Visit("GM0518"))
    assert remarks == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("’s-Gravenhage", "GM0518"),  # as a phone types it
        ("'s gravenhage", "GM0518"),
        ("gemeente Hengelo", "GM0164"),
        ("sudwest fryslan", "GM1900"),
        ("Baarle Nassau", "GM0744"),
        ("Bergen (NH)", "GM0373"),
    ],
)
def test_punctuation_and_accents_are_ignored(typed: str, code: str, world: World) -> None:
    assert read_visits(typed, world.choices) == ((Visit(code),), ())


@pytest.mark.parametrize(
    ("text", "codes", "expected"),
    [
        ("GM9999", [], ["“GM9999” is geen gemeente"]),
        ("Rotterdm,GM0363", ["GM0363"], ["“Rotterdm” is geen gemeente", "Bedoelde u Rotterdam (GM0599)?"]),
        ("bergen", [], ["Bergen (L.) (GM0893), Bergen (NH.) (GM0373) of"]),
        ("PV28", [], ["“PV28” is geen gemeente"]),
        ("NL", [], ["“NL” is geen gemeente"]),
        ("eigen", [], ["“eigen” is geen gemeente"]),
        ("<script>", [], ["“<script>” is geen gemeente"]),
        ("GM0363,Amsterdam,GM0363", ["GM0363"], ["Amsterdam stond meer dan één keer"]),
        ("GM0457", ["GM0363"], ["Weesp is opgegaan in Amsterdam"]),
        ("GM0457,GM0363", ["GM0363"], ["Weesp is opgegaan", "Amsterdam stond meer dan één keer"]),
        ("GM0363@2024-02-30", ["GM0363"], ["“2024-02-30” is geen dag; Amsterdam staat zonder datum"]),
        ("GM0363@0212-01-01", ["GM0363"], ["“0212-01-01” is geen dag"]),
        ("GM0363@morgen", ["GM0363"], ["“morgen” is geen dag"]),
        ("GM0363@2024-W10-1", ["GM0363"], ["is geen dag"]),
        ("a,b,c,GM0363,d,e", ["GM0363"], ["“a”, “b”, “c” en nog 2 andere zijn geen gemeente"]),
    ],
)
def test_faults_are_remarked_and_the_rest_is_parsed(
    text: str, codes: list[str], expected: list[str], world: World
) -> None:
    visits, remarks = read_visits(text, world.choices)
    assert [visit.gm_code for visit in visits] == codes
    for part in expected:
        assert any(part in remark for remark in remarks), remarks
    assert "…" not in " ".join(remarks)


def test_past_dates_are_valid(world: World) -> None:
    assert read_visits("GM0363@2001-05-04", world.choices) == ((Visit("GM0363", date(2001, 5, 4)),), ())


def test_list_is_limited_to_sixty(world: World) -> None:
    asked = [*CODES, *(f"GM{number}" for number in range(7000, 7158))]
    visits, (remark,) = read_visits(",".join(asked), world.choices)
    assert [visit.gm_code for visit in visits] == [*CODES[:MOST_VISITS]]
    assert f"passen {MOST_VISITS} gemeenten; u vroeg er {len(asked) - MOST_VISITS} meer" in remark
    # Only unknown texts: an empty list, and few remarks.
    none, (expected,) = read_visits(",".join(f"GM{number}" for number in range(7000, 7500)), world.choices)
    assert none == ()
    assert "en nog 497 andere" in expected


def test_long_invalid_text_is_truncated(world: World) -> None:
    _, remarks = read_visits(f"{'x' * 500},GM0363@{'y' * 500}", world.choices)
    assert len(remarks) == 2
    assert all("…" in remark and len(remark) < 250 for remark in remarks)


@pytest.mark.parametrize(
    "text", ["", "2024-9-1", "20240901", "2024-09-01T00", "1999-12-31", "2101-01-01", "２０２４-09-01"]
)
def test_invalid_dates(text: str) -> None:
    assert read_day(text) is None


@given(visits=LISTS)
def test_by_day_preserves_visits_and_order(visits: tuple[Visit, ...]) -> None:
    days = by_day(visits)
    assert sorted(visit.gm_code for _, of_day in days for visit in of_day) == sorted(visit.gm_code for visit in visits)
    dates = [day for day, _ in days if day is not None]
    assert dates == sorted(set(dates))
    assert all(day is not None for day, _ in days[:-1])
    for day, of_day in days:
        assert of_day == tuple(visit for visit in visits if visit.on == day)
