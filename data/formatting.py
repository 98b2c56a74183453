"""Dutch formatting of statuses, qualities, dates and numbers."""

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from data.periods import MONTHS, HalfYear

TIME_ZONE: Final = ZoneInfo("Europe/Amsterdam")
"""Time zone of the figures and their readers, wherever a server runs."""
LOCALE: Final = "nl_NL"

_STATUS: Final = {
    "no_data": "Geen cijfers",
    "no_task": "Niets te huisvesten",
    "met": "Gehaald",
    "on_schedule": "Op schema",
    "slightly_behind": "Iets achter op schema",
    "behind": "Ver achter op schema",
}

QUALITY: Final = {
    "published": "gepubliceerd",
    "computed": "berekend",
    "estimated": "geschat",
    "simulated": "gesimuleerd",
}

#: Kinds of area, as one says "provincie Utrecht"; and the same area of a kind.
KIND: Final = {
    "country": "land",
    "province": "provincie",
    "safety_region": "veiligheidsregio",
    "labour_market_region": "arbeidsmarktregio",
    "corop": "COROP-gebied",
    "collaboration": "samenwerking",
    "municipality": "gemeente",
}
SAME: Final = {
    kind: f"{'hetzelfde' if kind in ('country', 'corop') else 'dezelfde'} {word}" for kind, word in KIND.items()
}

_EXAMPLE: Final = "Oefencijfers"


ROWS_NAMED: Final = 5
LETTERS_REPEATED: Final = 40
"""Of what someone wrote, in a remark about it."""


def today() -> date:
    """Today's date in the Netherlands."""
    return datetime.now(TIME_ZONE).date()


def example_name(periods: Sequence[str], examples: Collection[str]) -> str:
    """Name the example figures: "Oefencijfers", with their half-years when others are real.

    Parameters
    ----------
    periods : every half-year shown, in chronological order
    examples : those with example figures

    Returns
    -------
    "Oefencijfers in 2019-I tot en met 2023-II", or an empty text without examples.
    """
    runs = [list(run) for is_example, run in groupby(periods, key=lambda one: one in examples) if is_example]
    if not runs or len(runs[0]) == len(periods):
        return _EXAMPLE if runs else ""
    spans = [run[0] if len(run) == 1 else f"{run[0]} tot en met {run[-1]}" for run in runs]
    return f"{_EXAMPLE} in {enumerate_all(spans)}"


def example_notice(name: str) -> str:
    """Return the warning for a name from :func:`example_name`; empty for an empty name."""
    warning = "taakstelling berekend, beginstand en aantal gehuisvest gesimuleerd. Trek er geen conclusies uit."
    return f"{name}: {warning}" if name else ""


EXAMPLE_NOTICE: Final = example_notice(_EXAMPLE)


@lru_cache(maxsize=1024)  # forms offer the same dates on every page
def long_date(day: date) -> str:
    """Format a date in words: "1 juli 2022"."""
    return format_date(day, "d MMMM y", locale=LOCALE)


def day_and_month(day: date) -> str:
    """Format a date without its year: "1 juli"."""
    return format_date(day, "d MMMM", locale=LOCALE)


def month_and_year(day: date) -> str:
    """Format the month of a date: "september 2025"."""
    return format_date(day, "MMMM y", locale=LOCALE)


def months_word(months: int) -> str:
    """Format the months elapsed: "bij de start", "na 1 maand", "na 6 maanden"."""
    if months == 0:
        return "bij de start"
    return f"na {counted(months, 'maand', 'maanden')}"


def moment(day: date, period: str, months: int) -> str:
    """Format a reference date with its period: "1 juli 2022 (2022-I, na 6 maanden)"."""
    return f"{long_date(day)} ({period}, {months_word(months)})"


def since_when(missed: int, last: HalfYear, *, or_earlier: bool = False) -> str:
    """Say since when, beside the number itself: "sinds begin 2019 of eerder".

    Parameters as :func:`since`.
    """
    year, half = divmod(last.year * 2 + last.half - missed, 2)
    return f"sinds {'begin' if half == 0 else 'medio'} {year}{' of eerder' if or_earlier else ''}"


