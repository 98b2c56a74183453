"""The example data set: computed targets, simulated realisation, published figures matched.

EXAMPLE.md says what in it is real and what is not.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.apportionment import Ints
from data.example.known_figures import MOST_CORRECTED, CalibrationError, Pins
from data.example.simulation import Simulated, Task, simulate
from data.periods import MONTHS, HalfYear, half_years
from data.quality import QUALITY_DTYPE, Quality
from data.reference import bundled
from data.reference.bundled import FigureKind
from data.schema import (
    FIGURE_NAMES,
    FIGURES_COLUMNS,
    INHABITANTS_COLUMNS,
    NATIONAL_COLUMNS,
    NATIONAL_FIGURES,
    QUALITY_COLUMNS,
)
from data.targets import divide

TITLE = "Oefencijfers 2019-I tot en met 2024-I"
"""Name of the source, for display."""

Codes = npt.NDArray[np.int8]
"""Qualities as numbers: their index in :class:`Quality`, 0 the strongest."""

_PUBLISHED, _COMPUTED, _ESTIMATED, _SIMULATED = range(len(Quality))


def build_figures(folder: Path = bundled.BUNDLED) -> pd.DataFrame:
    """Compute the figures of every municipality on every reference date from 2019-I to 2024-I.

    Parameters
    ----------
    folder : Path
        Folder of the bundled reference data.

    Returns
    -------
    DataFrame
        `FIGURES_COLUMNS`, a row per half-year, reference date and municipality, in that order; persons
        (Int64). Reproducible: the same reference data gives the same figures.

    Raises
    ------
    data.reference.bundled.FactsError
        When a bundled file is missing or malformed.
    data.example.known_figures.CalibrationError
        When national totals and published figures are inconsistent; names the half-year.
    """
    known = _Known.read(folder)
    return _table(known, simulate(known.task))


def example_inhabitants(folder: Path = bundled.BUNDLED) -> pd.DataFrame:
    """Return the inhabitants on 1 January of 2018 to 2023, 2023 division: `INHABITANTS_COLUMNS`."""
    return bundled.inhabitants(folder)[list(INHABITANTS_COLUMNS)]


def example_national(folder: Path = bundled.BUNDLED) -> pd.DataFrame:
    """Return the published national totals of the example's half-years: `NATIONAL_COLUMNS`.

    They may differ from the sums of the municipalities: the published corrected target is not always the
    realisation minus the end balance. Each has the quality with which it was published: rounded figures
    are *estimated*.
    """
    table = _half_years_of_example(folder).reset_index()
    note = table["note"].map(lambda words: f" ({words})", na_action="ignore").fillna("")
    table["source"] = table["source_url"] + note
    return table[list(NATIONAL_COLUMNS)]


def _half_years_of_example(folder: Path) -> pd.DataFrame:
    periods = [str(period) for period in half_years(bundled.FIRST, bundled.LAST)]
    table = bundled.national_half_years(folder).set_index("period").reindex(periods)
    lacking = table[list(NATIONAL_FIGURES)].isna().any(axis=1)
    if lacking.any():
        raise bundled.FactsError(
            f"{folder / bundled.NATIONAL_FILE}: {', '.join(table.index[lacking])} is niet volledig; vul aan."
        )
    return table


@dataclass(frozen=True)
class _Known:
    """Input of the simulation, and the quality of each known figure.

    Qualities of balances, corrected targets and realisation have shape (n, periods, 7): one per reference
    date.
    """

    task: Task
    net_quality: Codes
    """(n, periods)."""
    opening_quality: Codes
    corrected_quality: Codes
    realised_quality: Codes

    @classmethod
    def read(cls, folder: Path) -> "_Known":
        people = bundled.inhabitants(folder)
        codes = sorted(people["gm_code"].unique())
        periods = half_years(bundled.FIRST, bundled.LAST)
        national = _half_years_of_example(folder)
        published = _Published(bundled.published_figures(folder), codes, periods)
        net, net_quality = _net_targets(people, national["net_target"], codes, periods, published)
        provinces = people.drop_duplicates("gm_code").set_index("gm_code")["province_code"]
        task = Task(
            codes=codes,
            provinces=[str(provinces[code]) for code in codes],
            periods=periods,
            net=net,
            realised=national["realised"].to_numpy(np.int64),
            end_balance=national["end_balance"].to_numpy(np.int64),
            pins=published.pins(net),
        )
        shape = (*net.shape, MONTHS + 1)
        known = cls(task, net_quality, *(np.full(shape, _SIMULATED, dtype=np.int8) for _ in range(3)))
        known.realised_quality[:, :, 0] = _COMPUTED  # zero by definition
        published.mark(known)
        return known


class _Published:
    """Published figures by position in the example: row, period and months elapsed."""

    def __init__(self, table: pd.DataFrame, codes: list[str], periods: list[HalfYear]) -> None:
        self.corrected: dict[tuple[int, int], tuple[int, int]] = {}
        """Row, period -> value, months elapsed on the day of which it was published."""
        self.realised: dict[tuple[int, int, int], int] = {}
        self.balance: dict[tuple[int, int], int] = {}
        """Row, period that it opens -> balance."""
        self.in_year: dict[tuple[int, int], int] = {}
        """Row, first period of the year -> realised in the year."""
        self.met: dict[tuple[str, int], int] = {}
        self.province_corrected: dict[tuple[str, int], int] = {}
        self.province_realised: dict[tuple[str, int], int] = {}
        self.greatest_lead: dict[int, int] = {}
        rows = {code: row for row, code in enumerate(codes)}
        for figure in table.to_dict("records"):
            period = HalfYear.parse(str(figure["period"]))
            at = 2 * (period.year - bundled.FIRST.year) + period.half - bundled.FIRST.half
            months = period.months_elapsed(pd.Timestamp(str(figure["reference_date"])).date())
            area, kind, value = str(figure["area_code"]), FigureKind(figure["kind"]), int(figure["value"])
            if area.startswith("PV"):
                self._of_province(area, at, months, kind, value)
            elif area not in rows:
                raise bundled.FactsError(f"{bundled.PUBLISHED_FILE}, {period}: onbekende gemeente {area}.")
            elif at < len(periods):
                self._of_municipality(rows[area], at, months, kind, value)

    def _of_province(self, code: str, at: int, months: int, kind: FigureKind, value: int) -> None:
        known = {
            FigureKind.CORRECTED_TARGET: self.province_corrected,
            FigureKind.REALISED: self.province_realised,
            FigureKind.MUNICIPALITIES_MET: self.met,
        }.get(kind)
        if known is None or months != MONTHS:
            raise bundled.FactsError(f"{bundled.PUBLISHED_FILE}, {code}: {kind} na {months} maanden is onbruikbaar.")
        known[code, at] = value

    def _of_municipality(self, row: int, at: int, months: int, kind: FigureKind, value: int) -> None:
        match kind:
            case FigureKind.CORRECTED_TARGET:
                self.corrected[row, at] = value, months
            case FigureKind.REALISED:
                self.realised[row, at, months] = value
            case FigureKind.END_BALANCE:
                self.balance[row, at + 1] = value
            case FigureKind.REALISED_IN_YEAR:
                self.in_year[row, at - 1] = value
            case FigureKind.RANK_OF_LEAD:
                self.greatest_lead[at] = row
            case FigureKind.MUNICIPALITIES_MET:
                raise bundled.FactsError(f"{bundled.PUBLISHED_FILE}: {kind} hoort bij een provincie.")

    @property
    def realised_at_end(self) -> dict[tuple[int, int], int]:
        """Return realisation of whole half-years: published, or the year's minus the other half's."""
        whole = {(row, at): value for (row, at, months), value in self.realised.items() if months == MONTHS}
        rest = {}
        for (row, at), total in self.in_year.items():
            for half, other in ((at, at + 1), (at + 1, at)):
                if (row, other) in whole and (row, half) not in whole:
                    rest[row, half] = total - whole[row, other]
        return whole | rest

    @property
    def reckoned(self) -> dict[tuple[int, int], int]:
        """Return corrected targets that follow from realisation and the resulting balance."""
        realised = self.realised_at_end
        return {
            (row, at - 1): realised[row, at - 1] - balance
            for (row, at), balance in self.balance.items()
            if (row, at - 1) in realised and (row, at - 1) not in self.corrected
        }

    @property
    def all_corrected(self) -> dict[tuple[int, int], int]:
        """Return corrected targets, published or derived."""
        return self.reckoned | {at: value for at, (value, _) in self.corrected.items()}

    @property
    def net(self) -> dict[tuple[int, int], int]:
        """Return net targets that follow from a known corrected target and opening balance."""
        known = self.all_corrected
        return {at: known[at] + balance for at, balance in self.balance.items() if at in known}

    def pins(self, net: Ints) -> Pins:
        """Return the constraints on the simulation, given the net targets (n, periods)."""
        opening = {at: int(net[at]) - value for at, value in self.all_corrected.items()} | self.balance
        return Pins(
            opening=opening,
            realised={(row, at): value for (row, at, month), value in self.realised.items() if month == MONTHS},
            after_months={at: value for at, value in self.realised.items() if at[2] < MONTHS},
            in_year=self.in_year,
            province_corrected=self.province_corrected,
            province_realised=self.province_realised,
            province_met=self.met,
            greatest_lead=self.greatest_lead,
        )

    def mark(self, known: _Known) -> None:
        """Set the qualities: *published* on the day itself, *computed* for what follows from it.

        On the other days of the half-year the same target and balance are *estimated*, since a target may
        change during its half-year.
        """
        opening, corrected, realised = known.opening_quality, known.corrected_quality, known.realised_quality
        net = known.net_quality
        days = [(row, at, months, _PUBLISHED) for (row, at), (_, months) in self.corrected.items()]
        days += [(row, at, MONTHS, _COMPUTED) for row, at in self.reckoned]
        for row, at, months, quality in days:
            _strengthen(corrected, (row, at), months, quality)
            _strengthen(opening, (row, at), months, max(_COMPUTED, int(net[row, at])))
        for row, at in self.balance:
            if at < net.shape[1]:
                _strengthen(opening, (row, at), 0, _PUBLISHED)
                _strengthen(corrected, (row, at), 0, max(_COMPUTED, int(net[row, at])))
        for (row, at, months), value in self.realised.items():
            realised[row, at, months] = _PUBLISHED
            if value == 0:
                realised[row, at, 1:months] = _COMPUTED
        for row, at in self.realised_at_end:
            if (row, at, MONTHS) not in self.realised:
                realised[row, at, MONTHS] = _COMPUTED


def _strengthen(qualities: Codes, at: tuple[int, int], months: int, quality: int) -> None:
    """Set a cell's quality, and *estimated* for the rest of its half-year, unless stronger."""
    cells = np.full(MONTHS + 1, _ESTIMATED, dtype=np.int8)
    cells[months] = quality
    qualities[at] = np.minimum(qualities[at], cells)


