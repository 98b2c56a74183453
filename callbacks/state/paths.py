"""Addresses: the path of every page and area, written and read by one object."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Final, Literal
from urllib.parse import quote, unquote

from data.areas import AREA_FOLDERS, CODE_PREFIXES, COUNTRY, area_path

#: Key of the page at "/", which shows the country and every other area.
HOME: Final = "area"

#: Where an address has the area of a page: it is the whole path, its tail, in the query, or nowhere.
AreaPlace = Literal["itself", "path", "query", "none"]

_AREAS: Final = frozenset(AREA_FOLDERS.values())


class Routed:
    """What the addresses of a page follow from."""

    key: ClassVar[str]
    """Name in the code, in the state and in `data-page`."""
    route: ClassVar[str]
    """Path, with what may stand behind it: "/voorbeelden", "/toezicht/<area>", "/cijfers/<rest>"."""
    area: ClassVar[AreaPlace] = "none"
    """Where the address has the area that the page is about."""
    tails: ClassVar[Collection[str] | None] = None
    """What may stand for `<rest>`; None for anything."""
    entry: ClassVar[str] = ""
    """What stands for `<rest>` in the link of the head."""
    group: ClassVar[str] = ""
    """Key of the page under whose link in the head it stands; empty when it has a link of its own."""
    mode: ClassVar[str] = ""
    """Name among the ways to use that page, which has one itself; empty when there is one way."""
    in_footer: ClassVar[bool] = False
    """Whether its link stands in the footer instead of the head."""
    of_municipality: ClassVar[bool] = True
    """Whether the link of the head keeps an area that is one municipality."""
    private: ClassVar[bool] = False
    """Whether the content depends on who looks: then no cache may hold it."""


class Addresses:
    """The paths of a set of pages.

    Parameters
    ----------
    pages : in the order of the head; the route of each is unique, and one of them is "/"
    """

    def __init__(self, pages: Iterable[Routed]) -> None:
        self.pages = {page.key: page for page in pages}
        self._bases = {key: page.route.partition("/<")[0] or "/" for key, page in self.pages.items()}
        self._keys = {base: key for key, base in self._bases.items()}
        if len(self._keys) < len(self.pages) or self._bases.get(HOME) != "/":
            raise ValueError(f"each page needs a route of its own, and {HOME!r} the route '/': {self._bases}")

    def base(self, key: str) -> str:
        """Return the path of a page without what may stand behind it."""
        return self._bases[key]

    def section(self, key: str) -> str:
        """Return the key of the page whose link stands for a page."""
        return self.pages[key].group or key

    @property
    def private(self) -> tuple[str, ...]:
        """Paths of the pages whose content depends on who looks."""
        return tuple(self._bases[key] for key, page in self.pages.items() if page.private)

    def path(self, key: str, area: str = COUNTRY, rest: str = "") -> str:
        """Write the path of a page.

        Parameters
        ----------
        key : of the page
        area : code of the area it shows; ignored by pages that show none, or have it in the query
        rest : what stands behind the path of a page without an area there; may be empty
        """
        match self.pages[key].area:
            case "itself":
                return area_path(area)
            case "path":
                return f"{self._bases[key]}/{quote(area)}"
            case _:
                return f"{self._bases[key]}/{quote(rest)}" if rest else self._bases[key]

    def read(self, path: str) -> tuple[str, str, str] | None:
        """Find the page of a path.

        Returns
        -------
        Key of the page; code of an area as it stands there (it may not exist), or ""; and what else
        stands behind the page's own path. None when there is no such page.
        """
        first, *others = [unquote(part) for part in path.strip("/").split("/")]
        if not first and not others:
            return HOME, COUNTRY, ""
        if len(others) > 1:
            return None
        tail = others[0] if others else ""
        if tail and first in _AREAS:
            return HOME, tail, ""
        key = self._keys.get(f"/{first}")
        if key is None:
            return None
        page = self.pages[key]
        if page.area == "path":
            return key, tail, ""
        if tail and ("<" not in page.route or (page.tails is not None and tail not in page.tails)):
            return None
        return key, "", tail

    def for_browser(self) -> dict[str, Any]:
        """Write what scripts need to make the same paths.

        Returns
        -------
        `folders`: the first part of an area's path by how its code begins ("" for a collaboration);
        `pages`: by key `path`, `area` (see `AreaPlace`), `entry` (the tail in the head's link),
        `section` (key of the page whose link stands for it) and `municipality` (whether the head asks it
        of a single municipality).
        """
        return {
            "folders": {prefix: AREA_FOLDERS[kind] for prefix, kind in CODE_PREFIXES.items()}
            | {"": AREA_FOLDERS["collaboration"]},
            "pages": {
                key: {
                    "path": self._bases[key],
                    "area": page.area,
                    "entry": page.entry,
                    "section": self.section(key),
                    "municipality": page.of_municipality,
                }
                for key, page in self.pages.items()
            },
        }
