"""Life cycle of a publication: upload, choices, publishing, replacing, withdrawing."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from callbacks.live import Live
from callbacks.pages.publications.download import attachment
from callbacks.pages.publications.routes import file_name
from data.periods import HalfYear
from data.store import EXAMPLE, Store
from tests.publishing import DAY, Person, number_of, overview, server_of

PERIOD = HalfYear(2024, 1)
CODES = ("GM0363", "GM0599", "GM0344")
CHANGED = {"GM0363": 9, "GM0599": -4, "GM0344": 2}


def states(live: Live) -> list[tuple[int, str, bool]]:
    return [(one.id, one.state, one.shown) for one in live.store.publications() if one.source != EXAMPLE]


def realised(live: Live, code: str) -> int:
    return int(live.world.snapshot.row(PERIOD, DAY, code)["realised"])


def test_upload_makes_a_hidden_draft(live: Live, analyst: Person) -> None:
    version = live.store.version()
    path = analyst.offers(overview())
    html = analyst.sees(path)
    assert states(live) == [(number_of(path), "draft", False)]
    assert live.store.version() == version
    for words in ("Stand van 1 mei 2024 (2024-I)", "342 gemeenten", "te huisvesten", "Publiceer · geen vragen"):
        assert words in html
    assert html.count('<path class="tone-') == 342
    assert "nog onbekend" not in html
    assert "1 mei 2024 (2024-I)" in analyst.sees()


def test_publishing_takes_effect_immediately(live: Live, analyst: Person) -> None:
    assert "2024-I" in live.world.snapshot.example_periods
    path = analyst.publishes(overview(realised=CHANGED), toelichting="eerste", uitgebracht="2024-05-08")
    assert live.world.snapshot.example_periods.isdisjoint({"2024-I"})
    one = live.store.publication(number_of(path))
    assert (one.state, one.shown, one.source, one.note) == ("published", True, "coa", "eerste")
    assert (one.published_on, one.published_by) == (date(2024, 5, 8), "lokale gebruiker")
    assert realised(live, "GM0363") == int(live.store.figures(one.id).set_index("gm_code").loc["GM0363", "realised"])
    html = analyst.sees(path)
    for words in (
        "getoond",
        "8 mei 2024",
        "door lokale gebruiker",
        "eerste",
        one.sha256,
        "Trek deze publicatie in",
    ):
        assert words in html
    assert "nog niet eerder gepubliceerd" in analyst.sees()


def test_revision_shows_changes_and_replaces(live: Live, analyst: Person) -> None:
    first = analyst.publishes(overview())
    before = realised(live, "GM0363")
    second = analyst.offers(overview(realised=CHANGED))
    html = analyst.sees(second)
    assert "3 gemeenten met een ander cijfer dan nu op de kaart staat" in html
    outlines = html.partition('<g class="changed">')[2].partition("</g>")[0]
    assert (outlines.count("<path"), outlines.count("<circle")) == (3, 3)
    assert [html.index(name) for name in ("Amsterdam</a>", "Rotterdam</a>", "Utrecht</a>")] == sorted(
        html.index(name) for name in ("Amsterdam</a>", "Rotterdam</a>", "Utrecht</a>")
    )  # by size
    analyst.does(second, "/publiceren", bron="COA", akkoord="1")
    assert states(live) == [(number_of(second), "published", True), (number_of(first), "published", False)]
    assert realised(live, "GM0363") == before + 9
    listed = analyst.sees()
    assert "3 gemeenten, gehuisvest +7" in listed
    assert "vervangen" in listed
    assert "Vervangen door" in analyst.sees(first)
    assert "Verschil met de vorige publicatie van deze peildatum" in analyst.sees(second)


def test_withdrawing_restores_the_previous_publication(live: Live, analyst: Person) -> None:
    first = analyst.publishes(overview())
    before = realised(live, "GM0363")
    second = analyst.publishes(overview(realised=CHANGED))
    assert "weer getoond" in analyst.sees(second)
    assert "Geef een reden" in analyst.does(second, "/intrekken", reden="  ")
    assert "Ingetrokken" in analyst.does(second, "/intrekken", reden="verkeerde maand")
    assert states(live) == [(number_of(second), "withdrawn", False), (number_of(first), "published", True)]
    assert realised(live, "GM0363") == before
    html = analyst.sees(second)
    assert "verkeerde maand" in html
    assert "Trek deze publicatie in" not in html
    assert "al ingetrokken" in analyst.does(second, "/intrekken", reden="nog eens")
    assert "verdwijnen van de kaart" in analyst.sees(first)
    analyst.does(first, "/intrekken", reden="alles fout")
    assert "2024-I" in live.world.snapshot.example_periods


def test_comparison_with_the_previous_month(live: Live, analyst: Person) -> None:
    april = analyst.publishes(overview(day="2024-04-01"))
    may = analyst.offers(overview())
    for _ in range(2):
        html = analyst.sees(may)
        assert "Verschil met de vorige peildatum" in html
        assert f'href="{april}"' in html
        analyst.does(may, "/publiceren", bron="COA", akkoord="1")
    assert "met een andere status dan" not in html
    assert live.store.publication(number_of(may)).state == "published"


def test_first_publication_marks_changed_statuses(analyst: Person) -> None:
    analyst.publishes(overview(day="2024-04-01"))
    html = analyst.sees(analyst.offers(overview()))
    assert "met een andere status dan op 1 april 2024 (2024-I)" in html
    assert '<g class="changed">' in html


def test_unreadable_file_is_refused_without_a_draft(live: Live, analyst: Person) -> None:
    for name, content, words in (
        ("leeg.xlsx", b"", "leeg"),
        ("plaatje.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "plaatje.xlsx"),
        ("tekst.csv", b"zomaar;wat\ntekst;hier\n", "geen tabel met gemeenten"),
    ):
        assert analyst.offers(content, name) == "/cijfers"
        assert "niet gelezen" in analyst.told
        assert words in analyst.told
    assert states(live) == []
    assert "niet gelezen" not in analyst.sees()  # shown once


def test_unexpected_error_is_reported_without_a_draft(
    live: Live, analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("data.ingest.pipeline.interpret", broken)
    assert analyst.offers(overview()) == "/cijfers"
    assert "onverwachte fout" in analyst.told
    assert states(live) == []


def test_missing_file_is_refused(analyst: Person) -> None:
    assert analyst.offers(b"", "") == "/cijfers"
    assert "Kies eerst een bestand" in analyst.told


@pytest.mark.parametrize(
    ("source", "words"), [("", "van wie"), ("Example", "oefencijfers"), ("oefencijfers", "oefencijfers")]
)
def test_example_source_is_reserved(live: Live, analyst: Person, source: str, words: str) -> None:
    assert analyst.offers(overview(), source=source) == "/cijfers"
    assert words in analyst.told
    path = analyst.offers(overview())
    assert words in analyst.does(path, "/publiceren", bron=source, akkoord="1")
    assert live.store.publication(number_of(path)).state == "draft"


# Choices


def test_missing_reference_date_is_chosen(live: Live, analyst: Person) -> None:
    path = analyst.offers(overview(title="Overzicht per gemeente"))
    html = analyst.sees(path)
    assert "te kiezen" in html
    assert "kies de peildatum" in html
    assert "--period" not in html
    assert "los eerst op" in analyst.does(path, "/publiceren", bron="COA", akkoord="1")
    assert "ook het halfjaar" in analyst.does(path, "/keuzes", maanden="4")
    assert "Opnieuw gelezen" in analyst.does(path, "/keuzes", halfjaar="2024-I", maanden="4")
    assert "Stand van 1 mei 2024 (2024-I)" in analyst.sees(path)
    analyst.does(path, "/publiceren", bron="COA", akkoord="1")
    assert live.store.publication(number_of(path)).reference_date == DAY


def test_unknown_municipality_is_chosen(live: Live, analyst: Person) -> None:
    odd = "Utregt <script>alert(1)</script>"
    path = analyst.offers(overview(names={"GM0344": odd}))
    html = analyst.sees(path)
    assert "<script" not in html
    assert "Utregt &lt;script&gt;" in html
    assert "Utrecht (GM0344)" in html
    told = analyst.does(path, "/keuzes", halfjaar="2024-I", maanden="4", naam=[odd], gemeente=["Nergens"])
    assert "geen gemeente die wij kennen" in told
    analyst.does(path, "/keuzes", halfjaar="2024-I", maanden="4", naam=[odd], gemeente=["Utrecht (GM0344)"])
    assert "342 gemeenten" in analyst.sees(path)
    analyst.does(path, "/publiceren", bron="COA", akkoord="1")
    assert live.store.publication(number_of(path)).state == "published"
    assert "<script" not in analyst.sees(path)


def test_column_choice_can_be_changed_and_undone(analyst: Person) -> None:
    path = analyst.offers(overview())
    settled = {"halfjaar": "2024-I", "maanden": "4", "kolom-4": "ignored"}
    analyst.does(path, "/keuzes", **settled)
    html = analyst.sees(path)
    assert "zelf gekozen" in html
    assert "Los dit eerst op" in html
    assert "Vergeet alle keuzes" in html
    analyst.does(path, "/keuzes", **settled, vergeet="1")
    assert "zelf gekozen" not in analyst.sees(path)
    assert "kan geen" in analyst.does(path, "/keuzes", **{**settled, "kolom-4": "onzin"})


def test_choices_are_remembered_per_layout(live: Live, analyst: Person) -> None:
    odd = {"GM0344": "Utregt"}
    path = analyst.offers(overview(day="2024-04-01", names=odd))
    chosen = {"halfjaar": "2024-I", "maanden": "3", "naam": ["Utregt"], "gemeente": ["utrecht"]}
    analyst.does(path, "/keuzes", **chosen)
    analyst.does(path, "/publiceren", bron="COA", akkoord="1")
    assert live.store.publication(number_of(path)).state == "published"
    path = analyst.offers(overview(names=odd))
    html = analyst.sees(path)
    assert "die keuzes zijn hier overgenomen" in html
    assert "Stand van 1 mei 2024 (2024-I)" in html  # the moment is the file's own
    assert "342 gemeenten" in html
    analyst.does(path, "/keuzes", vergeet="1")
    html = analyst.sees(path)
    assert "overgenomen" not in html
    assert "te kiezen" in html


def test_outdated_choices_are_refused(live: Live, analyst: Person) -> None:
    path = analyst.offers(overview(title="Overzicht per gemeente"))
    token, old = analyst.token(path), "x" * 24
    answer = analyst.posts(f"{path}/keuzes", {"csrf": token, "gezien": old, "halfjaar": "2024-I", "maanden": "4"})
    assert answer.headers["Location"] == path
    assert "intussen opnieuw gelezen" in analyst.sees(path)
    assert live.store.publication(number_of(path)).period is None
    answer = analyst.posts(f"{path}/publiceren", {"csrf": token, "gezien": old, "bron": "COA"})
    assert "intussen opnieuw gelezen" in analyst.sees(path)


def test_report_questions_must_be_confirmed(live: Live, analyst: Person) -> None:
    analyst.publishes(overview(day="2024-04-01"))
    path = analyst.offers(overview(realised={"GM0363": 700}))
    assert "te controleren" in analyst.sees(path)
    assert "Vink eerst aan" in analyst.does(path, "/publiceren", bron="COA")
    assert live.store.publication(number_of(path)).state == "draft"
    analyst.does(path, "/publiceren", bron="COA", akkoord="1")
    assert live.store.publication(number_of(path)).state == "published"


def test_invalid_date_is_refused(live: Live, analyst: Person) -> None:
    path = analyst.offers(overview())
    assert "geen datum" in analyst.does(path, "/publiceren", bron="COA", akkoord="1", uitgebracht="mei")
    assert live.store.publication(number_of(path)).state == "draft"


# Duplicates and conflicts


def test_duplicate_upload_gives_one_draft(live: Live, analyst: Person) -> None:
    path = analyst.offers(overview())
    assert analyst.offers(overview()) == path
    assert "al als concept klaar" in analyst.told
    assert states(live) == [(number_of(path), "draft", False)]


def test_upload_of_a_published_file_redirects(live: Live, analyst: Person) -> None:
    path = analyst.publishes(overview())
    assert analyst.offers(overview()) == path
    assert "al gepubliceerd" in analyst.told
    assert len(states(live)) == 1


def test_publishing_is_idempotent(live: Live, analyst: Person) -> None:
    path = analyst.offers(overview())
    html_token = analyst.token(path)
    analyst.does(path, "/publiceren", bron="COA", akkoord="1")
    version = live.store.version()
    answer = analyst.posts(f"{path}/publiceren", {"csrf": html_token, "gezien": "", "bron": "COA"})
    assert answer.status_code == 303
    assert "al gepubliceerd" in analyst.sees(path)
    assert live.store.version() == version


def test_conflicting_publication_is_refused(live: Live, analyst: Person) -> None:
    mine = analyst.offers(overview(realised=CHANGED))
    other = Person(server_of(live))
    other.publishes(overview())
    for note in ("", "met een toelichting"):  # which is kept before it is published
        told = analyst.does(mine, "/publiceren", bron="COA", akkoord="1", toelichting=note)
        assert "Sinds dit concept is vergeleken" in told
    assert live.store.publication(number_of(mine)).state == "draft"
    analyst.does(mine, "/keuzes", halfjaar="2024-I", maanden="4")
    assert "3 gemeenten met een ander cijfer" in analyst.sees(mine)
    analyst.does(mine, "/publiceren", bron="COA", akkoord="1")
    assert live.store.publication(number_of(mine)).shown


def test_draft_is_deleted(live: Live, analyst: Person) -> None:
    path = analyst.offers(overview())
    assert "weggegooid" in analyst.does(path, "/weg")
    assert states(live) == []
    assert "bestaat niet" in analyst.sees(path)
    published = analyst.publishes(overview())
    assert "alleen met een concept" in analyst.does(published, "/weg")
    assert len(states(live)) == 1


@pytest.mark.parametrize("act", ["keuzes", "publiceren", "weg", "intrekken"])
def test_get_of_a_form_address_shows_the_page(analyst: Person, act: str) -> None:
    path = analyst.offers(overview())
    answer = analyst.client.get(f"{path}/{act}")
    assert (answer.status_code, answer.headers["Location"]) == (303, path)


@pytest.mark.parametrize("rest", ["99", "0", "-1", "abc", "1e3", "9" * 30, "<script>", "٣"])
def test_unknown_publication_gives_the_list(analyst: Person, rest: str) -> None:
    html = analyst.sees(f"/cijfers/{rest}")
    assert "bestaat niet" in html
    assert "Nieuwe cijfers" in html


def test_example_cannot_be_withdrawn(live: Live, analyst: Person) -> None:
    (example,) = live.store.publications(source=EXAMPLE)
    html = analyst.sees(f"/cijfers/{example.id}")
    assert "Oefencijfers" in html
    assert "Trek deze publicatie in" not in html
    assert "kunnen niet worden ingetrokken" in analyst.does(f"/cijfers/{example.id}", "/intrekken", reden="weg")
    assert live.store.publication(example.id).state == "published"


def test_log_has_user_and_action(analyst: Person) -> None:
    path = analyst.publishes(overview())
    analyst.does(path, "/intrekken", reden="fout <b>bestand</b>")
    html = analyst.sees()
    log = html[html.index("Logboek") :]
    for words in ("concept gemaakt", "gepubliceerd", "ingetrokken", "lokale gebruiker", "fout &lt;b&gt;bestand"):
        assert words in log


def test_unavailable_store_is_reported(live: Live, analyst: Person, tmp_path: Path) -> None:
    path = analyst.offers(overview())
    token = analyst.token(path)
    live.store.dispose()
    for file in tmp_path.glob("store.sqlite*"):
        file.unlink()
    (tmp_path / "store.sqlite").mkdir()
    for where in ("/cijfers", path):
        assert "Cijfers" in analyst.sees(where)
    answer = analyst.posts(f"{path}/weg", {"csrf": token})
    assert answer.status_code == 303
    (tmp_path / "store.sqlite").rmdir()


# Downloads


def test_original_file_is_downloaded_unchanged(analyst: Person) -> None:
    content = overview()
    path = analyst.publishes(content)
    answer = analyst.client.get(f"{path}/bestand")
    assert answer.data == content
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="overzicht.csv"')
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "kept", "plain"),
    [
        ("../../etc/passwd", "passwd", "passwd"),
        ("C:\\map\\stand mei.csv", "stand mei.csv", "stand_mei.csv"),
        ('stand"; filename="kwaad.exe', 'stand"; filename="kwaad.exe', "stand_filename_kwaad.exe"),
        ("stand\r\nSet-Cookie: a=b.csv", "standSet-Cookie: a=b.csv", "standSet-Cookie_a_b.csv"),
        ("\u202efdp.exe", "fdp.exe", "fdp.exe"),
        ("…", "…", "bestand"),
        ("..", "..", "bestand"),
        ("", "bestand", "bestand"),
        ("Überzicht é.csv", "Überzicht é.csv", "Uberzicht_e.csv"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_file_names_are_sanitised(name: str, kept: str, plain: str) -> None:
    assert file_name(name) == kept
    header = attachment(b"", "text/csv", kept).headers["Content-Disposition"]
    assert header.startswith(f"attachment; filename=\"{plain}\"; filename*=UTF-8''")
    assert not set('\r\n/\\";') & set(header.partition("filename*=UTF-8''")[2])


def test_figures_csv_has_quality_source_and_publication(analyst: Person) -> None:
    path = analyst.publishes(overview(), bron="=ministerie", uitgebracht="2024-05-08")
    answer = analyst.client.get(f"{path}/cijfers.csv?csv=programma", follow_redirects=True)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 342
    row = next(row for row in rows if row["gm_code"] == "GM0363")
    assert row["name"] == "Amsterdam"
    assert row["source"] == "'=ministerie"  # a spreadsheet would run it
    assert (row["publication"], row["published_on"]) == (path.rpartition("/")[2], "2024-05-08")
    assert row["realised_quality"] == "published"
    for_people = analyst.client.get(f"{path}/cijfers.csv", follow_redirects=True).data.decode("utf-8-sig").splitlines()
    head, first = (dict(enumerate(line.split(";"))) for line in for_people[:2])
    known = {name: first[place] for place, name in head.items()}
    assert (known["Kwaliteit gehuisvest"], known["Op de kaart"], known["Bron"]) == (
        "gepubliceerd", "getoond", "'=ministerie",
    )  # fmt: skip


def test_published_figures_are_made_once_under_an_address_of_their_state(
    analyst: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = analyst.publishes(overview())
    first = analyst.client.get(f"{path}/cijfers.csv").location
    body = analyst.client.get(first)
    assert (body.status_code, body.headers["Content-Disposition"]) == (200, "attachment")
    assert {"public", "immutable"} <= {*body.headers["Cache-Control"].split(", ")}
    with monkeypatch.context() as patched:
        patched.setattr(Store, "figures", None)  # nothing is read again
        for _ in range(2):
            assert analyst.client.get(first).data == body.data
    analyst.publishes(overview(realised={"GM0363": 1}))
    second = analyst.client.get(f"{path}/cijfers.csv").location
    assert second != first, "the newer publication took its place on the map"
    assert analyst.client.get(second).data != body.data
    for name in ("publicatie-9", first.rpartition("/")[2].replace("_publicatie-", "_publicatie-9"), "iets"):
        assert analyst.client.get(f"{first.rpartition('/')[0]}/{name}.csv").status_code == 404


def test_the_figures_of_a_draft_are_for_who_may_see_it(analyst: Person) -> None:
    path = analyst.offers(overview())
    answer = analyst.client.get(f"{path}/cijfers.csv")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("what", ["bestand", "cijfers.csv"])
def test_unknown_downloads_are_refused(analyst: Person, what: str) -> None:
    answer = analyst.client.get(f"/cijfers/99/{what}")
    assert answer.status_code == 404
    assert "Er is geen publicatie 99" in answer.get_data(as_text=True)
