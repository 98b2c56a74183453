"""The application: `create_app` makes it, `server` is what gunicorn serves."""

from collections.abc import Sequence

from dash import Dash

from callbacks import server as site
from callbacks.document import SITE, Documents, page_layout
from callbacks.live import Live
from callbacks.pages.page import Page
from callbacks.pages.registry import PAGES
from callbacks.state.paths import Addresses
from callbacks.web import errors
from callbacks.web.assets import FOLDER, Assets
from callbacks.web.compression import compress
from callbacks.web.immutable import Immutable
from callbacks.web.kept import KeptAnswers
from config import Settings, settings
from data.bootstrap import open_store
from data.formatting import today
from geo.bundle import load_bundle
from layouts.document import start_hash


class LandInBeeld(Dash):
    """Dash, with a first HTML of our own: the page is there before Dash is."""

    live: Live
    assets: Assets
    documents: Documents
    _configured: str = ""

    def _generate_config_html(self) -> str:
        """Configuration for the browser, the same for all visitors so that answers can be kept.

        Dash signs each anew, to bind background callbacks to their visitor. There are none here.
        """
        if not self._configured:
            self._configured = super()._generate_config_html()
        return self._configured

    def interpolate_index(self, **dash: str) -> str:  # type: ignore[override]  # Dash passes all by name
        """Write the document for the request that is being answered."""
        return self.documents.answer(dash)


def create_app(chosen: Settings | None = None, pages: Sequence[Page] = PAGES) -> LandInBeeld:
    """Make the application.

    Parameters
    ----------
    chosen : settings; those of the environment when None
    pages : of the site, in the order of the head
    """
    chosen = chosen or settings()
    immutable = Immutable()
    live = Live(chosen, load_bundle(chosen.year), open_store(chosen.database_url), immutable, Addresses(pages))
    immutable.on_miss = live.refresh_on_miss
    # Workers are forked from here; each makes connections of its own.
    live.store.dispose()
    app = LandInBeeld(
        __name__,
        title=SITE,
        update_title="",
        include_assets_files=False,
        assets_folder=str(FOLDER),
        suppress_callback_exceptions=True,
        serve_locally=True,
        add_log_handler=False,
    )
    # An outage of the store is told on every page; what is shown may depend on the day.
    kept = KeptAnswers(lambda: (live.shown, live.remark, today()), live.addresses.private)
    live.subscribe(kept.clear)
    kept.register(app.server)
    app.live = live
    app.server.extensions["land-in-beeld"] = live
    app.assets = Assets(immutable)
    app.documents = Documents(live, pages, app.assets)
    app.layout = lambda: page_layout(live.world, live.world.choices.default, pages)
    for page in pages:
        page.register(app, live)
    errors.register(app.server, app.assets.icon)
    site.register(app.server, live, [*app.csp_hashes(), start_hash()])
    immutable.serve(app.server)
    compress(app.server)
    # Before workers are forked: what one keeps, another knows by the same tag.
    app._generate_config_html()
    return app


app = create_app()
server = app.server
