import csv
import io
import re
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner
from werkzeug.test import TestResponse

import app as application
from callbacks.state.view_state import PARAMETERS
from callbacks.state.world import World
from data.__main__ import app as command_line
from data.snapshot import STANDINGS_COLUMNS
from layouts.document import start_hash

CSV = "/download/cijfers.csv"
PROGRAM = {"csv": "programma"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(answer: TestResponse) -> dict[str, list[str]]:
    """Directives of the content security policy and their sources."""
    parts = answer.headers["Content-Security-Policy"].split(";")
    words = [part.split() for part in parts]
    assert len({name for name, *_ in words}) == len(words)
    return {name: sources for name, *sources in words}


def table(answer: TestResponse) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def command(*arguments: str) -> list[dict[str, str]]:
    told = CliRunner().invoke(command_line, ["figures", *arguments])
    assert told.exit_code == 0, told.output
    return list(csv.DictReader(io.StringIO(told.stdout)))


def test_health_names_the_version_of_the_figures(client: FlaskClient, world: World) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "ok",
        "data_version": world.snapshot.version,
        "ground": world.bundle.content_hash[:16],
    }
    assert client.head("/healthz").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/healthz",
        CSV,
        "/vast/000000000000/a.js",
        "/bestaat/niet",
        "/_dash-layout",
        "/_favicon.ico",
        "/_dash-component-suites/geen.js",
    ],
)
def test_every_answer_has_the_headers(address: str, client: FlaskClient) -> None:
    answer = client.get(address)
    for name, value in HEADERS.items():
        assert answer.headers.getlist(name) == [value]
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert answer.headers.getlist("Content-Security-Policy") == [
        client.get("/healthz").headers["Content-Security-Policy"]
    ]
    assert "Set-Cookie" not in answer.headers


def test_not_found_and_not_allowed_have_the_headers(client: FlaskClient) -> None:
    for answer, status in (
        (client.get("/vast/000000000000/a.js"), 404),
        (client.post("/healthz"), 405),
        (client.post(CSV), 405),
    ):
        assert answer.status_code == status
        assert policy(answer)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_scripts_come_from_here_or_have_the_hash_of_dash(client: FlaskClient) -> None:
    directives = policy(client.get("/"))
    sources = directives["script-src"]
    assert sources == ["'self'", *application.app.csp_hashes(), start_hash()]
    assert all(source == "'self'" or re.fullmatch(r"'sha256-[\w+/=]+'", source) for source in sources)
    assert directives["default-src"] == ["'self'"]
    assert directives["object-src"] == directives["base-uri"] == directives["frame-ancestors"] == ["'none'"]
    for name, sources in directives.items():
        assert "'unsafe-eval'" not in sources
        assert name == "style-src" or "'unsafe-inline'" not in sources
        # No other origin, and no scheme but that of pictures in a style.
        assert all(source.startswith("'") or source == "data:" for source in sources)
        assert "data:" not in sources or name in ("img-src", "font-src")


# The figures as CSV.


@pytest.mark.parametrize(
    ("query", "arguments"),
    [
        ({"periode": "2022-I"}, ["--period", "2022-I"]),
        (
            {"periode": "2022-II", "stand": "2022-07-01"},
            ["--period", "2022-II", "--reference-date", "2022-07-01"],
        ),
        *(
            (
                {"stand": "2020-03-01", "gebied": code},
                ["--period", "2020-I", "--reference-date", "2020-03-01", "--area", code],
            )
            for code in ("PV21", "CR17", "AM11", "VR09", "ferm-werk")
        ),
    ],
)
def test_csv_is_what_the_command_line_writes(
    query: dict[str, str], arguments: list[str], client: FlaskClient, world: World
) -> None:
    answer = client.get(CSV, query_string=PROGRAM | query)
    rows = table(answer)
    sources = {row.pop("source") for row in rows}
    assert rows == command(*arguments)
    (source,) = sources
    assert world.snapshot.title in source
    assert world.snapshot.version[:8] in source


def test_csv_opens_in_a_dutch_spreadsheet(client: FlaskClient) -> None:
    answer = client.get(CSV)
    assert answer.data.startswith(b"\xef\xbb\xbfHalfjaar;Peildatum;Gemeentecode;Gemeente;")
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 342
    assert {row["Peildatum"] for row in rows} == {"01-07-2024"}
    assert all(row["Kwaliteit"] and row["Bron"] for row in rows)
    # The same figures, in the order of the list; those for programs stay in the order of the codes.
    for_programs = {row["gm_code"]: row["realised"] for row in table(client.get(CSV, query_string=PROGRAM))}
    assert {row["Gemeentecode"]: row["Gehuisvest"] for row in rows} == for_programs
    assert [row["Gemeente"] for row in rows[:3]] == ["Amsterdam", "Utrecht", "Leiden"]


