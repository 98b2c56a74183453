"""Preview of the map with the figures of a draft, changes outlined."""

import re
from collections.abc import Collection
from typing import Final

import pandas as pd
from markupsafe import Markup

from callbacks.live import Live
from data.measures import STATUS
from data.periods import HalfYear
from data.snapshot import wide_standings
from geo.drawing import to_drawing
from layouts.publication import LegendLine, MapView

_PATH: Final = re.compile(r'id="(GM\d{4})" (d="[^"]*")')
MOST_POINTED: Final = 60
"""Outlined municipalities that also get a dot, at most: the smallest are smaller than their outline."""
_RADIUS: Final = 17
"""Radius of a dot, in units of the drawing: some 3 pixels."""


def statuses(live: Live, figures: pd.DataFrame) -> pd.Series:
    """Status of each municipality by code, in the order of the map."""
    snapshot = live.world.snapshot
    wide = wide_standings(snapshot.registry, figures, snapshot.inhabitants, live.world.settings.slightly_behind_pace)
    return wide.set_index("gm_code")["status"].reindex(list(live.world.bundle.codes))


def map_view(live: Live, figures: pd.DataFrame, marked: Collection[str], why: str, moment: str) -> MapView:
    """Draw the map by status.

    Parameters
    ----------
    figures : `data.schema.FIGURES_COLUMNS`, of one moment
    marked : codes of municipalities that are outlined
    why : what the outlined ones are, in a sentence
    moment : of the figures, in words
    """
    found = statuses(live, figures)
    moments = zip(figures["period"], figures["reference_date"], strict=True)
    months = max((HalfYear.parse(period).months_elapsed(day.date()) for period, day in moments), default=0)
    classes = STATUS.classes_at(months, live.world.settings.slightly_behind_pace)
    counted = [(part, int((found == part.key).sum())) for part in classes]
    svg = live.drawing.paint([STATUS.tones[str(status)] for status in found])
    parts = ", ".join(f"{part.label.lower()} {count}" for part, count in counted if count)
    return MapView(
        drawing=Markup(_outlined(live, svg, marked)),  # noqa: S704  our own drawing
        legend=tuple(LegendLine(part.label, part.tone, count) for part, count in counted if count),
        marked=len(marked),
        marked_word=why,
        description=f"Kaart van Nederland naar status, {moment}: {parts}. {why}",
    )


def _outlined(live: Live, svg: str, marked: Collection[str]) -> str:
    """Draw the outlines on top: neighbours would cover half of them."""
    if not marked:
        return svg
    shapes = [f"<path {shape}/>" for code, shape in _PATH.findall(svg) if code in marked]
    points = []
    if len(marked) <= MOST_POINTED:
        for code in sorted(marked):
            x, y = to_drawing(live.world.bundle.label_points[code])
            points.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_RADIUS}"/>')
    before, end, after = svg.rpartition("</svg>")
    return f'{before}<g class="changed">{"".join(shapes)}{"".join(points)}</g>{end}{after}'
