"""The page of a comparison: areas that one chose, or all of a kind, side by side."""

from collections.abc import Mapping
from typing import Final

from callbacks.pages.page import Content, Page, Request
from callbacks.state.breadcrumbs import link
from callbacks.state.paths import HOME
from callbacks.state.timeline import timeline
from callbacks.state.view_state import MOST_COMPARED, ViewState
from callbacks.state.world import World
from data.areas import Level
from data.periods import HalfYear
from layouts import labels
from layouts.compare import ComparisonKind, ComparisonView, comparison_html

_TITLE: Final = "Gebieden naast elkaar"


#: Ready comparisons: all areas of one kind, by what stands in the path.
READY: Final[Mapping[str, Level]] = {
    "provincies": "province",
    "veiligheidsregios": "safety_region",
    "arbeidsmarktregios": "labour_market_region",
    "corop": "corop",
    "samenwerkingen": "collaboration",
}


class ComparePage(Page):
    """Two to eight areas side by side, or all of a kind."""

    key = "compare"
    label = "Vergelijken"
    route = "/vergelijk/<rest>"
    tails = ("", *READY)
    entry = "provincies"
    script = "pages/compare/index.js"
    style = "pages/compare.css"

    def content(self, request: Request) -> Content:
        """Write all but the figures, which the browser's script draws."""
        level = READY.get(request.state.rest)
        return Content(
            comparison_html(comparison(request.world, request.state)),
            request.remarks,
            kind=labels.KINDS[level] if level else "",
            without_scripts="Vergelijken kan alleen met JavaScript.",
        )


def comparison(world: World, state: ViewState) -> ComparisonView:
    """Gather the frame of a comparison: its name, the ready comparisons, the slider."""
    level, choices = READY.get(state.rest, ""), world.choices
    kinds = {"": "Zelf gekozen", **{key: labels.KINDS[of] for key, of in READY.items()}}
    provinces = [area for area in world.snapshot.areas.values() if area.level == "province"]
    return ComparisonView(
        title=labels.KINDS[level] if level else _TITLE,
        ready=state.rest,
        level=level,
        most=MOST_COMPARED,
        kinds=tuple(
            ComparisonKind(
                key=key,
                label=label,
                href=link(choices, state, ComparePage.key, rest=key, compared=state.compared),
                here=key == state.rest,
            )
            for key, label in kinds.items()
        ),
        provinces=() if level == "province" else tuple((area.code, area.name) for area in provinces),
        slider=timeline(world.moments, (HalfYear.parse(state.period), state.date)),
        example=world.snapshot.example_name,
        map_path=choices.addresses.path(HOME),
        compare_path=choices.addresses.base(ComparePage.key),
    )
