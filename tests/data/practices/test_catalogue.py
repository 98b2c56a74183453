"""The catalogue of good practices: the bundled files, and every kind of invalid file."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.practices import GOOD_PRACTICES, THEMES, Catalogue, Practice, catalogue
from data.practices.catalogue import id_of, read_catalogue
from geo.bundle import load_bundle

REGISTER = pd.DataFrame({"gm_code": ["GM0001", "GM0002", "GM0003"], "name": ["Aanwal", "Beek", "Cadorp"]})
OTHER_NAMES = {"GM0001": ["Oudwal", "Deeldorp"], "GM0002": ["Deeldorp"]}

HEAD: Mapping[str, str] = {
    "title": "title: Een titel",
    "place": "place: Aanwal",
    "municipalities": "municipalities:\n  - Aanwal\n  - gm0002",
    "themes": "themes:\n  - support\n  - conversion",
    "household_types": "household_types: [grote gezinnen]",
    "housing": 'housing: "kantoren: lege"',
    "partners": "partners:\n  - corporatie",
    "since": "since: 2016-07",
    "source": "source:\n  - label: Krant\n    url: https://www.krant.nl/a\n  - label: volgens de opdracht",
}
BODY = "Eerst *dit*.\n\nDan dat.\n\n## Wat ervan te leren is\n\n- Een les.\n"

Reader = Callable[..., Catalogue]


def written(body: str = BODY, **fields: str | None) -> str:
    """Text of a file; fields can be replaced by lines, left out (None) or added."""
    lines = [line for line in ({**HEAD, **fields}).values() if line is not None]
    return "\n".join(["---", *lines, "---", body])


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Read files by name and text."""

    def reader(**files: str | bytes) -> Catalogue:
        for name, content in files.items():
            raw = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name.replace('_', '-')}.md").write_bytes(raw)
        return read_catalogue(tmp_path, REGISTER, OTHER_NAMES)

    return reader


# ------------------------------------------------------------------ bundled practices


def test_bundled_files_are_valid() -> None:
    found = catalogue()
    assert found.problems == (), "\n".join(map(str, found.problems))
    assert [each.id for each in found.practices] == sorted(path.stem for path in GOOD_PRACTICES.glob("*.md"))


BUNDLED = catalogue().practices


@pytest.mark.parametrize("practice", BUNDLED, ids=[each.id for each in BUNDLED])
def test_bundled_practice_is_complete(practice: Practice) -> None:
    known = set(load_bundle().register["gm_code"])
    assert practice.municipalities
    assert set(practice.municipalities) <= known
    assert practice.themes
    assert practice.summary.endswith(".")
    assert practice.lessons
    for source in practice.sources:
        assert source.url is None or urlsplit(source.url).scheme == "https"
    assert any(source.url for source in practice.sources) or any(
        "openbare bron" in source.label for source in practice.sources
    )
    texts = [practice.title, practice.place, practice.housing, practice.summary, *practice.paragraphs]
    for text in [*texts, *practice.lessons, *practice.partners, *practice.household_types]:
        assert not re.search(r"['\"<>*_`]|\.\.\.| - |\s{2}|^\s|\s$", text), text
        # No judgements, which figures cannot support.
        assert not re.search(r"overtred|onwillig|weiger|onrechtmatig", text), text


def test_every_theme_has_a_bundled_practice() -> None:
    assert {theme for each in BUNDLED for theme in each.themes} == set(THEMES)


def test_published_cases_are_bundled() -> None:
    register = load_bundle().register.set_index("name")["gm_code"]
    by_municipality = {code for each in BUNDLED for code in each.municipalities}
    for name in ("Winterswijk", "Dordrecht", "Woerden", "Bodegraven-Reeuwijk", "Hoeksche Waard", "Utrecht"):
        assert register[name] in by_municipality
    achterhoek = next(each for each in BUNDLED if each.place == "Achterhoek")
    assert all(point in achterhoek.paragraphs[0] for point in ("kleinschalig", "huishoudens", "verevenen"))


# ------------------------------------------------------------------ valid files


