"""Charts of a dossier as SVG, in points: progress in the half-year, and balance over time."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from math import ceil, floor, log10
from typing import Final

from data.dossier.model import Dossier, Month
from data.dossier.style import FONT, INK, LINE, QUIET, SMALLEST, paint, patterns
from data.formatting import long_date, number, persons, signed
from data.periods import MONTHS, HalfYear

WIDTH: Final = 242.0
HEIGHT: Final = 114.0
"""Points."""
_LEFT: Final = 30.0
_TOP: Final = 10.0
_BOTTOM: Final = 18.0
_BLUE: Final = "#08519c"
_MONTHS: Final = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_STEPS: Final = (1, 2, 5, 10)
_TICKS: Final = 4
_LABEL_ROOM: Final = 9.0
"""Minimum vertical distance of two labels, in points."""


def course_chart(dossier: Dossier) -> str:
    """Line chart of persons housed since the start of the half-year, with target and schedule."""
    target = dossier.now.corrected_target
    counts = [month.realised for month in dossier.course if month.realised is not None]
    if target is None and not counts:
        return _svg([_text(0, 20, f"Geen cijfers over {dossier.period}.")])
    top = max([*counts, target or 0, 1])
    ticks = nice_ticks(0, top)
    right = WIDTH - 74
    high = max(ticks[-1], top)

    def x(months: float) -> float:
        return _LEFT + (right - _LEFT) * months / MONTHS

    def y(value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * value / high

    period = HalfYear.parse(dossier.period)
    parts = [
        *(_gridline(_LEFT, right, y(tick), number(tick)) for tick in ticks),
        *(
            _text(x(months), HEIGHT - 5, _MONTHS[period.reference_date(months).month - 1], anchor="middle")
            for months in range(MONTHS + 1)
        ),
    ]
    labels: list[tuple[float, str, str, bool]] = []
    if target is not None and target > 0:
        parts.append(_path([(x(0), y(0)), (x(MONTHS), y(target))], QUIET, 1, "3 2"))
        parts.append(_path([(x(0), y(target)), (x(MONTHS), y(target))], INK, 1.2))
        labels.append((y(target), "Te huisvesten", number(target), False))
        expected = target * dossier.months / MONTHS
        if 0 < dossier.months < MONTHS:
            labels.append((y(expected), "Verwacht", number(expected), False))
        else:  # a label at the right would overlap another, or the axis
            parts.append(_text(x(MONTHS / 2) - 5, y(target / 2) - 3, "verwacht", anchor="end"))
    for run in _segments(dossier.course):
        points = [(x(month.months), y(month.realised or 0)) for month in run]
        parts.append(_path(points, _BLUE, 2))
        parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="2.1" fill="{_BLUE}"/>' for a, b in points]
    if counts:
        labels.append((y(counts[-1]), "Gehuisvest", number(counts[-1]), True))
    parts += _line_labels(right + 5, labels)
    return _svg(parts)


def course_description(dossier: Dossier) -> str:
    """Alternative text of the progress chart."""
    parts = [
        f"{long_date(month.day)}: {number(month.realised)}" for month in dossier.course if month.realised is not None
    ]
    if not parts:
        return "Lijngrafiek zonder gegevens: het is niet bekend hoeveel mensen zijn gehuisvest."
    target = dossier.now.corrected_target
    target_text = "" if target is None else f" Te huisvesten: {number(target)}"
    expected = ", gelijkmatig verdeeld over zes maanden." if target is not None and target > 0 else "."
    return (
        f"Lijngrafiek van de personen die in {dossier.period} zijn gehuisvest. {'; '.join(parts)}."
        f"{target_text}{expected if target_text else ''}"
    )


def balance_chart(dossier: Dossier) -> str:
    """Bar chart of the balance at the start of each half-year, and at the end of the last."""
    bars = balances(dossier)
    known = [value for _, value, _ in bars if value is not None]
    if not known:
        return _svg([_text(0, 20, "Er is geen beginstand bekend.")])
    low, high = min([0, *known]), max([0, *known])
    if low == high == 0:
        high = 1
    ticks = nice_ticks(low, high)
    bottom, top = min(low, ticks[0]), max(high, ticks[-1])
    # Room for the numbers beyond the ends of the bars.
    room = 9.0

    def y(value: float) -> float:
        span = HEIGHT - _BOTTOM - _TOP - 2 * room
        return _TOP + room + span * (top - value) / (top - bottom)

    right = WIDTH - 2
    step = (right - _LEFT) / max(len(bars), 1)
    wide = min(step * 0.62, 17)
    parts = [_gridline(_LEFT, right, y(tick), signed(tick)) for tick in ticks if tick != 0]
    for position, (name, value, example) in enumerate(bars):
        middle = _LEFT + step * (position + 0.5)
        parts.append(_text(middle, HEIGHT - 5, name, anchor="middle"))
        if value is None:
            x, at = middle + 2.5, HEIGHT / 2
            said = _text(x, at, "geen cijfers", anchor="middle")
            parts.append(f'<g transform="rotate(-90 {x:.1f} {at:.1f})">{said}</g>')
            continue
        upper, lower = sorted((y(0), y(value)))
        fill = paint("b3") if value < 0 else paint("a3")
        rim = ' stroke-dasharray="1.6 1.2"' if example else ""
        parts.append(
            f'<rect x="{middle - wide / 2:.1f}" y="{upper:.1f}" width="{wide:.1f}" '
            f'height="{max(lower - upper, 0.4):.1f}" fill="{fill}" stroke="{INK}" stroke-width=".5"{rim}/>'
        )
        beyond = lower + 7.5 if value < 0 else upper - 2.5
        parts.append(_text(middle, beyond, signed(value), anchor="middle", fill=INK))
    parts.append(_path([(_LEFT, y(0)), (right, y(0))], INK, 0.8))
    parts.append(_text(_LEFT - 4, y(0) + 2.5, "0", anchor="end"))
    parts += _source_boundary(bars, step)
    return _svg(parts)


def balances(dossier: Dossier) -> list[tuple[str, int | None, bool]]:
    """Balances as (date like "jan ’22", persons ahead if positive, whether an example)."""
    bars = [
        (_month_label(HalfYear.parse(row.period).start.month, HalfYear.parse(row.period).start.year),
         row.opening_balance, row.example)
        for row in dossier.half_years
    ]  # fmt: skip
    last = dossier.now
    if last.ended:
        end = None if last.remaining is None else -last.remaining
        bars.append((_month_label(last.day.month, last.day.year), end, last.example))
    return bars


def balance_description(dossier: Dossier) -> str:
    """Alternative text of the balance chart."""
    bars = balances(dossier)
    # The example's boundary in the chart is repeated in words.
    mixed = len({example for _, value, example in bars if value is not None}) > 1
    if all(value is None for _, value, _ in bars):
        return "Staafgrafiek zonder gegevens: er is geen beginstand bekend."
    parts = [
        f"{name}: geen cijfers"
        if value is None
        else f"{name}: {signed(value)}{(' (oefencijfers)' if example else ' (echt)') if mixed else ''}"
        for name, value, example in bars
    ]
    known = [(name, value) for name, value, _ in bars if value is not None]
    (first, before), (last, after) = known[0], known[-1]
    told = f"Staafgrafiek van de beginstand van elk halfjaar: {_balance_words(before)} in {first}"
    told += f", {_balance_words(after)} in {last}." if last != first else "."
    return f"{told} {'; '.join(parts)}."


def _balance_words(value: int | None) -> str:
    """Balance in words: "36 personen voorsprong"."""
    return "geen achterstand" if not value else f"{persons(abs(value))} {'voorsprong' if value > 0 else 'achterstand'}"


def nice_ticks(low: float, high: float) -> list[int]:
    """Some `_TICKS` round whole numbers that span `low` to `high`, 0 included.

    >>> nice_ticks(0, 87)
    [0, 20, 40, 60, 80]
    """
    span = max(high - low, 1)
    rough = span / _TICKS
    power = 10 ** floor(log10(rough))
    step = max(1, next(ceil(part * power) for part in _STEPS if part * power >= rough * 0.999))
    return [tick * step for tick in range(ceil(low / step), floor(high / step) + 1)]


def _month_label(month: int, year: int) -> str:
    return f"{_MONTHS[month - 1]} ’{year % 100:02d}"


def _segments(course: Iterable[Month]) -> list[list[Month]]:
    """Segments of the line: it breaks at unknown months."""
    runs: list[list[Month]] = [[]]
    for month in course:
        if month.realised is None:
            runs.append([])
        elif runs[-1] and month.months != runs[-1][-1].months + 1:
            runs.append([month])
        else:
            runs[-1].append(month)
    return [run for run in runs if run]


def _source_boundary(bars: Sequence[tuple[str, int | None, bool]], step: float) -> list[str]:
    """Line between example and real figures, with a label on either side."""
    found: list[str] = []
    for position, (one, other) in enumerate(pairwise(bars), start=1):
        if one[2] != other[2]:
            at = _LEFT + step * position
            found.append(_path([(at, _TOP - 4), (at, HEIGHT - _BOTTOM)], INK, 0.7, "1 1.5"))
            left, right = ("oefencijfers", "echt") if one[2] else ("echt", "oefencijfers")
            found.append(_text(at - 3, _TOP, left, anchor="end"))
            found.append(_text(at + 3, _TOP, right))
    return found


def _line_labels(x: float, labels: Sequence[tuple[float, str, str, bool]]) -> list[str]:
    """Labels at the ends of lines, moved apart where they would overlap."""
    placed: list[str] = []
    free = _TOP
    ordered = sorted(labels)
    for place, (at, word, value, strong) in enumerate(ordered):
        below = (len(ordered) - 1 - place) * _LABEL_ROOM
        y = min(max(at + 2.5, free), HEIGHT - _BOTTOM + 2.5 - below)
        free = y + _LABEL_ROOM
        fill = _BLUE if strong else INK
        placed.append(_text(x, y, f"{word} {value}", fill=fill, bold=strong))
    return placed


def _gridline(left: float, right: float, y: float, label: str) -> str:
    return _path([(left, y), (right, y)], LINE, 0.5) + _text(left - 4, y + 2.5, label, anchor="end")


def _path(points: Sequence[tuple[float, float]], colour: str, width: float, dashes: str = "") -> str:
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="M{line}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", fill: str = QUIET, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{SMALLEST:g}"{weight} '
        f'text-anchor="{anchor}" fill="{fill}" stroke="#fff" stroke-width="1.6" paint-order="stroke">'
        f"{escape(text)}</text>"
    )


def _svg(parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}pt" '
        f'height="{HEIGHT:g}pt"><defs>{patterns()}</defs>{"".join(parts)}</svg>'
    )
