"""The supervision list: an area's municipalities at a test date, coloured by rules set beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from layouts import labels
from layouts.templating import TEMPLATES

UNKNOWN: Final = "unknown"
"""Key of the colour of a municipality without figures."""

TREND_ARROW: Final = {"better": "↗", "same": "→", "worse": "↘"}


@dataclass(frozen=True)
class Rule:
    """What a colour means, and how many municipalities have it."""

    colour: str
    """"green", "orange", "red", or `UNKNOWN`."""
    text: str
    """In words; begins with the colour's own word."""
    municipalities: int


@dataclass(frozen=True)
class Row:
    """One municipality at the test date; None where unknown or undefined."""

    gm_code: str
    name: str
    path: str
    """Address of its page, at the test date."""
    province: str
    colour: str
    """As :attr:`Rule.colour`."""
    colour_word: str
    missed: int | None
    """Half-years missed in a row, the one tested included."""
    missed_may_be_higher: bool
    net_target: int | None
    corrected_target: int | None
    realised: int | None
    remaining: int | None
    backlog: int | None
    """In persons; never below zero."""
    backlog_per_target: float | None
    """A fraction of the net target."""
    trend: str | None
    """Key of `TREND_ARROW`."""
    trend_word: str
    quality: str | None


@dataclass(frozen=True)
class SupervisionView:
    """All that stands on the page."""

    base: str
    """Address to which the form is sent."""
    address: str
    """Of the page, for what is shown."""
    code: str
    name: str
    level: str
    """Key of `layouts.labels.KIND`."""
    period: str | None
    """The half-year tested, or None while there is none that has ended."""
    day: date | None
    """On which it is tested: the day after its last."""
    orange_after: int
    red_after: int
    most: int
    """How many half-years a rule may wait at most."""
    rules: tuple[Rule, ...]
    """In the order of the list: from severe to mild."""
    origin: str
    """Whose rules these are, in a sentence."""
    own_rules: str | None
    """Address of the same list with the area's own rules, where others are chosen."""
    rows: tuple[Row, ...]
    several_provinces: bool
    qualities: tuple[tuple[str, int], ...]
    """Each quality that occurs, and of how many municipalities."""
    areas: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """Kinds (of `layouts.labels.OFFERED`), each with the codes and names of its areas."""
    periods: tuple[tuple[str, date], ...]
    """Half-years that have ended, newest first, and the dates on which they are tested."""
    download: str
    """Address of the same rows as CSV."""
    area_path: str
    """Address of the area's own page."""
    source: str
    example: bool
    remarks: tuple[str, ...]
    """What was wrong with the address, and what is shown instead; for the page's own place."""

    @property
    def title(self) -> str:
        """Name of the area, with its kind where names are shared."""
        return self.name if self.level in labels.KNOWN_BY_NAME else f"{self.name} ({labels.KIND[self.level]})"


def supervision_html(view: SupervisionView) -> Markup:
    """Write the page's content: heading, choices, rules, list and explanation.

    Its remarks are not in it; they belong in the place that every page has for them.
    """
    html = TEMPLATES.get_template("supervision.html").render(
        view=view, groups=labels.KINDS, arrows=TREND_ARROW, quality=labels.QUALITY, qualities=_qualities(view)
    )
    return Markup(html)  # noqa: S704  written by a template that escapes


def _qualities(view: SupervisionView) -> str:
    """Say how sure the figures are: "gesimuleerd", or "gesimuleerd (51 gemeenten) en …"."""
    if len(view.qualities) == 1:
        return labels.QUALITY[view.qualities[0][0]]
    return _listed([f"{labels.QUALITY[key]} ({_municipalities(count)})" for key, count in view.qualities])


def _listed(parts: Sequence[str]) -> str:
    return " en ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _municipalities(count: int) -> str:
    return f"{_number(count)} {'gemeente' if count == 1 else 'gemeenten'}"


#: Most numbers of a list are small, and many of them equal.
_number = lru_cache(maxsize=4096)(labels.number)
_percentage = lru_cache(maxsize=4096)(labels.percentage)

TEMPLATES.filters |= {
    "number": _number,
    "percentage": _percentage,
    "long_date": labels.long_date,
    "municipalities": _municipalities,
}
