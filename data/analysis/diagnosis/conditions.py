"""Condition of each finding, and the thresholds with their reasons."""

from dataclasses import dataclass
from typing import Final

from data.analysis.diagnosis.facts import Earlier, Facts, Others
from data.analysis.supervision import Trend
from data.progress import FAMILY, FEW, Status

STRUCTURAL: Final = 4
"""Half-years missed in a row from which a backlog is structural: the two years by which Zuid-Holland
selected 17 municipalities in 2025 (see `data.measures.MISSED`)."""
RAISED: Final = 1.5
"""Ratio to the previous half-year's target from which a target is raised. The national target rose by
half or more twice from 2019 to 2024: in 2021-I and 2023-I (`data/bundled/national_half_years.csv`)."""
HOUSEHOLD: Final = FAMILY
"""Persons in a family that arrives together; see `data.progress.FAMILY`."""
SMALL_TARGET: Final = 10
"""Persons: a corrected target of which one household is 40 % or more."""
LEAST_OTHERS: Final = 3
"""Minimum number of other municipalities with figures for a statement about them."""
WELL: Final = 1 / 3
"""Part of the others that lags, up to which they do well. In the example's half-years 25 to 84 % of all
municipalities lag at the end, 65 % in the median: a third is rare, so such a region stands out."""
AS_A_WHOLE: Final = 2 / 3
"""Part of the others that lags, from which they lag as a group; see `WELL`."""
STILL_MONTHS: Final = 3
"""Months without anybody housed from which there is a standstill. By chance alone a target of 10 has
three such months more than once in four times (exp(−5 / 4)), one of 50 hardly ever."""
LATE: Final = 0.5
"""Part realised in the last two months above which most was late; an even pace gives a third."""
LEAST_HALF_YEARS: Final = 2
"""Minimum number of earlier half-years for a pattern: one is an incident."""


@dataclass(frozen=True)
class LateTotals:
    """Totals of the earlier half-years of which the last months are known."""

    half_years: int
    realised: int
    late: int
    """Persons realised in their last months."""


def late_totals(earlier: tuple[Earlier, ...]) -> LateTotals:
    """Sum the half-years of which the last months are known."""
    known = [(each.realised, each.late) for each in earlier if each.realised is not None and each.late is not None]
    return LateTotals(len(known), sum(done for done, _ in known), sum(late for _, late in known))


def region(facts: Facts) -> Others | None:
    """Smallest region with at least `LEAST_OTHERS` other municipalities with figures."""
    regions = (facts.corop, facts.labour_market_region, facts.province)
    return next((each for each in regions if each is not None and each.municipalities >= LEAST_OTHERS), None)


def has_status(facts: Facts, status: Status) -> bool:
    """Whether a municipality has a status after the first day, with figures."""
    return facts.status == status and facts.months > 0 and _with_figures(facts) and facts.share is not None


def has_no_task(facts: Facts) -> bool:
    """Whether the lead is at least the target, so that nothing is to be done."""
    return facts.status == Status.NO_TASK and facts.corrected_target is not None


def has_met(facts: Facts) -> bool:
    """Whether a target above zero has been met."""
    return facts.status == Status.MET and _with_figures(facts) and facts.share is not None


def just_begun(facts: Facts) -> bool:
    """Whether it is the first day, when nothing is expected yet."""
    return facts.status == Status.ON_SCHEDULE and facts.months == 0 and _with_figures(facts)


def structural(facts: Facts) -> bool:
    """Whether the target was missed `STRUCTURAL` or more half-years in a row."""
    return _tested(facts) and facts.missed is not None and facts.missed >= STRUCTURAL


def missed_between(facts: Facts, least: int, most: int, *, may_be_higher: bool) -> bool:
    """Whether `least` to `most` half-years were missed, counted completely or not."""
    counted = facts.missed is not None and least <= facts.missed <= most
    return _tested(facts) and counted and facts.missed_may_be_higher is may_be_higher


