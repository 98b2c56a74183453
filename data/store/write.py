"""Write operations within a transaction: drafts, publishing, withdrawing, the log."""

from datetime import UTC, datetime
from typing import NoReturn

import pandas as pd
from sqlalchemy import ARRAY, Connection, Table, cast, delete, func, insert, literal, select, update

from data.schema import INHABITANTS_COLUMNS
from data.store.frames import Columns, Moment, figure_columns, moments_of, total_columns
from data.store.prepare import Prepared, clean
from data.store.records import (
    AlreadyThere,
    NotADraft,
    NothingLeft,
    NotPublished,
    NotReady,
    Overtaken,
    Publication,
    UnknownPublication,
    format_time,
)
from data.store.tables import figures, inhabitants, log, moments, originals, publications, state, totals
from data.store.visible import published_moments, read_publications, shown_moments


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def write_log(connection: Connection, who: str, what: str, publication: int | None, detail: str) -> None:
    """Add a log entry."""
    last = connection.scalar(select(func.max(log.c.id))) or 0
    connection.execute(
        insert(log).values(
            id=last + 1,
            at=now(),
            who=clean(who),
            what=what,
            publication_id=publication,
            detail=clean(detail),
        )
    )


def next_version(connection: Connection) -> int:
    """Increment and return the version of the shown figures."""
    connection.execute(update(state).values(version=state.c.version + 1))
    return current_version(connection)


def current_version(connection: Connection) -> int:
    """Return the version of the shown figures."""
    return int(connection.execute(select(state.c.version)).scalar_one())


def find(connection: Connection, number: int) -> Publication:
    """Return a publication by id.

    Raises
    ------
    UnknownPublication
    """
    for publication in read_publications(connection, number):
        return publication
    raise UnknownPublication(f"Er is geen publicatie {number}. `python -m data publications` noemt ze.")


def save(connection: Connection, ready: Prepared, who: str) -> int:
    """Insert a new draft and return its id."""
    number = int(
        connection.execute(
            update(state).values(last_publication=state.c.last_publication + 1).returning(state.c.last_publication)
        ).scalar_one()
    )
    made = {"id": number, "state": "draft", "made_at": now(), "made_by": clean(who)}
    connection.execute(insert(publications).values(made | _values(connection, ready)))
    _insert_parts(connection, number, ready)
    write_log(connection, who, "saved", number, str(ready.publication["file_name"]))
    return number


def replace(connection: Connection, number: int, ready: Prepared, who: str) -> None:
    """Replace a draft.

    Raises
    ------
    UnknownPublication, NotADraft
    """
    _find_draft(connection, number)
    _remove_parts(connection, number)
    connection.execute(update(publications).where(publications.c.id == number).values(_values(connection, ready)))
    _insert_parts(connection, number, ready)
    write_log(connection, who, "replaced", number, str(ready.publication["file_name"]))


def discard(connection: Connection, number: int, who: str) -> None:
    """Delete a draft with its file and figures; the log keeps its history."""
    draft = _find_draft(connection, number)
    _remove_parts(connection, number)
    connection.execute(delete(publications).where(publications.c.id == number))
    write_log(connection, who, "discarded", number, draft.file_name)


def publish(connection: Connection, number: int, who: str) -> None:
    """Publish a draft.

    Raises
    ------
    UnknownPublication, NotADraft, NotReady, AlreadyThere, Overtaken
    """
    draft = _find_draft(connection, number)
    its = connection.execute(
        select(moments.c.period, moments.c.reference_date).where(moments.c.publication_id == number)
    ).all()
    _require_complete(draft)
    _refuse_duplicate(connection, draft)
    if not draft.is_example:
        _refuse_overtaken(connection, draft)
    connection.execute(
        update(publications)
        .where(publications.c.id == number)
        .values(
            state="published",
            published_at=now(),
            published_by=clean(who),
            published_version=next_version(connection),
        )
    )
    write_log(connection, who, "published", number, draft.moment or f"{len(its)} standen")


def withdraw(connection: Connection, number: int, who: str, why: str) -> None:
    """Withdraw a publication; its predecessor is shown again.

    Raises
    ------
    UnknownPublication, NotPublished, NothingLeft
    """
    publication = find(connection, number)
    if publication.state != "published":
        how = (
            f"is al ingetrokken door {publication.withdrawn_by} op {format_time(publication.withdrawn_at)}"
            if publication.state == "withdrawn"
            else "is een concept: gooi het weg in plaats van het in te trekken"
        )
        raise NotPublished(f"P{str(publication)[1:]} {how}.", publication)
    if not shown_moments(one for one in published_moments(connection) if one.publication != number):
        raise NothingLeft(
            f"Zonder {publication} is er geen enkel cijfer meer te tonen. Publiceer eerst andere cijfers."
        )
    withdraw_unchecked(connection, number, who, why)


def withdraw_unchecked(connection: Connection, number: int, who: str, why: str) -> None:
    """Withdraw without checking that any figures are left."""
    connection.execute(
        update(publications)
        .where(publications.c.id == number)
        .values(
            state="withdrawn",
            withdrawn_at=now(),
            withdrawn_by=clean(who),
            withdrawn_why=clean(why),
            withdrawn_version=next_version(connection),
        )
    )
    write_log(connection, who, "withdrawn", number, why)


