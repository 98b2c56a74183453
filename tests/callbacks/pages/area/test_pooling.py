import csv
import io
import json
import re
from datetime import date
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.pages.area import pooling
from callbacks.pages.area.pooling import pooling_view
from callbacks.pages.area.pooling_query import members_in
from callbacks.state.world import World
from data.analysis.area_totals import area_figures
from data.analysis.pooling import pool
from data.areas import combine
from data.export import DECIMALS
from data.periods import HalfYear

JSON = "/verevenen.json"
CSV = "/download/verevening.csv"
PERIOD, DAY = HalfYear.parse("2022-I"), date(2022, 7, 1)
MOMENT = {"periode": "2022-I"}


@pytest.fixture(scope="module")
def client(world: World) -> FlaskClient:
    server = Flask("pooling", static_folder=None)
    pooling.register(server, SimpleNamespace(world=world))
    return server.test_client()


@pytest.fixture
def with_gaps(gaps: World) -> FlaskClient:
    server = Flask("gaps", static_folder=None)
    pooling.register(server, SimpleNamespace(world=gaps))
    return server.test_client()


def ask(client: FlaskClient, **query: str) -> dict:
    answer = client.get(JSON, query_string={**MOMENT, **query})
    assert answer.status_code == 200
    return json.loads(answer.data)


def rows_of(client: FlaskClient, **query: str) -> list[dict[str, str]]:
    answer = client.get(CSV, query_string={**MOMENT, **query})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def by_code(view: dict) -> dict[str, dict]:
    return {member["code"]: member for member in view["members"]}


# ------------------------------------------------------------------ content


def test_pool_totals_equal_the_area(client: FlaskClient, world: World) -> None:
    for code in ("achterhoek", "ferm-werk", "CR17", "PV24"):
        view = ask(client, gebied=code)
        figures = area_figures(world.snapshot, code, PERIOD, DAY)
        for name in (
            "municipalities",
            "net_target",
            "corrected_target",
            "realised",
            "remaining",
            "shortfall",
        ):
            assert view["pool"][name] == getattr(figures, name), (code, name)
        assert view["pool"]["share"] == pytest.approx(figures.share, abs=10**-DECIMALS)
        assert view["pool"]["status"] == figures.status
        assert view["remarks"] == []


def test_members_equal_the_analysis(client: FlaskClient, world: World) -> None:
    shift = {"GM0197": 3, "GM0222": -3}
    view = ask(client, gebied="achterhoek", schuif="GM0197:3,GM0222:-3", drempel="80")
    members = pool(world.snapshot.standings(PERIOD, DAY, "achterhoek"), 6, shift, 0.8).members
    assert len(view["members"]) == len(members) == 7
    for row in members.to_dict("records"):
        member = by_code(view)[row["gm_code"]]
        assert member["own"]["net_target"] == row["net_target"]
        assert member["evened"]["remaining"] == row["evened_remaining"]
        assert member["evened"]["transfer"] == row["transfer"]
        assert member["evened"]["substantial"] == row["evened_substantial"]
        assert member["shifted"]["net_target"] == row["shifted_net_target"]
        assert member["shifted"]["change"] == shift.get(row["gm_code"], 0)
        assert member["shifted"]["status"] == row["shifted_status"]
        assert member["shifted"]["part"] == pytest.approx(row["shifted_part"], abs=10**-DECIMALS)


def test_roles_of_members(client: FlaskClient) -> None:
    for member in ask(client, gebied="achterhoek")["members"]:
        transfer = member["evened"]["transfer"]
        if transfer:
            verb, many = "neemt" if transfer > 0 else "draagt", "persoon" if abs(transfer) == 1 else "mensen"
            assert member["evened"]["words"] == f"{verb} {abs(transfer)} {many} over"


def test_members_sort_by_name(client: FlaskClient) -> None:
    names = [member["name"] for member in ask(client, gebied="PV28")["members"]]
    assert names[0] == "Alblasserdam"
    assert names.index("Rotterdam") < names.index("'s-Gravenhage") < names.index("Teylingen")


