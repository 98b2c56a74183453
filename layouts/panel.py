"""Panel of one municipality: standing, progress in the period, ranks and sources."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from dash import html

from layouts import charts, labels
from layouts.attributes import marked
from layouts.palette import CLASS_TONES


@dataclass(frozen=True)
class Figure:
    """A number with its quality."""

    value: float | None
    quality: str | None


@dataclass(frozen=True)
class Rank:
    """A rank in a group; 1 is furthest behind."""

    place: int | None
    among: int
    where: str


@dataclass(frozen=True)
class MunicipalityView:
    """Content of the panel; counts in persons, shares as fractions.

    `reference_dates` has the seven dates of the period; `realised_on` the persons realised up to
    each, None for later dates and missing figures; `expected_on` the persons expected up to each, None
    where nothing is to be done; `realised_in` the persons realised in each of the six months;
    `quality_on` and `quality_in` their qualities; `average_needed` the monthly average that the
    corrected target requires.
    """

    gm_code: str
    name: str
    province: str
    period: str
    reference_date: date
    months: int
    status: str
    status_label: str
    net_target: Figure
    opening_balance: Figure
    corrected_target: Figure
    reckoned_corrected_target: Figure
    realised: Figure
    remaining: Figure
    share: float | None
    expected_share: float
    missed: int | None
    behind_per_1000: float | None
    inhabitants: Figure
    reference_dates: tuple[date, ...]
    realised_on: tuple[int | None, ...]
    expected_on: tuple[float | None, ...]
    realised_in: tuple[int | None, ...]
    quality_on: tuple[str | None, ...]
    quality_in: tuple[str | None, ...]
    average_needed: float | None
    ranks: tuple[Rank, ...]
    source: str
    example: bool


def panel(view: MunicipalityView) -> html.Div:
    """Build the panel of a municipality."""
    tone = CLASS_TONES["status"][view.status]
    return html.Div(
        [
            html.Div(
                [
                    html.H2(view.name),
                    marked(
                        html.Button("×", type="button", className="close"),
                        data_action="close-panel",
                        aria_label=f"Sluit {view.name}",
                    ),
                ],
                className="panel-head",
            ),
            html.P(
                f"{view.province} · {labels.moment(view.reference_date, view.period, view.months)}",
                className="when",
            ),
            html.P(
                [
                    marked(html.Span(className=f"swatch tone-{tone}"), aria_hidden="true"),
                    html.Strong(view.status_label),
                    f" – {_standing(view)}",
                ],
                className="panel-status",
            ),
            _figures(view),
            charts.monthly(
                [format_date(day, "MMM", locale=labels.LOCALE) for day in view.reference_dates[:-1]],
                view.realised_in,
                view.quality_in,
                view.average_needed,
                view.name,
            ),
            charts.cumulative(
                [format_date(day, "d MMM", locale=labels.LOCALE) for day in view.reference_dates],
                view.realised_on,
                view.expected_on,
                view.quality_on,
                None if view.corrected_target.value is None else int(view.corrected_target.value),
                view.name,
            ),
            _ranks(view),
            html.P(_source(view), className="panel-source"),
        ],
        className="panel card",
    )


def _standing(view: MunicipalityView) -> str:
    if view.status == "no_data":
        return "er zijn geen cijfers van deze datum."
    if view.status == "no_task":
        return "de voorsprong dekt de hele taakstelling."
    text = f"{labels.percentage(view.share)}"
    return f"{text}, verwacht {labels.percentage(view.expected_share)}."


def _figures(view: MunicipalityView) -> html.Dl:
    rows = [
        ("Taakstelling", labels.number(view.net_target.value), view.net_target.quality),
        ("Saldo bij de start", labels.signed(view.opening_balance.value), view.opening_balance.quality),
        (
            "Gecorrigeerde taakstelling",
            labels.number(view.corrected_target.value),
            view.corrected_target.quality,
        ),
        ("Gerealiseerd", labels.number(view.realised.value), view.realised.quality),
        ("Nog te realiseren", labels.number(view.remaining.value), view.remaining.quality),
    ]
    reckoned, used = view.reckoned_corrected_target, view.corrected_target.value
    if reckoned.value is not None and used is not None and reckoned.value != used:
        rows.insert(3, ("Zelf gerekend", labels.number(reckoned.value), reckoned.quality))
    return html.Dl(
        [
            html.Div(
                [
                    html.Dt(name),
                    html.Dd([html.Span(value, className="figure"), None if value == "–" else _tag(quality)]),
                ]
            )
            for name, value, quality in rows
        ]
        + [_per_head(view)],
        className="figures",
    )


def _per_head(view: MunicipalityView) -> html.Div:
    people = f"{labels.number(view.inhabitants.value)} inwoners"
    if view.inhabitants.quality:
        people = f"{people}, {labels.QUALITY[view.inhabitants.quality]}"
    value = html.Span(labels.number(view.behind_per_1000, 2), className="figure")
    return html.Div(
        [html.Dt("Achter op schema per 1.000 inwoners"), html.Dd([value, html.Span(people, className="tag")])]
    )


def _tag(quality: str | None) -> html.Span | None:
    return html.Span(labels.QUALITY[quality], className=f"tag tag-{quality}") if quality else None


def _ranks(view: MunicipalityView) -> html.Ul:
    places = [f"{rank.place} van {rank.among} in {rank.where}" for rank in view.ranks if rank.place is not None]
    if places:
        items = [html.Li([html.Strong("Rang "), f"{', '.join(places)}; rang 1 heeft het laagste aandeel."])]
    else:
        items = [html.Li("Geen rang: er is geen opgave of geen cijfer.")]
    if view.missed is not None:
        count = {0: "geen halfjaar", 1: "1 halfjaar"}.get(view.missed, f"{view.missed} halfjaren op rij")
        items.append(html.Li([html.Strong("Niet gehaald: "), f"{count}, tot en met het laatste afgesloten halfjaar."]))
    return html.Ul(items, className="ranks")


def _source(view: MunicipalityView) -> str:
    warning = " Voorbeeld: realisatie en saldi zijn gesimuleerd, behalve waar anders staat." if view.example else ""
    return f"{view.gm_code}. Bron: {view.source}. Stand {labels.long_date(view.reference_date)}.{warning}"
