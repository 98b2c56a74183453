"""Sign of a column of balances, decided by the corrected target over all rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.sources.monthly.reading import Sign

DECISIVE = 0.9
"""Part of the informative rows that must agree on a sign; the rest may be mistakes."""
OPPOSED = 0.1
"""Part of them that may fit the other sign."""
TOLERANCE = 1
"""Persons by which a published target may differ from its parts: each is rounded."""

Amounts = Sequence[float | None]


@dataclass(frozen=True)
class Verdict:
    """A sign and the reason for it, or for its absence, in Dutch."""

    sign: Sign | None
    by: str


def sign_of_balance(net_target: Amounts, balance: Amounts, corrected_target: Amounts) -> Verdict:
    """Infer a balance's sign: corrected = net − balance when plus is a lead, else net + balance.

    Parameters
    ----------
    net_target, balance, corrected_target : persons, as printed, of the same rows. A corrected target that is
        printed as 0 where a lead exceeds the target counts as fitting.

    Examples
    --------
    >>> sign_of_balance([10, 20], [3, -4], [13, 16]).sign
    <Sign.BEHIND: 'behind'>
    """
    if not any(balance):
        return Verdict(Sign.AHEAD, "alle getallen zijn 0, dus plus of min maakt niet uit")
    ahead = behind = informative = 0
    for net, carried, corrected in zip(net_target, balance, corrected_target, strict=True):
        if net is None or corrected is None or not carried or abs(carried) <= TOLERANCE:
            continue
        informative += 1
        ahead += _fits(corrected, net - carried)
        behind += _fits(corrected, net + carried)
    if not informative:
        return Verdict(None, "er is geen kolom waarmee plus of min te controleren is")
    for sign, count, other in ((Sign.AHEAD, ahead, behind), (Sign.BEHIND, behind, ahead)):
        if count >= DECISIVE * informative and other <= OPPOSED * informative:
            fits = f"zo klopt het aantal te huisvesten bij {count} van de {informative} gemeenten"
            return Verdict(sign, f"plus is {sign.word}: {fits}")
    return Verdict(
        None,
        f"plus als voorsprong klopt bij {ahead} en plus als achterstand bij {behind} van de {informative} gemeenten",
    )


def sign_of_known(printed: Amounts, known: Amounts) -> Sign | None:
    """Sign with which a column equals known balances, of which a plus is a lead; or None."""
    pairs = [(a, b) for a, b in zip(printed, known, strict=True) if a is not None and b is not None and abs(b) > 1]
    ahead = sum(abs(a - b) <= TOLERANCE for a, b in pairs)
    behind = sum(abs(a + b) <= TOLERANCE for a, b in pairs)
    for sign, count, other in ((Sign.AHEAD, ahead, behind), (Sign.BEHIND, behind, ahead)):
        if pairs and count >= DECISIVE * len(pairs) and other <= OPPOSED * len(pairs):
            return sign
    return None


def _fits(printed: float, expected: float) -> bool:
    return abs(printed - expected) <= TOLERANCE or (printed == 0 and expected < 0)


def is_reversed(corrected_target: Amounts, realised: Amounts, remaining: Amounts) -> bool:
    """Whether the remaining number is negative for what is still to be done."""
    straight = turned = 0
    for corrected, done, left in zip(corrected_target, realised, remaining, strict=True):
        if corrected is not None and done is not None and left is not None and abs(left) > TOLERANCE:
            straight += abs(corrected - done - left) <= TOLERANCE
            turned += abs(corrected - done + left) <= TOLERANCE
    return turned > straight and turned >= DECISIVE * (turned + straight)
