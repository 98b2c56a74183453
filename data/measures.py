"""Measures that the map can show, each with its classes.

Class breaks are policy, not statistics: they are the same over all half-years and areas, so that a
colour always means the same. Two classes come first in every measure: *no data*, and *not applicable*
(for status and share: *no task*), so that classes 0 and 1 mean the same in each.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.progress import STATUS_DTYPE, Status

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


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A quantity that the map can show.

    `values` and `known` take the wide table of :mod:`data.snapshot.standings`.
    """

    key: str
    label: str
    """In Dutch, for the menu and the legend."""
    short: str
    """In Dutch, for the tooltip."""
    meaning: str
    """In Dutch, one sentence."""
    values: Column
    """Value of each row as float, NaN where undefined."""
    known: Column
    """Whether a row has the data that the value needs, so that undefined is not applicable."""
    classes: tuple[MeasureClass, ...]
    """In the order of the legend; the index is the class number."""
    higher_is_better: bool
    belongs_below: bool = False
    """Whether a value on a break belongs to the class below instead of above."""
    unit: str = ""
    """In Dutch, behind a value."""
    decimals: int = 0
    signed: bool = False
    """Whether a value above 0 gets a plus."""

    def classify(self, frame: pd.DataFrame) -> npt.NDArray[np.int8]:
        """Return the class number of each row of the wide table, shape (rows,)."""
        values = self.values(frame).to_numpy()
        breaks = [part.lower for part in self.classes if part.lower is not None]
        numbers = 2 + np.digitize(values, breaks, right=self.belongs_below)
        numbers = np.where(np.isnan(values), 1, numbers)
        return np.where(self.known(frame).to_numpy(dtype=bool), numbers, 0).astype(np.int8)


def _classes(breaks: tuple[float, ...], *parts: tuple[str, str, str]) -> tuple[MeasureClass, ...]:
    """Make classes of keys, labels and tones; the breaks lie between the third and the last."""
    bounds = ((None, None), (None, None), *zip((None, *breaks), (*breaks, None), strict=True))
    return tuple(MeasureClass(*part, *bound) for part, bound in zip(parts, bounds, strict=True))


def _column(name: str) -> Column:
    return lambda frame: pd.Series(frame[name].to_numpy(dtype=float, na_value=np.nan), index=frame.index)


def _defined(name: str) -> Column:
    return lambda frame: frame[name].notna()


def _status(frame: pd.DataFrame) -> pd.Series:
    codes = frame["status"].astype(STATUS_DTYPE).cat.codes.astype(float)
    return codes.where(frame["status"] != Status.NO_TASK)


def _with_data(*columns: str) -> Column:
    return lambda frame: (frame[list(columns)].notna() & (frame[list(columns)] != Status.NO_DATA)).all(axis=1)


STATUS = Measure(
    key="status",
    label="Status",
    short="Status",
    meaning="Tempo is het gerealiseerde deel gedeeld door het deel dat na zoveel maanden verwacht wordt.",
    values=_status,
    known=_with_data("status"),
    # The statuses are numbered 2 to 5; a break between each makes every status a class.
    classes=_classes(
        (2.5, 3.5, 4.5),
        ("no_data", "Geen cijfers", "none"),
        ("no_task", "Geen opgave", "idle"),
        ("met", "Gehaald", "a3"),
        ("on_schedule", "Op schema", "a1"),
        ("slightly_behind", "Iets achter", "b1"),
        ("behind", "Achter", "b3"),
    ),
    higher_is_better=False,
)

SHARE = Measure(
    key="share",
    label="Percentage gerealiseerd",
    short="Aandeel",
    meaning="Gerealiseerd als deel van de gecorrigeerde taakstelling.",
    values=_column("share"),
    known=_with_data("status"),
    # Quarters of the target.
    classes=_classes(
        (0.25, 0.5, 0.75, 1.0),
        ("no_data", "Geen cijfers", "none"),
        ("no_task", "Geen opgave", "idle"),
        ("under_25", "Minder dan 25 %", "b3"),
        ("under_50", "25 tot 50 %", "b2"),
        ("under_75", "50 tot 75 %", "b1"),
        ("under_100", "75 tot 100 %", "a1"),
        ("met", "100 % of meer", "a3"),
    ),
    higher_is_better=True,
)

