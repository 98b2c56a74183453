"""The page of a comparison, without the figures, which the browser's script draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from layouts.templating import rendered


@dataclass(frozen=True)
class ComparisonKind:
    """A link to a comparison: one's own choice, or all areas of a kind."""

    key: str
    """Key of a ready comparison; empty for one's own choice."""
    label: str
    href: str
    here: bool
    """Whether it is the one that is shown."""


@dataclass(frozen=True)
class StartingPoint:
    """A comparison to begin with."""

    label: str
    text: str
    """What it is for, one sentence."""
    href: str


@dataclass(frozen=True)
class ComparisonView:
    """Values of `templates/compare.html`."""

    title: str
    ready: str
    """Key of a ready comparison, or empty."""
    level: str
    """Kind of area that a ready comparison is of, or empty."""
    most: int
    """How many areas fit."""
    kinds: tuple[ComparisonKind, ...]
    chosen: bool
    """Whether areas of one's own choice are shown."""
    suggestions: tuple[StartingPoint, ...]
    provinces: tuple[tuple[str, str], ...]
    """Codes and names of the provinces that a ready comparison may be narrowed down to."""
    slider: Mapping[str, Any]
    """As `callbacks.state.timeline.timeline` gives it."""
    example: str
    """What of the figures is an example; empty when nothing is."""
    map_path: str
    compare_path: str


def comparison_html(view: ComparisonView) -> Markup:
    """Write the page's content."""
    return rendered("compare.html", **vars(view))
