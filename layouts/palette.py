"""CSS of the map's classes, and the patterns that lie over them on request."""

from data.palette import CLASS_TONES as CLASS_TONES
from data.palette import ON_PALE, PALE
from data.palette import TONES as TONES


def stylesheet() -> str:
    """CSS of the tones: solid fills for municipalities, swatches and small maps."""
    rules = [f":root{{{';'.join(f'--small-{tone}:{fill}' for tone, (fill, *_) in TONES.items())}}}"]
    for tone, (fill, *_) in TONES.items():
        rules.append(f".map-canvas .tone-{tone}{{fill:{fill}}}")
        rules.append(f".swatch.tone-{tone}{{background-color:{fill}}}")
    pale = ",".join(f".tone-{tone}" for tone in PALE)
    rules.append(f".municipalities :is({pale}):not(.outside){{stroke:{ON_PALE}}}")
    return "\n".join(rules)


def patterns() -> str:
    """SVG of the hatches, and the CSS that lays them over the tones while in the page."""
    hatched = {tone: style for tone, style in TONES.items() if style[2]}
    drawn = "".join(_pattern(tone, *style) for tone, style in hatched.items())
    rules = [f":root{{{';'.join(f'--small-{tone}:url(#small-{tone}) {style[0]}' for tone, style in hatched.items())}}}"]
    for tone, (fill, line, kind, gap) in hatched.items():
        rules.append(f".map-canvas .tone-{tone}{{fill:url(#tone-{tone}) {fill}}}")
        rules.append(f".swatch.tone-{tone}{{background-image:{_gradient(line, kind, gap)}}}")
    svg = '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    return f"{svg}{drawn}</defs></svg><style>{''.join(rules)}</style>"


def _pattern(tone: str, fill: str, line: str, kind: str, gap: int) -> str:
    half = gap / 2
    shapes = {
        "hatch": f'<path d="M0 {gap}L{gap} 0M-{gap} {gap}L{gap}-{gap}M0 {2 * gap}L{2 * gap} 0"/>',
        "level": f'<path d="M0 {half}H{gap}"/>',
        "cross": f'<path d="M0 0L{gap} {gap}M0 {gap}L{gap} 0"/>',
        "dots": f'<path d="M{half} {half}h.01" stroke-linecap="round" stroke-width="11"/>',
    }
    return (
        f'<pattern id="tone-{tone}" width="{gap}" height="{gap}" patternUnits="userSpaceOnUse">'
        f'<rect width="{gap}" height="{gap}" fill="{fill}"/>'
        f'<g stroke="{line}" stroke-width="5" fill="none">{shapes[kind]}</g></pattern>'
    )


def _gradient(line: str, kind: str, gap: int) -> str:
    """Hatch of a swatch as a CSS gradient, in the size of the national map."""
    step = gap / 5.6
    if kind == "hatch":
        gone = f"{step - 1.1:.1f}px"
        return f"repeating-linear-gradient(-45deg,transparent 0 {gone},{line} {gone} {step:.1f}px)"
    if kind == "level":
        return f"repeating-linear-gradient(transparent 0 4px,{line} 4px 5px)"
    if kind == "cross":
        lines = f"transparent 0 4px,{line} 4px 5px"
        return f"repeating-linear-gradient(45deg,{lines}),repeating-linear-gradient(-45deg,{lines})"
    if kind == "dots":
        return f"radial-gradient({line} 1px,transparent 1.4px);background-size:6px 6px"
    return ""
