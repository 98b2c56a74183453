"""The slider through time, on which each half-year is equally wide."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from callbacks.state.view_state import ViewState
from callbacks.state.world import World
from data.periods import MONTHS, HalfYear, half_years
from layouts import labels

Moment = tuple[HalfYear, date]

_PLACES: Final = MONTHS + 1
"""Places of a half-year on the slider: its first day, and the end of each month."""


Moments = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Half-years, newest first, each with the value and label of its reference dates."""


def offered_moments(world: World, state: ViewState) -> Moments:
    """List the reference dates that a form offers, newest first.

    The first day of a half-year is left out, unless it is shown: nobody lags then, and the previous half-year
    ends on the same date.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for period, day in reversed(world.moments):
        months = period.months_elapsed(day)
        if months or (str(period), day) == (state.period, state.date):
            label = f"{labels.long_date(day)} ({labels.months_word(months)})"
            found.setdefault(str(period), []).append((day.isoformat(), label))
    return tuple((period, tuple(days)) for period, days in found.items())


def stop(world: World, state: ViewState) -> int:
    """Return the position of a state's moment among all."""
    return world.moments.index((HalfYear.parse(state.period), state.date))


def timeline(moments: Sequence[Moment], chosen: Moment) -> dict[str, Any]:
    """Give the slider its values, those of `templates/timeline.html`.

    Each half-year from the first to the last has as many places, one without figures too;
    `assets/js/parts/timeline.js` follows the same rule.

    Parameters
    ----------
    moments : half-years and their reference dates, in order of time
    chosen : which of them is shown
    """
    (period, day), (last, latest) = chosen, moments[-1]
    order = half_years(moments[0][0], last)
    known = {each for each, _ in moments}
    running = last if last.months_elapsed(latest) < MONTHS else None
    elapsed = labels.months_word(period.months_elapsed(day))
    moment = f"{labels.long_date(day)} ({period}, {elapsed})"
    runs = period == running
    gaps = [[*run] for there, run in groupby(enumerate(order, start=1), lambda each: each[1] in known) if not there]
    return {
        "date": labels.long_date(day),
        "elapsed": f"{period}, {'loopt nog, ' if runs else ''}{elapsed}",
        "spoken": f"{moment}, loopt nog" if runs else moment,
        "place": order.index(period) * _PLACES + period.months_elapsed(day),
        "last_place": len(order) * _PLACES - 1,
        "years": Counter(each.year for each in order),
        "halves": [
            {"period": str(each), "name": "I" * each.half, "known": each in known, "runs": each == running}
            for each in order
        ],
        "gaps": [(run[0][0], len(run)) for run in gaps],
    }
