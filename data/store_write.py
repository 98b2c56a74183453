"""Writing in the store, within the one writer's transaction: drafts, publishing, withdrawing, the log."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import NoReturn

import pandas as pd
from sqlalchemy import Connection, delete, func, insert, select, update

from data.periods import HalfYear, PeriodError
from data.problems import FiguresError
from data.schema import INHABITANTS_COLUMNS, validate_figures, validate_inhabitants
from data.store_frames import Moment, figure_rows, moments_of, total_rows
from data.store_shown import shown_of, standing, told_publications
from data.store_tables import figures, inhabitants, log, moments, originals, publications, state, totals
from data.store_types import (
    EXAMPLE,
    AlreadyThere,
    Draft,
    NotADraft,
    NothingLeft,
    NotPublished,
    NotReady,
    Overtaken,
    Publication,
    UnknownPublication,
    told,
)

# Municipalities come and go: the store takes every code, and who shows the figures knows which there are.
_CODE = re.compile(r"GM\d{4}", re.ASCII)


def now() -> datetime:
    """Time, in UTC."""
    return datetime.now(UTC)


def clean(text: str) -> str:
    """Text that both engines keep: without NUL, and without halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def write_log(connection: Connection, who: str, what: str, publication: int | None, detail: str) -> None:
    """Add a line to the log."""
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
    """Count one up the version of what is shown, and return it."""
    connection.execute(update(state).values(version=state.c.version + 1))
    return current_version(connection)


def current_version(connection: Connection) -> int:
    """Version of what is shown."""
    return int(connection.execute(select(state.c.version)).scalar_one())


def find(connection: Connection, number: int) -> Publication:
    """Publication of a number.

    Raises
    ------
    UnknownPublication
    """
    for publication in told_publications(connection, number):
        return publication
    raise UnknownPublication(f"Er is geen publicatie {number}. `python -m data publications` noemt ze.")


def save(connection: Connection, draft: Draft, who: str, *, number: int | None = None) -> int:
    """Keep a draft, as a new one or instead of the draft of a number, and return its number.

    Raises
    ------
    NotReady
        When its figures break their contract, or are not of its moment.
    UnknownPublication, NotADraft
    """
    table = _checked(draft)
    values: dict[str, object] = {
        "source": clean(draft.source),
        "file_name": clean(draft.file_name),
        "sha256": sha256(draft.content).hexdigest(),
        "size": len(draft.content),
        "period": None if draft.period is None else str(draft.period),
        "reference_date": draft.reference_date,
        "published_on": draft.published_on,
        "note": clean(draft.note),
        "municipalities": int(table["gm_code"].nunique()),
        "compared_version": current_version(connection) if draft.compared_at is None else draft.compared_at,
    }
    if number is None:
        number = int(
            connection.execute(
                update(state)
                .values(last_publication=state.c.last_publication + 1)
                .returning(state.c.last_publication)
            ).scalar_one()
        )
        made = {"id": number, "state": "draft", "made_at": now(), "made_by": clean(who)}
        connection.execute(insert(publications).values(values | made))
        write_log(connection, who, "saved", number, draft.file_name)
    else:
        _the_draft(connection, number)
        _remove_parts(connection, number)
        connection.execute(update(publications).where(publications.c.id == number).values(values))
        write_log(connection, who, "replaced", number, draft.file_name)
    _insert_parts(connection, number, draft, table)
    return number


def discard(connection: Connection, number: int, who: str) -> None:
    """Throw a draft away, its file and figures too; the log keeps that it was there."""
    draft = _the_draft(connection, number)
    _remove_parts(connection, number)
    connection.execute(delete(publications).where(publications.c.id == number))
    write_log(connection, who, "discarded", number, draft.file_name)


def publish(connection: Connection, number: int, who: str) -> None:
    """Publish a draft.

    Raises
    ------
    UnknownPublication, NotADraft, NotReady, AlreadyThere, Overtaken
    """
    draft = _the_draft(connection, number)
    its = connection.execute(
        select(moments.c.period, moments.c.reference_date).where(moments.c.publication_id == number)
    ).all()
    _complete(draft, len(its))
    _refuse_twice(connection, draft)
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
    """Take a publication back; what was published before it for its moment shows again.

    Raises
    ------
    UnknownPublication, NotPublished, NothingLeft
    """
    publication = find(connection, number)
    if publication.state != "published":
        how = (
            f"is al ingetrokken door {publication.withdrawn_by} op {told(publication.withdrawn_at)}"
            if publication.state == "withdrawn"
            else "is een concept: gooi het weg in plaats van het in te trekken"
        )
        raise NotPublished(f"P{str(publication)[1:]} {how}.", publication)
    if not shown_of(one for one in standing(connection) if one.publication != number):
        raise NothingLeft(
            f"Zonder {publication} is er geen enkel cijfer meer te tonen. Publiceer eerst andere cijfers."
        )
    retire(connection, number, who, why)