def test_file_is_parsed(read: Reader) -> None:
    (practice,) = read(oude_wal=written()).practices
    assert practice == Practice(
        id="oude-wal",
        title="Een titel",
        place="Aanwal",
        municipalities=("GM0001", "GM0002"),
        themes=("conversion", "support"),
        household_types=("grote gezinnen",),
        housing="kantoren: lege",
        partners=("corporatie",),
        since="2016-07",
        sources=practice.sources,
        summary="Eerst dit.",
        paragraphs=("Dan dat.",),
        lessons=("Een les.",),
    )
    assert [(source.label, source.url) for source in practice.sources] == [
        ("Krant", "https://www.krant.nl/a"),
        ("volgens de opdracht", None),
    ]


def test_optional_fields_may_be_missing(read: Reader) -> None:
    file = written("Tekst.", household_types=None, housing=None, partners=None, since=None)
    (practice,) = read(a=file).practices
    assert (practice.household_types, practice.housing, practice.partners, practice.since) == (
        (),
        "",
        (),
        None,
    )
    assert (practice.since_words, practice.paragraphs, practice.lessons) == ("", (), ())


@pytest.mark.parametrize(
    ("since", "words"),
    [("2016", "2016"), ("2016-07", "juli 2016"), ("2016-07-01", "1 juli 2016"), ('"2016"', "2016")],
)
def test_since_may_be_a_year_month_or_day(since: str, words: str, read: Reader) -> None:
    assert read(a=written(since=f"since: {since}")).practices[0].since_words == words


def test_merged_municipality_is_replaced_by_its_successor(read: Reader) -> None:
    found = read(a=written(municipalities="municipalities: [oudwal, Aanwal]"))
    assert found.practices[0].municipalities == ("GM0001",)


def test_byte_order_mark_and_line_ends_are_ignored(read: Reader) -> None:
    plain = read(a=written()).practices[0]
    raw = b"\xef\xbb\xbf" + written().replace("\n", "\r\n").encode()
    assert read(a=raw).practices == (plain,)


# ------------------------------------------------------------------ invalid files


