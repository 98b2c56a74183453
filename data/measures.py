"""Measures that the map can show, each with its classes.

Class breaks are policy, not statistics: they are the same over all half-years and areas, so that a
colour always means the same: blue is on schedule for the date, or better; orange is behind. What is
expected depends on the months elapsed, so some breaks and labels do too; numbers, keys and tones of
classes do not. Two classes come first in every measure: *no data*, and *not applicable* (for status
and share: *no task*), so that classes 0 and 1 mean the same in each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.formatting import number, status_label
from data.periods import MONTHS
from data.progress import SLIGHTLY_BEHIND_PACE, STATUS_DTYPE, Status

Column = Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class MeasureClass:
    """One class of a measure; a bound of None is open."""

    key: str
    label: str
    """In Dutch, for the legend."""
    tone: str
    """Key of :data:`data.palette.TONES`."""
    lower: float | None = None
    upper: float | None = None

    @property
    def absent(self) -> bool:
        """Whether no value falls into it at this moment: its bounds are equal."""
        return self.lower is not None and self.lower == self.upper


Classes = tuple[MeasureClass, ...]


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A quantity that the map can show.

    `values` and `known` take the wide table of :mod:`data.snapshot.standings`.
    """

    key: str
    label: str
    """In Dutch, for the legend."""
    short: str
    """In Dutch, to choose it by."""
    meaning: str
    """In Dutch, a sentence or two."""
    values: Column
    """Value of each row as float, NaN where undefined."""
    known: Column
    """Whether a row has the data that the value needs, so that undefined is not applicable."""
    classes_at: Callable[[int, float], Classes]
    """Classes after a number of months, 0 to 6, given the pace from which one is slightly behind. In the
    same order, with the same keys and tones, at every number; the index is the class number."""
    higher_is_better: bool
    belongs_below: bool = False
    """Whether a value on a break belongs to the class below instead of above."""
    unit: str = ""
    """In Dutch, behind a value."""
    decimals: int = 0
    signed: bool = False
    """Whether a value above 0 gets a plus."""
    former: Mapping[str, str] = field(default_factory=dict)
    """Keys of classes in old addresses, and what they are called now."""

    @property
    def tones(self) -> dict[str, str]:
        """Tone of each class by key, in the order of the class numbers."""
        return {part.key: part.tone for part in self.classes_at(MONTHS, SLIGHTLY_BEHIND_PACE)}

    @property
    def worst_first(self) -> list[int]:
        """Class numbers in the order of the legend: the worst first, no data last."""
        real = range(2, len(self.tones))
        return [*(real if self.higher_is_better else reversed(real)), 1, 0]

    def classify(self, frame: pd.DataFrame) -> npt.NDArray[np.int8]:
        """Return the class number of each row of the wide table, shape (rows,)."""
        values, months = self.values(frame).to_numpy(), frame["months"].to_numpy()
        numbers = np.ones(len(values), dtype=np.int8)
        for elapsed in np.unique(months):
            here = (months == elapsed) & ~np.isnan(values)
            parts = self.classes_at(int(elapsed), SLIGHTLY_BEHIND_PACE)
            breaks = [part.lower for part in parts if part.lower is not None]
            numbers[here] = 2 + np.digitize(values[here], breaks, right=self.belongs_below)
        return np.where(self.known(frame).to_numpy(dtype=bool), numbers, 0).astype(np.int8)


def _classes(breaks: tuple[float, ...], *parts: tuple[str, str, str]) -> Classes:
    """Make classes of keys, labels and tones; the breaks lie between the third and the last."""
    bounds = ((None, None), (None, None), *zip((None, *breaks), (*breaks, None), strict=True))
    return tuple(MeasureClass(*part, *bound) for part, bound in zip(parts, bounds, strict=True))


def _always(classes: Classes) -> Callable[[int, float], Classes]:
    return lambda _months, _slightly_behind_pace: classes


def _column(name: str) -> Column:
    return lambda frame: pd.Series(frame[name].to_numpy(dtype=float, na_value=np.nan), index=frame.index)


def _defined(name: str) -> Column:
    return lambda frame: frame[name].notna()


def _status(frame: pd.DataFrame) -> pd.Series:
    codes = frame["status"].astype(STATUS_DTYPE).cat.codes.astype(float)
    return codes.where(frame["status"] != Status.NO_TASK)


def _with_data(*columns: str) -> Column:
    return lambda frame: (frame[list(columns)].notna() & (frame[list(columns)] != Status.NO_DATA)).all(axis=1)


_STATUS_TONES = dict(zip(Status, ("none", "idle", "a3", "a1", "b1", "b3"), strict=True))


@lru_cache(maxsize=16)
def _status_classes(months: int, slightly_behind_pace: float) -> Classes:
    # The statuses are numbered 2 to 5, and a break between each makes every status a class. At the end
    # nobody is on schedule: a target has been met or not.
    breaks = (2.5, 3.5, 4.5) if months < MONTHS else (2.5, 2.5, 4.5)
    parts = (
        (word.value, status_label(word, months, slightly_behind_pace), tone) for word, tone in _STATUS_TONES.items()
    )
    return _classes(breaks, *parts)


#: Quarters of what is expected.
_PARTS = 4


