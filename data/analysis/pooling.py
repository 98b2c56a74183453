"""Pooling (*verevenen*): redistribution of targets among municipalities, with an equal sum.

Huisvestingswet 2014, art. 29 lid 2 allows it. All functions are pure and take the standings of the
members on one reference date; counts are persons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

import numpy as np
import pandas as pd

from data.apportionment import apportion
from data.formatting import enumerate_some, number, signed
from data.progress import SLIGHTLY_BEHIND_PACE, AreaTotals, share, status, totals

SUBSTANTIAL_PART = 0.5
"""Part of its own target below which a member's share of the work is not substantial. Our own default,
which the user may change: the article requires only that the sum stays equal."""

Role = Literal["gives", "takes", "even"]
ROLE: Final[dict[Role, str]] = {
    "gives": "neemt {} over",
    "takes": "draagt {} over",
    "even": "blijft gelijk",
}
"""What a member does in evening out, in Dutch; in the braces, how many persons."""

_ID_COLUMNS = ("period", "reference_date", "gm_code", "name", "province")
_FIGURE_COLUMNS = ("net_target", "corrected_target", "realised", "remaining", "share", "status")
_REQUIRED_COLUMNS = ("net_target", "corrected_target", "realised")


class PoolingError(ValueError):
    """Invalid pool or shift of targets."""


@dataclass(frozen=True, eq=False)
class Pool:
    """A pool on one reference date: its totals and its members."""

    totals: AreaTotals
    """Totals of the pool; neither evening out nor a shift changes them."""
    members: pd.DataFrame
    """One member a row: its own figures, the columns of :func:`evened` and :func:`shifted`, and the
    quality; ready for :func:`data.export.to_csv`."""


def pool(
    members: pd.DataFrame,
    months: int,
    changes: Mapping[str, int] | None = None,
    threshold: float = SUBSTANTIAL_PART,
    slightly_behind_pace: float = SLIGHTLY_BEHIND_PACE,
) -> Pool:
    """Totals of a pool, the result of evening out, and the result of a chosen shift.

    Parameters
    ----------
    members : standings of the members on one reference date, such as
        :meth:`data.snapshot.Snapshot.standings` returns
    months : months elapsed, 0 to 6
    changes : persons added to the net target by municipality code; see :func:`shifted`
    threshold : part of the own target that counts as substantial, 0 to 1
    slightly_behind_pace : see :func:`data.progress.status`

    Raises
    ------
    PoolingError
        When the pool is empty, a member is duplicated or lacks a figure, the threshold is outside 0
        to 1, or as in :func:`evened` and :func:`shifted`.
    """
    evening = evened(members, threshold)
    shift = shifted(members, months, changes or {}, threshold, slightly_behind_pace)
    own = members[[name for name in (*_ID_COLUMNS, *_FIGURE_COLUMNS) if name in members]]
    table = pd.concat([own, evening, shift, members[["quality"]]], axis=1)
    return Pool(totals(members, months, slightly_behind_pace), table)


def evened(members: pd.DataFrame, threshold: float = SUBSTANTIAL_PART) -> pd.DataFrame:
    """Result of dividing leads and backlogs pro rata to net target.

    What is divided is `remaining` on the reference date: at the start of a half-year the opening
    balances, at its end the end balances. A member that ends with more to do, or less of a lead,
    *gives*; one that is relieved *takes*.

    Returns
    -------
    On the index of `members`. `evened_remaining`: the member's part of the pool's remaining, whole
    numbers within 1 of exact (largest remainder, ties to the earlier row);
    `transfer`: evened − own remaining, summing to 0; `role`: see `ROLE`;
    `evened_net_target`: net target + transfer, the target that the members would have to
    agree on; `feasible`: whether that is at least zero; `evened_part` of the own net target,
    NaN where that is 0; `evened_substantial`: whether that part reaches the threshold.

    Raises
    ------
    PoolingError
        When no member has a net target while there is something to divide; see :func:`pool`.
    """
    _check(members, threshold)
    net, left = members["net_target"], members["corrected_target"] - members["realised"]
    pooled = int(left.sum())
    if pooled and not net.any():
        raise PoolingError("Geen van de gemeenten heeft een taakstelling; naar verhouding valt er niets te verdelen.")
    none = np.zeros(len(members), dtype=np.int64)
    parts = apportion(abs(pooled), net.to_numpy(dtype=float), none, np.full_like(none, abs(pooled)))
    even = pd.Series(parts if pooled > 0 else -parts, index=members.index, dtype="Int64")
    transfer = even - left
    target = net + transfer
    role = np.select([transfer.to_numpy() > 0, transfer.to_numpy() < 0], ["gives", "takes"], "even")
    return pd.DataFrame(
        {
            "evened_remaining": even,
            "transfer": transfer,
            "role": pd.Series(role, index=members.index, dtype="str"),
            "evened_net_target": target,
            "feasible": target.to_numpy() >= 0,
            "evened_part": _ratio(target, net),
            "evened_substantial": _substantial(target, net, threshold),
        }
    )


def shifted(
    members: pd.DataFrame,
    months: int,
    changes: Mapping[str, int],
    threshold: float = SUBSTANTIAL_PART,
    slightly_behind_pace: float = SLIGHTLY_BEHIND_PACE,
) -> pd.DataFrame:
    """Standings of the members after shifting targets among themselves.

    Parameters
    ----------
    members, months, threshold, slightly_behind_pace : see :func:`pool`
    changes : persons added to the net target (negative: taken off) by municipality code; members not named
        keep their own. Must sum to 0.

    Returns
    -------
    On the index of `members`: `change`, `shifted_net_target`, `shifted_corrected_target`,
    `shifted_remaining`, `shifted_share`, `shifted_status`, `shifted_part` of the own net
    target (NaN where that is 0), `shifted_substantial`: whether that part reaches the
    threshold, always true without a target of its own.

    Raises
    ------
    PoolingError
        When a change is of no member or not a whole number, the changes do not sum to 0, or a net
        target would be negative; see also :func:`pool`.
    """
    _check(members, threshold)
    change = _changes(members, changes)
    total = int(change.sum())
    if total:
        raise PoolingError(
            f"De verschuivingen tellen op tot {signed(total)}; de som van de taakstellingen mag niet "
            "wijzigen, dus geef wat er bij de een af gaat aan een ander."
        )
    net = members["net_target"] + change
    negative = (net < 0).to_numpy()
    if negative.any():
        row = int(negative.argmax())
        name, own = members["name"].iloc[row], members["net_target"].iloc[row]
        raise PoolingError(
            f"De taakstelling van {name} zou {number(net.iloc[row])} worden; er kan hoogstens {number(own)} af."
        )
    corrected = members["corrected_target"] + change
    return pd.DataFrame(
        {
            "change": change,
            "shifted_net_target": net,
            "shifted_corrected_target": corrected,
            "shifted_remaining": corrected - members["realised"],
            "shifted_share": share(corrected, members["realised"]),
            "shifted_status": status(corrected, members["realised"], months, slightly_behind_pace),
            "shifted_part": _ratio(net, members["net_target"]),
            "shifted_substantial": _substantial(net, members["net_target"], threshold),
        }
    )


def rebalanced(members: pd.DataFrame, changes: Mapping[str, int], gm_code: str, net_target: int) -> dict[str, int]:
    """Changes after setting one member's target, balanced by the others, as a slider does.

    What the member gives up goes to the others pro rata to their own net targets; what it takes
    on comes from them pro rata to their current targets, never more than those.

    Returns
    -------
    By municipality code, without zeros; sums to 0.

    Raises
    ------
    PoolingError
        When the code is no member, or the target would be negative or more than the pool's; see
        also :func:`shifted`.
    """
    shifted(members, 0, changes)
    change = _changes(members, {**changes, gm_code: 0})
    change[members["gm_code"] == gm_code] = changes.get(gm_code, 0)
    now = members["net_target"] + change
    pooled, own = int(now.sum()), (members["gm_code"] == gm_code).to_numpy()
    most = pooled if len(members) > 1 else int(now[own].sum())
    least = 0 if len(members) > 1 else most
    if not least <= net_target <= most:
        raise PoolingError(
            f"Een taakstelling van {number(net_target)} kan niet: samen hebben de gemeenten er "
            f"{number(pooled)}; kies van {number(least)} tot en met {number(most)}."
        )
    more = net_target - int(now[own].sum())
    others = now[~own]
    none = np.zeros(len(others), dtype=np.int64)
    if more > 0:
        weights, room = others, none + others.to_numpy(dtype=np.int64)
    else:
        weights, room = members["net_target"][~own], none - more
    parts = apportion(abs(more), weights.to_numpy(dtype=float), none, room)
    change[own] += more
    change[~own] -= parts if more > 0 else -parts
    return {code: int(persons) for code, persons in zip(members["gm_code"], change, strict=True) if persons != 0}


def _check(members: pd.DataFrame, threshold: float) -> None:
    if members.empty:
        raise PoolingError("Er zijn geen gemeenten om mee te verdelen; kies er een of meer.")
    twice = members["name"][members["gm_code"].duplicated()]
    if len(twice):
        raise PoolingError(f"{enumerate_some(twice)} doet meer dan eens mee; laat één rij staan.")
    unknown = members["name"][members[[*_REQUIRED_COLUMNS]].isna().any(axis=1)]
    if len(unknown):
        raise PoolingError(
            f"Van {enumerate_some(unknown)} zijn niet alle cijfers bekend; kies een andere peildatum of "
            "andere gemeenten."
        )
    if not 0 <= threshold <= 1:
        raise PoolingError(f"Een drempel van {threshold} kan niet; kies een deel van 0 tot en met 1.")


def _changes(members: pd.DataFrame, changes: Mapping[str, int]) -> pd.Series:
    strange = sorted(set(changes) - set(members["gm_code"]))
    if strange:
        raise PoolingError(f"{enumerate_some(strange)} doet niet mee; verschuif alleen tussen deelnemers.")
    broken = [code for code, persons in changes.items() if not isinstance(persons, int)]
    if broken:
        raise PoolingError(f"De verschuiving van {enumerate_some(broken)} kan niet: verschuif hele personen.")
    persons = [changes.get(code, 0) for code in members["gm_code"]]
    return pd.Series(persons, index=members.index, dtype="Int64")


def _ratio(target: pd.Series, own: pd.Series) -> pd.Series:
    whole = own.astype(float)
    return target.astype(float) / whole.where(whole > 0)


def _substantial(target: pd.Series, own: pd.Series, threshold: float) -> pd.Series:
    """Whether a target reaches a part of the own target, in exact fractions."""
    part = Fraction(repr(float(threshold)))
    reached = [
        int(has) >= 0 and int(has) * part.denominator >= int(had) * part.numerator
        for has, had in zip(target, own, strict=True)
    ]
    return pd.Series(reached, index=target.index, dtype=bool)
