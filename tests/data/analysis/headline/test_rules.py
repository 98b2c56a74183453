"""The rules of the headline: each at its boundary, in good Dutch whatever the numbers."""

import re
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.analysis.headline import FINDINGS, MORE, HeadlineFacts, headline
from data.measures import MEASURES
from data.periods import MONTHS
from data.quality import Quality
from tests.data.analysis.headline.facts_made_up import PERIOD, day, facts, single, within

PER_1000: Final = next(key for key in MEASURES if key.endswith("per_1000"))


def finding(measure: str, about: HeadlineFacts) -> str:
    return next(rule.key for rule in FINDINGS[measure][about.one] if rule.holds(about))


def told_after(measure: str, about: HeadlineFacts) -> list[str]:
    return [rule.key for rule in MORE[measure][about.one] if rule.holds(about)]


START: Final = {"months": 0, "day": day(0), "realised": 0}


@pytest.mark.parametrize(
    ("measure", "about", "key"),
    [
        ("status", facts(known=0), "no_figures"),
        ("status", facts(known=1), "some_met"),
        ("status", facts(**START, target=1), "begins"),
        ("status", facts(**START, target=0), "begins_ahead"),
        ("status", facts(lagging=0), "all_met"),
        ("status", facts(lagging=1), "some_met"),
        ("status", facts(lagging=9), "some_met"),
        ("status", facts(lagging=10), "none_met"),
        ("status", within(5, lagging=0), "none_lag"),
        ("status", within(5, lagging=1), "some_lag"),
        ("status", within(1, lagging=9), "some_lag"),
        ("status", within(1, lagging=10), "all_lag"),
        ("share", facts(known=0), "no_figures"),
        ("share", facts(target=0), "nothing"),
        ("share", facts(target=1, realised=0), "share"),
        ("share", facts(target=100, realised=99), "share"),
        ("share", facts(target=100, realised=100), "share_met"),
        (PER_1000, facts(inhabitants=0), "per_1000_unknown"),
        (PER_1000, facts(sixths=1), "per_1000_behind"),
        (PER_1000, facts(sixths=0), "per_1000_ahead"),
        (PER_1000, facts(known=0), "no_figures"),
        ("change", facts(known=0), "no_figures"),
        ("change", facts(compared=0), "not_compared"),
        ("change", facts(lower=0), "none_lower"),
        ("change", facts(lower=1), "some_lower"),
        ("missed", facts(counted=0), "not_counted"),
        ("missed", facts(long=1), "long"),
        ("missed", facts(long=0, missed=1), "missed_last"),
        ("missed", facts(long=0, missed=0), "met_last"),
        ("status", single(known=0), "no_figures"),
        ("status", single(target=0), "no_task"),
        ("status", single(target=1, realised=0), "missed"),
        ("status", single(realised=100), "met"),
        ("status", single(realised=99), "missed"),
        ("status", single(realised=100, months=5), "met_already"),
        ("status", single(**START, sixths=0), "begins"),
        ("status", single(months=1, sixths=1), "behind"),
        ("status", single(months=1, sixths=0), "on_schedule"),
        (PER_1000, single(known=0), "no_figures"),
        (PER_1000, single(target=0), "no_task"),
        (PER_1000, single(inhabitants=0), "per_1000_unknown"),
        (PER_1000, single(sixths=1), "per_1000_behind"),
        (PER_1000, single(sixths=0), "per_1000_on"),
        (PER_1000, single(sixths=-1), "per_1000_ahead"),
        ("change", single(known=0), "no_figures"),
        ("change", single(compared=0), "not_compared"),
        ("change", single(change=-0.1), "lower"),
        ("change", single(change=0.1), "higher"),
        ("change", single(change=0.0), "same"),
        ("missed", single(counted=0), "not_counted"),
        ("missed", single(most=2), "missed"),
        ("missed", single(most=1), "missed_last"),
        ("missed", single(most=0), "met_last"),
    ],
)
def test_a_finding_holds_from_its_boundary(measure: str, about: HeadlineFacts, key: str) -> None:
    assert finding(measure, about) == key


@pytest.mark.parametrize(
    ("measure", "about", "keys"),
    [
        ("status", facts(long=0, furthest={"status": ()}), []),
        ("status", facts(long=1, known=9), ["gaps", "long", "furthest"]),
        ("status", within(0), ["long"]),
        ("share", within(0), []),
        ("share", within(1), ["expected", "lowest"]),
        ("share", within(5, target=0), ["lowest"]),
        ("share", facts(), ["lowest"]),
        (PER_1000, facts(known=9), ["gaps", "furthest"]),
        ("change", facts(higher=0), ["fallen"]),
        ("change", facts(higher=1), ["higher", "fallen"]),
        ("missed", facts(most=1), []),
        ("missed", facts(most=2), ["longest"]),
        ("status", single(most=1), []),
        ("status", single(most=2), ["since"]),
        ("status", single(most=2, months=5), ["needed", "since"]),
        ("status", single(most=0, months=5, realised=100), []),
        ("missed", single(), []),
    ],
)
def test_what_is_told_after_it_holds_from_its_boundary(measure: str, about: HeadlineFacts, keys: list[str]) -> None:
    assert told_after(measure, about) == keys


