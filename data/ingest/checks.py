"""Checks of a reading: consistent by itself, and with what was published before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from data.findings import Finding, Weight
from data.formatting import enumerate_all, enumerate_some, long_date, number, percentage, sentence
from data.ingest.baseline import Baseline
from data.ingest.comparison import compare
from data.ingest.control_columns import ROUNDING, Control, controls, fits_at, fitting, named
from data.ingest.outliers import outlying
from data.ingest.pairs import municipalities
from data.ingest.report import FileReport, TotalRead, as_printed, balance_word, make_report
from data.sources.monthly.reading import FIELD_WORDS, ColumnField, Reading, Total

NAMED: Final = 5
"""Municipalities named in a finding about several."""


def check(reading: Reading, baseline: Baseline | None = None) -> FileReport:
    """Check a reading by itself and against the baseline.

    While the reading itself stops (a municipality missing, a sign undecided, …) only what holds
    for each row alone is checked: other checks would repeat the same mistake in other words.

    Parameters
    ----------
    baseline : without it nothing is compared, and provincial totals are left unchecked

    Returns
    -------
    Findings of the reading and of the checks, heaviest first.
    """
    baseline = baseline or Baseline()
    lines = Lines(reading, baseline)
    findings = [*_once(reading, baseline), *_future(reading, baseline)]
    whole = not any(finding.weight is Weight.STOPS for finding in reading.findings)
    held = list(controls(lines.frame))
    contradicted = list(_contradicted(lines, [control for control in held if control.contradicts]))
    if contradicted:
        # A sign that the figures contradict is the same mistake.
        findings = [finding for finding in findings if finding.kind != "sign_contradicts"]
    findings += contradicted
    for control in held:
        if not control.contradicts:
            findings += _control(lines, control)
    totals = tuple(_totals(lines))
    if contradicted or not whole:
        return make_report(reading, findings, totals)
    comparison = compare(reading, baseline)
    # Updated totals only repeat that rows were not updated.
    kept = any(found.kind == "rows_of_before" and found.weight is Weight.STOPS for found in comparison.findings)
    explained = {ColumnField.REALISED, ColumnField.REMAINING} if kept else set()
    sums = [total for total in totals if total.field not in explained]
    findings += [*_sums(lines, sums), *outlying(lines.reading), *comparison.findings]
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
            column=self.reading.heading(field),
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


def _contradicted(lines: Lines, held: list[Control]) -> Iterator[Finding]:
    """Stop at columns that cannot be what they were read as, and name the column that fits."""
    if not held:
        return
    found = fitting(lines.reading, lines.frame)
    if found is None:
        for control in held:
            word = FIELD_WORDS[control.field]
            yield Finding(
                Weight.STOPS,
                _kind(control),
                f"Bij {control.count} van de {municipalities(control.rows)} is {word} iets anders dan {control.rule}: "
                f"{lines.named(control.off)}. Kijk bij de kolommen na of elke kolom goed gelezen is; zo ja, verbeter "
                "het bestand.",
                column=lines.reading.heading(control.field),
            )
        return
    trial, best = found
    against = enumerate_all(
        f"‘{lines.reading.heading(control.field) or FIELD_WORDS[control.field]}’ bij {control.count}"
        for control in held
    )
    read = " en ".join(f"kolom {named(column)}," for column in trial.replaced)
    word = FIELD_WORDS[trial.field]
    wrong = f"{sentence(read)} is gelezen als {word}, maar dat" if read else f"{sentence(word)}, zoals gelezen,"
    yield Finding(
        Weight.STOPS,
        "column_contradicted",
        f"{wrong} klopt niet met {against} van de {municipalities(best.rows)}. {trial.advice(fits_at(best))}.",
        column=lines.reading.heading(trial.field),
        remedies=(trial.remedy,),
    )


def _kind(control: Control) -> str:
    return "identity" if control.field is ColumnField.CORRECTED_TARGET else f"{control.field}_differs"


def _control(lines: Lines, control: Control) -> Iterator[Finding]:
    """Tell of single rows in which a printed column differs from its derivation."""
    field, word = control.field, FIELD_WORDS[control.field]
    identity = field is ColumnField.CORRECTED_TARGET
    if control.floored.any():
        many = municipalities(int(control.floored.sum()))
        yield Finding(
            Weight.NOTES,
            "identity_floored" if identity else "remaining_floored",
            f"{many} met meer voorsprong dan taakstelling staan met 0 bij {word}: {lines.named(control.floored)}. "
            "Dat blijft zo staan."
            if identity
            else f"{many} met een voorsprong staan met 0 bij {word}; het getal zelf volgt uit {control.rule}.",
            column=lines.reading.heading(field),
        )
    show = percentage if field is ColumnField.SHARE else number
    for position in _positions(control.off):
        printed, expected = (show(float(each.iloc[position])) for each in (control.printed, control.expected))
        yield lines.finding(
            Weight.ASKS,
            _kind(control),
            position,
            field,
            f"{word} is {printed}, maar taakstelling {number(lines[ColumnField.NET_TARGET].iloc[position])} met "
            f"{balance_word(lines[ColumnField.OPENING_BALANCE].iloc[position])} geeft {expected}. Kijk na welke van de "
            "drie niet klopt."
            if identity
            else f"{word} is {printed}, maar {control.rule} geeft {expected}. Kijk na welk getal niet klopt.",
        )
    little = _true((control.printed != control.expected) & ~control.off)
    if identity and little.any():
        yield Finding(
            Weight.NOTES,
            "identity_rounding",
            f"Bij {municipalities(int(little.sum()))} scheelt {word} {ROUNDING} met {control.rule}, zoals bij "
            f"afronden: {lines.named(little)}.",
            column=lines.reading.heading(field),
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
        printed, read = (as_printed(total.field, count, lines.reading.sign) for count in (total.printed, total.read))
        differs = (
            f"Het totaal van {total.name} ({word}) is {printed}, maar de rijen geven samen {read} "
            f"({number(abs(total.printed - total.read))} verschil)"
        )
        yield Finding(
            Weight.ASKS if unknown else Weight.STOPS,
            "total_unknown" if unknown else "total_differs",
            f"{differs}; van {municipalities(unknown)} is het getal onbekend. Kijk na of dat het verklaart."
            if unknown
            else f"{differs}. Verbeter in het bestand de rij of het totaal, en lees het opnieuw in.",
            sheet=total.sheet,
            row=total.row,
            column=lines.reading.heading(total.field),
        )
