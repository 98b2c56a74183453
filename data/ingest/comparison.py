"""Comparison with the baseline: decreases, jumps, rows of an earlier month, changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from data.findings import Finding, Weight
from data.formatting import enumerate_some, number, signed
from data.ingest.baseline import Baseline
from data.ingest.control_columns import MANY_ROWS, Trial, controls, other_sign, too_many, trials
from data.ingest.outliers import jumps, usual_growth
from data.ingest.pairs import NAMED, Pair, codes_where, municipalities
from data.ingest.report import Change
from data.ingest.revisions import changes, moved, revised
from data.ingest.unchanged_rows import find_unchanged_rows
from data.sources.monthly.reading import ColumnField, Reading, Sign

SMALL_CORRECTION: Final = 3
"""Persons by which the number housed may fall with a note only: one household counted elsewhere. The one national
revision that is known (2022-I, 11,886 made 11,934) is 0.14 person a municipality."""
CORRECTION: Final = 8
"""Persons up to which a fall may be a correction that a person looks at: one large household, or two."""
CORRECTION_PART: Final = 0.05
"""The same as a part of what was realised, for large municipalities: ten times the known national
revision of 0.4 %, since it falls on some and not on others."""
CARRIED_OVER: Final = 0.02
"""Part of the corrected target by which national end and opening balance differ as published: at most 117 of
8,537 persons, from 2019-II to 2020-I (Kamervraag 2024Z12156)."""
MIRRORED: Final = 0.25
"""A sign is doubted when reversed balances fit the end balances four times better."""


@dataclass(frozen=True)
class Comparison:
    """Result of comparing with the baseline."""

    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()


def compare(reading: Reading, baseline: Baseline) -> Comparison:
    """Compare the figures of a reading with the baseline.

    Returns
    -------
    Without anything while the reading has no figures.
    """
    if reading.figures.empty or reading.period is None or reading.reference_date is None:
        return Comparison()
    findings: list[Finding] = []
    pairs = {what: Pair.of(reading, baseline, published) for what, published in baseline.moments().items()}
    if before := pairs.get("previous_month"):
        findings += [*_same_again(before), *_falls(before), *jumps(before)]
    if after := pairs.get("next_month"):
        findings += _above_next(after)
    if ended := pairs.get("end_before"):
        findings += _carried_over(ended)
    findings += moved([pairs[what] for what in ("shown", "previous_month", "next_month") if what in pairs])
    if (shown := pairs.get("shown")) is None:
        return Comparison(tuple(findings))
    changed = tuple(changes(shown))
    return Comparison((*findings, *revised(shown, changed)), changed)


def correction(realised: int) -> float:
    """Largest decrease in persons that may be a correction."""
    return max(CORRECTION, CORRECTION_PART * realised)


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
            f"Bij elke gemeente zijn evenveel mensen gehuisvest als op {pair.day}. Dit zijn de cijfers van toen, "
            "of een bestand dat niet is bijgewerkt. Lees het juiste bestand in of verbeter de peildatum.",
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
            f"{still.count} van de {len(steps)} gemeenten hebben nog precies het aantal gehuisvest van {pair.day}, "
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
        f"{still.count} gemeenten na elkaar nog precies het aantal gehuisvest van {pair.day}, terwijl de andere "
        f"doorgingen. {advice}",
    )


def _falls(pair: Pair) -> Iterator[Finding]:
    """Find decreases: the number housed is cumulative, so they are corrections or mistakes."""
    fall = -pair.difference("realised")
    impossible = [code for code in codes_where(fall > 0) if fall[code] > correction(pair.before("realised", code))]
    if too_many(len(impossible), int(fall.notna().sum())):
        yield _another_column(pair, impossible)
        return
    small: list[str] = []
    for code in codes_where(fall > 0):
        before, after = pair.before("realised", code), pair.after("realised", code)
        said = f"{number(after)} gehuisvest, maar op {pair.day} al {number(before)}"
        if before - after > correction(before):
            yield pair.finding(
                Weight.STOPS,
                "below_before",
                code,
                ColumnField.REALISED,
                f"{said}; zoveel minder is geen correctie. Verbeter het getal of de peildatum, of publiceer "
                f"eerst de verbeterde cijfers van {pair.day}.",
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
            f"Bij {municipalities(len(small))} is iets minder gehuisvest dan op {pair.day}, zoals bij een "
            f"correctie: {enumerate_some(small, NAMED)}.",
        )


def _another_column(pair: Pair, impossible: list[str]) -> Finding:
    """Stop where so many fall that the column must be another; name the one that fits."""
    reading = pair.reading
    lines = reading.lines
    earlier = lines["gm_code"].mask(lines["gm_code"].duplicated(keep=False)).map(pair.old["realised"]).astype("Float64")
    task = lines["gm_code"].map(pair.new[["net_target", "corrected_target"]].max(axis=1))
    most = earlier + task.map(lambda size: usual_growth(float(size), pair.months), na_action="ignore").astype("Float64")
    least = earlier - earlier.map(lambda housed: correction(int(housed)), na_action="ignore").astype("Float64")
    rows = int(earlier.notna().sum())

    def fits(trial: Trial) -> bool:
        housed = trial.frame[ColumnField.REALISED]
        off = int(((housed < least) | (housed > most)).sum())
        compared = int((housed.notna() & earlier.notna()).sum())
        return compared * MANY_ROWS >= rows * (MANY_ROWS - 1) and not (
            too_many(off, compared) or any(control.contradicts for control in controls(trial.frame))
        )

    found = next((one for one in trials(reading, lines) if one.field is ColumnField.REALISED and fits(one)), None)
    way = "Kijk bij de kolommen na of dit gehuisvest sinds de start is, en niet in één maand; of verbeter de peildatum"
    return Finding(
        Weight.STOPS,
        "below_before" if found is None else "column_contradicted",
        f"Bij {municipalities(len(impossible))} is minder gehuisvest dan op {pair.day}: {pair.named(impossible)}. "
        f"{way if found is None else found.advice('de cijfers van toen')}.",
        column=pair.reading.heading(ColumnField.REALISED),
        remedies=() if found is None else (found.remedy,),
    )


def _above_next(pair: Pair) -> Iterator[Finding]:
    """Find more housed than in a later month that was published already."""
    over = pair.difference("realised")
    codes = [code for code in codes_where(over > 0) if over[code] > correction(pair.after("realised", code))]
    if codes:
        yield Finding(
            Weight.ASKS,
            "above_next",
            f"Bij {municipalities(len(codes))} is meer gehuisvest dan op {pair.day}, wat al gepubliceerd "
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
        chosen, sign = pair.reading.choices.sign, pair.reading.sign or Sign.AHEAD
        yield Finding(
            Weight.ASKS if chosen is None else Weight.STOPS,
            "sign_contradicted",
            f"Achterstand en voorsprong bij de start lijken omgekeerd: andersom sluiten ze aan op {pair.day}, het "
            f"einde van het vorige halfjaar. Kies dat een plus een {sign.other.word} is, of kijk na "
            "of de cijfers van toen kloppen.",
            remedies=(other_sign(sign),) if pair.reading.sign else (),
        )
        return
    differing = off[codes_where(off != 0)].astype(int)
    if differing.empty:
        return
    beyond = abs(int(off.sum())) > CARRIED_OVER * float(pair.old["corrected_target"].clip(lower=0).sum())
    beyond |= bool((differing.abs() > CORRECTION).any())
    largest = [str(code) for code in differing.abs().sort_values(ascending=False, kind="stable").index]
    named = [f"{pair.baseline.name(code)} ({signed(differing[code])})" for code in largest]
    said = (
        f"Bij {municipalities(len(differing))} is de achterstand of voorsprong bij de start anders dan het einde van "
        f"het vorige halfjaar op {pair.day}, samen {signed(int(differing.sum()))}: "
        f"{enumerate_some(named, NAMED)}."
    )
    yield Finding(
        Weight.ASKS if beyond else Weight.NOTES,
        "not_carried_over",
        f"{said} Kijk na of dat correcties zijn." if beyond else said,
    )
