"""Columns of the table beside the map; the browser fills its rows."""

from typing import Final, NamedTuple

from data.glossary import TERMS


class TableColumn(NamedTuple):
    """A column of the table."""

    key: str
    """Name of the value in the browser's rows (`assets/js/pages/area/table.js`)."""
    head: str
    form: str = ""
    """How numbers are written, a name in `assets/js/pages/area/table.js`; empty for text."""
    hint: str = ""


COLUMNS: Final = (
    TableColumn("rank", "Rang", "count"),
    TableColumn("name", "Gemeente"),
    TableColumn("status", "Status"),
    TableColumn("share", TERMS["share"].head, "percentage"),
    TableColumn("remaining", TERMS["remaining"].head, "count"),
    TableColumn("missed", TERMS["missed"].head, "count"),
    TableColumn("missed_since", TERMS["missed_since"].head),
    TableColumn("net_target", TERMS["net_target"].head, "count"),
    TableColumn("opening_balance", TERMS["opening_balance"].head, "signed", "− is een achterstand"),
    TableColumn("corrected_target", TERMS["corrected_target"].head, "count"),
    TableColumn("realised", TERMS["realised"].head, "count"),
    TableColumn("behind_per_1000", TERMS["behind_per_1000"].head, "two"),
    TableColumn("change", TERMS["change"].head, "signed", "in procentpunten"),
    TableColumn("pace", TERMS["pace"].head, "two"),
    TableColumn("province", "Provincie"),
    TableColumn("quality", TERMS["quality"].head),
)