def test_every_rule_is_tried_above() -> None:
    marks: dict[Any, set[str]] = {}
    for test in (test_a_finding_holds_from_its_boundary, test_what_is_told_after_it_holds_from_its_boundary):
        for measure, about, keys in test.pytestmark[0].args[1]:  # type: ignore[attr-defined]
            marks.setdefault((measure, about.one), set()).update([keys] if isinstance(keys, str) else keys)
    for tables in (FINDINGS, MORE):
        assert set(tables) == set(MEASURES)
        for measure, by_kind in tables.items():
            if measure == "share":  # shares its rows with the status
                continue
            for one, rules in by_kind.items():
                shared = {"begins", "begins_ahead", "needed", "since", "gaps"}
                assert {rule.key for rule in rules} - shared <= marks[measure, one], (measure, one)


FURTHEST: Final = (
    "2 gemeenten haalden de taakstelling vier halfjaren of langer op rij niet. "
    "Het verst achter: Aanwal (1 persoon) en Bedum (1)."
)


@pytest.mark.parametrize(
    ("measure", "about", "finding_", "more"),
    [
        (
            "status",
            facts(),
            "4 van 10 gemeenten haalden de taakstelling niet.",
            FURTHEST,
        ),
        (
            "status",
            within(3, lagging=1, long=1, name="Limburg", country=False, furthest=dict.fromkeys(MEASURES, ())),
            "Op 1 april 2023, halverwege het halfjaar, ligt 1 van 10 gemeenten in Limburg achter op schema.",
            "1 gemeente haalde de taakstelling vier halfjaren of langer op rij niet.",
        ),
        (
            "missed",
            facts(most=9, most_or_earlier=True),
            "2 van 10 gemeenten haalden de taakstelling vier halfjaren of langer op rij niet.",
            "Het langst: Aanwal, Bedum, Caland en 1 andere, sinds begin 2019 of eerder (9 halfjaren).",
        ),
        (
            "status",
            single(target=416, realised=1),
            "Aanwal haalde de taakstelling niet: er moeten nog 415 mensen een woning krijgen.",
            "De taakstelling is niet gehaald sinds begin 2021 (5 halfjaren).",
        ),
        (
            "status",
            single(target=2, realised=1, most=0),
            "Aanwal haalde de taakstelling niet: er moet nog 1 persoon een woning krijgen.",
            "",
        ),
    ],
)
def test_the_words(measure: str, about: HeadlineFacts, finding_: str, more: str) -> None:
    told = headline(about, measure)
    assert (told.finding, told.more) == (finding_, more)


@pytest.mark.parametrize("quality", [*Quality, None])
def test_date_and_quality_are_told_once(quality: Quality | None) -> None:
    words = {
        "published": ", volgens gepubliceerde cijfers",
        "computed": ", volgens berekende cijfers",
        "estimated": ", volgens geschatte cijfers",
        "simulated": ", volgens gesimuleerde oefencijfers",
    }
    told = headline(facts(quality=quality), "status")
    assert told.basis == f"Stand op 1 juli 2023{words[quality] if quality else ''}"
    assert "cijfers" not in told.finding + told.more


counts = st.integers(0, 4)


@given(
    measure=st.sampled_from([*MEASURES]),
    one=st.booleans(),
    months=st.integers(0, MONTHS),
    target=st.integers(-3, 4),
    realised=counts,
    known=counts,
    lagging=counts,
    long=counts,
    lower=counts,
    higher=counts,
    most=counts,
    sixths=st.integers(-7, 7),
    change=st.floats(-3, 3),
)
def test_any_facts_are_told_in_good_dutch(measure: str, one: bool, months: int, **of: Any) -> None:
    base = single if one else facts
    of["known"] = min(of["known"], 1) if one else of["known"]
    of["lagging"] = min(of["lagging"], of["known"])
    of["long"] = min(of["long"], of["most"])
    of["lower"] = min(of["lower"], 1 if one else 9)
    told = headline(base(months=months, day=PERIOD.reference_date(months), missed=of["most"], **of), measure)
    text = f"{told.finding} {told.more}"
    assert told.finding.endswith(".")
    assert not re.search(r"[\[\]{}|]|nan|None|  |–", text), text
    ones = r"\b1 (gemeenten|mensen|halfjaren|punten)\b|\b([02-9]|\d\d+) (gemeente|persoon|halfjaar|punt)\b"
    assert not re.search(ones, text), text
    assert not re.search(r"^1 van .*(haalden|huisvestten)|^[2-9] van .*(haalde|huisvestte) ", told.finding), text
    assert not re.search(r"er moeten nog 1 |er moet nog ([02-9]|\d\d)|liggen 1 van|ligt [2-9] van", text), text
