"""First revision: publications, figures and the log, with triggers that make them immutable."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables and the triggers."""
    _tables()
    op.execute("INSERT INTO state (id, version, last_publication) VALUES (1, 0, 0)")
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(statement)


def _counts() -> list[sa.Column[int]]:
    names = ("net_target", "opening_balance", "corrected_target", "realised")
    return [sa.Column(name, sa.Integer) for name in names]


def _tables() -> None:
    op.create_table(
        "state",
        sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("last_publication", sa.Integer, nullable=False),
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False, index=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("period", sa.Text),
        sa.Column("reference_date", sa.Date),
        sa.Column("published_on", sa.Date),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("municipalities", sa.Integer, nullable=False),
        sa.Column("compared_version", sa.Integer, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("published_at", TIME),
        sa.Column("published_by", sa.Text),
        sa.Column("published_version", sa.Integer),
        sa.Column("withdrawn_at", TIME),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_why", sa.Text),
        sa.Column("withdrawn_version", sa.Integer),
        sa.CheckConstraint("state IN ('draft', 'published', 'withdrawn')"),
        sa.CheckConstraint("(state = 'draft') = (published_version IS NULL)"),
        sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_version IS NOT NULL)"),
    )
    publication = sa.ForeignKey("publications.id")
    op.create_table(
        "originals",
        sa.Column("publication_id", sa.Integer, publication, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("reading", sa.Text, nullable=False),
    )
    op.create_table(
        "moments",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("publication_id", sa.Integer, sa.ForeignKey("publications.id"), nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("reference_date", sa.Date, nullable=False),
        sa.UniqueConstraint("publication_id", "period", "reference_date"),
    )
    op.create_table(
        "figures",
        sa.Column("moment_id", sa.Integer, sa.ForeignKey("moments.id"), primary_key=True, autoincrement=False),
        sa.Column("gm_code", sa.Text, primary_key=True),
        *_counts(),
        sa.Column("qualities", sa.Text, nullable=False),
        sa.CheckConstraint("length(qualities) = 4"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "totals",
        sa.Column("moment_id", sa.Integer, sa.ForeignKey("moments.id"), primary_key=True, autoincrement=False),
        sa.Column("code", sa.Text, primary_key=True),
        *_counts(),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "inhabitants",
        sa.Column("gm_code", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("inhabitants", sa.Integer, nullable=False),
        sa.Column("quality", sa.Text, nullable=False),
    )
    op.create_table(
        "mappings",
        sa.Column("fingerprint", sa.Text, primary_key=True),
        sa.Column("choices", sa.Text, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("publication_id", sa.Integer),
        sa.Column("detail", sa.Text, nullable=False),
    )


# Immutable tables: append-only ones, and those whose rows may be deleted with their draft.
_ONLY_GROW = ("log", "inhabitants")
_OF_PUBLICATION = ("originals", "moments")
_OF_MOMENT = ("figures", "totals")
_OF_A_DRAFT = _OF_PUBLICATION + _OF_MOMENT
# Columns of a publication that are fixed by publishing it.
_SETTLED = (
    "id, source, file_name, sha256, size, period, reference_date, published_on, note, municipalities, "
    "compared_version, made_at, made_by"
)
_ALLOWED = (
    "(OLD.state = 'draft' AND NEW.state IN ('draft', 'published')) "
    "OR (OLD.state = 'published' AND NEW.state = 'withdrawn')"
)


def _sqlite() -> list[str]:
    def trigger(name: str, event: str, table: str, when: str = "") -> str:
        condition = f"WHEN {when} " if when else ""
        return (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
            f"BEGIN SELECT RAISE(ABORT, '{table}: what is published is never changed'); END"
        )

    def settled(row: str, table: str) -> str:
        whose = f"{row}.publication_id"
        if table in _OF_MOMENT:
            whose = f"(SELECT publication_id FROM moments WHERE id = {row}.moment_id)"  # noqa: S608  ours
        return f"(SELECT state FROM publications WHERE id = {whose}) <> 'draft'"  # noqa: S608  idem

    return [
        *(trigger(f"{table}_{event}", event, table) for table in _ONLY_GROW for event in ("UPDATE", "DELETE")),
        *(trigger(f"{table}_update", "UPDATE", table) for table in _OF_A_DRAFT),
        *(trigger(f"{table}_insert", "INSERT", table, settled("NEW", table)) for table in _OF_A_DRAFT),
        *(trigger(f"{table}_delete", "DELETE", table, settled("OLD", table)) for table in _OF_A_DRAFT),
        trigger("publications_settled", f"UPDATE OF {_SETTLED}", "publications", "OLD.state <> 'draft'"),
        trigger("publications_state", "UPDATE OF state", "publications", f"NOT ({_ALLOWED})"),
        trigger("publications_delete", "DELETE", "publications", "OLD.state <> 'draft'"),
    ]


def _postgresql() -> list[str]:
    refuse = "RAISE EXCEPTION '%: what is published is never changed', TG_TABLE_NAME;"

    def function(name: str, body: str) -> str:
        return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$"

    def of_drafts(name: str, whose: str) -> str:
        # A trigger's condition cannot query another table, so a function does.
        state = f"SELECT state INTO found FROM publications WHERE id = {whose}"  # noqa: S608  our own names
        return function(
            name,
            "DECLARE found text; this record; BEGIN "
            "IF TG_OP = 'DELETE' THEN this := OLD; ELSE this := NEW; END IF; "
            f"{state}; IF found <> 'draft' THEN {refuse} END IF; RETURN this; END",
        )

    def trigger(name: str, event: str, table: str, call: str, each: str = "ROW", when: str = "") -> str:
        condition = f"WHEN ({when}) " if when else ""
        return f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} {condition}EXECUTE FUNCTION {call}()"

    def fixed(name: str, event: str, when: str) -> str:
        return trigger(f"publications_{name}", event, "publications", "never_changed", when=when)

    calls = dict.fromkeys(_OF_PUBLICATION, "only_of_a_draft") | dict.fromkeys(_OF_MOMENT, "only_in_a_draft")
    everything = (*_ONLY_GROW, *_OF_A_DRAFT, "publications")
    return [
        function("never_changed", f"BEGIN {refuse} END"),
        of_drafts("only_of_a_draft", "this.publication_id"),
        of_drafts("only_in_a_draft", "(SELECT publication_id FROM moments WHERE id = this.moment_id)"),
        *(trigger(f"{table}_fixed", "UPDATE OR DELETE", table, "never_changed") for table in _ONLY_GROW),
        *(trigger(f"{table}_fixed", "UPDATE", table, "never_changed") for table in _OF_A_DRAFT),
        *(trigger(f"{table}_of_drafts", "INSERT OR DELETE", table, call) for table, call in calls.items()),
        *(trigger(f"{table}_kept", "TRUNCATE", table, "never_changed", "STATEMENT") for table in everything),
        fixed("settled", f"UPDATE OF {_SETTLED}", "OLD.state <> 'draft'"),
        fixed("state", "UPDATE OF state", f"NOT ({_ALLOWED})"),
        fixed("delete", "DELETE", "OLD.state <> 'draft'"),
    ]
