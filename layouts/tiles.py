"""Sums of an area beside its map; `assets/js/pages/area/tiles.js` writes the same."""

from collections.abc import Mapping
from typing import Any, Final

from layouts import labels

_MONTHS: Final = 6
_PUBLISHED: Final = {"net_target": "taakstelling", "corrected_target": "te huisvesten", "realised": "gehuisvest"}


def tiles_values(
    name: str, kind: str, moment: Mapping[str, Any], months: int, rank: int | None, among: int
) -> dict[str, Any]:
    """Give the template of the tiles its values.

    Parameters
    ----------
    name, kind : of the area
    moment : its sums, as `data.analysis.area_series.AreaMoment` has them
    months : elapsed of the half-year
    rank, among : among the areas of its kind; `among` below 2 when there is nothing to rank among
    """
    share, opening = moment["share"], moment["opening_balance"]
    keys = (*labels.TILES, "remaining", "shortfall")
    counts = {key: labels.number(abs(opening) if key == "opening_balance" and opening else moment[key]) for key in keys}
    published = _difference(moment)
    return {
        "area": name,
        "tiles": labels.TILES,
        "figures": counts,
        "qualities": {key: "" if moment[key] is None else labels.QUALITY[moment["qualities"][key]] for key in keys},
        "opening_label": f"{'Voorsprong' if (opening or 0) > 0 else 'Achterstand'} bij de start",
        "share": labels.percentage(share),
        "share_drawn": round(min(1.0, share or 0), 4),
        "expected": labels.percentage(months / _MONTHS),
        "expected_drawn": round(months / _MONTHS, 4),
        "ended": months == _MONTHS,
        "rank": _rank(kind, rank, among),
        "published": published,
        "one_number": kind == "municipality" or (moment["shortfall"] == moment["remaining"] and not published),
    }


def _rank(kind: str, rank: int | None, among: int) -> str:
    if among <= 1:
        return ""
    if rank is None:
        return "Geen rang: er is niets te huisvesten, of er zijn geen cijfers."
    kinds = labels.KINDS[kind].lower().replace("corop", "COROP")
    return f"Rang {rank} van {labels.number(among)} {kinds}; rang 1 heeft het laagste aandeel."


def _difference(moment: Mapping[str, Any]) -> str:
    """Published national totals that differ from our sums."""
    told = moment.get("published", {})
    odd = [
        f"{word} {labels.number(told[key])}"
        for key, word in _PUBLISHED.items()
        if told.get(key) is not None and told[key] != moment[key]
    ]
    if not odd:
        return ""
    return f"Gepubliceerd: {', '.join(odd)} (de aantallen van de gemeenten tellen op tot een ander getal)."