INVALID = {
    "no title": (written(title=None), r"^a\.md, veld title: ontbreekt of is leeg\. Vul het in"),
    "empty title": (written(title="title:"), r"^a\.md, regel 2, veld title: ontbreekt of is leeg"),
    "no municipality": (written(municipalities="municipalities: []"), r"veld municipalities: ontbreekt"),
    "unknown municipality": (
        written(municipalities="municipalities:\n  - Aanwall"),
        (
            r"^a\.md, regel 5, veld municipalities: “Aanwall” is geen gemeente van nu of vroeger\. "
            r"Bedoelde u Aanwal \(GM0001\)\?$"
        ),
    ),
    "nothing near": (
        written(municipalities="municipalities: [Nergenshuizen]"),
        r"Schrijf de naam uit het gemeentenregister\.$",
    ),
    "divided municipality": (
        written(municipalities="municipalities: [Deeldorp]"),
        r"ligt nu in Aanwal \(GM0001\) en Beek \(GM0002\)\. Schrijf welke",
    ),
    "old code": (written(municipalities="municipalities: [GM9999]"), r"code van de nieuwe gemeente"),
    "unknown theme": (
        written(themes="themes: [onzin]"),
        r"^a\.md, regel 7, veld themes: “onzin” is geen thema\. Kies uit conversion \(Gebouwen ombouwen\), ",
    ),
    "doubled theme": (
        written(themes="themes:\n  - support\n  - support"),
        r"regel 9, veld themes: “support” staat er al, op regel 8\. Laat er één staan\.",
    ),
    "empty entry": (written(partners="partners:\n  -\n"), r"veld partners: hier hoort een tekst"),
    "no front matter": ("Alleen tekst.\n", r"^a\.md, regel 1: geen kop\. Begin het bestand met een"),
    "no end of front matter": ("---\ntitle: x\n", r"de kop houdt niet op\. Zet na het laatste veld"),
    "broken YAML": (
        written(housing="housing: kantoren: lege"),
        r"^a\.md, regel \d+: de kop is geen YAML\. Zet een tekst met een dubbele punt",
    ),
    "no fields": ("---\n- a\n---\nx", r"de kop heeft geen velden\. Schrijf elk veld als naam: inhoud\."),
    "field of fields": (written(housing="housing:\n  a: b"), r"veld housing: hier hoort een tekst of een"),
    "doubled field": (written(extra="title: nog een"), r"veld title: staat er twee keer, ook op regel 2"),
    "not UTF-8": (written().encode("utf-16"), r"^a\.md, regel 1: geen UTF-8\. Bewaar het bestand"),
    "latin-1": (written(title="title: Eén").encode("latin-1"), r"^a\.md, regel 2: geen UTF-8"),
    "too large": (written("a" * 100_001), r"groter dan 100 kB"),
    "empty body": (written("\n  \n"), r"^a\.md: geen tekst onder de kop\. Beschrijf daar het voorbeeld\.$"),
    "no date": (
        written(since="since: vorig jaar"),
        r"veld since: “vorig jaar” is geen datum\. Schrijf 2016, 2016-07 of 2016-07-01",
    ),
    "no day": (written(since="since: 2016-02-30"), r"“2016-02-30” is geen datum"),
    "url without https": (
        written(source="source:\n  - label: Krant\n    url: http://krant.nl"),
        r"veld source: “http://krant\.nl” is geen adres met https",
    ),
    "url that runs": (
        written(source="source: [{label: x, url: 'javascript:alert(1)'}]"), r"is geen adres met https",
    ),
    "url without host": (written(source="source: [{label: x, url: 'https://['}]"), r"is geen adres met"),
    "source without label": (written(source="source: [{url: https://krant.nl}]"), r"een bron heeft label"),
    "source as text": (written(source="source: [krant]"), r"veld source: een bron heeft label"),
    "unknown key": (
        written(extra="opmerking: x"),
        r"veld opmerking: dit veld bestaat niet\. Kies uit title, place, municipalities",
    ),
    "list for text": (written(title="title: [a, b]"), r"regel 2, veld title: hier hoort één tekst, geen"),
    "text for list": (written(themes="themes: support"), r"veld themes: hier hoort een lijst\. Zet elk deel"),
    "picture": (written("Kijk: ![x](y.png)"), r"^a\.md, regel \d+: een afbeelding\. Haal die weg\.$"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), INVALID.values(), ids=INVALID)
def test_invalid_file_is_reported_with_its_fix(content: str | bytes, message: str, read: Reader) -> None:
    found = read(a=content, b=written())
    assert [each.id for each in found.practices] == ["b"]
    assert len(found.problems) == 1, "\n".join(map(str, found.problems))
    assert re.search(message, str(found.problems[0])), str(found.problems[0])
    assert found.problems[0].source_name == "a.md"


def test_line_numbers_are_of_the_file(read: Reader) -> None:
    text = written("\n\nTekst.\n\n<b>nee</b>\n")
    (problem,) = read(a=text).problems
    assert problem.rows == (text.split("\n").index("<b>nee</b>") + 1,)
    shifted = text.replace("---\n", "---\n\n\n", 1)
    (problem,) = read(a=shifted.replace("since: 2016-07", "since: ooit").replace("<b>nee</b>", "")).problems
    assert problem.rows == (shifted.split("\n").index("since: 2016-07") + 1,)


def test_all_problems_of_a_file_are_reported(read: Reader) -> None:
    found = read(a=written("", title=None, themes="themes: [x, y]"))
    assert [problem.kind for problem in found.problems] == ["missing", "empty_body", *["unknown_theme"] * 2]


def test_duplicate_ids_are_reported(tmp_path: Path, read: Reader) -> None:
    (tmp_path / "Oude Wal.md").write_text(written(title="title: De eerste"), "utf-8")
    found = read(oude_wal=written())
    assert [each.title for each in found.practices] == ["De eerste"]
    (problem,) = found.problems
    message = "oude-wal.md: heet op de pagina hetzelfde als Oude Wal.md (oude-wal). Hernoem er een."
    assert str(problem) == message


def test_file_name_without_letters_is_reported(tmp_path: Path) -> None:
    (tmp_path / "!!.md").write_text(written(), "utf-8")
    (problem,) = read_catalogue(tmp_path, REGISTER, OTHER_NAMES).problems
    assert "Hernoem het bestand" in str(problem)


