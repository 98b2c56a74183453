"""Wildcard attributes of Dash components: `aria-…` and `data-…`."""

from typing import TypeVar

from dash.development.base_component import Component

C = TypeVar("C", bound=Component)


def marked(component: C, **attributes: str) -> C:
    """Set attributes of a component; `aria_label="Kaart"` becomes `aria-label="Kaart"`.

    Parameters
    ----------
    component : any Dash component that takes `aria-*` and `data-*`
    attributes : names with underscores for hyphens

    Returns
    -------
    The same component.
    """
    for name, text in attributes.items():
        setattr(component, name.replace("_", "-"), text)
    return component