@lru_cache(maxsize=16)
def _share_classes(months: int, _slightly_behind_pace: float) -> Classes:
    # One division of integers, as the share itself is one: rounding never puts a municipality that is
    # exactly on a break below it.
    breaks = [part * months / (_PARTS * MONTHS) for part in range(1, _PARTS + 1)]
    low, half, high, expected = (number(each * 100, 1).removesuffix(",0") for each in breaks)
    return _classes(
        (*breaks, 1.0),
        ("no_data", "Geen cijfers", "none"),
        ("no_task", "Niets te huisvesten", "idle"),
        ("under_quarter", f"Minder dan {low} %", "b4"),
        ("under_half", f"{low} tot {half} %", "b3"),
        ("under_three_quarters", f"{half} tot {high} %", "b2"),
        ("under_expected", f"{high} tot {expected} %", "b1"),
        ("on_schedule", f"{expected} tot 100 %", "a1"),
        ("met", "100 % of meer", "a3"),
    )


STATUS = Measure(
    key="status",
    label="Status",
    short="Status",
    meaning="Tempo laat zien of een gemeente op schema ligt. Bij 100 % is precies genoeg gehuisvest voor deze datum.",
    values=_status,
    known=_with_data("status"),
    classes_at=_status_classes,
    higher_is_better=False,
)

SHARE = Measure(
    key="share",
    label="Aandeel gehuisvest",
    short="Aandeel",
    meaning="Gehuisvest als deel van wat dit halfjaar te huisvesten is. "
    "Blauw is genoeg voor deze datum, oranje te weinig.",
    values=_column("share"),
    known=_with_data("status"),
    classes_at=_share_classes,
    higher_is_better=True,
    former={
        "under_25": "under_quarter",
        "under_50": "under_half",
        "under_75": "under_three_quarters",
        "under_100": "under_expected",
    },
)

BEHIND_PER_1000 = Measure(
    key="behind_per_1000",
    label="Achter op schema per 1.000 inwoners",
    short="Per 1.000",
    meaning="Mensen minder gehuisvest dan voor deze datum nodig is, per 1.000 inwoners.",
    values=_column("behind_per_1000"),
    known=_defined("behind_per_1000"),
    # Diverging around 0, which is exactly on schedule. A half-year's whole corrected target was 0.4 to 1.4
    # persons per 1,000 inhabitants (7,192 in 2020-I and some 25,100 in 2024-I,
    # openkamer.org/kamervraag/2024Z12156), so one is about a half-year's work, and two a backlog of at
    # least another half-year.
    classes_at=_always(
        _classes(
            (-0.5, 0.0, 0.5, 1.0, 2.0),
            ("no_data", "Geen cijfers", "none"),
            ("not_applicable", "Niet van toepassing", "idle"),
            ("far_ahead", "0,5 of meer voor", "a3"),
            ("on_schedule", "Niet achter, tot 0,5 voor", "a1"),
            ("under_half", "Tot en met 0,5 achter", "b1"),
            ("under_one", "Tot en met 1 achter", "b2"),
            ("under_two", "Tot en met 2 achter", "b3"),
            ("two_or_more", "Meer dan 2 achter", "b4"),
        )
    ),
    higher_is_better=False,
    belongs_below=True,
    decimals=2,
    former={"done": "on_schedule"},
)

CHANGE = Measure(
    key="change",
    label="Verandering sinds vorig halfjaar",
    short="Verandering",
    meaning="Verschil in procentpunten met hetzelfde moment in het vorige halfjaar.",
    values=_column("change"),
    known=_with_data("status", "previous_status"),
    # Diverging around 0. A small municipality's target is some ten persons, so one person is ten points:
    # a smaller change counts as the same. A family of four is forty.
    classes_at=_always(
        _classes(
            (-40.0, -10.0, 10.0, 40.0),
            ("no_data", "Geen cijfers van het vorige halfjaar", "none"),
            ("not_applicable", "Toen of nu niets te huisvesten", "idle"),
            ("much_lower", "40 punten of meer lager", "b3"),
            ("lower", "10 tot 40 punten lager", "b1"),
            ("same", "Minder dan 10 punten verschil", "mid"),
            ("higher", "10 tot 40 punten hoger", "a1"),
            ("much_higher", "40 punten of meer hoger", "a3"),
        )
    ),
    higher_is_better=True,
    unit=" punten",
    signed=True,
)

MISSED = Measure(
    key="missed",
    label="Halfjaren op rij niet gehaald",
    short="Op rij niet gehaald",
    meaning="Afgesloten halfjaren achter elkaar waarin minder is gehuisvest dan gevraagd.",
    values=_column("missed"),
    known=_defined("missed"),
    # Four half-years: the two years behind by which Zuid-Holland selected 17 municipalities in 2025
    # (welingelichtekringen.nl, "Zuid-Holland eist van 17 gemeenten plan voor opvang").
    classes_at=_always(
        _classes(
            (1.0, 2.0, 3.0, 4.0),
            ("no_data", "Nog geen afgesloten halfjaar met cijfers", "none"),
            ("not_applicable", "Niet van toepassing", "idle"),
            ("none", "Geen", "a2"),
            ("one", "1 halfjaar", "b1"),
            ("two", "2 halfjaren", "b2"),
            ("three", "3 halfjaren", "b3"),
            ("four_or_more", "4 of meer", "b4"),
        )
    ),
    higher_is_better=False,
)

MEASURES = {measure.key: measure for measure in (STATUS, SHARE, BEHIND_PER_1000, CHANGE, MISSED)}
"""The measures by key, in the order in which they are offered."""

FORMER = {"remaining_per_1000": "behind_per_1000"}
"""Keys of measures in old addresses, and what they are called now."""
