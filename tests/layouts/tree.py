"""Helpers for trees of Dash components."""

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component


def walk(node: object) -> Iterator[Component]:
    """Components of a tree, in page order."""
    if isinstance(node, Component):
        yield node
        node = getattr(node, "children", None)
    if isinstance(node, list | tuple):
        for child in node:
            yield from walk(child)
    elif isinstance(node, Component):
        yield from walk(node)


def text(node: object) -> str:
    """Text of a tree, in page order."""
    if node is None:
        return ""
    if isinstance(node, Component):
        return text(getattr(node, "children", None))
    if isinstance(node, list | tuple):
        return "".join(map(text, node))
    return str(node)


def find(node: object, kind: type[Component]) -> list[Any]:
    """Components of a type; Any, since type checkers cannot see their properties."""
    return [part for part in walk(node) if isinstance(part, kind)]
