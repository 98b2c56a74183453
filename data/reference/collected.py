"""Published figures of municipalities and provinces, parsed from manually collected rows."""

import re
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path

import pandas as pd

from data.periods import HalfYear, PeriodError
from data.quality import Quality
from data.reference import bundled
from data.reference.bundled import FigureKind

NAMES = {"Den Haag": "'s-Gravenhage"}
"""Names in the collected rows that differ from CBS's."""


class CollectedError(ValueError):
    """Collected rows that changed since this module was written."""


@dataclass(frozen=True)
class CollectedFigure:
    """One published figure; the fields are columns of `bundled.published_figures`."""

    period: str
    area_code: str
    reference_date: str
    kind: FigureKind
    value: int
    source_url: str
    note: str


@dataclass(frozen=True)
class Unused:
    """A collected figure that the example cannot match, with the reason."""

    period: str
    area: str
    reason: str

    def __str__(self) -> str:
        return f"{self.period} {self.area}: {self.reason}"


@dataclass(frozen=True)
class _Remark:
    """A figure in the remark of a row; the text fragment must still be there."""

    period: str
    area: str
    fragment: str
    figure_period: str
    figure_area: str
    kind: FigureKind
    value: int
    note: str
    reference_date: str = ""
    """Empty: the end of the half-year."""


_REGION = "Zaanstreek-Waterland (7 gemeenten)"
_MEMBERS = {
    "Zaanstad": 341,
    "Purmerend": 227,
    "Edam-Volendam": 77,
    "Waterland": 32,
    "Wormerland": 30,
    "Landsmeer": 12,
    "Oostzaan": 11,
}
_REMARKS = (
    _Remark(
        *("2018-II", "Breda", "2019-I: 149 incl", "2019-I", "Breda", FigureKind.CORRECTED_TARGET, 149),
        note="aangekondigd bij het begin van het halfjaar, met het restant van 2018-II erin",
        reference_date="2019-01-01",
    ),
    _Remark(
        *("2022", "Amsterdam", "2021: 957", "2021-II", "Amsterdam", FigureKind.REALISED_IN_YEAR, 957),
        note="over heel 2021, nog zonder Weesp",
    ),
    _Remark(
        *("2022-I", "Tilburg", "grootste voorsprong", "2022-I", "Tilburg", FigureKind.RANK_OF_LEAD, 1),
        note="grootste voorsprong van het land",
    ),
    _Remark(
        *("2023-I", "Utrecht (provincie)", "3 van 26", "2023-I", "Utrecht (provincie)"),
        kind=FigureKind.MUNICIPALITIES_MET,
        value=3,
        note="van 26 gemeenten",
    ),
    *(
        _Remark("2023", _REGION, f"{name} {persons}", "2023-II", name, FigureKind.REALISED_IN_YEAR, persons, "")
        for name, persons in _MEMBERS.items()
    ),
)

_UNUSABLE = {
    ("2022", "Amsterdam", "target"): (
        "1.459 is volgens de bron exclusief en volgens de som inclusief achterstand; "
        "het doel van 2022-II volgt nu uit de gepubliceerde achterstand van 448"
    ),
    ("2023", "Purmerend", "target"): "203 is niet gepubliceerd maar afgeleid, 227 − 24",
    ("2023", _REGION, "target"): "752 hoort bij het onzekere totaal van 700",
    ("2023", _REGION, "realised"): "700 strijdt met de zeven gemeenten, die samen 730 geven",
    ("2023", _REGION, "balance"): "−52 hoort bij het onzekere totaal van 700",
    ("2020", "Zeeland", "target"): "269: onbekend of het de taakstelling of het gecorrigeerde doel is",
}
"""Figures within the half-years of the example that cannot be used: (period, area, column)."""

_UNUSABLE_REMARKS = {
    ("2023-I", "Utrecht (provincie)", "2530"): "nog 2.530 te gaan in 2023: op welke dag is niet gezegd",
    ("2020", "Zeeland", "verwachte achterstand"): "achterstanden per gemeente zijn verwachtingen",
    ("2022", "Amsterdam", "achterstand 276"): "achterstand 276 past niet bij 768 gecorrigeerd in 2022-I",
}
"""The same, for figures in the remark of a row: (period, area, fragment)."""


