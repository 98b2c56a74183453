"""The application: `create_app` makes it, `server` is what gunicorn serves."""

from pathlib import Path
from typing import Any

import dash_ag_grid  # noqa: F401  registers the table's library, whose address the page must know
from dash import Dash
from dash.development.base_component import Component
from flask import request

from callbacks import national, routes
from callbacks.compression import compress
from callbacks.immutable import Immutable
from callbacks.payload import download, dumps, page, publish
from callbacks.view_state import NATIONAL, ViewState, parse
from callbacks.world import World
from config import Settings, settings
from data.snapshot import current
from geo.bundle import load_bundle
from layouts import palette, words
from layouts.document import document, islands, split_scripts
from layouts.footer import footer
from layouts.shell import layout

ASSETS = Path(__file__).parent / "assets"


class LandInBeeld(Dash):
    """Dash, with a first HTML of our own: the page is there before Dash is."""

    world: World
    assets: dict[str, str]
    urls: dict[str, Any]

    def interpolate_index(self, **dash: Any) -> str:
        """Write the document for the state in the URL."""
        world = self.world
        state, remarks = parse(request.args, world.choices)
        if request.path != "/":
            remarks.insert(0, f"De pagina “{request.path[:60]}” bestaat niet; u ziet de landelijke kaart.")
        _, grid = split_scripts(dash["scripts"])
        known = page(world, {**self.urls, "grid": grid, "download": "/download/cijfers.csv"}, state)
        stops = [(str(period), day.isoformat()) for period, day in world.moments]
        return document(
            _layout(world, state),
            islands(
                moments=[
                    (str(period), words.long_date(day), period.months_elapsed(day))
                    for period, day in world.moments
                ],
                stop=stops.index((state.period, state.reference_date)),
                measure=known["measures"][state.measure],
                remarks=remarks,
                download=download(world, state),
                example=world.snapshot.example,
            ),
            known,
            dumps(known).decode(),
            self.assets,
            dash,
        )


def create_app(chosen: Settings | None = None) -> LandInBeeld:
    """Make the application.

    Parameters
    ----------
    chosen : settings; those of the environment when None
    """
    chosen = chosen or settings()
    bundle = load_bundle(chosen.year)
    world = World(chosen, bundle, current(chosen.slightly_behind_pace))
    immutable = Immutable()
    app = LandInBeeld(
        __name__,
        title="Land in beeld",
        update_title="",
        include_assets_files=False,
        assets_folder=str(ASSETS),
        suppress_callback_exceptions=True,
        serve_locally=True,
        add_log_handler=False,
    )
    app.world = world
    app.urls = publish(world, immutable)
    app.assets = immutable.add_folder(_assets())
    app.layout = _layout(world, world.choices.default)
    national.register(app, world)
    routes.register(app.server, world, app.csp_hashes())
    immutable.serve(app.server)
    compress(app.server)
    return app


def _layout(world: World, state: ViewState) -> Component:
    """Compose the page for a state; the browser's scripts bring Dash's own copy to the state in the URL."""
    bundle, snapshot = world.bundle, world.snapshot
    names = world.area_names
    return layout(
        places=_options(world.names, by_name=True)
        + [
            {"value": province.code, "label": f"{province.name} (provincie)"} for province in bundle.provinces
        ],
        areas=_options({**names, NATIONAL: "Heel Nederland"}),
        measures=_options(words.MEASURE),
        area=state.area,
        measure=state.measure,
        tab=state.tab,
        notice=words.EXAMPLE_NOTICE if snapshot.example else None,
        footer=footer(
            title=snapshot.title,
            ground=str(bundle.source["attribution"]),
            licence=str(bundle.source["licence"]),
            year=bundle.year,
            version=snapshot.version,
            example=snapshot.example,
        ),
    )


def _assets() -> dict[str, bytes]:
    """Our scripts by name, and all styles as one."""
    scripts = {path.name: path.read_bytes() for path in sorted((ASSETS / "js").glob("*.js"))}
    styles = [path.read_text("utf-8") for path in sorted((ASSETS / "css").glob("*.css"))]
    return {**scripts, "style.css": "\n".join([*styles, palette.stylesheet()]).encode()}


def _options(labels: dict[str, str], *, by_name: bool = False) -> list[dict[str, str]]:
    pairs = (
        sorted(labels.items(), key=lambda pair: pair[1].lstrip("'’").casefold())
        if by_name
        else labels.items()
    )
    return [{"value": code, "label": label} for code, label in pairs]


app = create_app()
server = app.server
