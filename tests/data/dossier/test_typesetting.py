import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from data.analysis.matching import Match
from data.dossier.model import Dossier, DossierFinding, Lesson, MatchList
from data.dossier.style import SMALLEST
from data.dossier.text import document
from data.dossier.typesetting import Press, PressError, typeset
from data.formatting import EXAMPLE_NOTICE, number, percentage, signed
from data.periods import HalfYear
from data.progress import Status
from data.snapshot import Snapshot, current
from tests.data.dossier.conftest import Gather
from tests.data.dossier.reading import bookmarks, elements, fonts, opened, texts

MARK = EXAMPLE_NOTICE
#: Extreme cases: long names, islands, large, small, at the border, many neighbours, none, a collaboration.
AWKWARD = (
    "GM0363", "GM0820", "GM0523", "GM0796", "GM0518", "GM0060", "GM0093", "GM0096", "GM0088", "GM1979",
    "GM0994", "GM0344", "GM1924", "GM1963", "GM0307", "GM1586",
)  # fmt: skip
LATE, LATEST = HalfYear(2024, 1), date(2024, 7, 1)


@pytest.fixture(scope="module")
def amsterdam(of: Gather) -> Dossier:
    return of("GM0363")


@pytest.fixture(scope="module")
def pdf(amsterdam: Dossier) -> bytes:
    return typeset([amsterdam])


def test_dossier_has_two_pages_of_a4(pdf: bytes) -> None:
    pages = opened(pdf).pages
    assert len(pages) == 2
    for page in pages:
        assert [round(float(side)) for side in page.MediaBox] == [0, 0, 595, 842]


def test_dossier_texts_have_supported_characters(pdf: bytes) -> None:
    content = " ".join(texts(pdf))
    assert "ˢ" in content
    assert "ᵇ" in content
    assert "\ufffd" not in content


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('#eval("1") *x* _y_ $a$ @b <lab> // ] \\ `z`', '#eval("1") *x* _y_ $a$ @b <lab> // ] \\ `z`'),
        ("Café ’s-Łódź e\u0301", "Café ’s-Łódź é"),
        ("Op 漢\u202e\x00😀\ud800 na", "Op \ufffd\ufffd\ufffd\ufffd\ufffd na"),
    ],
)
def test_titles_are_escaped_and_sanitised(amsterdam: Dossier, title: str, expected: str) -> None:
    lesson = Lesson("een", title, "Kust", "Uit een buurgemeente.", "https://landinbeeld.voorbeeld/#een")
    with Press(1) as press:
        press.submit(document([replace(amsterdam, lessons=(lesson,))], [title]))
        made = press.result()
    assert expected in " ".join(" ".join(texts(made)).split())


def test_pdf_declares_its_standards(pdf: bytes) -> None:
    made = opened(pdf)
    with made.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"] == "Dossier Amsterdam"
    assert made.Root.MarkInfo.Marked
    assert str(made.Root.Lang).startswith("nl")
    assert made.Root.ViewerPreferences.DisplayDocTitle
    assert made.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts(made))
    assert all(page.get("/Tabs") == "/S" for page in made.pages if "/Annots" in page)


def test_pdf_structure_tags(pdf: bytes, amsterdam: Dossier) -> None:
    made = opened(pdf)
    found = list(elements(made))
    kinds = [str(element.S) for element in found]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") >= 8
    headings = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert headings[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(headings))
    # The questions are a list; terms, certainty and source are sections of their own.
    assert kinds.count("/L") >= 1
    assert kinds.count("/LI") >= 3
    assert kinds.count("/H2") >= 11
    assert kinds.count("/Table") == 4
    assert kinds.count("/THead") == 4
    assert kinds.count("/TH") == 10 + 7 + 5 + 5
    figures = [element for element in found if str(element.S) == "/Figure"]
    alternatives = [str(figure.get("/Alt", "")) for figure in figures]
    assert len(alternatives) == 4
    assert all(alternatives)
    assert amsterdam.map.alternative in alternatives
    assert "Amsterdam is omlijnd" in amsterdam.map.alternative
    links = [element for element in found if str(element.S) == "/Link"]
    assert links


def test_pdf_text_has_the_figures(pdf: bytes, amsterdam: Dossier) -> None:
    first, second = texts(pdf)
    now = amsterdam.now
    for text in (
        "Amsterdam", "Noord-Holland", "1 mei 2022 (2022-I, na 4 maanden)", number(now.corrected_target),
        number(now.realised), number(now.remaining), percentage(now.share), number(amsterdam.backlog),
        signed(now.opening_balance), "Ver achter op schema", "gesimuleerd", "pagina 1 van 2",
    ):  # fmt: skip
        assert text in first, text
    for standing in amsterdam.history:
        row = f"{number(standing.remaining)}"
        assert re.search(rf"{standing.period} .*?{re.escape(row)}", first), standing.period
    for place in (*amsterdam.neighbours, *amsterdam.peers):
        assert re.search(rf"{re.escape(typed(place.name))}.*?{re.escape(number(place.remaining))}", second)
    for area in amsterdam.areas:
        assert re.search(rf"{area.name} .*?{re.escape(number(area.shortfall))}", second), area.name
    for finding in amsterdam.findings:
        assert finding.rule in f"{first} {second}", finding.rule
    assert amsterdam.outlook[0] in re.sub(r"(?<=\w)- (?=[a-z])", "", first)
    for text in ("berekend", "geschat", "gesimuleerd", amsterdam.version, "CBS", "landinbeeld.voorbeeld"):
        assert text in second, text
    made = opened(pdf)
    uris = [str(annot.A.URI) for page in made.pages for annot in page.get("/Annots", [])]
    assert amsterdam.permalink in uris


