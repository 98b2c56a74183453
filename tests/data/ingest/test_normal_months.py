"""A normal month asks nothing, whatever was published around it."""

import pytest

from data.ingest.checks import check
from data.periods import HalfYear
from tests.data.ingest.monthly import baseline_at, read
from tests.monthly_files import IN_MONTH, PERIOD, month, without


@pytest.mark.parametrize("period", [PERIOD, HalfYear(2022, 1), HalfYear(2019, 2)], ids=str)
@pytest.mark.parametrize("months", [1, 3, 6])
def test_no_stop_and_no_question(period: HalfYear, months: int) -> None:
    around = {"previous_month": months - 1, "next_month": months + 1} if months < 6 else {"previous_month": 5}
    rows = month(months, period)
    for baseline in (baseline_at(period), baseline_at(period, ended=True, **around)):
        report = check(read(rows if months > 1 else without(rows, IN_MONTH)), baseline)
        assert (report.stops, report.asks) == ((), ())
        assert report.publishable()
