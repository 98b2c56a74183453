import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.contracts import validate_figures
from data.findings import Weight
from data.periods import HalfYear
from data.sources.monthly.interpret import interpret
from tests.data.sources.monthly.layouts import LAYOUTS
from tests.data.sources.monthly.notation import Notation
from tests.data.sources.monthly.readings import GEOGRAPHY, made, same, stops

STYLES = ("typed", "dutch", "english", "spaced", "bare")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", LAYOUTS)
def test_reads_every_layout_in_every_style(name: str, style: str) -> None:
    figures = made(size=900)
    minus = ("-", "()", "behind", "−")[(len(name) + STYLES.index(style)) % 4]
    notation = Notation(style, minus, plus_is_lead=STYLES.index(style) % 2 == 0)
    reading = interpret(LAYOUTS[name](figures, GEOGRAPHY.register, notation), GEOGRAPHY)
    assert stops(reading) == []
    assert same(reading, figures)
    validate_figures(reading.figures, name, GEOGRAPHY.register["gm_code"])
    assert len(reading.lines) == 342
    assert not any(finding.weight is Weight.ASKS for finding in reading.findings)


@settings(max_examples=30)
@given(
    name=st.sampled_from(sorted(LAYOUTS)),
    notation=st.builds(Notation, st.sampled_from(STYLES), st.sampled_from(["-", "−", "()", "behind"]), st.booleans()),
    seed=st.integers(0, 10_000),
    period=st.builds(HalfYear, st.integers(2023, 2031), st.sampled_from([1, 2])),
    months=st.integers(0, 6),
    size=st.sampled_from([0, 1, 3, 30, 400, 5_000, 300_000]),
)
def test_never_reads_other_figures_than_were_written(
    name: str, notation: Notation, seed: int, period: HalfYear, months: int, size: int
) -> None:
    figures = made(seed, period, months, max(size, 1))
    if size == 0:
        figures = figures.assign(
            opening_balance=pd.array([0] * 342, dtype="Int64"), corrected_target=figures["net_target"]
        )
    reading = interpret(LAYOUTS[name](figures, GEOGRAPHY.register, notation), GEOGRAPHY)
    # What cannot be told from the file is asked for; what is read is what was written.
    assert same(reading, figures) or {finding.split(":")[0] for finding in stops(reading)} <= {
        "moment_unknown",
        "moment_contradiction",
        "sign_undecided",
        "two_candidates",
        "missing_column",
    }
    if size >= 30 and 0 < months < 6:
        assert stops(reading) == []
        assert same(reading, figures)
