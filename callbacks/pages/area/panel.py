"""Dash callbacks of the map page: panel and controls."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, html
from dash.development.base_component import Component

from callbacks.pages.area.visit_brief import DOSSIER
from callbacks.pages.compare import ComparePage
from callbacks.state.breadcrumbs import link
from callbacks.state.paths import HOME
from callbacks.state.world import Showing, World
from data.analysis.headline import since_of
from data.parsing import float_or_none, int_or_none
from data.periods import MONTHS, HalfYear, half_years
from data.progress import Status
from data.quality import weakest_of
from layouts.panel import CardLinks, Figure, HalfYearBox, MunicipalityView, Rank, panel


def register(app: Dash, live: Showing) -> None:
    """Register the callbacks of the page on an application."""

    @app.callback(Output("panel", "children"), Input("panel-request", "data"), prevent_initial_call=True)
    def show_panel(request: Mapping[str, Any] | None) -> Component | None:
        return panel_for(live.world, request)

    app.clientside_callback(ClientsideFunction("landInBeeld", "tab"), Input("tabs", "value"), prevent_initial_call=True)


def panel_for(world: World, request: object) -> Component | None:
    """Panel for a request of the browser.

    Parameters
    ----------
    request : `period`, `reference_date`, `selected` (a CBS code or None)

    Returns
    -------
    The panel; None without selection; a remark when the selection does not exist.
    """
    if not isinstance(request, Mapping) or request.get("selected") is None:
        return None
    try:
        period = HalfYear.parse(str(request["period"]))
        day = date.fromisoformat(str(request["reference_date"]))
        return panel(municipality_view(world, period, day, str(request["selected"])))
    except (ValueError, KeyError):
        return html.P("Deze gemeente of deze stand kennen wij niet.", className="card")


def municipality_view(world: World, period: HalfYear, reference_date: date, gm_code: str) -> MunicipalityView:
    """View of a municipality's panel on one reference date.

    Raises
    ------
    data.areas.UnknownArea
        When the code is no municipality.
    data.snapshot.NotInSnapshot
        When the period or the date has no figures.
    """
    snapshot = world.snapshot
    row = snapshot.row(period, reference_date, gm_code)
    everyone = snapshot.wide_on(period, reference_date)
    peers = everyone["province_code"] == row["province_code"]
    dates = period.reference_dates
    shown = {day for day in snapshot.reference_dates(period) if day <= reference_date}
    rows = [snapshot.row(period, day, gm_code) if day in shown else None for day in dates]
    realised = tuple(None if of is None else int_or_none(of["realised"]) for of in rows)
    grades = tuple(None if of is None or pd.isna(of["realised"]) else str(of["realised_quality"]) for of in rows)
    target = float_or_none(row["corrected_target"])
    positive_target = None if target is None or target <= 0 else target

    left, months_left = int_or_none(row["remaining"]), MONTHS - period.months_elapsed(reference_date)
    needed = None if left is None or months_left == 0 else left / months_left

    def figure(name: str, *parts: str, at_best: str = "published") -> Figure:
        value = float_or_none(row[name])
        parted = [at_best, *(row[f"{part}_quality"] for part in parts or (name,))]
        return Figure(value, None if value is None else weakest_of(parted))

    return MunicipalityView(
        gm_code=str(row["gm_code"]),
        name=str(row["name"]),
        province=str(row["province"]),
        province_code=str(row["province_code"]),
        period=str(period),
        reference_date=reference_date,
        months=period.months_elapsed(reference_date),
        status=str(row["status"]),
        status_label=snapshot.status_label(str(row["status"]), period.months_elapsed(reference_date)),
        net_target=figure("net_target"),
        opening_balance=figure("opening_balance"),
        corrected_target=figure("corrected_target"),
        reckoned_corrected_target=figure(
            "reckoned_corrected_target", "net_target", "opening_balance", at_best="computed"
        ),
        realised=figure("realised"),
        remaining=figure("remaining", "corrected_target", "realised"),
        share=float_or_none(row["share"]),
        expected_share=float(row["expected_share"]),
        since=since_of(snapshot, gm_code, period, reference_date),
        needed_per_month=needed if needed is not None and needed > 0 else None,
        behind_per_1000=float_or_none(row["behind_per_1000"]),
        inhabitants=figure("inhabitants"),
        months_in=dates[:-1],
        realised_in=tuple(
            None if before is None or after is None else after - before for before, after in pairwise(realised)
        ),
        quality_in=tuple(
            None if before is None or after is None else weakest_of((before, after))
            for before, after in pairwise(grades)
        ),
        average_needed=None if positive_target is None else positive_target / MONTHS,
        half_years=_half_years(world, gm_code, period),
        links=_links(world, period, reference_date, gm_code, str(row["province_code"])),
        ranks=(
            Rank(int_or_none(row["rank"]), int(everyone["rank"].notna().sum()), "Nederland"),
            Rank(
                int_or_none(row["rank_in_province"]),
                int(everyone["rank_in_province"][peers].notna().sum()),
                str(row["province"]),
            ),
        ),
        source=snapshot.sources.get((str(period), reference_date), snapshot.title),
        example=str(period) in snapshot.example_periods,
    )


def _half_years(world: World, gm_code: str, shown: HalfYear) -> tuple[HalfYearBox, ...]:
    """How each half-year ended or stands, those without figures in between included."""
    snapshot = world.snapshot
    boxes = []
    for period in half_years(snapshot.periods[0], snapshot.periods[-1]):
        if period in snapshot.periods:
            day = snapshot.reference_dates(period)[-1]
            row = snapshot.row(period, day, gm_code)
            status, share, months = str(row["status"]), float_or_none(row["share"]), period.months_elapsed(day)
        else:
            status, share, months = Status.NO_DATA.value, None, MONTHS
        boxes.append(
            HalfYearBox(str(period), status, snapshot.status_label(status, months), share, months, period == shown)
        )
    return tuple(boxes)


def _links(world: World, period: HalfYear, day: date, gm_code: str, province: str) -> CardLinks:
    """Where the card leads; the browser adds the measure, and what is being compared or visited."""
    choices, addresses = world.choices, world.choices.addresses
    state = replace(choices.default, period=str(period), reference_date=day.isoformat())
    moment = {"periode": state.period, "stand": state.reference_date}
    return CardLinks(
        page=link(choices, state, HOME, gm_code),
        province=link(choices, state, HOME, province),
        compare=link(choices, state, ComparePage.key, compared=(gm_code,)),
        visit=f"{addresses.base('visits')}?{urlencode({'bezoek': gm_code, **moment})}",
        dossier=f"{DOSSIER}{gm_code}.pdf?{urlencode(moment)}",
    )
