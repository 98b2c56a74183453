"""Files of earlier years come out in the present division: merged, divided where split, and nothing lost."""

import numpy as np
import pandas as pd
import pytest

from data.quality import Quality
from data.schema import FIGURE_NAMES
from data.sources.monthly.interpret import interpret
from data.sources.monthly.reading import Reading
from tests.data.sources.monthly.layouts import LAYOUTS
from tests.data.sources.monthly.readings import GEOGRAPHY, kinds, stops


def of_year(
    year: int, month: int, without: frozenset[str] = frozenset(), also: frozenset[str] = frozenset()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures of the municipalities of a year, and their register."""
    codes = sorted((GEOGRAPHY.division.of_year(year) - without) | also)
    gazetteer = GEOGRAPHY.gazetteer
    provinces = dict(zip(GEOGRAPHY.register["province_code"], GEOGRAPHY.register["province"], strict=True))
    register = pd.DataFrame({"gm_code": codes, "name": [gazetteer.names[code] for code in codes]})
    register["province_code"] = [gazetteer.province[code] for code in codes]
    register["province"] = register["province_code"].map(provinces)
    dice = np.random.default_rng(year)
    net, balance = dice.integers(3, 90, len(codes)), dice.integers(-40, 20, len(codes))
    figures = pd.DataFrame({"gm_code": codes, "net_target": net, "opening_balance": balance})
    figures["corrected_target"] = net - balance
    figures["realised"] = np.maximum(net - balance, 0) // 2
    half = "I" if month <= 6 else "II"
    figures["period"], figures["reference_date"] = f"{year}-{half}", pd.Timestamp(year, month, 1)
    return figures, register


def reading_of(figures: pd.DataFrame, register: pd.DataFrame, layout: str = "one_sheet") -> Reading:
    return interpret(LAYOUTS[layout](figures, register), GEOGRAPHY)


@pytest.mark.parametrize(
    ("year", "layout", "split"),
    [
        (2014, "one_sheet", 4),
        (2015, "sheet_per_province", 3),
        (2016, "pdf_tables", 3),
        (2018, "sections", 2),
        (2020, "codes_only", 1),
        (2021, "double_heading", 0),
        (2022, "lead_and_backlog", 0),
        (2024, "months_apart", 0),
    ],
)
def test_earlier_years_become_the_present(year: int, layout: str, split: int) -> None:
    figures, register = of_year(year, 5)
    reading = reading_of(figures, register, layout)
    assert stops(reading) == []
    assert list(reading.figures["gm_code"]) == sorted(GEOGRAPHY.division.present)
    for name in FIGURE_NAMES:
        assert reading.figures[name].sum() == figures[name].sum()
    table = reading.figures
    assert (table["corrected_target"] == table["net_target"] - table["opening_balance"]).all()
    found = [finding for finding in reading.findings if finding.kind == "split_divided"]
    assert len(found) == split
    assert all(finding.weight == "asks" for finding in found)
    estimated = set(table.loc[table["net_target_quality"] == Quality.ESTIMATED, "gm_code"])
    divided = [code for code in register["gm_code"] if len(GEOGRAPHY.division.successors(code)) > 1]
    assert estimated == {new for code in divided for new in GEOGRAPHY.division.successors(code)}
    merged = set(reading.lines.loc[reading.lines["how"] == "merged", "gm_code"])
    plain = table[~table["gm_code"].isin(estimated | merged)]
    assert set(plain["net_target_quality"]) == {Quality.PUBLISHED}


def test_sums_over_merged_municipalities_stay_published() -> None:
    figures, register = of_year(2022, 5)
    table = reading_of(figures, register).figures.set_index("gm_code")
    both = figures.set_index("gm_code").loc[["GM0363", "GM0457"], "net_target"].sum()
    assert table.loc["GM0363", "net_target"] == both
    assert table.loc["GM0363", "net_target_quality"] == Quality.PUBLISHED


def test_a_municipality_that_is_no_more_stops() -> None:
    reading = reading_of(*of_year(2024, 5, also=frozenset({"GM0457"})))
    (found,) = [finding for finding in reading.findings if finding.weight == "stops"]
    assert found.kind == "municipality_of_another_year"
    assert "Amsterdam (GM0363)" in found.message


def test_a_part_of_a_later_merger_that_is_missing_stops() -> None:
    figures, register = of_year(2018, 5, without=frozenset({"GM0017"}))
    (found,) = [f for f in reading_of(figures, register).findings if f.kind == "missing_municipality"]
    assert "Haren" in found.message


def test_weesp_may_be_counted_either_way_in_its_last_year() -> None:
    assert stops(reading_of(*of_year(2022, 11, without=frozenset({"GM0457"})))) == []
    assert "missing_municipality" in kinds(reading_of(*of_year(2021, 11, without=frozenset({"GM0457"}))))


PARTS = frozenset({"GM0501", "GM0530", "GM0614"})


def test_earlier_figures_may_be_in_a_later_division() -> None:
    reading = reading_of(*of_year(2022, 11, without=PARTS | {"GM0457"}, also=frozenset({"GM1992"})))
    assert stops(reading) == []
    assert "later_division" in kinds(reading)


def test_old_and_new_together_stop() -> None:
    reading = reading_of(*of_year(2022, 11, also=frozenset({"GM1992"})))
    doubled = [finding for finding in reading.findings if finding.kind == "doubled_municipality"]
    assert {finding.gm_code for finding in doubled} == PARTS


@pytest.mark.parametrize("layout", ["sections", "sheet_per_province", "pdf_tables", "one_sheet"])
def test_an_ambiguous_name_is_resolved_by_province(layout: str) -> None:
    figures, register = of_year(2024, 5)
    register["name"] = register["name"].str.replace(r"^Bergen \(.*", "Bergen", regex=True)
    reading = reading_of(figures, register, layout)
    assert stops(reading) == []
    assert reading.figures["net_target"].tolist() == figures["net_target"].tolist()
