"""The bundled example figures, written by ``python -m data.example``, verified when read.

One zip with the figures as a compressed CSV, and beside them the checksum of that CSV and the
version of the code and the facts that it was made from.
"""

import gzip
import io
import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pandas as pd

from data.reference import bundled
from data.schema import FIGURE_NAMES, FIGURES_COLUMNS

BUNDLE = bundled.BUNDLED / "example.zip"
ABOUT, FIGURES = "about.json", "figures.csv.gz"
_MEND = "Maak het opnieuw: python -m data.example"


@cache
def about(path: Path = BUNDLE) -> dict[str, str]:
    """Read `made_from` (see :func:`data.example.build.source_version`) and the CSV's `sha256`.

    Raises
    ------
    data.reference.bundled.FactsError
        When the bundle is missing or unreadable.
    """
    return {str(key): str(value) for key, value in json.loads(_member(path, ABOUT)).items()}


def example_file(path: Path = BUNDLE) -> bytes:
    """Return the figures as a compressed CSV.

    Raises
    ------
    data.reference.bundled.FactsError
        When the bundle is missing or unreadable, or its CSV is not the one that was written.
    """
    content = _member(path, FIGURES)
    _verified(path, content)
    return content


def example_figures() -> pd.DataFrame:
    """Figures of every municipality on every reference date from 2019-I to 2024-I.

    Returns
    -------
    `FIGURES_COLUMNS`, a row a half-year, reference date and municipality, in that order;
    persons (Int64). A copy: the caller may change it.

    Raises
    ------
    data.reference.bundled.FactsError
        See :func:`example_file`.
    """
    return _figures().copy()


@cache
def _figures() -> pd.DataFrame:
    table = _verified(BUNDLE, _member(BUNDLE, FIGURES))
    kinds = dict.fromkeys(FIGURES_COLUMNS, "str") | dict.fromkeys(FIGURE_NAMES, "Int64")
    figures = pd.read_csv(io.BytesIO(table), dtype=kinds)
    return figures.astype({"reference_date": "datetime64[us]"})


def _verified(path: Path, content: bytes) -> bytes:
    """The CSV, decompressed."""
    table = gzip.decompress(content)
    if sha256(table).hexdigest() != about(path)["sha256"]:
        raise bundled.FactsError(f"{path}: de cijfers zijn niet meer zoals ze zijn geschreven. {_MEND}")
    return table


def _member(path: Path, name: str) -> bytes:
    try:
        with ZipFile(path) as file:
            return file.read(name)
    except FileNotFoundError as error:
        raise bundled.FactsError(f"{path} ontbreekt. {_MEND}") from error
    except (BadZipFile, KeyError) as error:
        raise bundled.FactsError(f"{path}: niet te lezen ({error}). {_MEND}") from error
