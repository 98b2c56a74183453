"""Colours, patterns and Dutch labels of the classes that the map shows.

Blue is good, orange is behind, and everything behind also carries a hatch, denser the further
behind: the two sides stay apart for every kind of colour blindness, in grey and in print. *No
data* is white with a cross-hatch that nothing else has.
"""

from typing import Final

#: Fill, colour of the lines over it, pattern, and distance of the lines in drawing units.
TONES: Final = {
    "none": ("#ffffff", "#8b97a3", "cross", 36),
    "idle": ("#d9e0e6", "#93a1ae", "dots", 40),
    "a3": ("#08519c", "", "", 0),
    "a2": ("#3f8ac4", "", "", 0),
    "a1": ("#a6cee8", "", "", 0),
    "mid": ("#efeadd", "", "", 0),
    "b1": ("#fcdba6", "#e0ab5b", "hatch", 44),
    "b2": ("#f5ae62", "#c9761f", "hatch", 34),
    "b3": ("#d9681e", "#a04408", "hatch", 27),
    "b4": ("#983a08", "#f3b98c", "hatch", 21),
}

#: Label and tone of each class of each measure.
CLASSES: Final = {
    "status": {
        "no_data": ("Geen cijfers", "none"),
        "no_task": ("Geen opgave", "idle"),
        "met": ("Gehaald", "a3"),
        "on_schedule": ("Op schema", "a1"),
        "slightly_behind": ("Iets achter", "b1"),
        "behind": ("Achter", "b3"),
    },
    "share": {
        "no_data": ("Geen cijfers", "none"),
        "no_task": ("Geen opgave", "idle"),
        "under_25": ("Minder dan 25 %", "b3"),
        "under_50": ("25 tot 50 %", "b2"),
        "under_75": ("50 tot 75 %", "b1"),
        "under_100": ("75 tot 100 %", "a1"),
        "met": ("100 % of meer", "a3"),
    },
    "remaining_per_1000": {
        "no_data": ("Geen cijfers", "none"),
        "not_applicable": ("Niet van toepassing", "idle"),
        "far_ahead": ("0,5 of meer vooruit", "a3"),
        "done": ("Klaar, of tot 0,5 vooruit", "a1"),
        "under_half": ("Tot en met 0,5", "b1"),
        "under_one": ("Tot en met 1", "b2"),
        "under_two": ("Tot en met 2", "b3"),
        "two_or_more": ("Meer dan 2", "b4"),
    },
    "change": {
        "no_data": ("Geen vorig cijfer", "none"),
        "not_applicable": ("Toen of nu geen opgave", "idle"),
        "much_lower": ("40 punten of meer lager", "b3"),
        "lower": ("10 tot 40 punten lager", "b1"),
        "same": ("Minder dan 10 verschil", "mid"),
        "higher": ("10 tot 40 punten hoger", "a1"),
        "much_higher": ("40 punten of meer hoger", "a3"),
    },
    "missed": {
        "no_data": ("Nog geen halfjaar bekend", "none"),
        "not_applicable": ("Niet van toepassing", "idle"),
        "none": ("Geen", "a2"),
        "one": ("1 halfjaar", "b1"),
        "two": ("2 halfjaren", "b2"),
        "three": ("3 halfjaren", "b3"),
        "four_or_more": ("4 of meer", "b4"),
    },
}


def patterns() -> str:
    """Write the SVG patterns of the tones that have one; `fill: url(#tone-b3)` paints with them."""
    return "".join(_pattern(tone, *style) for tone, style in TONES.items() if style[2])


def stylesheet() -> str:
    """Write the CSS by which a tone fills a municipality, a swatch, and a municipality of a small map."""
    small = ";".join(
        f"--small-{tone}:{f'url(#small-{tone})' if kind else fill}"
        for tone, (fill, _, kind, _) in TONES.items()
    )
    rules = [f":root{{{small}}}"]
    for tone, (fill, line, kind, gap) in TONES.items():
        paint = f"url(#tone-{tone})" if kind else fill
        rules.append(f".map-canvas .tone-{tone}{{fill:{paint}}}")
        image = _gradient(line, kind, gap)
        rules.append(
            f".swatch.tone-{tone}{{background-color:{fill}{f';background-image:{image}' if image else ''}}}"
        )
    return "\n".join(rules)


def _pattern(tone: str, fill: str, line: str, kind: str, gap: int) -> str:
    half = gap / 2
    shapes = {
        "hatch": f'<path d="M0 {gap}L{gap} 0M-{gap} {gap}L{gap}-{gap}M0 {2 * gap}L{2 * gap} 0"/>',
        "cross": f'<path d="M0 0L{gap} {gap}M0 {gap}L{gap} 0"/>',
        "dots": f'<path d="M{half} {half}h.01" stroke-linecap="round" stroke-width="11"/>',
    }
    return (
        f'<pattern id="tone-{tone}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse">'
        f'<rect width="{gap}" height="{gap}" fill="{fill}"/>'
        f'<g stroke="{line}" stroke-width="5" fill="none">{shapes[kind]}</g></pattern>'
    )


def _gradient(line: str, kind: str, gap: int) -> str:
    """The same hatch for a swatch, in CSS, at the size it has on the national map."""
    step = gap / 5.6
    if kind == "hatch":
        gone = f"{step - 1.1:.1f}px"
        return f"repeating-linear-gradient(-45deg,transparent 0 {gone},{line} {gone} {step:.1f}px)"
    if kind == "cross":
        lines = f"transparent 0 4px,{line} 4px 5px"
        return f"repeating-linear-gradient(45deg,{lines}),repeating-linear-gradient(-45deg,{lines})"
    if kind == "dots":
        return f"radial-gradient({line} 1px,transparent 1.4px);background-size:6px 6px"
    return ""
