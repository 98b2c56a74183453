"""What may not move within a half-year, and what a new publication of a moment changes."""

from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from data.findings import Finding, Weight
from data.formatting import enumerate_some, number, percentage, signed
from data.ingest.pairs import Pair, codes_where, municipalities
from data.ingest.report import Change, balance_word, change_words
from data.schema import FIGURE_NAMES
from data.sources.monthly.reading import FIELD_WORDS, ColumnField

REVISION: Final = 0.02
"""Of the number housed nationally, when a moment is published anew: five times the known revision of 0.4 %."""
MUCH: Final = 0.05
"""Part by which no national total moves in a revision: more than twice what already asks."""
MANY: Final = 10
"""One municipality in so many may change in a revision; the one that is known (2022-I) changed few."""


_ARTICLE: Final = {
    ColumnField.NET_TARGET: "de",
    ColumnField.OPENING_BALANCE: "de",
    ColumnField.CORRECTED_TARGET: "het aantal",
}


def moved(pairs: Sequence[Pair]) -> Iterator[Finding]:
    """Find targets and opening balances that differ within the half-year, to which they apply.

    Parameters
    ----------
    pairs : the moments of the same half-year to compare with, the most telling first
    """
    names = ["net_target", "opening_balance"]
    if all(pair.difference("net_target").isna().all() for pair in pairs):
        names = ["corrected_target"]
    for name in names:
        told: set[str] = set()
        for pair in pairs:
            codes = [code for code in codes_where(pair.difference(name) != 0) if code not in told]
            told |= set(codes)
            if codes:
                yield _moved(pair, ColumnField(name), codes)


def _moved(pair: Pair, field: ColumnField, codes: list[str]) -> Finding:
    word = FIELD_WORDS[field]
    shown = balance_word if field is ColumnField.OPENING_BALANCE else number
    if len(codes) == 1:
        (code,) = codes
        return pair.finding(
            Weight.ASKS,
            f"{field}_changed",
            code,
            field,
            f"{word} {shown(pair.after(field.value, code))}, maar op {pair.day} in hetzelfde halfjaar "
            f"{shown(pair.before(field.value, code))}. Kijk na welk getal klopt.",
        )
    largest = sorted(codes, key=lambda code: -abs(pair.after(field, code) - pair.before(field, code)))
    named = [
        f"{pair.baseline.name(code)} ({change_words(field, pair.before(field, code), pair.after(field, code))})"
        for code in largest
    ]
    before, after = (int(frame[field.value].sum()) for frame in (pair.old, pair.new))
    return Finding(
        Weight.ASKS,
        f"{field}_changed",
        f"Bij {municipalities(len(codes))} is {_ARTICLE[field]} {word} anders dan op {pair.day}; samen "
        f"{change_words(field, before, after)}. Binnen een halfjaar verandert dit meestal niet. De grootste: "
        f"{enumerate_some(named)}. Kijk na of dit het goede bestand is.",
        column=pair.reading.heading(field),
    )


def changes(pair: Pair) -> Iterator[Change]:
    """List each figure that differs from the shown one."""
    for name in FIGURE_NAMES:
        new, old = pair.new[name], pair.old[name]
        other = (new != old).fillna(True) & ~(new.isna() & old.isna())
        for code in codes_where(other):
            before = None if pd.isna(old[code]) else pair.before(name, code)
            after = None if pd.isna(new[code]) else pair.after(name, code)
            yield Change(code, pair.baseline.name(code), name, before, after)


def revised(pair: Pair, changed: Sequence[Change]) -> Iterator[Finding]:
    """Report the changes to a moment that is shown already."""
    where = f"De cijfers van {pair.day} zijn al gepubliceerd"
    if not changed:
        yield Finding(Weight.NOTES, "already_shown", f"{where}, en precies gelijk.")
        return
    there = {change.gm_code for change in changed}
    codes = [str(code) for code in pair.new.index if code in there]
    before, after = int(pair.old["realised"].sum()), int(pair.new["realised"].sum())
    said = f"{where}; {municipalities(len(codes))} {'verandert' if len(codes) == 1 else 'veranderen'}: "
    said += f"{pair.named(codes)}. Landelijk gehuisvest: "
    said += f"blijft {number(after)}." if before == after else f"{number(before)} wordt {number(after)}."
    far = [f"{FIELD_WORDS[ColumnField(name)]} {signed(part * 100)}\u202f%" for name, part in _national(pair) if part]
    if len(codes) * MANY > len(pair.new) or far:
        reach = f"Dat is {percentage(len(codes) / len(pair.new))} van de gemeenten"
        total = f", en landelijk verschuift veel: {', '.join(far)}" if far else ""
        yield Finding(
            Weight.ASKS, "changes_much", f"{said} {reach}{total}. Kijk na of dit het goede bestand en de goede dag is."
        )
        return
    much = abs(after - before) > REVISION * before
    yield Finding(
        Weight.ASKS if much else Weight.NOTES,
        "changes_much" if much else "already_shown",
        f"{said} Dat is meer dan een gewone herziening: kijk na of de peildatum klopt." if much else said,
    )


def _national(pair: Pair) -> Iterator[tuple[str, float]]:
    """National totals that moved much, with the part by which."""
    for name in FIGURE_NAMES:
        # Of balances that cancel each other out hardly anything is left to take a part of.
        scale = pair.old["net_target" if name == "opening_balance" else name].sum()
        part = float(pair.difference(name).sum()) / float(scale or 1)
        if abs(part) > MUCH:
            yield name, part
