"""What the commands read is what the store shows, reckoned once a version."""

from datetime import date
from pathlib import Path

from data.commands.session import shown_snapshot
from data.periods import HalfYear
from data.store import Draft, Store


def test_a_snapshot_is_cached_until_something_is_published(shelf: Path) -> None:
    first = shown_snapshot()
    assert shown_snapshot() is first
    period, day = HalfYear(2024, 1), date(2024, 7, 1)
    rows = first.figures[(first.figures["period"] == str(period)) & (first.figures["reference_date"] == str(day))]
    rows = rows.assign(realised=rows["realised"] + 1, realised_quality="published")
    Store(f"sqlite:///{shelf}").load(Draft("stand.csv", b"1", "coa", period, day, rows), "tester")
    second = shown_snapshot()
    assert second is not first
    before, after = (one.totals(period, day).realised for one in (first, second))
    assert after == before + len(rows)
