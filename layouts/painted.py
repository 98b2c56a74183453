"""The first picture of the map: the national drawing with its colours, written into the HTML."""

from collections.abc import Iterable, Iterator


class Drawing:
    """A drawing cut at its municipalities once, so that painting it is joining strings.

    Parameters
    ----------
    svg
        From `geo.drawing.national_drawing`.
    """

    def __init__(self, svg: str) -> None:
        self._before, *self._paths = svg.split('<path id="')

    def paint(self, tones: Iterable[str]) -> str:
        """Return the SVG with a tone (`layouts.palette.TONES`) for each municipality, in their order.

        Raises
        ------
        ValueError
            When there are more or fewer tones than municipalities.
        """
        return "".join([self._before, *self._painted(tones)])

    def _painted(self, tones: Iterable[str]) -> Iterator[str]:
        for path, tone in zip(self._paths, tones, strict=True):
            yield f'<path class="tone-{tone}" id="{path}'