def published_table(path: Path, register: pd.DataFrame) -> tuple[pd.DataFrame, list[Unused]]:
    """Return the published figures in the project's format, and those that cannot be used.

    Parameters
    ----------
    path : CSV of the collected figures, a row per area and period
    register : `gm_code`, `gm_naam`, `pv_code`, `pv_naam` of the 2023 division

    Returns
    -------
    For the first see `bundled.published_figures`; a figure in two rows occurs once. A balance at the
    start of the first half-year is kept, as the example's opening balance.

    Raises
    ------
    CollectedError
        When a figure is neither used nor listed as unusable, when two figures contradict each other, or
        when a remark no longer contains the fragment that was read.
    """
    rows = [
        {str(column): str(cell) for column, cell in row.items()}
        for row in pd.read_csv(path, dtype="str", keep_default_na=False).to_dict("records")
    ]
    areas = _areas(register)
    found = [_remark(remark, rows, areas) for remark in _REMARKS]
    unused: list[Unused] = []
    for row in rows:
        where = row["period"], row["area"]
        if not _within(row["period"]):
            if row["period"] == str(bundled.FIRST.previous()) and row["balance"]:
                found.append(_figure(row, "balance", areas))
            unused.append(Unused(*where, f"valt buiten {bundled.FIRST} tot en met {bundled.LAST}"))
            continue
        for column in ("target", "realised", "balance"):
            if not row[column]:
                continue
            reason = _UNUSABLE.get((*where, column))
            if reason is None:
                found.append(_figure(row, column, areas))
            else:
                unused.append(Unused(*where, reason))
    for (period, area, fragment), reason in _UNUSABLE_REMARKS.items():
        _row_with_remark(rows, period, area, fragment)
        unused.append(Unused(period, area, reason))
    return _table(found), unused


def _table(found: list[CollectedFigure]) -> pd.DataFrame:
    table = pd.DataFrame(
        [astuple(figure) for figure in found], columns=[field.name for field in fields(CollectedFigure)]
    )
    table["quality"] = Quality.PUBLISHED
    key = ["period", "area_code", "reference_date", "kind"]
    # Keep the duplicate with a note.
    table = table.sort_values([*key, "note"], ascending=[True] * 4 + [False])
    distinct = table.drop_duplicates([*key, "value"])
    doubled = distinct.duplicated(key)
    if doubled.any():
        first = distinct[doubled].iloc[0]
        raise CollectedError(
            f"{first['period']} {first['area_code']}: twee verschillende waarden voor {first['kind']}. "
            "Kies er een, en leg de andere vast als onbruikbaar."
        )
    return distinct[list(bundled.PUBLISHED_COLUMNS)].reset_index(drop=True)


def _areas(register: pd.DataFrame) -> dict[str, str]:
    """Return codes by name in the collected rows; an ambiguous province has "(provincie)"."""
    municipalities = dict(zip(register["gm_naam"], register["gm_code"], strict=True))
    provinces = dict(zip(register["pv_naam"], register["pv_code"], strict=True))
    return (
        provinces
        | {f"{name} (provincie)": code for name, code in provinces.items()}
        | municipalities
        | {name: municipalities[cbs] for name, cbs in NAMES.items() if cbs in municipalities}
    )


def _within(period: str) -> bool:
    """Whether a collected period, a half-year or calendar year, lies in the example."""
    try:
        half_year = _half_year(period)
    except PeriodError:
        return False
    first = HalfYear(half_year.year, 1) if period.isdecimal() else half_year
    return first >= bundled.FIRST and half_year <= bundled.LAST


def _half_year(period: str) -> HalfYear:
    """Parse a half-year, or return the second half of a calendar year."""
    return HalfYear(int(period), 2) if re.fullmatch(r"\d{4}", period) else HalfYear.parse(period)


def _figure(row: dict[str, str], column: str, areas: dict[str, str]) -> CollectedFigure:
    where = f"{row['period']} {row['area']}, kolom {column}"
    if row["area"] not in areas:
        raise CollectedError(f"{where}: geen gemeente of provincie van 2023; leg vast wat ermee moet.")
    if column == "target" and row["target_kind"] != "gecorrigeerd":
        raise CollectedError(f"{where}: soort doel {row['target_kind']!r}; leg vast wat ermee moet.")
    kind = {"target": FigureKind.CORRECTED_TARGET, "realised": FigureKind.REALISED, "balance": FigureKind.END_BALANCE}[
        column
    ]
    if row["period"].isdecimal() and kind is FigureKind.REALISED:
        kind = FigureKind.REALISED_IN_YEAR
    period = _half_year(row["period"])
    try:
        day = date.fromisoformat(row["reference_date"])
        period.months_elapsed(day)
        value = int(row[column])
    except ValueError as error:
        raise CollectedError(f"{where}: {error}") from error
    return CollectedFigure(str(period), areas[row["area"]], day.isoformat(), kind, value, row["source_url"], "")


def _remark(remark: _Remark, rows: list[dict[str, str]], areas: dict[str, str]) -> CollectedFigure:
    row = _row_with_remark(rows, remark.period, remark.area, remark.fragment)
    return CollectedFigure(
        remark.figure_period,
        areas[remark.figure_area],
        remark.reference_date or HalfYear.parse(remark.figure_period).end.isoformat(),
        remark.kind,
        remark.value,
        row["source_url"],
        remark.note,
    )


def _row_with_remark(rows: list[dict[str, str]], period: str, area: str, fragment: str) -> dict[str, str]:
    for row in rows:
        if (row["period"], row["area"]) == (period, area) and fragment in row["note"]:
            return row
    raise CollectedError(f"{period} {area}: de toelichting zegt niet meer {fragment!r}; lees haar opnieuw.")
