"""Scripts and styles of the site, per page."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final

from callbacks.web.immutable import Immutable
from layouts import palette

FOLDER: Final = Path(__file__).parents[2] / "assets"
#: Entry script of every page; it imports the page's own script.
ENTRY: Final = "main.js"
#: Styles of every page in cascade order: a later one overrides an earlier one.
STYLES: Final = (
    *(f"base/{name}.css" for name in ("base", "shell", "map", "parts", "card")),
    "parts/terms.css",
    *(f"base/{name}.css" for name in ("media", "charts")),
    *(f"parts/{name}.css" for name in ("pooling", "dossiers", "visit-brief", "sections", "paper", "table")),
)
#: Of those, what only things below the map need: on its page they come after the first paint.
BELOW: Final = STYLES[STYLES.index("base/charts.css") :]
_COMMENT_OR_INDENT: Final = re.compile(r"/\*.*?\*/|^\s+", re.DOTALL | re.MULTILINE)
#: Comments of scripts that have lines of their own.
_COMMENT_LINES: Final = re.compile(r"^\s*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/)\n", re.DOTALL | re.MULTILINE)
_IMPORT: Final = re.compile(r'^(?:import|export) (?:[^"()]* from )?"(\.{1,2}/[^"]+)";', re.MULTILINE)


class Assets:
    """Files of the assets folder, under immutable addresses.

    Parameters
    ----------
    immutable : registry that serves the scripts and the icon
    folder : contains `js`, `css` and `icon.svg`
    """

    def __init__(self, immutable: Immutable, folder: Path = FOLDER) -> None:
        self._css = folder / "css"
        scripts = folder / "js"
        self._texts = {
            path.relative_to(scripts).as_posix(): without_comments(path.read_text("utf-8"))
            for path in sorted(scripts.rglob("*.js"))
        }
        #: The address of each script by its path below `js`.
        self.addresses = immutable.add_folder({name: text.encode() for name, text in self._texts.items()})
        self.icon = immutable.add("icon.svg", (folder / "icon.svg").read_bytes())
        #: The address of the styles of what stands below the map.
        self.below = immutable.add("below.css", self._sheets(BELOW).encode())

    def scripts(self, script: str) -> list[str]:
        """Return the addresses of the scripts to preload for a page, the entry script first.

        Parameters
        ----------
        script : path of the page's own script below `js`
        """
        return [self.addresses[name] for name in imported(self._texts, (ENTRY, script))]

    def styles(self, style: str | None, *, below: bool = True) -> str:
        """Return a page's styles as one text, to be inlined because the first paint waits for them.

        Parameters
        ----------
        style : path below `css` of the page's own style sheet, or None
        below : whether with the styles of what stands below the map
        """
        common = [name for name in STYLES if below or name not in BELOW]
        return "\n".join([self._sheets(common if style is None else [*common, style]), palette.stylesheet()])

    def _sheets(self, names: Iterable[str]) -> str:
        """Join style sheets, without what only their readers need."""
        return "\n".join(_COMMENT_OR_INDENT.sub("", (self._css / name).read_text("utf-8")) for name in names)


def without_comments(script: str) -> str:
    """Leave out comments that have lines of their own; a type in an expression stays."""
    return _COMMENT_LINES.sub("", script)


def imported(scripts: Mapping[str, str], entries: tuple[str, ...]) -> list[str]:
    """List entry scripts with their transitive static imports, each once.

    Parameters
    ----------
    scripts : text of every script by path
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
