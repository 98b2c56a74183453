"""Table of all municipalities, with sorting and filters."""

from typing import Any, Final

import dash_ag_grid as dag

#: Interface texts of AG Grid, in Dutch.
LOCALE_TEXT: Final = {
    "contains": "Bevat",
    "notContains": "Bevat niet",
    "equals": "Is gelijk aan",
    "notEqual": "Is niet gelijk aan",
    "startsWith": "Begint met",
    "endsWith": "Eindigt op",
    "blank": "Leeg",
    "notBlank": "Niet leeg",
    "lessThan": "Kleiner dan",
    "greaterThan": "Groter dan",
    "lessThanOrEqual": "Hoogstens",
    "greaterThanOrEqual": "Minstens",
    "inRange": "Tussen",
    "inRangeStart": "van",
    "inRangeEnd": "tot",
    "filterOoo": "Filter…",
    "andCondition": "en",
    "orCondition": "of",
    "noRowsToShow": "Geen gemeente voldoet aan de keuze",
    "ariaFilterInput": "Filter",
    "ariaFilterMenuOpen": "Open het filter",
    "ariaColumnFiltered": "gefilterd",
    "ariaSortableColumn": "Druk op Enter om te sorteren",
    "ariaMenuColumn": "",
    "ariaFilterColumn": "",
    "ariaFilterValue": "Filterwaarde",
    "ariaFilterToValue": "Filter tot",
    "ariaFilterFromValue": "Filter van",
    "ariaFilteringOperator": "Soort filter",
    "columnFilter": "Kolomfilter",
    "selectAll": "Alles",
}


def _text(field: str, name: str, width: int, **more: Any) -> dict[str, Any]:
    return {"field": field, "headerName": name, "width": width, "filter": "agTextColumnFilter", **more}


def _number(field: str, name: str, width: int, formatter: str, **more: Any) -> dict[str, Any]:
    return {
        "field": field,
        "headerName": name,
        "width": width,
        "type": "numericColumn",
        "filter": "agNumberColumnFilter",
        "valueFormatter": {"function": f"landInBeeldCell(params, '{formatter}')"},
        **more,
    }


COLUMNS: Final = [
    _text("name", "Gemeente", 190, pinned="left"),
    _text("province", "Provincie", 125),
    _text("status", "Status", 120),
    _number("net_target", "Taakstelling", 145, "count"),
    _number("opening_balance", "Saldo bij start", 135, "signed"),
    _number("corrected_target", "Gecorrigeerde taakstelling", 150, "count"),
    _number("realised", "Gerealiseerd", 145, "count"),
    _number("remaining", "Nog te realiseren", 140, "count", sort="desc"),
    _number("share", "Aandeel", 115, "percentage"),
    _number("pace", "Tempo", 105, "two"),
    _number("behind_per_1000", "Achter op schema per 1.000 inw.", 150, "two"),
    _number("change", "Verandering (punten)", 145, "points"),
    _number("missed", "Niet gehaald op rij", 145, "count"),
    _text("quality", "Kwaliteit", 135),
    _text("gm_code", "Code", 110),
]


def grid() -> dag.AgGrid:
    """Build the table; the browser's scripts fill it."""
    return dag.AgGrid(
        id="grid",
        columnDefs=COLUMNS,
        rowData=[],
        getRowId="params.data.gm_code",
        defaultColDef={"sortable": True, "resizable": True, "wrapHeaderText": True, "autoHeaderHeight": True},
        dashGridOptions={
            "localeText": LOCALE_TEXT,
            "animateRows": False,
            "suppressColumnVirtualisation": True,
            "rowHeight": 32,
            # Keyboard access: the space bar selects the row of the focused cell.
            "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
        },
        className="ag-theme-quartz grid",
        dangerously_allow_code=False,
    )
