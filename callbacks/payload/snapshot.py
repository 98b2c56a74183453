"""What the browser's scripts are given: the ground, the figures, and the words for them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final
from urllib.parse import quote

from callbacks.payload.area import area_json, kind_json
from callbacks.state.view_state import PARAMETERS, ViewState, parse, query
from callbacks.state.world import World
from callbacks.web.immutable import Immutable
from data.areas import OWN, REGION_LEVELS, Level
from data.code_version import code_version
from data.export import compact_table
from data.measures import MEASURES
from data.periods import HalfYear
from geo.drawing import province_drawing, to_drawing
from layouts import labels, palette

#: What an area of one's own is made of, as the query tells it.
_OWN = (PARAMETERS["members"], PARAMETERS["name"])
#: Kinds of area whose areas can be compared all together.
COMPARABLE: Final[tuple[Level, ...]] = (*REGION_LEVELS, "collaboration")
DOWNLOAD: Final = "/download/cijfers.csv"
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
        code; `areas`: name, kind, other names and municipalities (as positions) of each area that
        is no municipality, and the box of each province.
    """
    bundle = world.bundle
    aliases = {province.code: list(province.aliases) for province in bundle.provinces}
    position = {code: place for place, code in enumerate(bundle.codes)}
    return {
        "codes": list(bundle.codes),
        "names": [world.names[code] for code in bundle.codes],
        "provinces": [bundle.province_of[code] for code in bundle.codes],
        "points": [_rounded(to_drawing(bundle.label_points[code])) for code in bundle.codes],
        "boxes": [_box(bundle.bounding_boxes[code]) for code in bundle.codes],
        "travel": [[position.get(bundle.travel[code].get(arrow, "")) for arrow in ARROWS] for code in bundle.codes],
        "aliases": {code: names for code, names in bundle.aliases.items() if names},
        "areas": {
            area.code: {
                "name": area.name,
                "kind": area.level,
                "aliases": aliases.get(area.code, []),
                "members": [position[code] for code in area.municipalities],
                **({"box": _box(bundle.bounding_boxes[area.code])} if area.level == "province" else {}),
            }
            for area in world.snapshot.areas.values()
            if area.level in COMPARABLE
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
            "label": labels.MEASURE[key],
            "short": labels.MEASURE_SHORT[key],
            "meaning": labels.MEASURE_MEANING[key],
            "unit": labels.MEASURE_UNIT[key],
            "decimals": labels.MEASURE_DECIMALS[key],
            "signed": key == "change",
            "below": measure.belongs_below,
            "classes": [
                {
                    "key": part.key,
                    "label": palette.CLASSES[key][part.key][0],
                    "note": labels.status_note(part.key, threshold) if key == "status" else "",
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
    The addresses: `ground`, `figures`, and what comes before the code of a province in the address of its
    drawing (`provinces`), and before that of an area in the address of its figures (`areas`).
    """
    bundle = world.bundle
    known, figures = dumps(ground(world)), dumps(compact_table(world.snapshot))
    # What is made when it is asked for follows from the ground, the figures, and how we draw and reckon.
    drawn = bundle.content_hash.encode() + code_version("callbacks", "data", "geo").encode()

    def of_area(code: str, asked: Mapping[str, str]) -> bytes | None:
        level = next((level for level in COMPARABLE if code == f"soort-{level}"), None)
        if level is not None:
            return dumps(kind_json(world, level))
        state, _ = parse({**asked, PARAMETERS["area"]: code}, world.choices)
        return dumps(area_json(world, world.area(state))) if state.area == code else None

    def of_province(code: str, _: Mapping[str, str]) -> bytes | None:
        known = {province.code for province in bundle.provinces}
        return province_drawing(bundle, code).encode() if code in known else None

    return {
        "provinces": immutable.add_made(".svg", drawn, of_province),
        "ground": immutable.add("gemeenten.json", known),
        "figures": immutable.add("cijfers.json", figures, versioned=True),
        "areas": immutable.add_made(".json", known + figures + drawn, of_area, _OWN, versioned=True),
    }


def page_json(world: World, urls: Mapping[str, Any], state: ViewState) -> dict[str, Any]:
    """Write what a page's scripts must know at once, as the HTML carries it."""
    return {
        "urls": dict(urls),
        "state": asdict(state),
        "defaults": asdict(world.choices.default),
        "parameters": PARAMETERS,
        "measures": measures(world.snapshot.slightly_behind_pace),
        "qualities": labels.QUALITY,
        "kinds": labels.KIND,
        "plurals": labels.KINDS,
        "addresses": world.choices.addresses.for_browser(),
        "acts": {"ready": labels.READY_ACTS, "compare": labels.COMPARE_ACT, "visit": labels.VISIT_ACT},
        "version": world.snapshot.version,
        "real": state.period not in world.snapshot.example_periods,
    }


def tones(world: World, state: ViewState) -> list[str]:
    """Return the tone of each municipality in the state's first picture.

    " dim" is behind what is dimmed, " outside" behind what lies outside the area.

    The order is that of the codes; `assets/js/map/map.js` paints by the same rule from then on.
    """
    rows = world.snapshot.wide_on(HalfYear.parse(state.period), state.date)
    measure = MEASURES[state.measure]
    kinds = [(part.key, palette.CLASSES[state.measure][part.key][1]) for part in measure.classes]
    scope = world.scope(world.area(state))
    return [
        kinds[number][1] + _beside(code in scope, not state.show or kinds[number][0] in state.show)
        for number, code in zip(measure.classify(rows), rows["gm_code"], strict=True)
    ]


def _beside(inside: bool, lit: bool) -> str:
    return " outside" if not inside else "" if lit else " dim"


def download(world: World, state: ViewState) -> str:
    """Write the address of the figures of a state, as CSV."""
    text = query(state, world.choices, with_area=True)
    return f"{DOWNLOAD}{'?' if text else ''}{text}"


def area_address(urls: Mapping[str, Any], state: ViewState, world: World) -> str:
    """Write the address of the figures of a state's area; that of an own one tells what it is made of."""
    own = replace(world.choices.default, members=state.members, name=state.name)
    text = query(own, world.choices) if state.area == OWN else ""
    return f"{urls['areas']}{quote(state.area)}.json{'?' if text else ''}{text}"


def _rounded(point: tuple[float, float]) -> list[int]:
    return [round(part) for part in point]


def _box(box: tuple[int, int, int, int]) -> list[int]:
    left, bottom = to_drawing((box[0], box[1]))
    right, top = to_drawing((box[2], box[3]))
    return [round(left), round(top), round(right), round(bottom)]
