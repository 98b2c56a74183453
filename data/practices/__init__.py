"""Good examples: Markdown files with front matter, read and checked."""

from data.practices.catalogue import (
    GOOD_PRACTICES,
    THEMES,
    Catalogue,
    Practice,
    catalogue,
)

__all__ = ["GOOD_PRACTICES", "THEMES", "Catalogue", "Practice", "catalogue"]
