"""Backup of a whole store in one file, and restore into either engine.

The file is itself a SQLite store with the same tables, so it can be inspected, and one of an older version
of the program is migrated like any other.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.engine import URL

from data.store.engine import Connections
from data.store.migrate import migrate, revision
from data.store.records import EXAMPLE, NotEmpty, StoreError
from data.store.tables import (
    figures,
    inhabitants,
    mappings,
    metadata,
    originals,
    publications,
    state,
    totals,
    visit_lists,
)
from data.store.write import insert_columns, write_log

_MAGIC = b"SQLite format 3\x00"
_ROWS = 5_000
"""Rows per batch; files, which may be large, are copied one by one."""


def backup(connections: Connections, path: Path) -> int:
    """Write a consistent copy of a store while others go on using it.

    Parameters
    ----------
    connections : of the store
    path : a new file; its folder is created

    Returns
    -------
    Number of publications and drafts in the copy.

    Raises
    ------
    StoreError
        When the file exists already, or cannot be written.
    """
    path = path.absolute()
    if path.exists():
        raise StoreError(f"{path} bestaat al. Kies een andere naam: een reservekopie gaat nergens overheen.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        copy = _file(part)
        migrate(copy)
        with connections.reading() as source, copy.writing() as target:
            _copy_all(source, target)
            count = _count(target)
        _checkpoint(part)
        part.replace(path)
    except OSError as error:
        raise StoreError(
            f"De reservekopie {path} is niet te schrijven ({error.strerror}). Kies een andere plaats."
        ) from error
    finally:
        for leftover in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
    return count


def restore(connections: Connections, path: Path, who: str, *, replace: bool = False) -> int:
    """Replace the content of a store by a backup: all of it, or nothing on failure.

    Parameters
    ----------
    connections : of the store; its tables may be missing
    path : a file that :func:`backup` wrote, also from the other engine or an older version of the program
    who : user for the log; the log becomes that of the copy, with an entry about the restore
    replace : whether to discard what is in the store now. A store with only the example is always replaced.

    Returns
    -------
    Number of publications and drafts after the restore.

    Raises
    ------
    NotEmpty
        When there is real content in the store, without `replace`.
    StoreError
        When the file is no backup, or is damaged.
    """
    with _working_copy(path) as copy:
        migrate(connections)
        with copy.reading() as source, connections.writing() as target:
            before = _count(target)
            if not replace and not _is_empty(target):
                raise NotEmpty(
                    f"De opslag {connections.location} is niet leeg ({before} publicaties en concepten). "
                    "Terugzetten gooit alles weg wat er nu in staat; geef --replace als dat de bedoeling is."
                )
            now, then = target.execute(select(state)).one(), source.execute(select(state)).one()
            _copy_all(source, target)
            # The version must grow, also when the copy is older, so that caches of the store notice.
            target.execute(
                update(state).values(
                    version=max(then.version, now.version) + 1,
                    last_publication=max(then.last_publication, now.last_publication),
                )
            )
            after = _count(target)
            write_log(target, who, "restored", None, f"{path.name}: {after}, in plaats van {before}")
    return after


@contextmanager
def _working_copy(path: Path) -> Iterator[Connections]:
    """Yield a migrated, verified working copy of a backup."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise StoreError(f"De reservekopie {path} is niet te lezen ({error.strerror}).") from error
    none = f"{path} is geen reservekopie: geef een bestand dat `python -m data backup BESTAND` schreef."
    if start != _MAGIC:
        raise StoreError(none)
    with tempfile.TemporaryDirectory() as folder:
        opened = _file(Path(folder) / "copy.db")
        shutil.copyfile(path, str(opened.path))
        if revision(opened) is None:
            raise StoreError(none)
        migrate(opened)
        with opened.reading() as connection:
            whole = connection.scalar(text("PRAGMA integrity_check")) == "ok"
            damaged = None if whole else "de database zelf"
            damaged = damaged or _corrupt_file(connection)
        if damaged:
            raise StoreError(f"De reservekopie {path} is beschadigd: {damaged}. Neem een andere.")
        yield opened


def _corrupt_file(connection: Connection) -> str | None:
    """Name the first original file in a backup whose checksum is wrong."""
    query = select(publications.c.id, publications.c.sha256, originals.c.content).join_from(publications, originals)
    for number, digest, content in connection.execute(query, execution_options={"yield_per": 1}):
        if sha256(content).hexdigest() != digest:
            return f"het bestand van publicatie {number}"
    return None


def _copy_all(source: Connection, target: Connection) -> None:
    """Replace all rows of one store by those of another."""
    tables = metadata.sorted_tables
    with _triggers_disabled(target):
        for table in reversed(tables):
            target.execute(delete(table))
        for table in tables:
            size = 1 if table is originals else _ROWS
            result = source.execute(select(table), execution_options={"yield_per": size})
            for rows in result.partitions():
                if table in (figures, totals):
                    cells = map(list, zip(*rows, strict=True))
                    insert_columns(target, table, dict(zip(result.keys(), cells, strict=True)))
                else:
                    target.execute(insert(table), [row._asdict() for row in rows])


@contextmanager
def _triggers_disabled(connection: Connection) -> Iterator[None]:
    """Disable the triggers that protect published rows, within one transaction."""
    if connection.dialect.name == "postgresql":
        names = [table.name for table in metadata.sorted_tables]
        for name in names:
            connection.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        yield
        for name in names:
            connection.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
        return
    triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in triggers:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, made in triggers:
        connection.exec_driver_sql(made)


def _is_empty(connection: Connection) -> bool:
    """Whether the store holds nothing but an example."""
    queries = (
        select(func.count()).select_from(publications).where(publications.c.source != EXAMPLE),
        select(func.count()).select_from(inhabitants),
        select(func.count()).select_from(mappings),
        select(func.count()).select_from(visit_lists),
    )
    return not any(connection.scalar(query) for query in queries)


def _count(connection: Connection) -> int:
    return int(connection.scalar(select(func.count()).select_from(publications)) or 0)


def _file(path: Path) -> Connections:
    return Connections(URL.create("sqlite", database=str(path)))


def _checkpoint(path: Path) -> None:
    """Merge the WAL into the database file and sync it to disk."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with path.open("rb+") as file:
        os.fsync(file.fileno())
