"""Page of an area: the country, a province, a region, a collaboration or a municipality."""

from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qsl

from dash import Dash
from flask import Flask, Response, request

from callbacks.live import Live
from callbacks.pages.area import panel, pooling, province, visit_brief
from callbacks.pages.compare import ComparePage
from callbacks.pages.page import Action, Content, Page, Request
from callbacks.payload.area import area_head
from callbacks.payload.snapshot import DOWNLOAD, download, legend, tones
from callbacks.state.breadcrumbs import link
from callbacks.state.paths import HOME
from callbacks.state.timeline import offered_moments, stop, timeline
from callbacks.state.view_state import NATIONAL, ViewState, address, parse, query
from callbacks.state.world import World
from callbacks.web.downloads import csv_attachment, for_programs
from data.analysis.area_series import area_table
from data.analysis.headline import facts_of, headline
from data.analysis.ranking import ranked
from data.areas import OWN, Area, area_path
from data.export import FIGURE_COLUMNS, dutch_csv, figures_of_map, to_csv
from data.measures import MEASURES
from data.periods import HalfYear
from data.snapshot import STANDINGS_COLUMNS
from geo.drawing import fit_view_box
from geo.outlines import bounding_box
from geo.tiles import cartogram
from layouts import labels
from layouts.document import map_islands
from layouts.province import province_part
from layouts.templating import rendered
from layouts.tiles import tiles_values

#: Templates of the sections below the map, in order; each states its kinds of area.
SECTIONS: Final = ("province", "course", "small-maps", "pooling", "maker", "history", "peers", "learn")


class AreaPage(Page):
    """Map, table and panel of an area, and the sections below them."""

    key = HOME
    label = "Kaart"
    route = "/"
    area = "itself"
    script = "pages/area/index.js"

    def content(self, request: Request) -> Content:
        """Render the map of the state, and empty sections that scripts fill."""
        world, state = request.world, request.state
        area, country = world.area(state), state.area == NATIONAL
        tiled = state.shape == "tegels"
        members = area.municipalities
        box = cartogram(world.bundle).box(world.scope(area)) if tiled else bounding_box(world.bundle, members)
        drawing = request.live.tiles if tiled else request.live.drawing
        return Content(
            rendered(
                "area.html",
                sections=SECTIONS,
                withins=labels.WITHIN,
                example=world.snapshot.example_name,
                maker=area_path(OWN),
                province=province_part(province.province_view(world, state)) if area.level == "province" else "",
                province_address=province.part_address(state),
                pooled=area.level == "collaboration",
            ),
            request.remarks,
            title=_title(world, state, "" if country else area.name),
            name=area.name,
            kind="" if country else labels.KIND[area.level],
            actions=_actions(world, state, area),
            islands=map_islands(
                slider=timeline(world.moments, (HalfYear.parse(state.period), state.date)) | _moments(world, state),
                legend=legend(world, state),
                measures=_measures(world, state),
                listed=area.code if area.code in world.snapshot.areas and area.level != "municipality" else "",
                area=area.name,
                tiles=_tiles(world, state, area),
                download=download(world, state),
                drawing=drawing.paint(tones(world, state), None if country else fit_view_box(box)),
                tiled=tiled,
                shapes=[
                    (key, label, address(replace(state, shape=key), world.choices))
                    for key, label in labels.SHAPES.items()
                ],
                example=world.snapshot.example_name,
                compare=world.choices.addresses.base(ComparePage.key),
                headline=headline(facts_of(world.snapshot, area, stop(world, state)), state.measure)._asdict(),
            ),
            without_scripts="De kaart hierboven staat stil zonder JavaScript.",
        )

    def register(self, app: Dash, live: Live) -> None:
        """Register Dash's callbacks, the CSV of the map, pooling and visit preparation."""
        server: Flask = app.server
        panel.register(app, live)
        pooling.register(server, live)
        visit_brief.register(server, live)
        province.register(server, live)

        @server.get(DOWNLOAD)
        def figures_csv() -> Response:
            return _csv(live.world)


def _title(world: World, state: ViewState, area: str) -> str:
    """Name the chosen municipality and the area, as the page's script does."""
    names = (world.names[state.selected] if state.selected else "", area)
    return " · ".join(dict.fromkeys(name for name in names if name))


def _measures(world: World, state: ViewState) -> dict[str, Any]:
    """Values of the choice of measures, which is a form where no scripts run."""
    kept = query(replace(state, measure=world.choices.default.measure, show=()), world.choices)
    return {
        "measures": [(key, one.short, key == state.measure) for key, one in MEASURES.items()],
        "kept": parse_qsl(kept),
    }


def _moments(world: World, state: ViewState) -> dict[str, Any]:
    """Values of the form that takes the place of the slider where no scripts run."""
    default = world.choices.default
    kept = query(replace(state, period=default.period, reference_date=default.reference_date), world.choices)
    return {
        "offered": offered_moments(world, state),
        "period": state.period,
        "day": state.reference_date,
        "kept": parse_qsl(kept),
    }


def _tiles(world: World, state: ViewState, area: Area) -> dict[str, Any]:
    """Values of the tiles at the moment of the state."""
    table, at = area_table(world.snapshot), stop(world, state)
    months = HalfYear.parse(state.period).months_elapsed(state.date)
    rank = None if area.code == OWN else table.ranks(area.level)[area.code][at]
    among = area_head(world, area)["among"]
    return tiles_values(area.name, area.level, table.moments([area])[area.code][at], months, rank, among)


def _actions(world: World, state: ViewState, area: Area) -> tuple[Action, ...]:
    """Links beside the name; none on the country, whose breadcrumbs are hidden."""
    if area.code == NATIONAL:
        return ()
    comparison = link(world.choices, state, ComparePage.key, compared=(area.code,))
    actions = (Action(labels.COMPARE_ACT, comparison, compare=area.code),)
    return (*actions, Action(labels.VISIT_ACT, "#learn")) if area.level == "municipality" else actions


def _csv(world: World) -> Response:
    """CSV of the rows on the page, in the order of its list: by date, area, highlighted classes."""
    state, _ = parse(request.args, world.choices)
    snapshot, period = world.snapshot, HalfYear.parse(state.period)
    scope = snapshot.positions(world.scope(world.area(state)))
    rows = snapshot.wide_on(period, state.date).iloc[scope]
    measure = MEASURES[state.measure]
    if state.show:
        keys = [*measure.tones]
        rows = rows[[keys[number] in state.show for number in measure.classify(rows)]]
    source = snapshot.source(period, state.date)
    if for_programs(request.args):
        body = to_csv(rows[list(STANDINGS_COLUMNS)], source=source)
    else:
        figures = figures_of_map(snapshot, ranked(measure, rows), period, state.date)
        body = dutch_csv(figures, FIGURE_COLUMNS, source)
    return csv_attachment(body, f"land-in-beeld_{state.period}_{state.reference_date}_{state.area}.csv")
