"""Each rule on and just beyond its threshold."""

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given

from data.analysis.diagnosis import MOST_QUESTIONS, RULES, Facts, diagnose, questions_of, themes_of
from data.analysis.diagnosis.conditions import (
    HOUSEHOLD,
    LEAST_OTHERS,
    RAISED,
    SMALL_TARGET,
    STILL_MONTHS,
    STRUCTURAL,
)
from data.formatting import number, percentage, persons, signed
from data.practices import THEMES
from data.progress import FEW, Status
from tests.data.analysis.diagnosis.facts_made_up import FACTS, anything, changed, earlier, lagging, others

BY_KEY = {rule.key: rule for rule in RULES}

MET = {"status": Status.MET, "realised": 42, "remaining": -2, "share": 1.05}
ON_SCHEDULE = {"status": Status.ON_SCHEDULE, "realised": 20, "remaining": 20, "share": 0.5}
NO_FIGURES = {
    "status": Status.NO_DATA,
    "corrected_target": None,
    "remaining": None,
    "backlog": None,
    "share": None,
    "quality": None,
}

# For each rule: facts on its threshold, for which it holds, and facts just beyond.
CASES: dict[str, tuple[list[dict[str, object]], list[dict[str, object]]]] = {
    "no_figures": ([NO_FIGURES], [{}, MET, ON_SCHEDULE]),
    "no_task": (
        [
            {"status": Status.NO_TASK, "corrected_target": 0, "share": None, "remaining": -12},
            {"status": Status.NO_TASK, "corrected_target": -9, "share": None, "remaining": -21},
        ],
        [{}, MET],
    ),
    "met": ([MET], [{}, ON_SCHEDULE]),
    "just_begun": ([{**ON_SCHEDULE, "months": 0}], [{**ON_SCHEDULE, "months": 1}, {**MET, "months": 0}]),
    "on_schedule": ([{**ON_SCHEDULE, "months": 1}], [{**ON_SCHEDULE, "months": 0}, MET, {}]),
    "structural": (
        [
            {"missed": STRUCTURAL},
            {"missed": STRUCTURAL + 5, "missed_may_be_higher": True},
            {"missed": STRUCTURAL, **MET},
        ],
        [{"missed": STRUCTURAL - 1}, {"missed": None}, {"missed": STRUCTURAL, "tested": None}],
    ),
    "repeated": (
        [{"missed": 2}, {"missed": STRUCTURAL - 1}],
        [{"missed": 1}, {"missed": STRUCTURAL}, {"missed": 2, "missed_may_be_higher": True}],
    ),
    "recent": ([{"missed": 1}], [{"missed": 0}, {"missed": 2}, {"missed": 1, "missed_may_be_higher": True}]),
    "unknown_since": (
        [{"missed": count, "missed_may_be_higher": True} for count in (1, STRUCTURAL - 1)],
        [{"missed": 1}, *({"missed": count, "missed_may_be_higher": True} for count in (0, STRUCTURAL))],
    ),
    "recovering": (
        [{"missed": 1, "trend": "better", "slope": -0.12}],
        [
            {"missed": 0, "trend": "better", "slope": -0.12},
            {"missed": 1, "trend": "same", "slope": -0.1},
            {"missed": 1},
            {"missed": 1, "trend": "better", "slope": -0.12, "realised": 0},
            {"missed": 1, "trend": "better", "slope": -0.12, "corrected_target": FEW - 1},
        ],
    ),
    "worsening": (
        [
            {"missed": 1, "trend": "worse", "slope": 0.12},
            {"missed": 1, "trend": "worse", "slope": 0.12, **ON_SCHEDULE, "months": 0},
        ],
        [
            {"missed": 1, "trend": "worse", "slope": 0.12, **ON_SCHEDULE},
            {"missed": 1, "trend": "worse", "slope": 0.12, **MET},
            {"missed": 1, "trend": "worse", "slope": 0.12, "realised": 40, "corrected_target": 90},
            {"missed": 0, "trend": "worse", "slope": 0.12},
            {"missed": 1, "trend": "same", "slope": 0.1},
            {"missed": None, "trend": "worse", "slope": 0.12},
            {"missed": 1, "trend": "worse", "slope": 0.12, "corrected_target": FEW - 1},
        ],
    ),
    "raised_target": (
        [
            {"net_target": 30, "earlier": (earlier(net=20),)},
            {"net_target": 3, "earlier": (earlier(net=0, target=0),)},
        ],
        [
            {"net_target": 29, "earlier": (earlier(net=20),)},
            {"net_target": 30, "earlier": (earlier(net=20, done=19),)},
            {"net_target": 30, "earlier": (earlier(net=20, done=None),)},
            {"net_target": 0, "earlier": (earlier(net=0, target=0),)},
            {"net_target": 30, "earlier": ()},
            {"net_target": 30, "earlier": (earlier(net=20),), **ON_SCHEDULE},
        ],
    ),
    "carried_over": (
        # Of 40 in three months 20 should be done: with 12 done, 8 are behind.
        [{"opening_balance": -9}, {"opening_balance": -1, "realised": 20}],
        [{"opening_balance": -8}, {"opening_balance": 3}, {"opening_balance": -9, **ON_SCHEDULE}],
    ),
    "made_now": (
        [{"opening_balance": -8}, {"opening_balance": 3}, {}],
        [{"opening_balance": -9}, {"opening_balance": None}, ON_SCHEDULE],
    ),
    "lead_spent": ([{"opening_balance": 1}], [{"opening_balance": 0}, {"opening_balance": 1, **MET}]),
    "old_backlog": (
        [{"opening_balance": -1, "realised": 40, "remaining": 1, "corrected_target": 41}],
        [
            {"opening_balance": -1, "realised": 39, "remaining": 2, "corrected_target": 41},
            {"opening_balance": 0, "realised": 40, "remaining": 1},
            {"opening_balance": -1, "realised": 41, "remaining": 0, "corrected_target": 41},
            {"opening_balance": -1, "realised": 0, "remaining": 1, "net_target": 0},
        ],
    ),
    "one_household": (
        [{"backlog": float(HOUSEHOLD)}, {"corrected_target": SMALL_TARGET}],
        [
            {"backlog": HOUSEHOLD + 0.5},
            {"corrected_target": SMALL_TARGET + 1},
            {"backlog": 0.0, **ON_SCHEDULE},
        ],
    ),
    "stood_still": (
        [{"realised": 0, "months": STILL_MONTHS}],
        [
            {"realised": 0, "months": STILL_MONTHS - 1},
            {"realised": 1, "months": STILL_MONTHS},
            {"realised": 0, "months": 6, "corrected_target": 0, "status": Status.NO_TASK},
        ],
    ),
    "last_minute": (
        [{"earlier": (earlier(late=15), earlier("2021-I", late=6))}],
        [
            {"earlier": (earlier(late=15), earlier("2021-I", late=5))},
            {"earlier": (earlier(late=15),)},
            {"earlier": (earlier(late=15), earlier("2021-I", late=None))},
            {"earlier": (earlier(done=0, late=0), earlier("2021-I", done=0, late=0))},
        ],
    ),
    "region_does_well": (
        [{"corop": others(3)}, {"corop": others(0, 2), "province": others(1, LEAST_OTHERS)}],
        [{"corop": others(4)}, {"corop": others(0, 2)}, {"corop": others(3), **ON_SCHEDULE}],
    ),
    "region_lags": (
        [{"corop": others(6)}, {"labour_market_region": others(2, LEAST_OTHERS)}],
        [{"corop": others(5)}, {"corop": others(2, 2)}, {"corop": others(6), **MET}],
    ),
    "neighbour_done": (
        [{"neighbours": others(4, 5, ("Beek",))}, {"neighbours": others(0, 1, ("Beek",))}],
        [{"neighbours": others(0, 5)}, {"neighbours": others(4, 5, ("Beek",)), **MET}],
    ),
    "peers_do_well": ([{"peers": others(3)}], [{"peers": others(4)}, {"peers": others(0, 2)}]),
    "peers_lag": ([{"peers": others(6)}], [{"peers": others(5)}, {"peers": others(6), **ON_SCHEDULE}]),
}


