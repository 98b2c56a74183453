"""The first picture of the map: the national drawing with its colours, written into the HTML."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

_VIEW_BOX: Final = re.compile(r'viewBox="[^"]*"')
_PATH: Final = re.compile(r'([^"]+)" d="([^"]*)"')


class Drawing:
    """A drawing cut at its municipalities once, so that painting it is joining strings.

    Parameters
    ----------
    svg
        From `geo.drawing.national_drawing`.
    """

    def __init__(self, svg: str) -> None:
        self._before, *self._paths = svg.split('<path id="')

    def paint(self, tones: Iterable[str], view_box: str | None = None) -> str:
        """Return the SVG with a tone (`layouts.palette.TONES`) for each municipality, in their order.

        Parameters
        ----------
        tones : one a municipality
        view_box : the part in sight; the whole drawing when None

        Raises
        ------
        ValueError
            When there are more or fewer tones than municipalities.
        """
        before = self._before
        if view_box is not None:
            before = _VIEW_BOX.sub(f'viewBox="{view_box}"', before, count=1)
        return "".join([before, *self._painted(tones)])

    def outline(self, code: str) -> str:
        """Return the border of one municipality as path data.

        Raises
        ------
        KeyError
            When it is not in the drawing.
        """
        return self._outlines[code]

    @cached_property
    def _outlines(self) -> dict[str, str]:
        return {match[1]: match[2] for path in self._paths if (match := _PATH.match(path))}

    def _painted(self, tones: Iterable[str]) -> Iterator[str]:
        for path, tone in zip(self._paths, tones, strict=True):
            yield f'<path class="tone-{tone}" id="{path}'
