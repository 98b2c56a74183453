"""Colours on paper, and the palette's hatches as SVG patterns in print size."""

from typing import Final

from data.palette import CLASS_TONES, TONES

INK: Final = "#16202a"
QUIET: Final = "#51606d"
"""Secondary text: contrast 6.4 to 1 on white."""
LINE: Final = "#b9c3cc"
OUTSIDE: Final = "#dfe4e8"
"""Land outside the province."""
BEYOND: Final = "#edf2f6"
"""Water and foreign land: the background of the map on screen, lighter for paper."""
FONT: Final = "Libertinus Serif"
SMALLEST: Final = 7.5
"""Minimum text size, in points."""

_PER_GAP: Final = 0.1
"""Points on paper per unit of the palette's hatch distance."""
_STROKE: Final = 0.55


def tone_of(status: str) -> str:
    """Tone of a status, as on the map."""
    return CLASS_TONES["status"][status]


def paint(tone: str) -> str:
    """SVG `fill` of a tone, where :func:`patterns` are defined."""
    fill, _, kind, _ = TONES[tone]
    return f"url(#p-{tone})" if kind else fill


def patterns(scale: float = 1.0) -> str:
    """SVG patterns of the statuses.

    Parameters
    ----------
    scale : points on paper per unit of the drawing that uses them
    """
    tones = {*CLASS_TONES["status"].values()}
    return "".join(
        _pattern(tone, fill, line, kind, gap * _PER_GAP / scale, _STROKE / scale)
        for tone, (fill, line, kind, gap) in TONES.items()
        if kind and tone in tones
    )


def _pattern(tone: str, fill: str, line: str, kind: str, gap: float, width: float) -> str:
    g, half = f"{gap:.4g}", f"{gap / 2:.4g}"
    shapes = {
        "hatch": f'<path d="M0 {g}L{g} 0M-{half} {half}L{half}-{half}M{half} {gap * 1.5:.4g}L{gap * 1.5:.4g} {half}"/>',
        "cross": f'<path d="M0 0L{g} {g}M0 {g}L{g} 0"/>',
        "dots": f'<circle cx="{half}" cy="{half}" r="{width:.4g}" fill="{line}" stroke="none"/>',
    }
    return (
        f'<pattern id="p-{tone}" width="{g}" height="{g}" patternUnits="userSpaceOnUse">'
        f'<rect width="{g}" height="{g}" fill="{fill}"/>'
        f'<g stroke="{line}" stroke-width="{width:.4g}" fill="none">{shapes[kind]}</g></pattern>'
    )
