"""Exports: CSV, JSON, spreadsheets, and the compact table for the browser."""

from data.export.browser import (
    compact_table,
)
from data.export.publications import (
    FORMS,
    encode,
    export,
    published_figures,
)
from data.export.standings import (
    DECIMALS,
    escape_formula,
    figures_json,
    to_csv,
    to_json,
)

__all__ = [
    "DECIMALS",
    "FORMS",
    "compact_table",
    "encode",
    "escape_formula",
    "export",
    "figures_json",
    "published_figures",
    "to_csv",
    "to_json",
]
