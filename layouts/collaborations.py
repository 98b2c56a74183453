"""Page of collaborations: known ones with their standings, and a form for a new one."""

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
    """A link."""

    name: str
    path: str


@dataclass(frozen=True)
class CollaborationView:
    """A collaboration on one reference date; persons, None where undefined."""

    name: str
    path: str
    members: tuple[Place, ...]
    provinces: tuple[str, ...]
    """Names of the provinces of its members."""
    source: str
    """Source of its existence, with addresses."""
    net_target: int | None
    remaining: int | None
    share: float | None
    """Part of the corrected target, a fraction."""
    expected_share: float
    status: str
    status_label: str
    quality: str | None


def collaborations_html(
    collaborations: Sequence[CollaborationView],
    period: str,
    day: date,
    months: int,
    *,
    maker: str,
    merged: Sequence[Place] = (),
) -> Markup:
    """Render the page's content.

    Parameters
    ----------
    collaborations : in display order
    period, day, months : half-year, reference date and months elapsed of the figures
    merged : municipalities that were a collaboration before they merged
    maker : address of the form for a new collaboration
    """
    return rendered(
        "collaborations.html",
        moment=labels.moment(day, period, months),
        date=labels.long_date(day),
        collaborations=[_card(each) for each in collaborations],
        merged=merged,
        maker=maker,
    )


def _card(view: CollaborationView) -> dict[str, Any]:
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
        "status": view.status_label,
        "tone": palette.CLASS_TONES["status"][view.status],
        "quality": "" if view.quality is None else labels.QUALITY[view.quality],
    }


def remaining(persons: int | None) -> str:
    """Remaining work in words: "nog 12", "3 vooruit", "klaar"."""
    if persons is None:
        return "onbekend"
    if persons == 0:
        return "klaar"
    return f"nog {labels.number(persons)}" if persons > 0 else f"{labels.number(-persons)} vooruit"


def _place(view: CollaborationView) -> str:
    return f"{labels.municipalities(len(view.members))}, in {' en '.join(view.provinces)}"


def _source(text: str) -> list[tuple[str, str]]:
    """Split a source at its addresses: texts, each with an address or an empty one."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        pieces.append((text[end : found.start()], ""))
        pieces.append((found[0].split("/")[2].removeprefix("www."), found[0]))
        end = found.end()
    return [*pieces, (text[end:], "")]