def keys(facts: Facts) -> list[str]:
    return [finding.key for finding in diagnose(facts)]


def test_every_rule_has_cases() -> None:
    assert list(CASES) == list(BY_KEY)
    assert len(BY_KEY) == len(RULES)


@pytest.mark.parametrize(("key", "case"), [(key, case) for key in CASES for case in CASES[key][0]])
def test_rule_holds_on_its_threshold(key: str, case: dict[str, object]) -> None:
    assert key in keys(changed(**case))


@pytest.mark.parametrize(("key", "case"), [(key, case) for key in CASES for case in CASES[key][1]])
def test_rule_fails_just_beyond_its_threshold(key: str, case: dict[str, object]) -> None:
    assert key not in keys(changed(**case))


def test_facts_without_a_rule_give_no_finding() -> None:
    assert keys(FACTS) == ["made_now"]


# ------------------------------------------------------------------ combinations


EXCLUDED = [
    ("no_figures", "no_task", "met", "just_begun", "on_schedule", "one_household"),
    ("structural", "repeated", "recent", "unknown_since"),
    ("recovering", "worsening"),
    ("carried_over", "made_now"),
    ("structural", "raised_target"),
    ("region_does_well", "region_lags"),
    ("peers_do_well", "peers_lag"),
    ("stood_still", "recovering"),
    ("stood_still", "old_backlog"),
    ("worsening", "no_task", "met", "on_schedule"),
    ("worsening", "old_backlog"),
    ("old_backlog", "no_task", "met"),  # may occur with "on_schedule"
]


