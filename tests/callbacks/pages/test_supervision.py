"""Supervision list for an address: rows, remarks and CSV."""

import csv
import io
import re
from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import parse_qs, urlencode, urlsplit

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.pages.supervision import CSV, MOST, SupervisionPage, address, supervision_view
from callbacks.state.world import World
from data.analysis.supervision import OVERVIEW_COLUMNS, STEP, TREND, Regime, overview, regime_of
from data.periods import HalfYear
from data.snapshot import Snapshot, Tables
from layouts.labels import for_programs
from layouts.supervision import UNKNOWN, Row, SupervisionView, supervision_html

PERIOD = HalfYear(2022, 1)


@pytest.fixture(scope="module")
def server(world: World) -> FlaskClient:
    """Client of a server with these routes only."""
    small = Flask("small", static_folder=None)
    SupervisionPage().register(SimpleNamespace(server=small), SimpleNamespace(world=world))
    return small.test_client()


def with_figures(world: World, figures: pd.DataFrame) -> World:
    snapshot = world.snapshot
    tables = Tables("proef", False, snapshot.registry, figures, snapshot.inhabitants, snapshot.national)
    return replace(world, snapshot=Snapshot.of(tables))


@pytest.fixture(scope="module")
def running(world: World) -> World:
    """World halfway 2022-I, after a complete 2021-II without final figures of Zeeland."""
    figures = world.snapshot.figures
    zeeland = world.snapshot.area("PV29").municipalities
    ended = (figures["period"] == "2021-II") & ~figures["gm_code"].isin(zeeland)
    under_way = (figures["period"] == "2022-I") & (figures["reference_date"] <= "2022-04-01")
    return with_figures(world, figures[ended | under_way])


@pytest.fixture(scope="module")
def beginning(world: World) -> World:
    """World with the first months of a half-year only."""
    figures = world.snapshot.figures
    return with_figures(world, figures[(figures["period"] == "2022-I") & (figures["reference_date"] < "2022-07-01")])


def plain(cell: object) -> object:
    return None if pd.isna(cell) else cell


def as_listed(row: Row) -> dict[str, object]:
    """A row of the page with the column names of `data.analysis.supervision.overview`."""
    cells = {name: getattr(row, name) for name in OVERVIEW_COLUMNS if hasattr(row, name)}
    return {**cells, "colour": None if row.colour == UNKNOWN else row.colour}


# ------------------------------------------------------------------ the list


def test_address_gives_area_date_and_rules(world: World) -> None:
    view = supervision_view(world, "PV28", {"periode": "2022-I", "oranje": "2", "rood": "5"})
    assert (view.code, view.title, view.period) == ("PV28", "Zuid-Holland", "2022-I")
    assert view.day == HalfYear(2022, 1).end
    assert (view.orange_after, view.red_after) == (2, 5)
    assert view.remarks == ()
    assert len(view.rows) == 50
    assert view.own_rules == "/toezicht/PV28?periode=2022-I"
    assert view.address == f"{view.own_rules}&oranje=2&rood=5"
    assert "zelf gekozen" in view.origin
    assert "Oranje na 1 en rood na 4 is die van Zuid-Holland" in view.origin


def test_rows_equal_the_overview(world: World) -> None:
    snapshot = world.snapshot
    for province in (province.code for province in world.bundle.provinces):
        for period in snapshot.periods[::-3]:
            regime = regime_of(province)
            wanted = overview(snapshot, province, period, regime)
            view = supervision_view(world, province, {"periode": str(period)})
            assert (view.remarks, view.period) == ((), str(period))
            assert (view.orange_after, view.red_after) == (regime.orange_after, regime.red_after)
            shown = [as_listed(row) for row in view.rows]
            columns = list(shown[0])
            assert shown == [
                {name: plain(cell) for name, cell in row.items()} for row in wanted[columns].to_dict("records")
            ]
            assert {rule.colour: rule.municipalities for rule in view.rules} == {
                colour.value: int((wanted["colour"] == colour).sum()) for colour in regime.describe()
            }


@pytest.mark.parametrize("period", ["2019-I", "2022-I", "2024-I"])
def test_csv_equals_the_page(period: str, world: World, server: FlaskClient) -> None:
    for province in world.bundle.provinces:
        view = supervision_view(world, province.code, {"periode": period})
        rows = table(server, for_programs(view.download))
        assert [row["gm_code"] for row in rows] == [row.gm_code for row in view.rows]
        assert [row["colour"] for row in rows] == [row.colour for row in view.rows]
        for name in ("missed", "net_target", "corrected_target", "realised", "remaining"):
            assert [int(row[name]) for row in rows] == [getattr(row, name) for row in view.rows], name


