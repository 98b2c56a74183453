"""Card of one municipality: how it stands, since when, and what may be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date
from dash import html
from dash.development.base_component import Component

from layouts import labels
from layouts.attributes import marked
from layouts.palette import CLASS_TONES

MONTHS: Final = 6
"""Of a half-year."""


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
class HalfYearBox:
    """How a half-year ended, or stands when it is not over."""

    period: str
    status: str
    label: str
    share: float | None
    months: int
    """Months elapsed on its last reference date."""
    now: bool
    """Whether it is the half-year shown."""


@dataclass(frozen=True)
class CardLinks:
    """Addresses to which the card leads."""

    page: str
    province: str
    compare: str
    visit: str
    dossier: str


@dataclass(frozen=True)
class MunicipalityView:
    """Content of the card; counts in persons, shares as fractions.

    `months_in` are the first days of the six months of the half-year; `realised_in` the persons housed in
    each, None for later months and missing figures, `quality_in` their qualities; `average_needed` the
    monthly average that the corrected target requires; `needed_per_month` what is needed in each month that
    is left, None when none is, or nothing is to be done; `since` since when the target has been missed, empty
    when the last was met.
    """

    gm_code: str
    name: str
    province: str
    province_code: str
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
    since: str
    needed_per_month: float | None
    behind_per_1000: float | None
    inhabitants: Figure
    months_in: tuple[date, ...]
    realised_in: tuple[int | None, ...]
    quality_in: tuple[str | None, ...]
    average_needed: float | None
    half_years: tuple[HalfYearBox, ...]
    ranks: tuple[Rank, ...]
    links: CardLinks
    source: str
    example: bool


def panel(view: MunicipalityView) -> html.Section:
    """Build the card of a municipality."""
    tone = CLASS_TONES["status"][view.status]
    province = marked(html.A(view.province, href=view.links.province), data_area=view.province_code)
    title = marked(html.A(view.name, href=view.links.page), data_area=view.gm_code)
    return marked(
        html.Section(
            [
                html.Div(
                    [
                        html.H2(title, id="card-title", tabIndex=-1),
                        marked(
                            html.Button("×", type="button", className="close"),
                            data_action="close-panel",
                            aria_label=f"Sluit {view.name}",
                        ),
                    ],
                    className="panel-head",
                ),
                html.P(
                    [province, f" · {labels.moment(view.reference_date, view.period, view.months)}"], className="when"
                ),
                html.P(
                    [
                        marked(html.Span(className=f"swatch tone-{tone}"), aria_hidden="true"),
                        html.Strong(view.status_label),
                        f" – {_standing(view)}",
                    ],
                    className="panel-status",
                ),
                html.P(_history(view), className="panel-since"),
                _acts(view),
                _strip(view.half_years),
                _figures(view),
                _months(view),
                _ranks(view),
                html.P(_source(view), className="panel-source"),
            ],
            className="panel card",
        ),
        aria_labelledby="card-title",
    )


def _standing(view: MunicipalityView) -> str:
    if view.status == "no_data":
        return "er zijn geen cijfers van deze datum."
    if view.status == "no_task":
        return "de voorsprong dekt de hele taakstelling."
    expected = "" if view.months == MONTHS else f", verwacht {labels.percentage(view.expected_share)}"
    return f"{labels.percentage(view.share)} gehuisvest{expected}."


def _history(view: MunicipalityView) -> list[Component | str]:
    parts: list[Component | str] = []
    if view.since:
        parts += ["Niet gehaald ", html.Strong(view.since), ". "]
    if view.needed_per_month is not None:
        parts.append(f"Nodig tot het einde: {labels.number(view.needed_per_month, 1)} personen per maand.")
    return parts


def _acts(view: MunicipalityView) -> html.Ul:
    links = view.links
    acts = [
        marked(html.A(f"Naar de pagina van {view.name}", href=links.page), data_area=view.gm_code),
        marked(html.A("Vergelijk", href=links.compare), data_compare=view.gm_code),
        marked(html.A("Zet op bezoeklijst", href=links.visit), data_visit=view.gm_code),
        marked(html.A("Dossier (pdf)", href=links.dossier), data_dossiers="", download=""),
    ]
    return html.Ul([html.Li(act) for act in acts], className="panel-acts")


def _strip(half_years: Sequence[HalfYearBox]) -> html.Div:
    """A box a half-year, in the colour of its status."""
    boxes = []
    for one in half_years:
        runs = "" if one.months == MONTHS or one.status == "no_data" else f", {labels.months_word(one.months)}"
        share = "" if one.share is None else f", {labels.percentage(one.share)}"
        words = f"{one.period}: {one.label.lower()}{share}{runs}"
        year = one.period[:4] if one.period.endswith("-I") else ""
        box = html.Li(
            [
                marked(html.Span(className=f"swatch tone-{CLASS_TONES['status'][one.status]}"), aria_hidden="true"),
                marked(html.Span(f"’{year[2:]}" if year else ""), aria_hidden="true"),
                html.Span(words, className="unseen"),
            ],
            title=words,
            className="now" if one.now else None,
        )
        boxes.append(marked(box, aria_current="true") if one.now else box)
    return html.Div([html.H3("Alle halfjaren"), html.Ol(boxes, className="half-years")])


def _figures(view: MunicipalityView) -> html.Dl:
    opening = view.opening_balance.value or 0
    rows = [
        ("Taakstelling", labels.number(view.net_target.value), view.net_target.quality),
        (
            "Voorsprong bij de start" if opening > 0 else "Achterstand bij de start",
            labels.number(None if view.opening_balance.value is None else abs(opening)),
            view.opening_balance.quality,
        ),
        ("Te huisvesten", labels.number(view.corrected_target.value), view.corrected_target.quality),
        ("Gehuisvest", labels.number(view.realised.value), view.realised.quality),
        ("Nog te huisvesten", labels.number(view.remaining.value), view.remaining.quality),
    ]
    reckoned, used = view.reckoned_corrected_target, view.corrected_target.value
    if reckoned.value is not None and used is not None and reckoned.value != used:
        rows.insert(3, ("Onze berekening", labels.number(reckoned.value), reckoned.quality))
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


def _months(view: MunicipalityView) -> html.Div:
    """A bar a month, with the average that the target requires as a line across."""
    needed = view.average_needed
    top = max([*(value or 0 for value in view.realised_in), needed or 0, 1])
    bars = []
    for day, value, quality in zip(view.months_in, view.realised_in, view.quality_in, strict=True):
        height = {"height": f"{100 * max(value or 0, 0) / top:.1f}%"}
        sure = f", {labels.QUALITY[quality]}" if quality else ""
        bars.append(
            html.Li(
                [
                    html.Span(labels.number(value), className="month-value"),
                    marked(html.Span(html.Span(style=height, className="bar"), className="rail"), aria_hidden="true"),
                    html.Span(format_date(day, "MMM", locale=labels.LOCALE), className="month-name"),
                ],
                title=f"{format_date(day, 'MMMM', locale=labels.LOCALE)}: {labels.number(value)} gehuisvest{sure}",
            )
        )
    level = [] if needed is None else [html.Span(style={"bottom": f"{100 * needed / top:.1f}%"}, className="level")]
    line = "" if needed is None else f", gemiddeld nodig {labels.number(needed, 1)}"
    return html.Div(
        [
            html.H3(f"Gehuisvest per maand{line}"),
            html.Div(
                [
                    html.Ol(bars, className="months"),
                    marked(html.Div(level, className="months-level"), aria_hidden="true"),
                ],
                className="months-frame",
            ),
        ]
    )


def _ranks(view: MunicipalityView) -> html.P:
    places = [f"{rank.place} van {rank.among} in {rank.where}" for rank in view.ranks if rank.place is not None]
    if not places:
        return html.P("Geen rang: er is niets te huisvesten of er is geen cijfer.", className="ranks")
    return html.P([html.Strong("Rang "), f"{', '.join(places)}; rang 1 heeft het laagste aandeel."], className="ranks")


def _source(view: MunicipalityView) -> str:
    warning = (
        " Oefencijfers: beginstand en aantal gehuisvest zijn gesimuleerd, behalve waar anders staat."
        if view.example
        else ""
    )
    return f"{view.gm_code}. Bron: {view.source}. Stand op {labels.long_date(view.reference_date)}.{warning}"
