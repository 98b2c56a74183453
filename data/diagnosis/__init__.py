"""Diagnosis: what the figures of one municipality say in words, by rules that anybody can check.

The rules stand in one table, `data.diagnosis.rules`; the lines that they draw, with the reason of
each, in `data.diagnosis.conditions`.
"""

from collections.abc import Iterable

from data.diagnosis.facts import Earlier, Facts, Others, facts_of
from data.diagnosis.rules import RULES, Finding, Rule
from data.diagnosis.words import figures_in_words

__all__ = [
    "RULES",
    "Earlier",
    "Facts",
    "Finding",
    "Others",
    "Rule",
    "diagnose",
    "facts_of",
    "questions_of",
    "themes_of",
]


def diagnose(facts: Facts) -> tuple[Finding, ...]:
    """Tell what the figures say, in the order of the table; never beyond them."""
    words = figures_in_words(facts)
    return tuple(rule.tell(words) for rule in RULES if rule.holds(facts))


def questions_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Questions that findings give reason to, each once, in their order."""
    return tuple(dict.fromkeys(question for finding in findings for question in finding.questions))


def themes_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Themes of practices that findings point to, each once, in their order."""
    return tuple(dict.fromkeys(theme for finding in findings for theme in finding.themes))
