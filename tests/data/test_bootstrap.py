"""A store to start with: made where it may be, with the example of this version in it, once."""

import gzip
import io
import os
import subprocess
import sys

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import text

from data import bootstrap
from data.example import example_figures
from data.schema import FIGURES_COLUMNS
from data.store import EXAMPLE, SchemaAhead, SchemaBehind, Store, StoreError
from data.store.tables import REVISION
from tests.data.store.drafts import draft
from tests.paths import ROOT

pytest_plugins = ["tests.data.store.engines"]


def test_a_new_store_has_the_example_and_is_opened_again_as_it_is(store_url: str) -> None:
    store = bootstrap.open_store(store_url)
    (published,) = store.publications()
    assert published.shown
    assert published.is_example
    assert published.municipalities == 342
    figures = example_figures()
    assert_frame_equal(store.shown_data().figures, figures)
    assert store.example_periods() == set(figures["period"])
    _, content = store.file(published.id)
    read = pd.read_csv(io.BytesIO(gzip.decompress(content)))
    assert tuple(read.columns) == FIGURES_COLUMNS
    assert len(read) == len(figures)
    before = store.version(), store.log()
    store.dispose()
    again = bootstrap.open_store(store_url)
    assert (again.version(), again.log()) == before
    again.dispose()


def test_a_newer_example_comes_instead_of_the_older(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap.seed(store)
    (old,) = store.publications()
    monkeypatch.setattr(bootstrap, "version", lambda: "anders")
    bootstrap.seed(store)
    bootstrap.seed(store)
    new, old = store.publications()
    assert (new.state, new.shown, old.state) == ("published", True, "withdrawn")
    assert new.file_name == "voorbeeldcijfers-anders.csv.gz"
    assert_frame_equal(store.figures(new.id), store.figures(old.id))
    # Back to the older program: its example was withdrawn for a newer one, which stays.
    monkeypatch.undo()
    bootstrap.seed(store)
    assert len(store.publications()) == 2


def test_who_withdraws_the_example_does_not_get_it_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap.seed(store)
    (published,) = store.publications()
    store.load(draft(), "Anna")
    store.withdraw(published.id, "Anna", "wij tonen alleen echte cijfers")
    bootstrap.seed(store)
    monkeypatch.setattr(bootstrap, "version", lambda: "anders")
    bootstrap.seed(store)
    assert store.example_periods() == frozenset()
    assert len(store.publications(source=EXAMPLE)) == 1


def test_two_processes_that_start_at_once_seed_once(store_url: str) -> None:
    # A busy machine may take longer than the patience of one who waits for the other.
    program = (
        "import sys; from data.bootstrap import open_store; from data.store import engine, migrate;"
        "engine.PATIENCE = migrate.PATIENCE = 60; open_store(sys.argv[1]).dispose()"
    )
    starts = [
        subprocess.Popen([sys.executable, "-c", program, store_url], cwd=ROOT, env=os.environ.copy()) for _ in range(2)
    ]
    assert [start.wait() for start in starts] == [0, 0]
    store = Store(store_url)
    assert len(store.publications()) == 1
    assert [entry.what for entry in store.log()] == ["published", "saved"]
    store.dispose()


def test_a_store_on_a_server_is_made_only_where_nothing_is(postgresql_url: str) -> None:
    store = Store(postgresql_url)
    with store.connections.engine.begin() as connection:
        connection.execute(text("CREATE TABLE anders (id integer)"))
    with pytest.raises(SchemaBehind, match="python -m data migrate"):
        bootstrap.open_store(postgresql_url)
    store.migrate()
    assert bootstrap.open_store(postgresql_url).revision == REVISION
    store.dispose()


def test_a_store_of_a_newer_program_is_left_alone(store_url: str) -> None:
    store = bootstrap.open_store(store_url)
    with store.connections.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for open_it in (store.migrate, lambda: bootstrap.open_store(store_url)):
        with pytest.raises(SchemaAhead, match="Werk het programma bij"):
            open_it()
    store.dispose()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("niets", "geen adres"),
        ("mysql://host/db", "mysql"),
        ("sqlite://", "in het geheugen"),
        ("sqlite:///:memory:", "in het geheugen"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, told: str) -> None:
    with pytest.raises(StoreError, match=told):
        bootstrap.open_store(url)
