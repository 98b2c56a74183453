import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sources.monthly.division import shared_out
from data.sources.monthly.interpret import Geography
from tests.paths import SHARED

DIVISION = Geography.bundled().division
BOUNDARIES = SHARED / "geodata" / "boundaries"
#: Year of a division and that of the boundaries that hold for it.
YEARS = {
    2014: 2014,
    2015: 2015,
    2016: 2016,
    2017: 2017,
    2018: 2018,
    2019: 2020,
    2020: 2020,
    2021: 2021,
    2022: 2022,
}


@pytest.mark.shared
@pytest.mark.parametrize(("year", "file"), YEARS.items())
def test_knows_the_municipalities_of_every_year(year: int, file: int) -> None:
    path = BOUNDARIES / f"gemeente_{file}_rd.geojson"
    if not path.is_file():
        pytest.skip("geen map ../shared/geodata: indelingen van eerdere jaren niet vergeleken")
    codes = {feature["properties"]["statcode"] for feature in json.loads(path.read_text("utf-8"))["features"]}
    assert DIVISION.of_year(year) == codes


def test_counts_the_municipalities_of_every_year() -> None:
    counts = {year: len(DIVISION.of_year(year)) for year in range(2014, 2026)}
    assert list(counts.values()) == [403, 393, 390, 388, 380, 355, 355, 352, 345, 342, 342, 342]


def test_follows_mergers_and_splits_to_the_present() -> None:
    assert DIVISION.successors("GM0363") == {"GM0363": 1.0}
    assert DIVISION.successors("GM0457") == {"GM0363": 1.0}
    # By way of De Friese Meren and Littenseradiel.
    assert set(DIVISION.successors("GM0055")) == {"GM0080", "GM0074", "GM1900", "GM1940"}
    # Land without a village took nobody along.
    assert DIVISION.successors("GM0381") == {"GM1942": 1.0}
    for code in DIVISION.mergers["old_code"]:
        shares = DIVISION.successors(code)
        assert sum(shares.values()) == pytest.approx(1)
        assert set(shares) <= DIVISION.present


@given(st.integers(-5_000, 5_000), st.lists(st.floats(0.01, 1), min_size=1, max_size=5))
def test_parts_sum_to_the_whole(number: int, weights: list[float]) -> None:
    shares = [weight / sum(weights) for weight in weights]
    parts = shared_out(number, shares)
    assert sum(parts) == number
    assert all(abs(part - number * share) < 1 + 1e-6 for part, share in zip(parts, shares, strict=True))
