"""Outliers: far more housed than asked, or than a month usually brings; one finding a kind."""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Final

from data.findings import Finding, Weight
from data.formatting import enumerate_some, number, signed
from data.ingest.pairs import Pair, codes_where, municipalities
from data.sources.monthly.reading import ColumnField, Reading

STRANGE_SHARE: Final = 1.5
"""More than one and a half times what may be asked: the target and the lead or backlog together, since a lead makes
what is left to house small, and a backlog makes it large. A column shifted gives far more."""
STRANGE_LEAST: Final = 20
"""Persons above that target and balance up to which nothing is strange: two large families in a small town. Of the
example's 66 months three pass both, at the end of the two half-years in which most were housed."""
USUAL_SPREAD: Final = 5
"""A month is usual up to an even sixth of the target and 5 times its root. People come in families of some
four, so the spread of a month is 0.8 times the root of the target; five leaves room for a month in which
a house is opened. In the example's 22,572 months one passes it."""
USUAL_LEAST: Final = 10
"""Persons in a month that are always usual: two or three families in one house."""
NAMED: Final = 12
"""Municipalities named in one line."""


def outlying(reading: Reading) -> Iterator[Finding]:
    """Find municipalities that housed far more than their target and opening balance."""
    figures = reading.figures.set_index("gm_code")
    asked = figures["net_target"].fillna(figures["corrected_target"].clip(lower=0)) + figures["opening_balance"].abs()
    housed = figures["realised"]
    printed = reading.lines.dropna(subset=["gm_code"]).drop_duplicates("gm_code").set_index("gm_code")["printed"]
    # Who got a part of a divided municipality has no line: estimated, nothing to correct.
    codes = [
        code
        for code in codes_where((housed > STRANGE_SHARE * asked) & (housed - asked > STRANGE_LEAST))
        if code in printed
    ]
    yield from _gathered(
        "strange_share",
        codes,
        f"meer dan {number(100 * STRANGE_SHARE)}\u202f% van taakstelling en achterstand of voorsprong gehuisvest",
        [f"{printed[code]} ({number(housed[code])} bij {number(asked[code])})" for code in codes],
        reading,
    )


def usual_growth(target: float, months: int = 1) -> float:
    """Largest usual growth of a municipality, in persons, over a number of months.

    Parameters
    ----------
    target : its task for the half-year in persons: the net or the corrected target, the larger
    """
    task = max(target, 0.0) * months
    return max(USUAL_LEAST, task / 6 + USUAL_SPREAD * sqrt(task))


def jumps(pair: Pair) -> Iterator[Finding]:
    """Find growth since the month before that is unusual for the size of the target."""
    growth = pair.difference("realised")
    task = pair.new[["net_target", "corrected_target"]].max(axis=1)
    usual = task.map(lambda size: usual_growth(float(size), pair.months), na_action="ignore")
    codes = codes_where(growth > usual)
    named = []
    for code in codes:
        before, after = (number(count) for count in (pair.before("realised", code), pair.after("realised", code)))
        more = f"{signed(growth[code])} bij een taakstelling van {number(task[code])}"
        named.append(f"{pair.baseline.name(code)} ({before} wordt {after}; {more})")
    yield from _gathered("jump", codes, f"ongewoon veel gehuisvest sinds {pair.day}", named, pair.reading)


def _gathered(kind: str, codes: Sequence[str], what: str, named: Sequence[str], reading: Reading) -> Iterator[Finding]:
    """Make one finding about some municipalities; about one it stands at its row."""
    if not codes:
        return
    line = reading.lines[reading.lines["gm_code"] == codes[0]].iloc[0]
    one = len(codes) == 1
    yield Finding(
        Weight.ASKS,
        kind,
        f"Bij {municipalities(len(codes))} is {what}: {enumerate_some(named, NAMED)}. Kijk na of "
        f"{'dit klopt' if one else 'deze getallen kloppen'}.",
        sheet=str(line["sheet"]),
        row=int(line["row"]) if one else None,
        column=reading.heading(ColumnField.REALISED),
        gm_code=codes[0] if one else None,
    )
