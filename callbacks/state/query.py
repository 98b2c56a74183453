"""Reading a query parameter by parameter, with a remark for each that is wrong."""

import re
from collections.abc import Mapping

from callbacks.state.world import World
from data.areas import COUNTRY, Area, UnknownArea
from data.formatting import LETTERS_REPEATED


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

    def area(self, world: World, code: str) -> Area:
        """Find an area by its code; a municipality that merged is the one of today, an unknown one the country."""
        code = code[:LETTERS_REPEATED]
        try:
            return world.snapshot.area(world.choices.heirs.get(code.strip().upper(), code))
        except UnknownArea as error:
            self.remark(f"{error} U ziet heel Nederland.")
            return world.snapshot.area(COUNTRY)
