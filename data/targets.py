"""Division of a national target over municipalities (Huisvestingswet 2014, art. 29)."""

import numpy as np
import pandas as pd


class DivisionError(ValueError):
    """A national total that cannot be divided over the inhabitants given."""


def divide(national_total: int, inhabitants: pd.Series) -> pd.Series:
    """Divide a national target over municipalities in proportion to inhabitants.

    Huisvestingswet 2014, art. 29 lid 1: national total × inhabitants of the municipality / inhabitants of
    the Netherlands. The article rounds each result up. Rounding 342 of them up would add some 170 places to
    the announced total, and published targets do not show that: they fit rounding to nearest, with a sum
    equal to the national total. So every municipality gets the whole part of its quota, and the rest goes,
    one each, to the largest remainders; among equal remainders to the larger municipality, then to the
    lower code. A result may differ by 1 from the published target and must be labelled *computed*.

    Parameters
    ----------
    national_total : int
        Persons to be housed in the half-year.
    inhabitants : Series of int
        Whole numbers of inhabitants on 1 January of the year before the half-year, with a unique index
        (the municipality code).

    Returns
    -------
    Series of Int64
        Persons per municipality, on the index given, summing to `national_total`. Each is within 1 of its
        quota, and no municipality gets less than a smaller one.

    Raises
    ------
    DivisionError
        When the total is negative, the index has duplicates, or the inhabitants are missing, negative,
        fractional or sum to zero.

    Examples
    --------
    >>> divide(10, pd.Series({"GM0001": 600, "GM0002": 250, "GM0003": 150})).tolist()
    [6, 3, 1]
    """
    if national_total < 0:
        raise DivisionError(f"Een landelijk totaal van {national_total} kan niet: geef 0 of meer.")
    people = _whole_numbers(inhabitants)
    # Python integers are exact: equal remainders are equal and no product overflows.
    nation = sum(people)
    if nation == 0:
        raise DivisionError("De inwonertallen tellen op tot 0; er is niets om naar te verdelen.")
    quotas = [divmod(national_total * number, nation) for number in people]
    parts = np.array([whole for whole, _ in quotas], dtype=np.int64)
    labels = inhabitants.index.tolist()
    by_remainder = sorted(range(len(people)), key=lambda row: (-quotas[row][1], -people[row], labels[row]))
    parts[by_remainder[: national_total - int(parts.sum())]] += 1
    return pd.Series(parts, index=inhabitants.index, dtype="Int64", name="net_target")


def _whole_numbers(inhabitants: pd.Series) -> list[int]:
    if not inhabitants.index.is_unique:
        doubled = inhabitants.index[inhabitants.index.duplicated()].unique().tolist()
        raise DivisionError(f"Dubbele gemeenten in de inwonertallen: {_some(doubled)}.")
    if not pd.api.types.is_numeric_dtype(inhabitants) or pd.api.types.is_bool_dtype(inhabitants):
        raise DivisionError(f"Inwonertallen moeten getallen zijn, niet {inhabitants.dtype}.")
    values = inhabitants.to_numpy(dtype=float, na_value=np.nan)
    for wrong, what in (
        (~np.isfinite(values), "ontbreken of zijn oneindig; vul ze aan"),
        (values < 0, "zijn negatief; verbeter ze"),
        (np.isfinite(values) & (np.floor(values) != values), "zijn geen hele getallen; rond ze eerst af"),
    ):
        if wrong.any():
            raise DivisionError(f"Inwonertallen {what}: {_some(inhabitants.index[wrong].tolist())}.")
    return [int(number) for number in inhabitants.tolist()]


def _some(labels: list[object], most: int = 5) -> str:
    rest = f" en {len(labels) - most} andere" if len(labels) > most else ""
    return ", ".join(map(str, labels[:most])) + rest
