"""The scripts and styles of the site, and which of them each page needs."""

import re
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final

from callbacks.web.immutable import Immutable
from layouts import palette

FOLDER: Final = Path(__file__).parents[2] / "assets"
#: The script that every page begins with; it imports that of the page.
ENTRY: Final = "main.js"
#: Style sheets of every page, in their order: a later one overrides an earlier one.
STYLES: Final = (
    *(f"base/{name}.css" for name in ("base", "shell", "map", "parts", "media", "charts")),
    *(f"parts/{name}.css" for name in ("pooling", "dossiers", "visit-brief", "sections")),
)
_IMPORT: Final = re.compile(r'^(?:import|export) (?:[^"()]* from )?"(\.{1,2}/[^"]+)";', re.MULTILINE)


class Assets:
    """The files below a folder of assets, put under immutable addresses.

    Parameters
    ----------
    immutable : where scripts and the icon are served from
    folder : with `js`, `css` and `icon.svg`
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
        """List the addresses of the scripts that a page needs at once, the one that begins first.

        Parameters
        ----------
        script : path of the page's own script below `js`
        """
        return [self.addresses[name] for name in imported(self._texts, (ENTRY, script))]

    def styles(self, style: str | None) -> str:
        """Write the styles of a page as one; they stand in the document, since the first paint would wait for them.

        Parameters
        ----------
        style : path of the page's own style sheet below `css`, if it has one
        """
        names = STYLES if style is None else (*STYLES, style)
        return "\n".join([*((self._css / name).read_text("utf-8") for name in names), palette.stylesheet()])


def imported(scripts: Mapping[str, str], entries: tuple[str, ...]) -> list[str]:
    """List the scripts that some import, directly or through others, themselves included, each once.

    Parameters
    ----------
    scripts : text of every script by its path
    entries : paths of those to begin with

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
