"""Scripts and styles of the site, per page."""

import re
from collections.abc import Mapping
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
    *(f"base/{name}.css" for name in ("base", "shell", "map", "parts", "card", "media", "charts")),
    *(f"parts/{name}.css" for name in ("pooling", "dossiers", "visit-brief", "sections", "terms", "paper")),
)
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
        files = {path.relative_to(scripts).as_posix(): path.read_bytes() for path in sorted(scripts.rglob("*.js"))}
        self._texts = {name: content.decode() for name, content in files.items()}
        #: The address of each script by its path below `js`.
        self.addresses = immutable.add_folder(files)
        self.icon = immutable.add("icon.svg", (folder / "icon.svg").read_bytes())

    def scripts(self, script: str) -> list[str]:
        """Return the addresses of the scripts to preload for a page, the entry script first.

        Parameters
        ----------
        script : path of the page's own script below `js`
        """
        return [self.addresses[name] for name in imported(self._texts, (ENTRY, script))]

    def styles(self, style: str | None) -> str:
        """Return a page's styles as one text, to be inlined because the first paint waits for them.

        Parameters
        ----------
        style : path below `css` of the page's own style sheet, or None
        """
        names = STYLES if style is None else (*STYLES, style)
        return "\n".join([*((self._css / name).read_text("utf-8") for name in names), palette.stylesheet()])


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
