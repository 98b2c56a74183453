"""Comparison with the baseline: decreases, jumps, rows of an earlier month, changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Final

import numpy as np
import pandas as pd

from data.findings import Finding, Weight
from data.formatting import enumerate_some, long_date, number, signed
from data.ingest.baseline import Baseline, PublishedFigures
from data.ingest.report import FIELD_WORDS, Change
from data.ingest.unchanged_rows import find_unchanged_rows
from data.schema import FIGURE_NAMES
from data.sources.monthly.reading import ColumnField, Reading, Sign

SMALL_CORRECTION: Final = 3
"""Persons by which realisation may fall with a note only: one household counted elsewhere. The one national
revision that is known (2022-I, 11,886 made 11,934) is 0.14 person a municipality."""
CORRECTION: Final = 8
"""Persons up to which a fall may be a correction that a person looks at: one large household, or two."""
CORRECTION_PART: Final = 0.05
"""The same as a part of what was realised, for large municipalities: ten times the known national
revision of 0.4 %, since it falls on some and not on others."""
USUAL_SPREAD: Final = 5
"""A month is usual up to an even sixth of the target and 5 times its root. People come in families of some
four, so the spread of a month is 0.8 times the root of the target; five leaves room for a month in which
a house is opened. In the example's 22,572 months one passes it."""
USUAL_LEAST: Final = 10
"""Persons in a month that are always usual: two or three families in one house."""
REVISION: Final = 0.02
"""Of the national realisation, when a moment is published anew: five times the known revision of 0.4 %."""
CARRIED_OVER: Final = 0.02
"""Part of the corrected target by which national end and opening balance differ as published: at most 117 of
8,537 persons, from 2019-II to 2020-I (Kamervraag 2024Z12156)."""
MIRRORED: Final = 0.25
"""A sign is doubted when reversed balances fit the end balances four times better."""
MANY: Final = 0.5
"""From half of the municipalities on, a change is a decision of the ministry, not a mistake in a row."""
NAMED: Final = 5
"""Municipalities named in a finding about several."""


@dataclass(frozen=True)
class Comparison:
    """Result of comparing with the baseline."""

    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()


def compare(reading: Reading, baseline: Baseline) -> Comparison:
    """Compare the figures of a reading with the baseline.

    Returns
    -------
    Comparison
        Without anything while the reading has no figures.
    """
    if reading.figures.empty or reading.period is None or reading.reference_date is None:
        return Comparison()
    findings: list[Finding] = []
    if baseline.previous_month is not None:
        pair = Pair.of(reading, baseline, baseline.previous_month)
        findings += [*_same_again(pair), *_falls(pair), *_jumps(pair), *_targets(pair)]
    if baseline.next_month is not None:
        findings += _above_next(Pair.of(reading, baseline, baseline.next_month))
    if baseline.end_before is not None:
        findings += _carried_over(Pair.of(reading, baseline, baseline.end_before))
    if baseline.shown is None:
        return Comparison(tuple(findings))
    pair = Pair.of(reading, baseline, baseline.shown)
    changes = tuple(_changes(pair))
    return Comparison((*findings, *_revised(pair, changes)), changes)


