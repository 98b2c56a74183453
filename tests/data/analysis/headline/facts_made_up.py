"""Made-up facts of the headline, for tests to modify."""

from dataclasses import replace
from datetime import date
from typing import Any

from data.analysis.headline import HeadlineFacts
from data.measures import MEASURES
from data.periods import HalfYear
from data.quality import Quality

PERIOD = HalfYear(2023, 1)


def facts(**changed: Any) -> HeadlineFacts:
    """Ten municipalities of the country at the end of a half-year: four missed the target."""
    sound = HeadlineFacts(
        name="Nederland",
        country=True,
        one=False,
        period=PERIOD,
        day=PERIOD.end,
        months=6,
        municipalities=10,
        known=10,
        lagging=4,
        target=100,
        realised=80,
        sixths=120,
        inhabitants=40_000,
        quality=Quality.SIMULATED,
        tested=PERIOD,
        counted=10,
        missed=4,
        long=2,
        most=5,
        most_or_earlier=False,
        longest=("Aanwal", "Bedum", "Caland", "Dokkum"),
        compared=9,
        lower=3,
        higher=5,
        change=-2.0,
        furthest=dict.fromkeys(MEASURES, (("Aanwal", 0.5), ("Bedum", 0.25))),
    )
    return replace(sound, **changed)


def within(months: int, **changed: Any) -> HeadlineFacts:
    """The same after some months."""
    return facts(**{"months": months, "day": PERIOD.reference_date(months), "tested": PERIOD.previous(), **changed})


def single(**changed: Any) -> HeadlineFacts:
    """One municipality that missed its target at the end of a half-year."""
    own = {
        "name": "Aanwal",
        "country": False,
        "one": True,
        "municipalities": 1,
        "known": 1,
        "lagging": 1,
        "counted": 1,
        "missed": 1,
        "long": 1,
        "longest": ("Aanwal",),
        "compared": 1,
        "lower": 1,
        "higher": 0,
        "furthest": dict.fromkeys(MEASURES, ()),
    }
    return facts(**{**own, **changed})


def day(months: int) -> date:
    """Reference date after some months."""
    return PERIOD.reference_date(months)
