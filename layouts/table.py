"""Table of all municipalities: the list in full, with sorting and filters."""

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
    _number("rank", "#", 44, "count", pinned="left"),
    _text("name", "Gemeente", 142, pinned="left", tooltipField="name"),
    _text("status", "Status", 150, cellRenderer="landInBeeldStatus", tooltipField="status"),
    _number("share", "Aandeel", 76, "percentage"),
    _number("remaining", "Nog te huisvesten", 86, "count"),
    _number("missed", "Op rij niet gehaald", 76, "count"),
    _number("net_target", "Taak- stelling", 84, "count"),
    _number("opening_balance", "Beginstand (− is achterstand)", 120, "signed"),
    _number("corrected_target", "Te huisvesten", 96, "count"),
    _number("realised", "Gehuisvest", 96, "count"),
    _number("behind_per_1000", "Achter op schema per 1.000 inwoners", 140, "two"),
    _number("change", "Verandering (punten)", 106, "points"),
    _number("pace", "Tempo", 80, "two"),
    _text("province", "Provincie", 125),
    _text("quality", "Kwaliteit", 120),
    _text("gm_code", "Code", 92),
]


def grid() -> dag.AgGrid:
    """Build the table; the browser's scripts fill it."""
    return dag.AgGrid(
        id="grid",
        columnDefs=COLUMNS,
        rowData=[],
        getRowId="params.data.gm_code",
        defaultColDef={"sortable": True, "resizable": True, "wrapHeaderText": True},
        dashGridOptions={
            "localeText": LOCALE_TEXT,
            "animateRows": False,
            "suppressColumnVirtualisation": True,
            "rowHeight": 32,
            "headerHeight": 46,
            # Keyboard access: the space bar selects the row of the focused cell.
            "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
        },
        className="ag-theme-quartz grid",
        dangerously_allow_code=False,
    )
