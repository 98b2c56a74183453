"""The areas that a form offers to choose from: by kind, each kind by name."""

from collections.abc import Mapping

from data.areas import COUNTRY, OWN, Area, name_order
from data.snapshot import Snapshot
from geo.aliases import plain
from layouts.labels import OFFERED, OWN_AREA, area_title

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


def title_of(area: Area) -> str:
    """Return what an area is called in the list of a form."""
    return OWN_AREA if area.code == OWN else area_title(area.name, area.level)


def area_titles(snapshot: Snapshot) -> tuple[str, ...]:
    """List what one may type for an area: the country, and those of :func:`offered_areas`."""
    country = snapshot.areas[COUNTRY].name
    return (country, *(area_title(name, kind) for kind, areas in offered_areas(snapshot) for _, name in areas))


def codes_by_title(snapshot: Snapshot) -> Mapping[str, str]:
    """Map the plain titles and names of areas to their codes.

    Of several areas of a name it is the first kind, so that "utrecht" is the province.
    """
    areas = offered_areas(snapshot)
    named = {plain(name): code for _, pairs in reversed(areas) for code, name in pairs}
    titled = {plain(area_title(name, kind)): code for kind, pairs in areas for code, name in pairs}
    return named | titled | {plain(snapshot.areas[COUNTRY].name): COUNTRY, plain(OWN_AREA): OWN}