@given(anything)
def test_diagnosis_never_fails_and_keeps_the_table_order(facts: Facts) -> None:
    found = keys(facts)
    assert found == [rule.key for rule in RULES if rule.key in found]
    for group in EXCLUDED:
        assert len(set(found) & set(group)) <= 1, group


@given(lagging)
def test_laggards_have_no_positive_finding(facts: Facts) -> None:
    assert not {"no_task", "met", "just_begun", "on_schedule", "no_figures"} & set(keys(facts))


@given(anything)
def test_others_have_no_lagging_finding(facts: Facts) -> None:
    assume(not facts.lags)
    of_laggards = {rule.key for rule in RULES if rule.condition.startswith("De gemeente loopt achter")}
    assert len(of_laggards) == 10
    assert not of_laggards & set(keys(facts))


# ------------------------------------------------------------------ texts


def figures(facts: Facts) -> set[str]:
    """Numbers that a text may contain: facts and their aggregates."""
    numbers = [facts.months, facts.net_target, facts.opening_balance, facts.corrected_target, facts.realised]
    numbers += [facts.remaining, facts.backlog, facts.own_backlog, facts.missed, len(facts.earlier)]
    shares = [facts.share, facts.expected_share, facts.slope]
    known = [half for half in facts.earlier if None not in (half.realised, half.late)]
    done, late = (sum(getattr(half, name) for half in known) for name in ("realised", "late"))
    numbers += [done, late, len(known), *(half.net_target for half in facts.earlier)]
    for each in (facts.corop, facts.labour_market_region, facts.province, facts.neighbours, facts.peers):
        if each is not None:
            numbers += [each.municipalities, each.lagging, len(each.done), len(each.done) - 3]
            shares.append(each.share)
    texts = [number(abs(value)) for value in numbers if value is not None]
    texts += [percentage(abs(value)) for value in shares if value is not None]
    texts += [str(2021 - (missed - 1) // 2) for missed in (facts.missed,) if missed]  # since when, up to 2021-II
    texts += [facts.period, "2021-II", f"{facts.reference_date:%Y}", str(facts.reference_date.day)]
    return {piece for text in texts for piece in re.findall(r"\d[\d.]*", text)}


@given(anything)
def test_numbers_come_from_the_facts(facts: Facts) -> None:
    allowed = figures(facts)
    for finding in diagnose(facts):
        assert set(re.findall(r"\d[\d.]*\d|\d", finding.text)) <= allowed, finding
        assert not re.search(r"[{}–]|None|nan", finding.text), finding


def test_texts_of_findings() -> None:
    (finding,) = diagnose(changed(missed=4, opening_balance=None))
    assert (
        finding.text == "Sinds begin 2020 (4 halfjaren) haalde Aanwal de taakstelling niet, geteld tot en met 2021-II."
    )
    (finding,) = diagnose(changed(missed=5, missed_may_be_higher=True, opening_balance=None))
    assert "Sinds medio 2019 of eerder (5 halfjaren)" in finding.text
    carried = diagnose(changed(opening_balance=-30, realised=25))[0]
    assert carried.text == (
        "Aanwal begon 2022-I met een achterstand van 30 personen. Op de taakstelling van dit halfjaar zelf "
        "loopt Aanwal niet achter."
    )
    region = diagnose(changed(opening_balance=None, corop=others(1, 9, share=1.044)))[0]
    assert region.text == (
        "Van de 9 andere gemeenten in het COROP-gebied Kust loopt er 1 achter. "
        f"Samen hebben die {percentage(1.044)} gehuisvest."
    )
    near = diagnose(changed(opening_balance=None, neighbours=others(0, 7, ("A", "B", "C", "D", "E"))))[0]
    assert near.text.endswith(
        "7 buurgemeenten met cijfers hebben er 5 dit halfjaar niets meer te huisvesten: A, B, C en 2 andere."
    )
    one = diagnose(changed(opening_balance=None, neighbours=others(0, 1, ("A",))))[0]
    assert one.text == "De enige buurgemeente met cijfers heeft dit halfjaar niets meer te huisvesten: A."
    none = diagnose(changed(**CASES["no_task"][0][1]))[0]
    assert f"is {signed(-9)}: er is" in none.text
    # A lead is not implied: a target may be zero by itself.
    assert "voorsprong" not in none.text + none.condition + "".join(none.questions)
    unknown = [
        diagnose(changed(missed=count, missed_may_be_higher=True, opening_balance=None))[0].text for count in (1, 3)
    ]
    assert [re.findall("minstens (.*) niet, geteld", text) for text in unknown] == [
        ["1 halfjaar"],
        ["3 halfjaren op rij"],
    ]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 personen"),
        (0.3, "minder dan één persoon"),
        (0.5, "1 persoon"),
        (1.4, "1 persoon"),
        (1.5, "2 personen"),
        (1234, "1.234 personen"),
    ],
)
def test_persons(count: float, words: str) -> None:
    assert persons(count) == words


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_rule_texts_are_well_formed(rule: object) -> None:
    words = [rule.title, rule.condition, rule.text, *rule.questions]
    assert all(words)
    assert rule.condition.endswith(".")
    assert rule.text.replace("{region_together}", "").replace("{peers_together}", "").endswith(".")
    assert 1 <= len(rule.questions) <= 3
    # Open and respectful questions: what, how and which, never why not.
    opening = r"(Wat|Welke|Hoe|Waar|Voor welk)\b.*\?"
    assert all(re.fullmatch(opening, question) for question in rule.questions)
    assert set(rule.themes) <= set(THEMES)
    judged = r"\b(wet|plicht|overtre|schend|onwil|weiger|schuld|falen|faalt|slecht|moeten ze)"
    assert not any(re.search(judged, text, re.IGNORECASE) for text in words)
    assert not any('"' in text or "'" in text or "..." in text for text in words)