def recovering(facts: Facts) -> bool:
    """Whether the backlog shrinks by half-year, without a standstill in this one."""
    return _heading(facts, Trend.BETTER) and not stood_still(facts)


def worsening(facts: Facts) -> bool:
    """Whether the backlog grows by half-year, and this one does not contradict that."""
    begins = facts.months == 0 and facts.status == Status.ON_SCHEDULE
    own_done = facts.net_target is not None and (facts.realised or 0) >= facts.net_target
    return _heading(facts, Trend.WORSE) and (facts.lags or begins) and not own_done


def raised(facts: Facts) -> bool:
    """Whether it lags after a raised target, having met the one before."""
    if not facts.lags or not facts.earlier or facts.net_target is None or structural(facts):
        return False
    before = facts.earlier[0]
    if before.met is not True or before.net_target is None:
        return False
    return facts.net_target >= RAISED * before.net_target and facts.net_target > before.net_target


def one_household(facts: Facts) -> bool:
    """Whether a single family decides whether it lags."""
    if not facts.lags or facts.corrected_target is None or facts.backlog is None:
        return False
    return facts.backlog <= HOUSEHOLD or facts.corrected_target <= SMALL_TARGET


def mostly_carried_over(facts: Facts) -> bool | None:
    """Whether more was carried over than this half-year added; None if not lagging or unknown."""
    if not facts.lags or facts.opening_balance is None or facts.own_backlog is None:
        return None
    return -facts.opening_balance > max(facts.own_backlog, 0)


def lead_is_spent(facts: Facts) -> bool:
    """Whether it lags in spite of an initial lead."""
    return facts.lags and facts.opening_balance is not None and facts.opening_balance > 0


def old_backlog(facts: Facts) -> bool:
    """Whether the half-year's own target is realised, but an older backlog remains."""
    target, done, left, opening = facts.net_target, facts.realised, facts.remaining, facts.opening_balance
    if target is None or done is None or left is None or opening is None:
        return False
    open_still = facts.status not in (Status.NO_TASK, Status.MET)
    return 0 < target <= done and left > 0 and opening < 0 and open_still


def stood_still(facts: Facts) -> bool:
    """Whether nobody was housed for months, with a target above zero."""
    to_do = facts.corrected_target is not None and facts.corrected_target > 0
    return to_do and facts.realised == 0 and facts.months >= STILL_MONTHS


def late(facts: Facts) -> bool:
    """Whether most of the earlier half-years was realised in their last months."""
    totals = late_totals(facts.earlier)
    return totals.half_years >= LEAST_HALF_YEARS and totals.realised > 0 and totals.late > LATE * totals.realised


def others_do_well(facts: Facts, others: Others | None) -> bool:
    """Whether it lags while few of the others do."""
    part = _part_lagging(others)
    return facts.lags and part is not None and part <= WELL


def others_lag(facts: Facts, others: Others | None) -> bool:
    """Whether it lags like most of the others."""
    part = _part_lagging(others)
    return facts.lags and part is not None and part >= AS_A_WHOLE


def a_neighbour_is_done(facts: Facts) -> bool:
    """Whether it lags while a neighbour has nothing left to do."""
    return facts.lags and facts.neighbours is not None and bool(facts.neighbours.done)


def _heading(facts: Facts, trend: Trend) -> bool:
    if facts.corrected_target is not None and facts.corrected_target < FEW:
        return False
    return _tested(facts) and bool(facts.missed) and facts.trend == trend and facts.slope is not None


def _with_figures(facts: Facts) -> bool:
    return None not in (facts.corrected_target, facts.realised, facts.remaining)


def _tested(facts: Facts) -> bool:
    return facts.tested is not None


def _part_lagging(others: Others | None) -> float | None:
    if others is None or others.municipalities < LEAST_OTHERS:
        return None
    return others.lagging / others.municipalities
