"""Where a page stands: what it shows, what that lies in, and what one may do with it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from callbacks.state.paths import READY, Page
from callbacks.state.view_state import NATIONAL, Choices, ViewState, address
from data.areas import OWN
from layouts import labels

#: The parts of a state that travel to another page.
CARRIED: Final = ("period", "reference_date", "measure")


def link(choices: Choices, state: ViewState, page: Page, area: str = NATIONAL, **more: Any) -> str:
    """Write the address of another page, at the same moment and in the same measure.

    Parameters
    ----------
    choices, state : what exists, and where one is
    page, area : where one goes
    more : other parts of the state there
    """
    parts: dict[str, Any] = {part: getattr(state, part) for part in CARRIED}
    if area == OWN or OWN in more.get("compared", ()):
        parts |= {"members": state.members, "name": state.name}
    return address(replace(choices.default, **parts, page=page, area=area, **more), choices)


def pages(choices: Choices, state: ViewState) -> dict[str, str]:
    """Write the address of each page in the head; lists of municipalities are of the area in sight."""
    area = state.area if state.area != OWN else NATIONAL
    # Whom to visit is not asked of one municipality.
    around = NATIONAL if choices.areas[area] == "municipality" else area
    return {
        "area": link(choices, state, "area"),
        "compare": link(choices, state, "compare", ready="provincies"),
        "collaborations": link(choices, state, "collaborations"),
        "supervision": link(choices, state, "supervision", area),
        "visits": link(choices, state, "visits", around),
        "practices": link(choices, state, "practices"),
        "publications": link(choices, state, "publications"),
    }


def trail(choices: Choices, state: ViewState, of_area: Mapping[str, Any]) -> dict[str, Any]:
    """Tell where the page of a state stands; `assets/js/core/breadcrumbs.js` does so when the area changes.

    Parameters
    ----------
    choices, state : what exists, and what the page shows
    of_area : `code`, `name`, `kind` and `parents` (`code`, `name`) of its area

    Returns
    -------
    `name` and `kind` of what is shown, its `parents` (name, code, href), and `acts` (`code` of an
    area to compare or `ready` comparison, label, href).
    """
    above = [*of_area["parents"]]
    here = {"code": of_area["code"], "name": of_area["name"]}
    acts: list[dict[str, str]] = []
    if state.page == "area":
        name, kind = here["name"], "" if here["code"] == NATIONAL else labels.KIND[of_area["kind"]]
        acts = _acts(choices, state, here["code"])
    elif state.page in ("supervision", "visits"):
        above, name, kind = [*above, here], labels.PAGES[state.page], ""
    else:
        above, name, kind = [{"code": NATIONAL, "name": "Nederland"}], labels.PAGES[state.page], ""
        if state.page == "compare" and state.ready:
            kind = labels.KINDS[READY[state.ready]]
    parents = [{**parent, "href": link(choices, state, "area", parent["code"])} for parent in above]
    return {"name": name, "kind": kind, "parents": parents, "acts": acts}


def _acts(choices: Choices, state: ViewState, code: str) -> list[dict[str, str]]:
    if code == NATIONAL:
        return [
            {"ready": ready, "code": "", "label": label, "href": link(choices, state, "compare", ready=ready)}
            for ready, label in labels.READY_ACTS.items()
        ]
    href = link(choices, state, "compare", compared=(code,))
    compare = {"ready": "", "code": code, "label": labels.COMPARE_ACT, "href": href}
    if choices.areas.get(code) != "municipality":
        return [compare]
    return [compare, {"ready": "", "code": "", "label": labels.VISIT_ACT, "href": "#learn"}]
