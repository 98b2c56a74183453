"""The municipal division by year, and the successors of municipalities that ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from geo.registry import LAND_ONLY

#: Codes are issued in order. Those that mergers since 2013 brought are above this one; a merger into a lower
#: code is one into a municipality that existed already. Source: the boundaries of CBS of 2014 to 2024.
LAST_CODE_BEFORE_2013 = "GM1916"


@dataclass(frozen=True, eq=False)
class Division:
    """The present municipalities and their predecessors since 2013.

    Parameters
    ----------
    register : `gm_code` of the present municipalities
    mergers : `old_code`, `new_code`, `year`, `kind`, `share`; see :mod:`geo.registry`
    """

    register: pd.DataFrame
    mergers: pd.DataFrame

    @cached_property
    def present(self) -> frozenset[str]:
        """Codes of the present municipalities."""
        return frozenset(self.register["gm_code"])

    @cached_property
    def _steps(self) -> dict[str, list[tuple[str, int, float]]]:
        """Successors of each former code, with the year and the share."""
        steps: dict[str, list[tuple[str, int, float]]] = {}
        columns = (self.mergers[name].tolist() for name in ("old_code", "new_code", "year", "share"))
        for old, new, year, share in zip(*columns, strict=True):
            # Land without inhabitants has no share.
            if (old, new) not in LAND_ONLY:
                steps.setdefault(str(old), []).append((str(new), int(year), float(share)))
        for old, there in steps.items():
            whole = sum(share for _, _, share in there)
            steps[old] = [(new, year, share / whole) for new, year, share in there]
        return steps

    @cached_property
    def _formed(self) -> dict[str, int]:
        """Year of formation, of municipalities formed since 2013."""
        formed: dict[str, int] = {}
        for there in self._steps.values():
            for new, year, _ in there:
                if new > LAST_CODE_BEFORE_2013:
                    formed[new] = min(year, formed.get(new, year))
        return formed

    def ended(self, code: str) -> int | None:
        """First year without a municipality; None while it exists."""
        return self._steps[code][0][1] if code in self._steps else None

    def formed(self, code: str) -> int | None:
        """First year of a municipality; None when that is before 2013."""
        return self._formed.get(code)

    def knows(self, code: str) -> bool:
        """Whether a code is of a present or former municipality."""
        return code in self.present or code in self._steps

    def renamed(self, code: str) -> bool:
        """Whether a municipality got another code without a merger."""
        return code in self._renumbered

    def renumbered(self, code: str) -> str:
        """Present code of a municipality of which only code and name changed."""
        return self._renumbered.get(code, code)

    @cached_property
    def _renumbered(self) -> dict[str, str]:
        changed = self.mergers[self.mergers["kind"] == "new_code"]
        return dict(zip(changed["old_code"], changed["new_code"], strict=True))

    def existed(self, code: str, year: int) -> bool:
        """Whether a municipality existed in a year."""
        ended = self.ended(code)
        return self.knows(code) and (ended is None or year < ended) and year >= self._formed.get(code, 0)

    def of_year(self, year: int) -> frozenset[str]:
        """Codes of the municipalities of a year, 2013 or later."""
        return frozenset(code for code in (*self.present, *self._steps) if self.existed(code, year))

    @property
    def years(self) -> tuple[int, ...]:
        """First years of the known divisions, newest first; the first is still in force."""
        return tuple(sorted({year for there in self._steps.values() for _, year, _ in there}, reverse=True))

    def successors(self, code: str) -> dict[str, float]:
        """Present successors of a code with their shares, which sum to 1; largest first."""
        if code in self.present:
            return {code: 1.0}
        shares: dict[str, float] = {}
        for new, _, share in self._steps.get(code, ()):
            for last, part in self.successors(new).items():
                shares[last] = shares.get(last, 0.0) + share * part
        return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def shared_out(number: int, shares: Sequence[float]) -> list[int]:
    """Apportion a whole number by shares, with the largest-remainder method.

    >>> shared_out(10, [0.5, 0.3, 0.2]), shared_out(-3, [0.5, 0.5])
    ([5, 3, 2], [-2, -1])
    """
    exact = [abs(number) * share for share in shares]
    parts = [int(part) for part in exact]
    by_rest = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_rest[: abs(number) - sum(parts)]:
        parts[place] += 1
    return parts if number >= 0 else [-part for part in parts]