@pytest.mark.parametrize("code", ["NL", "VR15", "AM02", "CR26", "ferm-werk", "achterhoek"])
def test_lists_of_other_areas(code: str, world: World) -> None:
    area = world.snapshot.area(code)
    view = supervision_view(world, code, {"periode": "2023-I"})
    assert {row.gm_code for row in view.rows} == set(area.municipalities)
    assert view.remarks == ()
    assert sum(rule.municipalities for rule in view.rules) == len(view.rows)
    assert view.several_provinces == (len({row.province for row in view.rows}) > 1)
    assert view.title.startswith(area.name)


def test_texts_of_a_row(world: World) -> None:
    for row in supervision_view(world, "NL", {"periode": "2022-I"}).rows:
        assert row.step == STEP[row.colour]
        assert row.trend_word == (TREND[row.trend] if row.trend else "–")


def test_defaults_are_latest_date_and_province_rules(world: World) -> None:
    last = world.snapshot.periods[-1]
    for query in ({}, {"periode": "", "oranje": "", "rood": " "}, {"utm_source": "x"}):
        view = supervision_view(world, "PV28", query)
        assert (view.period, view.orange_after, view.red_after) == (str(last), 1, 4)
        assert (view.remarks, view.own_rules) == ((), None)


def test_rules_of_an_area_within_one_province(world: World) -> None:
    def rules(code: str) -> tuple[int, int]:
        view = supervision_view(world, code, {})
        return view.orange_after, view.red_after

    assert rules("hoeksche-waard") == rules("PV28") == (1, 4)
    assert rules("ferm-werk") == rules("NL") == rules("PV26") == (1, 2)
    assert "elke provincie" in supervision_view(world, "ferm-werk", {}).origin
    assert "van Utrecht zijn geen eigen regels bekend" in supervision_view(world, "PV26", {}).origin


def test_selectable_dates_are_completed_half_years(running: World) -> None:
    view = supervision_view(running, "NL", {})
    assert [period for period, _ in view.periods] == [view.period] == ["2021-II"]


def test_selectable_areas(world: World) -> None:
    view = supervision_view(world, "NL", {})
    offered = [world.choices.region(title) for title in view.areas]
    assert sorted(map(str, offered)) == sorted(
        area.code for area in world.snapshot.areas.values() if area.level != "municipality"
    )
    assert view.areas[:2] == ("Nederland", "Drenthe")


@pytest.mark.parametrize("order", ["name", "-name", "remaining", "-remaining", "trend", "-missed"])
def test_heads_sort_the_same_rows(order: str, world: World) -> None:
    plain_view, view = (supervision_view(world, "PV28", {"orde": text}) for text in ("", order))
    assert {row.gm_code for row in view.rows} == {row.gm_code for row in plain_view.rows}
    assert view.rows != plain_view.rows
    assert f"orde={order}" in view.address
    (head,) = [head for head in view.heads if head.sorted]
    assert head.key == order.removeprefix("-")
    known = [row.remaining for row in view.rows if row.remaining is not None]
    if order.endswith("remaining"):
        assert known == sorted(known, reverse=order == "remaining")


def test_unknown_head_gets_a_remark(world: World) -> None:
    view = supervision_view(world, "PV28", {"orde": "onzin"})
    assert view.rows == supervision_view(world, "PV28", {}).rows
    assert any("“onzin” is geen kolom" in remark for remark in view.remarks)


# ------------------------------------------------------------------ invalid input


@pytest.mark.parametrize("code", ["PV99", "", "x" * 5000, "<script>", "PV28;drop"])
def test_unknown_area_gives_the_country(code: str, world: World) -> None:
    view = supervision_view(world, code, {})
    (remark,) = view.remarks
    assert "is geen gebied" in remark
    assert remark.endswith("U ziet heel Nederland.")
    assert len(remark) < 500
    assert (view.code, len(view.rows)) == ("NL", 342)


def test_suggestion_for_an_unknown_area(world: World) -> None:
    assert "PV28 (Zuid-Holland)" in supervision_view(world, "Zuid Holland", {}).remarks[0]
    assert supervision_view(world, " pv28 ", {}).code == "PV28"


