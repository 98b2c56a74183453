"""Backup of a store in use, and atomic restore into either engine."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import exc, text

from data.periods import HalfYear
from data.schema import INHABITANTS_COLUMNS
from data.store import ListDraft, SchemaBehind, Store, StoreError
from data.store import backup as copies
from data.store.store import NotEmpty
from tests.data.store.drafts import draft, example_draft

pytest_plugins = ["tests.data.store.engines"]

DAY = date(2024, 3, 1)


def filled(store: Store) -> Store:
    """Return a store with a row in every table."""
    store.load(example_draft("2023-II"), "start")
    first = store.load(draft(realised=(1, None, 3), content=bytes(range(256)), note="é ☂"), "Anna")
    store.load(draft(realised=(4, 5, 6)), "Bas")
    store.withdraw(first.id, "Anna", "fout")
    store.discard(store.save_draft(draft("2024-05-01"), "Anna"), "Anna")
    store.save_draft(draft("2024-04-01"), "Anna")
    store.remember("abc", {"sign": "ahead"}, "Anna")
    store.visit_lists.save(ListDraft("Najaar", "GM0001@2024-09-12", HalfYear(2024, 1), DAY, "orde=share"), "Anna")
    thrown = store.visit_lists.save(ListDraft("Fout", ""), "Bas")
    store.visit_lists.remove(thrown.id, thrown.version, "Bas")
    rows = [("GM0001", 2025, 100, "published")]
    store.add_inhabitants(pd.DataFrame(rows, columns=list(INHABITANTS_COLUMNS)), "Anna")
    return store


def same(one: Store, other: Store) -> None:
    """Assert that two stores have the same content, apart from the log entry of the restore."""
    assert one.publications() == other.publications()
    assert_frame_equal(one.shown_data().figures, other.shown_data().figures)
    assert_frame_equal(one.inhabitants(), other.inhabitants())
    assert one.mapping("abc") == other.mapping("abc")
    assert one.visit_lists.all() == other.visit_lists.all()
    for publication in one.publications():
        assert one.file(publication.id) == other.file(publication.id)
        assert one.report(publication.id) == other.report(publication.id)
        assert_frame_equal(one.figures(publication.id), other.figures(publication.id))
        assert_frame_equal(one.totals(publication.id), other.totals(publication.id))
    logs = [[line for line in store.log() if line.what != "restored"] for store in (one, other)]
    assert logs[0] == logs[1]


def test_a_backup_is_restored_into_either_engine(store: Store, other_url: str, tmp_path: Path) -> None:
    filled(store)
    path = tmp_path / "map die er niet is" / "kopie #1?.db"
    assert store.backup(path) == 4
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    other = Store(other_url)
    assert other.restore(path, "Cas") == 4
    same(store, other)
    assert (other.log()[0].who, other.log()[0].what) == ("Cas", "restored")
    assert other.version() > store.version()
    # Published rows are immutable there too, and ids continue.
    with pytest.raises(exc.DBAPIError), other.connections.engine.begin() as connection:
        connection.execute(text("UPDATE figures SET realised = 99"))
    with pytest.raises(exc.DBAPIError), other.connections.engine.begin() as connection:
        connection.execute(text("DELETE FROM log"))
    assert other.save_draft(draft("2024-06-01"), "Cas") == store.save_draft(draft("2024-06-01"), "Cas")
    other.dispose()


def test_a_backup_is_consistent_while_the_store_is_used(store: Store, tmp_path: Path) -> None:
    filled(store)
    store.backup(tmp_path / "kopie.db")
    before = store.publications()
    later = store.load(draft("2024-06-01"), "Anna")
    assert store.restore(tmp_path / "kopie.db", "Anna", replace=True) == len(before)
    assert store.publications() == before
    # An id that the earlier log may mention is not reused.
    assert store.save_draft(draft("2024-06-01"), "Anna") == later.id + 1


def test_a_restore_changes_the_version(store: Store, tmp_path: Path) -> None:
    filled(store).backup(tmp_path / "kopie.db")
    store.load(draft("2024-06-01"), "Anna")
    before = store.version()
    store.restore(tmp_path / "kopie.db", "Anna", replace=True)
    assert store.version() > before


def test_a_store_with_content_is_not_replaced_unasked(store: Store, tmp_path: Path) -> None:
    filled(store).backup(tmp_path / "kopie.db")
    before = store.version(), store.log(), store.publications()
    with pytest.raises(NotEmpty, match=r"\(4 publicaties en concepten\).*--replace"):
        store.restore(tmp_path / "kopie.db", "Anna")
    assert (store.version(), store.log(), store.publications()) == before


def test_a_store_with_only_an_example_is_replaced(store: Store, tmp_path: Path) -> None:
    other = Store(f"sqlite:///{tmp_path / 'ander.db'}")
    other.migrate()
    filled(other).backup(tmp_path / "kopie.db")
    store.load(example_draft("2019-I"), "start")
    store.restore(tmp_path / "kopie.db", "Anna")
    same(store, other)


def test_a_store_with_only_a_visit_list_is_not_replaced_unasked(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "kopie.db"
    store.backup(path)
    store.visit_lists.save(ListDraft("Najaar", "GM0001"), "Anna")
    with pytest.raises(NotEmpty):
        store.restore(path, "Cas")
    assert [one.name for one in store.visit_lists.all()] == ["Najaar"]


def test_a_failed_restore_changes_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(store).backup(tmp_path / "kopie.db")
    later = store.load(draft("2024-06-01"), "Anna")

    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(copies, "write_log", fails)
    with pytest.raises(RuntimeError):
        store.restore(tmp_path / "kopie.db", "Anna", replace=True)
    assert store.publication(later.id).shown
    with pytest.raises(exc.DBAPIError), store.connections.engine.begin() as connection:
        connection.execute(text("DELETE FROM figures"))


def test_a_backup_overwrites_no_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "kopie.db"
    path.write_bytes(b"van een ander")
    with pytest.raises(StoreError, match="bestaat al"):
        filled(store).backup(path)
    assert path.read_bytes() == b"van een ander"


def test_a_failed_backup_leaves_no_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "bestand").touch()
    with pytest.raises(StoreError, match="niet te schrijven"):
        store.backup(tmp_path / "bestand" / "kopie.db")


def test_a_store_without_tables_cannot_be_backed_up(store_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="python -m data migrate"):
        Store(store_url).backup(tmp_path / "kopie.db")
    assert not [found for found in tmp_path.iterdir() if "kopie" in found.name]


def test_a_file_that_is_no_backup_is_refused(store: Store, tmp_path: Path) -> None:
    filled(store)
    text_file, empty, strange = (tmp_path / name for name in ("tekst.db", "leeg.db", "vreemd.db"))
    text_file.write_text("geen database")
    empty.touch()
    with closing(sqlite3.connect(strange)) as connection:
        connection.execute("CREATE TABLE anders (id)")
    for path in (text_file, empty, strange):
        with pytest.raises(StoreError, match="is geen reservekopie"):
            store.restore(path, "Anna", replace=True)
    with pytest.raises(StoreError, match="niet te lezen"):
        store.restore(tmp_path / "nergens.db", "Anna", replace=True)
    assert len(store.publications()) == 4


def test_a_damaged_backup_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "kopie.db"
    filled(store).backup(path)
    altered, broken = tmp_path / "veranderd.db", tmp_path / "stuk.db"
    shutil.copyfile(path, altered)
    with closing(sqlite3.connect(altered, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER originals_update")
        connection.execute("UPDATE originals SET content = x'00' WHERE publication_id = 2")
    content = path.read_bytes()
    broken.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    with pytest.raises(StoreError, match="beschadigd: het bestand van publicatie 2"):
        store.restore(altered, "Anna", replace=True)
    with pytest.raises(StoreError, match="beschadigd"):
        store.restore(broken, "Anna", replace=True)
    assert len(store.publications()) == 4


def test_backing_up_an_outdated_store_is_refused(store: Store, tmp_path: Path) -> None:
    filled(store)
    with store.connections.engine.begin() as connection:
        connection.execute(text("DROP TABLE mappings"))
    with pytest.raises(SchemaBehind):
        store.backup(tmp_path / "kopie.db")
    assert not [found for found in tmp_path.iterdir() if "kopie" in found.name]