def _net_targets(
    people: pd.DataFrame,
    totals: pd.Series,
    codes: list[str],
    periods: list[HalfYear],
    published: _Published,
) -> tuple[Ints, Codes]:
    """Return net targets by article 29, and their quality: *estimated* where inhabitants are.

    Municipalities with a published net target keep it; the others divide the rest.
    """
    by_year = {
        int(year): people[people["year"] == year].set_index("gm_code").reindex(codes)
        for year in people["year"].unique()
    }
    net = np.zeros((len(codes), len(periods)), dtype=np.int64)
    quality = np.full(net.shape, _COMPUTED, dtype=np.int8)
    for at, period in enumerate(periods):
        year = period.population_date.year
        if year not in by_year or by_year[year]["inhabitants"].isna().any():
            raise bundled.FactsError(f"{bundled.INHABITANTS_FILE}: inwoners op 1 januari {year} ontbreken.")
        counted = by_year[year]
        law = divide(int(totals.iloc[at]), counted["inhabitants"])
        given = {codes[row]: value for (row, of), value in published.net.items() if of == at}
        for code, value in given.items():
            if abs(value - int(law[code])) > MOST_CORRECTED:
                raise CalibrationError(
                    f"{period}, {code}: uit gepubliceerde cijfers volgt een taakstelling van {value}, "
                    f"naar inwoners is het {law[code]}; verbeter het doel of het saldo."
                )
        if given:
            others = counted["inhabitants"].drop(list(given))
            law = pd.concat([divide(int(totals.iloc[at]) - sum(given.values()), others), pd.Series(given)])
        net[:, at] = law.reindex(codes).to_numpy(np.int64)
        guessed = (counted["quality"] == Quality.ESTIMATED).to_numpy() & ~np.isin(codes, list(given))
        quality[guessed, at] = _ESTIMATED
    return net, quality


