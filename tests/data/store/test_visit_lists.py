"""Visit lists in the store: kept, changed by who saw the last version, thrown away; in both engines."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from alembic import command
from alembic.config import Config

from data.periods import HalfYear
from data.store import LONGEST_NAME, ListChanged, ListDraft, SchemaBehind, Store, UnknownList, Unreachable
from data.store.migrate import FOLDER, start
from data.store.tables import REVISION
from data.store.visit_lists import BadList
from tests.data.store.drafts import draft
from tests.data.store.engines import cut_off, let_in

pytest_plugins = ["tests.data.store.engines"]

AUTUMN = ListDraft("Najaar ’24", "GM0363@2024-09-12,GM0599", HalfYear(2024, 1), date(2024, 7, 1), "orde=share")


def test_what_is_kept_is_told_as_it_was(store: Store) -> None:
    before = datetime.now(UTC)
    kept = store.visit_lists.keep(AUTUMN, "Anna")
    assert (kept.name, kept.visits, kept.asked) == (AUTUMN.name, AUTUMN.visits, AUTUMN.asked)
    assert (kept.period, kept.reference_date) == (HalfYear(2024, 1), date(2024, 7, 1))
    assert (kept.made_by, kept.changed_by, kept.version) == ("Anna", "Anna", 1)
    assert before <= kept.made_at <= datetime.now(UTC)
    assert store.visit_lists.find(kept.id) == kept
    empty = store.visit_lists.keep(ListDraft("Leeg", ""), "Bas")
    assert (empty.period, empty.reference_date, empty.visits) == (None, None, "")
    assert store.visit_lists.all() == [empty, kept]


def test_the_one_changed_last_stands_first(store: Store) -> None:
    one, other = (store.visit_lists.keep(ListDraft(name, ""), "Anna") for name in ("een", "twee"))
    changed = store.visit_lists.change(one.id, one.version, ListDraft("een!", "GM0014"), "Bas")
    assert (changed.version, changed.made_by, changed.changed_by) == (2, "Anna", "Bas")
    assert changed.made_at == one.made_at < changed.changed_at
    assert store.visit_lists.all() == [changed, other]


def test_of_two_who_change_one_version_the_second_is_told_and_nothing_is_lost(store: Store) -> None:
    kept = store.visit_lists.keep(AUTUMN, "Anna")
    first = store.visit_lists.change(kept.id, kept.version, ListDraft("Van Bas", "GM0014"), "Bas")
    for act in (
        lambda: store.visit_lists.change(kept.id, kept.version, ListDraft("Van Cas", ""), "Cas"),
        lambda: store.visit_lists.remove(kept.id, kept.version, "Cas"),
    ):
        with pytest.raises(ListChanged, match="Bas de lijst “Van Bas” gewijzigd") as caught:
            act()
        assert caught.value.there == first
    assert store.visit_lists.all() == [first]


def test_of_many_at_once_one_changes_the_list(store: Store) -> None:
    kept = store.visit_lists.keep(AUTUMN, "Anna")
    ended: list[str] = []

    def change(who: str) -> None:
        try:
            store.visit_lists.change(kept.id, kept.version, ListDraft(who, who), who)
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
    there = store.visit_lists.find(kept.id)
    assert (there.name, there.visits, there.changed_by, there.version) == (winner, winner, winner, 2)


def test_a_list_that_is_thrown_away_is_gone_and_its_number_not_given_again(store: Store) -> None:
    kept = store.visit_lists.keep(AUTUMN, "Anna")
    assert store.visit_lists.remove(kept.id, kept.version, "Bas") == kept
    assert store.visit_lists.all() == []
    for act in (
        lambda: store.visit_lists.find(kept.id),
        lambda: store.visit_lists.change(kept.id, 2, AUTUMN, "Anna"),
        lambda: store.visit_lists.remove(kept.id, 2, "Anna"),
        lambda: store.visit_lists.find(99),
    ):
        with pytest.raises(UnknownList, match="is er niet"):
            act()
    assert store.visit_lists.keep(AUTUMN, "Anna").id > kept.id


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "Geef de lijst een naam"), (" \t\x00 ", "Geef de lijst een naam"), ("x" * 81, "hooguit 80 tekens")],
)
def test_a_name_that_cannot_be_is_refused(name: str, message: str, store: Store) -> None:
    kept = store.visit_lists.keep(AUTUMN, "Anna")
    for act in (
        lambda: store.visit_lists.keep(ListDraft(name, ""), "Anna"),
        lambda: store.visit_lists.change(kept.id, 1, ListDraft(name, ""), "Anna"),
    ):
        with pytest.raises(BadList, match=message):
            act()
    assert store.visit_lists.all() == [kept]


@pytest.mark.parametrize("name", ["x" * LONGEST_NAME, "☂" * LONGEST_NAME, "=1+1", "<b>'; DROP TABLE log; --", "é"])
def test_any_other_name_is_a_name(name: str, store: Store) -> None:
    assert store.visit_lists.keep(ListDraft(f"  {name} ", ""), "Anna").name == name
    # Several may have one name.
    store.visit_lists.keep(ListDraft(name, ""), "Bas")
    assert [one.name for one in store.visit_lists.all()] == [name, name]


def test_the_log_tells_of_lists_and_what_is_shown_stays(store: Store) -> None:
    version = store.version()
    kept = store.visit_lists.keep(AUTUMN, "Anna")
    store.visit_lists.change(kept.id, 1, ListDraft("Winter", ""), "Bas")
    store.visit_lists.remove(kept.id, 2, "Cas")
    told = [(entry.who, entry.what, entry.publication, entry.detail) for entry in reversed(store.log())]
    assert told == [
        ("Anna", "list_kept", None, "1: Najaar ’24"),
        ("Bas", "list_changed", None, "1: Winter"),
        ("Cas", "list_removed", None, "1: Winter"),
    ]
    assert store.version() == version


def at_revision(url: str, revision: str) -> Store:
    """A store whose tables are of an older version of the program."""
    store = Store(url)
    if store.connections.path is not None:
        store.connections.path.touch()
    with store.connections.transaction() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(FOLDER))
        command.upgrade(config, revision)
    return store


def test_a_store_of_before_keeps_all_it_has(store_url: str) -> None:
    store = at_revision(store_url, "0001")
    published = store.load(draft(), "Anna")
    with pytest.raises(SchemaBehind, match="python -m data migrate"):
        store.visit_lists.all()
    with pytest.raises(SchemaBehind):
        store.visit_lists.keep(AUTUMN, "Anna")
    store.migrate()
    assert store.revision == REVISION
    assert store.publications() == [published]
    assert store.visit_lists.keep(AUTUMN, "Anna").id == 1
    store.dispose()


def test_a_server_of_before_is_not_changed_unasked_and_a_file_is(store_url: str) -> None:
    store = at_revision(store_url, "0001")
    if store.connections.path is None:
        with pytest.raises(SchemaBehind, match="python -m data migrate"):
            start(store.connections)
        assert store.revision == "0001"
    else:
        start(store.connections)
        assert store.visit_lists.all() == []
    store.dispose()


def test_a_store_that_is_away_says_so(postgresql_url: str) -> None:
    store = Store(postgresql_url)
    store.migrate()
    kept = store.visit_lists.keep(AUTUMN, "Anna")
    store.dispose()
    cut_off(postgresql_url)
    with pytest.raises(Unreachable):
        store.visit_lists.all()
    with pytest.raises(Unreachable):
        store.visit_lists.change(kept.id, 1, ListDraft("x", ""), "Anna")
    let_in(postgresql_url)
    assert store.visit_lists.all() == [kept]
    store.dispose()
