"""The page of a comparison: areas that one chose, or all of a kind, side by side."""

from collections.abc import Mapping
from typing import Final

from callbacks.pages.page import Content, Page, Request
from callbacks.state.breadcrumbs import link
from callbacks.state.paths import HOME
from callbacks.state.timeline import timeline
from callbacks.state.view_state import MOST_COMPARED, ViewState
from callbacks.state.world import World
from data.analysis.laggards import laggards
from data.areas import COUNTRY, Level
from data.periods import HalfYear
from layouts import labels
from layouts.compare import ComparisonKind, ComparisonView, StartingPoint, comparison_html

_FEW: Final = 4
"""Municipalities in a suggestion: as many as a chart shows well."""
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
        chosen=bool(state.compared),
        suggestions=() if level else _suggestions(world, state),
        provinces=() if level == "province" else tuple((area.code, area.name) for area in provinces),
        slider=timeline(world.moments, (HalfYear.parse(state.period), state.date)),
        example=world.snapshot.example_name,
        map_path=choices.addresses.path(HOME),
        compare_path=choices.addresses.base(ComparePage.key),
    )


def _suggestions(world: World, state: ViewState) -> tuple[StartingPoint, ...]:
    """Suggest comparisons to begin with, from the figures of the moment."""
    period = HalfYear.parse(state.period)
    rows = world.snapshot.wide_on(period, state.date)
    large = rows.assign(people=rows["inhabitants"].astype(float)).nlargest(_FEW, "people")["gm_code"]
    late = laggards(world.snapshot, period, state.date, count=_FEW).rows["gm_code"]
    found = (
        ("De grootste gemeenten", "De vier met de meeste inwoners, met Nederland ernaast.", (COUNTRY, *large)),
        ("Het verst achter op schema", "De vier gemeenten waar de meeste mensen wachten.", tuple(late)),
        ("Rond de Randstad", "Utrecht, Noord-Holland en Zuid-Holland.", ("PV26", "PV27", "PV28")),
    )
    own = (
        StartingPoint(label, text, link(world.choices, state, ComparePage.key, compared=codes))
        for label, text, codes in found
        if codes
    )
    ready = StartingPoint(
        "Alle provincies naast elkaar",
        "Hoe ver hun gemeenten uiteenlopen.",
        link(world.choices, state, ComparePage.key, rest="provincies"),
    )
    return (*own, ready)
