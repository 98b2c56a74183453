import json
import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

import pandas as pd
import pytest

from data.contracts import validate_inhabitants, validate_registry
from data.sources.statline.odata import StatlineError
from data.sources.statline.tables import Service, population, regions

Answer = tuple[int, object]

COUNTS = {"GM0014": 242_000, "GM0034": 228_000, "GM0518": 570_000}
AREAS = {
    # Keys as CBS makes them, in groups: code and name of each kind of area, and columns nobody asked for.
    "Code_1": ("gemeenten", "Code", {"GM0014": "GM0014", "GM0034": "GM0034", "GM0518": "GM0518"}),
    "SorteringNaam_3": ("gemeenten", "Sortering naam", dict.fromkeys(COUNTS, "Gravenhage 's-")),
    "Naam_2": ("gemeenten", "Naam", {"GM0014": "Groningen", "GM0034": "Almere", "GM0518": "'s-Gravenhage"}),
    "Code_4": ("arbeidsmarkt", "Code", {"GM0014": "AM01", "GM0034": "AM11", "GM0518": "AM21"}),
    "Naam_5": (
        "arbeidsmarkt",
        "Naam",
        {"GM0014": "Groningen", "GM0034": "Flevoland", "GM0518": "Haaglanden"},
    ),
    "Code_6": ("corop", "Code", {"GM0014": "CR03", "GM0034": "CR40", "GM0518": "CR26"}),
    "Naam_7": (
        "corop",
        "Naam",
        {"GM0014": "Overig Groningen", "GM0034": "Flevoland", "GM0518": "Agglomeratie"},
    ),
    "Code_8": ("coropsub", "Code", {"GM0014": "CS030", "GM0034": "CS400", "GM0518": "CS260"}),
    "Code_26": ("provincies", "Code", {"GM0014": "PV20", "GM0034": "PV24", "GM0518": "PV28"}),
    "Naam_27": (
        "provincies",
        "Naam",
        {"GM0014": "Groningen", "GM0034": "Flevoland", "GM0518": "Zuid-Holland"},
    ),
    "Code_40": ("veiligheid", "Code", {"GM0014": "VR01", "GM0034": "VR25", "GM0518": "VR15"}),
    "Naam_41": ("veiligheid", "Naam", {"GM0014": "Groningen", "GM0034": "Flevoland", "GM0518": "Haaglanden"}),
}


