"""A page as a value: its address, scripts and styles, content, and own routes."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, ClassVar

from dash import Dash
from werkzeug.datastructures import MultiDict

from callbacks.auth.identity import Identity
from callbacks.auth.routes import current_identity
from callbacks.live import Live, Shown
from callbacks.state.paths import Routed
from callbacks.state.view_state import ViewState
from callbacks.state.world import World


@dataclass(frozen=True)
class Request:
    """What was asked for, read once.

    Parameters
    ----------
    live, shown : the application, and the version of the figures to answer with
    state, remarks : the part of the address that all pages share, and what was wrong with it
    area : code of an area as it stands in the path, whether it exists or not
    query : parameters of the address
    """

    live: Live
    shown: Shown
    state: ViewState
    remarks: tuple[str, ...] = ()
    area: str = ""
    query: MultiDict[str, str] = field(default_factory=MultiDict)

    @property
    def world(self) -> World:
        """Ground and figures."""
        return self.shown.world

    @property
    def identity(self) -> Identity:
        """Who looks; only pages that are `private` may depend on it."""
        return current_identity(self.live.settings)


@dataclass(frozen=True)
class Action:
    """A link beside the name of a page: something to do with what it shows.

    Parameters
    ----------
    label, href : its text and address
    compare : code of an area to compare, where scripts keep the address up to date
    """

    label: str
    href: str
    compare: str = ""


@dataclass(frozen=True)
class Content:
    """What a page shows.

    Parameters
    ----------
    html : the content below the head, escaped
    remarks : messages above it
    state : the state that is shown, when the page corrects that of the request
    title : of the document, before the name of the site; the label of the page when None
    name, kind : what the last breadcrumb says; the label of the page by default
    actions : links beside it
    islands : values of the templates around the map, by name; a page without a map has none
    without_scripts : sentence for a browser that runs no scripts, before the link to the figures
    status : of the answer
    """

    html: str
    remarks: tuple[str, ...] = ()
    state: ViewState | None = None
    title: str | None = None
    name: str = ""
    kind: str = ""
    actions: tuple[Action, ...] = ()
    islands: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    without_scripts: str = ""
    status: int = HTTPStatus.OK


class Page(Routed, ABC):
    """One page of the site; everything that differs from page to page stands here."""

    label: ClassVar[str]
    """Name in the head, in Dutch."""
    script: ClassVar[str]
    """Module that starts the page, below `assets/js`."""
    style: ClassVar[str | None] = None
    """Style sheet of this page alone, below `assets/css`."""

    @abstractmethod
    def content(self, request: Request) -> Content:
        """Answer a request."""

    def register(self, app: Dash, live: Live) -> None:
        """Register the forms, parts, downloads and Dash callbacks of the page."""
