"""Dutch words for the codes of the figures: statuses, measures, qualities, dates, numbers."""

from datetime import date
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

STATUS_MEANING: Final = {
    "no_data": "niet bekend voor deze datum",
    "no_task": "voorsprong dekt de taakstelling",
    "met": "100 % of meer gerealiseerd",
    "on_schedule": "tempo minstens 100 %",
    "slightly_behind": "tempo {threshold} tot 100 %",
    "behind": "tempo onder {threshold} %",
}

QUALITY: Final = {
    "published": "gepubliceerd",
    "computed": "berekend",
    "estimated": "geschat",
    "simulated": "gesimuleerd",
}

MEASURE: Final = {
    "status": "Status",
    "share": "Percentage gerealiseerd",
    "remaining_per_1000": "Nog te realiseren per 1.000 inwoners",
    "change": "Verandering sinds vorig halfjaar",
    "missed": "Halfjaren op rij niet gehaald",
}

MEASURE_MEANING: Final = {
    "status": "Tempo is het gerealiseerde deel gedeeld door het deel dat na zoveel maanden verwacht wordt.",
    "share": "Gerealiseerd als deel van de gecorrigeerde taakstelling.",
    "remaining_per_1000": "Gecorrigeerde taakstelling min gerealiseerd; onder nul is voorsprong.",
    "change": "Verschil in procentpunten met hetzelfde moment in het vorige halfjaar.",
    "missed": "Afgesloten halfjaren achtereen met minder gerealiseerd dan gevraagd.",
}

MEASURE_SHORT: Final = {
    "status": "Status",
    "share": "Aandeel",
    "remaining_per_1000": "Te doen per 1.000 inw.",
    "change": "Sinds vorig halfjaar",
    "missed": "Niet gehaald op rij",
}

MEASURE_UNIT: Final = {"status": "", "share": "", "remaining_per_1000": "", "change": " punten", "missed": ""}
MEASURE_DECIMALS: Final = {"status": 0, "share": 0, "remaining_per_1000": 2, "change": 0, "missed": 0}

TILES: Final = (
    ("net_target", "Taakstelling"),
    ("opening_balance", "Saldo bij de start"),
    ("corrected_target", "Gecorrigeerde taakstelling"),
    ("realised", "Gerealiseerd"),
    ("remaining", "Nog te realiseren"),
    ("shortfall", "Tekort"),
    ("needed_per_month", "Nodig per maand"),
    ("lagging", "Gemeenten achter"),
)

TABS: Final = {"kaart": "Kaart", "tabel": "Tabel"}

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
    """Write a number the Dutch way, with a true minus sign; an undefined one is a dash."""
    if value is None or value != value:
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = round(value, decimals) + 0.0  # a rounded -0.0 is no minus
    return format_decimal(rounded, format=pattern, locale=LOCALE).replace("-", "−")


def percentage(share: float | None, decimals: int = 0) -> str:
    """Write a fraction (1.0 is all) as a percentage with a thin, unbreakable space."""
    return "–" if share is None or share != share else f"{number(share * 100, decimals)}\u202f%"


def signed(value: float | None, decimals: int = 0) -> str:
    """Write a balance with its sign: "+12", "−30", "0"."""
    text = number(value, decimals)
    return f"+{text}" if value is not None and value > 0 and text != "0" else text


def status_note(key: str, threshold: float) -> str:
    """Say what a status means; `threshold` is the pace between slightly behind and behind."""
    return STATUS_MEANING[key].format(threshold=number(threshold * 100))