def test_csv_for_programs_has_the_columns_of_the_command_line(client: FlaskClient) -> None:
    answer = client.get(CSV, query_string=PROGRAM)
    assert answer.data.startswith(b"\xef\xbb\xbfperiod,reference_date,gm_code,")
    assert not answer.data.startswith(b"\xef\xbb\xbf\xef\xbb\xbf")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.cache_control.no_cache
    rows = table(answer)
    assert list(rows[0]) == [*STANDINGS_COLUMNS, "source"]
    assert len(rows) == 342
    assert {row["reference_date"] for row in rows} == {"2024-07-01"}
    assert all(row["quality"] for row in rows)
    assert "Fryslân" in {row["province"] for row in rows}
    # Names that begin with an apostrophe stay as they are; nothing begins as a formula does.
    assert "'s-Gravenhage" in {row["name"] for row in rows}
    assert not any(row["name"].startswith(("=", "+", "-", "@")) for row in rows)


def test_csv_holds_the_rows_that_are_lit(client: FlaskClient) -> None:
    everyone = table(client.get(CSV, query_string=PROGRAM))
    behind = table(client.get(CSV, query_string=PROGRAM | {"toon": "behind,met"}))
    assert behind == [row for row in everyone if row["status"] in ("behind", "met")]
    assert 0 < len(behind) < 342
    empty = table(client.get(CSV, query_string=PROGRAM | {"toon": "no_data"}))
    assert empty == []


@pytest.mark.parametrize("area", ["PV20", "PV24", "PV28"])
def test_csv_holds_the_area_that_is_seen(area: str, client: FlaskClient, world: World) -> None:
    rows = table(client.get(CSV, query_string=PROGRAM | {"gebied": area, "kleur": "share", "toon": "under_expected"}))
    inside = {code for code, province in world.bundle.province_of.items() if province == area}
    everyone = table(client.get(CSV, query_string=PROGRAM))
    wanted = [row for row in everyone if row["gm_code"] in inside and row["share"] and 0.75 <= float(row["share"]) < 1]
    assert rows == wanted


def test_csv_of_a_municipality_has_its_neighbours_as_its_page_has(client: FlaskClient, world: World) -> None:
    near = {"GM0344", *(each.code for each in world.bundle.neighbours["GM0344"])}
    assert {row["gm_code"] for row in table(client.get(CSV, query_string=PROGRAM | {"gebied": "GM0344"}))} == near


def test_csv_of_an_own_collaboration_has_its_members(client: FlaskClient, world: World) -> None:
    answer = client.get(CSV, query_string=PROGRAM | {"gebied": "eigen", "leden": "GM0222,ferm-werk,GM9999"})
    wanted = {"GM0222", *world.snapshot.areas["ferm-werk"].municipalities}
    assert {row["gm_code"] for row in table(answer)} == wanted
    assert answer.headers["Content-Disposition"].endswith("_eigen.csv")


@pytest.mark.parametrize("measure", ["status", "share", "behind_per_1000", "change", "missed"])
def test_classes_together_are_everyone(measure: str, client: FlaskClient, world: World) -> None:
    keys = world.choices.measures[measure]
    parts = [table(client.get(CSV, query_string=PROGRAM | {"kleur": measure, "toon": key})) for key in keys]
    codes = [row["gm_code"] for part in parts for row in part]
    assert sorted(codes) == sorted(world.bundle.codes)


hostile = st.one_of(
    st.text(max_size=60),
    st.sampled_from(['"; filename=x.exe', "..%2f..", "a\r\nSet-Cookie: a=b", "\x00", "=cmd|' /C calc'!A0", "😀"]),
)


@settings(max_examples=25)
@given(asked=st.dictionaries(st.sampled_from(list(PARAMETERS.values())), hostile, max_size=7))
def test_no_parameter_breaks_the_download_or_gets_into_its_name(asked: dict[str, str]) -> None:
    answer = application.server.test_client().get(f"{CSV}?{urlencode(asked)}")
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert re.fullmatch(
        r"attachment; filename=\"(land-in-beeld_20\d\d-I{1,2}_20\d\d-\d\d-01_[\w-]{2,14}\.csv)\"; "
        r"filename\*=UTF-8''\1",
        disposition,
    )
    assert "Set-Cookie" not in answer.headers


def test_malformed_parameters_give_the_default(client: FlaskClient) -> None:
    default = client.get(CSV).data
    for query in (
        "periode=1850-I",
        "gebied=GM9999",
        "gebied=eigen",
        "gebied=eigen&leden=onzin",
        "toon=paars&kleur=paars",
        "stand=%ff%fe",
        "%%%",
        "=&&=",
        "a=" + "b" * 4000,
    ):
        assert client.get(f"{CSV}?{query}").data == default, query


def test_the_first_of_doubled_parameters_counts(client: FlaskClient) -> None:
    assert client.get(f"{CSV}?gebied=PV21&gebied=PV28").data == client.get(f"{CSV}?gebied=PV21").data


def test_the_name_says_what_is_in_it(client: FlaskClient) -> None:
    answer = client.get(CSV, query_string={"periode": "2020-I", "gebied": "PV21"})
    name = "land-in-beeld_2020-I_2020-07-01_PV21.csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
