"""Facts in Dutch words, by the field names in the rules' texts."""

import re
from collections.abc import Callable
from math import ceil
from typing import Final

from data.analysis.headline.facts import NAMED, HeadlineFacts
from data.formatting import (
    counted,
    enumerate_all,
    enumerate_some,
    long_date,
    months_word,
    number,
    percentage,
    signed,
    since,
)
from data.periods import MONTHS, expected_share

TENTHS_BELOW: Final = 10
"""Persons a month of which a tenth is worth telling."""
_CHOICE: Final = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
_VALUES: Final[dict[str, Callable[[float], str]]] = {
    "status": lambda persons: number(ceil(persons)),
    "share": percentage,
    "behind_per_1000": lambda value: number(value, 2),
    "change": lambda value: _points(signed(value)),
    "missed": number,
}
_QUALITY: Final = {
    "published": "gepubliceerde cijfers",
    "computed": "berekende cijfers",
    "estimated": "geschatte cijfers",
    "simulated": "gesimuleerde oefencijfers",
}


def people(count: float) -> str:
    """Count people: "1 persoon", "415 mensen"."""
    return counted(count, "persoon", "mensen")


def _points(text: str) -> str:
    return f"{text} {'punt' if text.lstrip('+−') == '1' else 'punten'}"


def basis(facts: HeadlineFacts) -> str:
    """Say of which date and how sure the figures are."""
    sure = "" if facts.quality is None else f", volgens {_QUALITY[facts.quality]}"
    return f"Stand op {long_date(facts.day)}{sure}"


def told(text: str, words: dict[str, str], count: int) -> str:
    """Fill a rule's text, and choose between its forms for one and for more."""
    chosen = _CHOICE.sub(lambda match: match[1] if count == 1 else match[2], text)
    filled = chosen.format_map(words)
    return filled[:1].upper() + filled[1:]


def in_words(facts: HeadlineFacts) -> dict[str, str]:
    """Write the fields of the rules' texts."""
    needed = facts.remaining / max(MONTHS - facts.months, 1)
    return {
        "name": facts.name,
        "inside": "" if facts.country else f" in {facts.name}",
        "day": long_date(facts.day),
        "end": long_date(facts.period.end),
        "stage": "halverwege het halfjaar" if facts.months * 2 == MONTHS else months_word(facts.months),
        "known": number(facts.known),
        "unknown": number(facts.municipalities - facts.known),
        "lagging": number(facts.lagging),
        "target": number(facts.target),
        "target_people": people(facts.target),
        "realised": number(facts.realised),
        "realised_people": people(facts.realised),
        "remaining_people": people(facts.remaining),
        "needed": number(needed, 0 if needed >= TENTHS_BELOW or needed == int(needed) else 1),
        "share": percentage(facts.share),
        "expected": percentage(expected_share(facts.months)),
        "per_1000": number(abs(facts.backlog_per_1000), 2),
        "tested": str(facts.tested or "–"),
        "all_counted": counted(facts.counted, "gemeente", "gemeenten"),
        "missed": number(facts.missed),
        "long": number(facts.long),
        "longest": enumerate_some(facts.longest, NAMED),
        "since": since(facts.most, facts.tested, or_earlier=facts.most_or_earlier)
        if facts.most and facts.tested
        else "–",
        "compared": number(facts.compared),
        "all_compared": counted(facts.compared, "gemeente", "gemeenten"),
        "lower": number(facts.lower),
        "higher": number(facts.higher),
        "points": _points(number(abs(facts.change))),
        **{
            f"furthest_{key}": enumerate_all(
                f"{name} ({people(ceil(value)) if key == 'status' and not place else _VALUES[key](value)})"
                for place, (name, value) in enumerate(found)
            )
            for key, found in facts.furthest.items()
        },
    }
