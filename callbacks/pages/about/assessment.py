"""The last assessment of accessibility, which `python -m tests.accessibility` writes."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from layouts.about import Assessment, PageAssessed

FILE: Final = Path(__file__).with_name("assessment.json")


@cache
def last_assessment() -> Assessment:
    """Read the assessment that comes with the program."""
    return read_assessment(FILE.read_text("utf-8"))


def read_assessment(text: str) -> Assessment:
    """Read an assessment.

    Raises
    ------
    ValueError, KeyError
        When the text is not one.
    """
    known = json.loads(text)
    return Assessment(
        day=date.fromisoformat(known["date"]),
        tool=known["tool"],
        widths=tuple(known["widths"]),
        pages=tuple(
            PageAssessed(page["title"], page["path"], sum(len(rules) for rules in page["violations"].values()))
            for page in known["pages"]
        ),
    )
