"""Controlled rounding: a whole total over rows, by weight and within bounds."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_HALVINGS = 120  # from any start, more than exhaust the bits of a double
_LEAST = 1e-9  # weight of a row without weight, against the heaviest: it comes last, but it comes


class ApportionmentError(ValueError):
    """A total that does not fit between the bounds."""


def apportion(total: int, weights: Floats, lower: Ints, upper: Ints) -> Ints:
    """Divide a whole total in proportion to weights, within bounds.

    Each row gets ``scale × weight``, held between its bounds, with the one scale at which the
    rows sum to the total; what rounding down leaves goes to the largest remainders, the
    earlier row first among equals. Sums are taken over whole numbers only, so the result does
    not hang on the order in which a processor adds.

    Parameters
    ----------
    total : int
        What the rows are to sum to.
    weights : array of float, shape (n,)
        Not negative. A row with weight 0 gets its lower bound until all others are full.
    lower, upper : array of int, shape (n,)
        Bounds of each row, ``0 <= lower <= upper``.

    Returns
    -------
    array of int, shape (n,)
        Sums to `total`, each row within its bounds.

    Raises
    ------
    ApportionmentError
        When a weight is negative or no number, bounds are crossed or negative, or the total
        lies outside the sums of the bounds.
    """
    if not (np.isfinite(weights).all() and (weights >= 0).all()):
        raise ApportionmentError("gewichten moeten eindige getallen van 0 of meer zijn")
    crossed = (lower < 0) | (lower > upper)
    if crossed.any():
        row = int(np.argmax(crossed))
        raise ApportionmentError(f"rij {row} kan niet tussen {lower[row]} en {upper[row]} liggen")
    least, most = int(lower.sum()), int(upper.sum())
    if not least <= total <= most:
        raise ApportionmentError(f"{total} past niet tussen de grenzen, samen {least} tot {most}")
    heaviest = float(weights.max(initial=0.0))
    weights = np.maximum(weights / heaviest, _LEAST) if heaviest > 0 else np.ones_like(weights)

    def held(scale: float) -> Ints:
        quotas: Ints = np.clip(np.floor(scale * weights), lower, upper).astype(np.int64)
        return quotas

    low, high = 0.0, (float(upper.max(initial=0)) + 1) / _LEAST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if int(held(middle).sum()) <= total else (low, middle)
    parts = held(low)
    # What is left is less than one each for the rows with room: the rows that step up
    # together at the scale found. The loop only guards against the last bit of a double.
    while rest := total - int(parts.sum()):
        order = np.argsort(parts - low * weights, kind="stable")
        parts[order[parts[order] < upper[order]][:rest]] += 1
    return parts
