"""JSON of the ways in which the country is drawn, for a browser that changes between them."""

from typing import Any

from callbacks.state.world import World
from geo.drawing import national_lines
from geo.tile_labels import tile_labels
from geo.tiles import cartogram
from geo.travel import DIRECTIONS


def shape_json(world: World, shape: str) -> dict[str, Any]:
    """Return the national map ("kaart"), or the cartogram ("tegels").

    Returns
    -------
    SVG path data in drawing units: `paths` (one per municipality, in the order of the codes), `borders` and
    `outline`. Of the cartogram also `boxes` and `travel`, as `callbacks.payload.snapshot.ground` has those of
    the map, and `labels` (`geo.tile_labels.Label`).
    """
    bundle = world.bundle
    if shape == "kaart":
        paths, between, outside = national_lines(bundle)
        return {"paths": list(paths.values()), "borders": between, "outline": outside}
    tiles = cartogram(bundle)
    position = {code: place for place, code in enumerate(bundle.codes)}
    between, outside = tiles.borders()
    travel = tiles.travel()
    return {
        "paths": [tiles.path(code) for code in bundle.codes],
        "borders": between,
        "outline": outside,
        "boxes": [list(tiles.box([code])) for code in bundle.codes],
        "travel": [[position.get(travel[code].get(arrow, "")) for arrow in DIRECTIONS] for code in bundle.codes],
        "labels": tile_labels(tiles, world.names, {province.code: province.name for province in bundle.provinces}),
    }
