"""Exports: CSV, JSON, spreadsheets, and the compact table for the browser."""

from data.export.browser import (
    compact_table,
)
from data.export.dutch import (
    FIGURE_COLUMNS,
    SUPERVISION_COLUMNS,
    at_moment,
    dutch_csv,
    figures_of_map,
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
    "FIGURE_COLUMNS",
    "FORMS",
    "SUPERVISION_COLUMNS",
    "at_moment",
    "compact_table",
    "dutch_csv",
    "encode",
    "escape_formula",
    "export",
    "figures_json",
    "figures_of_map",
    "published_figures",
    "to_csv",
    "to_json",
]