def test_figures_have_date_and_quality(client: FlaskClient) -> None:
    view = ask(client, gebied="achterhoek", stand="2022-04-01")
    assert view["moment"]["words"] == "1 april 2022 (2022-I, na 3 maanden)"
    assert view["pool"]["quality"] == "gesimuleerd"
    assert all(member["own"]["quality"] for member in view["members"])


# ------------------------------------------------------------------ shifting


def test_shift_has_a_canonical_form(client: FlaskClient) -> None:
    wanted = "GM0197:3,GM0222:-3"
    for text in (wanted, "GM0222:-3,GM0197:3", "GM0197:+3, GM0222:-3,GM0294:0", "GM0197:3,,GM0222:−3,"):
        view = ask(client, gebied="achterhoek", schuif=text)
        assert (view["shift"], view["remarks"]) == (wanted, [])


def test_setting_a_target_rebalances_the_others(client: FlaskClient) -> None:
    view, own = {"shift": ""}, ask(client, gebied="achterhoek")["pool"]["net_target"]
    for code, target in (("GM0197", 40), ("GM1509", 0), ("GM0197", 3), ("GM0222", own)):
        view = ask(client, gebied="achterhoek", schuif=view["shift"], zet=f"{code}:{target}")
        assert view["remarks"] == []
        assert by_code(view)[code]["shifted"]["net_target"] == target
        assert sum(member["shifted"]["net_target"] for member in view["members"]) == own
        assert sum(member["shifted"]["change"] for member in view["members"]) == 0
        assert ask(client, gebied="achterhoek", schuif=view["shift"])["members"] == view["members"]
        for member in view["members"]:
            assert member["shifted"]["least"] <= member["shifted"]["net_target"] <= view["scale"]
            assert view["scale"] <= member["shifted"]["most"] == own


@pytest.mark.parametrize("day", ["2022-01-01", "2022-04-01", "2022-07-01"])
@pytest.mark.parametrize("area", ["achterhoek", "drechtsteden", "ferm-werk", "PV24", "CR17"])
def test_pro_rata_shift_is_valid(area: str, day: str, client: FlaskClient) -> None:
    view = ask(client, gebied=area, stand=day)
    shifted = ask(client, gebied=area, stand=day, schuif=view["pro_rata"]["shift"])
    assert shifted["remarks"] == []
    assert shifted["shift"] == view["pro_rata"]["shift"]
    feasible = all(member["evened"]["feasible"] for member in view["members"])
    assert view["pro_rata"]["complete"] == feasible
    for member in shifted["members"]:
        if feasible:
            assert member["shifted"]["remaining"] == member["evened"]["remaining"]
        elif not member["evened"]["feasible"]:
            assert member["shifted"]["net_target"] == 0


def test_infeasible_evening_out(client: FlaskClient, world: World) -> None:
    periods = [str(period) for period in world.snapshot.periods]
    views = [ask(client, gebied="PV24", periode=period, stand="") for period in periods]
    assert not all(view["pro_rata"]["complete"] for view in views)


# ------------------------------------------------------------------ combined areas


def test_combined_area_equals_its_members(client: FlaskClient, world: World) -> None:
    members = "GM0197,GM0222,GM1509"
    view = ask(client, leden=members, naam="  Ons   clubje ")
    assert view["area"] == {"code": "eigen", "name": "Ons clubje"}
    area = combine(world.snapshot.areas, members.split(","), "x")
    figures = area_figures(world.snapshot, area, PERIOD, DAY)
    assert view["pool"]["remaining"] == figures.remaining
    assert ask(client, gebied="eigen", leden=members)["members"] == view["members"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("GM0197,GM0222", ("GM0197", "GM0222")),
        ("gm0197 GM0222\n", ("GM0197", "GM0222")),
        ("Aalten, Doetinchem; Oude IJsselstreek", ("GM0197", "GM0222", "GM1509")),
        ("aalten,GM0197", ("GM0197",)),
        ("Utrecht", ("GM0344",)),
        ("PV26, achterhoek", ("PV26", "achterhoek")),
        ("Den Haag", ("GM0518",)),
        ("", ()),
    ],
)
def test_members_by_code_and_name(text: str, codes: tuple[str, ...], world: World) -> None:
    assert members_in(world, text) == (codes, [])


