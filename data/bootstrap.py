"""Bootstrap of the store: create or migrate its tables, and publish the example."""

from data.example import TITLE, bundle
from data.store import EXAMPLE, Draft, Store
from data.store.migrate import migrate_if_safe
from data.store.prepare import prepare
from data.store.write import publish, save, withdraw_unchecked

MAKER = "Land in beeld"
"""Who the log says did what nobody asked for."""


def open_store(url: str) -> Store:
    """Open a store that can be used: its tables of this version, the example in it.

    A SQLite store is made and updated by itself. A database on a server is made when it is empty;
    updating one that others use too is for whoever keeps it.

    Parameters
    ----------
    url : see :class:`data.store.Store`

    Raises
    ------
    data.store.SchemaBehind
        When a database on a server must be updated first.
    data.store.SchemaAhead
        When the tables are of a newer version of the program.
    data.store.StoreError
        When it cannot be reached or made.
    """
    store = Store(url)
    migrate_if_safe(store.connections)
    seed(store)
    return store


def seed(store: Store) -> None:
    """Publish the example of this version of the program, instead of that of an earlier one.

    Nothing happens when it was published before, or when someone withdrew the example. Two
    processes may do so at once.

    Raises
    ------
    data.store.StoreError
    """
    if not _is_lacking(store):
        return
    ready = prepare(example_draft())
    with store.connections.writing() as connection:
        if not _is_lacking(store):
            return
        earlier = [one for one in store.publications(source=EXAMPLE) if one.state == "published"]
        for one in earlier:
            withdraw_unchecked(connection, one.id, MAKER, "vervangen door de oefencijfers van een nieuwere versie")
        publish(connection, save(connection, ready, MAKER), MAKER)


def example_draft() -> Draft:
    """Return the bundled example as a draft; its file is a compressed CSV of its figures.

    Raises
    ------
    data.reference.bundled.FactsError
        When the bundle cannot be read; the message names the mend.
    """
    return Draft(
        file_name=file_name(),
        content=bundle.example_file(),
        source=EXAMPLE,
        period=None,
        reference_date=None,
        figures=bundle.example_figures(),
        note=f"{TITLE}: taakstelling berekend, beginstand en aantal gehuisvest gesimuleerd.",
    )


def file_name() -> str:
    """Name of the example's file, with the version of its figures in it."""
    return f"voorbeeldcijfers-{version()}.csv.gz"


def version() -> str:
    """Version of the example: other figures, another version."""
    return bundle.about()["sha256"][:12]


def _is_lacking(store: Store) -> bool:
    known = store.publications(source=EXAMPLE)
    if any(one.file_name == file_name() for one in known):
        return False
    return not known or any(one.state == "published" for one in known)
