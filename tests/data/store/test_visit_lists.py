"""Saved visit lists with optimistic locking, in both engines."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from alembic import command
from alembic.config import Config

from data.periods import HalfYear
from data.store import LONGEST_NAME, ListChanged, ListDraft, SchemaBehind, Store, UnknownList, Unreachable
from data.store.migrate import FOLDER, migrate_if_safe
from data.store.tables import REVISION
from data.store.visit_lists import BadList
from tests.data.store.drafts import draft
from tests.data.store.engines import allow_connections, refuse_connections

pytest_plugins = ["tests.data.store.engines"]

AUTUMN = ListDraft("Najaar ’24", "GM0363@2024-09-12,GM0599", HalfYear(2024, 1), date(2024, 7, 1), "orde=share")


def test_a_saved_list_round_trips(store: Store) -> None:
    before = datetime.now(UTC)
    saved = store.visit_lists.save(AUTUMN, "Anna")
    assert (saved.name, saved.visits, saved.asked) == (AUTUMN.name, AUTUMN.visits, AUTUMN.asked)
    assert (saved.period, saved.reference_date) == (HalfYear(2024, 1), date(2024, 7, 1))
    assert (saved.made_by, saved.changed_by, saved.version) == ("Anna", "Anna", 1)
    assert before <= saved.made_at <= datetime.now(UTC)
    assert store.visit_lists.find(saved.id) == saved
    empty = store.visit_lists.save(ListDraft("Leeg", ""), "Bas")
    assert (empty.period, empty.reference_date, empty.visits) == (None, None, "")
    assert store.visit_lists.all() == [empty, saved]


def test_the_most_recently_changed_list_is_first(store: Store) -> None:
    one, other = (store.visit_lists.save(ListDraft(name, ""), "Anna") for name in ("een", "twee"))
    changed = store.visit_lists.update(one.id, one.version, ListDraft("een!", "GM0014"), "Bas")
    assert (changed.version, changed.made_by, changed.changed_by) == (2, "Anna", "Bas")
    assert changed.made_at == one.made_at < changed.changed_at
    assert store.visit_lists.all() == [changed, other]


def test_a_stale_version_is_refused(store: Store) -> None:
    saved = store.visit_lists.save(AUTUMN, "Anna")
    first = store.visit_lists.update(saved.id, saved.version, ListDraft("Van Bas", "GM0014"), "Bas")
    for act in (
        lambda: store.visit_lists.update(saved.id, saved.version, ListDraft("Van Cas", ""), "Cas"),
        lambda: store.visit_lists.remove(saved.id, saved.version, "Cas"),
    ):
        with pytest.raises(ListChanged, match="Bas de lijst “Van Bas” gewijzigd") as caught:
            act()
        assert caught.value.current == first
    assert store.visit_lists.all() == [first]


def test_of_many_concurrent_updates_one_succeeds(store: Store) -> None:
    saved = store.visit_lists.save(AUTUMN, "Anna")
    ended: list[str] = []

    def change(who: str) -> None:
        try:
            store.visit_lists.update(saved.id, saved.version, ListDraft(who, who), who)
            ended.append(who)
        except ListChanged:
            ended.append("")

    threads = [Thread(target=change, args=(f"P{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = filter(None, ended)
    assert len(ended) == 6
    current = store.visit_lists.find(saved.id)
    assert (current.name, current.visits, current.changed_by, current.version) == (winner, winner, winner, 2)


def test_a_removed_lists_id_is_not_reused(store: Store) -> None:
    saved = store.visit_lists.save(AUTUMN, "Anna")
    assert store.visit_lists.remove(saved.id, saved.version, "Bas") == saved
    assert store.visit_lists.all() == []
    for act in (
        lambda: store.visit_lists.find(saved.id),
        lambda: store.visit_lists.update(saved.id, 2, AUTUMN, "Anna"),
        lambda: store.visit_lists.remove(saved.id, 2, "Anna"),
        lambda: store.visit_lists.find(99),
    ):
        with pytest.raises(UnknownList, match="is er niet"):
            act()
    assert store.visit_lists.save(AUTUMN, "Anna").id > saved.id


def test_a_removed_list_is_put_back_as_it_was_by_anyone(store: Store) -> None:
    other = store.visit_lists.save(ListDraft("Blijft", "GM0014"), "Anna")
    saved = store.visit_lists.save(AUTUMN, "Anna")
    assert store.visit_lists.all_and_removed()[1] == []
    store.visit_lists.remove(saved.id, saved.version, "Bas")
    _, (gone,) = store.visit_lists.all_and_removed()
    assert (gone.id, gone.name, gone.visits, gone.changed_by) == (saved.id, saved.name, saved.visits, "Bas")
    back = store.visit_lists.restore(saved.id, "Cas")
    content = ("name", "visits", "asked", "period", "reference_date", "made_at", "made_by")
    assert [getattr(back, name) for name in content] == [getattr(saved, name) for name in content]
    assert (back.version, back.changed_by) == (3, "Cas")
    assert store.visit_lists.all() == [back, other]
    assert store.visit_lists.all_and_removed()[1] == []
    # A second click changes nothing, and what was opened before is not overwritten.
    assert store.visit_lists.restore(saved.id, "Dirk") == back
    with pytest.raises(ListChanged):
        store.visit_lists.update(saved.id, saved.version, ListDraft("Oud", ""), "Anna")
    assert [entry.what for entry in store.log()][:2] == ["list_restored", "list_removed"]
    with pytest.raises(UnknownList):
        store.visit_lists.restore(99, "Cas")


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "Geef de lijst een naam"), (" \t\x00 ", "Geef de lijst een naam"), ("x" * 81, "hooguit 80 tekens")],
)
def test_an_invalid_name_is_refused(name: str, message: str, store: Store) -> None:
    saved = store.visit_lists.save(AUTUMN, "Anna")
    for act in (
        lambda: store.visit_lists.save(ListDraft(name, ""), "Anna"),
        lambda: store.visit_lists.update(saved.id, 1, ListDraft(name, ""), "Anna"),
    ):
        with pytest.raises(BadList, match=message):
            act()
    assert store.visit_lists.all() == [saved]


@pytest.mark.parametrize("name", ["x" * LONGEST_NAME, "☂" * LONGEST_NAME, "=1+1", "<b>'; DROP TABLE log; --", "é"])
def test_any_other_name_is_accepted(name: str, store: Store) -> None:
    assert store.visit_lists.save(ListDraft(f"  {name} ", ""), "Anna").name == name
    # Names need not be unique.
    store.visit_lists.save(ListDraft(name, ""), "Bas")
    assert [one.name for one in store.visit_lists.all()] == [name, name]


def test_lists_are_logged_without_changing_the_version(store: Store) -> None:
    version = store.version()
    saved = store.visit_lists.save(AUTUMN, "Anna")
    store.visit_lists.update(saved.id, 1, ListDraft("Winter", ""), "Bas")
    store.visit_lists.remove(saved.id, 2, "Cas")
    entries = [(entry.who, entry.what, entry.publication, entry.detail) for entry in reversed(store.log())]
    assert entries == [
        ("Anna", "list_kept", None, "1: Najaar ’24"),
        ("Bas", "list_changed", None, "1: Winter"),
        ("Cas", "list_removed", None, "1: Winter"),
    ]
    assert store.version() == version


def at_revision(url: str, revision: str) -> Store:
    """Create a store with the tables of an older version of the program."""
    store = Store(url)
    if store.connections.path is not None:
        store.connections.path.touch()
    with store.connections.transaction() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(FOLDER))
        command.upgrade(config, revision)
    return store


def test_migrating_an_older_store_keeps_its_content(store_url: str) -> None:
    store = at_revision(store_url, "0001")
    published = store.load(draft(), "Anna")
    with pytest.raises(SchemaBehind, match="python -m data migrate"):
        store.visit_lists.all()
    with pytest.raises(SchemaBehind):
        store.visit_lists.save(AUTUMN, "Anna")
    store.migrate()
    assert store.revision == REVISION
    assert store.publications() == [published]
    assert store.visit_lists.save(AUTUMN, "Anna").id == 1
    store.dispose()


def test_an_older_file_is_migrated_unasked_but_a_server_is_not(store_url: str) -> None:
    store = at_revision(store_url, "0001")
    if store.connections.path is None:
        with pytest.raises(SchemaBehind, match="python -m data migrate"):
            migrate_if_safe(store.connections)
        assert store.revision == "0001"
    else:
        migrate_if_safe(store.connections)
        assert store.visit_lists.all() == []
    store.dispose()


def test_an_unavailable_store_is_an_error(postgresql_url: str) -> None:
    store = Store(postgresql_url)
    store.migrate()
    saved = store.visit_lists.save(AUTUMN, "Anna")
    store.dispose()
    refuse_connections(postgresql_url)
    with pytest.raises(Unreachable):
        store.visit_lists.all()
    with pytest.raises(Unreachable):
        store.visit_lists.update(saved.id, 1, ListDraft("x", ""), "Anna")
    allow_connections(postgresql_url)
    assert store.visit_lists.all() == [saved]
    store.dispose()
