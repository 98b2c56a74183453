"""Controlled rounding: apportionment of a whole total by weight and within bounds."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_BISECTIONS = 120  # from any start, more than the bits of a double
_RESOLUTION = 2**20  # quotas are summed as whole multiples of this fraction of a person
_MIN_WEIGHT = 1e-9  # of a row without weight, relative to the heaviest: it comes last


class ApportionmentError(ValueError):
    """A total that does not fit between the bounds."""


def apportion(total: int, weights: Floats, lower: Ints, upper: Ints) -> Ints:
    """Divide a whole total in proportion to weights, within bounds.

    Each row gets ``scale × weight``, clamped to its bounds, with the one scale at which the rows sum to
    the total; the rest after rounding down goes to the largest remainders, the earlier row first among
    equals. Sums are taken over integers only, so the result does not depend on the order in which a
    processor adds.

    Parameters
    ----------
    total : int
        Sum of the result.
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
    weights = np.maximum(weights / heaviest, _MIN_WEIGHT) if heaviest > 0 else np.ones_like(weights)

    floor, ceiling = lower.astype(np.float64), upper.astype(np.float64)

    def clamped(scale: float) -> Floats:
        quotas: Floats = np.minimum(np.maximum(scale * weights, floor), ceiling)
        return quotas

    low, high = 0.0, (float(upper.max(initial=0)) + 1) / _MIN_WEIGHT
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if middle in (low, high):
            break  # no double lies between
        fits = int(np.floor(clamped(middle) * _RESOLUTION).astype(np.int64).sum()) <= total * _RESOLUTION
        low, high = (middle, high) if fits else (low, middle)
    quotas = clamped(low)
    parts: Ints = np.floor(quotas).astype(np.int64)
    # The rest is about the sum of the remainders, and a row with a remainder has room. The loop only
    # guards against the last bits of a double.
    while rest := total - int(parts.sum()):
        order = np.argsort(parts - quotas, kind="stable")
        parts[order[parts[order] < upper[order]][:rest]] += 1
    return parts