def test_municipality_gives_its_province(world: World) -> None:
    view = supervision_view(world, "GM0344", {})
    assert view.code == "PV26"
    assert view.remarks == ("Utrecht is één gemeente; u ziet de lijst van de provincie, Utrecht.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gisteren", "“gisteren” is geen halfjaar; schrijf bijvoorbeeld 2024-I"),
        ("2022-III", "is geen halfjaar"),
        ("9999-I", "is geen halfjaar"),
        ("2031-I", "Van 2031-I zijn geen cijfers; kies een halfjaar van 2019-I tot en met 2024-I"),
        ("2018-II", "Van 2018-II zijn geen cijfers"),
        ("x" * 5000, "…”"),
    ],
)
def test_invalid_half_year_gives_the_last_completed_one(text: str, said: str, world: World) -> None:
    view = supervision_view(world, "PV28", {"periode": text})
    (remark,) = view.remarks
    assert said in remark
    assert remark.endswith("U ziet het laatste halfjaar dat is afgelopen, 2024-I.")
    assert len(remark) < 250
    assert view.period == "2024-I"


def test_running_half_year_is_not_tested(running: World) -> None:
    view = supervision_view(running, "PV28", {"periode": "2022-I"})
    (remark,) = view.remarks
    assert remark.startswith("2022-I is nog niet getoetst: dat kan pas met de stand op 1 juli 2022. ")
    assert remark.endswith("U ziet het laatste halfjaar dat is afgelopen, 2021-II.")
    assert view.period == "2021-II"


@pytest.mark.parametrize("after", ["0", "-1", "1.5", "1e9", "1000000000", "9" * 5000, "een", "１", "1_0", "21"])
@pytest.mark.parametrize("name", ["oranje", "rood"])
def test_invalid_rule_gives_the_rules_of_the_area(name: str, after: str, world: World) -> None:
    view = supervision_view(world, "PV28", {name: after})
    (remark,) = view.remarks
    assert remark.startswith(f"{name.capitalize()} na “{after[:30]}")
    assert f"geef bij {name} een heel getal van 1 tot en met {MOST}" in remark
    assert remark.endswith("U ziet oranje na 1 en rood na 4.")
    assert len(remark) < 250
    assert (view.orange_after, view.red_after) == (1, 4)


def test_red_before_orange_gives_the_rules_of_the_area(world: World) -> None:
    for query in ({"oranje": "3", "rood": "2"}, {"oranje": "5"}):
        view = supervision_view(world, "PV28", query)
        (remark,) = view.remarks
        assert "maak oranje lager of rood hoger" in remark
        assert (view.orange_after, view.red_after) == (1, 4)


def test_equal_rules_leave_no_orange(world: World) -> None:
    view = supervision_view(world, "PV28", {"oranje": "2", "rood": "2"})
    assert view.remarks == ()
    assert [rule.colour for rule in view.rules] == ["red", "green"]


def test_each_problem_is_remarked_once(world: World) -> None:
    view = supervision_view(world, "PV99", {"periode": "ooit", "oranje": "a", "rood": "b"})
    assert len(view.remarks) == 4


def test_area_without_figures(running: World) -> None:
    view = supervision_view(running, "PV29", {"periode": "2021-II"})
    assert view.remarks == ("Van Zeeland zijn op 1 januari 2022 geen cijfers; kies een andere peildatum.",)
    assert {row.colour for row in view.rows} == {UNKNOWN}
    assert {row.realised for row in view.rows} == {None}
    (unknown,) = (rule for rule in view.rules if rule.colour == UNKNOWN)
    assert unknown.municipalities == len(view.rows) == 13
    assert "geen cijfers" in supervision_html(view)


def test_no_list_before_the_first_test_date(beginning: World) -> None:
    view = supervision_view(beginning, "PV28", {})
    assert (view.day, view.rows, view.periods, view.remarks) == (None, (), (), ())
    asked = supervision_view(beginning, "PV28", {"periode": "2022-I"})
    assert "nog geen halfjaar" in asked.remarks[0]
    assert "nog geen halfjaar" in supervision_html(asked)
    small = Flask("beginning", static_folder=None)
    SupervisionPage().register(SimpleNamespace(server=small), SimpleNamespace(world=beginning))
    assert small.test_client().get(CSV).status_code == 404


hostile = st.one_of(st.text(max_size=60), st.sampled_from(["\x00", '"><script>', "a\r\nb", "=1+1", "😀", "9" * 400]))


@settings(max_examples=20)
@given(code=hostile, query=st.dictionaries(st.sampled_from(["periode", "oranje", "rood"]), hostile))
def test_any_query_is_answered_and_escaped(code: str, query: dict[str, str], world: World) -> None:
    view = supervision_view(world, code, query)
    assert view.rows
    assert "<script" not in supervision_html(view)


# ------------------------------------------------------------------ the CSV


