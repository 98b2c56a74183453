"""Tables from pdf, ruled in every manner or not at all."""

from collections.abc import Sequence

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.sources.formats import pdf
from data.sources.formats.detect import read_file
from data.sources.formats.grid import Grid, UnreadableFile
from data.sources.formats.pdf_words import Word, joined_text, lines_of, table_of_lines

HEADINGS = ("Code", "Gemeente", "Netto taakstelling", "Achterstand per 1-7", "Gerealiseerd", "%")
NAMES = (
    "'s-Gravenhage",
    "Súdwest-Fryslân",
    "Bergen (NH.)",
    "Nuenen, Gerwen en Nederwetten",
    "Ee",
    "Hengelo (O.)",
)

STROKES = {
    "ruled": "stroke: 0.5pt",
    "nothing": "stroke: none",
    "lines between rows": "stroke: (x: none, y: 0.5pt)",
    "lines between columns": "stroke: (x: 0.5pt, y: none)",
    "shaded rows": "stroke: none, fill: (_, y) => if calc.odd(y) { luma(230) }",
    "shaded headings": "stroke: none, fill: (_, y) => if y == 0 { luma(200) }",
    "numbers to the right": "stroke: none, align: (x, _) => if x < 2 { left } else { right }",
    "numbers in the middle": "stroke: none, align: center",
    "tight": "stroke: none, inset: (x: 4pt, y: 1.5pt)",
    "tight and ruled": "stroke: 0.3pt, inset: 1pt",
    "frame": "stroke: (x, y) => (left: 1pt, right: 1pt, top: if y < 2 { 1pt }, bottom: none)",
}

Row = tuple[str, ...]


def rows(count: int) -> list[Row]:
    return [
        (
            *(f"GM{100 + at:04d}", NAMES[at] if at < len(NAMES) else f"Gemeente {at}"),
            *(f"{1000 + 37 * at:,}".replace(",", "."), f"{7 * at % 50 - 20}".replace("-", "−"), f"{at * 3}"),
            f"{at % 120},5",
        )
        for at in range(count)
    ]


def table(
    body: Sequence[Row],
    stroke: str,
    *,
    headings: Sequence[str] = HEADINGS,
    repeat: bool = True,
    columns: str = "",
) -> str:
    """Typst of a table; text goes in as strings, so that no character has a meaning."""

    def cells(row: Sequence[str]) -> str:
        told = [cell.replace("\\", "\\\\").replace('"', '\\"') for cell in row]
        return ", ".join(f'text("{cell}")' for cell in told)

    head = f"table.header({cells(headings)})" if repeat else cells(headings)
    whole = ",\n".join([head, *map(cells, body)])
    return f"#table(columns: {columns or len(headings)}, {stroke},\n{whole})\n"


def made(*parts: str) -> bytes:
    settings = "#set page(width: 210mm, height: 297mm)\n#set text(size: 9pt)\n#set smartquote(enabled: false)\n"
    return bytes(typst.compile((settings + "\n".join(parts)).encode()))


def read(*parts: str) -> Grid:
    grid = read_file("overzicht.pdf", made(*parts))
    assert grid.kind == "pdf"
    return grid


