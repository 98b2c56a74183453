"""The HTML document around everything: what the browser gets first."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from dash.development.base_component import Component

from layouts import palette
from layouts.first_paint import to_html
from layouts.table import COLUMNS
from layouts.templating import TEMPLATES

_SCRIPT: Final = re.compile(r'<script src="([^"]+)"></script>')
#: Asks for the scripts once the map is on screen: compiled before that, they would compete with it for the processor.
#: A tab in the background is not painted, so it waits at most a second.
START: Final = (
    'addEventListener("DOMContentLoaded",()=>{let after=document.getElementById("after-paint");'
    "const start=()=>{after&&document.body.append(after.content);after=null};"
    "requestAnimationFrame(()=>requestAnimationFrame(()=>"
    'new PerformanceObserver(start).observe({type:"paint",buffered:true})));setTimeout(start,1000)})'
)


def start_hash() -> str:
    """Return the source expression by which a content security policy allows `START`."""
    return f"'sha256-{b64encode(sha256(START.encode()).digest()).decode()}'"


def document(
    layout: Component, islands: Mapping[str, Mapping[str, Any]], page: Mapping[str, Any], page_json: str,
    scripts: Sequence[str], styles: str, dash: Mapping[str, str], title: str, preloads: Sequence[str],
    without_scripts: str = "", styles_later: str = "",
) -> str:  # fmt: skip
    """Write the document.

    Parameters
    ----------
    layout : Dash's layout, written as HTML for the first paint
    islands : for each island's template the values in it
    page, page_json : what the scripts must know, as values and as JSON
    scripts : addresses of our own scripts that the page needs at once, the one that begins first
    styles : our styles that the first paint needs
    dash : the pieces that Dash wants in its document (see `Dash.interpolate_index`)
    title : of the document
    preloads : addresses of what the scripts fetch first
    without_scripts : sentence for a browser that runs no scripts
    styles_later : address of our other styles, or empty
    """
    drawn = {name: TEMPLATES.get_template(f"{name}.html").render(values) for name, values in islands.items()}
    later = _SCRIPT.findall(dash["scripts"])
    return TEMPLATES.get_template("document.html").render(
        metas=dash["metas"],
        title=title,
        preloads=preloads,
        without_scripts=without_scripts,
        favicon=dash["favicon"],
        css=dash["css"],
        config=dash["config"],
        app_entry=dash["app_entry"],
        later=later,
        renderer=dash["renderer"].replace("application/javascript", "application/x-later"),
        page=page,
        page_json=page_json.replace("<", "\\u003c"),
        patterns=palette.patterns(),
        first_paint=to_html(layout, drawn),
        styles=styles,
        styles_later=styles_later,
        entry=scripts[0],
        modules=scripts[1:],
        start=START,
    )


def map_islands(
    *, slider: Mapping[str, Any], legend: Mapping[str, Any],
    measures: Mapping[str, Any], listed: str, area: str, tiles: Mapping[str, Any], download: str, drawing: str,
    tiled: bool,
    shapes: Sequence[tuple[str, str, str]], example: str, compare: str, headline: Mapping[str, str],
) -> dict[str, Mapping[str, Any]]:  # fmt: skip
    """Give the islands around the map their values.

    Parameters
    ----------
    slider : the slider as `callbacks.state.timeline.timeline` gives it
    legend : as `callbacks.payload.snapshot.legend` writes it
    measures : `measures` (key, label, whether chosen), and the pairs `kept` in the query when another is chosen
    listed, area : code of the area where the list of areas has it, and its name
    tiles : as `layouts.tiles.tiles_values` gives them
    download : address of the figures as CSV
    drawing : the map, painted
    tiled : whether the drawing is of tiles
    shapes : key, label and address of each way of drawing
    example : what of the figures is an example; empty when nothing is
    compare : address of the page that compares areas
    headline : `finding`, `more` and `basis` above the map
    """
    return {
        "headline": dict(headline),
        "area-choice": {"code": listed, "name": area},
        "tiles": {**tiles},
        "legend": {**legend},
        "measures": {**measures},
        "map": {
            "mark": "Gesimuleerde oefencijfers" if example else "",
            "drawing": drawing,
            "tiled": tiled,
            "shapes": shapes,
            "compare": compare,
        },
        "timeline": slider,
        "ranking": {},
        "table": {"columns": COLUMNS},
        "actions": {"download": download},
    }