@dataclass(frozen=True, eq=False)
class Pair:
    """New figures aligned with those of another moment, in the order of the file."""

    reading: Reading
    baseline: Baseline
    published: PublishedFigures
    new: pd.DataFrame
    old: pd.DataFrame

    @classmethod
    def of(cls, reading: Reading, baseline: Baseline, published: PublishedFigures) -> "Pair":
        """Align the figures."""
        new, old = reading.figures.set_index("gm_code"), published.figures.set_index("gm_code")
        lines = [str(code) for code in reading.lines["gm_code"].dropna()]
        # Who got a part of a divided municipality may have no line of its own, and comes last.
        both = set(new.index) & set(old.index)
        order = [code for code in dict.fromkeys([*lines, *new.index]) if code in both]
        return cls(reading, baseline, published, new.loc[order], old.loc[order])

    @cached_property
    def places(self) -> dict[str, tuple[str, int]]:
        """Sheet and row of the first line of each municipality, by code."""
        lines = self.reading.lines.dropna(subset=["gm_code"]).drop_duplicates("gm_code")
        return {
            str(code): (str(sheet), int(row))
            for code, sheet, row in zip(lines["gm_code"], lines["sheet"], lines["row"], strict=True)
        }

    def difference(self, name: str) -> pd.Series:
        """New − old, missing where either is."""
        return self.new[name] - self.old[name]

    def before(self, name: str, code: str) -> int:
        """Published value, which must be known."""
        return int(self.old[name].array[self._position[code]])

    def after(self, name: str, code: str) -> int:
        """New value, which must be known."""
        return int(self.new[name].array[self._position[code]])

    @cached_property
    def _position(self) -> dict[str, int]:
        return {str(code): position for position, code in enumerate(self.new.index)}

    @property
    def day(self) -> str:
        """The other moment, in words."""
        return long_date(self.published.reference_date)

    def finding(self, weight: Weight, kind: str, code: str, field: ColumnField, message: str) -> Finding:
        """Make a finding about one municipality, at its line."""
        sheet, row = self.places.get(code, (None, None))
        headings = [column.heading for column in self.reading.columns if column.field is field]
        return Finding(
            weight,
            kind,
            f"{self.baseline.name(code)}: {message}",
            sheet=sheet,
            row=row,
            column=headings[0] if len(headings) == 1 and headings[0] else None,
            gm_code=code,
        )

    def named(self, codes: list[str]) -> str:
        """Enumerate some municipalities."""
        return enumerate_some(map(self.baseline.name, codes), NAMED)


def correction(realised: int) -> float:
    """Largest decrease in persons that may be a correction."""
    return max(CORRECTION, CORRECTION_PART * realised)


def usual_growth(target: float, months: int = 1) -> float:
    """Largest usual growth of a municipality, in persons, over a number of months.

    Parameters
    ----------
    target : float
        Its task for the half-year in persons: the net or the corrected target, the larger.
    """
    task = max(target, 0.0) * months
    return max(USUAL_LEAST, task / 6 + USUAL_SPREAD * sqrt(task))


def _same_again(pair: Pair) -> Iterator[Finding]:
    """Find rows that still have last month's figures."""
    growth = pair.difference("realised")
    task = pair.old["net_target"].fillna(pair.old["corrected_target"]).clip(lower=0)
    compared = (growth.notna() & task.notna()).to_numpy()
    steps, tasks = growth[compared].to_numpy(float), task[compared].to_numpy(float)
    if len(steps) and not steps.any() and pair.old["realised"].sum() > 0:
        yield Finding(
            Weight.STOPS,
            "same_as_before",
            f"Elke gemeente heeft precies dezelfde realisatie als op {pair.day}. Dit is de stand van toen, "
            "of een bestand dat niet is bijgewerkt: lees het juiste bestand in of verbeter de peildatum.",
        )
        return
    still = find_unchanged_rows(steps, tasks)
    if still is None or not still.strange:
        return
    stops = still.impossible
    advice = (
        "Dat kan geen toeval zijn: werk die rijen bij en lees het bestand opnieuw in."
        if stops
        else "Kijk na of die rijen zijn bijgewerkt."
    )
    weight = Weight.STOPS if stops else Weight.ASKS
    codes = [str(code) for code in growth.index[compared]]
    if still.first is None or still.last is None:
        large = [codes[i] for i in sorted(np.flatnonzero(steps == 0), key=lambda i: -tasks[i])[:3]]
        yield Finding(
            weight,
            "rows_of_before",
            f"{still.count} van de {len(steps)} gemeenten hebben nog precies de realisatie van {pair.day}, "
            f"ook grote zoals {pair.named(large)}, terwijl de andere doorgingen. {advice}",
        )
        return
    first, last = codes[still.first], codes[still.last]
    yield pair.finding(
        weight,
        "rows_of_before",
        first,
        ColumnField.REALISED,
        f"vanaf deze rij tot en met {pair.baseline.name(last)} (rij {pair.places[last][1]}) hebben "
        f"{still.count} gemeenten na elkaar nog precies de realisatie van {pair.day}, terwijl de andere "
        f"doorgingen. {advice}",
    )


