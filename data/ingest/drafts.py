"""From the cells of a file to what can be published: understood, checked against the store, made a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pandas as pd

from data.ingest.baseline import Keeper, Known
from data.ingest.checks import check
from data.ingest.report import Report
from data.periods import HalfYear
from data.schema import FIGURE_NAMES
from data.sources.formats.grid import Grid
from data.sources.monthly.interpret import Ground, understand
from data.sources.monthly.reading import Choices, Field, Reading, Sign
from data.sources.monthly.remembered import MappingError, is_empty, mapping_to_json, remembered_choices
from data.store import TOTALS_COLUMNS, Draft, no_totals


class Memory(Protocol):
    """A store as far as remembering needs it."""

    def mapping(self, fingerprint: str, /) -> Mapping[str, object] | None:
        """What a person once settled for files of a layout."""

    def remember(self, fingerprint: str, choices: Mapping[str, object], who: str, /) -> None:
        """Keep what a person settled, instead of what was settled before."""


class Shelf(Keeper, Protocol):
    """A store as far as drafting needs it; see :class:`data.store.Store`."""

    def version(self) -> int:
        """Number of the newest change of what is shown."""

    def mapping(self, fingerprint: str, /) -> Mapping[str, object] | None:
        """What a person once settled for files of a layout."""


@dataclass(frozen=True, eq=False)
class Checked:
    """A file that was understood and checked, on its way to be a draft."""

    reading: Reading
    report: Report
    compared_at: int | None
    """Version of the store that it was compared with; None without a store."""


def understood(grid: Grid, ground: Ground, shelf: Shelf | None, choices: Choices) -> Reading:
    """Understand a file, with what a person settled before for files of its layout.

    Parameters
    ----------
    choices : Choices
        What is settled now; goes before what is remembered.

    Raises
    ------
    data.sources.formats.grid.Unreadable
        When there is no table with municipalities.
    """
    reading = understand(grid, ground, choices)
    told = None if shelf is None else shelf.mapping(reading.fingerprint)
    if not told:
        return reading
    try:
        joined = remembered_choices(told, reading.columns, choices)
    except MappingError:  # of another version of the program; the file itself says enough, or asks
        return reading
    return reading if joined == choices else understand(grid, ground, joined)


def checked(reading: Reading, ground: Ground, shelf: Shelf | None, today: date | None) -> Checked:
    """Check a reading by itself and against what the store shows now."""
    compared_at = None if shelf is None else shelf.version()
    known = Known.of(ground.register, shelf, reading.period, reading.reference_date, today)
    return Checked(reading, check(reading, known), compared_at)


def draft_of(made: Checked, content: bytes, *, source: str, published_on: date | None = None, note: str = "") -> Draft:
    """Make the draft that the store keeps: file, figures, totals, report, and how it was read."""
    reading = made.reading
    return Draft(
        file_name=reading.file_name,
        content=content,
        source=source,
        period=reading.period,
        reference_date=reading.reference_date,
        figures=reading.figures,
        published_on=published_on,
        note=note,
        report=made.report.to_json(),
        reading=reading_json(reading),
        totals=totals_of(reading),
        compared_at=made.compared_at,
    )


def reading_json(reading: Reading) -> dict[str, object]:
    """Write how a file was read, for the store: its layout, what was settled, what of that to remember."""
    return {
        "fingerprint": reading.fingerprint,
        "choices": choices_json(reading.choices),
        "mapping": mapping_to_json(reading),
    }


def remember(memory: Memory, kept: Mapping[str, object], who: str) -> bool:
    """Remember for its layout what a person settled of a file that was published.

    Parameters
    ----------
    kept : mapping
        What :func:`reading_json` wrote.

    Returns
    -------
    bool
        Whether there was anything new to remember.
    """
    fingerprint, mapping = kept.get("fingerprint"), kept.get("mapping")
    if not isinstance(fingerprint, str) or not isinstance(mapping, Mapping) or is_empty(mapping):
        return False
    if memory.mapping(fingerprint) == mapping:
        return False
    memory.remember(fingerprint, mapping, who)
    return True


def choices_json(choices: Choices) -> dict[str, object]:
    """Write everything that a person settled, so that the very same file can be read anew."""
    return {
        "fields": {str(index): field.value for index, field in choices.fields.items()},
        "sign": choices.sign,
        "period": None if choices.period is None else str(choices.period),
        "reference_date": None if choices.reference_date is None else choices.reference_date.isoformat(),
        "names": dict(choices.names),
    }


def choices_of(told: Mapping[str, object]) -> Choices:
    """Read what :func:`choices_json` wrote."""
    fields, names = told.get("fields"), told.get("names")
    sign, period, day = told.get("sign"), told.get("period"), told.get("reference_date")
    return Choices(
        fields={int(index): Field(str(field)) for index, field in fields.items()} if isinstance(fields, dict) else {},
        sign=None if sign is None else Sign(str(sign)),
        period=None if period is None else HalfYear.parse(str(period)),
        reference_date=None if day is None else date.fromisoformat(str(day)),
        names={str(name): str(code) for name, code in names.items()} if isinstance(names, dict) else {},
    )


def totals_of(reading: Reading) -> pd.DataFrame:
    """Totals that a file prints, as the store keeps them: one row an area, the first that names a figure.

    Returns
    -------
    DataFrame
        `data.store.records.TOTALS_COLUMNS`; empty while the moment is unknown.
    """
    if reading.period is None or reading.reference_date is None or not reading.totals:
        return no_totals()
    found: dict[str, dict[str, int]] = {}
    for total in reading.totals:
        row = found.setdefault(total.code, {})
        for field, value in total.values.items():  # noqa: PD011  a mapping
            row.setdefault(field.value, value)
    rows = [{"code": code, **{name: values.get(name) for name in FIGURE_NAMES}} for code, values in found.items()]
    frame = pd.DataFrame(rows).astype(dict.fromkeys(FIGURE_NAMES, "Int64"))
    frame["period"], frame["reference_date"] = str(reading.period), pd.Timestamp(reading.reference_date)
    return frame[list(TOTALS_COLUMNS)]
