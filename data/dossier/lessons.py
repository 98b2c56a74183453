"""Selection of good practices for a dossier, by nearness, similarity and theme."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from data.areas import Area, Level
from data.dossier.model import Lesson
from data.formatting import SAME, enumerate_all
from data.practices import PATH, THEMES, Practice

MOST: Final = 4
"""Maximum number of good practices in a dossier."""

#: Regions from near to far; ranked between neighbours and peers.
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
    """Good practices for a dossier, nearest first, each with the reason for its selection.

    Parameters
    ----------
    practices : candidates; ties keep their order
    gm_code : the municipality of the dossier
    areas : areas that contain the municipality, collaborations included
    neighbours, peers : codes of its neighbours and of its peers
    themes : themes raised by its figures; keys of `data.practices.THEMES`
    origin : origin of the application

    Returns
    -------
    At most `MOST`; each is near, from a peer, or on one of the themes.
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
        sentence = ", en ".join(part for part in (why, about) if part)
        lesson = Lesson(
            id=practice.id,
            title=practice.title,
            place=f"{practice.place}, sinds {practice.since_words}" if practice.since_words else practice.place,
            why=f"{sentence[:1].upper()}{sentence[1:]}.",
            address=f"{origin.rstrip('/')}{PATH}#{practice.id}",
        )
        found.append((rank, not shared, order, lesson))
    return tuple(lesson for *_, lesson in sorted(found, key=lambda each: each[:3]))[:MOST]


def _near(
    gm_code: str, areas: Sequence[Area], neighbours: Collection[str], peers: Collection[str]
) -> Iterator[tuple[set[str], str]]:
    """Groups of municipalities, nearest first, each with its wording."""
    yield {gm_code}, "van deze gemeente zelf"
    yield {*neighbours}, "uit een buurgemeente"
    for level in _REGIONS:
        for area in areas:
            if area.level == level:
                yield {*area.municipalities}, f"uit {SAME[level]}"
    yield {*peers}, "uit een vergelijkbare gemeente"
