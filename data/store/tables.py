"""Table definitions of the store; :mod:`data.store.migrations` creates the tables."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

REVISION: Final = "0002"
"""Latest revision of :mod:`data.store.migrations`."""


class UtcTime(TypeDecorator[datetime]):
    """A timezone-aware time in UTC, also in engines without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC; naive where the engine has no time zones."""
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


metadata = MetaData()

# One row, which a writer locks, so that there is a single writer at a time.
state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True),
    # Grows with each change of the shown figures.
    Column("version", Integer, nullable=False),
    # Ids of publications are never reused, not even after a draft was deleted.
    Column("last_publication", Integer, nullable=False),
)

publications = Table(
    "publications",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("period", Text),
    Column("reference_date", Date),
    Column("published_on", Date),
    Column("state", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("municipalities", Integer, nullable=False),
    # Version of the store that the draft was compared with.
    Column("compared_version", Integer, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("published_at", UtcTime),
    Column("published_by", Text),
    # Version of the store that publishing made; unlike clocks, versions are monotonic.
    Column("published_version", Integer),
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_by", Text),
    Column("withdrawn_why", Text),
    Column("withdrawn_version", Integer),
)

originals = Table(
    "originals",
    metadata,
    Column("publication_id", ForeignKey(publications.c.id), primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("report", Text, nullable=False),
    Column("reading", Text, nullable=False),
)

moments = Table(
    "moments",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("publication_id", ForeignKey(publications.c.id), nullable=False),
    Column("period", Text, nullable=False),
    Column("reference_date", Date, nullable=False),
    UniqueConstraint("publication_id", "period", "reference_date"),
)

figures = Table(
    "figures",
    metadata,
    Column("moment_id", ForeignKey(moments.c.id), primary_key=True, autoincrement=False),
    Column("gm_code", Text, primary_key=True),
    Column("net_target", Integer),
    Column("opening_balance", Integer),
    Column("corrected_target", Integer),
    Column("realised", Integer),
    # One letter per figure, in the order above: p(ublished), c(omputed), e(stimated), s(imulated), or a dash.
    Column("qualities", Text, nullable=False),
    sqlite_with_rowid=False,
)

totals = Table(
    "totals",
    metadata,
    Column("moment_id", ForeignKey(moments.c.id), primary_key=True, autoincrement=False),
    Column("code", Text, primary_key=True),
    Column("net_target", Integer),
    Column("opening_balance", Integer),
    Column("corrected_target", Integer),
    Column("realised", Integer),
    sqlite_with_rowid=False,
)

inhabitants = Table(
    "inhabitants",
    metadata,
    Column("gm_code", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    # Version of the store that adding them made; the newest counts.
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("inhabitants", Integer, nullable=False),
    Column("quality", Text, nullable=False),
)

mappings = Table(
    "mappings",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("choices", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("who", Text, nullable=False),
)

visit_lists = Table(
    "visit_lists",
    metadata,
    # Ids are never reused: a removed list stays as a row.
    Column("id", Integer, primary_key=True, autoincrement=False),
    # Grows with each change, for optimistic locking.
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    # As `data.visits.write_visits` writes them.
    Column("visits", Text, nullable=False),
    # Selected moment, and the rest of the page's query; NULL and empty mean the page's defaults.
    Column("period", Text),
    Column("reference_date", Date),
    Column("asked", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("removed", Boolean, nullable=False),
)

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    # No foreign key: a deleted draft stays in the log.
    Column("publication_id", Integer),
    Column("detail", Text, nullable=False),
)
