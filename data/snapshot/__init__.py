"""Immutable snapshot of the figures: one version, joined and computed, as pages read it."""

from data.snapshot.loading import (
    Source,
    current,
    example_tables,
    stored_tables,
)
from data.snapshot.national import (
    PublishedTotals,
)
from data.snapshot.snapshot import (
    NotInSnapshot,
    Snapshot,
    Tables,
)
from data.snapshot.standing import (
    REGIONS,
    Standing,
    municipal_standings,
)
from data.snapshot.standings import (
    STANDINGS_COLUMNS,
    order_behind,
    wide_standings,
)

__all__ = [
    "REGIONS",
    "STANDINGS_COLUMNS",
    "NotInSnapshot",
    "PublishedTotals",
    "Snapshot",
    "Source",
    "Standing",
    "Tables",
    "current",
    "example_tables",
    "municipal_standings",
    "order_behind",
    "stored_tables",
    "wide_standings",
]