def _table(known: _Known, simulated: Simulated) -> pd.DataFrame:
    task = known.task
    number, periods = task.net.shape
    dates = [date for period in task.periods for date in period.reference_dates]
    per_date = (number, periods, MONTHS + 1)

    def column(values: npt.NDArray[np.integer]) -> npt.NDArray[np.integer]:
        """Flatten by period, date and municipality; repeat values that are constant in a half-year."""
        whole = np.broadcast_to(values[..., None], per_date) if values.ndim == 2 else values
        return np.moveaxis(whole, 0, -1).ravel()

    counts = (task.net, simulated.opening, task.net - simulated.opening, simulated.realised)
    qualities = (
        known.net_quality,
        known.opening_quality,
        known.corrected_quality,
        known.realised_quality,
    )
    words = [*map(str, QUALITY_DTYPE.categories)]
    table = pd.DataFrame(
        {
            "period": np.repeat([str(period) for period in task.periods], (MONTHS + 1) * number),
            "reference_date": pd.to_datetime(dates).astype("datetime64[us]").repeat(number),
            "gm_code": np.tile(task.codes, len(dates)),
        }
    ).astype({"period": "str", "gm_code": "str"})
    for name, values in zip(FIGURE_NAMES, counts, strict=True):
        table[name] = pd.array(column(values), dtype="Int64")
    for name, values in zip(QUALITY_COLUMNS, qualities, strict=True):
        table[name] = pd.Series(np.array(words)[column(values)], dtype="str")
    return table[list(FIGURES_COLUMNS)]
