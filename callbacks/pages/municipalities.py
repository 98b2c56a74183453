"""The page of municipalities: those of an area, ranked by a measure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd

from callbacks.pages.page import Content, Page, Request
from callbacks.payload.snapshot import download
from callbacks.state.area_choices import area_titles, title_of
from callbacks.state.breadcrumbs import link
from callbacks.state.paths import HOME
from callbacks.state.query import ORDER, QueryReader, heads
from callbacks.state.timeline import offered_moments
from callbacks.state.view_state import PARAMETERS, ViewState, query
from callbacks.state.world import World
from data.analysis.laggards import last_tested, tested_rows
from data.analysis.ranking import ranked
from data.areas import Area, name_order
from data.glossary import TERMS
from data.measures import MEASURES, Measure
from data.parsing import plain_cells
from data.periods import HalfYear
from layouts import labels
from layouts.municipalities import FIGURES, ListedRow, MunicipalitiesView, municipalities_html

ALL: Final = "alle"
"""Parameter for the whole list."""
SHOWN: Final = 50
"""Length of the list until all of it is asked for: most provinces fit."""

#: Columns that can be sorted by, and whether the lowest comes first: a rank, a name, what is better when higher.
_FIRST: Final[Mapping[str, bool]] = {"rank": True, "name": True, "province": True} | {
    key: key in ("share", "change", "opening_balance") for key in FIGURES
}


class MunicipalitiesPage(Page):
    """The ranked list of municipalities."""

    key = "municipalities"
    label = "Gemeenten"
    mode = "Ranglijst"
    route = "/gemeenten"
    area = "query"
    script = "pages/list.js"
    style = "pages/lists.css"
    of_municipality = False

    def content(self, request: Request) -> Content:
        """Write the list; it reads its own part of the address."""
        world, reader = request.world, QueryReader(request.query)
        area = reader.of_several(world, world.area(request.state))
        state = replace(request.state, area=area.code)
        view = municipalities_view(world, state, area, reader)
        return Content(
            municipalities_html(view),
            (*request.remarks, *reader.remarks),
            state=state,
            title=f"{self.label} {labels.within(area.name, area.level)}",
        )


def municipalities_view(world: World, state: ViewState, area: Area, reader: QueryReader) -> MunicipalitiesView:
    """Rank the municipalities of an area under the measure of a state.

    Parameters
    ----------
    area : of the state, more than one municipality
    reader : of `orde` and `alle`; takes remarks
    """
    snapshot, measure = world.snapshot, MEASURES[state.measure]
    period, day = HalfYear.parse(state.period), state.date
    ordering = reader.ordering(_FIRST, "rank")
    rows = _rows(world, state, measure, area)
    several = len(set(rows["province"])) > 1
    listed = _sorted(rows, ordering.key, ascending=ordering.ascending)
    whole = bool(reader.text(ALL)) or len(listed) <= SHOWN
    own = {ORDER: reader.text(ORDER) if ordering.key != "rank" or not ordering.ascending else ""}

    def address(**parts: str) -> str:
        return _address(world, state, own | {ALL: reader.text(ALL)} | parts)

    columns = (
        ("rank", "Rang"),
        ("name", "Gemeente"),
        *((("province", "Provincie"),) if several else ()),
        ("class", measure.label if measure.key == "status" else "Klasse"),
        *((key, TERMS[key].head) for key in FIGURES),
    )
    return MunicipalitiesView(
        base=world.choices.addresses.base(state.page),
        address=address(),
        hidden=tuple((name, text) for name, text in _own_area(state) if text),
        areas=area_titles(snapshot),
        area=title_of(area),
        within=labels.within(area.name, area.level),
        measures=tuple((key, one.label) for key, one in MEASURES.items()),
        measure=state.measure,
        meaning=measure.meaning,
        moments=offered_moments(world, state),
        period=state.period,
        day=state.reference_date,
        moment=labels.moment(day, state.period, period.months_elapsed(day)),
        heads=heads(columns, _FIRST, ordering, lambda key: address(**{ORDER: "" if key == "rank" else key})),
        several_provinces=several,
        rows=tuple(
            _row(world, state, measure, row)
            for row in plain_cells(listed if whole else listed.head(SHOWN)).to_dict("records")
        ),
        municipalities=len(listed),
        all_of=address(**{ALL: "1"}) if not whole else "",
        quality=labels.qualities(rows["quality"]),
        source=snapshot.source(period, day),
        example=state.period in snapshot.example_periods,
        download=download(world, state),
    )


def _rows(world: World, state: ViewState, measure: Measure, area: Area) -> pd.DataFrame:
    """Return the municipalities in the order of the measure.

    Added are `rank`, `kind` (class number) and `missed_may_be_higher`.
    """
    snapshot, period = world.snapshot, HalfYear.parse(state.period)
    rows = ranked(measure, snapshot.wide_on(period, state.date, area)).reset_index(drop=True)
    rows["kind"] = measure.classify(rows)
    # The first two classes have no value to be ranked by; they come last.
    rows["rank"] = pd.Series(range(1, len(rows) + 1), dtype="Int64").where(rows["kind"] > 1)
    tested = tested_rows(snapshot, last_tested(snapshot, period, state.date))
    return rows.merge(tested[["gm_code", "missed_may_be_higher"]], how="left", on="gm_code")


def _sorted(rows: pd.DataFrame, key: str, *, ascending: bool) -> pd.DataFrame:
    """Sort by a column, equals and unknown values in the order of the rank."""
    values = rows[key].map(name_order) if key in ("name", "province") else rows[key].astype("Float64")
    return rows.iloc[values.sort_values(ascending=ascending, kind="stable", na_position="last").index]


def _row(world: World, state: ViewState, measure: Measure, row: Mapping[Any, Any]) -> ListedRow:
    period = HalfYear.parse(state.period)
    months, pace = period.months_elapsed(state.date), world.snapshot.slightly_behind_pace
    part = measure.classes_at(months, pace)[row["kind"]]
    last = period if state.date == period.end else period.previous()
    missed, higher = row["missed"], bool(row["missed_may_be_higher"])
    since = labels.since(missed, last, or_earlier=higher) if missed else ""
    return ListedRow(
        gm_code=row["gm_code"],
        name=row["name"],
        path=link(world.choices, state, HOME, row["gm_code"]),
        province=row["province"],
        rank=row["rank"],
        tone=part.tone,
        word=part.label,
        figures={key: row[key] for key in FIGURES},
        since=since.partition(" (")[0],
    )


def _address(world: World, state: ViewState, own: Mapping[str, str]) -> str:
    """Write the address of the list, with parameters of its own where they have a value."""
    shared = query(replace(state, selected=None, tab=world.choices.default.tab), world.choices, with_area=True)
    mine = urlencode({name: text for name, text in own.items() if text})
    text = "&".join(part for part in (shared, mine) if part)
    base = world.choices.addresses.base(state.page)
    return f"{base}?{text}" if text else base


def _own_area(state: ViewState) -> tuple[tuple[str, str], ...]:
    """Return what a form must take along for a collaboration of one's own to be chosen again."""
    return (PARAMETERS["members"], ",".join(state.members)), (PARAMETERS["name"], state.name)
