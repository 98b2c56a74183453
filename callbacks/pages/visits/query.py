"""What an address of the page of visits asks for, made sound, and written back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, cast, get_args
from urllib.parse import parse_qsl, urlencode

from callbacks.state.query import QueryReader, shortened
from callbacks.state.view_state import ViewState, parse, query
from callbacks.state.world import World
from data.analysis.laggards import MOST_SHOWN, ORDERS, SHOWN, Order
from data.areas import Area
from data.visits import Visit, read_visits, write_visits

BASE: Final = "/bezoek"
ORDER, COUNT, VISITS, KEPT = "orde", "aantal", "bezoek", "bewaard"
_DEFAULT: Final[Order] = "backlog"
LONGEST_ONWARD: Final = 1500
"""Characters of an address that signing in leads on to; the session has to hold it."""
_KEPT: Final = re.compile(r"(\d{1,9})\.(\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What an address asks for."""

    state: ViewState
    """The moment and the area, as all pages have them."""
    area: Area
    """Whose municipalities are ranked; never a single one."""
    order: Order
    count: int
    visits: tuple[Visit, ...]
    kept: tuple[int, int] | None
    """Number and version of the kept list that this one was opened from."""
    remarks: tuple[str, ...]
    """What was wrong with the address, and what is shown instead."""


def read_asked(world: World, asked: Mapping[str, str]) -> Asked:
    """Read the parameters of the page; each malformed one becomes its default, with a remark."""
    reader = QueryReader(asked)
    state, reader.remarks = parse(asked, world.choices, BASE)
    state, area = _area(world, state, reader)
    order = _order(reader)
    count = _count(reader)
    visits, told = read_visits(asked.get(VISITS, ""), world.choices)
    kept = _KEPT.fullmatch(asked.get(KEPT, ""))
    return Asked(
        state=state,
        area=area,
        order=order,
        count=count,
        visits=visits,
        kept=None if kept is None else (int(kept[1]), int(kept[2])),
        remarks=tuple(dict.fromkeys((*reader.remarks, *told))),
    )


def pairs_of(world: World, asked: Asked) -> tuple[tuple[str, str], ...]:
    """Write the parameters of an address, only what differs from the default."""
    pairs = [
        (ORDER, asked.order if asked.order != _DEFAULT else ""),
        (COUNT, str(asked.count) if asked.count != SHOWN else ""),
        *parse_qsl(query(asked.state, world.choices, with_area=True)),
        (VISITS, write_visits(asked.visits)),
        (KEPT, "" if asked.kept is None else f"{asked.kept[0]}.{asked.kept[1]}"),
    ]
    return tuple((name, text) for name, text in pairs if text)


def address(world: World, asked: Asked) -> str:
    """Write the address that asks for this."""
    text = urlencode(pairs_of(world, asked), safe=",:@")
    return f"{BASE}?{text}" if text else BASE


def onward(world: World, asked: Asked) -> str:
    """Write the address that signing in leads back to: when all is too long, the list and its moment."""
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
    """Keep of a state what this page shows, and tell its area; of one municipality it is its province."""
    area = world.area(state)
    if area.level == "municipality":
        name = area.name
        area = world.snapshot.areas[world.bundle.province_of[area.code]]
        reader.remark(f"{name} is één gemeente; u ziet de lijst van haar provincie, {area.name}.")
    kept = replace(
        world.choices.default,
        page="visits",
        period=state.period,
        reference_date=state.reference_date,
        measure=state.measure,
        area=area.code,
        members=state.members,
        name=state.name,
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
