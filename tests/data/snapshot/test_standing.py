import pytest

from data.analysis.laggards import behind_schedule
from data.periods import HalfYear
from data.progress import LAGGING, MEETING, Status
from data.snapshot import REGIONS, Snapshot, current, municipal_standings

PERIOD = HalfYear(2022, 1)


@pytest.mark.parametrize("months", [0, 4, 6])
def test_standings_are_those_of_the_snapshot(months: int) -> None:
    day = PERIOD.reference_date(months)
    rows = current().wide_on(PERIOD, day)
    standings = municipal_standings(current(), PERIOD, day)
    assert [*standings] == rows["gm_code"].tolist()
    behind = behind_schedule(rows["corrected_target"], rows["realised"], months)
    for standing, backlog, row in zip(standings.values(), behind, rows.itertuples(), strict=True):
        assert (standing.name, standing.status, standing.remaining) == (row.name, row.status, row.remaining)
        assert standing.share == row.share or standing.share is None
        assert standing.backlog == pytest.approx(backlog)
        assert (standing.lags, standing.done) == (row.status in LAGGING, row.status in MEETING)
        for level in REGIONS:
            assert standing.regions[level] == (getattr(row, f"{level}_code"), getattr(row, level))


def test_unknown_cells_are_none(snapshot: Snapshot) -> None:
    unknown = municipal_standings(snapshot, PERIOD, PERIOD.end)["GM0004"]
    assert (unknown.status, unknown.known, unknown.lags) == (Status.NO_DATA, False, False)
    assert (unknown.realised, unknown.remaining, unknown.backlog, unknown.share) == (None, None, None, None)
    # A target of zero has no share.
    assert municipal_standings(snapshot, PERIOD, PERIOD.end)["GM0003"].share is None
