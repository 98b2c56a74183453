"""The page of an address at which nothing is: what may have been meant, and ways to go on."""

from difflib import get_close_matches
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote

from flask import request as asked

from callbacks.pages.page import Content, Page, Request
from callbacks.state.paths import HOME
from callbacks.state.world import World
from data.areas import AREA_FOLDERS, COUNTRY, Area, area_path
from data.formatting import shortened
from geo.aliases import plain
from layouts.labels import KIND
from layouts.missing import MissingView, missing_html

_MOST: Final = 6
"""Names that are offered."""
_ALIKE: Final = 0.72
"""How alike a name must be to be offered, as difflib measures it."""
_PREFIX: Final = 3
"""Letters from which the beginning of a name is enough."""
_LETTERS: Final = 60
"""Letters of an address that are read and repeated."""


class MissingPage(Page):
    """What every unknown address shows."""

    key = "missing"
    label = "Deze pagina bestaat niet"
    route = "/niet-gevonden"
    group = "missing"  # no link of the head stands for it
    script = "pages/text.js"
    style = "pages/text.css"

    def content(self, request: Request) -> Content:
        """Say that nothing is at the path of the request, and what is near it."""
        world, path = request.world, asked.path
        folder, *rest = _words(path)
        word = rest[-1] if rest else folder
        kinds = [kind for kind, name in AREA_FOLDERS.items() if name == folder]
        near = near_names(world, word)
        provinces = [area for area in world.snapshot.areas.values() if area.level == "province"]
        view = MissingView(
            path=shortened(unquote(path)),
            kind=KIND[kinds[0]] if len(kinds) == 1 else "gebied" if kinds else "",
            word=shortened(word) if rest else "",
            near=near,
            provinces=()
            if near or "province" not in kinds
            else tuple((each.name, area_path(each.code)) for each in provinces),
            home=world.addresses.base(HOME),
            ways=tuple(
                (page.label, world.addresses.base(page.key))
                for page in world.addresses.pages.values()
                if isinstance(page, Page) and page.key not in (HOME, self.key)
            ),
        )
        return Content(missing_html(view), status=HTTPStatus.NOT_FOUND)


def near_names(world: World, word: str) -> tuple[tuple[str, str], ...]:
    """Find areas and pages whose names are like a word: names and addresses, most alike first."""
    text = plain(word)[:_LETTERS]
    if len(text) < _PREFIX:
        return ()
    areas = [area for code, area in world.snapshot.areas.items() if code != COUNTRY]
    ways: dict[str, list[tuple[str, str]]] = {}
    for area in areas:
        ways.setdefault(plain(area.name), []).append(_way(area))
    for page in world.addresses.pages.values():
        if isinstance(page, Page) and page.key != MissingPage.key:
            base = world.addresses.base(page.key)
            for name in {plain(page.label), plain(base)} - {""}:
                ways.setdefault(name, []).append((page.label, base))
    begin = [name for name in ways if name.startswith(text)]
    alike = get_close_matches(text, ways, n=_MOST, cutoff=_ALIKE)
    found = [way for name in dict.fromkeys((*alike, *begin)) for way in ways[name]]
    return tuple(dict.fromkeys(found))[:_MOST]


def _way(area: Area) -> tuple[str, str]:
    title = area.name if area.level == "municipality" else f"{area.name} ({KIND[area.level]})"
    return title, area_path(area.code)


def _words(path: str) -> list[str]:
    """Parts of a path as words, without what is not to be read: "/gemeente/amsterdam.html"."""
    parts = [unquote(part).removesuffix(".html") for part in path.strip("/").split("/")]
    return ["".join(sign for sign in part if sign.isprintable())[:_LETTERS] for part in parts]
