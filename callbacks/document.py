"""The first HTML of every page, and the layout that Dash takes over from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Final

import dash_mantine_components as dmc
from flask import Response, abort, after_this_request, request

from callbacks.live import Live
from callbacks.pages.missing import MissingPage
from callbacks.pages.page import Page, Request
from callbacks.payload.area import area_head
from callbacks.payload.snapshot import DOWNLOAD, area_address, dumps, page_json
from callbacks.state.breadcrumbs import breadcrumbs, modes, page_links
from callbacks.state.view_state import ViewState, parse
from callbacks.state.world import World
from callbacks.web.assets import Assets
from callbacks.web.errors import is_file
from layouts import labels
from layouts.document import document
from layouts.footer import footer
from layouts.shell import layout

SITE: Final = "Land in beeld"


class Documents:
    """Writer of the first HTML of pages.

    Parameters
    ----------
    live : what is shown
    pages : all pages of the site
    assets : their scripts and styles
    """

    def __init__(self, live: Live, pages: Sequence[Page], assets: Assets) -> None:
        self._live = live
        self._pages = {page.key: page for page in pages}
        self._icon = f'<link rel="icon" type="image/svg+xml" href="{assets.icon}">'
        self._scripts = {page.key: assets.scripts(page.script) for page in pages}
        self._styles = {
            (page.key, below): assets.styles(page.style, below=below) for page in pages for below in (True, False)
        }
        self._below = assets.below

    def answer(self, dash: Mapping[str, str]) -> str:
        """Write the document for the request that is being answered.

        Parameters
        ----------
        dash : the pieces that Dash wants in its document (see `Dash.interpolate_index`)
        """
        shown, addresses = self._live.shown, self._live.addresses
        state, remarks = parse(request.args, shown.world.choices, request.path)
        if not shown.world.choices.knows(request.path):
            if is_file(request.path):
                abort(HTTPStatus.NOT_FOUND)
            state, remarks = replace(shown.world.choices.default, page=MissingPage.key), []
        _, area, _ = addresses.read(request.path) or ("", "", "")
        return self._write(Request(self._live, shown, state, tuple(remarks), area, request.args), dash)

    def _write(self, asked: Request, dash: Mapping[str, str]) -> str:
        page = self._pages[asked.state.page]
        content = page.content(asked)
        if content.status != HTTPStatus.OK:
            _answer_with(content.status)
        world, state, remark = asked.world, content.state or asked.state, self._live.remark
        urls = {
            **asked.shown.urls,
            "download": DOWNLOAD,
            "area": area_address(asked.shown.urls, state, world),
        }
        head = area_head(world, world.area(state))
        islands = {
            "search": {},
            "remarks": {"remarks": (*((remark,) if remark else ()), *content.remarks)},
            "trail": breadcrumbs(world.choices, state, head, content.name or page.label, content.kind, content.actions),
            "below": {"content": content.html, "modes": modes(world.choices, state)},
            **content.islands,
        }
        known = page_json(world, urls, state) | {"script": page.script}
        title = page.label if content.title is None else content.title
        return document(
            page_layout(world, state, self._pages.values(), with_map=bool(content.islands)),
            islands,
            known,
            dumps(known).decode(),
            self._scripts[page.key],
            self._styles[page.key, not content.islands],
            {**dash, "favicon": self._icon},
            title=f"{title} · {SITE}" if title else SITE,
            preloads=[urls["figures"], *([urls["area"]] if content.islands else [])],
            without_scripts=content.without_scripts,
            styles_later=self._below if content.islands else "",
        )


def _answer_with(status: int) -> None:
    """Give the answer to the current request a status."""

    @after_this_request
    def give(response: Response) -> Response:
        response.status_code = status
        return response


def page_layout(world: World, state: ViewState, pages: Iterable[Page], *, with_map: bool = True) -> dmc.MantineProvider:
    """Compose Dash's layout for a state; scripts bring Dash's own copy to the URL's state."""
    bundle, snapshot = world.bundle, world.snapshot
    links, pages = page_links(world.choices, state), [page for page in pages if not page.group]
    return layout(
        pages=[(page.key, page.label, links[page.key]) for page in pages if not page.in_footer],
        section=world.choices.addresses.section(state.page),
        with_map=with_map,
        tab=state.tab,
        notice=labels.example_notice(snapshot.example_name) or None,
        footer=footer(
            title=snapshot.title,
            ground=str(bundle.source["attribution"]),
            licence=str(bundle.source["licence"]),
            year=bundle.year,
            version=snapshot.version,
            example=snapshot.example_name,
            pages=[(page.key, page.label, links[page.key]) for page in pages if page.in_footer],
        ),
    )
