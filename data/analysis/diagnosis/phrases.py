"""Figures of one municipality in Dutch words, by the names that the texts of the rules use."""

from typing import Final

from data.analysis.diagnosis.conditions import habit, region
from data.analysis.diagnosis.facts import Facts, Others
from data.formatting import counted, enumerate_some, long_date, number, percentage, persons, signed

NAMED: Final = 3
"""Municipalities that a sentence names; of the rest it says how many."""
UNKNOWN: Final = "–"


def figures_in_words(facts: Facts) -> dict[str, str]:
    """Write every figure that a text may name; `UNKNOWN` where it is."""
    before = facts.earlier[0] if facts.earlier else None
    told = habit(facts.earlier)
    words = {
        "name": facts.name,
        "period": facts.period,
        "day": long_date(facts.reference_date),
        "months": counted(facts.months, "maand", "maanden"),
        "net": persons(facts.net_target),
        "corrected": persons(facts.corrected_target),
        "corrected_signed": signed(facts.corrected_target),
        "realised": persons(facts.realised),
        "remaining": persons(facts.remaining),
        "backlog": persons(facts.backlog),
        "own_backlog": _behind(facts.own_backlog),
        "carried": persons(None if facts.opening_balance is None else abs(facts.opening_balance)),
        "share": percentage(facts.share),
        "expected": percentage(facts.expected_share),
        "tested": facts.tested or UNKNOWN,
        "missed": counted(facts.missed, "halfjaar", "halfjaren"),
        "at_least": "minstens " if facts.missed_may_be_higher else "",
        "missed_in_a_row": counted(facts.missed, "halfjaar", "halfjaren op rij"),
        "slope": percentage(None if facts.slope is None else abs(facts.slope)),
        "before": UNKNOWN if before is None else before.period,
        "before_net": persons(None if before is None else before.net_target),
        "late": number(told.late),
        "done_before": persons(told.realised),
        "half_years_before": counted(told.half_years, "halfjaar", "halfjaren"),
    }
    for prefix, others in (
        ("region", region(facts)),
        ("neighbours", facts.neighbours),
        ("peers", facts.peers),
    ):
        words |= {f"{prefix}_{part}": text for part, text in _of_others(others).items()}
    return words


def _behind(backlog: float | None) -> str:
    return "niet" if backlog is not None and backlog <= 0 else persons(backlog)


def _of_others(others: Others | None) -> dict[str, str]:
    """Write who others are, how many, how many lag, what they realised together, and who is done."""
    if others is None:
        return dict.fromkeys(("name", "count", "lag", "together", "done", "who_are_done"), UNKNOWN)
    lagging = "geen" if others.lagging == 0 else number(others.lagging)
    return {
        "name": others.name,
        "count": number(others.municipalities),
        "lag": f"{'loopt' if others.lagging <= 1 else 'lopen'} er {lagging} achter",
        "together": "" if others.share is None else f" Samen hebben die {percentage(others.share)} gerealiseerd.",
        "done": enumerate_some(others.done, NAMED) or UNKNOWN,
        "who_are_done": "De enige buurgemeente met cijfers heeft"
        if others.municipalities == 1
        else f"Van de {number(others.municipalities)} buurgemeenten met cijfers "
        f"{'heeft' if len(others.done) == 1 else 'hebben'} er {number(len(others.done))}",
    }
