"""Collaborations: municipalities that treat their targets as one, each with its source.

The bundled file names its members as the source does. A municipality that has merged since
stands for the one of today, so the same file holds for every later division.
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
_TAKEN = ("nl",)
"""Letters that are another area's code; all other codes have digits."""


def read_collaborations(
    path: Path, register: pd.DataFrame, other_names: Mapping[str, Iterable[str]]
) -> tuple[Collaboration, ...]:
    """Read collaborations from a file and find their members in the register.

    Parameters
    ----------
    path : Path
        UTF-8 CSV with `COLLABORATIONS_COLUMNS`, a row a member, named as it is or was called.
    register : DataFrame
        `gm_code` and `name` of the municipalities of today.
    other_names : mapping of str to iterable of str
        By code the other names of a municipality: those in use and those of the municipalities
        merged into it, as :attr:`geo.bundle.Bundle.aliases` has them.

    Returns
    -------
    tuple of Collaboration
        In the order of the file.

    Raises
    ------
    data.errors.FiguresError
        When the file cannot be read, a cell is empty, an id is no id or has two names, a member
        stands there twice, or is unknown or lies in several municipalities of today; each
        problem names the file, the row and the mend.
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
        if not _ID.fullmatch(id_) or id_ in _TAKEN:
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
            heirs = enumerate_some(f"{names[code]} ({code})" for code in codes)
            refuse(row, "municipality", f"{member!r} ligt nu in {heirs}. Schrijf welke van deze meedoet.")
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
    """The collaborations that come with the project, on the division of the bundled register.

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
        said = f"niet te lezen ({type(error).__name__}). Zet het bestand terug of herstel het."
        raise FiguresError([Problem(path.name, "unreadable", None, (), said)]) from error
    if tuple(table.columns) != COLLABORATIONS_COLUMNS:
        said = f"de kolommen moeten zijn {', '.join(COLLABORATIONS_COLUMNS)}. Herstel de eerste regel."
        raise FiguresError([Problem(path.name, "columns", None, (), said)])
    return pd.DataFrame({name: table[name].str.strip() for name in COLLABORATIONS_COLUMNS})


def codes_by_name(register: pd.DataFrame, other_names: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Codes of today by any name; a name that is official now means that municipality alone."""
    codes: dict[str, list[str]] = {}
    for code in register["gm_code"]:
        for name in other_names.get(code, ()):
            codes.setdefault(name.casefold(), []).append(code)
    official: dict[str, list[str]] = {}
    for code, name in zip(register["gm_code"], register["name"], strict=True):
        official.setdefault(name.casefold(), []).append(code)
    return codes | official
