"""Reading a query parameter by parameter, with a remark for each that is wrong."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from callbacks.state.world import World
from data.areas import COUNTRY, Area, UnknownArea
from data.formatting import LETTERS_REPEATED, shortened
from layouts.lists import Head

ORDER: Final = "orde"
"""Parameter for the column by which a list is sorted."""


@dataclass(frozen=True)
class SortedBy:
    """What a list is sorted by.

    Parameters
    ----------
    key : of a column
    ascending : whether the lowest comes first
    """

    key: str
    ascending: bool


def heads(
    columns: Iterable[tuple[str, str]], first: Mapping[str, bool], now: SortedBy, address: Callable[[str], str]
) -> tuple[Head, ...]:
    """Make the heads of a list, each with a link that sorts by it, or turns it around.

    Parameters
    ----------
    columns : key and label; those that are not in `first` cannot be sorted by
    first : by key, whether the lowest comes first at the first click
    now : what the list is sorted by
    address : of the list, for a value of `orde`
    """

    def head(key: str, label: str) -> Head:
        if key not in first:
            return Head(key, label)
        if key != now.key:
            return Head(key, label, address(key))
        turned = f"-{key}" if now.ascending == first[key] else key
        return Head(key, label, address(turned), "ascending" if now.ascending else "descending")

    return tuple(head(*column) for column in columns)


class QueryReader:
    """A query being read, and the remarks so far.

    Parameters
    ----------
    query : names of parameters and their text
    """

    def __init__(self, query: Mapping[str, str]) -> None:
        self.query = query
        self.remarks: list[str] = []

    def text(self, name: str) -> str:
        """Return the text of a parameter without spaces around it; empty when it is not there."""
        return self.query.get(name, "").strip()

    def remark(self, message: str) -> None:
        """Add a remark."""
        self.remarks.append(message)

    def whole_number(self, name: str, least: int, most: int) -> int | None:
        """Read a whole number between bounds; None when it is no such number, or absent.

        Parameters
        ----------
        name : of the parameter
        least, most : what it may be
        """
        text = self.text(name)
        number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else least - 1
        return number if least <= number <= most else None

    def of_several(self, world: World, area: Area) -> Area:
        """Return an area to list: for one municipality its province, with a remark."""
        if area.level != "municipality":
            return area
        province = world.snapshot.areas[world.bundle.province_of[area.code]]
        self.remark(f"{area.name} is één gemeente; u ziet de lijst van de provincie, {province.name}.")
        return province

    def ordering(self, columns: Mapping[str, bool], default: str) -> SortedBy:
        """Read `orde`: the key of a column to sort by, with a minus for the other way around.

        Parameters
        ----------
        columns : by key, whether the lowest comes first
        default : key of the column when it is absent or unknown
        """
        text = self.text(ORDER)
        key = text.removeprefix("-")
        if key in columns:
            return SortedBy(key, (text == key) == columns[key])
        if text:
            self.remark(f"“{shortened(text)}” is geen kolom; kies uit {', '.join(columns)}.")
        return SortedBy(default, columns[default])

    def area(self, world: World, code: str) -> Area:
        """Look up an area; a merged municipality gives its successor, an unknown code the country."""
        code = code[:LETTERS_REPEATED]
        try:
            return world.snapshot.area(world.choices.area(code) or code)
        except UnknownArea as error:
            self.remark(f"{error} U ziet heel Nederland.")
            return world.snapshot.area(COUNTRY)
