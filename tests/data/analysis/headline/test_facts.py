"""Facts of the headline, against a plain count of the wide table."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from callbacks.state.world import World
from data.analysis.headline import facts_of, headline, headlines, since_of
from data.analysis.supervision import at_test_dates
from data.formatting import since
from data.measures import MEASURES
from data.periods import HalfYear

AREAS = ("NL", "PV28", "CR17", "GM0546", "achterhoek")


@pytest.mark.parametrize("code", AREAS)
def test_facts_are_those_of_the_rows(code: str, world: World) -> None:
    snapshot, area = world.snapshot, world.snapshot.areas[code]
    for at, (period, day) in enumerate(world.moments):
        if at % 5:
            continue
        rows, facts = snapshot.wide_on(period, day, code), facts_of(snapshot, area, at)
        known = rows[rows["status"] != "no_data"]
        assert (facts.period, facts.day, facts.months) == (period, day, period.months_elapsed(day))
        assert (facts.municipalities, facts.known) == (len(rows), len(known))
        assert facts.lagging == rows["status"].isin(["slightly_behind", "behind"]).sum()
        assert facts.target == known["corrected_target"].sum()
        assert facts.remaining == known["remaining"].sum()
        assert facts.long == (rows["missed"] >= 4).sum()
        assert facts.most == (0 if rows["missed"].isna().all() else rows["missed"].max())
        assert facts.lower == (rows["change"] < 0).sum()
        if facts.most:
            assert set(facts.longest) == set(rows["name"][rows["missed"].eq(facts.most).fillna(False)])
        first = [name for name, _ in facts.furthest["share"]]
        assert all(rows.set_index("name")["share"][name] < facts.months / 6 for name in first)
        assert facts.one == (len(rows) == 1)


def test_gaps_are_counted_and_not_summed(gaps: World) -> None:
    snapshot = gaps.snapshot
    for at, (period, day) in enumerate(gaps.moments):
        rows = snapshot.wide_on(period, day)
        facts = facts_of(snapshot, snapshot.areas["NL"], at)
        assert facts.known == (rows["status"] != "no_data").sum()
        for measure in MEASURES:
            told = headline(facts, measure)
            assert "nan" not in f"{told}"


def test_since_is_what_supervision_finds(world: World) -> None:
    snapshot = world.snapshot
    for code, by_period in at_test_dates(snapshot).items():
        for text, found in by_period.items():
            period = HalfYear.parse(text)
            told = since_of(snapshot, code, period, period.end)
            missed = found["missed"]
            assert told == (since(missed, period, or_earlier=found["missed_may_be_higher"]) if missed else "")


def test_within_a_half_year_the_one_before_counts(world: World) -> None:
    at_the_end = since_of(world.snapshot, "GM0546", HalfYear(2023, 2), date(2024, 1, 1))
    assert at_the_end == "sinds begin 2019 of eerder (10 halfjaren)"
    assert since_of(world.snapshot, "GM0546", HalfYear(2024, 1), date(2024, 4, 1)) == at_the_end
    assert since_of(world.snapshot, "GM0546", HalfYear(2019, 1), date(2019, 6, 1)) == ""


@pytest.mark.parametrize("code", ["NL", "GM0088"])
def test_all_headlines_are_those_of_each_moment(code: str, world: World) -> None:
    snapshot, area = world.snapshot, world.snapshot.areas[code]
    told = headlines(snapshot, area)
    assert set(told) == {"basis", *MEASURES}
    assert {len(sentences) for sentences in told.values()} == {len(world.moments)}
    for at in (0, 3, 40, 76):
        for measure in MEASURES:
            one = headline(facts_of(snapshot, area, at), measure)
            assert (told[measure][at], told["basis"][at]) == ([one.finding, one.more], one.basis)


def test_the_country_says_what_the_rows_say(world: World) -> None:
    rows: pd.DataFrame = world.snapshot.wide_on(HalfYear(2024, 1), date(2024, 7, 1))
    last = facts_of(world.snapshot, world.snapshot.areas["NL"], len(world.moments) - 1)
    lag = np.count_nonzero(rows["status"].isin(["slightly_behind", "behind"]))
    assert headline(last, "status").finding == f"{lag} van {len(rows)} gemeenten haalden de taakstelling niet."