def retire(connection: Connection, number: int, who: str, why: str) -> None:
    """Withdraw without asking whether anything is left."""
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
    """Add inhabitants, which count instead of earlier ones of the same year.

    Raises
    ------
    data.problems.FiguresError
    """
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


def _checked(draft: Draft) -> pd.DataFrame:
    """Figures of a draft, typed by their contract and of its moment."""
    try:
        codes = {str(code) for code in draft.figures.get("gm_code", ()) if _CODE.fullmatch(str(code))}
        table = validate_figures(draft.figures, draft.file_name, codes)
        if draft.period is not None and draft.reference_date is not None:
            draft.period.months_elapsed(draft.reference_date)
    except (FiguresError, PeriodError) as error:
        raise NotReady(f"{draft.file_name}: {error}") from error
    if draft.source == EXAMPLE:
        return table
    expected = None if draft.period is None else (str(draft.period), draft.reference_date)
    others = [moment for moment in moments_of(table) if moment != expected]
    if others:
        period, day = others[0]
        raise NotReady(
            f"{draft.file_name}: er zijn cijfers van {period}, stand {day}, maar de publicatie is van "
            f"{draft.period}, stand {draft.reference_date}. Kies één halfjaar en peildatum."
        )
    return table


def _complete(draft: Publication, moments_known: int) -> None:
    if moments_known and (draft.is_example or draft.period is not None):
        return
    lacks = "halfjaar en peildatum" if draft.period is None else "cijfers"
    raise NotReady(f"P{str(draft)[1:]} heeft nog geen {lacks}; vul ze aan en publiceer dan.")


def _the_draft(connection: Connection, number: int) -> Publication:
    publication = find(connection, number)
    if publication.state == "published":
        _no_draft(publication, "al gepubliceerd", publication.published_by, publication.published_at)
    if publication.state == "withdrawn":
        _no_draft(publication, "ingetrokken", publication.withdrawn_by, publication.withdrawn_at)
    return publication


def _no_draft(publication: Publication, what: str, who: str | None, when: datetime | None) -> NoReturn:
    raise NotADraft(
        f"P{str(publication)[1:]} is {what} door {who} op {told(when)}; dit kan alleen met een concept.",
        publication,
    )


def _refuse_twice(connection: Connection, draft: Publication) -> None:
    same = connection.scalars(
        select(publications.c.id).where(
            publications.c.sha256 == draft.sha256, publications.c.state == "published"
        )
    ).first()
    if same is not None:
        there = find(connection, same)
        newer = " Er is daarna een nieuwere gepubliceerd: trek die in om deze weer te tonen."
        raise AlreadyThere(
            f"Dit bestand is al gepubliceerd, door {there.published_by} op {told(there.published_at)}: "
            f"{there}.{'' if there.shown else newer}",
            there,
        )


def _refuse_overtaken(connection: Connection, draft: Publication) -> None:
    """Refuse a draft when what is shown of its moment changed since it was compared with that."""
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
        f"Sinds dit concept is vergeleken, is {other} {did} door {who} op {told(when)}. "
        "Lees het bestand opnieuw in, bekijk de verschillen en publiceer dan.",
        other,
    )


def _insert_parts(connection: Connection, number: int, draft: Draft, table: pd.DataFrame) -> None:
    connection.execute(
        insert(originals).values(
            publication_id=number,
            content=draft.content,
            report=_json(draft.report),
            reading=_json(draft.reading),
        )
    )
    its = sorted({*moments_of(table), *moments_of(draft.totals)})
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
    if len(table):
        connection.execute(insert(figures), figure_rows(table, ids))
    if len(draft.totals):
        connection.execute(insert(totals), total_rows(draft.totals, ids))


def _remove_parts(connection: Connection, number: int) -> None:
    its = select(moments.c.id).where(moments.c.publication_id == number)
    connection.execute(delete(figures).where(figures.c.moment_id.in_(its)))
    connection.execute(delete(totals).where(totals.c.moment_id.in_(its)))
    connection.execute(delete(moments).where(moments.c.publication_id == number))
    connection.execute(delete(originals).where(originals.c.publication_id == number))


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(dict(value), default=_plain, separators=(",", ":"))


def _plain(value: object) -> object:
    """Write what JSON does not know: dates as 2024-03-01, half-years as 2024-I, numbers of numpy."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, HalfYear):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    item = getattr(value, "item", None)
    if callable(item):
        return item()
    raise TypeError(f"{type(value).__name__} kan niet in JSON")
