"""Good practices: Markdown files with front matter, parsed and validated."""

from data.practices.catalogue import (
    GOOD_PRACTICES,
    PATH,
    THEMES,
    Catalogue,
    Practice,
    catalogue,
)

__all__ = ["GOOD_PRACTICES", "PATH", "THEMES", "Catalogue", "Practice", "catalogue"]