def add_inhabitants(connection: Connection, table: pd.DataFrame, who: str) -> None:
    """Add inhabitants, which supersede earlier ones of the same year.

    Raises
    ------
    data.errors.FiguresError
    """
    from data.contracts import validate_inhabitants

    checked = validate_inhabitants(table, "inwoners", set(table["gm_code"].dropna()))
    if checked.empty:
        return
    version = next_version(connection)
    rows = [
        dict(zip(INHABITANTS_COLUMNS, (str(code), int(year), int(count), str(quality)), strict=True))
        | {"version": version}
        for code, year, count, quality in checked[list(INHABITANTS_COLUMNS)].itertuples(index=False)
    ]
    connection.execute(insert(inhabitants), rows)
    years = ", ".join(map(str, sorted(checked["year"].unique())))
    write_log(connection, who, "inhabitants", None, f"{len(rows)} van 1 januari {years}")


def _require_complete(draft: Publication) -> None:
    if draft.municipalities and (draft.is_example or draft.period is not None):
        return
    lacks = "halfjaar en peildatum" if draft.period is None else "cijfers"
    raise NotReady(f"P{str(draft)[1:]} heeft nog geen {lacks}; vul ze aan en publiceer dan.")


def _find_draft(connection: Connection, number: int) -> Publication:
    publication = find(connection, number)
    if publication.state == "published":
        _raise_not_a_draft(publication, "al gepubliceerd", publication.published_by, publication.published_at)
    if publication.state == "withdrawn":
        _raise_not_a_draft(publication, "ingetrokken", publication.withdrawn_by, publication.withdrawn_at)
    return publication


def _raise_not_a_draft(publication: Publication, what: str, who: str | None, when: datetime | None) -> NoReturn:
    raise NotADraft(
        f"P{str(publication)[1:]} is {what} door {who} op {format_time(when)}; dit kan alleen met een concept.",
        publication,
    )


def _refuse_duplicate(connection: Connection, draft: Publication) -> None:
    same = connection.scalars(
        select(publications.c.id).where(publications.c.sha256 == draft.sha256, publications.c.state == "published")
    ).first()
    if same is not None:
        there = find(connection, same)
        newer = " Er is daarna een nieuwere gepubliceerd: trek die in om deze weer te tonen."
        raise AlreadyThere(
            f"Dit bestand is al gepubliceerd, door {there.published_by} op {format_time(there.published_at)}: "
            f"{there}.{'' if there.shown else newer}",
            there,
        )


def _refuse_overtaken(connection: Connection, draft: Publication) -> None:
    """Refuse a draft when the shown publication of its moment changed after the comparison."""
    compared = connection.scalar(select(publications.c.compared_version).where(publications.c.id == draft.id))
    newer = connection.scalars(
        select(publications.c.id)
        .where(
            publications.c.period == str(draft.period),
            publications.c.reference_date == draft.reference_date,
            (publications.c.published_version > compared) | (publications.c.withdrawn_version > compared),
        )
        .order_by(func.coalesce(publications.c.withdrawn_version, publications.c.published_version).desc())
    ).first()
    if newer is None:
        return
    other = find(connection, newer)
    did, who, when = (
        ("gepubliceerd", other.published_by, other.published_at)
        if other.state == "published"
        else ("ingetrokken", other.withdrawn_by, other.withdrawn_at)
    )
    raise Overtaken(
        f"Sinds dit concept is vergeleken, is {other} {did} door {who} op {format_time(when)}. "
        "Lees het bestand opnieuw in, bekijk de verschillen en publiceer dan.",
        other,
    )


def _values(connection: Connection, ready: Prepared) -> dict[str, object]:
    compared = current_version(connection) if ready.compared_at is None else ready.compared_at
    return {**ready.publication, "compared_version": compared}


def _insert_parts(connection: Connection, number: int, ready: Prepared) -> None:
    connection.execute(insert(originals).values(publication_id=number, **ready.original))
    its = sorted({*moments_of(ready.figures), *moments_of(ready.totals)})
    first = (connection.scalar(select(func.max(moments.c.id))) or 0) + 1
    ids: dict[Moment, int] = {moment: first + place for place, moment in enumerate(its)}
    if ids:
        connection.execute(
            insert(moments),
            [
                {"id": of, "publication_id": number, "period": period, "reference_date": day}
                for (period, day), of in ids.items()
            ],
        )
    insert_columns(connection, figures, figure_columns(ready.figures, ids))
    insert_columns(connection, totals, total_columns(ready.totals, ids))


def insert_columns(connection: Connection, table: Table, columns: Columns) -> None:
    """Insert rows given as columns."""
    if not any(columns.values()):
        return
    if connection.dialect.name == "postgresql":
        # Arrays take one round trip; row by row takes ten times as long.
        arrays = [
            func.unnest(cast(literal(cells, ARRAY(table.c[name].type)), ARRAY(table.c[name].type)))
            for name, cells in columns.items()
        ]
        connection.execute(insert(table).from_select(list(columns), select(*arrays)))
        return
    rows = zip(*columns.values(), strict=True)
    connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])


def _remove_parts(connection: Connection, number: int) -> None:
    its = select(moments.c.id).where(moments.c.publication_id == number)
    connection.execute(delete(figures).where(figures.c.moment_id.in_(its)))
    connection.execute(delete(totals).where(totals.c.moment_id.in_(its)))
    connection.execute(delete(moments).where(moments.c.publication_id == number))
    connection.execute(delete(originals).where(originals.c.publication_id == number))
