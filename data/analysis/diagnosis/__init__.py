"""Diagnosis: what the figures of one municipality say in words, by rules that anybody can check.

The rules stand in one table, `data.analysis.diagnosis.rules`; the lines that they draw, with the reason of
each, in `data.analysis.diagnosis.conditions`.
"""

from collections.abc import Iterable
from itertools import chain, zip_longest
from typing import Final, Protocol

from data.analysis.diagnosis.facts import Earlier, Facts, Others, facts_of
from data.analysis.diagnosis.phrases import figures_in_words
from data.analysis.diagnosis.rules import RULES, Diagnosis, Rule

MOST_QUESTIONS: Final = 10
"""Questions of a visit at most: more than one asks in an hour."""

__all__ = [
    "MOST_QUESTIONS",
    "RULES",
    "Diagnosis",
    "Earlier",
    "Facts",
    "Others",
    "Rule",
    "diagnose",
    "facts_of",
    "questions_of",
    "themes_of",
]


def diagnose(facts: Facts) -> tuple[Diagnosis, ...]:
    """Tell what the figures say, in the order of the table; never beyond them."""
    words = figures_in_words(facts)
    return tuple(rule.tell(words) for rule in RULES if rule.holds(facts))


class Asking(Protocol):
    """What gives reason to ask something: a finding, or what a dossier says of it."""

    @property
    def questions(self) -> tuple[str, ...]:
        """In order."""


def questions_of(findings: Iterable[Asking], most: int = MOST_QUESTIONS) -> tuple[str, ...]:
    """Questions that findings give reason to, each once, in their order.

    Of more than `most` the first of every finding go before the second of any.
    """
    asked = [finding.questions for finding in findings]
    by_turns = dict.fromkeys(question for question in chain(*zip_longest(*asked)) if question)
    chosen = {*list(by_turns)[:most]}
    return tuple(question for question in dict.fromkeys(chain(*asked)) if question in chosen)


def themes_of(findings: Iterable[Diagnosis]) -> tuple[str, ...]:
    """Themes of practices that findings point to, each once, in their order."""
    return tuple(dict.fromkeys(theme for finding in findings for theme in finding.themes))
