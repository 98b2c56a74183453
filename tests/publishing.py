"""What tests of publishing share: overviews as a source would make them, a store of their own, a person."""

import csv
import io
import re
from collections import deque
from collections.abc import Mapping
from copy import copy
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
from dash import Dash
from flask import Flask, Response, request
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from callbacks.live import Live
from callbacks.pages.page import Request
from callbacks.pages.publications.page import PublicationsPage
from callbacks.pages.registry import PAGES
from callbacks.pages.visits.page import VisitsPage
from callbacks.state.paths import Addresses
from callbacks.state.view_state import parse
from callbacks.web.immutable import Immutable
from config import Settings
from data.bootstrap import open_store
from data.example import example_figures
from geo.bundle import load_bundle
from tests.stores import new_store, seeded

HERE = {"Origin": "http://localhost"}
HEADINGS = (
    "Gemeente",
    "Taakstelling",
    "Voorsprong of achterstand",
    "Gecorrigeerde taakstelling",
    "Gerealiseerd",
)
_CSRF = r'name="csrf" value="([^"]+)"'
FIGURES = ("net_target", "opening_balance", "corrected_target", "realised")


@cache
def _names() -> dict[str, str]:
    return dict(load_bundle().register[["gm_code", "name"]].itertuples(index=False))


@cache
def _figures() -> pd.DataFrame:
    return example_figures()


def overview(
    period: str = "2024-I",
    day: str = "2024-05-01",
    *,
    realised: Mapping[str, int] | None = None,
    names: Mapping[str, str] | None = None,
    title: str | None = None,
    headings: tuple[str, ...] = HEADINGS,
) -> bytes:
    """Write an overview of all municipalities as CSV, with the example's figures of a moment.

    Parameters
    ----------
    realised : persons to add to what is realised, by code
    names : what is printed instead of a name, by code
    title : above the table; tells the moment when None
    """
    rows = _figures()[lambda all_: (all_["period"] == period) & (all_["reference_date"] == day)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    told = f"Overzicht taakstelling per gemeente, stand per {day}, halfjaar {period}"
    writer.writerow([told if title is None else title])
    writer.writerow(headings)
    for row in rows.itertuples(index=False):
        code = str(row.gm_code)
        cells: list[Any] = [getattr(row, name) for name in FIGURES]
        cells[3] += (realised or {}).get(code, 0)
        writer.writerow([(names or {}).get(code, _names()[code]), *cells])
    return out.getvalue().encode("utf-8")


@cache
def _live() -> Live:
    settings = Settings(database_url=f"sqlite:///{seeded()}")
    return Live(settings, load_bundle(settings.year), open_store(settings.database_url), Immutable(), Addresses(PAGES))


def live_of(folder: Path, **more: Any) -> Live:
    """Make what is shown, on a store of its own; the figures at the start are reckoned once for all."""
    settings = Settings(database_url=new_store(folder), secret_key=SecretStr("een sleutel voor de proef"), **more)
    live = copy(_live())
    live.settings, live.store = settings, open_store(settings.database_url)
    live._lock, live._past, live.immutable = Lock(), deque(), Immutable()
    return live


def server_of(live: Live) -> Flask:
    """Make a server that has the pages of visits and of publications and nothing else."""
    server = Flask("besloten", static_folder=None)
    pages = {page.key: page for page in (VisitsPage(), PublicationsPage())}
    for page in pages.values():
        page.register(cast("Dash", SimpleNamespace(server=server)), live)
    live.immutable.serve(server)

    @server.get("/<path:path>")
    def answer(path: str) -> Response:
        state, remarks = parse(request.args, live.world.choices, f"/{path}")
        asked = Request(live, live.shown, state, tuple(remarks), query=cast("MultiDict[str, str]", request.args))
        content = pages[state.page].content(asked)
        told = "".join(f"<li>{remark}</li>" for remark in content.remarks)
        return Response(f"<ul id=remarks>{told}</ul>{content.html}", mimetype="text/html")

    return server


class Person:
    """Someone with a browser, who sends the forms that a page shows them."""

    def __init__(self, server: Flask, **environ: str) -> None:
        self.client: FlaskClient = server.test_client()
        self.environ = environ

    def sees(self, path: str = "/cijfers", **headers: str) -> str:
        """HTML of a page."""
        answer = self.client.get(path, environ_overrides=self.environ, headers=headers)
        assert answer.status_code == 200, answer.status
        return answer.get_data(as_text=True)

    def token(self, path: str = "/cijfers") -> str:
        """Token in the forms of a page, or of the list; empty when there are none."""
        for where in (path, "/cijfers"):
            if found := re.search(_CSRF, self.sees(where)):
                return found[1]
        return ""

    def posts(self, path: str, form: Mapping[str, Any], headers: Mapping[str, str] = HERE) -> TestResponse:
        """Send a form as it is."""
        return self.client.post(
            path, data=dict(form), headers=dict(headers), environ_overrides=self.environ,
            content_type="multipart/form-data",
        )  # fmt: skip

    def does(self, path: str, act: str = "", **form: Any) -> str:
        """Send a form of a page as it stands there, and return the remarks on the page one is led to."""
        html = self.sees(path)
        seen = re.search(r'name="gezien" value="([^"]+)"', html)
        token = re.search(_CSRF, html)
        sent = {
            "csrf": token[1] if token else self.token(),
            "gezien": seen[1] if seen else "",
            **form,
        }
        answer = self.posts(f"{path}{act}", sent)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        self.at = answer.headers["Location"]
        html = self.sees(self.at)
        refusals = re.findall(r'class="publications-refusal" role="alert">(.*?)</div>', html, re.DOTALL)
        return " ".join([*re.findall(r"<ul id=remarks>(.*?)</ul>", html, re.DOTALL), *refusals])

    def offers(self, content: bytes, name: str = "overzicht.csv", source: str = "COA") -> str:
        """Offer a file; the address of the page one is led to."""
        self.told = self.does("/cijfers", bestand=(io.BytesIO(content), name), bron=source)
        return self.at

    def publishes(self, content: bytes, **form: str) -> str:
        """Offer a file and publish it; the address of its page."""
        path = self.offers(content)
        self.told = self.does(path, "/publiceren", **{"bron": "COA", "akkoord": "1", **form})
        assert "Gepubliceerd" in self.told, self.told
        return path


def number_of(path: str) -> int:
    """Number of the publication at an address."""
    return int(path.rpartition("/")[2])


DAY = date(2024, 5, 1)