def texts(grid: Grid) -> list[list[tuple[str, ...]]]:
    """Rows of every sheet, each without its empty cells at the end."""
    found = []
    for sheet in grid.sheets:
        kept = []
        for row in sheet.rows:
            cells = ["" if cell is None else str(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            kept.append(tuple(cells))
        found.append(kept)
    return found


TITLE = "= Overzicht taakstelling 2025-II\nStand per 1 oktober 2025\n"


@pytest.mark.parametrize("stroke", STROKES)
def test_every_kind_of_ruling(stroke: str) -> None:
    (sheet,) = texts(read(TITLE, table(rows(30), STROKES[stroke]), "\nBron: proef."))
    assert sheet[:2] == [("Overzicht taakstelling 2025-II",), ("Stand per 1 oktober 2025",)]
    assert sheet[2] == HEADINGS
    assert sheet[3:33] == rows(30)
    assert sheet[33:] == [("Bron: proef.",)]


@pytest.mark.parametrize("stroke", ["ruled", "nothing"])
@pytest.mark.parametrize("repeat", [True, False], ids=["headings repeated", "headings once"])
def test_a_table_of_several_pages_has_its_headings_on_each(stroke: str, repeat: bool) -> None:
    grid = read(TITLE, table(rows(120), STROKES[stroke], repeat=repeat))
    assert [sheet.name for sheet in grid.sheets] == ["pagina 1", "pagina 2", "pagina 3"]
    pages = texts(grid)
    assert pages[1][0] == pages[2][0] == HEADINGS
    assert [row for page in pages for row in page if row[0].startswith("GM")] == rows(120)


@pytest.mark.parametrize("stroke", ["ruled", "nothing"])
def test_a_table_for_each_province(stroke: str) -> None:
    grid = read("= Groningen", table(rows(8), STROKES[stroke]), "= Drenthe", table(rows(5), STROKES[stroke]))
    found = texts(grid)
    if stroke == "ruled":
        assert [sheet.name for sheet in grid.sheets] == ["pagina 1, tabel 1", "pagina 1, tabel 2"]
        assert [sheet[0] for sheet in found] == [("Groningen",), ("Drenthe",)]
    together = [row for sheet in found for row in sheet]
    assert together == [("Groningen",), HEADINGS, *rows(8), ("Drenthe",), HEADINGS, *rows(5)]


@pytest.mark.parametrize("align", ["top", "horizon", "bottom"])
@pytest.mark.parametrize("stroke", ["none", "0.5pt"])
def test_cells_of_more_lines_are_whole(align: str, stroke: str) -> None:
    stroke = f"stroke: {stroke}, align: left + {align}"
    (sheet,) = texts(read(table(rows(20), stroke, columns="(auto, 62pt, 60pt, 62pt, auto, auto)")))
    assert sheet == [HEADINGS, *rows(20)]


@pytest.mark.parametrize("stroke", ["none", "0.5pt"])
def test_headings_over_several_columns_are_merged(stroke: str) -> None:
    head = "table.cell(rowspan: 2)[Gemeente], table.cell(colspan: 3)[Gerealiseerd in het halfjaar],"
    head += "[jul],[aug],[sep]"
    body = ",".join(f"[Gemeente {at}],[{at}],[{at + 10}],[{at + 20}]" for at in range(10))
    grid = read(f"#table(columns: 4, stroke: {stroke}, align: center, {head},{body})")
    (sheet,) = grid.sheets
    spans = [place for place in sheet.merged if place[3] > place[1]]
    assert spans == [(0, 1, 0, 3)]
    assert sheet.rows[0][1] == "Gerealiseerd in het halfjaar"
    assert [row[1:] for row in sheet.rows[1:] if row[1] == "jul"] == [("jul", "aug", "sep")]


def test_missing_figures_leave_their_place_empty() -> None:
    body = [("GM0001", "Aa", "12", "", "3", ""), ("GM0002", "Bee", "", "-", "4", "5"), *rows(10)]
    for stroke in ("stroke: none", "stroke: 0.5pt"):
        (sheet,) = texts(read(table(body, stroke)))
        assert sheet[1:3] == [("GM0001", "Aa", "12", "", "3"), ("GM0002", "Bee", "", "-", "4", "5")]


@pytest.mark.parametrize("stroke", ["none", "0.5pt"])
@pytest.mark.parametrize("place", [2, 3, 5])
def test_a_column_that_is_empty_on_a_page_keeps_its_place(stroke: str, place: int) -> None:
    body = [(*row[:place], "", *row[place + 1 :]) for row in rows(60)]
    body[55:] = rows(60)[55:]
    grid = read(table(body, f"stroke: {stroke}"))
    assert [sheet.rows[0] for sheet in grid.sheets] == [HEADINGS, HEADINGS]
    first = [tuple(cell or "" for cell in row) for row in grid.sheets[0].rows[1:]]
    assert first == body[: len(first)]


def test_a_table_that_goes_on_elsewhere_gets_no_headings_of_another() -> None:
    narrow = table([row[1:5] for row in rows(20)], "stroke: none", headings=HEADINGS[1:5])
    body = table([row[1:5] for row in rows(9)][1:], "stroke: none", headings=rows(9)[0][1:5])
    grid = read(narrow, "#pagebreak()", f"#pad(left: 9cm)[{body}]")
    assert texts(grid)[1][0] == rows(9)[0][1:5]


@pytest.mark.parametrize("rules", ["stroke: (x, _) => if x < 3 { 0.5pt } else { none }", "stroke: 0.5pt"])
def test_figures_that_no_rule_parts_are_not_one(rules: str) -> None:
    pairs = ",".join(f"[Gemeente {at}],[{at}],[{10 + at}#h(14pt){100 + at}]" for at in range(9))
    grid = read(f"#table(columns: 3, {rules}, [Gemeente],[Taak],[jul#h(14pt)aug], {pairs})")
    (sheet,) = texts(grid)
    assert ("Gemeente 3", "3", "13", "103") in sheet
    lines = ",".join(f"[Gemeente {at}],[{at}],[{10 + at}\\ {100 + at}]" for at in range(9))
    grid = read(f"#table(columns: 3, {rules}, [Gemeente],[Taak],[Twee], {lines})")
    assert not [cell for sheet in texts(grid) for row in sheet for cell in row if "13 103" in cell]


def test_figures_in_one_cell_of_a_frame_are_not_one_cell() -> None:
    column = "\\ ".join(str(at) for at in range(10, 20))
    names = "\\ ".join(f"Gemeente {at}" for at in range(10))
    (sheet,) = texts(read(f"#table(columns: 3, [Gemeente],[Taak],[Saldo],[{names}],[{column}],[{column}])"))
    assert ("Gemeente 3", "13", "13") in sheet


def test_a_page_without_a_table_is_its_lines() -> None:
    grid = read("Toelichting bij de cijfers.", "\n\nTweede alinea.")
    assert texts(grid) == [[("Toelichting bij de cijfers.",), ("Tweede alinea.",)]]


names = st.lists(st.text("Abcdeéfghijklmnoû", min_size=2, max_size=9), min_size=1, max_size=3).map(" ".join)
figures = st.integers(-99_999, 999_999).map(lambda number: f"{number:,}".replace(",", ".").replace("-", "−"))
shares = st.integers(0, 4000).map(lambda number: f"{number / 10:.1f}%".replace(".", ","))


@pytest.mark.parametrize("stroke", ["ruled", "nothing", "numbers to the right", "lines between rows"])
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(body=st.lists(st.tuples(names, figures, figures, shares), min_size=2, max_size=30))
def test_whatever_is_printed_is_read_back(stroke: str, body: list[Row]) -> None:
    headings = ("Gemeente", "Taakstelling", "Gerealiseerd", "Aandeel")
    (sheet,) = texts(read(table(body, STROKES[stroke], headings=headings)))
    assert sheet == [headings, *body]


# What cannot be read.


def test_a_scan_is_refused() -> None:
    picture = "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"), format: \"svg\")"
    for parts in (("",), (picture,), ("#rect(width: 3cm)",)):
        with pytest.raises(UnreadableFile, match="scan") as caught:
            read_file("scan.pdf", made(*parts))
        assert caught.value.kind == "scanned"


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.95])
def test_a_truncated_pdf_is_refused_or_read(part: float) -> None:
    whole = made(table(rows(30), STROKES["ruled"]))
    with pytest.raises(UnreadableFile) as caught:
        read_file("overzicht.pdf", whole[: int(len(whole) * part)])
    assert caught.value.kind in ("damaged", "scanned")


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(UnreadableFile, match="3 pagina's") as caught:
        read_file("overzicht.pdf", made("een", "#pagebreak()", "twee", "#pagebreak()", "drie"))
    assert caught.value.kind == "too_large"


