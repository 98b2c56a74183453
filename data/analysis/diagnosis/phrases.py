"""Figures of one municipality in Dutch words, by the field names in the rules' texts."""

from typing import Final

from data.analysis.diagnosis.conditions import late_totals, region
from data.analysis.diagnosis.facts import Facts, Others
from data.formatting import (
    counted,
    enumerate_some,
    long_date,
    number,
    percentage,
    persons,
    sentence,
    signed,
    since,
)
from data.periods import HalfYear

NAMED: Final = 3
"""Maximum number of municipalities named in a sentence; the rest are counted."""
UNKNOWN: Final = "–"


def figures_in_words(facts: Facts) -> dict[str, str]:
    """Figures for the rules' texts, by field name; `UNKNOWN` where unknown."""
    before = facts.earlier[0] if facts.earlier else None
    totals = late_totals(facts.earlier)
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
        "since": _since(facts),
        "missed_in_a_row": counted(facts.missed, "halfjaar", "halfjaren op rij"),
        "slope": percentage(None if facts.slope is None else abs(facts.slope)),
        "before": UNKNOWN if before is None else before.period,
        "before_net": persons(None if before is None else before.net_target),
        "late": number(totals.late),
        "done_before": persons(totals.realised),
        "half_years_before": counted(totals.half_years, "halfjaar", "halfjaren"),
    }
    for prefix, others in (
        ("region", region(facts)),
        ("neighbours", facts.neighbours),
        ("peers", facts.peers),
    ):
        words |= {f"{prefix}_{part}": text for part, text in _group_fields(others).items()}
    return words


def _since(facts: Facts) -> str:
    if not facts.missed or facts.tested is None:
        return UNKNOWN
    return sentence(since(facts.missed, HalfYear.parse(facts.tested), or_earlier=facts.missed_may_be_higher))


def _behind(backlog: float | None) -> str:
    return "niet" if backlog is not None and backlog <= 0 else persons(backlog)


def _group_fields(others: Others | None) -> dict[str, str]:
    """Fields on a group: its name, size, numbers lagging and done, and summed share."""
    if others is None:
        return dict.fromkeys(("name", "count", "lag", "together", "done", "who_are_done"), UNKNOWN)
    lagging = "geen" if others.lagging == 0 else number(others.lagging)
    return {
        "name": others.name,
        "count": number(others.municipalities),
        "lag": f"{'loopt' if others.lagging <= 1 else 'lopen'} er {lagging} achter",
        "together": "" if others.share is None else f" Samen hebben die {percentage(others.share)} gehuisvest.",
        "done": enumerate_some(others.done, NAMED) or UNKNOWN,
        "who_are_done": "De enige buurgemeente met cijfers heeft"
        if others.municipalities == 1
        else f"Van de {number(others.municipalities)} buurgemeenten met cijfers "
        f"{'heeft' if len(others.done) == 1 else 'hebben'} er {number(len(others.done))}",
    }
