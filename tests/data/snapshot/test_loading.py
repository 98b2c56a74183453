"""Loading of a snapshot from a store: inhabitants, national totals, titles and sources."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.bootstrap import seed
from data.contracts import validate_figures, validate_inhabitants, validate_national, validate_registry
from data.errors import FiguresError
from data.example import example_inhabitants, example_national
from data.periods import HalfYear
from data.schema import FIGURES_COLUMNS, INHABITANTS_COLUMNS
from data.snapshot import Snapshot, current, stored_tables
from data.store import TOTALS_COLUMNS, Draft, Store
from geo.bundle import load_bundle
from tests.data.store.drafts import example_draft

pytest_plugins = ["tests.data.store.engines"]


def whole_month(period: str, day: str, *, totals: bool = True, source: str = "coa", done: int = 5) -> Draft:
    """Return equal figures of all municipalities on one reference date."""
    codes = list(load_bundle(2023).register["gm_code"])
    cells = (10, 2, 8, done, *["published"] * 4)
    rows = [(period, pd.Timestamp(day), code, *cells) for code in codes]
    printed = [(period, pd.Timestamp(day), code, 3420, 684, 2736, 342 * done) for code in ("NL", "PV20")]
    return Draft(
        file_name=f"overzicht-{day}.xlsx",
        content=f"{period} {day} {source} {done}".encode(),
        source=source,
        period=HalfYear.parse(period),
        reference_date=date.fromisoformat(day),
        figures=pd.DataFrame(rows, columns=list(FIGURES_COLUMNS)),
        published_on=date(2024, 3, 5),
        totals=pd.DataFrame(printed if totals else [], columns=list(TOTALS_COLUMNS)),
    )


def test_the_stored_example_equals_the_example(store: Store) -> None:
    seed(store)
    tables = stored_tables(store)
    assert Snapshot.of(tables).version == current().version
    assert tables.title == "Oefencijfers 2019-I tot en met 2024-I"
    assert tables.sources == {}
    assert tables.example_periods == set(tables.figures["period"])


def test_real_months_and_the_example_have_their_own_sources(store: Store) -> None:
    seed(store)
    first = store.load(whole_month("2024-I", "2024-02-01"), "Anna")
    second = store.load(whole_month("2024-I", "2024-03-01", done=6), "Anna")
    tables = stored_tables(store)
    assert tables.title == "Oefencijfers 2019-I tot en met 2023-II; overzicht COA 2024-I"
    assert tables.example
    assert tables.example_periods == {*(f"{year}-{half}" for year in range(2019, 2024) for half in ("I", "II"))}
    assert tables.sources["2024-I", date(2024, 2, 1)] == f"COA, 5 maart 2024 (publicatie {first.id})"
    assert tables.sources["2024-I", date(2024, 3, 1)] == f"COA, 5 maart 2024 (publicatie {second.id})"
    assert tables.sources["2019-I", date(2019, 2, 1)] == "Oefencijfers 2019-I tot en met 2023-II"
    snapshot = Snapshot.of(tables)
    assert snapshot.example
    assert snapshot.reference_dates(HalfYear(2024, 1)) == (date(2024, 2, 1), date(2024, 3, 1))
    assert snapshot.totals(HalfYear(2024, 1), date(2024, 3, 1)).realised == 342 * 6


def test_real_figures_are_not_labelled_an_example(store: Store) -> None:
    store.load(whole_month("2024-I", "2024-02-01"), "Anna")
    store.load(whole_month("2024-II", "2024-08-01", source="brief van de minister"), "Anna")
    store.load(whole_month("2025-II", "2025-08-01"), "Anna")
    tables = stored_tables(store)
    assert tables.title == "overzicht COA 2024-I, 2025-II; overzicht brief van de minister 2024-II"
    assert not tables.example
    assert not Snapshot.of(tables).example


def test_national_totals_are_bundled_for_an_example_and_printed_for_real(store: Store) -> None:
    store.load(example_draft("2023-I", "2023-II"), "start")
    store.load(whole_month("2024-I", "2024-02-01"), "Anna")
    newest = store.load(whole_month("2024-I", "2024-03-01", done=6), "Anna")
    store.load(whole_month("2024-II", "2025-01-01", done=7), "Anna")
    store.load(whole_month("2025-I", "2025-02-01", totals=False), "Anna")
    national = stored_tables(store).national.set_index("period")
    assert list(national.index) == ["2023-I", "2023-II", "2024-I", "2024-II"]
    bundled = example_national().set_index("period")
    pd.testing.assert_frame_equal(national.loc[["2023-I", "2023-II"]], bundled.loc[["2023-I", "2023-II"]])
    running, ended = national.loc["2024-I"], national.loc["2024-II"]
    assert (running["net_target"], running["corrected_target"]) == (3420, 2736)
    assert running["source"].endswith(f"(publicatie {newest.id})")
    # National realisation is only known for half-years that have ended.
    assert pd.isna(running["realised"])
    assert (ended["realised"], ended["realised_quality"]) == (342 * 7, "published")
    assert pd.isna(ended["end_balance"])
    assert pd.isna(ended["end_balance_quality"])


def test_added_inhabitants_supersede_and_supplement_the_bundled(store: Store) -> None:
    store.load(whole_month("2024-I", "2024-02-01"), "Anna")
    bundled = example_inhabitants()
    pd.testing.assert_frame_equal(stored_tables(store).inhabitants, bundled)
    last = int(bundled["year"].max())
    added = pd.DataFrame(
        [("GM0363", last, 1_000_000, "published"), ("GM0363", last + 2, 1_000_001, "published")],
        columns=list(INHABITANTS_COLUMNS),
    )
    before = stored_tables(store)
    store.add_inhabitants(added, "Anna")
    after = stored_tables(store)
    assert len(after.inhabitants) == len(bundled) + 1
    amsterdam = after.inhabitants[after.inhabitants["gm_code"] == "GM0363"].set_index("year")["inhabitants"]
    assert (amsterdam[last], amsterdam[last + 2]) == (1_000_000, 1_000_001)
    assert Snapshot.of(before).version != Snapshot.of(after).version


@pytest.mark.parametrize("source", ["<script>alert(1)</script>", "=1+1"])
def test_any_source_name_is_accepted(store: Store, source: str) -> None:
    published = store.load(whole_month("2024-I", "2024-02-01", source=source), "Anna")
    tables = stored_tables(store)
    assert tables.title == f"overzicht {source} 2024-I"
    assert tables.sources["2024-I", date(2024, 2, 1)].startswith(source)
    assert published.source == source


def test_the_tables_of_a_store_keep_their_contracts(store: Store) -> None:
    """They are not checked again at a start, so what was published must come back as it was checked."""
    seed(store)
    store.load(whole_month("2024-I", "2024-02-01"), "Anna")
    tables = stored_tables(store)
    assert tables.checked
    codes = set(tables.registry["gm_code"])
    for table, checked in (
        (tables.registry, validate_registry(tables.registry, "register")),
        (tables.figures, validate_figures(tables.figures, "cijfers", codes)),
        (tables.inhabitants, validate_inhabitants(tables.inhabitants, "inwoners", codes)),
        (tables.national, validate_national(tables.national, "totalen")),
    ):
        pd.testing.assert_frame_equal(table, checked)


def test_a_store_with_other_municipalities_than_the_registry_is_checked(store: Store) -> None:
    seed(store)
    tables = stored_tables(store)
    other = replace(tables, registry=tables.registry[tables.registry["gm_code"] != "GM0363"])
    with pytest.raises(FiguresError, match="GM0363"):
        Snapshot.of(other)
