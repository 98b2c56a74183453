"""Collaborations of municipalities that pool their targets, each with its source.

The bundled file names members as the source does. A merged municipality stands for its current successor,
so the same file is valid for every later division.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from data.areas import Collaboration
from data.errors import HEADER_ROWS, FiguresError, Problem
from data.formatting import enumerate_some
from data.reference.bundled import BUNDLED
from geo.bundle import load_bundle

COLLABORATIONS_FILE = "collaborations.csv"
COLLABORATIONS_COLUMNS = ("id", "name", "municipality", "source")

_ID = re.compile(r"[a-z]+(-[a-z]+)*")
_RESERVED = ("nl",)
"""Ids that equal another area's code; all other codes have digits."""


def read_collaborations(
    path: Path, register: pd.DataFrame, other_names: Mapping[str, Iterable[str]]
) -> tuple[Collaboration, ...]:
    """Read collaborations from a file and match their members to the register.

    Parameters
    ----------
    path : UTF-8 CSV with `COLLABORATIONS_COLUMNS`, a row per member, by current or former name
    register : `gm_code` and `name` of the current municipalities
    other_names : alternative names per code: those in use, and those of merged municipalities, as in
        :attr:`geo.bundle.Bundle.aliases`

    Returns
    -------
    In the order of the file.

    Raises
    ------
    data.errors.FiguresError
        When the file cannot be read, a cell is empty, an id is malformed or has two names, or a member is
        duplicated, unknown or split over several current municipalities; each problem names the file,
        the row and the remedy.
    """
    table = _read(path)
    named = codes_by_name(register, other_names)
    names = dict(zip(register["gm_code"], register["name"], strict=True))
    problems: list[Problem] = []

    def refuse(row: int, column: str, explanation: str) -> None:
        problems.append(Problem(path.name, f"collaboration_{column}", column, (row + 1 + HEADER_ROWS,), explanation))

    first: dict[str, tuple[str, str]] = {}
    written: set[tuple[str, str]] = set()
    found: dict[str, list[str]] = {}
    for row, (id_, name, member, source) in enumerate(table.itertuples(index=False)):
        empty = [
            column for column, cell in zip(COLLABORATIONS_COLUMNS, (id_, name, member, source), strict=True) if not cell
        ]
        if empty:
            refuse(row, empty[0], "leeg. Vul de cel in of haal de rij weg.")
            continue
        if not _ID.fullmatch(id_) or id_ in _RESERVED:
            refuse(row, "id", f"{id_!r} kan niet. Schrijf kleine letters en streepjes, zoals ferm-werk.")
        if first.setdefault(id_, (name, source))[0] != name:
            refuse(row, "name", f"{id_} heet hier {name!r} en eerder {first[id_][0]!r}. Kies één naam.")
        if (id_, member.casefold()) in written:
            refuse(row, "municipality", f"{member!r} staat al bij {id_}. Laat er één staan.")
        written.add((id_, member.casefold()))
        codes = named.get(member.casefold(), [])
        if len(codes) == 1:
            found.setdefault(id_, []).append(codes[0])
        elif codes:
            successors = enumerate_some(f"{names[code]} ({code})" for code in codes)
            refuse(row, "municipality", f"{member!r} ligt nu in {successors}. Schrijf welke van deze meedoet.")
        else:
            refuse(
                row,
                "municipality",
                f"{member!r} is geen gemeente van nu of vroeger. Schrijf de naam uit het gemeentenregister.",
            )
    if problems:
        raise FiguresError(problems)
    return tuple(
        Collaboration(id_, name, tuple(sorted(set(found[id_]))), source) for id_, (name, source) in first.items()
    )


@cache
def bundled_collaborations() -> tuple[Collaboration, ...]:
    """Return the bundled collaborations, on the division of the bundled register.

    Raises
    ------
    data.errors.FiguresError
        See :func:`read_collaborations`.
    """
    bundle = load_bundle()
    return read_collaborations(BUNDLED / COLLABORATIONS_FILE, bundle.register, bundle.aliases)


def _read(path: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype="str", encoding="utf-8", keep_default_na=False)
    except (OSError, ValueError) as error:
        message = f"niet te lezen ({type(error).__name__}). Zet het bestand terug of herstel het."
        raise FiguresError([Problem(path.name, "unreadable", None, (), message)]) from error
    if tuple(table.columns) != COLLABORATIONS_COLUMNS:
        message = f"de kolommen moeten zijn {', '.join(COLLABORATIONS_COLUMNS)}. Herstel de eerste regel."
        raise FiguresError([Problem(path.name, "columns", None, (), message)])
    return pd.DataFrame({name: table[name].str.strip() for name in COLLABORATIONS_COLUMNS})


def codes_by_name(register: pd.DataFrame, other_names: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return the current codes by any name; a current official name has one code only."""
    codes: dict[str, list[str]] = {}
    for code in register["gm_code"]:
        for name in other_names.get(code, ()):
            codes.setdefault(name.casefold(), []).append(code)
    official: dict[str, list[str]] = {}
    for code, name in zip(register["gm_code"], register["name"], strict=True):
        official.setdefault(name.casefold(), []).append(code)
    return codes | official
