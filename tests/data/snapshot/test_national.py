"""Quality of our national sums where they equal the published totals."""

from dataclasses import replace
from typing import Any

import pytest

from data.analysis.area_series import area_table
from data.areas import COUNTRY
from data.snapshot import Snapshot, Tables, current


def sums(snapshot: Snapshot, day: str, period: str, area: str = COUNTRY) -> dict[str, Any]:
    dates = [(one.isoformat(), str(each)) for each in snapshot.periods for one in snapshot.reference_dates(each)]
    moments = area_table(snapshot).moments([snapshot.area(area)])[area]
    return dict(moments[dates.index((day, period))])


@pytest.mark.parametrize(
    ("period", "day", "corrected", "realised", "remaining"),
    [
        ("2023-I", "2023-07-01", "published", "published", "published"),
        ("2023-II", "2024-01-01", "estimated", "estimated", "estimated"),
        ("2024-I", "2024-07-01", "estimated", "published", "estimated"),
        ("2024-I", "2024-06-01", "estimated", "simulated", "simulated"),
    ],
)
def test_a_national_sum_has_the_quality_of_its_published_column(
    period: str, day: str, corrected: str, realised: str, remaining: str
) -> None:
    qualities = sums(current(), day, period)["qualities"]
    assert qualities["net_target"] == "published"
    assert qualities["corrected_target"] == corrected
    assert qualities["realised"] == realised
    assert qualities["remaining"] == remaining


def test_a_provinces_sum_ignores_the_national_totals() -> None:
    qualities = sums(current(), "2024-07-01", "2024-I", "PV28")["qualities"]
    assert (qualities["net_target"], qualities["realised"]) == ("estimated", "simulated")


def test_a_sum_that_differs_keeps_the_quality_of_its_parts(tables: Tables) -> None:
    snapshot = Snapshot.of(tables)  # publishes 40 where the rows give another sum
    national = sums(snapshot, "2022-07-01", "2022-I")
    assert national["corrected_target"] != 40
    assert national["qualities"]["corrected_target"] == "simulated"

    row = tables.national.assign(corrected_target=national["corrected_target"])
    row["corrected_target_quality"] = "estimated"
    mended = sums(Snapshot.of(replace(tables, national=row)), "2022-07-01", "2022-I")
    assert mended["qualities"]["corrected_target"] == "estimated"