def test_folder_named_like_a_file_is_reported(tmp_path: Path, read: Reader) -> None:
    (tmp_path / "map.md").mkdir()
    found = read(a=written())
    assert len(found.practices) == 1
    assert "map.md: niet te lezen" in str(found.problems[0])


def test_pipes_and_broken_links_are_reported(tmp_path: Path, read: Reader) -> None:
    os.mkfifo(tmp_path / "pijp.md")
    (tmp_path / "lus.md").symlink_to(tmp_path / "lus.md")
    (tmp_path / "weg.md").symlink_to(tmp_path / "nergens")
    found = read(goed=written())
    assert [practice.id for practice in found.practices] == ["goed"]
    assert [str(problem).split(":")[0] for problem in found.problems] == ["lus.md", "pijp.md", "weg.md"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", 'title: "a\\ud800b"'),
        ("place", 'place: "a\\0b"'),
        ("partners", 'partners: ["a\\x07"]'),
        ("source", 'source: [{label: "a\\udfff"}]'),
        ("odd", '"a\\ud800": b'),
    ],
)
def test_unprintable_characters_are_reported(field: str, text: str, read: Reader) -> None:
    found = read(een=written(**{field: text}))
    assert found.practices == ()
    (problem,) = found.problems
    assert re.match(r"een\.md, regel \d+: een teken dat geen tekst is", str(problem))
    str(problem).encode()


def test_missing_folder(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path / "weg", REGISTER, {}) == Catalogue((), ())


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("utrecht-quick-scan.md", "utrecht-quick-scan"),
        ("Súdwest Fryslân!.md", "sudwest-fryslan"),
        ("—.md", ""),
    ],
)
def test_ids_from_file_names(name: str, id_: str) -> None:
    assert id_of(name) == id_


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    content=st.one_of(
        st.binary(max_size=300),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.tuples(st.text(max_size=120), st.text(max_size=200)).map(
            lambda parts: f"---\n{parts[0]}\n---\n{parts[1]}".encode("utf-8", "surrogatepass")
        ),
        st.tuples(st.sampled_from(sorted(HEAD)), st.text("-[]{}:&*!|>'\" \n\tab0", max_size=60)).map(
            lambda parts: written(**{parts[0]: f"{parts[0]}: {parts[1]}"}).encode()
        ),
        st.text("#-*_`>|<![]()\\ \n\tab&;", max_size=200).map(lambda body: written(body).encode()),
    )
)
def test_any_file_is_parsed_without_error(content: bytes, read: Reader) -> None:
    found = read(a=content)
    assert len(found.practices) == (not found.problems)
    for problem in found.problems:
        assert str(problem).startswith("a.md")
    for practice in found.practices:
        assert practice.title
        assert practice.summary


@pytest.mark.parametrize("text", ["[" * 30_000, "&a [*a]", "? " * 20_000, "{a: " * 20_000])
def test_deep_nesting_is_reported(text: str, read: Reader) -> None:
    assert read(a=written(title=f"title: {text}"), b=written(">" * 40_000)).practices == ()


# ------------------------------------------------------------------ changes


def test_catalogue_reloads_changed_files(tmp_path: Path) -> None:
    municipality = "municipalities: [Utrecht]"
    path = tmp_path / "een.md"
    assert catalogue(tmp_path).practices == ()
    path.write_text(written(municipalities=municipality), "utf-8")
    first = catalogue(tmp_path)
    assert [each.title for each in first.practices] == ["Een titel"]
    assert catalogue(tmp_path) is first
    path.write_text(written(municipalities=municipality, title="title: De titel"), "utf-8")
    # File system clocks are coarse.
    os.utime(path, ns=(0, 0))
    assert [each.title for each in catalogue(tmp_path).practices] == ["De titel"]
    (tmp_path / "twee.md").write_text("niets", "utf-8")
    assert [problem.source_name for problem in catalogue(tmp_path).problems] == ["twee.md"]
    path.unlink()
    assert catalogue(tmp_path).practices == ()
