"""Supervision list: municipalities of an area at a test date, in steps by adjustable rules."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from layouts import labels
from layouts.lists import Head
from layouts.templating import TEMPLATES

UNKNOWN: Final = "unknown"
"""Colour key of a municipality without figures."""

#: Terms of the columns with figures, in order.
FIGURES: Final = (
    "net_target", "corrected_target", "realised", "remaining", "backlog_per_target", "trend", "quality",
)  # fmt: skip
TREND_ARROW: Final = {"better": "↗", "same": "→", "worse": "↘"}


@dataclass(frozen=True)
class RuleView:
    """Meaning of a colour, with its number of municipalities."""

    colour: str
    """"green", "orange", "red", or `UNKNOWN`."""
    text: str
    """Text that begins with what the colour stands for."""
    municipalities: int


@dataclass(frozen=True)
class Row:
    """A municipality at the test date; None where unknown or undefined."""

    gm_code: str
    name: str
    path: str
    """Address of its page, at the test date."""
    province: str
    colour: str
    """Likewise."""
    step: str
    """What the colour stands for, in words."""
    missed: int | None
    """Half-years missed in a row, the tested one included."""
    since: str
    """Since when it has missed its target, in words; empty when it met the last."""
    net_target: int | None
    corrected_target: int | None
    realised: int | None
    remaining: int | None
    backlog_per_target: float | None
    """A fraction of the net target."""
    trend: str | None
    """Key of `TREND_ARROW`."""
    trend_word: str
    quality: str | None


@dataclass(frozen=True)
class SupervisionView:
    """Content of the page."""

    base: str
    """Address to which the form is sent."""
    address: str
    """Address of the page with its rules."""
    code: str
    name: str
    level: str
    """Key of `layouts.labels.KIND`."""
    period: str | None
    """The half-year tested; None while none has been completed."""
    day: date | None
    """Test date: the day after the half-year."""
    orange_after: int
    red_after: int
    most: int
    """Maximum number of half-years in a rule."""
    rules: tuple[RuleView, ...]
    """From severe to mild, as in the list."""
    origin: str
    """One sentence on the origin of the rules."""
    own_rules: str | None
    """Address of the list with the area's own rules, when other rules are chosen."""
    rows: tuple[Row, ...]
    several_provinces: bool
    heads: tuple[Head, ...]
    qualities: tuple[tuple[str, int], ...]
    """Each quality, with its number of municipalities."""
    areas: tuple[str, ...]
    """Titles of the areas that one may choose."""
    area: str
    """Title of the area shown."""
    order: str
    """Value of `orde`; empty by default."""
    periods: tuple[tuple[str, date], ...]
    """Completed half-years, newest first, with their test dates."""
    download: str
    """Address of the CSV."""
    area_path: str
    """Address of the area's own page."""
    source: str
    example: bool
    remarks: tuple[str, ...]
    """Problems of the address and what is shown instead, for the page's own place for remarks."""

    @property
    def title(self) -> str:
        """Name of the area, with its kind where the name is ambiguous."""
        return labels.area_title(self.name, self.level)


def supervision_html(view: SupervisionView) -> Markup:
    """Render the page's content: heading, filters, rules, list and explanation.

    Its remarks are left out, since every page has one place for those.
    """
    html = TEMPLATES.get_template("supervision.html").render(
        view=view,
        arrows=TREND_ARROW,
        quality=labels.QUALITY,
        qualities=labels.table_quality(view.qualities),
        figures=FIGURES if len(view.qualities) > 1 else FIGURES[:-1],
        terms=FIGURES,
    )
    return Markup(html)  # noqa: S704  written by a template that escapes