def table(server: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = server.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_csv_has_rules_and_source(server: FlaskClient, world: World) -> None:
    query = {"gebied": "PV28", "periode": "2022-I", "oranje": "2", "rood": "3", "csv": "programma"}
    answer = server.get(CSV, query_string=query)
    assert answer.data.startswith(b"\xef\xbb\xbfperiod,reference_date,gm_code,")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.cache_control.no_cache
    name = "land-in-beeld_toezicht_2022-I_PV28.csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    rows = table(server, f"{CSV}?{urlencode(query)}")
    assert list(rows[0]) == [*OVERVIEW_COLUMNS, "rules", "source"]
    assert {row["reference_date"] for row in rows} == {"2022-07-01"}
    assert {row["rules"] for row in rows} == {" ".join(Regime(2, 3).describe().values())}
    (source,) = {row["source"] for row in rows}
    assert world.snapshot.title in source
    assert world.snapshot.version[:8] in source


def test_csv_for_people_says_since_when(server: FlaskClient) -> None:
    answer = server.get(CSV, query_string={"gebied": "PV28", "periode": "2024-I"})
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert (rows[0]["Gemeente"], rows[0]["Toezichtgroep"]) == ("Leiden", "verscherpt")
    assert (rows[0]["Halfjaren op rij niet gehaald"], rows[0]["Niet gehaald sinds"]) == ("11", "2019-I of eerder")


def test_csv_of_an_invalid_address_equals_the_page(server: FlaskClient, world: World) -> None:
    view = supervision_view(world, "PV99", {"periode": "ooit", "rood": "0"})
    asked = server.get(CSV, query_string={"gebied": "PV99", "periode": "ooit", "rood": "0"})
    assert asked.data == server.get(view.download).data


@settings(max_examples=20)
@given(query=st.dictionaries(st.sampled_from(["gebied", "periode", "oranje", "rood"]), hostile))
def test_parameters_are_not_in_the_file_name(query: dict[str, str], server: FlaskClient) -> None:
    answer = server.get(CSV, query_string=query)
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert re.fullmatch(
        r"attachment; filename=\"(land-in-beeld_toezicht_20\d\d-I{1,2}_(NL|[A-Z]{2}\d\d|[a-z-]+)\.csv)\"; "
        r"filename\*=UTF-8''\1",
        disposition,
    )


# ------------------------------------------------------------------ the form


def led(server: FlaskClient, query: dict[str, str]) -> tuple[str, dict[str, list[str]]]:
    answer = server.get("/toezicht", query_string=query)
    assert answer.status_code == 302
    to = urlsplit(answer.headers["Location"])
    assert (to.scheme, to.netloc) == ("", "")
    return to.path, parse_qs(to.query)


def test_form_redirects_to_the_list(server: FlaskClient) -> None:
    sent = {"van": "PV28", "gebied": "PV28", "periode": "2022-I", "oranje": "2", "rood": "4"}
    wanted = {"periode": ["2022-I"], "oranje": ["2"], "rood": ["4"]}
    assert led(server, sent) == ("/toezicht/PV28", wanted)
    assert led(server, {}) == ("/toezicht/NL", {})


def test_unchanged_rules_are_not_carried_to_another_province(server: FlaskClient) -> None:
    sent = {"van": "PV28", "gebied": "PV26", "periode": "2022-I", "oranje": "1", "rood": "4"}
    assert led(server, sent) == ("/toezicht/PV26", {"periode": ["2022-I"]})
    changed = {**sent, "rood": "3"}
    assert led(server, changed)[1] == {"periode": ["2022-I"], "oranje": ["1"], "rood": ["3"]}


@pytest.mark.parametrize("area", ["//elders.example", "/\\elders", "a\r\nSet-Cookie: a=b", "../.."])
def test_form_redirects_within_the_site(area: str, server: FlaskClient) -> None:
    path, _ = led(server, {"gebied": area})
    assert path.startswith("/toezicht/")
    assert path.count("/") == 2


def test_address_has_only_chosen_rules(world: World) -> None:
    area = world.snapshot.area("ferm-werk")
    assert address(area, PERIOD) == "/toezicht/ferm-werk?periode=2022-I"
    assert address(area, None) == "/toezicht/ferm-werk"
    assert address(area, PERIOD, Regime(1, 3)) == "/toezicht/ferm-werk?periode=2022-I&oranje=1&rood=3"


def test_view_has_plain_values() -> None:
    for kind in (SupervisionView, Row):
        for name, annotation in kind.__annotations__.items():
            assert not re.search(r"DataFrame|Series|Snapshot|Any|object", str(annotation)), name