def typed(name: str) -> str:
    return name.replace("'", "’")


def test_simulated_figures_mark_every_page(pdf: bytes, of: Gather, patchy: Snapshot) -> None:
    assert all(MARK in text for text in texts(pdf))
    mixed = texts(typeset([of("GM0344", LATE, LATEST, patchy)]))
    assert len(mixed) == 2
    assert all("Oefencijfers in 2020-II tot en met 2022-I: taakstelling" in text for text in mixed)
    together = texts(typeset([of("GM0344"), of("GM0363")]))
    assert all(MARK in text for text in together)


def test_real_figures_have_no_mark(of: Gather) -> None:
    snapshot = current()
    real = replace(snapshot, example_periods=frozenset())
    found = texts(typeset([of("GM0344", snapshot=real)]))
    assert not any("Oefencijfers:" in text or "Trek er geen conclusies" in text for text in found)


def test_minimum_text_size(pdf: bytes) -> None:
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf)) as made:
        sizes = {round(char["size"], 2) for page in made.pages for char in page.chars}
        outside = [
            char
            for page in made.pages
            for char in page.chars
            if char["x0"] < 40 or char["x1"] > 560 or char["top"] < 25 or char["bottom"] > 825
        ]
    assert min(sizes) >= SMALLEST
    assert outside == []


def test_pdf_is_reproducible_in_process_and_worker(pdf: bytes, amsterdam: Dossier) -> None:
    assert typeset([amsterdam]) == pdf
    with Press(1) as press:
        press.submit(document([amsterdam], ()))
        assert press.result() == pdf


@pytest.mark.parametrize(
    ("period", "day"),
    [
        (HalfYear(2019, 1), date(2019, 1, 1)),
        (HalfYear(2022, 1), date(2022, 5, 1)),
        (LATE, LATEST),
    ],
)
def test_every_dossier_has_two_pages(of: Gather, period: HalfYear, day: date) -> None:
    dossiers = [of(code, period, day) for code in AWKWARD]
    made = typeset(dossiers)
    pages = texts(made)
    assert len(pages) == 1 + 2 * len(dossiers)
    assert bookmarks(opened(made)) == [
        (f"Dossiers van {len(dossiers)} gemeenten", 1),
        *((each.name, 2 + 2 * place) for place, each in enumerate(dossiers)),
    ]
    for place, each in enumerate(dossiers):
        first, second = pages[1 + 2 * place : 3 + 2 * place]
        assert "Meer staat op" not in first, each.name
        assert "Begrippen" in second
        assert f"{typed(each.name)}, blad 2 van 2 · pagina {3 + 2 * place} van {len(pages)}" in second


def test_table_of_contents_has_ordered_links(of: Gather) -> None:
    dossiers = [of(code) for code in ("GM0820", "GM0363", "GM0096")]
    made = typeset(dossiers, ["“GM9999” is geen gemeente."])
    first = texts(made)[0]
    assert re.search(
        r"1 Nuenen, Gerwen en Nederwetten .* 2 2 Amsterdam Noord-Holland Ver achter op schema .* 4 3 Vlieland .* 6",
        first,
    )
    assert "“GM9999” is geen gemeente." in first
    read = opened(made)
    assert len(read.pages[0].Annots) == 6  # name and page of each
    assert [str(element.S) for element in elements(read)].count("/H1") == 4


def test_dossier_without_figures(of: Gather, patchy: Snapshot) -> None:
    first, second = texts(typeset([of("GM0363", LATE, LATEST, patchy)]))
    assert "geen cijfers bekend" in first
    assert "Geen cijfers over 2024-I." in first
    assert "Buurgemeenten" in second


def long(words: int) -> str:
    return "onwaarschijnlijk lange zinnen " * words


def test_overflow_is_left_out_with_a_note(amsterdam: Dossier) -> None:
    match = Match("GM0014", "Groningen", long(9), Status.MET, 1.0, 0, None, ())
    much = replace(
        amsterdam,
        findings=tuple(
            DossierFinding(f"Regel {place}", long(5), long(12), tuple(f"Vraag {place}.{each}?" for each in range(6)))
            for place in range(12)
        ),
        lessons=tuple(Lesson(f"l{place}", long(3), "Elders", long(6), "/voorbeelden#l") for place in range(9)),
        matches=(MatchList("Koplopers", (match,) * 9), MatchList("Vergelijkbaar", (match,) * 9)),
        outlook=(long(14),) * 9,
    )
    first, second = texts(typeset([much]))
    assert first.count("Meer staat op de pagina van de gemeente") >= 1
    assert second.count("Meer staat op de pagina van de gemeente") == 3
    assert "Vraag 0.0?" in second
    assert "Begrippen" in second


def test_empty_document_is_refused() -> None:
    with pytest.raises(ValueError, match="geef minstens één gemeente"):
        typeset([])


def test_typst_errors_are_reported(amsterdam: Dossier) -> None:
    question = document([amsterdam], ())
    question["dossiers"][0]["map"]["alternative"] = None
    with Press(1) as press:
        press.submit(question)
        with pytest.raises(PressError, match="niet te zetten"):
            press.result()
        press.submit(document([amsterdam], ()))
        assert press.result().startswith(b"%PDF")


def test_crashed_worker_is_reported_and_replaced(amsterdam: Dossier) -> None:
    question = document([amsterdam], ())
    with Press(1) as press:
        press._process.kill()
        press._process.wait()
        with pytest.raises(PressError, match="afgebroken"):
            _result_of(press, question)
        press.restart()
        press.submit(question)
        assert press.result().startswith(b"%PDF")
    assert press._process.poll() is not None


def _result_of(press: Press, question: dict[str, object]) -> bytes:
    press.submit(question)
    return press.result()
