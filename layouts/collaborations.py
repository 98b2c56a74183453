"""The page of collaborations: those that are known, how they stand, and one of one's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from markupsafe import Markup

from layouts import labels, palette
from layouts.templating import rendered

_ADDRESS: Final = re.compile(r"\bhttps:/{2}[^\s;,)]+")


@dataclass(frozen=True)
class Place:
    """Something that has a page."""

    name: str
    path: str


@dataclass(frozen=True)
class CollaborationView:
    """What the list shows of one collaboration at one moment; persons, None where undefined."""

    name: str
    path: str
    members: tuple[Place, ...]
    provinces: tuple[str, ...]
    """Names of those that its members lie in."""
    source: str
    """Who says so, with addresses in it."""
    net_target: int | None
    remaining: int | None
    share: float | None
    """Of the corrected target, a fraction."""
    expected_share: float
    status: str
    quality: str | None


def collaborations_html(
    collaborations: Sequence[CollaborationView], period: str, day: date, months: int, *, maker: str
) -> Markup:
    """Write the page's content.

    Parameters
    ----------
    collaborations : in the order in which they are shown
    period, day, months : the moment of their figures: half-year, reference date, months elapsed
    maker : address that the form for one's own collaboration leads to
    """
    return rendered(
        "collaborations.html",
        moment=labels.moment(day, period, months),
        date=labels.long_date(day),
        collaborations=[_card(each) for each in collaborations],
        maker=maker,
    )


def _card(view: CollaborationView) -> dict[str, Any]:
    label, tone = palette.CLASSES["status"][view.status]
    return {
        "name": view.name,
        "path": view.path,
        "members": view.members,
        "place": _place(view),
        "source": _source(view.source),
        "net_target": labels.number(view.net_target),
        "remaining": remaining(view.remaining),
        "share": labels.percentage(view.share),
        "expected": labels.percentage(view.expected_share),
        "status": label,
        "tone": tone,
        "quality": "" if view.quality is None else labels.QUALITY[view.quality],
    }


def remaining(persons: int | None) -> str:
    """Write what is left to do as people say it: "nog 12", "3 vooruit", "klaar"."""
    if persons is None:
        return "onbekend"
    if persons == 0:
        return "klaar"
    return f"nog {labels.number(persons)}" if persons > 0 else f"{labels.number(-persons)} vooruit"


def _place(view: CollaborationView) -> str:
    count = len(view.members)
    counted = f"{count} gemeente{'' if count == 1 else 'n'}"
    where = f"in {' en '.join(view.provinces)}"
    return f"{counted}, {where}" if count > 1 else f"{counted} sinds een herindeling, {where}"


def _source(text: str) -> list[tuple[str, str]]:
    """Cut a source at its addresses: pieces of text, each with the address that it links to, or none."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        pieces.append((text[end : found.start()], ""))
        pieces.append((found[0].split("/")[2].removeprefix("www."), found[0]))
        end = found.end()
    return [*pieces, (text[end:], "")]
