import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks.state.world import World
from data.analysis.supervision import missed_since
from data.export import FIGURE_COLUMNS, SUPERVISION_COLUMNS, dutch_csv, figures_of_map
from data.formatting import QUALITY
from data.glossary import label
from data.periods import HalfYear

PERIOD = HalfYear(2023, 2)


def parsed(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture(scope="module")
def rows(world: World) -> pd.DataFrame:
    return figures_of_map(world.snapshot, world.snapshot.wide_on(PERIOD, PERIOD.end), PERIOD, PERIOD.end)


def test_heads_and_values_are_words(rows: pd.DataFrame) -> None:
    text = dutch_csv(rows, FIGURE_COLUMNS, source="COA")
    first = parsed(text)[0]
    assert list(first) == [label(name) for name in (*FIGURE_COLUMNS, "source")]
    assert first["Halfjaar"] == "2023-II"
    assert first["Peildatum"] == "01-01-2024"
    statuses = {line["Status"].partition(",")[0] for line in parsed(text)}
    assert statuses <= {"Gehaald", "Niet gehaald", "Niets te huisvesten"}
    assert first["Kwaliteit"] in QUALITY.values()
    assert first["Bron"] == "COA"
    assert text.count("\r\n") == len(rows) + 1
    assert "\n" not in text.replace("\r\n", "")


def test_numbers_are_those_of_the_table(rows: pd.DataFrame) -> None:
    written = parsed(dutch_csv(rows, FIGURE_COLUMNS))
    for line, (_, row) in zip(written, rows.iterrows(), strict=True):
        for name in ("net_target", "opening_balance", "corrected_target", "realised", "remaining", "inhabitants"):
            assert int(line[label(name)]) == row[name]
        share = line["Aandeel gehuisvest"]
        assert share.endswith("%") or (share == "" and np.isnan(row["share"]))
        if share:
            assert float(share[:-1].replace(",", ".")) == pytest.approx(row["share"] * 100, abs=0.051)


def test_undefined_cells_are_empty() -> None:
    frame = pd.DataFrame({"share": [np.nan, 0.5], "missed": pd.array([None, 2], dtype="Int64")})
    assert dutch_csv(frame, ["share", "missed"]).split("\r\n")[1:3] == [";", "50,0%;2"]


@given(name=st.text(min_size=1), value=st.integers(-(10**9), 10**9))
def test_a_text_is_never_a_formula_and_a_number_stays_one(name: str, value: int) -> None:
    frame = pd.DataFrame({"name": [name], "remaining": pd.array([value], dtype="Int64")})
    text = dutch_csv(frame, ["name", "remaining"], source="=1+1")
    (line,) = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    assert not line["Gemeente"].lstrip().startswith(("=", "+", "-", "@"))
    assert line["Gemeente"].removeprefix("'") == name.removeprefix("'")
    assert int(line["Nog te huisvesten"]) == value
    assert line["Bron"] == "'=1+1"


def test_a_column_without_a_word_is_refused() -> None:
    with pytest.raises(KeyError):
        dutch_csv(pd.DataFrame({"slope_of_slope": [1]}), ["slope_of_slope"])


def test_the_quality_of_a_figure_has_a_head() -> None:
    frame = pd.DataFrame({"realised_quality": ["computed"]})
    assert dutch_csv(frame, ["realised_quality"]) == "Kwaliteit gehuisvest\r\nberekend\r\n"
    assert all(map(label, SUPERVISION_COLUMNS))


def test_since_goes_back_to_the_first_half_year_missed(world: World) -> None:
    snapshot = world.snapshot
    since = missed_since(snapshot, PERIOD, PERIOD.end)
    rows = snapshot.wide_on(PERIOD, PERIOD.end).set_index("gm_code")
    assert set(since) == set(rows.index[rows["missed"] > 0])
    for code, text in since.items():
        first, _, earlier = text.partition(" ")
        run = [each for each in snapshot.periods if HalfYear.parse(first) <= each <= PERIOD]
        assert len(run) == rows.loc[code, "missed"]
        missed = [snapshot.row(each, each.end, code)["remaining"] > 0 for each in run]
        assert all(missed)
        before = HalfYear.parse(first).previous()
        if earlier:
            assert (earlier, before in snapshot.periods) == ("of eerder", False)
        else:
            assert snapshot.row(before, before.end, code)["remaining"] <= 0


def test_during_a_half_year_since_looks_at_those_that_have_ended(world: World) -> None:
    running = PERIOD.next()
    middle = running.reference_date(3)
    assert missed_since(world.snapshot, running, middle) == missed_since(world.snapshot, PERIOD, PERIOD.end)
