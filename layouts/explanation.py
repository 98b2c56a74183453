"""Page of explanation: how the figures work, an example that is drawn, the vocabulary."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from data.glossary import QUALITY_MEANING, SECTIONS
from layouts import labels
from layouts.templating import rendered

CONTENTS: Final = {
    "kort": "In het kort",
    "voorbeeld": "Een rekenvoorbeeld",
    "schema": "Op schema of niet",
    "kaart": "De kaart lezen",
    "halen": "Als het niet lukt",
    "bronnen": "Waar de cijfers vandaan komen",
    "grenzen": "Wat de cijfers niet zeggen",
    "vragen": "Vragen en antwoorden",
    "woorden": "Woordenlijst",
}
"""Headings of the page by their anchors; no term has such an anchor."""


@dataclass(frozen=True)
class ExampleView:
    """The figures of the worked example; in persons, shares as fractions."""

    gm_code: str
    name: str
    path: str
    """Address of the municipality's page."""
    day: date
    period: str
    months: int
    net_target: int
    opening_balance: int
    corrected_target: int
    realised: int
    remaining: int
    share: float | None
    expected_share: float
    expected: float
    correction: int
    """What the source has corrected beside target and balance."""
    quality: str
    """Key of `layouts.labels.QUALITY`."""
    simulated: bool


@dataclass(frozen=True)
class SourceView:
    """Where one kind of figures comes from."""

    what: str
    source: str
    when: str


@dataclass(frozen=True)
class MeasureView:
    """A measure of the map, with its legend."""

    label: str
    meaning: str
    classes: tuple[tuple[str, str], ...]
    """Label and tone of each."""


@dataclass(frozen=True)
class ExplanationView:
    """Content of the page."""

    base: str
    """Address to which the form is sent."""
    hidden: tuple[tuple[str, str], ...]
    """Hidden parameters of the form: the moment, when it is not the default."""
    municipalities: tuple[tuple[str, str], ...]
    """Codes and names."""
    example: ExampleView | None
    """None when no municipality has figures at this moment."""
    measures: tuple[MeasureView, ...]
    sources: tuple[SourceView, ...]
    examples: str
    """Which figures are an example, see `data.formatting.example_name`; empty when none are."""
    map_path: str


@dataclass(frozen=True)
class Bar:
    """One step of the sum, drawn from one place to another; both in percent of the width."""

    term: str
    sign: str
    count: int
    left: float
    width: float
    kind: str


def bars(example: ExampleView) -> tuple[Bar, ...]:
    """Draw the sum: target, backlog or lead, what that makes, housed, and what is left."""
    net, whole, left = example.net_target, example.corrected_target, example.remaining
    ends = (0, net, net - example.opening_balance, whole, left)
    low, high = min(ends), max(*ends, 1)

    def bar(term: str, sign: str, count: int, a: int, b: int, kind: str) -> Bar:
        scale = 100 / (high - low)
        return Bar(term, sign, count, round((min(a, b) - low) * scale, 2), round(abs(b - a) * scale, 2), kind)

    carried = -example.opening_balance
    return (
        bar("net_target", "", net, 0, net, "target"),
        bar("opening_balance", "+" if carried >= 0 else "−", abs(carried), net, net + carried, "carried"),
        bar("corrected_target", "=", whole, 0, whole, "target"),
        bar("realised", "−", example.realised, left, whole, "housed"),
        bar("remaining", "=", left, 0, left, "left"),
    )


def explanation_html(view: ExplanationView) -> Markup:
    """Render the page's content."""
    return rendered(
        "explanation.html",
        view=view,
        contents=CONTENTS,
        bars=() if view.example is None else bars(view.example),
        glossary=SECTIONS,
        quality=labels.QUALITY,
        quality_meaning=QUALITY_MEANING,
        months_word=labels.months_word,
    )
