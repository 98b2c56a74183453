"""The page of supervision: the list at a test date by rules of one's own, and its CSV."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlencode

import pandas as pd
from dash import Dash
from flask import Flask, Response, request

from callbacks.live import Live
from callbacks.pages.page import Content, Page, Request
from callbacks.state.area_choices import area_titles, title_of
from callbacks.state.query import ORDER, QueryReader, SortedBy, heads
from callbacks.state.world import World
from callbacks.web.downloads import csv_attachment, for_programs
from data.analysis.supervision import COLOUR, REGIMES, STEP, TREND, Colour, Regime, overview, regime_of
from data.areas import COUNTRY, Area, area_path, name_order
from data.export import SUPERVISION_COLUMNS, at_moment, dutch_csv, to_csv
from data.formatting import shortened, since_when
from data.glossary import TERMS
from data.parsing import plain_cells
from data.periods import HalfYear, PeriodError
from data.snapshot import Snapshot
from layouts.labels import long_date
from layouts.supervision import FIGURES, UNKNOWN, Row, RuleView, SupervisionView, supervision_html

_BASE: Final = "/toezicht"
CSV: Final = "/download/toezicht.csv"

#: Columns that can be sorted by, and whether the lowest comes first.
_FIRST: Final = {
    "missed": False, "name": True, "province": True, "net_target": False, "corrected_target": False,
    "realised": False, "remaining": False, "backlog_per_target": False, "trend": False,
}  # fmt: skip
_SORTED_BY: Final = {"trend": "slope"}
#: The order of :func:`data.analysis.supervision.overview`.
_UNSORTED: Final = SortedBy("missed", ascending=False)

MOST: Final = 20
"""Half-years that a rule may wait at most: ten years, longer than any figures go back."""


@dataclass(frozen=True)
class _Choice:
    """What an address asks for, made sound."""

    area: Area
    period: HalfYear | None
    regime: Regime
    ordering: SortedBy
    remarks: tuple[str, ...]


class SupervisionPage(Page):
    """Who missed the target how often, in steps by the rules of a province."""

    key = "supervision"
    label = "Toezicht"
    group = "municipalities"
    mode = "Toezicht"
    route = f"{_BASE}/<area>"
    area = "path"
    script = "pages/list.js"
    style = "pages/lists.css"

    def content(self, request: Request) -> Content:
        """Write the list; it reads its own part of the address."""
        view = supervision_view(request.world, request.area, request.query)
        area = request.world.area(request.state)
        return Content(supervision_html(view), view.remarks, title=f"{self.label} {area.name}")

    def register(self, app: Dash, live: Live) -> None:
        """Register the CSV, and the address to which the form leads."""
        server: Flask = app.server

        @server.get(CSV)
        def supervision_csv() -> Response:
            return _csv(live.world, request.args)

        @server.get(_BASE)
        def supervision_form() -> Response:
            return Response(status=302, headers={"Location": _forwarded(live.world, request.args)})


def supervision_view(world: World, code: str, query: Mapping[str, str]) -> SupervisionView:
    """List an area's municipalities for the address of the page.

    Parameters
    ----------
    code : of the area, from the path
    query : `periode` (a half-year), `oranje` and `rood` (after how many half-years missed); what is
        missing or malformed becomes the last half-year that has ended and the area's own rules,
        with a remark for each malformed part
    """
    choice = _chosen(world, code, query)
    snapshot, area, period, regime = world.snapshot, choice.area, choice.period, choice.regime
    rows = _rows(snapshot, choice)
    remarks = list(choice.remarks)
    if period is not None and all(row.quality is None for row in rows):
        remarks.append(f"Van {area.name} zijn op {long_date(period.end)} geen cijfers; kies een andere peildatum.")
    counts = dict.fromkeys((*Colour, UNKNOWN), 0)
    qualities: dict[str, int] = {}
    for row in rows:
        counts[row.colour] += 1
        if row.quality is not None:
            qualities[row.quality] = qualities.get(row.quality, 0) + 1
    rules = [
        *(
            RuleView(
                colour.value, f"{STEP[colour].capitalize()} ({COLOUR[colour]}){text[text.index(':') :]}", counts[colour]
            )
            for colour, text in reversed(regime.describe().items())
        ),
        *([RuleView(UNKNOWN, "Geen cijfers: niet in te delen.", counts[UNKNOWN])] if counts[UNKNOWN] else []),
    ]
    own = _own_regime(snapshot, area)
    chosen = None if regime == own else regime
    several = len(_provinces(snapshot, area)) > 1
    order = query.get(ORDER, "") if choice.ordering != _UNSORTED else ""
    return SupervisionView(
        base=_BASE,
        address=address(area, period, chosen, order),
        code=area.code,
        name=area.name,
        level=area.level,
        period=None if period is None else str(period),
        day=None if period is None else period.end,
        orange_after=regime.orange_after,
        red_after=regime.red_after,
        most=MOST,
        rules=tuple(rules),
        origin=_origin(snapshot, area, regime),
        own_rules=None if regime == own else address(area, period),
        rows=rows,
        several_provinces=several,
        heads=heads(
            _columns(several=several),
            _FIRST,
            choice.ordering,
            lambda key: address(area, period, chosen, "" if key == _UNSORTED.key else key),
        ),
        qualities=tuple(sorted(qualities.items(), key=lambda pair: -pair[1])),
        areas=area_titles(snapshot),
        area=title_of(area),
        order=order,
        periods=tuple((str(each), each.end) for each in reversed(_ended(snapshot))),
        download=f"{CSV}?{urlencode({'gebied': area.code, **_query(period, regime)})}",
        area_path=_area_path(area, period),
        source=snapshot.title if period is None else snapshot.source(period, period.end),
        example=period is not None and str(period) in snapshot.example_periods,
        remarks=tuple(remarks),
    )


def address(area: Area, period: HalfYear | None, regime: Regime | None = None, order: str = "") -> str:
    """Address of an area's list; without a regime with the area's own rules."""
    query = urlencode(_query(period, regime) | ({ORDER: order} if order else {}))
    return f"{_BASE}/{quote(area.code)}{'?' if query else ''}{query}"


def _chosen(world: World, code: str, query: Mapping[str, str]) -> _Choice:
    snapshot, reader = world.snapshot, QueryReader(query)
    area = reader.area(world, code)
    area = reader.of_several(world, area)
    period = _period(snapshot, reader)
    regime = _regime(reader, _own_regime(snapshot, area))
    ordering = reader.ordering(_FIRST, _UNSORTED.key)
    return _Choice(area, period, regime, ordering, tuple(reader.remarks))


def _period(snapshot: Snapshot, reader: QueryReader) -> HalfYear | None:
    ended, text, remarks = _ended(snapshot), reader.query.get("periode", ""), reader.remarks
    if not ended:
        if text:
            remarks.append("Er is nog geen halfjaar met cijfers afgelopen; kom terug na het einde van het halfjaar.")
        return None
    if not text.strip():
        return ended[-1]
    instead = f"U ziet het laatste halfjaar dat is afgelopen, {ended[-1]}."
    try:
        period = HalfYear.parse(text)
    except PeriodError:
        remarks.append(
            f"“{shortened(text)}” is geen halfjaar; schrijf bijvoorbeeld {ended[-1]}, of kies een peildatum "
            f"in de lijst. {instead}"
        )
        return ended[-1]
    if period in ended:
        return period
    if period in snapshot.periods:
        remarks.append(f"{period} is nog niet getoetst: dat kan pas met de stand op {long_date(period.end)}. {instead}")
    else:
        remarks.append(
            f"Van {period} zijn geen cijfers; kies een halfjaar van {ended[0]} tot en met {ended[-1]}. {instead}"
        )
    return ended[-1]


def _regime(reader: QueryReader, own: Regime) -> Regime:
    """Read the rules; both become the area's own when one is wrong or they conflict."""
    after = {"oranje": own.orange_after, "rood": own.red_after}
    instead = f"U ziet oranje na {own.orange_after} en rood na {own.red_after}."
    wrong = False
    for name in after:
        text = reader.text(name)
        if not text:
            continue
        number = reader.whole_number(name, 1, MOST)
        if number is not None:
            after[name] = number
        else:
            wrong = True
            reader.remark(
                f"{name.capitalize()} na “{shortened(text)}” halfjaren kan niet; geef bij {name} een heel getal "
                f"van 1 tot en met {MOST}. {instead}"
            )
    if wrong:
        return own
    if after["rood"] < after["oranje"]:
        reader.remark(
            f"Oranje na {after['oranje']} komt later dan rood na {after['rood']}; maak oranje lager of rood "
            f"hoger. {instead}"
        )
        return own
    return Regime(after["oranje"], after["rood"])


