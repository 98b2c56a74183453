"""The path of each page: what it shows, and of which area."""

from typing import Final, Literal
from urllib.parse import quote, unquote

from data.areas import COUNTRY, OWN, Level

Page = Literal["area", "compare", "collaborations", "supervision", "visits", "practices", "publications"]

#: The first part of the path of an area, by its kind.
_FOLDERS: Final[dict[Level, str]] = {
    "province": "provincie",
    "corop": "regio",
    "labour_market_region": "regio",
    "safety_region": "regio",
    "collaboration": "samenwerking",
    "municipality": "gemeente",
}
#: How codes begin; a collaboration has a word for a code.
_PREFIXES: Final[dict[str, Level]] = {
    "PV": "province",
    "CR": "corop",
    "AM": "labour_market_region",
    "VR": "safety_region",
    "GM": "municipality",
}
#: Ready comparisons: all areas of one kind.
READY: Final[dict[str, Level]] = {
    "provincies": "province",
    "veiligheidsregios": "safety_region",
    "arbeidsmarktregios": "labour_market_region",
    "corop": "corop",
    "samenwerkingen": "collaboration",
}
_OTHERS: Final[dict[str, Page]] = {
    "vergelijk": "compare",
    "samenwerking": "collaborations",
    "toezicht": "supervision",
    "bezoek": "visits",
    "voorbeelden": "practices",
    "cijfers": "publications",
}
_AREAS: Final = frozenset(_FOLDERS.values())


def kind_of(code: str) -> Level:
    """Return the kind of area of a code that exists."""
    return "country" if code == COUNTRY else _PREFIXES.get(code[:2], "collaboration")


def area_path(code: str) -> str:
    """Write the path of an area's page: "/" for the country, "/provincie/PV28", "/samenwerking/eigen"."""
    return "/" if code == COUNTRY else f"/{_FOLDERS[kind_of(code)]}/{quote(code)}"


def page_path(page: Page, area: str, ready: str = "") -> str:
    """Write the path of a page.

    Parameters
    ----------
    page : what it shows
    area : code of the area it shows; of no account where areas are compared or listed
    ready : a key of `READY`, of a ready comparison; or the number of a publication
    """
    match page:
        case "area":
            return area_path(area)
        case "compare":
            return f"/vergelijk/{ready}" if ready else "/vergelijk"
        case "collaborations":
            return "/samenwerking"
        case "supervision":
            return f"/toezicht/{quote(area)}"
        case "visits":
            return "/bezoek"
        case "practices":
            return "/voorbeelden"
        case "publications":
            return f"/cijfers/{quote(ready)}" if ready else "/cijfers"


def read_path(path: str) -> tuple[Page, str, str] | None:
    """Tell a path apart.

    Returns
    -------
    The page, the code of an area as it stands there (empty where there is none; whether it exists is
    not asked here), and the key of a ready comparison or the number of a publication as it stands
    there; None when there is no such page.
    """
    first, *rest = [unquote(part) for part in path.strip("/").split("/")]
    if not first and not rest:
        return "area", COUNTRY, ""
    if len(rest) > 1:
        return None
    last = rest[0] if rest else ""
    if last and first in _AREAS:
        return "area", last, ""
    if first == "vergelijk" and last in ("", *READY):
        return "compare", "", last
    if first == "cijfers":
        return "publications", "", last
    if first in _OTHERS and (first == "toezicht" or not last):
        return _OTHERS[first], last, ""
    return None


__all__ = ["OWN", "READY", "Page", "area_path", "kind_of", "page_path", "read_path"]
