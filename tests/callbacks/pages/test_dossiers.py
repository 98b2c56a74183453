import io
import json
from typing import Any
from urllib.parse import quote, unquote
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callbacks.pages import dossiers
from callbacks.state.world import World
from callbacks.web.compression import compress
from data.dossier.typesetting import Press, PressError
from data.formatting import number
from tests.data.dossier.reading import texts

MOMENT = "periode=2022-I&stand=2022-05-01"


class Shown:
    """Provider of a fixed world."""

    def __init__(self, world: World) -> None:
        self.world = world


@pytest.fixture(scope="module")
def server(world: World) -> FlaskClient:
    made = Flask("dossiers", static_folder=None)
    dossiers.register(made, Shown(world))
    compress(made)
    return made.test_client()


def progress_and_file(answer: TestResponse) -> tuple[list[dict[str, Any]], bytes]:
    """Progress lines of a response, and the file after them."""
    lines, rest = [], answer.data
    while rest:
        line, _, rest = rest.partition(b"\n")
        lines.append(json.loads(line))
        if "size" in lines[-1]:
            break
    return lines, rest


def test_single_dossier(server: FlaskClient, world: World) -> None:
    answer = server.get(f"/download/dossier/GM0363.pdf?{MOMENT}", headers={"Accept-Encoding": "gzip, br"})
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == ('attachment; filename="dossier-GM0363-amsterdam-2022-05-01.pdf"')
    assert answer.content_length == len(answer.data)
    assert "Content-Encoding" not in answer.headers
    assert answer.cache_control.no_cache
    first, second = texts(answer.data)
    period, day = next(each for each in world.moments if str(each[1]) == "2022-05-01")
    row = world.snapshot.row(period, day, "GM0363")
    assert number(row["corrected_target"]) in first
    assert "localhost/gemeente/GM0363?" in second.replace(" ", "")


def test_unchanged_file_is_not_sent_again(server: FlaskClient) -> None:
    address = f"/download/dossier/GM0096.pdf?{MOMENT}"
    etag = server.get(address).headers["ETag"]
    again = server.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    others = (
        "/download/dossier/GM0096.pdf?periode=2022-I",
        f"/download/dossier/GM0093.pdf?{MOMENT}",
        f"/download/dossiers.zip?gemeenten=GM0096&{MOMENT}",
    )
    assert len({etag, *(server.head(other).headers["ETag"] for other in others)}) == 4
    assert server.head(address, headers={"Host": "elders.nl"}).headers["ETag"] != etag


def test_names_and_former_municipalities(server: FlaskClient) -> None:
    answer = server.head(f"/download/dossier/Delfzijl.pdf?{MOMENT}")
    assert answer.status_code == 200
    assert unquote(answer.headers[dossiers.REMARKS_HEADER]) == "Delfzijl hoort nu bij Eemsdelta (GM1979)."


@pytest.mark.parametrize("form", ["pdf", "zip"])
def test_unknown_codes_are_reported_beside_dossiers(server: FlaskClient, form: str) -> None:
    answer = server.get(f"/download/dossiers.{form}?gemeenten=GM0096,Amsterdm,GM0363&{MOMENT}")
    assert answer.status_code == 200
    assert f"dossiers-2-gemeenten-2022-05-01.{form}" in answer.headers["Content-Disposition"]
    remark = "“Amsterdm” is geen gemeente. Bedoelde u Amsterdam (GM0363)?"
    assert unquote(answer.headers[dossiers.REMARKS_HEADER]) == remark
    if form == "pdf":
        found = texts(answer.data)
        assert len(found) == 5
        assert "“Amsterdm” is geen gemeente." in found[0]
        assert found[0].index("Vlieland") < found[0].rindex("Noord-Holland")
    else:
        with ZipFile(io.BytesIO(answer.data)) as archive:
            assert [name[:14] for name in archive.namelist()] == [
                "dossier-GM0096",
                "dossier-GM0363",
                "LEESMIJ.txt",
            ]


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("dossier/GM9999.pdf", 404, "“GM9999” is geen gemeente."),
        ("dossier/Amsterdm.pdf", 404, "Bedoelde u Amsterdam (GM0363)?"),
        ("dossier/%20.pdf", 404, "Geef een gemeente"),
        ("dossier/GM1671.pdf", 404, "verdeeld over"),
        ("dossier/GM0363.pdf?periode=zomer", 400, "is geen halfjaar"),
        ("dossier/GM0363.pdf?periode=1999-I", 404, "Van 1999-I zijn geen cijfers"),
        ("dossier/GM0363.pdf?stand=gisteren", 400, "“gisteren” is geen peildatum"),
        ("dossier/GM0363.pdf?periode=2022-I&stand=2022-05-02", 400, "geen peildatum"),
        ("dossier/GM0363.pdf?periode=2022-I&stand=2023-05-01", 400, "valt buiten 2022-I"),
        ("dossier/GM0363.pdf?stand=1999-07-01", 404, "Op 1999-07-01 zijn er geen cijfers"),
        ("dossiers.pdf", 400, "Geef gemeenten"),
        ("dossiers.zip?gemeenten=,,", 400, "Geef gemeenten"),
        ("dossiers.pdf?gemeenten=GM9999,x", 404, "“x” is geen gemeente."),
        ("dossiers.pdf?gemeenten=GM9999&voortgang=1", 404, "“GM9999” is geen gemeente."),
    ],
)
def test_invalid_requests_are_refused(server: FlaskClient, address: str, status: int, said: str) -> None:
    answer = server.get(f"/download/{address}")
    assert answer.status_code == status
    assert answer.mimetype == "text/plain"
    assert said in answer.text
    assert answer.cache_control.no_store