def _ended(snapshot: Snapshot) -> list[HalfYear]:
    """Half-years of which the last standing is known, oldest first."""
    return [period for period in snapshot.periods if period.end in snapshot.reference_dates(period)]


def _provinces(snapshot: Snapshot, area: Area) -> list[str]:
    of = _province_codes(snapshot)
    return sorted({of[place] for place in snapshot.positions(area.municipalities)})


@lru_cache(maxsize=1)
def _province_codes(snapshot: Snapshot) -> list[str]:
    """Province of each municipality, in the order of the registry."""
    return [str(code) for code in snapshot.registry["province_code"]]


def _own_regime(snapshot: Snapshot, area: Area) -> Regime:
    """The rules of the province that an area lies in, or the default where it lies in several."""
    provinces = _provinces(snapshot, area)
    return regime_of(provinces[0]) if len(provinces) == 1 else Regime()


def _origin(snapshot: Snapshot, area: Area, regime: Regime) -> str:
    provinces = _provinces(snapshot, area)
    own = _own_regime(snapshot, area)
    if len(provinces) > 1:
        whose = "de standaard, want elke provincie bepaalt haar eigen regels"
    elif provinces[0] in REGIMES:
        whose = f"die van {snapshot.area(provinces[0]).name}"
    else:
        whose = f"de standaard, want van {snapshot.area(provinces[0]).name} zijn geen eigen regels bekend"
    if regime == own:
        return f"Deze regels zijn {whose}."
    return f"Deze regels zijn zelf gekozen. Oranje na {own.orange_after} en rood na {own.red_after} is {whose}."


