"""JSON for the browser's scripts: geography, figures, and measures with Dutch labels."""

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

from callbacks.payload.area import area_json, kind_json
from callbacks.payload.shapes import shape_json
from callbacks.state.view_state import PARAMETERS, SHAPES, ViewState, parse, query
from callbacks.state.world import World
from callbacks.web.immutable import Immutable
from data.areas import OWN, REGION_LEVELS, Level
from data.code_version import code_version
from data.export import compact_table
from data.glossary import head
from data.measures import MEASURES, Measure
from data.periods import MONTHS, HalfYear
from data.snapshot import Snapshot
from geo.aliases import OF_ITSELF, OTHER_NAMES
from geo.drawing import province_drawing, to_drawing
from geo.labels import Label
from geo.travel import DIRECTIONS
from layouts import labels

#: Query parameters that define a custom area.
_OWN = (PARAMETERS["members"], PARAMETERS["name"])
#: Kinds of area whose areas can be compared all together.
COMPARABLE: Final[tuple[Level, ...]] = (*REGION_LEVELS, "collaboration")
DOWNLOAD: Final = "/download/cijfers.csv"
#: Terms that scripts write above columns.
_HEADS: Final = (
    *labels.TILES,
    "remaining",
    "shortfall",
    "lagging",
    "share",
    "expected_share",
    "remaining_per_1000",
    "behind_per_1000",
    "missed",
    "status",
    "quality",
)


