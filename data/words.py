"""Dutch words for figures wherever they are shown: statuses, qualities, dates and numbers."""

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE: Final = "nl_NL"

STATUS: Final = {
    "no_data": "Geen cijfers",
    "no_task": "Geen opgave",
    "met": "Gehaald",
    "on_schedule": "Op schema",
    "slightly_behind": "Iets achter",
    "behind": "Achter",
}

QUALITY: Final = {
    "published": "gepubliceerd",
    "computed": "berekend",
    "estimated": "geschat",
    "simulated": "gesimuleerd",
}

EXAMPLE_NOTICE: Final = (
    "Voorbeeldcijfers: taakstellingen berekend, realisatie en saldi gesimuleerd. Trek er geen conclusies uit."
)


def long_date(day: date) -> str:
    """Write a date as people say it: "1 juli 2022"."""
    return format_date(day, "d MMMM y", locale=LOCALE)


def months_word(months: int) -> str:
    """Write how far a period has come: "bij de start", "na 1 maand", "na 6 maanden"."""
    if months == 0:
        return "bij de start"
    return f"na {months} {'maand' if months == 1 else 'maanden'}"


def moment(day: date, period: str, months: int) -> str:
    """Write a reference date with its period: "1 juli 2022 (2022-I, na 6 maanden)"."""
    return f"{long_date(day)} ({period}, {months_word(months)})"


def number(value: float | None, decimals: int = 0) -> str:
    """Write a number the Dutch way, with a true minus sign; an undefined one is a dash.

    Halves are rounded away from zero, as people do and as the browser's own formatting does.
    """
    if value is None or not math.isfinite(value):
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # A rounded −0 is no minus.
    return format_decimal(abs(rounded) if rounded == 0 else rounded, format=pattern, locale=LOCALE).replace(
        "-", "−"
    )


def percentage(share: float | None, decimals: int = 0) -> str:
    """Write a fraction (1.0 is all) as a percentage with a thin, unbreakable space."""
    text = number(None if share is None else share * 100, decimals)
    return text if text == "–" else f"{text}\u202f%"


def signed(value: float | None, decimals: int = 0) -> str:
    """Write a balance with its sign: "+12", "−30", "0"."""
    text = number(value, decimals)
    return f"+{text}" if value is not None and value > 0 and text.strip("0,.–") else text