def _rows(snapshot: Snapshot, choice: _Choice) -> tuple[Row, ...]:
    if choice.period is None:
        return ()
    listed = overview(snapshot, choice.area, choice.period, choice.regime)
    if choice.ordering != _UNSORTED:
        by, ascending = choice.ordering.key, choice.ordering.ascending
        listed = listed.sort_values(_SORTED_BY.get(by, by), ascending=ascending, kind="stable", key=_in_order)
    cells = plain_cells(listed)
    return tuple(
        Row(
            gm_code=row["gm_code"],
            name=row["name"],
            path=f"{area_path(row['gm_code'])}?{urlencode(_query(choice.period, None))}",
            province=row["province"],
            colour=row["colour"] or UNKNOWN,
            step=STEP[row["colour"]] if row["colour"] else "geen cijfers",
            missed=row["missed"],
            since=since_when(row["missed"], choice.period, or_earlier=row["missed_may_be_higher"])
            if row["missed"]
            else "",
            net_target=row["net_target"],
            corrected_target=row["corrected_target"],
            realised=row["realised"],
            remaining=row["remaining"],
            backlog_per_target=row["backlog_per_target"],
            trend=row["trend"],
            trend_word=TREND[row["trend"]] if row["trend"] else "–",
            quality=row["quality"],
        )
        for row in cells.to_dict("records")
    )


def _columns(*, several: bool) -> list[tuple[str, str]]:
    """List the columns with their heads; the list of one province names none."""
    province = [("province", "Provincie")] if several else []
    return [
        ("missed", TERMS["missed"].head),
        ("name", "Gemeente"),
        *province,
        *((key, TERMS[key].head) for key in FIGURES),
    ]


def _in_order(column: pd.Series) -> pd.Series:
    """Names as in a Dutch list; all else as it is."""
    return column.map(name_order) if column.name in ("name", "province") else column


def _query(period: HalfYear | None, regime: Regime | None) -> dict[str, str]:
    rules = {} if regime is None else {"oranje": str(regime.orange_after), "rood": str(regime.red_after)}
    return {**({} if period is None else {"periode": str(period)}), **rules}


def _area_path(area: Area, period: HalfYear | None) -> str:
    query = urlencode(_query(period, None))
    return f"{area_path(area.code)}{'?' if query else ''}{query}"


def _forwarded(world: World, query: Mapping[str, str]) -> str:
    """Address for a submitted form: the area in the path, rules only where chosen.

    The form holds the rules of the area that was shown (`van`); left as they were they are not a
    choice, and the next area has its own.
    """
    snapshot, asked = world.snapshot, query.get("gebied") or COUNTRY
    rest = {name: query[name] for name in ("periode", "oranje", "rood", ORDER) if query.get(name)}
    before = snapshot.areas.get(query.get("van", ""))
    if before is not None:
        own = _query(None, _own_regime(snapshot, before))
        if {name: rest.get(name) for name in own} == own:
            rest = {name: text for name, text in rest.items() if name not in own}
    code = quote(world.choices.region(asked) or asked, safe="")
    return f"{_BASE}/{code}{'?' if rest else ''}{urlencode(rest)}"


def _csv(world: World, query: Mapping[str, str]) -> Response:
    """Answer with the rows of the page, each with the rules that coloured it and its source."""
    choice = _chosen(world, query.get("gebied", COUNTRY), query)
    snapshot, period = world.snapshot, choice.period
    if period is None:
        return Response("Er is nog geen halfjaar met cijfers afgelopen.\n", 404, mimetype="text/plain")
    rows: pd.DataFrame = overview(snapshot, choice.area, period, choice.regime).assign(
        rules=" ".join(choice.regime.describe().values())
    )
    source = snapshot.source(period, period.end)
    if for_programs(query):
        body = to_csv(rows, source=source)
    else:
        body = dutch_csv(at_moment(snapshot, rows, period, period.end), SUPERVISION_COLUMNS, source)
    return csv_attachment(body, f"land-in-beeld_toezicht_{period}_{choice.area.code}.csv")