def dumps(value: object) -> bytes:
    """Serialise to compact JSON in UTF-8; NaN raises ValueError, as JSON lacks it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def ground(world: World) -> dict[str, Any]:
    """Return names, locations and neighbours of the municipalities, in drawing units.

    Returns
    -------
    `codes`, `names`, `provinces`, `points`, `boxes` (left, top, right, bottom), `travel` (destinations of
    up, right, down, left, as indices), all in the order of `codes`; `labels` as `label_json` writes them,
    the most important first; `aliases` by code; which of those are `towns`, and which `former`
    municipalities; `areas`: name,
    kind, aliases and municipalities (as indices) of each area other than a municipality, and the box
    of each province.
    """
    bundle = world.bundle
    aliases = {province.code: list(province.aliases) for province in bundle.provinces}
    position = {code: place for place, code in enumerate(bundle.codes)}
    towns = {name for names in OTHER_NAMES.values() for name in names} - OF_ITSELF
    return {
        "codes": list(bundle.codes),
        "names": [world.names[code] for code in bundle.codes],
        "provinces": [bundle.province_of[code] for code in bundle.codes],
        "points": [_rounded(to_drawing(bundle.label_points[code])) for code in bundle.codes],
        "boxes": [_box(bundle.bounding_boxes[code]) for code in bundle.codes],
        "travel": [[position.get(bundle.travel[code].get(arrow, "")) for arrow in DIRECTIONS] for code in bundle.codes],
        "labels": [label_json(label) for label in bundle.labels],
        "aliases": {code: names for code, names in bundle.aliases.items() if names},
        "towns": sorted(towns),
        "former": sorted({str(name) for name in bundle.mergers["old_name"]} - towns - OF_ITSELF),
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


def label_json(label: Label) -> dict[str, Any]:
    """Return a name on the map as `MapLabel` in assets/js/types.d.ts."""
    x, y = _rounded(to_drawing((label.x, label.y)))
    kept: dict[str, Any] = {"text": "|".join(label.lines), "x": x, "y": y, "kind": label.kind, "anchor": label.anchor}
    return kept | {"from": label.least} | ({"to": label.most} if math.isfinite(label.most) else {})


def measures(threshold: float) -> dict[str, Any]:
    """Return the measures with Dutch labels, class bounds and tones.

    Parameters
    ----------
    threshold : pace from which a municipality is only slightly behind, for the legend
    """
    return {
        key: {
            "key": key,
            "label": measure.label,
            "short": measure.short,
            "meaning": measure.meaning,
            "unit": measure.unit,
            "decimals": measure.decimals,
            "signed": measure.signed,
            "below": measure.belongs_below,
            "order": measure.worst_first,
            "better": measure.higher_is_better,
            **_classes(measure, threshold),
        }
        for key, measure in MEASURES.items()
    }


def _classes(measure: Measure, threshold: float) -> dict[str, Any]:
    """Return `classes`, each set once, and which it is after 0 to 6 months: `by_months`."""
    noted = measure.key == "status"
    every = [
        [
            {
                "key": part.key,
                "label": part.label,
                "note": labels.status_note(part.key, threshold, ended=months == MONTHS) if noted else "",
                "tone": part.tone,
                "lower": part.lower,
                "upper": part.upper,
            }
            for part in measure.classes_at(months, threshold)
        ]
        for months in range(MONTHS + 1)
    ]
    classes = [one for at, one in enumerate(every) if one not in every[:at]]
    return {"classes": classes, "by_months": [classes.index(one) for one in every]}


def publish(world: World, immutable: Immutable) -> dict[str, Any]:
    """Register geography and figures under immutable addresses.

    Returns
    -------
    The addresses `ground` and `figures`, and the URL prefixes of province drawings by code (`provinces`), of
    drawings of the country by shape (`shapes`), and of area figures by code (`areas`).
    """
    bundle = world.bundle
    geography, figures = dumps(ground(world)), dumps(compact_table(world.snapshot))
    # Lazily built content depends on the geography, the figures, and the code that draws and computes.
    drawn = bundle.content_hash.encode() + code_version("callbacks", "data", "geo").encode()

    def area_body(code: str, asked: Mapping[str, str]) -> bytes | None:
        level = next((level for level in COMPARABLE if code == f"soort-{level}"), None)
        if level is not None:
            return dumps(kind_json(world, level))
        state, _ = parse({**asked, PARAMETERS["area"]: code}, world.choices)
        return dumps(area_json(world, world.area(state))) if state.area == code else None

    def province_body(code: str, _: Mapping[str, str]) -> bytes | None:
        known = {province.code for province in bundle.provinces}
        return province_drawing(bundle, code).encode() if code in known else None

    def shape_body(key: str, _: Mapping[str, str]) -> bytes | None:
        return dumps(shape_json(world, key)) if key in SHAPES else None

    return {
        "shapes": immutable.add_lazy(".json", drawn, shape_body),
        "provinces": immutable.add_lazy(".svg", drawn, province_body),
        "ground": immutable.add("gemeenten.json", geography),
        "figures": immutable.add("cijfers.json", figures, versioned=True),
        "areas": immutable.add_lazy(".json", geography + figures + drawn, area_body, _OWN, versioned=True),
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
        "heads": {key: head(key) for key in _HEADS},
        "kinds": labels.KIND,
        "plurals": labels.KINDS,
        "addresses": world.choices.addresses.for_browser(),
        "acts": {"compare": labels.COMPARE_ACT, "visit": labels.VISIT_ACT},
        "version": world.snapshot.version,
        "real": state.period not in world.snapshot.example_periods,
    }


def tones(world: World, state: ViewState) -> list[str]:
    """Return the tone of each municipality in the first picture of a state.

    " dim" is appended to dimmed municipalities, " outside" to those outside the area.

    In the order of the codes; `assets/js/map/map.js` applies the same rule from then on.
    """
    kinds = [*MEASURES[state.measure].tones.items()]
    scope = world.scope(world.area(state))
    return [
        kinds[number][1] + _class_suffix(code in scope, not state.show or kinds[number][0] in state.show)
        for number, code in zip(_class_numbers(world.snapshot, state).tolist(), world.snapshot.codes, strict=True)
    ]


def legend(world: World, state: ViewState) -> dict[str, Any]:
    """Return the words of the legend, and its classes in order with their counts."""
    measure, snapshot = MEASURES[state.measure], world.snapshot
    told = measures(snapshot.slightly_behind_pace)[state.measure]
    classes = told["classes"][told["by_months"][HalfYear.parse(state.period).months_elapsed(state.date)]]
    counts = Counter(_class_numbers(snapshot, state)[snapshot.positions(world.scope(world.area(state)))].tolist())
    entries = [
        {**classes[number], "count": counts[number], "chosen": classes[number]["key"] in state.show}
        for number in measure.worst_first
    ]
    return {"measure": measure.label, "meaning": measure.meaning, "entries": entries}


def _class_numbers(snapshot: Snapshot, state: ViewState) -> npt.NDArray[np.int8]:
    """Class number of each municipality for a measure and moment, in the order of the registry."""
    return _all_class_numbers(snapshot, state.measure)[snapshot.rows_on(HalfYear.parse(state.period), state.date)]


@lru_cache(maxsize=len(MEASURES))
def _all_class_numbers(snapshot: Snapshot, measure: str) -> npt.NDArray[np.int8]:
    """Class number of each row of the wide table, cached for the measures of the last snapshot."""
    return MEASURES[measure].classify(snapshot.wide)


def _class_suffix(inside: bool, lit: bool) -> str:
    return " outside" if not inside else "" if lit else " dim"


def download(world: World, state: ViewState) -> str:
    """Return the address of a state's figures as CSV."""
    text = query(state, world.choices, with_area=True)
    return f"{DOWNLOAD}{'?' if text else ''}{text}"


def area_address(urls: Mapping[str, Any], state: ViewState, world: World) -> str:
    """Return the address of the figures of a state's area; a custom area's has its members."""
    own = replace(world.choices.default, members=state.members, name=state.name)
    text = query(own, world.choices) if state.area == OWN else ""
    return f"{urls['areas']}{quote(state.area)}.json{'?' if text else ''}{text}"


def _rounded(point: tuple[float, float]) -> list[int]:
    return [round(part) for part in point]


def _box(box: tuple[int, int, int, int]) -> list[int]:
    left, bottom = to_drawing((box[0], box[1]))
    right, top = to_drawing((box[2], box[3]))
    return [round(left), round(top), round(right), round(bottom)]