REMAINING_PER_1000 = Measure(
    key="remaining_per_1000",
    label="Nog te realiseren per 1.000 inwoners",
    short="Te doen per 1.000 inw.",
    meaning="Gecorrigeerde taakstelling min gerealiseerd; onder nul is voorsprong.",
    values=_column("remaining_per_1000"),
    known=_defined("remaining_per_1000"),
    # Diverging around 0, which counts as done. A half-year's whole corrected target was 0.4 to 1.4 persons
    # per 1,000 inhabitants (7,192 in 2020-I and some 25,100 in 2024-I, openkamer.org/kamervraag/2024Z12156),
    # so one is about a half-year's work, and two a backlog of at least another half-year.
    classes=_classes(
        (-0.5, 0.0, 0.5, 1.0, 2.0),
        ("no_data", "Geen cijfers", "none"),
        ("not_applicable", "Niet van toepassing", "idle"),
        ("far_ahead", "0,5 of meer vooruit", "a3"),
        ("done", "Klaar, of tot 0,5 vooruit", "a1"),
        ("under_half", "Tot en met 0,5", "b1"),
        ("under_one", "Tot en met 1", "b2"),
        ("under_two", "Tot en met 2", "b3"),
        ("two_or_more", "Meer dan 2", "b4"),
    ),
    higher_is_better=False,
    belongs_below=True,
    decimals=2,
)

CHANGE = Measure(
    key="change",
    label="Verandering sinds vorig halfjaar",
    short="Sinds vorig halfjaar",
    meaning="Verschil in procentpunten met hetzelfde moment in het vorige halfjaar.",
    values=_column("change"),
    known=_with_data("status", "previous_status"),
    # Diverging around 0. A small municipality's target is some ten persons, so one person is ten points:
    # a smaller change counts as the same. A family of four is forty.
    classes=_classes(
        (-40.0, -10.0, 10.0, 40.0),
        ("no_data", "Geen vorig cijfer", "none"),
        ("not_applicable", "Toen of nu geen opgave", "idle"),
        ("much_lower", "40 punten of meer lager", "b3"),
        ("lower", "10 tot 40 punten lager", "b1"),
        ("same", "Minder dan 10 verschil", "mid"),
        ("higher", "10 tot 40 punten hoger", "a1"),
        ("much_higher", "40 punten of meer hoger", "a3"),
    ),
    higher_is_better=True,
    unit=" punten",
    signed=True,
)

MISSED = Measure(
    key="missed",
    label="Halfjaren op rij niet gehaald",
    short="Niet gehaald op rij",
    meaning="Afgesloten halfjaren achtereen met minder gerealiseerd dan gevraagd.",
    values=_column("missed"),
    known=_defined("missed"),
    # Four half-years: the two years behind by which Zuid-Holland selected 17 municipalities in 2025
    # (welingelichtekringen.nl, "Zuid-Holland eist van 17 gemeenten plan voor opvang").
    classes=_classes(
        (1.0, 2.0, 3.0, 4.0),
        ("no_data", "Nog geen halfjaar bekend", "none"),
        ("not_applicable", "Niet van toepassing", "idle"),
        ("none", "Geen", "a2"),
        ("one", "1 halfjaar", "b1"),
        ("two", "2 halfjaren", "b2"),
        ("three", "3 halfjaren", "b3"),
        ("four_or_more", "4 of meer", "b4"),
    ),
    higher_is_better=False,
)

MEASURES = {measure.key: measure for measure in (STATUS, SHARE, REMAINING_PER_1000, CHANGE, MISSED)}
"""The measures by key, in the order of the menu."""
