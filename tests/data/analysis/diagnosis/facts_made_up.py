"""Synthetic facts for tests: a slight laggard, and strategies for any facts."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from data.analysis.diagnosis import Earlier, Facts, Others
from data.analysis.supervision import Trend
from data.periods import MONTHS, HalfYear
from data.progress import LAGGING, Status
from data.quality import Quality

PERIOD = HalfYear(2022, 1)

FACTS = Facts(
    gm_code="GM0001",
    name="Aanwal",
    period="2022-I",
    reference_date=date(2022, 4, 1),
    months=3,
    status=Status.SLIGHTLY_BEHIND,
    net_target=40,
    opening_balance=0,
    corrected_target=40,
    realised=12,
    remaining=28,
    backlog=8.0,
    share=0.3,
    expected_share=0.5,
    inhabitants=45_000,
    tested="2021-II",
    missed=0,
    missed_may_be_higher=False,
    trend=None,
    slope=None,
    earlier=(),
    corop=None,
    labour_market_region=None,
    province=None,
    neighbours=None,
    peers=None,
    quality=Quality.PUBLISHED,
)
"""A laggard with no other known facts."""


def changed(**changes: object) -> Facts:
    return replace(FACTS, **changes)


def earlier(
    period: str = "2021-II",
    net: int | None = 20,
    target: int | None = 20,
    done: int | None = 20,
    late: int | None = 5,
) -> Earlier:
    return Earlier(period, net, target, done, late)


def others(lagging: int, municipalities: int = 9, done: tuple[str, ...] = (), share: float | None = 0.8) -> Others:
    return Others("het COROP-gebied Kust", municipalities, lagging, share, done)


counts = st.none() | st.integers(0, 3000)
balances = st.none() | st.integers(-900, 900)
names = st.sampled_from(["Aanwal", "Beek aan Zee", "’s-Dam", "Cadorp (Kust)", "Dijk"])


@st.composite
def some_others(draw: st.DrawFn) -> Others:
    municipalities = draw(st.integers(1, 40))
    done = draw(st.lists(names, max_size=min(municipalities, 6)))
    lagging = draw(st.integers(0, municipalities - len(done)))
    return Others("de provincie Kust", municipalities, lagging, draw(st.none() | st.floats(0, 30)), tuple(done))


halves = st.builds(Earlier, st.just("2021-II"), counts, balances, counts, st.none() | st.integers(-20, 3000))

anything = st.builds(
    Facts,
    gm_code=st.just("GM0001"),
    name=names,
    period=st.just("2022-I"),
    reference_date=st.sampled_from(PERIOD.reference_dates),
    months=st.integers(0, MONTHS),
    status=st.sampled_from(Status),
    net_target=counts,
    opening_balance=balances,
    corrected_target=balances,
    realised=counts,
    remaining=balances,
    backlog=st.none() | st.floats(-3000, 3000),
    share=st.none() | st.floats(0, 40),
    expected_share=st.floats(0, 1),
    inhabitants=counts,
    tested=st.none() | st.just("2021-II"),
    missed=st.none() | st.integers(0, 12),
    missed_may_be_higher=st.booleans(),
    trend=st.none() | st.sampled_from([trend.value for trend in Trend]),
    slope=st.none() | st.floats(-5, 5),
    earlier=st.lists(halves, max_size=4).map(tuple),
    corop=st.none() | some_others(),
    labour_market_region=st.none() | some_others(),
    province=st.none() | some_others(),
    neighbours=st.none() | some_others(),
    peers=st.none() | some_others(),
    quality=st.none() | st.sampled_from(Quality),
)
"""Arbitrary facts, even inconsistent ones: a rule may rely only on its condition."""

lagging = anything.map(lambda facts: replace(facts, status=LAGGING[facts.months % 2]))
