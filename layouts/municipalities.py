"""Ranked list of municipalities: form, heads that sort, and a row for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from layouts import labels
from layouts.lists import Head
from layouts.templating import rendered

#: Terms of the columns of figures, in the order of the table of the map.
FIGURES: Final = (
    "share", "remaining", "missed", "net_target", "opening_balance", "corrected_target", "realised",
    "behind_per_1000", "change",
)  # fmt: skip


@dataclass(frozen=True)
class ListedRow:
    """A municipality on one reference date; None where unknown or undefined."""

    gm_code: str
    name: str
    path: str
    """Address of its page, at the same moment."""
    province: str
    rank: int | None
    tone: str
    """Key of `layouts.palette.TONES`."""
    word: str
    """Its class under the measure."""
    figures: Mapping[str, float | None]
    """By key of `FIGURES`."""
    since: str
    """Since when it has missed its target; empty when it met the last one."""

    def written(self, key: str) -> str:
        """Write a figure as its column shows it."""
        value = self.figures[key]
        match key:
            case "share":
                return labels.percentage(value)
            case "opening_balance" | "change":
                return labels.signed(value)
            case "behind_per_1000":
                return labels.number(value, 2)
        return labels.number(value)


@dataclass(frozen=True)
class MunicipalitiesView:
    """Content of the page."""

    base: str
    """Address to which the form is sent."""
    address: str
    """Of the page, for what is shown."""
    hidden: tuple[tuple[str, str], ...]
    """Hidden parameters of the form."""
    areas: tuple[str, ...]
    """Titles of the areas that one may choose."""
    area: str
    """Title of the area shown."""
    within: str
    """Such as "in Zeeland"."""
    measures: tuple[tuple[str, str], ...]
    """Key and label of each measure."""
    measure: str
    meaning: str
    """Of the measure, one sentence."""
    moments: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Half-years, newest first, each with the value and label of its reference dates."""
    period: str
    day: str
    moment: str
    """The reference date in words."""
    heads: tuple[Head, ...]
    several_provinces: bool
    rows: tuple[ListedRow, ...]
    municipalities: int
    """Number in the area, those beyond the rows included."""
    all_of: str
    """Address of the whole list; empty when it is shown."""
    quality: str
    source: str
    example: bool
    download: str
    """Address of the CSV."""


def municipalities_html(view: MunicipalitiesView) -> Markup:
    """Render the page's content."""
    return rendered("municipalities.html", view=view, figures=FIGURES)
