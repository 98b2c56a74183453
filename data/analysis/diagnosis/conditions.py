"""What must hold for each finding, with the lines that are drawn and why."""

from dataclasses import dataclass
from typing import Final

from data.analysis.diagnosis.facts import Earlier, Facts, Others
from data.analysis.supervision import Trend
from data.progress import FAMILY, Status

STRUCTURAL: Final = 4
"""Half-years missed in a row from which a backlog is called lasting: the two years behind by which
Zuid-Holland picked 17 municipalities in 2025 (see `data.measures.MISSED`)."""
RAISED: Final = 1.5
"""A target this many times that of the half-year before is called raised. The national target rose by
half or more twice from 2019 to 2024: in 2021-I and 2023-I (`data/bundled/national_half_years.csv`)."""
HOUSEHOLD: Final = FAMILY
"""Persons in a family that arrives together; see `data.progress.FAMILY`."""
SMALL_TARGET: Final = 10
"""Persons: a corrected target of which one household is 40 % or more."""
LEAST_OTHERS: Final = 3
"""Other municipalities with figures from which they are spoken of as a whole."""
WELL: Final = 1 / 3
"""Part of the others that lags, up to which they do well. In the example's half-years 25 to 84 % of all
municipalities lag at the end, by median 65 %: a third is rare, so a region that has it stands out."""
AS_A_WHOLE: Final = 2 / 3
"""Part of the others that lags, from which they lag as a whole; see `WELL`."""
STILL_MONTHS: Final = 3
"""Months without anybody housed from which a standstill is told. By chance alone a target of 10 stands
still for three months more than once in four times (exp(−5 / 4)), one of 50 hardly ever."""
LATE: Final = 0.5
"""Part realised in the last two months above which most was done late; an even pace does a third."""
LEAST_HALF_YEARS: Final = 2
"""Earlier half-years from which a habit is told: one is an incident."""


@dataclass(frozen=True)
class Habit:
    """Earlier half-years together, as far as their last months are known."""

    half_years: int
    realised: int
    late: int
    """Realised in their last months."""


def habit(earlier: tuple[Earlier, ...]) -> Habit:
    """Sum the half-years whose last months are known."""
    known = [(each.realised, each.late) for each in earlier if each.realised is not None and each.late is not None]
    return Habit(len(known), sum(done for done, _ in known), sum(late for _, late in known))


def region(facts: Facts) -> Others | None:
    """Smallest region with at least `LEAST_OTHERS` other municipalities with figures."""
    regions = (facts.corop, facts.labour_market_region, facts.province)
    return next((each for each in regions if each is not None and each.municipalities >= LEAST_OTHERS), None)


def running(facts: Facts, status: Status) -> bool:
    """Whether a municipality has a status while something is expected of it."""
    return facts.status == status and facts.months > 0 and _with_figures(facts) and facts.share is not None


def has_no_task(facts: Facts) -> bool:
    """Nothing to do: the lead is at least the target."""
    return facts.status == Status.NO_TASK and facts.corrected_target is not None


def has_met(facts: Facts) -> bool:
    """All is done, and there was something to do."""
    return facts.status == Status.MET and _with_figures(facts) and facts.share is not None


def just_begun(facts: Facts) -> bool:
    """The first day: nothing is expected yet."""
    return facts.status == Status.ON_SCHEDULE and facts.months == 0 and _with_figures(facts)


def structural(facts: Facts) -> bool:
    """Missed for long."""
    return _tested(facts) and facts.missed is not None and facts.missed >= STRUCTURAL


def missed_between(facts: Facts, least: int, most: int, *, may_be_higher: bool) -> bool:
    """Missed a number of half-years in a row, which may be more or not."""
    counted = facts.missed is not None and least <= facts.missed <= most
    return _tested(facts) and counted and facts.missed_may_be_higher is may_be_higher


def recovering(facts: Facts) -> bool:
    """What remains shrank from half-year to half-year, and this one does not stand still."""
    return _heading(facts, Trend.BETTER) and not stood_still(facts)


def worsening(facts: Facts) -> bool:
    """What remains grew from half-year to half-year, and this one tells nothing else."""
    begins = facts.months == 0 and facts.status == Status.ON_SCHEDULE
    own_done = facts.net_target is not None and (facts.realised or 0) >= facts.net_target
    return _heading(facts, Trend.WORSE) and (facts.lags or begins) and not own_done


def raised(facts: Facts) -> bool:
    """Lags after a raised target, and met the half-year before."""
    if not facts.lags or not facts.earlier or facts.net_target is None or structural(facts):
        return False
    before = facts.earlier[0]
    if before.met is not True or before.net_target is None:
        return False
    return facts.net_target >= RAISED * before.net_target and facts.net_target > before.net_target


def one_household(facts: Facts) -> bool:
    """One family more or less makes the difference."""
    if not facts.lags or facts.corrected_target is None or facts.backlog is None:
        return False
    return facts.backlog <= HOUSEHOLD or facts.corrected_target <= SMALL_TARGET


def from_before(facts: Facts) -> bool | None:
    """Whether more was carried over than this half-year added; None when it does not lag or is unknown."""
    if not facts.lags or facts.opening_balance is None or facts.own_backlog is None:
        return None
    return -facts.opening_balance > max(facts.own_backlog, 0)


def lead_is_spent(facts: Facts) -> bool:
    """Lags, though it began with a lead."""
    return facts.lags and facts.opening_balance is not None and facts.opening_balance > 0


def old_backlog(facts: Facts) -> bool:
    """The half-year's own target is realised, and something from before remains."""
    target, done, left, opening = facts.net_target, facts.realised, facts.remaining, facts.opening_balance
    if target is None or done is None or left is None or opening is None:
        return False
    open_still = facts.status not in (Status.NO_TASK, Status.MET)
    return 0 < target <= done and left > 0 and opening < 0 and open_still


def stood_still(facts: Facts) -> bool:
    """Nobody was housed for months, and there is something to do."""
    to_do = facts.corrected_target is not None and facts.corrected_target > 0
    return to_do and facts.realised == 0 and facts.months >= STILL_MONTHS


def late(facts: Facts) -> bool:
    """Most of earlier half-years was realised in their last months."""
    told = habit(facts.earlier)
    return told.half_years >= LEAST_HALF_YEARS and told.realised > 0 and told.late > LATE * told.realised


def others_do_well(facts: Facts, others: Others | None) -> bool:
    """Lags, while few of the others do."""
    part = _part_lagging(others)
    return facts.lags and part is not None and part <= WELL


def others_lag(facts: Facts, others: Others | None) -> bool:
    """Lags, as many of the others do."""
    part = _part_lagging(others)
    return facts.lags and part is not None and part >= AS_A_WHOLE


def a_neighbour_is_done(facts: Facts) -> bool:
    """Lags, while a neighbour has nothing left to do."""
    return facts.lags and facts.neighbours is not None and bool(facts.neighbours.done)


def _heading(facts: Facts, trend: Trend) -> bool:
    return _tested(facts) and bool(facts.missed) and facts.trend == trend and facts.slope is not None


def _with_figures(facts: Facts) -> bool:
    return None not in (facts.corrected_target, facts.realised, facts.remaining)


def _tested(facts: Facts) -> bool:
    return facts.tested is not None


def _part_lagging(others: Others | None) -> float | None:
    if others is None or others.municipalities < LEAST_OTHERS:
        return None
    return others.lagging / others.municipalities
