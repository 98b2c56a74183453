"""Checks of a reading: consistent by itself, and with what was published before."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from data.findings import Finding, Weight
from data.formatting import enumerate_some, long_date, number, percentage, signed
from data.ingest.baseline import Baseline
from data.ingest.comparison import compare, municipalities
from data.ingest.report import FIELD_WORDS, FileReport, TotalRead, make_report
from data.sources.monthly.reading import ColumnField, Reading, Total

ROUNDING: Final = 1
"""Persons by which an identity may be off: published targets are rounded, and so is what a source reckons
from them before rounding."""
SHARE_ROUNDING: Final = 0.01
"""A printed percentage is rounded or cut off to a whole per cent, so it is off by less than one."""
STRANGE_SHARE: Final = 3.0
"""Three times the task. In the example 5 of 342 municipalities pass it by the end of a half-year, all with
a small task; of a large one it is nearly always a column shifted."""
MOST: Final = 0.5
"""Part of deviating rows above which the column means something else: one finding for all."""
NAMED: Final = 5
"""Municipalities named in a finding about several."""


def check(reading: Reading, baseline: Baseline | None = None) -> FileReport:
    """Check a reading by itself and against the baseline.

    While the reading itself stops (a municipality missing, a sign undecided, …) only what holds
    for each row alone is checked: other checks would repeat the same mistake in other words.

    Parameters
    ----------
    reading : Reading
    baseline : Baseline, optional
        Without it nothing is compared, and provincial totals are left unchecked.

    Returns
    -------
    FileReport
        Findings of the reading and of the checks, heaviest first.
    """
    baseline = baseline or Baseline()
    lines = Lines(reading, baseline)
    findings = [*_once(reading, baseline), *_future(reading, baseline)]
    whole = not any(finding.weight is Weight.STOPS for finding in reading.findings)
    findings += [*_identity(lines), *_remaining(lines), *_share(lines)]
    totals = tuple(_totals(lines))
    if not whole:
        return make_report(reading, findings, totals)
    comparison = compare(reading, baseline)
    # Updated totals only repeat that rows were not updated.
    kept = any(found.kind == "rows_of_before" and found.weight is Weight.STOPS for found in comparison.findings)
    explained = {ColumnField.REALISED, ColumnField.REMAINING} if kept else set()
    sums = [total for total in totals if total.field not in explained]
    findings += [*_sums(lines, sums), *_strange_shares(lines), *comparison.findings]
    return make_report(reading, findings, totals, baseline.compared(), comparison.changes)


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of a reading, with helpers for findings about them."""

    reading: Reading
    baseline: Baseline

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The lines, without balances while their sign is undecided."""
        undecided = any(finding.kind == "sign_undecided" for finding in self.reading.findings)
        return self.reading.lines.drop(columns="opening_balance" if undecided else [], errors="ignore")

    def has(self, *fields: ColumnField) -> bool:
        """Whether the file has all these columns."""
        return {field.value for field in fields} <= set(self.frame.columns)

    def __getitem__(self, field: ColumnField) -> pd.Series:
        cells: pd.Series = self.frame[field.value]
        return cells

    def heading(self, field: ColumnField) -> str | None:
        """Heading of the only column of a field."""
        headings = [column.heading for column in self.reading.columns if column.field is field]
        return headings[0] if len(headings) == 1 and headings[0] else None

    def finding(self, weight: Weight, kind: str, position: int, field: ColumnField, message: str) -> Finding:
        """Make a finding about one line, naming its municipality."""
        line = self.frame.iloc[position]
        code = None if pd.isna(line["gm_code"]) else str(line["gm_code"])
        return Finding(
            weight,
            kind,
            f"{line['printed']}: {message}",
            sheet=str(line["sheet"]),
            row=int(line["row"]),
            column=self.heading(field),
            gm_code=code,
        )

    def named(self, off: pd.Series) -> str:
        """Enumerate some of the marked lines."""
        return enumerate_some(self.frame.loc[off, "printed"].astype(str), NAMED)


def _true(condition: pd.Series) -> pd.Series:
    """Treat unknown as false."""
    return condition.fillna(False).astype(bool)


def _positions(condition: pd.Series) -> list[int]:
    return [int(position) for position in condition.to_numpy().nonzero()[0]]


def _once(reading: Reading, baseline: Baseline) -> Iterator[Finding]:
    """Findings of the reading, without those implied by another."""
    kinds = {finding.kind for finding in reading.findings}
    follows = {"unknown_value"} if kinds & {"not_a_number", "formula"} else set()
    codes = reading.lines["gm_code"]
    # A municipality whose name is unknown is missing as well.
    if 0 < len(set(baseline.names) - set(codes.dropna())) <= int(codes.isna().sum()):
        follows.add("missing_municipality")
    yield from (finding for finding in reading.findings if finding.kind not in follows)


def _future(reading: Reading, baseline: Baseline) -> Iterator[Finding]:
    day = reading.reference_date
    if day is not None and baseline.today is not None and day > baseline.today:
        yield Finding(
            Weight.STOPS,
            "future",
            f"De peildatum {long_date(day)} ligt in de toekomst; het is nu {long_date(baseline.today)}. "
            "Verbeter de peildatum.",
        )


def _identity(lines: Lines) -> Iterator[Finding]:
    """Corrected target = net target − opening balance, as printed in each row."""
    if not lines.has(ColumnField.NET_TARGET, ColumnField.OPENING_BALANCE, ColumnField.CORRECTED_TARGET):
        return
    net, balance, corrected = (
        lines[ColumnField.NET_TARGET],
        lines[ColumnField.OPENING_BALANCE],
        lines[ColumnField.CORRECTED_TARGET],
    )
    off = corrected - (net - balance)
    floored = _true((corrected == 0) & (net - balance < 0))
    if floored.any() and not _true(corrected < 0).any():
        yield Finding(
            Weight.NOTES,
            "identity_floored",
            f"{municipalities(int(floored.sum()))} met meer voorsprong dan taakstelling staan met 0 bij de "
            f"gecorrigeerde taakstelling: {lines.named(floored)}. Dat blijft zo staan.",
            column=lines.heading(ColumnField.CORRECTED_TARGET),
        )
        off = off.mask(floored, 0)
    for position in _positions(_true(off.abs() > ROUNDING)):
        yield lines.finding(
            Weight.ASKS,
            "identity",
            position,
            ColumnField.CORRECTED_TARGET,
            f"gecorrigeerde taakstelling {number(corrected.iloc[position])}, maar taakstelling "
            f"{number(net.iloc[position])} met saldo {signed(balance.iloc[position])} geeft "
            f"{number(corrected.iloc[position] - off.iloc[position])}. Kijk na welke van de drie niet klopt.",
        )
    little = _true((off != 0) & (off.abs() <= ROUNDING))
    if little.any():
        yield Finding(
            Weight.NOTES,
            "identity_rounding",
            f"Bij {municipalities(int(little.sum()))} wijkt de gecorrigeerde taakstelling {ROUNDING} af van "
            f"taakstelling min saldo, zoals bij afronden: {lines.named(little)}.",
            column=lines.heading(ColumnField.CORRECTED_TARGET),
        )


def _remaining(lines: Lines) -> Iterator[Finding]:
    """Remaining = corrected target − realised, as printed in each row."""
    if not lines.has(ColumnField.REMAINING, ColumnField.CORRECTED_TARGET, ColumnField.REALISED):
        return
    printed, expected = lines[ColumnField.REMAINING], lines[ColumnField.CORRECTED_TARGET] - lines[ColumnField.REALISED]
    floored = _true((expected < 0) & (printed == 0))
    if floored.any() and not _true(printed < 0).any():
        yield Finding(
            Weight.NOTES,
            "remaining_floored",
            f"{municipalities(int(floored.sum()))} met een voorsprong staan met 0 bij nog te realiseren; "
            "het getal zelf volgt uit gecorrigeerde taakstelling en realisatie.",
            column=lines.heading(ColumnField.REMAINING),
        )
        expected = expected.mask(floored, 0)
    yield from _unlike(
        lines,
        ColumnField.REMAINING,
        _true((printed - expected).abs() > ROUNDING),
        (number, printed, expected),
        "gecorrigeerde taakstelling min realisatie",
    )


def _share(lines: Lines) -> Iterator[Finding]:
    """Share = realised / corrected target, as printed in each row."""
    if not lines.has(ColumnField.SHARE, ColumnField.CORRECTED_TARGET, ColumnField.REALISED):
        return
    printed = lines[ColumnField.SHARE].astype("Float64")
    task = lines[ColumnField.CORRECTED_TARGET].astype("Float64")
    expected = lines[ColumnField.REALISED].astype("Float64") / task.where(task > 0)
    yield from _unlike(
        lines,
        ColumnField.SHARE,
        _true((printed - expected).abs() > SHARE_ROUNDING),
        (percentage, printed, expected),
        "realisatie gedeeld door gecorrigeerde taakstelling",
    )


def _unlike(
    lines: Lines,
    field: ColumnField,
    off: pd.Series,
    written: tuple[Callable[[float], str], pd.Series, pd.Series],
    rule: str,
) -> Iterator[Finding]:
    """Find rows in which a printed column differs from its derivation."""
    word = FIELD_WORDS[field]
    if off.mean() > MOST:
        yield Finding(
            Weight.ASKS,
            f"{field}_differs",
            f"Bij {municipalities(int(off.sum()))} is {word} iets anders dan {rule}: {lines.named(off)}. "
            "Kijk na of de kolommen goed herkend zijn.",
            column=lines.heading(field),
        )
        return
    show, printed, expected = written
    for position in _positions(off):
        yield lines.finding(
            Weight.ASKS,
            f"{field}_differs",
            position,
            field,
            f"{word} {show(float(printed.iloc[position]))}, maar {rule} geeft "
            f"{show(float(expected.iloc[position]))}. "
            "Kijk na welk getal niet klopt.",
        )


def _totals(lines: Lines) -> Iterator[TotalRead]:
    """Pair each printed total with the sum of its rows."""
    for total in lines.reading.totals:
        rows = _rows_of(lines, total)
        for field, printed in total.values.items():  # noqa: PD011  a mapping
            read = None
            if rows is not None and lines.has(field):
                cells = lines[field][rows]
                read = int(cells.sum())
                if field is ColumnField.REMAINING and read != printed and int(cells.clip(lower=0).sum()) == printed:
                    read = printed  # some sources print the shortfall: leads of one do not cancel another's
            name = lines.baseline.area(total.code)
            yield TotalRead(total.sheet, total.row, total.code, name, field, printed, read)


def _rows_of(lines: Lines, total: Total) -> pd.Series | None:
    """Lines that a total sums; None when unknown."""
    codes = lines.frame["gm_code"]
    if total.code == "NL":
        return pd.Series(True, index=codes.index)
    within = _true(codes.map(lines.baseline.provinces) == total.code)
    return within if within.any() else None


def _sums(lines: Lines, totals: Iterable[TotalRead]) -> Iterator[Finding]:
    """Find totals that are not the sum of their rows."""
    for total in totals:
        if total.read is None or total.read == total.printed:
            continue
        rows = _rows_of(lines, Total(total.sheet, total.row, total.code, {}))
        unknown = 0 if rows is None else int(lines[total.field][rows].isna().sum())
        word = FIELD_WORDS[total.field]
        shown = signed if total.field is ColumnField.OPENING_BALANCE else number
        differs = (
            f"Het totaal van {total.name} ({word}) is {shown(total.printed)}, maar de rijen geven samen "
            f"{shown(total.read)} ({number(abs(total.printed - total.read))} verschil)"
        )
        yield Finding(
            Weight.ASKS if unknown else Weight.STOPS,
            "total_unknown" if unknown else "total_differs",
            f"{differs}; van {municipalities(unknown)} is het getal onbekend. Kijk na of dat het verklaart."
            if unknown
            else f"{differs}. Verbeter in het bestand de rij of het totaal, en lees het opnieuw in.",
            sheet=total.sheet,
            row=total.row,
            column=lines.heading(total.field),
        )


def _strange_shares(lines: Lines) -> Iterator[Finding]:
    figures = lines.reading.figures
    if figures.empty:
        return
    task = figures["corrected_target"].astype("Float64")
    share = figures["realised"].astype("Float64") / task.where(task > 0)
    positions = {code: place for place, code in reversed(list(enumerate(lines.frame["gm_code"])))}
    for row in _positions(_true(share > STRANGE_SHARE)):
        position = positions.get(figures["gm_code"].iloc[row])
        if position is None:  # who got a part of a divided municipality: estimated, nothing to correct
            continue
        yield lines.finding(
            Weight.ASKS,
            "strange_share",
            position,
            ColumnField.REALISED,
            f"{number(figures['realised'].iloc[row])} gerealiseerd van {number(task.iloc[row])} is "
            f"{percentage(share.iloc[row])}. Kijk na of beide getallen kloppen.",
        )
