"""Breadcrumbs, and links to other pages at the same moment."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from callbacks.state.paths import HOME
from callbacks.state.view_state import NATIONAL, Choices, ViewState, address
from data.areas import OWN

#: The parts of a state that links to other pages carry along.
CARRIED: Final = ("period", "reference_date", "measure", "shape", "patterns")


def link(choices: Choices, state: ViewState, page: str, area: str = NATIONAL, **more: Any) -> str:
    """Write the address of another page, at the same moment and in the same measure.

    Parameters
    ----------
    choices, state : what exists, and what is shown now
    page, area : key of the page, and code of the area it is to show
    more : other parts of the state there
    """
    parts: dict[str, Any] = {part: getattr(state, part) for part in CARRIED}
    if area == OWN or OWN in more.get("compared", ()):
        parts |= {"members": state.members, "name": state.name}
    return address(replace(choices.default, **parts, page=page, area=area, **more), choices)


def page_links(choices: Choices, state: ViewState) -> dict[str, str]:
    """Write the address of each page in the head by its key; lists are of the area in sight."""
    links = {}
    for key, page in choices.addresses.pages.items():
        listed = page.area in ("path", "query") and state.area != OWN
        if not page.of_municipality and choices.areas.get(state.area) == "municipality":
            listed = False
        links[key] = link(choices, state, key, state.area if listed else NATIONAL, rest=page.entry)
    return links


def modes(choices: Choices, state: ViewState) -> list[dict[str, Any]]:
    """List the ways to use the section of a page, of its area and moment; none when it has one."""
    addresses, links = choices.addresses, page_links(choices, state)
    section = addresses.section(state.page)
    return [
        {"key": key, "label": page.mode, "href": links[key], "here": key == state.page}
        for key, page in addresses.pages.items()
        if page.mode and addresses.section(key) == section
    ]


def breadcrumbs(
    choices: Choices,
    state: ViewState,
    area: Mapping[str, Any],
    name: str,
    kind: str = "",
    actions: Iterable[object] = (),
) -> dict[str, Any]:
    """Values of the breadcrumbs' template; `assets/js/core/breadcrumbs.js` updates it.

    Parameters
    ----------
    choices, state : what exists, and what the page shows
    area : `code`, `name`, `kind` and `parents` (`code`, `name`) of its area
    name, kind : what the last one says
    actions : links beside it (`callbacks.pages.page.Action`)
    """
    parents = [*area["parents"]]
    match choices.addresses.pages[state.page].area:
        case "path" | "query":
            parents.append({"code": area["code"], "name": area["name"]})
        case "none":
            parents = [{"code": NATIONAL, "name": "Nederland"}]
    linked = [{**parent, "href": link(choices, state, HOME, parent["code"])} for parent in parents]
    return {"name": name, "kind": kind, "parents": linked, "actions": [*actions]}
