"""Drafts for the store: from a checked reading, with how the file was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

import pandas as pd

from data.ingest.baseline import BaselineStore
from data.ingest.report import FileReport
from data.periods import HalfYear
from data.schema import FIGURE_NAMES
from data.sources.monthly.reading import ColumnField, Reading, ReadingChoices, Sign
from data.sources.monthly.remembered import is_empty, mapping_to_json
from data.store import TOTALS_COLUMNS, Draft, no_totals

MOST_NAMES: Final = 60
"""Unknown names listed in a form, at most; with more, another column holds the names."""
MOST_PLACES: Final = 4
"""Places listed for an unknown name."""


class LayoutMemory(Protocol):
    """Protocol of a store that remembers mappings."""

    def mapping(self, fingerprint: str, /) -> Mapping[str, object] | None:
        """Remembered mapping of a layout."""

    def remember(self, fingerprint: str, choices: Mapping[str, object], who: str, /) -> None:
        """Replace the remembered mapping of a layout."""


class DraftStore(BaselineStore, Protocol):
    """Protocol of a store, as needed for drafts; see :class:`data.store.Store`."""

    def version(self) -> int:
        """Number of the newest change to what is shown."""

    def mapping(self, fingerprint: str, /) -> Mapping[str, object] | None:
        """Remembered mapping of a layout."""


@dataclass(frozen=True, eq=False)
class CheckedReading:
    """A reading with its report."""

    reading: Reading
    report: FileReport
    compared_at: int
    """Version of the store at the time of comparison."""


def draft_of(
    checked: CheckedReading,
    content: bytes,
    *,
    source: str,
    published_on: date | None = None,
    note: str = "",
    recalled: bool = False,
) -> Draft:
    """Make the draft that the store keeps: file, figures, totals, report, and how it was read.

    Parameters
    ----------
    recalled : whether choices of an earlier file of the same layout were used
    content, source, published_on, note : see :class:`data.store.Draft`
    """
    reading = checked.reading
    return Draft(
        file_name=reading.file_name,
        content=content,
        source=source,
        period=reading.period,
        reference_date=reading.reference_date,
        figures=reading.figures,
        published_on=published_on,
        note=note,
        report=checked.report.to_json(),
        reading={
            "fingerprint": reading.fingerprint,
            "choices": choices_json(reading.choices),
            "mapping": mapping_to_json(reading),
            "names": unknown_names(reading.lines),
            "remembered": recalled,
            "compared_at": checked.compared_at,
        },
        totals=totals_of(reading),
        compared_at=checked.compared_at,
    )


def unknown_names(lines: pd.DataFrame) -> Sequence[dict[str, str]]:
    """List the unresolved names, each with its places."""
    unknown = lines[lines["gm_code"].isna() & lines["printed"].notna()]
    found = []
    for printed, rows in list(unknown.groupby("printed", sort=False))[:MOST_NAMES]:
        places = [f"blad {row.sheet}, rij {row.row}" for row in rows.head(MOST_PLACES).itertuples(index=False)]
        more = len(rows) - len(places)
        found.append({"printed": str(printed), "places": "; ".join(places) + (f"; en {more} meer" if more else "")})
    return found


def remember(memory: LayoutMemory, kept: Mapping[str, object], who: str) -> bool:
    """Remember a person's choices for the layout of a published file.

    Parameters
    ----------
    kept : the `reading` of a draft that :func:`draft_of` made

    Returns
    -------
    Whether there was anything new to remember.
    """
    fingerprint, mapping = kept.get("fingerprint"), kept.get("mapping")
    if not isinstance(fingerprint, str) or not isinstance(mapping, Mapping) or is_empty(mapping):
        return False
    if memory.mapping(fingerprint) == mapping:
        return False
    memory.remember(fingerprint, mapping, who)
    return True


def choices_json(choices: ReadingChoices) -> dict[str, object]:
    """Write all choices of a person, so that the same file can be reread."""
    return {
        "fields": {str(index): field.value for index, field in choices.fields.items()},
        "sign": choices.sign,
        "period": None if choices.period is None else str(choices.period),
        "reference_date": None if choices.reference_date is None else choices.reference_date.isoformat(),
        "names": dict(choices.names),
    }


def choices_of(stored: Mapping[str, object]) -> ReadingChoices:
    """Read what :func:`choices_json` wrote."""
    fields, names = stored.get("fields"), stored.get("names")
    sign, period, day = stored.get("sign"), stored.get("period"), stored.get("reference_date")
    return ReadingChoices(
        fields={int(index): ColumnField(str(field)) for index, field in fields.items()}
        if isinstance(fields, dict)
        else {},
        sign=None if sign is None else Sign(str(sign)),
        period=None if period is None else HalfYear.parse(str(period)),
        reference_date=None if day is None else date.fromisoformat(str(day)),
        names={str(name): str(code) for name, code in names.items()} if isinstance(names, dict) else {},
    )


def totals_of(reading: Reading) -> pd.DataFrame:
    """Printed totals for the store: one row per area, the first value of each figure.

    Returns
    -------
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