def since(missed: int, last: HalfYear, *, or_earlier: bool = False) -> str:
    """Say since when a municipality has missed its target.

    Parameters
    ----------
    missed : half-years in a row, at least 1
    last : the last of them
    or_earlier : whether the half-year before the first is unknown, so that there may be more

    Examples
    --------
    >>> since(11, HalfYear(2024, 1), or_earlier=True), since(4, HalfYear(2024, 1))
    ('sinds begin 2019 of eerder (11 halfjaren)', 'sinds medio 2022 (4 halfjaren)')
    """
    return f"{since_when(missed, last, or_earlier=or_earlier)} ({counted(missed, 'halfjaar', 'halfjaren')})"


def status_label(status: str, months: int, slightly_behind_pace: float) -> str:
    """Return the word for a status: within a half-year of schedule, at its end of the target.

    Parameters
    ----------
    status : value of :class:`data.progress.Status`
    months : months elapsed; after 6 the half-year has ended
    slightly_behind_pace : see :func:`data.progress.status`
    """
    if months < MONTHS or status not in ("slightly_behind", "behind"):
        return _STATUS[status]
    half = "de helft" if slightly_behind_pace == 0.5 else f"{number(slightly_behind_pace * 100)} %"
    return (
        f"Niet gehaald, {half.removeprefix('de ')} of meer"
        if status == "slightly_behind"
        else f"Niet gehaald, minder dan {half}"
    )


def number(value: float | None, decimals: int = 0) -> str:
    """Format a number in Dutch with a true minus sign; an undefined one is a dash.

    Halves are rounded away from zero, as the browser's own formatting does.
    """
    return "–" if value is None or not math.isfinite(value) else _number(float(value), decimals)


@lru_cache(maxsize=4096)  # most numbers are small, and many of them equal
def _number(value: float, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # A rounded −0 gets no minus.
    return format_decimal(abs(rounded) if rounded == 0 else rounded, format=pattern, locale=LOCALE).replace("-", "−")


def percentage(share: float | None, decimals: int = 0) -> str:
    """Format a fraction (1.0 is 100 %) as a percentage with a thin, non-breaking space."""
    text = number(None if share is None else share * 100, decimals)
    return text if text == "–" else f"{text}\u202f%"


def signed(value: float | None, decimals: int = 0) -> str:
    """Format a number with its sign: "+12", "−30", "0"."""
    text = number(value, decimals)
    return f"+{text}" if value is not None and value > 0 and text.strip("0,.–") else text


def enumerate_some(items: Iterable[object], most: int = ROWS_NAMED) -> str:
    """List the first few items and count the rest: "1, 2, 3 en 12 andere"."""
    named = [str(item) for item in items]
    if len(named) > most:
        named[most:] = [f"{len(named) - most} andere"]
    return enumerate_all(named)


def enumerate_all(items: Iterable[object], before_last: str = "en") -> str:
    """Name all items as a sentence does: "1, 2 en 3"; nothing when there are none."""
    *others, last = [str(item) for item in items] or [""]
    return f"{', '.join(others)} {before_last} {last}" if others else last


def shortened(text: str, most: int = LETTERS_REPEATED) -> str:
    """Cut a long text, with an ellipsis in place of the rest."""
    return text if len(text) <= most else text[:most] + "…"


def sentence(text: str) -> str:
    """Capitalise the first letter, and nothing else."""
    return text[:1].upper() + text[1:]


def slug(text: str) -> str:
    """Write a text as in an address: "Oude Wal" is "oude-wal"; empty when nothing is left of it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


def counted(count: float | None, one: str, many: str) -> str:
    """Write a number of things: "1 bezoek", "12 bezoeken"."""
    return f"{number(count)} {one if count == 1 else many}"


def persons(count: float | None) -> str:
    """Format a number of persons, rounded half up; between 0 and 1 it is "less than one"."""
    if count is not None and 0 < count < 0.5:
        return "minder dan één persoon"
    text = number(count)
    return f"{text} {'persoon' if text == '1' else 'personen'}"
