"""Store of publications and their immutable figures, in SQLite or PostgreSQL."""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import pandas as pd
from sqlalchemy import delete, insert, select

from data.periods import HalfYear
from data.store import migrate as store_migrate
from data.store import write
from data.store.engine import Connections
from data.store.frames import Moment
from data.store.prepare import clean, prepare
from data.store.records import (
    EXAMPLE,
    AlreadyThere,
    Draft,
    Entry,
    NotADraft,
    NotEmpty,
    NothingLeft,
    NotPublished,
    NotReady,
    Overtaken,
    Publication,
    SchemaAhead,
    SchemaBehind,
    StoreError,
    UnknownPublication,
    Unreachable,
    no_totals,
)
from data.store.tables import log, mappings, moments, originals, publications
from data.store.visible import (
    PublishedMoment,
    VisibleFigures,
    figures_of,
    inhabitants_of,
    moments_in,
    published_moments,
    read_publications,
    shown_moments,
    totals_of,
)
from data.store.visit_lists import VisitLists

__all__ = [
    "EXAMPLE",
    "AlreadyThere",
    "Draft",
    "Entry",
    "NotADraft",
    "NotEmpty",
    "NotPublished",
    "NotReady",
    "NothingLeft",
    "Overtaken",
    "Publication",
    "SchemaAhead",
    "SchemaBehind",
    "Store",
    "StoreError",
    "UnknownPublication",
    "Unreachable",
    "VisibleFigures",
    "no_totals",
]


