"""Server-side rendering of Dash components to plain HTML.

The page is readable before any script has run. Dash later renders the same components in its place, so
nothing moves.
"""

from collections.abc import Mapping
from typing import Final

import dash_mantine_components as dmc
from dash import dcc
from dash.development.base_component import Component
from markupsafe import Markup, escape

_NAMES: Final = {
    "className": "class",
    "htmlFor": "for",
    "tabIndex": "tabindex",
    "autoComplete": "autocomplete",
}
_SKIPPED: Final = {"children", "n_clicks", "disable_n_clicks", "key", "dangerously_allow_html"}
_VOID: Final = {
    "Area",
    "Base",
    "Br",
    "Col",
    "Embed",
    "Hr",
    "Img",
    "Link",
    "Meta",
    "Param",
    "Source",
    "Track",
    "Wbr",
}


def to_html(node: object, islands: Mapping[str, str] | None = None) -> Markup:
    """Render a tree of Dash components as HTML.

    Parameters
    ----------
    node : component, text, number, None, or a list of them
        `dash.html` is rendered tag by tag; tabs become boxes of the same size; stores and other
        invisible parts are left out.
    islands : safe HTML of each `data-island` slot, which the browser's own scripts control
    """
    match node:
        case None | bool():
            return Markup()
        case Markup():
            return node
        case str() | int() | float():
            return escape(str(node))
        case list() | tuple():
            return Markup("".join(to_html(child, islands) for child in node))  # noqa: S704  each is safe
        case dcc.Store():
            return Markup()
        case dmc.Tabs():
            return _tabs(node, islands)
        case dmc.TabsList() | dmc.TabsTab() | dmc.TabsPanel():
            return _box(node, to_html(node.children, islands))
        case Component() if type(node).__module__.startswith("dash.html"):
            return _element(node, islands or {})
        case Component():
            return to_html(getattr(node, "children", None), islands)
    message = f"cannot write {type(node).__name__} as HTML"
    raise TypeError(message)


def _element(node: Component, islands: Mapping[str, str]) -> Markup:
    tag, own = type(node).__name__.lower(), vars(node)
    properties = {name: own[name] for name in node._prop_names if name in own}
    properties |= {name: value for name, value in own.items() if name.startswith(("data-", "aria-"))}
    attributes = "".join(
        f" {_NAMES.get(name, name)}" if value is True else f' {_NAMES.get(name, name)}="{escape(_text(name, value))}"'
        for name, value in properties.items()
        if name not in _SKIPPED and value is not None and value is not False
    )
    if type(node).__name__ in _VOID:
        return Markup(f"<{tag}{attributes}>")  # noqa: S704  values are escaped, names are Dash's
    island = islands.get(properties.get("data-island", ""))
    # An island is the output of a template, which escapes.
    inner = to_html(own.get("children"), islands) if island is None else island
    return Markup(f"<{tag}{attributes}>{inner}</{tag}>")  # noqa: S704  idem


def _text(name: str, value: object) -> str:
    if name == "style" and isinstance(value, dict):
        return ";".join(f"{_kebab(key)}:{item}" for key, item in value.items())
    return str(value)


def _kebab(name: str) -> str:
    return name if name.startswith("--") else "".join(f"-{c.lower()}" if c.isupper() else c for c in name)


def _tabs(node: dmc.Tabs, islands: Mapping[str, str] | None) -> Markup:
    """Boxes of tabs and panels; a panel that is not chosen is hidden."""
    parts = [
        Markup("<div hidden>{}</div>").format(to_html(child, islands))
        if isinstance(child, dmc.TabsPanel) and child.value != node.value
        else to_html(child, islands)
        for child in node.children
    ]
    return _box(node, Markup().join(parts))


def _box(node: Component, inner: Markup) -> Markup:
    """Box in the place of a component, with its class."""
    return Markup('<div class="{}">{}</div>').format(getattr(node, "className", "") or "tab", inner)
