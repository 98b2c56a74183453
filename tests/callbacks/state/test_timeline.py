"""Places on the slider through time."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from callbacks.state.timeline import timeline
from data.periods import HalfYear, half_years

#: The first half-years, whether each of the next has figures, and how far the last one is.
some_time = st.tuples(
    st.builds(HalfYear, st.integers(2000, 2100), st.integers(1, 2)),
    st.lists(st.booleans(), max_size=14),
    st.integers(0, 6),
)


@given(some_time, st.data())
def test_each_half_year_has_as_many_places_whichever_lack_figures(
    time: tuple[HalfYear, list[bool], int], data: st.DataObject
) -> None:
    first, between, elapsed = time
    order = half_years(first, HalfYear(2200, 1))[: len(between) + 2]
    known = [period for period, there in zip(order, [True, *between, True], strict=True) if there]
    moments = [
        (period, period.reference_date(months))
        for period in known
        for months in range(7)
        if period != known[-1] or months <= elapsed
    ]
    period, day = chosen = data.draw(st.sampled_from(moments))
    slider = timeline(moments, chosen)
    assert [half["period"] for half in slider["halves"]] == [str(each) for each in order]
    assert slider["last_place"] == 7 * len(order) - 1
    assert slider["place"] == 7 * order.index(period) + period.months_elapsed(day)
    assert sum(slider["years"].values()) == len(order)
    absent = [number for start, many in slider["gaps"] for number in range(start, start + many)]
    assert absent == [number for number, half in enumerate(slider["halves"], start=1) if not half["known"]]
    assert [half["period"] for half in slider["halves"] if half["known"]] == [str(each) for each in known]
    assert [half["period"] for half in slider["halves"] if half["runs"]] == ([str(known[-1])] if elapsed < 6 else [])


def test_a_running_half_year_is_told_in_words() -> None:
    period, day = HalfYear(2025, 2), date(2025, 11, 1)
    found = timeline([(HalfYear(2024, 1), date(2024, 7, 1)), (period, day)], (period, day))
    assert found["elapsed"] == "2025-II, loopt nog, na 4 maanden"
    assert found["spoken"] == "1 november 2025 (2025-II, na 4 maanden), loopt nog"
    assert found["gaps"] == [(2, 2)]
