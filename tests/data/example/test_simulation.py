import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.example.behaviour import Stream, spread_over_months
from data.example.known_figures import CalibrationError, Pins, settle
from data.example.simulation import Task, simulate
from data.periods import HalfYear, half_years

PERIODS = half_years(HalfYear(2019, 1), HalfYear(2020, 2))
CODES = [f"GM{row:04d}" for row in range(1, 13)]


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Twelve municipalities in two provinces, four half-years, sane national totals."""
    net = np.array(draw(st.lists(st.integers(0, 400), min_size=12, max_size=12)), np.int64)
    levels = draw(st.lists(st.floats(0.6, 1.1), min_size=4, max_size=4))
    off = draw(st.lists(st.integers(-5, 5), min_size=4, max_size=4))
    whole = int(net.sum())
    realised, balance = [], -whole // 5
    ends = []
    for level, correction in zip(levels, off, strict=True):
        realised.append(int(whole * level))
        balance += realised[-1] - whole
        ends.append(balance)
        balance += correction
    return Task(
        codes=CODES,
        provinces=["PV20"] * 6 + ["PV30"] * 6,
        periods=PERIODS,
        net=np.repeat(net[:, None], 4, axis=1),
        realised=np.array(realised, np.int64),
        end_balance=np.array(ends, np.int64),
        pins=Pins(),
    )


@settings(max_examples=60)
@given(tasks())
def test_sums_are_exact(task: Task) -> None:
    made = simulate(task)
    assert (made.opening.sum(axis=0) == task.opening).all()
    assert (made.realised[:, :, -1].sum(axis=0) == task.realised).all()
    assert (np.diff(made.realised, axis=2) >= 0).all()
    assert (made.realised[:, :, 0] == 0).all()


def steady(pins: Pins) -> Task:
    net = np.repeat(np.arange(10, 130, 10)[:, None], 4, axis=1)
    whole = int(net[:, 0].sum())
    return Task(
        codes=CODES,
        provinces=["PV20"] * 6 + ["PV30"] * 6,
        periods=PERIODS,
        net=net,
        realised=np.full(4, whole - 20),
        end_balance=np.array([-120, -140, -160, -180]),
        pins=pins,
    )


def test_pins_of_every_sort_are_hit() -> None:
    pins = Pins(
        opening={(3, 2): 7, (5, 0): -9, (8, 4): -33},
        realised={(0, 1): 4},
        after_months={(1, 3, 5): 6, (2, 0, 2): 0},
        in_year={(4, 2): 90},
        province_corrected={("PV30", 2): 640},
        province_realised={("PV30", 3): 555},
        province_met={("PV20", 3): 3},
        greatest_lead={1: 3},
    )
    task = steady(pins)
    made = simulate(task)
    realised = made.realised[:, :, -1]
    corrected = task.net - made.opening
    assert made.opening[3, 2] == 7
    assert made.opening[5, 0] == -9
    assert realised[8, 3] - corrected[8, 3] == -33
    assert realised[0, 1] == 4
    assert made.realised[1, 3, 5] == 6
    assert made.realised[2, 0, :3].tolist() == [0, 0, 0]
    assert realised[4, 2:].sum() == 90
    assert corrected[6:, 2].sum() == 640
    assert realised[6:, 3].sum() == 555
    assert (realised[:6, 3] >= corrected[:6, 3]).sum() == 3
    assert (realised[:, 1] - corrected[:, 1])[3] == (realised[:, 1] - corrected[:, 1]).max()
    assert (realised.sum(axis=0) == task.realised).all()


@pytest.mark.parametrize(
    ("pins", "message"),
    [
        (Pins(opening={(3, 1): 0, (3, 2): 0}, realised={(3, 1): 90}), "GM0004, 2019-II–2019-II"),
        (
            Pins(realised={(3, 0): 10, (3, 1): 11}, in_year={(3, 0): 20}),
            "2019-I en 2019-II zijn samen niet 20",
        ),
        (Pins(realised={(3, 0): 10}, in_year={(3, 0): 5}), "GM0004, 2019-I–2019-II"),
        (Pins(opening={(3, 0): 0, (3, 1): -500}), "GM0004, 2019-I–2019-I"),
        (Pins(province_corrected={("PV30", 2): 640}, province_realised={("PV30", 1): 0}), "2019-II: in PV30"),
        (Pins(province_realised={("PV30", 3): 10**6}), "2020-II: realisatie in PV30"),
        (Pins(province_met={("PV20", 1): 7}), "2019-II: in PV20 kunnen"),
        (Pins(realised={(3, 2): 10**6}), "2020-I: realisatie is niet te verdelen"),
    ],
)
def test_pins_that_contradict_each_other_name_their_half_year(pins: Pins, message: str) -> None:
    with pytest.raises(CalibrationError, match=message):
        simulate(steady(pins))


def test_a_small_difference_between_known_balances_is_a_correction() -> None:
    net = np.full((1, 2), 10)
    pins = Pins(opening={(0, 0): 0, (0, 1): -3}, realised={(0, 0): 8})
    paths = settle(pins, net, np.array([0]), np.ones((1, 2)), ["GM0001"], ["2019-I", "2019-II"])
    assert paths.corrections == {(0, 0): -1}  # 8 of 10 leaves −2, known is −3


def test_a_municipality_draws_the_same_whoever_else_is_there() -> None:
    assert Stream(0, 363).uniforms(3).tolist() == Stream(0, 363).uniforms(3).tolist()
    assert Stream(0, 363).uniforms(3).tolist() != Stream(0, 364).uniforms(3).tolist()
    drawn = Stream(0, 363).uniforms(10_000)
    assert drawn.min() >= 0
    assert drawn.max() < 1
    assert abs(drawn.mean() - 0.5) < 0.01


@given(
    st.lists(st.integers(0, 200), min_size=1, max_size=5),
    st.integers(0, 6),
    st.data(),
)
def test_months_add_up_and_pass_through_what_is_known(totals: list[int], code: int, data: st.DataObject) -> None:
    month = data.draw(st.integers(1, 5))
    value = data.draw(st.integers(0, totals[0]))
    count = len(totals)
    months = spread_over_months(
        Stream(0, code),
        np.array(totals),
        np.ones((count, 6)),
        np.full(count, data.draw(st.sampled_from([5, 500]))),
        {(0, month): value},
    )
    assert months.shape == (count, 7)
    assert months[:, -1].tolist() == totals
    assert months[0, month] == value
    assert (np.diff(months, axis=1) >= 0).all()
    assert (months[:, 0] == 0).all()