def _falls(pair: Pair) -> Iterator[Finding]:
    """Find decreases: realisation is cumulative, so they are corrections or mistakes."""
    fall = -pair.difference("realised")
    small: list[str] = []
    for code in _codes(fall > 0):
        before, after = pair.before("realised", code), pair.after("realised", code)
        said = f"{number(after)} gerealiseerd, maar op {pair.day} al {number(before)}"
        if before - after > correction(before):
            yield pair.finding(
                Weight.STOPS,
                "below_before",
                code,
                ColumnField.REALISED,
                f"{said}; zoveel minder is geen correctie. Verbeter het getal of de peildatum, of publiceer "
                f"eerst de verbeterde stand van {pair.day}.",
            )
        elif before - after > SMALL_CORRECTION:
            yield pair.finding(
                Weight.ASKS,
                "corrected_down",
                code,
                ColumnField.REALISED,
                f"{said}. Kijk na of dit een correctie is.",
            )
        else:
            small.append(f"{pair.baseline.name(code)} ({signed(after - before)})")
    if small:
        yield Finding(
            Weight.NOTES,
            "corrected_slightly",
            f"Bij {municipalities(len(small))} is iets minder gerealiseerd dan op {pair.day}, zoals bij een "
            f"correctie: {enumerate_some(small, NAMED)}.",
        )


def _jumps(pair: Pair) -> Iterator[Finding]:
    """Find growth since the month before that is unusual for the size of the target."""
    months = _months(pair)
    growth = pair.difference("realised")
    task = pair.new[["net_target", "corrected_target"]].max(axis=1)
    for code in _codes((growth > USUAL_LEAST) & task.notna()):
        before, after = pair.before("realised", code), pair.after("realised", code)
        usual = usual_growth(float(task[code]), months)
        if after - before > usual:
            yield pair.finding(
                Weight.ASKS,
                "jump",
                code,
                ColumnField.REALISED,
                f"{number(after - before)} erbij sinds {pair.day}, van {number(before)} naar {number(after)};"
                f" bij een taakstelling van {number(task[code])} is meer dan {number(usual)} ongewoon. "
                "Kijk na of dit klopt.",
            )


def _targets(pair: Pair) -> Iterator[Finding]:
    """Find changed targets and opening balances: they apply to the whole half-year."""
    names = ["net_target", "opening_balance"]
    if pair.difference("net_target").isna().all():
        names = ["corrected_target"]
    for name in names:
        yield from _other_target(pair, ColumnField(name))


def _other_target(pair: Pair, field: ColumnField) -> Iterator[Finding]:
    change = pair.difference(field.value)
    changed = _codes(change != 0)
    word = FIELD_WORDS[field]
    shown = signed if field is ColumnField.OPENING_BALANCE else number
    if len(changed) >= MANY * len(change) > 0:
        before, after = pair.old[field.value].sum(), pair.new[field.value].sum()
        yield Finding(
            Weight.ASKS,
            f"{field}_changed",
            f"Bij {municipalities(len(changed))} is {word} anders dan op {pair.day}: samen {shown(before)} "
            f"wordt {shown(after)}. Kijk na of de taakstelling tijdens dit halfjaar is gewijzigd.",
        )
        return
    for code in changed:
        yield pair.finding(
            Weight.ASKS,
            f"{field}_changed",
            code,
            field,
            f"{word} {shown(pair.after(field.value, code))}, maar op {pair.day} in hetzelfde halfjaar "
            f"{shown(pair.before(field.value, code))}. Kijk na welk getal klopt.",
        )


def _above_next(pair: Pair) -> Iterator[Finding]:
    """Find realisation above that of a later month that was published already."""
    over = pair.difference("realised")
    codes = [code for code in _codes(over > 0) if over[code] > correction(pair.after("realised", code))]
    if codes:
        yield Finding(
            Weight.ASKS,
            "above_next",
            f"Bij {municipalities(len(codes))} is meer gerealiseerd dan op {pair.day}, dat al gepubliceerd "
            f"is: {pair.named(codes)}. Kijk na of de peildatum klopt.",
        )


