"""Scripts (with their static imports) and styles of each page."""

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath
from typing import Final

from callbacks.state.paths import Page

#: Entry scripts per page; `assets/js/main.js` imports them once it knows the page.
ENTRIES: Final[Mapping[Page, tuple[str, ...]]] = {
    "area": ("main.js", "pages/area/index.js"),
    "compare": ("main.js", "pages/compare/index.js"),
    "collaborations": ("main.js", "pages/collaborations.js"),
    "supervision": ("main.js", "pages/supervision.js"),
    "visits": ("main.js", "pages/visits/index.js"),
    "practices": ("main.js", "pages/practices.js"),
    "publications": ("main.js", "pages/publications.js"),
}
#: Styles of a single page, by file name; all others are on every page.
STYLES: Final[Mapping[str, Page]] = {
    "pages/supervision.css": "supervision",
    "pages/practices.css": "practices",
    "pages/publications.css": "publications",
    "pages/visits.css": "visits",
}
#: All styles in cascade order: a later one overrides an earlier one.
ORDER: Final = (
    *(f"base/{name}.css" for name in ("base", "shell", "map", "parts", "media", "charts")),
    *(
        f"pages/{name}.css"
        for name in (
            "pooling", "supervision", "compare", "dossiers", "visit-brief", "practices", "publications", "sections",
            "visits",
        )
    ),
)  # fmt: skip
_IMPORT: Final = re.compile(r'^(?:import|export) (?:[^"()]* from )?"(\.{1,2}/[^"]+)";', re.MULTILINE)


def needed(scripts: Mapping[str, str], entries: tuple[str, ...]) -> list[str]:
    """List entry scripts with their transitive static imports, each once.

    Parameters
    ----------
    scripts : text of every script by its path below `assets/js`
    entries : paths of the entry scripts

    Raises
    ------
    KeyError
        When a script imports one that does not exist.
    """
    found: dict[str, None] = {}
    waiting = [*entries]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            folder = dirname(name)
            waiting += [normpath(join(folder, other)) for other in _IMPORT.findall(scripts[name])]
    return [*found]
