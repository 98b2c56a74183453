"""What is shown follows the store: swapped when it has something new, kept when it is away."""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import monotonic, sleep

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import LandInBeeld, create_app
from callbacks.live import RETAINED_VERSIONS, Live
from config import Settings
from data.periods import HalfYear
from data.schema import QUALITY_COLUMNS
from data.store import Draft, Publication
from tests.stores import new_store

PERIOD = HalfYear(2024, 1)
DAY = date(2024, 7, 1)


@pytest.fixture
def app(tmp_path: Path) -> LandInBeeld:
    """An application with a store of its own."""
    return create_app(Settings(database_url=new_store(tmp_path), follow_seconds=0.05))


@pytest.fixture
def live(app: LandInBeeld) -> Live:
    return app.live


@pytest.fixture
def visitor(app: LandInBeeld) -> FlaskClient:
    server: Flask = app.server
    return server.test_client()


@pytest.fixture
def publish(live: Live) -> Callable[[int], Publication]:
    """Publish the last moment with so many persons more realised in Amsterdam."""

    def load(more: int) -> Publication:
        figures = live.world.snapshot.figures
        rows = figures[figures["period"].eq(str(PERIOD)) & figures["reference_date"].eq(pd.Timestamp(DAY))]
        rows = rows.copy()
        rows.loc[rows["gm_code"] == "GM0363", "realised"] += more
        rows[list(QUALITY_COLUMNS)] = "published"
        draft = Draft(f"overzicht-{more}.csv", str(more).encode(), "coa", PERIOD, DAY, rows)
        return live.store.load(draft, "tester")

    return load


def amsterdam(live: Live) -> int:
    return int(live.world.snapshot.row(PERIOD, DAY, "GM0363")["realised"])


def test_what_is_published_is_shown(live: Live, publish: Callable[[int], Publication]) -> None:
    before, version = amsterdam(live), live.world.snapshot.version
    assert not live.refresh()
    publish(5)
    assert amsterdam(live) == before
    assert live.refresh()
    assert amsterdam(live) == before + 5
    assert live.world.snapshot.version != version
    assert not live.refresh()


def test_a_real_publication_hides_the_example_of_its_half_year(
    live: Live, publish: Callable[[int], Publication]
) -> None:
    publication = publish(1)
    live.refresh()
    snapshot = live.world.snapshot
    assert snapshot.reference_dates(PERIOD) == (DAY,)
    assert str(PERIOD) not in snapshot.example_periods
    assert snapshot.example_name == "Oefencijfers in 2019-I tot en met 2023-II"
    live.store.withdraw(publication.id, "tester", "verkeerde maand")
    live.refresh()
    assert live.world.snapshot.reference_dates(PERIOD) == PERIOD.reference_dates
    assert str(PERIOD) in live.world.snapshot.example_periods


def test_a_page_opened_before_keeps_its_figures(
    live: Live, visitor: FlaskClient, publish: Callable[[int], Publication]
) -> None:
    urls = [live.shown.urls["figures"], f"{live.shown.urls['areas']}PV27.json"]
    before = [visitor.get(url).data for url in urls]
    for more in range(1, RETAINED_VERSIONS + 1):
        publish(more)
        live.refresh()
        assert live.shown.urls["figures"] not in urls
        assert [visitor.get(url).data for url in urls] == before
    publish(RETAINED_VERSIONS + 1)
    live.refresh()
    assert [visitor.get(url).status_code for url in urls] == [404, 404]
    assert visitor.get(live.shown.urls["figures"]).status_code == 200


def test_pages_and_downloads_follow(live: Live, visitor: FlaskClient, publish: Callable[[int], Publication]) -> None:
    url = "/gemeente/GM0363?periode=2024-I"
    first, version = visitor.get(url).text, visitor.get("/versie.json").json
    publish(7)
    assert visitor.get("/versie.json").json == version
    live.refresh()
    assert visitor.get("/versie.json").json["version"] == live.world.snapshot.version
    assert visitor.get("/healthz").json["data_version"] == live.world.snapshot.version
    second = visitor.get(url).text
    assert live.shown.urls["figures"] in second
    assert live.shown.urls["figures"] not in first
    rows = visitor.get("/download/cijfers.csv?periode=2024-I&gebied=GM0363").get_data(as_text=True)
    assert "COA (publicatie 2)" in rows
    layout = visitor.get("/_dash-layout").get_data(as_text=True)
    assert live.world.snapshot.version[:8] in layout


def test_a_real_moment_is_not_marked_as_an_example(
    live: Live, visitor: FlaskClient, publish: Callable[[int], Publication]
) -> None:
    publish(2)
    live.refresh()
    assert '<body data-page="area" data-real>' in visitor.get("/?periode=2024-I").text
    assert '<body data-page="area">' in visitor.get("/?periode=2023-II").text
    assert "Oefencijfers in 2019-I tot en met 2023-II" in visitor.get("/").text


def test_an_address_of_a_process_that_was_quicker_is_found(
    app: LandInBeeld, visitor: FlaskClient, publish: Callable[[int], Publication]
) -> None:
    quicker = create_app(app.live.settings)
    publish(3)
    quicker.live.refresh()
    assert visitor.get(quicker.live.shown.urls["figures"]).status_code == 200
    assert app.live.world.snapshot.version == quicker.live.world.snapshot.version


def test_it_follows_by_itself(live: Live, publish: Callable[[int], Publication]) -> None:
    stop = live.poll()
    try:
        version = live.shown.version
        publish(4)
        until = monotonic() + 30
        while live.shown.version == version and monotonic() < until:
            sleep(0.02)
        assert live.shown.version != version
    finally:
        stop.set()


def test_without_the_store_the_last_figures_stay_and_the_page_says_so(
    live: Live, visitor: FlaskClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = live.world.snapshot.version
    live.store.dispose()
    away = tmp_path / "weg"
    away.mkdir()
    for file in tmp_path.glob("store.sqlite*"):
        file.rename(away / file.name)
    (tmp_path / "store.sqlite").mkdir()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert not live.refresh()
    assert len(caplog.records) == 1, "it is said once"
    assert live.world.snapshot.version == before
    page = visitor.get("/")
    assert page.status_code == 200
    assert "niet bereikbaar" in page.text
    assert "niet bereikbaar" in visitor.get("/versie.json").json["remark"]

    (tmp_path / "store.sqlite").rmdir()
    for file in away.iterdir():
        file.rename(tmp_path / file.name)
    live.refresh()
    assert live.remark is None
    assert "niet bereikbaar" not in visitor.get("/").text


def test_figures_that_cannot_be_shown_leave_the_last_ones(
    live: Live, publish: Callable[[int], Publication], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = live.shown
    tried = []

    def refuse(*_: object) -> object:
        tried.append(1)
        raise ValueError("cijfers, rij 3: geen gemeente")

    monkeypatch.setattr("callbacks.live.stored_tables", refuse)
    publish(1)
    assert not live.refresh()
    assert not live.refresh()
    assert live.shown is before
    assert len(tried) == 1, "it is tried once a version"