def test_questions_and_themes_are_unique_and_ordered() -> None:
    findings = diagnose(changed(missed=4, corop=others(6), trend="worse", slope=0.3))
    assert len(findings) == 4
    for numbers, of in ((questions_of(findings), "questions"), (themes_of(findings), "themes")):
        every = [each for finding in findings for each in getattr(finding, of)]
        assert len(numbers) == len(set(numbers)) > 1
        assert list(numbers) == sorted(set(every), key=every.index)


def test_limited_questions_keep_the_first_of_every_finding() -> None:
    every = tuple(replace(BY_KEY["structural"], questions=(f"{n}a", f"{n}b", "a")) for n in range(8))
    assert questions_of(every, 10) == ("0a", "0b", "1a", "1b", "2a", "3a", "4a", "5a", "6a", "7a")
    assert questions_of(every, 17) == questions_of(every, 99)
    assert len(questions_of(every)) == MOST_QUESTIONS
    assert questions_of(()) == ()


def test_thresholds_in_texts_equal_the_constants() -> None:
    assert (RAISED, "de helft hoger" in BY_KEY["raised_target"].condition) == (1.5, True)
    assert "een derde" in BY_KEY["region_does_well"].condition
    assert "twee derde" in BY_KEY["region_lags"].condition
    assert str(STRUCTURAL) in BY_KEY["structural"].condition
    assert "een zesde" in BY_KEY["on_schedule"].condition
