"""Validation of a draft, and its conversion to columns of the store."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import pandas as pd

from data.errors import FiguresError
from data.parsing import MAX_COUNT
from data.periods import HalfYear, PeriodError
from data.schema import FIGURE_NAMES
from data.store.frames import moments_of
from data.store.records import EXAMPLE, Draft, NotReady

# Municipalities come and go: the store accepts every code, and whoever shows figures filters them.
_CODE = re.compile(r"GM\d{4}", re.ASCII)


@dataclass(frozen=True, eq=False)
class Prepared:
    """A validated draft, made before the write lock is taken because that takes long."""

    publication: Mapping[str, object]
    """Columns of the table `publications` that come from the draft."""
    original: Mapping[str, object]
    """Idem of `originals`."""
    figures: pd.DataFrame
    """Typed according to the contract."""
    totals: pd.DataFrame
    compared_at: int | None


def prepare(draft: Draft) -> Prepared:
    """Validate a draft and convert it to columns.

    Raises
    ------
    NotReady
        When its figures violate their contract, or are of another moment.
    """
    table = _validated_figures(draft)
    publication = {
        "source": clean(draft.source),
        "file_name": clean(draft.file_name),
        "sha256": sha256(draft.content).hexdigest(),
        "size": len(draft.content),
        "period": None if draft.period is None else str(draft.period),
        "reference_date": draft.reference_date,
        "published_on": draft.published_on,
        "note": clean(draft.note),
        "municipalities": int(table["gm_code"].nunique()),
    }
    original = {
        "content": draft.content,
        "report": write_json(draft.report),
        "reading": write_json(draft.reading),
    }
    # A total that a file prints twice, perhaps on two sheets, is stored once.
    totals = draft.totals.drop_duplicates(["period", "reference_date", "code"], keep="last")
    return Prepared(publication, original, table, totals, draft.compared_at)


def clean(text: str) -> str:
    """Remove NUL and lone surrogates, which an engine would refuse."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def write_json(value: Mapping[str, object]) -> str:
    """Serialise as ASCII JSON, dates as 2024-03-01 and half-years as 2024-I."""
    return json.dumps(dict(value), default=_to_json_value, separators=(",", ":"))


def _to_json_value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, HalfYear):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    item = getattr(value, "item", None)  # numpy scalars
    if callable(item):
        return item()
    raise TypeError(f"{type(value).__name__} kan niet in JSON")


def _validated_figures(draft: Draft) -> pd.DataFrame:
    """Return the figures of a draft, validated and of its moment."""
    try:
        codes = {str(code) for code in draft.figures.get("gm_code", ()) if _CODE.fullmatch(str(code))}
        from data.contracts import validate_figures

        table = validate_figures(draft.figures, draft.file_name, codes)
        if draft.period is not None and draft.reference_date is not None:
            draft.period.months_elapsed(draft.reference_date)
    except (FiguresError, PeriodError) as error:
        raise NotReady(f"{draft.file_name}: {error}") from error
    for name in FIGURE_NAMES:
        counts = (table[name], draft.totals[name])
        if any((pd.to_numeric(cells).abs() >= MAX_COUNT).any() for cells in counts):
            raise NotReady(f"{draft.file_name}: in {name} staat een getal van {MAX_COUNT} of meer. Verbeter het.")
    if draft.source == EXAMPLE:
        return table
    expected = None if draft.period is None else (str(draft.period), draft.reference_date)
    known = {*moments_of(table), *moments_of(draft.totals)}
    others = sorted(moment for moment in known if moment != expected)
    if others:
        period, day = others[0]
        raise NotReady(
            f"{draft.file_name}: er zijn cijfers van {period}, stand {day}, maar de publicatie is van "
            f"{draft.period}, stand {draft.reference_date}. Kies één halfjaar en peildatum."
        )
    return table
