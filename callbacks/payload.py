"""What the browser's scripts are given: the ground, the figures, and the words for them."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from callbacks.immutable import Immutable
from callbacks.view_state import NATIONAL, PARAMETERS, ViewState, query
from callbacks.world import World
from data.measures import MEASURES
from data.periods import HalfYear
from data.table import compact_table
from geo.drawing import province_drawing, to_drawing
from layouts import palette, words

ARROWS = ("up", "right", "down", "left")


def dumps(value: object) -> bytes:
    """Write compact JSON in UTF-8; NaN, which JSON has not, raises ValueError."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def ground(world: World) -> dict[str, Any]:
    """Write names, places and neighbours of the municipalities, in drawing units.

    Returns
    -------
    dict
        `codes`, `names`, `provinces`, `points`, `boxes` (left, top, right, bottom), `travel` (where
        up, right, down, left lead, as positions), all in the order of `codes`; `aliases` by
        code; `areas`: name, other names and box of each province.
    """
    bundle = world.bundle
    position = {code: place for place, code in enumerate(bundle.codes)}
    return {
        "codes": list(bundle.codes),
        "names": [world.names[code] for code in bundle.codes],
        "provinces": [bundle.province_of[code] for code in bundle.codes],
        "points": [_rounded(to_drawing(bundle.label_points[code])) for code in bundle.codes],
        "boxes": [_box(bundle.bounding_boxes[code]) for code in bundle.codes],
        "travel": [
            [position.get(bundle.travel[code].get(arrow, "")) for arrow in ARROWS] for code in bundle.codes
        ],
        "aliases": {code: names for code, names in bundle.aliases.items() if names},
        "areas": {
            province.code: {
                "name": province.name,
                "aliases": list(province.aliases),
                "box": _box(bundle.bounding_boxes[province.code]),
            }
            for province in bundle.provinces
        },
    }


def measures(threshold: float) -> dict[str, Any]:
    """Write the measures with Dutch labels, class bounds and tones.

    Parameters
    ----------
    threshold : pace from which a municipality is only slightly behind, as the legend says it
    """
    return {
        key: {
            "key": key,
            "label": words.MEASURE[key],
            "short": words.MEASURE_SHORT[key],
            "meaning": words.MEASURE_MEANING[key],
            "unit": words.MEASURE_UNIT[key],
            "decimals": words.MEASURE_DECIMALS[key],
            "signed": key == "change",
            "below": measure.belongs_below,
            "classes": [
                {
                    "key": part.key,
                    "label": palette.CLASSES[key][part.key][0],
                    "note": words.status_note(part.key, threshold) if key == "status" else "",
                    "tone": palette.CLASSES[key][part.key][1],
                    "lower": part.lower,
                    "upper": part.upper,
                }
                for part in measure.classes
            ],
        }
        for key, measure in MEASURES.items()
    }


def publish(world: World, immutable: Immutable) -> dict[str, Any]:
    """Put ground and figures under immutable addresses.

    Returns
    -------
    The addresses: `provinces` by code, `ground`, `figures`.
    """
    bundle = world.bundle
    return {
        "provinces": {
            province.code: immutable.add(
                f"{province.code}.svg", province_drawing(bundle, province.code).encode()
            )
            for province in bundle.provinces
        },
        "ground": immutable.add("gemeenten.json", dumps(ground(world))),
        "figures": immutable.add("cijfers.json", dumps(compact_table(world.snapshot))),
    }


def page(world: World, urls: Mapping[str, Any], state: ViewState) -> dict[str, Any]:
    """Write what a page's scripts must know at once, as the HTML carries it."""
    return {
        "urls": dict(urls),
        "state": asdict(state),
        "defaults": asdict(world.choices.default),
        "parameters": PARAMETERS,
        "measures": measures(world.snapshot.slightly_behind_pace),
        "areas": world.area_names,
        "qualities": words.QUALITY,
        "example": world.snapshot.example,
    }


def tones(world: World, state: ViewState) -> list[str]:
    """Return the tone of each municipality in the state's first picture; " dim" is behind what is dimmed.

    The order is that of the codes; `assets/js/map.js` paints by the same rule from then on.
    """
    rows = world.snapshot.wide_on(HalfYear.parse(state.period), state.date)
    measure = MEASURES[state.measure]
    kinds = [(part.key, palette.CLASSES[state.measure][part.key][1]) for part in measure.classes]
    within = [state.area in (NATIONAL, province) for province in rows["province_code"]]
    return [
        kinds[number][1] + ("" if inside and (not state.show or kinds[number][0] in state.show) else " dim")
        for number, inside in zip(measure.classify(rows), within, strict=True)
    ]


def download(world: World, state: ViewState) -> str:
    """Write the address of the figures of a state, as CSV."""
    text = query(state, world.choices)
    return f"/download/cijfers.csv{'?' if text else ''}{text}"


def area_of(state: ViewState) -> str | None:
    """Return the area of a state as the snapshot takes it; None is the whole country."""
    return None if state.area == NATIONAL else state.area


def _rounded(point: tuple[float, float]) -> list[int]:
    return [round(part) for part in point]


def _box(box: tuple[int, int, int, int]) -> list[int]:
    left, bottom = to_drawing((box[0], box[1]))
    right, top = to_drawing((box[2], box[3]))
    return [round(left), round(top), round(right), round(bottom)]
