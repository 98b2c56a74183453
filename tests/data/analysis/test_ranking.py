"""Order of municipalities under a measure."""

from datetime import date

import numpy as np
import pytest

from callbacks.state.world import World
from data.analysis.ranking import backlog_in_sixths, ranked
from data.measures import MEASURES
from data.periods import HalfYear


@pytest.mark.parametrize("key", MEASURES)
@pytest.mark.parametrize("day", [date(2023, 10, 1), date(2024, 1, 1)])
def test_the_furthest_behind_come_first(key: str, day: date, world: World) -> None:
    measure = MEASURES[key]
    rows = ranked(measure, world.snapshot.wide_on(HalfYear(2023, 2), day))
    values = backlog_in_sixths(rows) if key == "status" else measure.values(rows).to_numpy(dtype=float)
    applicable = (measure.known(rows) & measure.values(rows).notna()).to_numpy()
    ends = np.flatnonzero(applicable)
    assert list(ends) == list(range(len(ends))), "those without a value come last"
    steps = np.diff(values[applicable]) * (1 if measure.higher_is_better else -1)
    assert (steps >= 0).all()
    left = rows["remaining"].to_numpy(dtype=float)[applicable]
    assert (np.diff(left)[steps == 0] <= 0).all(), "of equals, whoever has most to do comes first"


def test_without_data_comes_after_nothing_to_do(gaps: World) -> None:
    rows = gaps.snapshot.wide_on(HalfYear(2024, 1), date(2024, 7, 1))
    statuses = ranked(MEASURES["status"], rows)["status"].tolist()
    unknown = statuses.count("no_data")
    assert unknown > 0
    assert statuses[-unknown:] == ["no_data"] * unknown
    idle = [place for place, status in enumerate(statuses) if status == "no_task"]
    assert idle == list(range(len(statuses) - unknown - len(idle), len(statuses) - unknown))
