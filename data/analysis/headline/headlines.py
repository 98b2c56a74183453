"""The headline of an area: one finding, and what else there is to tell."""

from typing import Any, NamedTuple

from data.analysis.headline.facts import HeadlineFacts, facts_of, moments_of
from data.analysis.headline.rules import FINDINGS, MORE
from data.analysis.headline.words import basis, in_words, told
from data.areas import Area
from data.measures import MEASURES
from data.snapshot import Snapshot


class Headline(NamedTuple):
    """What is told above the map."""

    finding: str
    more: str
    basis: str
    """Date and quality of the figures."""


def headline(facts: HeadlineFacts, measure: str) -> Headline:
    """Return the headline of an area under a measure."""
    return _headline(facts, measure, in_words(facts))


def headlines(snapshot: Snapshot, area: Area) -> dict[str, Any]:
    """Return all headlines of an area, for its page.

    Returns
    -------
    `basis` and, by measure, pairs of finding and more: one per reference date, in order of time.
    """
    found: dict[str, list[Any]] = {"basis": [], **{key: [] for key in MEASURES}}
    for moment in range(len(moments_of(snapshot))):
        facts = facts_of(snapshot, area, moment)
        words = in_words(facts)
        for key in MEASURES:
            finding, more, on = _headline(facts, key, words)
            found[key].append([finding, more])
        found["basis"].append(on)
    return found


def _headline(facts: HeadlineFacts, measure: str, words: dict[str, str]) -> Headline:
    finding = next(rule for rule in FINDINGS[measure][facts.one] if rule.holds(facts))
    more = (rule for rule in MORE[measure][facts.one] if rule.holds(facts))
    first, *rest = (told(rule.text, words, rule.count(facts)) for rule in (finding, *more))
    return Headline(first, " ".join(rest), basis(facts))