class Statline:
    """A StatLine of three municipalities; replace what an address answers to break one thing."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken: dict[str, Callable[[dict[str, str]], Answer | None]] = {}
        self.page = 2
        self.url = ""

    def answer(self, path: str, query: dict[str, str]) -> Answer:
        self.asked.append(path)
        for part, broken in self.broken.items():
            if part in path and (answer := broken(query)) is not None:
                return answer
        records = self.records(path, query)
        if records is None:
            return 404, {"error": "onbekend"}
        start = int(query.get("$skip", 0))
        link = "@odata.nextLink" if path.startswith("/v4") else "odata.nextLink"
        told: dict[str, object] = {"value": records[start : start + self.page]}
        if start + self.page < len(records):
            told[link] = f"http://127.0.0.1{path}?{self.rest(query)}$skip={start + self.page}"
        return 200, told

    @staticmethod
    def rest(query: dict[str, str]) -> str:
        return "".join(f"{name}={value.replace(' ', '%20')}&" for name, value in query.items() if name != "$skip")

    def records(self, path: str, query: dict[str, str]) -> list[dict[str, object]] | None:
        tables = [
            {"Identifier": "99999NED", "Title": "Gebieden in Nederland 2024; zonder water"},
            {"Identifier": "85755NED", "Title": "Gebieden in Nederland 2024 "},
        ]
        chosen = query.get("$filter", "")
        if path in ("/v4/Datasets", "/v3/ODataCatalog/Tables"):
            return [table for table in tables if "2024" in chosen]
        if path == "/v4/CBS/03759ned/Observations":
            wanted = ("M000352", "T001038", "'10000'", "T001019", "'2025JJ00'", "startswith(RegioS,'GM')")
            assert all(part in chosen for part in wanted), chosen
            return [{"RegioS": code, "Value": float(count)} for code, count in COUNTS.items()]
        if path == "/v3/ODataFeed/odata/03759ned/TypedDataSet":
            assert all(part in chosen for part in ("T001038", "'10000'", "'2025JJ00'", "substringof")), chosen
            former: list[dict[str, object]] = [{"RegioS": "GM0003  ", "BevolkingOp1Januari_1": None}]
            return former + [{"RegioS": f"{code}  ", "BevolkingOp1Januari_1": count} for code, count in COUNTS.items()]
        if path == "/v4/CBS/85755NED/MeasureCodes":
            return [
                {"Identifier": key, "MeasureGroupId": group, "Title": title} for key, (group, title, _) in AREAS.items()
            ]
        if path == "/v4/CBS/85755NED/Observations":
            return [
                {"RegioS": code, "Measure": key, "Value": None, "StringValue": f"{cell}  "}
                for key, (_, _, cells) in AREAS.items()
                for code, cell in cells.items()
            ]
        if path == "/v3/ODataFeed/odata/85755NED/DataProperties":
            dimension: list[dict[str, object]] = [{"Key": "RegioS", "ParentID": None, "Title": "Regio's"}]
            return dimension + [
                {"Key": key, "ParentID": group, "Title": title} for key, (group, title, _) in AREAS.items()
            ]
        if path == "/v3/ODataFeed/odata/85755NED/TypedDataSet":
            return [
                {"RegioS": code} | {key: f"{cells[code]}  " for key, (_, _, cells) in AREAS.items()} for code in COUNTS
            ]
        return None

    def without_v4(self) -> None:
        self.broken["/v4/"] = lambda _: (404, {})


@pytest.fixture
def statline() -> Iterator[Statline]:
    here = Statline()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, told = here.answer(unquote(parts.path), query)
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", str(told))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def service(statline: Statline, tmp_path: Path) -> Service:
    return Service(f"{statline.url}/v4", f"{statline.url}/v3", tmp_path / "statline", patience=0.0)


def failing_once(status: int, told: object) -> Callable[[dict[str, str]], Answer | None]:
    left = [(status, told)]
    return lambda _: left.pop() if left else None


@pytest.mark.parametrize("version", [4, 3])
def test_population_of_each_version(statline: Statline, service: Service, version: int) -> None:
    if version == 3:
        statline.without_v4()
    frame = population(2025, service)
    checked = validate_inhabitants(frame, "StatLine", list(COUNTS))
    assert dict(zip(checked["gm_code"], checked["inhabitants"], strict=True)) == COUNTS
    assert set(checked["year"]) == {2025}
    assert set(checked["quality"]) == {"published"}
    assert sum(path.startswith("/v3") for path in statline.asked) == (0 if version == 4 else 2)


@pytest.mark.parametrize("version", [4, 3])
def test_regions_of_each_version(statline: Statline, service: Service, version: int) -> None:
    if version == 3:
        statline.without_v4()
    frame = validate_registry(regions(2024, service), "StatLine")
    assert list(frame["gm_code"]) == list(COUNTS)
    hague = frame.set_index("gm_code").loc["GM0518"]
    assert list(hague) == [
        *("'s-Gravenhage", "PV28", "Zuid-Holland", "CR26", "Agglomeratie"),
        *("AM21", "Haaglanden", "VR15", "Haaglanden"),
    ]
    assert not any("99999NED" in path for path in statline.asked), "another table of the same year"


def test_a_table_may_be_given(statline: Statline, service: Service) -> None:
    assert len(regions(2031, service, table="85755NED")) == 3
    assert not any("Datasets" in path for path in statline.asked)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_that_stumbles_is_asked_again(statline: Statline, service: Service, status: int) -> None:
    statline.broken["Observations"] = failing_once(status, {})
    assert len(population(2025, service)) == 3
    assert not any(path.startswith("/v3") for path in statline.asked)


def test_answers_are_cached_until_refreshed(statline: Statline, service: Service) -> None:
    first = population(2025, service)
    asked = len(statline.asked)
    pd.testing.assert_frame_equal(population(2025, service), first)
    assert len(statline.asked) == asked
    statline.broken["Observations"] = lambda _: (200, {"value": [{"RegioS": "GM0014", "Value": 7}]})
    anew = Service(service.v4, service.v3, service.cache, refresh=True, patience=0.0)
    assert list(population(2025, anew)["inhabitants"]) == [7]
    assert list(population(2025, service)["inhabitants"]) == [7]


def test_failures_are_not_cached(statline: Statline, service: Service) -> None:
    statline.broken["/v"] = lambda _: (200, {"value": []})
    with pytest.raises(StatlineError, match="geen inwoners op 1 januari 2025"):
        population(2025, service)
    statline.broken.clear()
    assert len(population(2025, service)) == 3


def test_version_3_without_links_goes_on_by_skipping(
    statline: Statline, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.sources.statline.odata.FULL_PAGE", 2)
    statline.without_v4()

    def linkless(query: dict[str, str]) -> Answer:
        path = "/v3/ODataFeed/odata/03759ned/TypedDataSet"
        start = int(query.get("$skip", 0))
        return 200, {"value": (statline.records(path, query) or [])[start : start + 2]}

    statline.broken["TypedDataSet"] = linkless
    assert len(population(2025, service)) == 3


GARBAGE: list[Answer] = [
    (200, b"<html>Onderhoud</html>"),
    (200, b""),
    (200, [1, 2]),
    (200, {"value": "geen lijst"}),
    (200, {"value": [1]}),
    (200, {"value": [{"RegioS": "GM0014", "Value": "veel"}]}),
    (200, {"value": [{"RegioS": "GM0014", "Value": 1.5}]}),
    (200, b'{"value": [{"RegioS": "GM0014", "Value": NaN}]}'),
    (200, {"value": [{"RegioS": "GM0014", "Value": True}]}),
    (200, {"value": [{"RegioS": "GM0014", "Value": 1}, {"RegioS": "GM0014", "Value": 2}]}),
    (200, {"value": [{"RegioS": None, "Value": 1}]}),
    (200, {"value": [{"RegioS": "GM0014"}], "@odata.nextLink": "https://elders.example/rest"}),
    (404, {}),
    (301, "http://elders.example/"),
]


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_of_version_4_is_left_for_version_3(statline: Statline, service: Service, garbage: Answer) -> None:
    statline.broken["/v4/"] = lambda _: garbage
    assert len(population(2025, service)) == 3


def test_when_neither_answers_both_reasons_are_given(statline: Statline, service: Service) -> None:
    statline.broken["/v4/"] = lambda _: (200, b"<html>")
    statline.broken["/v3/"] = lambda _: (503, {})
    with pytest.raises(StatlineError) as caught:
        regions(2024, service)
    assert re.search(r"Versie 4: .*geen OData\. Versie 3: .*503\. Probeer", str(caught.value))
    assert sum(path.startswith("/v3") for path in statline.asked) == service.attempts


def test_a_year_without_a_table_says_so(service: Service) -> None:
    with pytest.raises(StatlineError, match="geen tabel 'Gebieden in Nederland 2030'"):
        regions(2030, service)


def test_a_table_that_misses_a_region_says_which(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = {"GM0014": "VR01", "GM0034": "", "GM0518": "VR15"}
    monkeypatch.setitem(AREAS, "Code_40", ("veiligheid", "Code", codes))
    with pytest.raises(StatlineError, match="veiligheidsregio's"):
        regions(2024, service)


def test_pages_without_end_are_stopped(statline: Statline, service: Service) -> None:
    statline.broken["/v"] = lambda _: (
        200,
        {"value": [{"RegioS": "GM0014", "Value": 1}], "@odata.nextLink": f"{statline.url}/v4/rond"},
    )
    with pytest.raises(StatlineError, match="houdt niet op"):
        population(2025, service)


def test_only_https_is_asked_beyond_this_machine() -> None:
    elsewhere = Service("http://statline.example/v4", "http://statline.example/v3", None, patience=0.0)
    with pytest.raises(StatlineError, match="alleen https"):
        population(2025, elsewhere)


def test_an_unreachable_server_is_reported(tmp_path: Path) -> None:
    nobody = Service("http://127.0.0.1:9/v4", "http://127.0.0.1:9/v3", tmp_path, attempts=2, patience=0.0)
    with pytest.raises(StatlineError, match="niet bereikbaar"):
        population(2025, nobody)