def test_dossier_without_figures(gaps: World) -> None:
    made = Flask("gaps", static_folder=None)
    dossiers.register(made, Shown(gaps))
    answer = made.test_client().get("/download/dossier/GM0363.pdf?periode=2024-I")
    assert answer.status_code == 200
    assert "geen cijfers bekend" in " ".join(texts(answer.data)[0].split())
    # February is missing for all.
    missing = made.test_client().get("/download/dossier/GM0363.pdf?periode=2024-I&stand=2024-02-01")
    assert missing.status_code == 404


def test_more_codes_than_municipalities(server: FlaskClient, world: World) -> None:
    codes = [*world.bundle.codes, *world.bundle.codes[:158]]
    for form in ("zip", "pdf"):
        answer = server.head(f"/download/dossiers.{form}?gemeenten={','.join(codes)}&{MOMENT}")
        assert answer.status_code == 200
        remarks = unquote(answer.headers[dossiers.REMARKS_HEADER])
        assert "Er zijn 500 gemeenten gevraagd; meer dan 342 zijn er niet." in remarks
        assert ("In één PDF staan hoogstens 100" in remarks) is (form == "pdf")


# ------------------------------------------------------------------ with progress


@pytest.mark.parametrize("form", ["pdf", "zip"])
def test_progress_precedes_the_file(server: FlaskClient, form: str) -> None:
    address = f"/download/dossiers.{form}?gemeenten=GM0096,GM0363,x&{MOMENT}"
    answer = server.get(f"{address}&voortgang=1", headers={"Accept-Encoding": "gzip, br"})
    assert answer.mimetype == dossiers.PROGRESS_TYPE
    assert "Content-Encoding" not in answer.headers
    assert answer.cache_control.no_store
    assert answer.headers["X-Accel-Buffering"] == "no"
    lines, file = progress_and_file(answer)
    steps, last = lines[:-1], lines[-1]
    assert [line["done"] for line in steps] == sorted(line["done"] for line in steps)
    assert steps[0] == {"done": 0, "of": 2, "what": steps[0]["what"]}
    assert last["name"] == f"dossiers-2-gemeenten-2022-05-01.{form}"
    assert last["size"] == len(file)
    assert last["remarks"] == ["“x” is geen gemeente. Geef een code als GM0363, of een naam."]
    assert file == server.get(address).data


def test_failures_are_reported(server: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Press) -> bytes:
        raise PressError("afgebroken")

    monkeypatch.setattr(Press, "result", fail)
    address = f"/download/dossier/GM0096.pdf?{MOMENT}"
    answer = server.get(address)
    assert (answer.status_code, answer.text) == (500, "afgebroken\n")
    lines, file = progress_and_file(server.get(f"{address}&voortgang=1"))
    assert lines[-1] == {"error": "afgebroken"}
    assert file == b""


def test_unexpected_errors_hide_details(server: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise KeyError("geheim")

    monkeypatch.setattr(dossiers, "gather", fail)
    lines, _ = progress_and_file(server.get(f"/download/dossier/GM0096.pdf?{MOMENT}&voortgang=1"))
    assert lines[-1] == {"error": "Het maken is mislukt; probeer het opnieuw."}


def test_busy_server_queues_then_refuses(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossiers, "WAIT", 0.02)
    monkeypatch.setattr(dossiers, "_POLL_SECONDS", 0.01)
    monkeypatch.setattr(dossiers, "JOBS", 1)
    turns = dossiers.Turns()
    monkeypatch.setattr(dossiers, "Turns", lambda: turns)
    made = Flask("busy", static_folder=None)
    dossiers.register(made, Shown(world))
    client = made.test_client()
    address = f"/download/dossier/GM0096.pdf?{MOMENT}"
    with turns.jobs:
        answer = client.get(address)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "Probeer het over een minuut opnieuw" in answer.text
        lines, _ = progress_and_file(client.get(f"{address}&voortgang=1"))
        assert lines[0] == {"waiting": True}
        assert "Probeer het over een minuut" in lines[-1]["error"]
        # The queue leaves threads for the map: a request beyond it is refused at once.
        queue = [turns.take() for _ in range(dossiers.WAITING)]
        assert [next(each) for each in queue] == [False] * dossiers.WAITING
        assert [*turns.take()] == []
        lines, _ = progress_and_file(client.get(f"{address}&voortgang=1"))
        assert [*lines[0]] == ["error"]
        queue[0].close()
        assert next(turns.take()) is False
    assert client.get(address).status_code == 200


def test_disconnecting_releases_the_slot(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossiers, "JOBS", 1)
    turns = dossiers.Turns()
    monkeypatch.setattr(dossiers, "Turns", lambda: turns)
    made = Flask("away", static_folder=None)
    dossiers.register(made, Shown(world))
    answer = made.test_client().get(
        f"/download/dossiers.zip?gemeenten=GM0096,GM0363&{MOMENT}&voortgang=1", buffered=False
    )
    lines = iter(answer.response)
    next(lines)
    next(lines)
    assert not turns.jobs.acquire(blocking=False)
    answer.close()
    assert turns.jobs.acquire(blocking=False)


def test_routes_of_the_application(client: FlaskClient) -> None:
    answer = client.head(f"/download/dossier/GM0363.pdf?{MOMENT}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.content_length is None


@pytest.mark.parametrize("word", ["😀", "\0", "שלום", "\u202e", "漢字", '#eval("1")', "*x*", "</p>"])
def test_any_word_leaves_other_dossiers(server: FlaskClient, word: str) -> None:
    answer = server.get(f"/download/dossiers.pdf?gemeenten={quote(word)},GM0096&{MOMENT}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "geen gemeente" in unquote(answer.headers[dossiers.REMARKS_HEADER])
