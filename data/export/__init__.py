"""Figures as files: CSV, JSON, spreadsheets, and the compact table for the browser."""

from data.export.browser import (
    compact_table,
)
from data.export.publications import (
    FORMS,
    everything,
    export,
    written,
)
from data.export.standings import (
    DECIMALS,
    defused,
    figures_json,
    to_csv,
    to_json,
)

__all__ = [
    "DECIMALS",
    "FORMS",
    "compact_table",
    "defused",
    "everything",
    "export",
    "figures_json",
    "to_csv",
    "to_json",
    "written",
]
