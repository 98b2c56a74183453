"""Diagnosis: rule-based findings on one municipality, in Dutch, that anybody can check.

The rules are the table `data.analysis.diagnosis.rules`; their thresholds, each with its reason, are in
`data.analysis.diagnosis.conditions`.
"""

from collections.abc import Iterable
from itertools import chain, zip_longest
from typing import Final, Protocol

from data.analysis.diagnosis.facts import Earlier, Facts, Others, facts_of
from data.analysis.diagnosis.phrases import figures_in_words
from data.analysis.diagnosis.rules import RULES, Diagnosis

MOST_QUESTIONS: Final = 10
"""Maximum number of questions for a visit: what fits in an hour."""

__all__ = [
    "MOST_QUESTIONS",
    "RULES",
    "Diagnosis",
    "Earlier",
    "Facts",
    "Others",
    "diagnose",
    "facts_of",
    "questions_of",
    "themes_of",
]


def diagnose(facts: Facts) -> tuple[Diagnosis, ...]:
    """Findings on a municipality, in the order of the table."""
    words = figures_in_words(facts)
    return tuple(rule.finding(words) for rule in RULES if rule.holds(facts))


class HasQuestions(Protocol):
    """Finding or other object that raises questions."""

    @property
    def questions(self) -> tuple[str, ...]:
        """Questions, in order."""


def questions_of(findings: Iterable[HasQuestions], most: int = MOST_QUESTIONS) -> tuple[str, ...]:
    """Questions raised by findings, without duplicates, in order.

    When there are more than `most`, the first of every finding precede the second of any.
    """
    questions = [finding.questions for finding in findings]
    by_turns = dict.fromkeys(question for question in chain(*zip_longest(*questions)) if question)
    chosen = {*list(by_turns)[:most]}
    return tuple(question for question in dict.fromkeys(chain(*questions)) if question in chosen)


def themes_of(findings: Iterable[Diagnosis]) -> tuple[str, ...]:
    """Themes of practices relevant to findings, without duplicates, in order."""
    return tuple(dict.fromkeys(theme for finding in findings for theme in finding.themes))
