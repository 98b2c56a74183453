"""Dutch labels of the pages, with those of the figures from `data.formatting`."""

from collections.abc import Iterable, Sequence
from typing import Final

from data.formatting import EXAMPLE_NOTICE as EXAMPLE_NOTICE
from data.formatting import KIND as KIND
from data.formatting import LOCALE as LOCALE
from data.formatting import QUALITY as QUALITY
from data.formatting import SAME
from data.formatting import counted as counted
from data.formatting import enumerate_all as enumerate_all
from data.formatting import example_notice as example_notice
from data.formatting import long_date as long_date
from data.formatting import moment as moment
from data.formatting import months_word as months_word
from data.formatting import number as number
from data.formatting import percentage as percentage
from data.formatting import signed as signed
from data.formatting import since as since
from data.formatting import status_label as status_label

STATUS_MEANING: Final = {
    "no_data": "niet bekend voor deze datum",
    "no_task": "voorsprong dekt de taakstelling",
    "met": "100 % of meer gehuisvest",
    "on_schedule": "tempo minstens 100 %",
    "slightly_behind": "tempo {threshold} tot 100 %",
    "behind": "tempo onder {threshold} %",
}

#: Terms of the tiles, in order.
TILES: Final = (
    "net_target",
    "opening_balance",
    "corrected_target",
    "realised",
    "needed_per_month",
)

#: Kinds of area in the plural.
KINDS: Final = {
    "country": "Nederland",
    "province": "Provincies",
    "safety_region": "Veiligheidsregio’s",
    "labour_market_region": "Arbeidsmarktregio’s",
    "corop": "COROP-gebieden",
    "collaboration": "Samenwerkingen",
    "municipality": "Gemeenten",
}

#: Kinds of area in forms, without the country, in order; and kinds whose names are unambiguous.
OFFERED: Final = tuple(kind for kind in KINDS if kind not in ("country", "municipality"))
KNOWN_BY_NAME: Final = ("country", "province")

#: One's own collaboration, where its name is not known.
OWN_AREA: Final = "Eigen samenwerking"

#: Kinds of area to which a search for peers may be limited.
WITHIN: Final = {"": "heel Nederland"} | {
    kind: SAME[kind] for kind in ("province", "safety_region", "labour_market_region", "corop")
}

COMPARE_ACT: Final = "Vergelijk met andere gebieden"
"""Action on any area but the country."""
VISIT_ACT: Final = "Bezoek voorbereiden"
"""Action on a municipality: a link to the visit preparation further down."""

FOR_PROGRAMS: Final = "csv=programma"
"""Parameter that asks an address of figures for the stable English columns that programs read."""

TABS: Final = {"kaart": "Kaart", "tabel": "Tabel"}
SHAPES: Final = {"kaart": "Kaart", "tegels": "Tegels"}


def for_programs(address: str) -> str:
    """Address of the CSV for programs, from that of the CSV for people."""
    return f"{address}{'&' if '?' in address else '?'}{FOR_PROGRAMS}"


def area_title(name: str, level: str) -> str:
    """Name of an area, with its kind where the name is ambiguous: "Rijnmond (COROP-gebied)"."""
    return name if level in KNOWN_BY_NAME else f"{name} ({KIND[level]})"


def within(name: str, level: str) -> str:
    """Say where: "in Zeeland", "in veiligheidsregio Haaglanden"."""
    return f"in {name}" if level in KNOWN_BY_NAME else f"in {KIND[level]} {name}"


def qualities(keys: Iterable[object]) -> str:
    """Write the qualities among figures, surest first; "onbekend" for none."""
    found = set(keys)
    return enumerate_all(word for key, word in QUALITY.items() if key in found) or "onbekend"


def municipalities(count: int) -> str:
    """Write a number of municipalities: "1 gemeente", "342 gemeenten"."""
    return counted(count, "gemeente", "gemeenten")


def table_quality(qualities: Sequence[tuple[str, int]]) -> str:
    """Say how sure the figures of a table are, once for all of them when they are alike.

    Parameters
    ----------
    qualities : each quality with its number of municipalities
    """
    if not qualities:
        return "Kwaliteit: onbekend."
    if len(qualities) == 1:
        return f"Alle cijfers in deze tabel zijn {QUALITY[qualities[0][0]]}."
    return f"Kwaliteit: {enumerate_all(f'{QUALITY[key]} ({municipalities(count)})' for key, count in qualities)}."


def status_note(key: str, threshold: float, *, ended: bool) -> str:
    """Meaning of a status; at the end of a half-year the words for being behind say it all.

    Parameters
    ----------
    key : value of `data.progress.Status`
    threshold : pace between slightly behind and behind
    ended : whether the half-year has ended
    """
    if ended and key in ("slightly_behind", "behind"):
        return ""
    return STATUS_MEANING[key].format(threshold=number(threshold * 100))
