"""Data that every rival shows: the class of each municipality at each stop, and the colours."""

import os
from dataclasses import dataclass
from functools import cache
from typing import Final

from data.progress import STATUS_DTYPE
from data.snapshot import current
from geo.bundle import Bundle, load_bundle
from layouts.palette import CLASS_TONES, TONES

#: Width and height in CSS pixels of our map, which the bench passes to the rivals.
SIZE_VARIABLE: Final = "LAND_IN_BEELD_BENCH_SIZE"


@dataclass(frozen=True)
class Scene:
    """The figures of the default map.

    Parameters
    ----------
    bundle : the geography
    stops : label of each stop of the slider
    classes : per stop the index in `tones` of each municipality, in the bundle's order
    tones : tone of each class of the status
    """

    bundle: Bundle
    stops: list[str]
    classes: list[list[int]]
    tones: list[str]

    @property
    def fills(self) -> list[str]:
        """Base colour of each class, without its pattern."""
        return [TONES[tone][0] for tone in self.tones]


@cache
def scene() -> Scene:
    """Return the figures of the application's default map."""
    bundle, snapshot = load_bundle(), current()
    places = {code: place for place, code in enumerate(bundle.codes)}
    wide = snapshot.wide.assign(
        kind=snapshot.wide["status"].astype(STATUS_DTYPE).cat.codes,
        place=snapshot.wide["gm_code"].map(places),
    ).sort_values(["period", "reference_date", "place"])
    groups = wide.groupby(["period", "reference_date"])
    return Scene(
        bundle,
        [f"{day:%Y-%m-%d} ({period})" for (period, day), _ in groups],
        [[int(kind) for kind in rows["kind"]] for _, rows in groups],
        [*CLASS_TONES["status"].values()],
    )


def map_size() -> tuple[int, int]:
    """Return width and height in CSS pixels of the rivals' map."""
    width, height = os.environ.get(SIZE_VARIABLE, "646x666").split("x")
    return int(width), int(height)
