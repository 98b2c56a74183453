"""SVG patterns and CSS of the map's classes."""

from data.palette import CLASS_TONES as CLASS_TONES
from data.palette import TONES as TONES


def patterns() -> str:
    """SVG patterns of the hatched tones, for `fill: url(#tone-b3)`."""
    return "".join(_pattern(tone, *style) for tone, style in TONES.items() if style[2])


def stylesheet() -> str:
    """CSS of the tones: for municipalities, swatches and small maps."""
    small = ";".join(
        f"--small-{tone}:{f'url(#small-{tone})' if kind else fill}" for tone, (fill, _, kind, _) in TONES.items()
    )
    rules = [f":root{{{small}}}"]
    for tone, (fill, line, kind, gap) in TONES.items():
        paint = f"url(#tone-{tone})" if kind else fill
        rules.append(f".map-canvas .tone-{tone}{{fill:{paint}}}")
        image = _gradient(line, kind, gap)
        rules.append(f".swatch.tone-{tone}{{background-color:{fill}{f';background-image:{image}' if image else ''}}}")
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
    """Hatch of a swatch as a CSS gradient, in the size of the national map."""
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
