"""Which good examples belong in a dossier: near it, of its kind, or on what its figures raise."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from data.areas import Area, Level
from data.dossier.model import Lesson
from data.formatting import SAME, enumerate_all
from data.practices import THEMES, Practice

MOST: Final = 4
"""Good examples in a dossier."""

#: Near in this order; between neighbours and peers.
_REGIONS: Final[tuple[Level, ...]] = (
    "collaboration",
    "corop",
    "labour_market_region",
    "safety_region",
    "province",
)


def lessons(
    practices: Sequence[Practice],
    gm_code: str,
    areas: Sequence[Area],
    neighbours: Collection[str],
    peers: Collection[str],
    themes: Collection[str],
    origin: str = "",
) -> tuple[Lesson, ...]:
    """Choose good examples, the nearest first, and say why each is here.

    Parameters
    ----------
    practices : sequence of Practice
        To choose from; their order settles what is equal.
    gm_code : str
        The municipality of the dossier.
    areas : sequence of Area
        What it lies in and takes part in.
    neighbours, peers : collection of str
        Codes of municipalities beside it, and of those most like it.
    themes : collection of str
        What its figures raise; keys of `data.practices.THEMES`.
    origin : str
        Where the application stands.

    Returns
    -------
    tuple of Lesson
        At most `MOST`; each is near, of its kind, or on one of the themes.
    """
    reasons = [*_near(gm_code, areas, neighbours, peers)]
    found: list[tuple[int, bool, int, Lesson]] = []
    for order, practice in enumerate(practices):
        shared = [theme for theme in practice.themes if theme in themes]
        there = set(practice.municipalities)
        near = next(((rank, why) for rank, (codes, why) in enumerate(reasons) if there & codes), None)
        if near is None and not shared:
            continue
        rank, why = near or (len(reasons), "")
        about = "gaat over " + enumerate_all(f"“{THEMES[theme]}”" for theme in shared) if shared else ""
        said = ", en ".join(part for part in (why, about) if part)
        lesson = Lesson(
            id=practice.id,
            title=practice.title,
            place=practice.place,
            why=f"{said[:1].upper()}{said[1:]}.",
            address=f"{origin.rstrip('/')}/voorbeelden#{practice.id}",
        )
        found.append((rank, not shared, order, lesson))
    return tuple(lesson for *_, lesson in sorted(found, key=lambda each: each[:3]))[:MOST]


def _near(
    gm_code: str, areas: Sequence[Area], neighbours: Collection[str], peers: Collection[str]
) -> Iterator[tuple[set[str], str]]:
    """Sets of municipalities, the nearest first, with how that is said."""
    yield {gm_code}, "van deze gemeente zelf"
    yield {*neighbours}, "uit een buurgemeente"
    for level in _REGIONS:
        for area in areas:
            if area.level == level:
                yield {*area.municipalities}, f"uit {SAME[level]}"
    yield {*peers}, "uit een vergelijkbare gemeente"