def _carried_over(pair: Pair) -> Iterator[Finding]:
    """Find opening balances that differ from the end of the previous half-year."""
    ended = pair.old["realised"] - pair.old["corrected_target"]
    opened = pair.new["opening_balance"]
    off = opened - ended
    if off.isna().all():
        return
    apart, turned = float(off.abs().sum()), float((opened + ended).abs().sum())
    if apart > CARRIED_OVER * float(ended.abs().sum()) and turned < MIRRORED * apart:
        chosen = pair.reading.choices.sign
        other = "voorsprong" if pair.reading.sign is Sign.BEHIND else "achterstand"
        yield Finding(
            Weight.ASKS if chosen is None else Weight.STOPS,
            "sign_contradicted",
            f"De saldi lijken omgekeerd: met het teken andersom sluiten ze aan op de stand van {pair.day}. "
            f"Kies dat een plus een {other} is, of kijk na of die stand klopt.",
        )
        return
    differing = off[_codes(off != 0)].astype(int)
    if differing.empty:
        return
    beyond = abs(int(off.sum())) > CARRIED_OVER * float(pair.old["corrected_target"].clip(lower=0).sum())
    beyond |= bool((differing.abs() > CORRECTION).any())
    largest = [str(code) for code in differing.abs().sort_values(ascending=False, kind="stable").index]
    named = [f"{pair.baseline.name(code)} ({signed(differing[code])})" for code in largest]
    said = (
        f"Bij {municipalities(len(differing))} begint het halfjaar met een ander saldo dan waarmee het "
        f"vorige op {pair.day} eindigde, samen {signed(int(differing.sum()))}: "
        f"{enumerate_some(named, NAMED)}."
    )
    yield Finding(
        Weight.ASKS if beyond else Weight.NOTES,
        "not_carried_over",
        f"{said} Kijk na of dat correcties zijn." if beyond else said,
    )


def _changes(pair: Pair) -> Iterator[Change]:
    """List each figure that differs from the shown one."""
    for name in FIGURE_NAMES:
        new, old = pair.new[name], pair.old[name]
        other = (new != old).fillna(True) & ~(new.isna() & old.isna())
        for code in _codes(other):
            before = None if pd.isna(old[code]) else pair.before(name, code)
            after = None if pd.isna(new[code]) else pair.after(name, code)
            yield Change(code, pair.baseline.name(code), name, before, after)


def _revised(pair: Pair, changes: tuple[Change, ...]) -> Iterator[Finding]:
    """Report the changes to a moment that is shown already."""
    where = f"De stand van {pair.day} is al gepubliceerd"
    if not changes:
        yield Finding(Weight.NOTES, "already_shown", f"{where}, met precies dezelfde cijfers.")
        return
    changed = {change.gm_code for change in changes}
    codes = [str(code) for code in pair.new.index if code in changed]
    before, after = int(pair.old["realised"].sum()), int(pair.new["realised"].sum())
    said = f"{where}; {municipalities(len(codes))} {'verandert' if len(codes) == 1 else 'veranderen'}: "
    said += f"{pair.named(codes)}. Landelijk gerealiseerd "
    said += (
        f"blijft {number(after)}."
        if before == after
        else f"{number(before)} wordt {number(after)} ({signed(after - before)})."
    )
    much = abs(after - before) > REVISION * before
    yield Finding(
        Weight.ASKS if much else Weight.NOTES,
        "already_shown",
        f"{said} Dat is meer dan een gewone herziening: kijk na of de peildatum klopt." if much else said,
    )


def _months(pair: Pair) -> int:
    period = pair.published.period
    day = pair.reading.reference_date
    if day is None:
        return 1
    return period.months_elapsed(day) - period.months_elapsed(pair.published.reference_date)


def _codes(condition: pd.Series) -> list[str]:
    """Codes of the municipalities where a condition is known to be true."""
    return [str(code) for code in condition.index[condition.fillna(False).astype(bool)]]


def municipalities(count: int) -> str:
    """Count municipalities in words."""
    return f"{count} gemeente" if count == 1 else f"{count} gemeenten"