def test_unknown_members_are_skipped_with_a_remark(client: FlaskClient) -> None:
    view = ask(client, leden="GM0197,GM0222,GM9999,Nergenshuizen")
    assert view["pool"]["municipalities"] == 2
    (remark,) = view["remarks"]
    assert "GM9999" in remark
    assert "Nergenshuizen" in remark


# ------------------------------------------------------------------ invalid input


INVALID = {
    "malformed shift": ({"gebied": "achterhoek", "schuif": "GM0197=3"}, "geen verschuiving"),
    "doubled": ({"gebied": "achterhoek", "schuif": "GM0197:3,GM0197:-3"}, "één keer"),
    "a sum": ({"gebied": "achterhoek", "schuif": "GM0197:3"}, "tellen op tot +3"),
    "negative": ({"gebied": "achterhoek", "schuif": "GM0197:-900,GM0222:900"}, "hoogstens 15 af"),
    "no member": ({"gebied": "achterhoek", "schuif": "GM0363:3,GM0197:-3"}, "GM0363 doet niet mee"),
    "target too high": ({"gebied": "achterhoek", "zet": "GM0197:99999"}, "kies van 0 tot en met 150"),
    "target malformed": ({"gebied": "achterhoek", "zet": "GM0197:-3"}, "geen taakstelling"),
    "target of another": ({"gebied": "achterhoek", "zet": "GM0363:3"}, "doet niet mee"),
    "no threshold": ({"gebied": "achterhoek", "drempel": "de helft"}, "geen drempel"),
    "threshold too high": ({"gebied": "achterhoek", "drempel": "101"}, "geen drempel"),
    "no moment": ({"gebied": "achterhoek", "periode": "1850-I"}, "geen halfjaar"),
}


@pytest.mark.parametrize("kind", INVALID)
def test_invalid_input_gives_a_remark_and_the_unshifted_pool(kind: str, client: FlaskClient) -> None:
    query, words = INVALID[kind]
    view = ask(client, **query)
    (remark,) = view["remarks"]
    assert words in remark
    assert len(view["members"]) == 7
    assert view["shift"] == ""
    assert all(member["shifted"]["change"] == 0 for member in view["members"])
    assert view["threshold"] == 50


def test_valid_input_is_kept_beside_invalid_input(client: FlaskClient) -> None:
    kept = ask(client, gebied="achterhoek", schuif="GM0197:3,GM0222:-3", zet="GM0197:99999")
    assert kept["shift"] == "GM0197:3,GM0222:-3"
    moved = ask(client, gebied="achterhoek", schuif="GM0197:3", zet="GM0197:20")
    assert by_code(moved)["GM0197"]["shifted"]["net_target"] == 20
    assert len(kept["remarks"]) == len(moved["remarks"]) == 1


def test_single_municipality(client: FlaskClient) -> None:
    view = ask(client, gebied="GM1963")
    assert view["pool"]["municipalities"] == len(view["members"]) == 1
    assert view["pro_rata"] is None
    assert "één gemeente" in view["remarks"][0]
    shifted = view["members"][0]["shifted"]
    assert shifted["least"] == shifted["net_target"] == shifted["most"]


@pytest.mark.parametrize("query", [{}, {"gebied": "niets"}, {"leden": "niets"}, {"gebied": "eigen"}, {"leden": ",;"}])
def test_invalid_area_gives_a_remark(query: dict[str, str], client: FlaskClient) -> None:
    view = ask(client, **query)
    assert (view["pool"], view["members"]) == (None, [])
    assert view["remarks"]
    answer = client.get(CSV, query_string=query)
    assert answer.status_code == 404
    assert answer.mimetype == "text/plain"
    assert answer.text.strip()


