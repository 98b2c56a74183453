"""What the page must show of a moment, reckoned from the snapshot in Python."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import numpy.typing as npt
import pandas as pd

from callbacks.state.world import World
from data.measures import MEASURES
from data.periods import HalfYear
from data.snapshot import Snapshot
from layouts.palette import CLASS_TONES


def moment(period: str, day: str) -> tuple[HalfYear, date]:
    """A half-year and a reference date from their texts."""
    return HalfYear.parse(period), date.fromisoformat(day)


def wide(world: World, period: str, day: str, area: str = "NL") -> pd.DataFrame:
    """The wide standings of a moment, by CBS code."""
    return _wide(world.snapshot, period, day, area).copy()


@cache
def _wide(snapshot: Snapshot, period: str, day: str, area: str) -> pd.DataFrame:
    half_year, reference_date = moment(period, day)
    return snapshot.wide_on(half_year, reference_date, area).set_index("gm_code", drop=False)


def standing(world: World, period: str, day: str, code: str) -> dict[str, Any]:
    """The wide standing of one municipality, in Python's own types; None where undefined."""
    return dict(_standings(world.snapshot, period, day)[code])


@cache
def _standings(snapshot: Snapshot, period: str, day: str) -> dict[str, dict[str, Any]]:
    rows = _wide(snapshot, period, day, "NL")
    return {
        code: {
            str(name): None if pd.isna(value) else value.item() if hasattr(value, "item") else value
            for name, value in row.items()
        }
        for code, row in zip(rows.index, rows.to_dict("records"), strict=True)
    }


def class_keys(world: World, measure: str, period: str, day: str) -> dict[str, str]:
    """The class of every municipality under a measure."""
    rows = wide(world, period, day)
    keys = [*MEASURES[measure].tones]
    numbers: npt.NDArray[Any] = MEASURES[measure].classify(rows)
    return {code: keys[number] for code, number in zip(rows["gm_code"], numbers, strict=True)}


def tones(world: World, measure: str, period: str, day: str) -> dict[str, str]:
    """The class attribute of every municipality on a map of which nothing is dimmed."""
    classes = class_keys(world, measure, period, day)
    return {code: f"tone-{CLASS_TONES[measure][key]}" for code, key in classes.items()}


def counts(world: World, measure: str, period: str, day: str, area: str = "NL") -> dict[str, int]:
    """How many municipalities of an area have each class of a measure, in the legend's order."""
    classes = class_keys(world, measure, period, day)
    keys = [*MEASURES[measure].tones]
    found = Counter(classes[code] for code in wide(world, period, day, area)["gm_code"])
    return {keys[number]: found[keys[number]] for number in MEASURES[measure].worst_first}
