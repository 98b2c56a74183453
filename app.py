"""The application: `create_app` makes it, `server` is what gunicorn serves."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import dash_ag_grid  # noqa: F401  registers the table's library, whose address the page must know
import dash_mantine_components as dmc
from dash import Dash
from flask import request

from callbacks import server as routes
from callbacks.auth.routes import current_identity
from callbacks.live import Live, Shown
from callbacks.pages import dossiers, supervision
from callbacks.pages.area import panel, pooling, visit_brief
from callbacks.pages.compare import stop, stops
from callbacks.pages.practices.page import practices_content
from callbacks.pages.publications import routes as publications
from callbacks.pages.publications.page import publications_view
from callbacks.pages.registry import content
from callbacks.pages.visits import routes as visits
from callbacks.pages.visits.query import read_asked
from callbacks.pages.visits.routes import visits_page
from callbacks.payload.area import area_head
from callbacks.payload.snapshot import area_address, download, dumps, page, tones
from callbacks.state.breadcrumbs import pages, trail
from callbacks.state.paths import Page
from callbacks.state.view_state import NATIONAL, ViewState, parse
from callbacks.state.world import World
from callbacks.web.compression import compress
from callbacks.web.immutable import Immutable
from callbacks.web.scripts import ENTRIES, ORDER, STYLES, needed
from config import Settings, settings
from data.areas import Area
from data.bootstrap import open_store
from geo import drawing
from geo.bundle import load_bundle
from layouts import labels as words
from layouts import palette
from layouts.document import document, map_islands, split_scripts, surroundings
from layouts.footer import footer
from layouts.shell import layout

ASSETS = Path(__file__).parent / "assets"


class LandInBeeld(Dash):
    """Dash, with a first HTML of our own: the page is there before Dash is."""

    live: Live
    styles: dict[Page, str]
    icon: str
    assets: dict[str, str]
    needed: dict[Page, list[str]]

    def interpolate_index(self, **dash: str) -> str:  # type: ignore[override]  # Dash passes all by name
        """Write the document for the state in the URL."""
        shown = self.live.shown
        state, remarks = parse(request.args, shown.world.choices, request.path)
        # These read the rest of their address themselves, and tell what is wrong there.
        own_way = state.page in ("supervision", "visits", "practices", "publications")
        if state.page == "visits":
            state = read_asked(shown.world, request.args).state
        last = unquote(request.path.rpartition("/")[2]) if state.page == "supervision" else state.ready
        several = state.page == "practices"
        asked = (last, *request.args.items(multi=several)) if own_way else ()
        dash["favicon"] = f'<link rel="icon" type="image/svg+xml" href="{self.icon}">'
        # Dash signs its configuration anew for each visit; all else is the same for the same state.
        config, mark = dash["config"], "<!-- dash-config -->"
        told = () if own_way else tuple(remarks)
        if self.live.remark:
            told = (self.live.remark, *told)
        # Lists by other rules are many and large: keeping them would push the maps out. What the
        # pages of publications and of visits show is for who looks alone.
        write = self._document.__wrapped__ if own_way else type(self)._document
        kept = write(self, shown, state, told, asked, tuple({**dash, "config": mark}.items()))
        return kept.replace(mark, config, 1)

    @lru_cache(maxsize=64)  # noqa: B019  the application lives as long as the process
    def _document(
        self,
        shown: Shown,
        state: ViewState,
        remarks: tuple[str, ...],
        asked: tuple[Any, ...],
        pieces: tuple[tuple[str, str], ...],
    ) -> str:
        """Write the document; what it depends on stands in its arguments, so the last ones are kept."""
        world, dash = shown.world, dict(pieces)
        _, grid = split_scripts(dash["scripts"])
        area = world.area(state)
        urls = {
            **shown.urls,
            "grid": grid,
            "download": "/download/cijfers.csv",
            "area": area_address(shown.urls, state, world),
        }
        known = page(world, urls, state)
        of_area = area_head(world, area)
        if state.page == "publications":
            values, more = publications_view(self.live, asked[0], dict(asked[1:]), current_identity(world.settings))
            values["page"] = state.page
        elif state.page == "visits":
            values, more = visits_page(self.live, world, dict(asked[1:]), current_identity(world.settings))
            values["page"] = state.page
        elif state.page == "practices":
            values, more = practices_content(self.live.drawing, world, state, asked[1:])
        else:
            values, more = content(world, state, asked[0] if asked else "", dict(asked[1:]))
        parts = surroundings((*remarks, *more), trail(world.choices, state, of_area), values)
        if state.page == "area":
            parts |= map_islands(
                moments=stops(world),
                stop=stop(world, state),
                measure=known["measures"][state.measure],
                area=area.name,
                kind=area.level,
                download=download(world, state),
                drawing=self.live.drawing.paint(
                    tones(world, state), None if area.code == NATIONAL else drawing.fit_view_box(of_area["box"])
                ),
                example=world.snapshot.example_name,
            )
        return document(
            _layout(world, state),
            parts,
            known,
            dumps(known).decode(),
            [self.assets[name] for name in self.needed[state.page]],
            self.styles[state.page],
            dash,
            title=_title(state, area),
        )


def create_app(chosen: Settings | None = None) -> LandInBeeld:
    """Make the application.

    Parameters
    ----------
    chosen : settings; those of the environment when None
    """
    chosen = chosen or settings()
    immutable = Immutable()
    live = Live(chosen, load_bundle(chosen.year), open_store(chosen.database_url), immutable)
    immutable.on_miss = live.refresh_on_miss
    # Workers are forked from here; each makes connections of its own.
    live.store.dispose()
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
    app.live = live
    app.server.extensions["land-in-beeld"] = live
    live.subscribe(LandInBeeld._document.cache_clear)
    app.styles = {name: _styles(name) for name in ENTRIES}
    app.icon = immutable.add("icon.svg", (ASSETS / "icon.svg").read_bytes())
    scripts = ASSETS / "js"
    app.assets = immutable.add_folder(
        {path.relative_to(scripts).as_posix(): path.read_bytes() for path in sorted(scripts.rglob("*.js"))}
    )
    texts = {name: (scripts / name).read_text("utf-8") for name in app.assets}
    app.needed = {name: needed(texts, entries) for name, entries in ENTRIES.items()}
    app.layout = lambda: _layout(live.world, live.world.choices.default)
    panel.register(app, live)
    routes.register(app.server, live, app.csp_hashes())
    pooling.register(app.server, live)
    supervision.register(app.server, live)
    visit_brief.register(app.server, live)
    publications.register(app.server, live, chosen)
    dossiers.register(app.server, live)
    visits.register(app.server, live, chosen)
    immutable.serve(app.server)
    compress(app.server)
    return app


def _title(state: ViewState, area: Area) -> str:
    """Name the document: by its page, by its area, or by both."""
    named = {
        "area": "" if area.code == NATIONAL else area.name,
        "supervision": f"{words.PAGES['supervision']} {area.name}",
    }
    name = named.get(state.page, words.PAGES[state.page])
    return f"{name} · Land in beeld" if name else "Land in beeld"


def _layout(world: World, state: ViewState) -> dmc.MantineProvider:
    """Compose the page for a state; the browser's scripts bring Dash's own copy to the state in the URL."""
    bundle, snapshot = world.bundle, world.snapshot
    areas = [area for area in snapshot.areas.values() if area.level != "municipality"]
    return layout(
        places=_options(world.names, by_name=True)
        + [
            {"value": area.code, "label": f"{area.name} ({words.KIND[area.level]})"}
            for area in areas
            if area.code != NATIONAL
        ],
        areas={
            heading: _options(
                {area.code: area.name for area in areas if area.level == level},
                by_name=level not in ("country", "province"),
            )
            for level, heading in words.KINDS.items()
        },
        measures=_options(words.MEASURE),
        links=pages(world.choices, state),
        with_map=state.page == "area",
        area=state.area if state.area in world.choices.areas else None,
        measure=state.measure,
        tab=state.tab,
        notice=words.example_notice(snapshot.example_name) or None,
        footer=footer(
            title=snapshot.title,
            ground=str(bundle.source["attribution"]),
            licence=str(bundle.source["licence"]),
            year=bundle.year,
            version=snapshot.version,
            example=snapshot.example_name,
        ),
    )


def _styles(page: Page) -> str:
    """Styles of a page as one; they stand in the document, since the first picture would wait for them."""
    texts = [(ASSETS / "css" / name).read_text("utf-8") for name in ORDER if STYLES.get(name, page) == page]
    return "\n".join([*texts, palette.stylesheet()])


def _options(labels: dict[str, str], *, by_name: bool = False) -> list[dict[str, str]]:
    pairs = sorted(labels.items(), key=lambda pair: pair[1].lstrip("'’").casefold()) if by_name else labels.items()
    return [{"value": code, "label": label} for code, label in pairs]


app = create_app()
server = app.server