def test_more_members_than_there_are_municipalities(client: FlaskClient, world: World) -> None:
    everyone = list(world.bundle.codes)
    view = ask(client, leden=",".join([*everyone, "PV26"]))
    assert view["pool"]["municipalities"] == 342
    assert "342" in view["remarks"][0]


def test_member_without_figures_is_left_out(with_gaps: FlaskClient) -> None:
    query = {"leden": "GM0363,GM0197", "periode": "2024-I", "stand": "2024-07-01"}
    view = ask(with_gaps, **query)
    (remark,) = view["remarks"]
    assert "Amsterdam" in remark
    own = by_code(view)
    assert own["GM0363"]["own"]["remaining"] is None
    assert own["GM0363"]["own"]["status"] == "no_data"
    assert own["GM0197"]["own"]["remaining"] == view["pool"]["remaining"]
    assert all(member["evened"] is member["shifted"] is None for member in view["members"])
    rows = rows_of(with_gaps, **query)
    assert [row["remaining"] != "" for row in rows] == [True, False]
    assert "evened_remaining" not in rows[0]


hostile = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["\x00", "=cmd|' /C calc'!A0", "GM0197:" + "9" * 40, "%", ",".join(["GM0197:1"] * 400)]),
)


@settings(max_examples=30)
@given(
    asked=st.dictionaries(
        st.sampled_from(["gebied", "leden", "naam", "periode", "stand", "drempel", "schuif", "zet"]), hostile
    ),
    valid=st.booleans(),
)
def test_any_query_is_answered(asked: dict[str, str], valid: bool, world: World) -> None:
    server = Flask("hostile", static_folder=None)
    pooling.register(server, SimpleNamespace(world=world))
    text = urlencode({**asked, **({"gebied": "achterhoek"} if valid else {})}, errors="replace")
    answer = server.test_client().get(f"{JSON}?{text}")
    assert answer.status_code == 200
    assert json.loads(answer.data)["remarks"] or valid
    assert server.test_client().get(f"{CSV}?{text}").status_code in (200, 404)


# ------------------------------------------------------------------ the download


def test_csv_has_the_pool_and_source(client: FlaskClient, world: World) -> None:
    query = {"gebied": "ferm-werk", "schuif": "GM0632:2,GM0335:-2", "drempel": "60"}
    rows, view = rows_of(client, **query), by_code(ask(client, **query))
    assert [row["gm_code"] for row in rows] == sorted(view)
    for row in rows:
        member = view[row["gm_code"]]
        assert int(row["net_target"]) == member["own"]["net_target"]
        assert int(row["shifted_net_target"]) == member["shifted"]["net_target"]
        assert int(row["transfer"]) == member["evened"]["transfer"]
        assert row["shifted_substantial"] == str(member["shifted"]["substantial"])
        assert (row["reference_date"], row["threshold"]) == ("2022-07-01", "0.6")
        assert row["quality"] == "simulated"
        assert world.snapshot.title in row["source"]
    answer = client.get(CSV, query_string={**MOMENT, **query})
    assert answer.data.startswith(b"\xef\xbb\xbfperiod,")
    assert answer.cache_control.no_cache
    assert re.fullmatch(
        r"attachment; filename=\"(verevening_2022-I_2022-07-01_ferm-werk\.csv)\"; filename\*=UTF-8''\1",
        answer.headers["Content-Disposition"],
    )


def test_custom_name_is_not_in_the_file_name(client: FlaskClient) -> None:
    answer = client.get(CSV, query_string={"leden": "GM0197,GM0222", "naam": '"; filename=x.exe'})
    assert answer.headers["Content-Disposition"].endswith("_eigen.csv")


def test_view_is_pure(world: World) -> None:
    area = world.snapshot.area("achterhoek")
    first = pooling_view(world, area, PERIOD, DAY, 50, "")
    pooling_view(world, area, PERIOD, DAY, 50, "GM0197:3,GM0222:-3", "GM1509:0")
    assert pooling_view(world, area, PERIOD, DAY, 50, "") == first
