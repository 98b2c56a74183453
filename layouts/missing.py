"""The page of an address at which nothing is."""

from dataclasses import dataclass

from markupsafe import Markup

from layouts.templating import rendered

Way = tuple[str, str]
"""Name and address of where one may go on."""


@dataclass(frozen=True)
class MissingView:
    """What was asked for, and where one may go on.

    Parameters
    ----------
    path : of the request
    kind, word : kind of area that the path promises, empty when none, and what it calls it
    near : names like that word
    provinces : all of them, when one was asked for
    home : address of the map, where a name may be looked for
    ways : pages of the site
    """

    path: str
    kind: str
    word: str
    near: tuple[Way, ...]
    provinces: tuple[Way, ...]
    home: str
    ways: tuple[Way, ...]


def missing_html(view: MissingView) -> Markup:
    """Render the page's content."""
    return rendered("missing.html", view=view)
