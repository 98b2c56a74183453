"""Database of publications and visit lists, with migrations and backup."""

from data.store.records import (
    TOTALS_COLUMNS,
    Draft,
    Publication,
    no_totals,
)
from data.store.store import (
    EXAMPLE,
    AlreadyThere,
    Entry,
    NotADraft,
    Overtaken,
    SchemaAhead,
    SchemaBehind,
    Store,
    StoreError,
    Unreachable,
    VisibleFigures,
)
from data.store.visit_lists import (
    LONGEST_NAME,
    ListChanged,
    ListDraft,
    UnknownList,
    VisitList,
)

__all__ = [
    "EXAMPLE",
    "LONGEST_NAME",
    "TOTALS_COLUMNS",
    "AlreadyThere",
    "Draft",
    "Entry",
    "ListChanged",
    "ListDraft",
    "NotADraft",
    "Overtaken",
    "Publication",
    "SchemaAhead",
    "SchemaBehind",
    "Store",
    "StoreError",
    "UnknownList",
    "Unreachable",
    "VisibleFigures",
    "VisitList",
    "backup",
    "frames",
    "migrate",
    "no_totals",
    "prepare",
    "visible",
    "write",
]
