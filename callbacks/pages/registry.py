"""What stands below the map of an area, or in its place on the other pages."""

from collections.abc import Mapping
from typing import Any, Final

from callbacks.pages.collaborations import collaborations_view
from callbacks.pages.compare import comparison
from callbacks.pages.supervision import supervision_view
from callbacks.state.view_state import ViewState
from callbacks.state.world import World
from layouts import labels
from layouts.supervision import supervision_html

#: The sections below the map, in their order; each is a template and says for which kinds of area it is.
SECTIONS: Final = ("course", "small-maps", "pooling", "maker", "history", "peers", "learn")


def content(
    world: World, state: ViewState, code: str, asked: Mapping[str, str]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give the island below the map its values.

    Parameters
    ----------
    world, state : ground and figures, and what the page shows
    code : of the area as it stands in the path
    asked : the query as it stands in the URL, for what is no part of the state

    Returns
    -------
    Values of `layouts/templates/below.html`, and the remarks that the content itself makes.
    """
    values: dict[str, Any] = {"page": state.page, "example": world.snapshot.example_name}
    match state.page:
        case "area":
            return {**values, "sections": SECTIONS, "withins": labels.WITHIN}, ()
        case "supervision":
            view = supervision_view(world, code, asked)
            return {**values, "content": supervision_html(view)}, view.remarks
        case "collaborations":
            return {**values, "template": "collaborations.html", **collaborations_view(world, state)}, ()
        case "compare":
            return {**values, "template": "compare.html", **comparison(world, state)}, ()
        case "practices":
            raise ValueError("this page reads its address itself: callbacks.pages.practices.page")
        case "publications" | "visits":
            raise ValueError("what this page shows depends on who looks: callbacks.pages.publications, .visits")
