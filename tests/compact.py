"""The compact table of data/export/browser.py decoded, as the browser does it in assets/js/core/figures.js."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Table = Mapping[str, Any]
COUNTS = ("net_target", "opening_balance", "corrected_target", "realised")


@dataclass(frozen=True)
class Moment:
    """One reference date, decoded; NaN where undefined."""

    period: str
    date: str
    months: int
    before: int | None
    numbers: dict[str, list[float]]
    statuses: list[str]
    missed: list[float]
    qualities: list[str | None]


def decode(table: Table) -> list[Moment]:
    """Undo what the table leaves out, from its description alone."""
    size = len(table["codes"])
    last: dict[str, Any] = {"realised": [math.nan] * size}
    moments = []
    for moment in table["moments"]:
        since = floats(moment["realised"])
        if moment["months"] > 0:
            since = [new + (0 if math.isnan(old) else old) for new, old in zip(since, last["realised"], strict=True)]
        last["realised"] = since
        for key in ("net", "opening", "corrected"):
            if key in moment:
                last[key] = floats(moment[key])
        for key in ("missed", "quality"):
            last[key] = moment.get(key, last.get(key))
        moments.append(
            Moment(
                moment["period"],
                moment["date"],
                moment["months"],
                moment["before"],
                dict(zip(COUNTS, (last["net"], last["opening"], last["corrected"], since), strict=True)),
                [table["statuses"][int(digit)] for digit in moment["status"]],
                [math.nan if digit == " " else int(digit, 36) for digit in last["missed"]],
                [table["qualities"].get(letter) for letter in last["quality"]],
            )
        )
    return moments


def floats(numbers: Sequence[int | None]) -> list[float]:
    return [math.nan if number is None else number for number in numbers]
