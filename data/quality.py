"""Quality of figures, from published to simulated, and the weakest of several."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

import pandas as pd


class Quality(StrEnum):
    """Origin of a figure, in order from strongest to weakest."""

    PUBLISHED = "published"
    COMPUTED = "computed"
    ESTIMATED = "estimated"
    SIMULATED = "simulated"


QUALITY_ORDER: Final = tuple(quality.value for quality in Quality)
"""From strongest to weakest."""
QUALITY_DTYPE = pd.CategoricalDtype([*QUALITY_ORDER], ordered=True)
QUALITY_LETTERS: Final = {word: word[0] for word in QUALITY_ORDER}
"""What stands for each where there are many."""


def weakest(qualities: Sequence[pd.Series]) -> pd.Series:
    """Return the weakest quality of each row.

    Parameters
    ----------
    qualities : at least one Series of qualities on one index; missing values do not count

    Returns
    -------
    Series of ordered category
        Missing where all are missing.

    Raises
    ------
    ValueError
        When a value is not one of :class:`Quality`.
    """
    codes = pd.DataFrame({position: _codes(words) for position, words in enumerate(qualities)})
    worst = codes.max(axis=1).to_numpy()
    return pd.Series(pd.Categorical.from_codes(worst, dtype=QUALITY_DTYPE), index=qualities[0].index)


def weakest_of(words: Iterable[object]) -> Quality | None:
    """Return the weakest of some qualities; missing values do not count; None without any."""
    known = {Quality(str(word)) for word in words if not pd.isna(word)}  # type: ignore[call-overload]
    return max(known, key=QUALITY_ORDER.index, default=None)


def _codes(words: pd.Series) -> pd.Series:
    if words.dtype != QUALITY_DTYPE:
        unknown = words[words.notna() & ~words.isin([*Quality])].unique()
        if len(unknown):
            raise ValueError(f"Onbekende kwaliteit: {', '.join(sorted(map(repr, unknown)))}")
        words = words.astype(QUALITY_DTYPE)
    return words.cat.codes