class Store:
    """Publications and figures in one database; every method may raise :class:`Unreachable`.

    Safe to share between threads. No connection is opened before the first query; before a fork, call
    :meth:`dispose` (without it the child opens its own connections all the same).

    Parameters
    ----------
    url : ``sqlite:///var/store.db``, or ``postgresql://user:password@host/database``

    Raises
    ------
    StoreError
        When the address is neither.
    """

    def __init__(self, url: str) -> None:
        self.connections = Connections(url)

    def __repr__(self) -> str:
        return f"Store({self.location!r})"

    @property
    def location(self) -> str:
        """Location of the store: a path, or an address without its password."""
        return self.connections.location

    def dispose(self) -> None:
        """Close all connections; the next query opens one again."""
        self.connections.engine.dispose()

    def migrate(self) -> None:
        """Create or upgrade the tables; see :func:`data.store.migrate.migrate`."""
        store_migrate.migrate(self.connections)

    @property
    def revision(self) -> str | None:
        """Return the revision of the tables; None when there are none."""
        return store_migrate.revision(self.connections)

    def version(self) -> int:
        """Return a number that grows with each change of the shown figures (one cheap query)."""
        with self.connections.reading() as connection:
            return write.current_version(connection)

    def backup(self, path: Path) -> int:
        """Write a copy of the store to a file; see :func:`data.store.backup.backup`."""
        from data.store.backup import backup

        return backup(self.connections, path)

    def restore(self, path: Path, who: str, *, replace: bool = False) -> int:
        """Replace the store by a backup; see :func:`data.store.backup.restore`."""
        from data.store.backup import restore

        return restore(self.connections, path, who, replace=replace)

    # Drafts and publications.

    def save_draft(self, draft: Draft, who: str) -> int:
        """Save a draft and return its id.

        Raises
        ------
        NotReady
            When its figures violate their contract, or are of another moment than the draft.
        """
        ready = prepare(draft)
        with self.connections.writing() as connection:
            return write.save(connection, ready, who)

    def replace_draft(self, number: int, draft: Draft, who: str) -> None:
        """Replace a draft by a newly parsed one.

        Raises
        ------
        NotReady, UnknownPublication, NotADraft
        """
        ready = prepare(draft)
        with self.connections.writing() as connection:
            write.replace(connection, number, ready, who)

    def discard(self, number: int, who: str) -> None:
        """Delete a draft.

        Raises
        ------
        UnknownPublication, NotADraft
        """
        with self.connections.writing() as connection:
            write.discard(connection, number, who)

    def publish(self, number: int, who: str) -> Publication:
        """Publish a draft with all its figures, in one transaction.

        Raises
        ------
        UnknownPublication
        NotADraft
            When it was published already; the message says by whom.
        NotReady
            When its moment or its figures are unknown.
        AlreadyThere
            When the same file is already published.
        Overtaken
            When the shown publication of its moment has changed since the comparison.
        """
        with self.connections.writing() as connection:
            write.publish(connection, number, who)
            return write.find(connection, number)

    def load(self, draft: Draft, who: str) -> Publication:
        """Save and publish in one transaction; see :meth:`save_draft` and :meth:`publish`."""
        ready = prepare(draft)
        with self.connections.writing() as connection:
            number = write.save(connection, ready, who)
            write.publish(connection, number, who)
            return write.find(connection, number)

    def withdraw(self, number: int, who: str, why: str) -> Publication:
        """Withdraw a publication; its predecessor is shown again, or the example of the half-year.

        Raises
        ------
        UnknownPublication
        NotPublished
            When it is a draft, or already withdrawn.
        NothingLeft
            When no figures would be left to show.
        """
        with self.connections.writing() as connection:
            write.withdraw(connection, number, who, why)
            return write.find(connection, number)

    def publications(self, *, source: str | None = None) -> list[Publication]:
        """Return all publications and drafts, newest first."""
        with self.connections.reading() as connection:
            return [one for one in read_publications(connection) if source in (None, one.source)]

    def publication(self, number: int) -> Publication:
        """Return a publication or draft by id.

        Raises
        ------
        UnknownPublication
        """
        with self.connections.reading() as connection:
            return write.find(connection, number)

    def same_file(self, content: bytes) -> Publication | None:
        """Return the published, not withdrawn publication of a file; None without one."""
        digest = sha256(content).hexdigest()
        with self.connections.reading() as connection:
            number = connection.scalar(
                select(publications.c.id).where(publications.c.sha256 == digest, publications.c.state == "published")
            )
            return None if number is None else write.find(connection, number)

    # Content of a publication.

    def figures(self, number: int) -> pd.DataFrame:
        """Return the figures of a publication or draft: `FIGURES_COLUMNS`, by moment and code.

        Raises
        ------
        UnknownPublication
        """
        with self.connections.reading() as connection:
            write.find(connection, number)
            return figures_of(connection, moments_in(connection, number))

    def totals(self, number: int) -> pd.DataFrame:
        """Return the totals printed in the file: `data.store.records.TOTALS_COLUMNS`.

        Raises
        ------
        UnknownPublication
        """
        with self.connections.reading() as connection:
            write.find(connection, number)
            return totals_of(connection, moments_in(connection, number))

    def report(self, number: int) -> dict[str, object]:
        """Return the findings stored with a publication or draft.

        Raises
        ------
        UnknownPublication
        """
        return self._read_json(number, "report")

    def reading(self, number: int) -> dict[str, object]:
        """Return the choices with which the file was parsed.

        Raises
        ------
        UnknownPublication
        """
        return self._read_json(number, "reading")

    def file(self, number: int) -> tuple[str, bytes]:
        """Return name and content of the original file.

        Raises
        ------
        UnknownPublication
        """
        with self.connections.reading() as connection:
            publication = write.find(connection, number)
            content = connection.execute(
                select(originals.c.content).where(originals.c.publication_id == number)
            ).scalar_one()
            return publication.file_name, bytes(content)

    def _read_json(self, number: int, what: str) -> dict[str, object]:
        with self.connections.reading() as connection:
            write.find(connection, number)
            written = connection.execute(
                select(originals.c[what]).where(originals.c.publication_id == number)
            ).scalar_one()
            return dict(json.loads(written))

    # Shown figures.

    def shown_data(self) -> VisibleFigures:
        """Return a consistent snapshot of all shown data; separate calls may see different versions."""
        with self.connections.reading() as connection:
            shown = shown_moments(published_moments(connection))
            ids = _ids(shown)
            known = {one.id: one for one in read_publications(connection)}
            return VisibleFigures(
                version=write.current_version(connection),
                figures=figures_of(connection, ids),
                totals=totals_of(connection, ids),
                publications={moment: known[one.publication] for moment, one in shown.items()},
                inhabitants=inhabitants_of(connection),
            )

    def example_periods(self) -> frozenset[str]:
        """Return the half-years, such as "2023-II", whose shown figures are an example."""
        with self.connections.reading() as connection:
            shown = shown_moments(published_moments(connection))
            return frozenset(period for (period, _), one in shown.items() if one.source == EXAMPLE)

    def shown_on(self, period: HalfYear, reference_date: date) -> Publication | None:
        """Return the publication, or example, that is shown of a moment."""
        with self.connections.reading() as connection:
            one = shown_moments(published_moments(connection)).get((str(period), reference_date))
            return None if one is None else write.find(connection, one.publication)

    def history(self, period: HalfYear, reference_date: date) -> list[Publication]:
        """Return all publications of a moment, also withdrawn and example ones, newest first."""
        with self.connections.reading() as connection:
            its = connection.scalars(
                select(publications.c.id)
                .join_from(publications, moments)
                .where(
                    moments.c.period == str(period),
                    moments.c.reference_date == reference_date,
                    publications.c.published_version.is_not(None),
                )
                .order_by(publications.c.published_version.desc())
            ).all()
            known = {one.id: one for one in read_publications(connection, *its)} if its else {}
            return [known[number] for number in its]

    # Mappings, inhabitants, visit lists and the log.

    def mapping(self, fingerprint: str) -> dict[str, object] | None:
        """Return the saved choices for files with a layout fingerprint; None without any."""
        with self.connections.reading() as connection:
            found = connection.scalar(select(mappings.c.choices).where(mappings.c.fingerprint == fingerprint))
            return None if found is None else dict(json.loads(found))

    def remember(self, fingerprint: str, choices: Mapping[str, object], who: str) -> None:
        """Save a user's choices for files with a layout fingerprint, replacing earlier ones."""
        written = json.dumps(dict(choices), sort_keys=True)
        with self.connections.writing() as connection:
            connection.execute(delete(mappings).where(mappings.c.fingerprint == fingerprint))
            connection.execute(
                insert(mappings).values(
                    fingerprint=fingerprint,
                    choices=written,
                    at=write.now(),
                    who=clean(who),
                )
            )
            write.write_log(connection, who, "remembered", None, f"{fingerprint}: {written}")

    def add_inhabitants(self, table: pd.DataFrame, who: str) -> None:
        """Add inhabitants (`data.schema.INHABITANTS_COLUMNS`), which supersede earlier ones.

        Raises
        ------
        data.errors.FiguresError
            When the table violates its contract.
        """
        with self.connections.writing() as connection:
            write.add_inhabitants(connection, table, who)

    def inhabitants(self) -> pd.DataFrame:
        """Return the added inhabitants, the newest of each year: `data.schema.INHABITANTS_COLUMNS`."""
        with self.connections.reading() as connection:
            return inhabitants_of(connection)

    @property
    def visit_lists(self) -> VisitLists:
        """The saved visit lists."""
        return VisitLists(self.connections)

    def log(self) -> list[Entry]:
        """Return the log, newest entry first."""
        with self.connections.reading() as connection:
            return [Entry(*row) for row in connection.execute(select(log).order_by(log.c.id.desc()))]


def _ids(shown: Mapping[Moment, PublishedMoment]) -> dict[int, Moment]:
    return {one.moment_id: moment for moment, one in shown.items()}
