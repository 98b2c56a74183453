"""Saved visit lists, with optimistic locking by version."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from data.periods import HalfYear
from data.store.engine import Connections
from data.store.prepare import clean
from data.store.records import StoreError
from data.store.tables import visit_lists
from data.store.write import now, write_log

LONGEST_NAME = 80
"""Maximum length of a name, in characters."""


@dataclass(frozen=True)
class ListDraft:
    """A visit list to be saved."""

    name: str
    """1 to `LONGEST_NAME` characters; names need not be unique."""
    visits: str
    """As `data.visits.write_visits` writes them."""
    period: HalfYear | None = None
    """Selected moment, with `reference_date`; None: the newest one when the list is opened."""
    reference_date: date | None = None
    asked: str = ""
    """The rest of the page's query string, such as "orde=share&gebied=PV28"."""


@dataclass(frozen=True)
class VisitList(ListDraft):
    """A saved visit list. Times are timezone-aware, in UTC."""

    id: int = 0
    version: int = 0
    """Grows with each change."""
    made_at: datetime = datetime.max
    made_by: str = ""
    changed_at: datetime = datetime.max
    changed_by: str = ""


class BadList(StoreError):  # noqa: N818  reads as what it says
    """A list that cannot be saved; the message says why."""


class UnknownList(StoreError):  # noqa: N818  reads as what it says
    """No list has that number, or it was removed."""


class ListChanged(StoreError):  # noqa: N818  reads as what it says
    """Someone else changed the list in the meantime; :attr:`current` is its latest version."""

    def __init__(self, message: str, current: VisitList) -> None:
        self.current = current
        super().__init__(message)


class VisitLists:
    """The visit lists of one store; every method may raise `data.store.Unreachable`.

    Parameters
    ----------
    connections : of the store
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def all(self) -> list[VisitList]:
        """Return all lists, the most recently changed first."""
        with self._connections.reading() as connection:
            return _lists(connection, removed=False)

    def all_and_removed(self) -> tuple[list[VisitList], list[VisitList]]:
        """Return all lists, and those removed by `changed_by`, the last one first."""
        with self._connections.reading() as connection:
            return _lists(connection, removed=False), _lists(connection, removed=True)

    def find(self, number: int) -> VisitList:
        """Return a list by id.

        Raises
        ------
        UnknownList
        """
        with self._connections.reading() as connection:
            return _find(connection, number)

    def save(self, draft: ListDraft, who: str) -> VisitList:
        """Save a new list.

        Raises
        ------
        BadList
            When its name is empty or too long.
        """
        values = _values(draft)
        with self._connections.writing() as connection:
            number = (connection.scalar(select(func.max(visit_lists.c.id))) or 0) + 1
            at, by = now(), clean(who)
            made = {"made_at": at, "made_by": by, "changed_at": at, "changed_by": by}
            connection.execute(insert(visit_lists).values(id=number, version=1, removed=False, **made, **values))
            write_log(connection, who, "list_kept", None, f"{number}: {values['name']}")
            return _find(connection, number)

    def update(self, number: int, version: int, draft: ListDraft, who: str) -> VisitList:
        """Replace a version of a list.

        Raises
        ------
        BadList, UnknownList
        ListChanged
            When the version is not the latest; nothing is written.
        """
        values = _values(draft)
        with self._connections.writing() as connection:
            _require_latest(connection, number, version)
            connection.execute(
                update(visit_lists)
                .where(visit_lists.c.id == number)
                .values(version=version + 1, changed_at=now(), changed_by=clean(who), **values)
            )
            write_log(connection, who, "list_changed", None, f"{number}: {values['name']}")
            return _find(connection, number)

    def remove(self, number: int, version: int, who: str) -> VisitList:
        """Remove a list and return its last version.

        Raises
        ------
        UnknownList
        ListChanged
            When the version is not the latest.
        """
        with self._connections.writing() as connection:
            saved = _require_latest(connection, number, version)
            connection.execute(
                update(visit_lists)
                .where(visit_lists.c.id == number)
                .values(removed=True, version=version + 1, changed_at=now(), changed_by=clean(who))
            )
            write_log(connection, who, "list_removed", None, f"{number}: {saved.name}")
            return saved

    def restore(self, number: int, who: str) -> VisitList:
        """Put a removed list back as it was; one that is there already stays as it is.

        Raises
        ------
        UnknownList
        """
        with self._connections.writing() as connection:
            back = connection.execute(
                update(visit_lists)
                .where(visit_lists.c.id == number, visit_lists.c.removed.is_(True))
                .values(removed=False, version=visit_lists.c.version + 1, changed_at=now(), changed_by=clean(who))
            )
            saved = _find(connection, number)
            if back.rowcount:
                write_log(connection, who, "list_restored", None, f"{number}: {saved.name}")
            return saved


def _require_latest(connection: Connection, number: int, version: int) -> VisitList:
    saved = _find(connection, number)
    if saved.version != version:
        raise ListChanged(
            f"Intussen heeft {saved.changed_by} de lijst “{saved.name}” gewijzigd; er is niets overschreven.",
            saved,
        )
    return saved


def _find(connection: Connection, number: int) -> VisitList:
    row = (
        connection.execute(select(visit_lists).where(visit_lists.c.id == number, visit_lists.c.removed.is_(False)))
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise UnknownList(f"Bezoeklijst {number} is er niet, of niet meer.")
    return _list(dict(row))


def _lists(connection: Connection, *, removed: bool) -> list[VisitList]:
    """Lists that are there, or those that were removed; the last changed first."""
    rows = connection.execute(
        select(visit_lists)
        .where(visit_lists.c.removed.is_(removed))
        .order_by(visit_lists.c.changed_at.desc(), visit_lists.c.id.desc())
    ).mappings()
    return [_list(dict(row)) for row in rows]


def _list(row: dict[str, object]) -> VisitList:
    period = row.pop("period")
    del row["removed"]
    return VisitList(period=None if period is None else HalfYear.parse(str(period)), **row)  # type: ignore[arg-type]  # its columns


def _values(draft: ListDraft) -> dict[str, object]:
    name = " ".join(clean(draft.name).split())
    if not name:
        raise BadList("Geef de lijst een naam.")
    if len(name) > LONGEST_NAME:
        raise BadList(f"Een naam mag hooguit {LONGEST_NAME} tekens lang zijn; deze heeft er {len(name)}.")
    return {
        "name": name,
        "visits": draft.visits,
        "period": None if draft.period is None else str(draft.period),
        "reference_date": None if draft.period is None else draft.reference_date,
        "asked": clean(draft.asked),
    }
