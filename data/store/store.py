"""The store: publications and their figures, in SQLite or PostgreSQL; what is published never changes."""

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
from data.store.tables import REVISION, log, mappings, moments, originals, publications
from data.store.visible import (
    PublishedMoment,
    VisibleFigures,
    figures_of,
    inhabitants_of,
    moments_in,
    shown_of,
    standing,
    told_publications,
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

    Threads may share it. Nothing is opened before the first question; a process that forks calls
    :meth:`dispose` first (if it forgets, the child opens connections of its own all the same).

    Parameters
    ----------
    url : str
        ``sqlite:///var/store.db``, or ``postgresql://user:password@host/database``.

    Raises
    ------
    StoreError
        When the address is none of both.
    """

    def __init__(self, url: str) -> None:
        self.connections = Connections(url)

    def __repr__(self) -> str:
        return f"Store({self.place!r})"

    @property
    def place(self) -> str:
        """Where the store is: a path, or an address without its password."""
        return self.connections.place

    def dispose(self) -> None:
        """Close every connection; the next question opens one again."""
        self.connections.engine.dispose()

    def migrate(self) -> None:
        """Make or update the tables; see :func:`data.store.migrate.migrate`."""
        store_migrate.migrate(self.connections)

    @property
    def revision(self) -> str | None:
        """Revision of the tables; None when there are none."""
        return store_migrate.revision(self.connections)

    @property
    def is_current(self) -> bool:
        """Whether the tables are those that this program knows."""
        return self.revision == REVISION

    def version(self) -> int:
        """Number that grows with each change of what is shown; one small question."""
        with self.connections.reading() as connection:
            return write.current_version(connection)

    def backup(self, path: Path) -> int:
        """Write a copy of the store in one file; see :func:`data.store.backup.backup`."""
        from data.store.backup import backup

        return backup(self.connections, path)

    def restore(self, path: Path, who: str, *, replace: bool = False) -> int:
        """Make the store what a copy of it was; see :func:`data.store.backup.restore`."""
        from data.store.backup import restore

        return restore(self.connections, path, who, replace=replace)

    # Drafts and publications.

    def save_draft(self, draft: Draft, who: str) -> int:
        """Keep a draft and return its number.

        Raises
        ------
        NotReady
            When its figures break their contract, or are of another moment than it says.
        """
        ready = prepare(draft)
        with self.connections.writing() as connection:
            return write.save(connection, ready, who)

    def replace_draft(self, number: int, draft: Draft, who: str) -> None:
        """Put a draft, read anew, in the place of another.

        Raises
        ------
        NotReady, UnknownPublication, NotADraft
        """
        ready = prepare(draft)
        with self.connections.writing() as connection:
            write.replace(connection, number, ready, who)

    def discard(self, number: int, who: str) -> None:
        """Throw a draft away.

        Raises
        ------
        UnknownPublication, NotADraft
        """
        with self.connections.writing() as connection:
            write.discard(connection, number, who)

    def publish(self, number: int, who: str) -> Publication:
        """Publish a draft: all of its figures, in one transaction.

        Raises
        ------
        UnknownPublication
        NotADraft
            When someone published it already, says who.
        NotReady
            When its moment or its figures are still unknown.
        AlreadyThere
            When the same file is published already.
        Overtaken
            When what is shown of its moment has changed since it was compared with that.
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
        """Take a publication back; the one before it shows again, or the example of its half-year.

        Raises
        ------
        UnknownPublication
        NotPublished
            When it is a draft, or withdrawn already.
        NothingLeft
            When no figure at all would be left to show.
        """
        with self.connections.writing() as connection:
            write.withdraw(connection, number, who, why)
            return write.find(connection, number)

    def publications(self, *, source: str | None = None) -> list[Publication]:
        """Every publication and draft, newest first."""
        with self.connections.reading() as connection:
            return [one for one in told_publications(connection) if source in (None, one.source)]

    def publication(self, number: int) -> Publication:
        """One publication.

        Raises
        ------
        UnknownPublication
        """
        with self.connections.reading() as connection:
            return write.find(connection, number)

    def same_file(self, content: bytes) -> Publication | None:
        """The publication of this very file that stands; None when there is none."""
        digest = sha256(content).hexdigest()
        with self.connections.reading() as connection:
            number = connection.scalar(
                select(publications.c.id).where(publications.c.sha256 == digest, publications.c.state == "published")
            )
            return None if number is None else write.find(connection, number)

    # What is in one.

    def figures(self, number: int) -> pd.DataFrame:
        """Figures of a publication or draft: `data.schema.FIGURES_COLUMNS`, by moment and code.

        Raises
        ------
        UnknownPublication
        """
        with self.connections.reading() as connection:
            write.find(connection, number)
            return figures_of(connection, moments_in(connection, number))

    def totals(self, number: int) -> pd.DataFrame:
        """Totals that the file prints: `data.store.records.TOTALS_COLUMNS`.

        Raises
        ------
        UnknownPublication
        """
        with self.connections.reading() as connection:
            write.find(connection, number)
            return totals_of(connection, moments_in(connection, number))

    def report(self, number: int) -> dict[str, object]:
        """Report that was kept with it.

        Raises
        ------
        UnknownPublication
        """
        return self._told(number, "report")

    def reading(self, number: int) -> dict[str, object]:
        """How it was read.

        Raises
        ------
        UnknownPublication
        """
        return self._told(number, "reading")

    def file(self, number: int) -> tuple[str, bytes]:
        """Name and content of the file.

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

    def _told(self, number: int, what: str) -> dict[str, object]:
        with self.connections.reading() as connection:
            write.find(connection, number)
            written = connection.execute(
                select(originals.c[what]).where(originals.c.publication_id == number)
            ).scalar_one()
            return dict(json.loads(written))

    # What is shown.

    def shown(self) -> pd.DataFrame:
        """Figures of all moments as they are shown: `data.schema.FIGURES_COLUMNS`, by moment and code."""
        with self.connections.reading() as connection:
            return figures_of(connection, _ids(shown_of(standing(connection))))

    def showing(self) -> VisibleFigures:
        """All that is shown, of one version: what :meth:`shown` and others tell may each be of another."""
        with self.connections.reading() as connection:
            shown = shown_of(standing(connection))
            ids = _ids(shown)
            known = {one.id: one for one in told_publications(connection)}
            return VisibleFigures(
                version=write.current_version(connection),
                figures=figures_of(connection, ids),
                totals=totals_of(connection, ids),
                publications={moment: known[one.publication] for moment, one in shown.items()},
                inhabitants=inhabitants_of(connection),
            )

    def example_periods(self) -> frozenset[str]:
        """Half-years, as "2023-II", whose shown figures are an example."""
        with self.connections.reading() as connection:
            shown = shown_of(standing(connection))
            return frozenset(period for (period, _), one in shown.items() if one.source == EXAMPLE)

    def shown_on(self, period: HalfYear, reference_date: date) -> Publication | None:
        """The publication, or example, that is shown of a moment."""
        with self.connections.reading() as connection:
            one = shown_of(standing(connection)).get((str(period), reference_date))
            return None if one is None else write.find(connection, one.publication)

    def history(self, period: HalfYear, reference_date: date) -> list[Publication]:
        """Publications of a moment, withdrawn ones and an example too, newest first; no drafts."""
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
            known = {one.id: one for one in told_publications(connection, *its)} if its else {}
            return [known[number] for number in its]

    # What is remembered beside them.

    def mapping(self, fingerprint: str) -> dict[str, object] | None:
        """What a person settled for files of a layout; None when nobody did."""
        with self.connections.reading() as connection:
            found = connection.scalar(select(mappings.c.choices).where(mappings.c.fingerprint == fingerprint))
            return None if found is None else dict(json.loads(found))

    def remember(self, fingerprint: str, choices: Mapping[str, object], who: str) -> None:
        """Remember what a person settled for files of a layout, instead of what was settled before."""
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
        """Add inhabitants (`data.schema.INHABITANTS_COLUMNS`); they count instead of earlier ones.

        Raises
        ------
        data.errors.FiguresError
            When the table breaks its contract.
        """
        with self.connections.writing() as connection:
            write.add_inhabitants(connection, table, who)

    def inhabitants(self) -> pd.DataFrame:
        """Inhabitants that were added, the newest of each year: `data.schema.INHABITANTS_COLUMNS`."""
        with self.connections.reading() as connection:
            return inhabitants_of(connection)

    @property
    def visit_lists(self) -> VisitLists:
        """The visit lists that are kept."""
        return VisitLists(self.connections)

    def log(self) -> list[Entry]:
        """Who did what, newest first."""
        with self.connections.reading() as connection:
            return [Entry(*row) for row in connection.execute(select(log).order_by(log.c.id.desc()))]


def _ids(shown: Mapping[Moment, PublishedMoment]) -> dict[int, Moment]:
    return {one.moment_id: moment for moment, one in shown.items()}
