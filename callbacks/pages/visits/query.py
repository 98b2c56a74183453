"""Query of the page of visits: parsing with defaults and remarks, and writing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, cast, get_args
from urllib.parse import parse_qsl, urlencode

from callbacks.state.query import ORDER, QueryReader
from callbacks.state.view_state import ViewState, parse, query
from callbacks.state.world import World
from data.analysis.laggards import MOST_SHOWN, ORDERS, SHOWN, Order
from data.areas import OWN, Area
from data.formatting import shortened
from data.visits import Visit, read_visits, write_visits

BASE: Final = "/bezoek"
COUNT, VISITS, KEPT = "aantal", "bezoek", "bewaard"
TYPED: Final = "erbij"
FEW: Final = "klein"
_YES: Final = "ja"
_DEFAULT: Final[Order] = "backlog"
LONGEST_ONWARD: Final = 1500
"""Maximum length of a return address for signing in, which is stored in the session."""
_KEPT: Final = re.compile(r"(\d{1,9})\.(\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """A parsed address."""

    state: ViewState
    """Reference date and area, shared by all pages."""
    area: Area
    """Area of the ranking; never a single municipality."""
    order: Order
    count: int
    visits: tuple[Visit, ...]
    kept: tuple[int, int] | None
    """Number and version of the saved list that was opened."""
    remarks: tuple[str, ...]
    """Problems of the address and what is shown instead."""
    with_few: bool = False
    """Whether municipalities with few persons to house are ranked by share and speed too."""
    typed: str = ""
    """Text that could not be added to the list, to be shown in its field."""


def read_asked(world: World, asked: Mapping[str, str]) -> Asked:
    """Parse the page's parameters; malformed ones get their default and a remark."""
    reader = QueryReader(asked)
    state, reader.remarks = parse(asked, world.choices, BASE)
    state, area = _area(world, state, reader)
    order = _order(reader)
    count = _count(reader)
    visits, visit_remarks = read_visits(asked.get(VISITS, ""), world.choices)
    kept = _KEPT.fullmatch(asked.get(KEPT, ""))
    return Asked(
        state=state,
        area=area,
        order=order,
        count=count,
        visits=visits,
        kept=None if kept is None else (int(kept[1]), int(kept[2])),
        remarks=tuple(dict.fromkeys((*reader.remarks, *visit_remarks))),
        with_few=asked.get(FEW) == _YES,
        typed=asked.get(TYPED, "").strip(),
    )


def pairs_of(world: World, asked: Asked) -> tuple[tuple[str, str], ...]:
    """Parameters of an address, without defaults."""
    pairs = [
        (ORDER, asked.order if asked.order != _DEFAULT else ""),
        (COUNT, str(asked.count) if asked.count != SHOWN else ""),
        (FEW, _YES if asked.with_few else ""),
        *parse_qsl(query(asked.state, world.choices, with_area=True)),
        (VISITS, write_visits(asked.visits)),
        (KEPT, "" if asked.kept is None else f"{asked.kept[0]}.{asked.kept[1]}"),
    ]
    return tuple((name, text) for name, text in pairs if text)


def address(world: World, asked: Asked) -> str:
    """Address of a parsed query."""
    text = urlencode(pairs_of(world, asked), safe=",:@")
    return f"{BASE}?{text}" if text else BASE


def onward(world: World, asked: Asked) -> str:
    """Return address for signing in; when too long, only the list and its reference date."""
    whole = address(world, asked)
    if len(whole) <= LONGEST_ONWARD:
        return whole
    state = replace(
        world.choices.default,
        page="visits",
        period=asked.state.period,
        reference_date=asked.state.reference_date,
    )
    return address(world, replace(asked, state=state))


def _area(world: World, state: ViewState, reader: QueryReader) -> tuple[ViewState, Area]:
    """State as this page supports it, with its area; a municipality gives its province."""
    area = reader.of_several(world, world.area(state))
    kept = replace(
        world.choices.default,
        page="visits",
        period=state.period,
        reference_date=state.reference_date,
        measure=state.measure,
        area=area.code,
        members=state.members if area.code == OWN else (),
        name=state.name if area.code == OWN else "",
    )
    return kept, area


def _order(reader: QueryReader) -> Order:
    text = reader.query.get(ORDER, "")
    if not text or text in ORDERS:
        return cast("Order", text or _DEFAULT)
    reader.remark(
        f"“{shortened(text)}” is geen volgorde; kies uit {', '.join(get_args(Order))}. "
        f"U ziet {ORDERS[_DEFAULT].label.lower()}."
    )
    return _DEFAULT


def _count(reader: QueryReader) -> int:
    text = reader.text(COUNT)
    if not text:
        return SHOWN
    number = reader.whole_number(COUNT, 1, MOST_SHOWN)
    if number is not None:
        return number
    if text.isascii() and text.isdigit() and int(text[:9]):
        reader.remark(f"Er zijn {MOST_SHOWN} gemeenten; u ziet alle die achterlopen op schema.")
        return MOST_SHOWN
    reader.remark(
        f"“{shortened(text)}” gemeenten kan niet; geef een heel getal van 1 tot en met {MOST_SHOWN}. U ziet er {SHOWN}."
    )
    return SHOWN