def test_what_looks_like_code_is_plain_text() -> None:
    body = [("=1+1", "<script>alert(1)</script>", "1", "2", "3", "4"), *rows(5)]
    (sheet,) = texts(read(table(body, STROKES["ruled"])))
    assert sheet[1] == body[0]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        (None, "Utrecht", "Utrecht"),
        ("", "Utrecht", "Utrecht"),
        ("Bergen op", "Zoom", "Bergen op Zoom"),
        ("Súdwest-", "Fryslân", "Súdwest-Fryslân"),
        ("taak-", "stelling", "taakstelling"),
        ("taak\u00ad", "stelling", "taakstelling"),
        ("2019 -", "2020", "2019 - 2020"),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_made_whole(above: str | None, below: str, whole: str) -> None:
    assert joined_text(above, below) == whole


def test_two_figures_side_by_side_never_become_one() -> None:

    def line(top: float, *cells: tuple[str, float, float]) -> list[Word]:
        return [Word(text, left, right, top, top + 9) for text, left, right in cells]

    wide = [line(at * 16, ("Aa", 0, 20), ("12", 50, 60), ("7", 90, 95)) for at in range(4)]
    # A figure as wide as two columns makes them one: what stands there is then two figures, seen as such.
    bridge = line(64, ("Bee", 0, 20), ("123.456.789.012", 50, 95), ("8", 120, 125))
    read = table_of_lines([*wide, bridge])
    assert read.rows[0][1] == "12 | 7"
    close = lines_of(line(0, ("1.234", 50, 70), ("5.678", 74, 94)))
    assert [word.text for word in close[0]] == ["1.234", "5.678"]
    spaced = lines_of(line(0, ("1", 50, 54), ("234", 56.3, 70)))
    assert [word.text for word in spaced[0]] == ["1 234"]
