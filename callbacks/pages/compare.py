"""What a comparison shows before its figures: its name, the ready ones beside it, the slider."""

from typing import Any, Final

from callbacks.state.breadcrumbs import link
from callbacks.state.paths import READY
from callbacks.state.view_state import MOST_COMPARED, ViewState
from callbacks.state.world import World
from data.periods import HalfYear
from layouts import labels
from layouts.document import timeline

_TITLE: Final = "Gebieden naast elkaar"


def stops(world: World) -> list[tuple[str, str, int]]:
    """List the stops of the slider: period, reference date as words, months elapsed."""
    return [(str(period), labels.long_date(day), period.months_elapsed(day)) for period, day in world.moments]


def stop(world: World, state: ViewState) -> int:
    """Tell at which stop of the slider a state is."""
    return world.moments.index((HalfYear.parse(state.period), state.date))


def comparison(world: World, state: ViewState) -> dict[str, Any]:
    """Give `layouts/templates/compare.html` its values.

    Returns
    -------
    dict
        `title`; `ready`, the key of a ready comparison or ""; `level`, the kind it is of, or "";
        `most`, how many areas fit; `kinds` (key, label, href, whether it is `here`): the comparisons
        there are; `provinces` (code, name) within which a ready one may be narrowed down; `slider`.
    """
    level = READY.get(state.ready, "")
    kinds = {"": "Zelf gekozen", **{key: labels.KINDS[of] for key, of in READY.items()}}
    areas = [area for area in world.snapshot.areas.values() if area.level == "province"]
    return {
        "title": labels.KINDS[level] if level else _TITLE,
        "ready": state.ready,
        "level": level,
        "most": MOST_COMPARED,
        "kinds": [
            {
                "key": key,
                "label": label,
                "href": link(world.choices, state, "compare", ready=key, compared=state.compared),
                "here": key == state.ready,
            }
            for key, label in kinds.items()
        ],
        "provinces": [] if level == "province" else [(area.code, area.name) for area in areas],
        "slider": timeline(stops(world), stop(world, state)),
    }
