"""The application: `create_app` makes it, `server` is what gunicorn serves."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import dash_ag_grid  # noqa: F401  registers the table's library, whose address the page must know
import dash_mantine_components as dmc
from dash import Dash
from flask import request

from callbacks import national, routes
from callbacks.compression import compress
from callbacks.immutable import Immutable
from callbacks.payload import download, dumps, page, publish, tones
from callbacks.view_state import NATIONAL, ViewState, parse
from callbacks.world import World
from config import Settings, settings
from data.periods import HalfYear
from data.snapshot import current
from geo.bundle import load_bundle
from geo.drawing import national_drawing
from layouts import palette, words
from layouts.document import document, islands, split_scripts
from layouts.footer import footer
from layouts.painted import Drawing
from layouts.shell import layout

ASSETS = Path(__file__).parent / "assets"


class LandInBeeld(Dash):
    """Dash, with a first HTML of our own: the page is there before Dash is."""

    world: World
    drawing: Drawing
    styles: str
    icon: str
    assets: dict[str, str]
    urls: dict[str, Any]

    def interpolate_index(self, **dash: str) -> str:  # type: ignore[override]  # Dash passes all by name
        """Write the document for the state in the URL."""
        state, remarks = parse(request.args, self.world.choices)
        if request.path != "/":
            remarks.insert(0, f"De pagina “{request.path[:60]}” bestaat niet; u ziet de landelijke kaart.")
        dash["favicon"] = f'<link rel="icon" type="image/svg+xml" href="{self.icon}">'
        # Dash signs its configuration anew for each visit; all else is the same for the same state.
        config, mark = dash["config"], "<!-- dash-config -->"
        kept = self._document(state, tuple(remarks), tuple({**dash, "config": mark}.items()))
        return kept.replace(mark, config, 1)

    @lru_cache(maxsize=64)  # noqa: B019  the application lives as long as the process
    def _document(
        self, state: ViewState, remarks: tuple[str, ...], pieces: tuple[tuple[str, str], ...]
    ) -> str:
        """Write the document; what it depends on stands in its arguments, so the last ones are kept."""
        world, dash = self.world, dict(pieces)
        _, grid = split_scripts(dash["scripts"])
        known = page(world, {**self.urls, "grid": grid, "download": "/download/cijfers.csv"}, state)
        return document(
            _layout(world, state),
            islands(
                moments=[
                    (str(period), words.long_date(day), period.months_elapsed(day))
                    for period, day in world.moments
                ],
                stop=world.moments.index((HalfYear.parse(state.period), state.date)),
                measure=known["measures"][state.measure],
                remarks=remarks,
                download=download(world, state),
                drawing=self.drawing.paint(tones(world, state)),
                example=world.snapshot.example,
            ),
            known,
            dumps(known).decode(),
            self.assets,
            self.styles,
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
    app.drawing = Drawing(national_drawing(bundle))
    app.urls = publish(world, immutable)
    app.styles = _styles()
    app.icon = immutable.add("icon.svg", (ASSETS / "icon.svg").read_bytes())
    app.assets = immutable.add_folder(
        {path.name: path.read_bytes() for path in sorted((ASSETS / "js").glob("*.js"))}
    )
    app.layout = _layout(world, world.choices.default)
    national.register(app, world)
    routes.register(app.server, world, app.csp_hashes())
    immutable.serve(app.server)
    compress(app.server)
    return app


def _layout(world: World, state: ViewState) -> dmc.MantineProvider:
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


def _styles() -> str:
    """All styles as one; they stand in the document, since the first picture would wait for them."""
    return "\n".join(
        [*(path.read_text("utf-8") for path in sorted((ASSETS / "css").glob("*.css"))), palette.stylesheet()]
    )


def _options(labels: dict[str, str], *, by_name: bool = False) -> list[dict[str, str]]:
    pairs = (
        sorted(labels.items(), key=lambda pair: pair[1].lstrip("'’").casefold())
        if by_name
        else labels.items()
    )
    return [{"value": code, "label": label} for code, label in pairs]


app = create_app()
server = app.server
