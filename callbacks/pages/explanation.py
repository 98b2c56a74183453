"""The page of explanation: how the figures work, with an example from those shown."""

from dataclasses import replace
from typing import Final

from callbacks.pages.page import Content, Page, Request
from callbacks.state.breadcrumbs import link
from callbacks.state.paths import HOME
from callbacks.state.view_state import PARAMETERS, ViewState
from callbacks.state.world import World
from data.analysis.worked_example import WorkedExample, worked_example
from data.areas import name_order
from data.formatting import long_date
from data.glossary import EXPLANATION
from data.measures import MEASURES, Measure
from data.periods import HalfYear
from layouts.explanation import ExampleView, ExplanationView, MeasureView, SourceView, explanation_html

_MOMENT: Final = ("period", "reference_date")


class ExplanationPage(Page):
    """How it works: a worked example, the measures, sources, limits, questions, and every term."""

    key = "explanation"
    label = "Uitleg"
    route = EXPLANATION
    script = "pages/explanation.js"
    style = "pages/explanation.css"

    def content(self, request: Request) -> Content:
        """Explain, with the municipality of the state as the example, or one of our choice."""
        world, state = request.world, request.state
        period = HalfYear.parse(state.period)
        remarks = list(request.remarks)
        example = worked_example(world.snapshot, period, state.date, state.selected)
        if example is None and state.selected is not None:
            remarks.append(
                f"Van {world.names[state.selected]} zijn op {long_date(state.date)} niet alle cijfers bekend; "
                "u ziet een andere gemeente als voorbeeld."
            )
            example = worked_example(world.snapshot, period, state.date)
        return Content(explanation_html(explanation_view(world, state, example)), tuple(remarks))


def explanation_view(world: World, state: ViewState, example: WorkedExample | None) -> ExplanationView:
    """Gather what the page shows at the moment of a state."""
    choices, snapshot = world.choices, world.snapshot
    moment = {name: getattr(state, name) for name in _MOMENT}
    shown = () if moment == {name: getattr(choices.default, name) for name in _MOMENT} else moment.items()
    return ExplanationView(
        base=EXPLANATION,
        hidden=tuple((PARAMETERS[name], text) for name, text in shown),
        municipalities=tuple(sorted(world.names.items(), key=lambda pair: name_order(pair[1]))),
        example=None if example is None else _example(world, state, example),
        measures=tuple(_measure(measure, state, snapshot.slightly_behind_pace) for measure in MEASURES.values()),
        sources=_sources(world, state),
        examples=snapshot.example_name,
        map_path=link(choices, state, HOME),
    )


def _measure(measure: Measure, state: ViewState, slightly_behind_pace: float) -> MeasureView:
    """A measure with its classes at the moment of a state, in the order of the legend."""
    months = HalfYear.parse(state.period).months_elapsed(state.date)
    classes = measure.classes_at(months, slightly_behind_pace)
    shown = [classes[number] for number in measure.worst_first if not classes[number].absent]
    return MeasureView(measure.label, measure.meaning, tuple((part.label, part.tone) for part in shown))


def _example(world: World, state: ViewState, example: WorkedExample) -> ExampleView:
    return ExampleView(
        gm_code=example.gm_code,
        name=example.name,
        path=link(world.choices, replace(state, area=example.gm_code), HOME, example.gm_code),
        day=example.reference_date,
        period=example.period,
        months=example.months,
        net_target=example.net_target,
        opening_balance=example.opening_balance,
        corrected_target=example.corrected_target,
        realised=example.realised,
        remaining=example.remaining,
        share=example.share,
        expected_share=example.expected_share,
        expected=example.expected,
        correction=example.correction,
        quality=example.quality.value,
        simulated=example.period in world.snapshot.example_periods,
    )


def _sources(world: World, state: ViewState) -> tuple[SourceView, ...]:
    snapshot, bundle = world.snapshot, world.bundle
    period, day = HalfYear.parse(state.period), state.date
    years = sorted(set(snapshot.inhabitants["year"]))
    last, newest = snapshot.latest
    return (
        SourceView(
            "De cijfers van dit moment",
            snapshot.source(period, day),
            f"stand op {long_date(day)}; de nieuwste cijfers zijn van {long_date(newest)} ({last})",
        ),
        SourceView(
            "Aantal inwoners", "CBS, Bevolkingsontwikkeling", f"1 januari van {years[0]} tot en met {years[-1]}"
        ),
        SourceView(
            "Grenzen van gemeenten",
            f"{bundle.source['attribution']} ({bundle.source['licence']})",
            f"de indeling van {bundle.year}",
        ),
        SourceView("Rekenregels", "Huisvestingswet 2014, artikelen 28 tot en met 30", "te lezen op wetten.overheid.nl"),
    )
