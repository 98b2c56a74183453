"""The HTML document around everything: what the browser gets first."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from dash.development.base_component import Component
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from layouts import palette, words
from layouts.first_paint import to_html

_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_SCRIPT: Final = re.compile(r'<script src="([^"]+)"></script>')
#: The table's library is large; the page asks for it when the table is first opened.
_GRID: Final = "/dash_ag_grid/"


def split_scripts(tags: str) -> tuple[list[str], str]:
    """Tell Dash's scripts apart: those that every page needs, and the table's.

    Parameters
    ----------
    tags : script tags as Dash writes them, in their order

    Returns
    -------
    The addresses of the first, and the address of the second.
    """
    sources = _SCRIPT.findall(tags)
    grid = next(source for source in sources if _GRID in source)
    return [source for source in sources if source != grid], grid


def document(
    layout: Component, islands: Mapping[str, Mapping[str, Any]], page: Mapping[str, Any], page_json: str,
    assets: Mapping[str, str], styles: str, dash: Mapping[str, str],
) -> str:  # fmt: skip
    """Write the document.

    Parameters
    ----------
    layout : Dash's layout, written as HTML for the first paint
    islands : for each island's template the values in it
    page, page_json : what the scripts must know, as values and as JSON
    assets : addresses of our own scripts, by file name
    styles : all our styles
    dash : the pieces that Dash wants in its document (see `Dash.interpolate_index`)
    """
    drawn = {name: _TEMPLATES.get_template(f"{name}.html").render(values) for name, values in islands.items()}
    scripts, _ = split_scripts(dash["scripts"])
    return _TEMPLATES.get_template("document.html").render(
        metas=dash["metas"],
        title=dash["title"],
        favicon=dash["favicon"],
        css=dash["css"],
        config=dash["config"],
        app_entry=dash["app_entry"],
        later=scripts,
        renderer=dash["renderer"].replace("application/javascript", "application/x-later"),
        page=page,
        page_json=page_json.replace("<", "\\u003c"),
        patterns=palette.patterns(),
        first_paint=to_html(layout, drawn),
        styles=styles,
        entry=assets["main.js"],
        modules=[address for name, address in assets.items() if name.endswith(".js") and name != "main.js"],
    )


def islands(
    *, moments: Sequence[tuple[str, str, int]], stop: int, measure: Mapping[str, Any], remarks: Sequence[str],
    download: str, drawing: str, example: bool,
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """Give each island's template its values.

    Parameters
    ----------
    moments : period, reference date as words, months elapsed; all stops of the slider
    stop : which of them is shown
    measure : the measure as `callbacks.payload.measures` writes it
    remarks : what was wrong with the URL
    download : address of the figures as CSV
    drawing : the national map, painted
    """
    period, day, months = moments[stop]
    elapsed = f"{period}, {words.months_word(months)}"
    when = f"{day} ({elapsed})"
    return {
        "tiles": {"moment": when, "tiles": words.TILES},
        "legend": {"measure": measure["label"], "meaning": measure["meaning"], "entries": measure["classes"]},
        "map": {"mark": "Voorbeeldcijfers, realisatie gesimuleerd" if example else "", "drawing": drawing},
        "timeline": {
            "date": day,
            "elapsed": elapsed,
            "moment": when,
            "stops": len(moments),
            "stop": stop,
            "periods": list(dict.fromkeys(name for name, _, _ in moments)),
        },
        "ranking": {},
        "remarks": {"remarks": remarks},
        "actions": {"download": download},
    }
