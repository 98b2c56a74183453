"""The areas that a form offers to choose from: by kind, each kind by name."""

from data.areas import name_order
from data.snapshot import Snapshot
from layouts.labels import OFFERED

Offered = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Kinds (of `OFFERED`), each with the codes and names of its areas."""


def offered_areas(snapshot: Snapshot) -> Offered:
    """List the areas between the country and its municipalities; kinds without any are left out."""
    found: dict[str, list[tuple[str, str]]] = {kind: [] for kind in OFFERED}
    for area in snapshot.areas.values():
        if area.level in found:
            found[area.level].append((area.code, area.name))
    return tuple(
        (kind, tuple(sorted(areas, key=lambda pair: name_order(pair[1])))) for kind, areas in found.items() if areas
    )
