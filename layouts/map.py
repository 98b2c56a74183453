"""First rendering of the map: the national SVG with its colours, inlined in the HTML."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Final

_VIEW_BOX: Final = re.compile(r'viewBox="[^"]*"')
_PATH: Final = re.compile(r'([^"]+)" d="([^"]*)"')


class Drawing:
    """A national drawing, split by municipality so that colouring it is joining strings.

    Parameters
    ----------
    svg : from `geo.drawing.national_drawing`
    backdrop : what is drawn below the municipalities, as SVG
    lettering
        Writes the names for a visible part, as SVG on top; those of the whole drawing when it gets nothing.
    """

    def __init__(self, svg: str, backdrop: str = "", lettering: Callable[..., str] = lambda *_: "") -> None:
        self._before, *self._paths = svg.replace(
            '<g class="municipalities"', f'{backdrop}<g class="municipalities"'
        ).split('<path id="')
        self._lettering = lettering

    def paint(self, tones: Iterable[str], view_box: str | None = None) -> str:
        """SVG with a tone (`layouts.palette.TONES`) for each municipality, in their order.

        Parameters
        ----------
        tones : one per municipality
        view_box : visible part; the whole drawing when None

        Raises
        ------
        ValueError
            When the number of tones differs from the number of municipalities.
        """
        before = self._before
        if view_box is not None:
            before = _VIEW_BOX.sub(f'viewBox="{view_box}"', before, count=1)
        drawn, end, after = "".join([before, *self._painted(tones)]).rpartition("</svg>")
        return drawn + self._lettering(*([view_box] if view_box else [])) + end + after

    def outline(self, code: str) -> str:
        """Border of a municipality, as path data.

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
