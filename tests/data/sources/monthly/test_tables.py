"""Tables are found and understood wherever they lie and however their headings are printed."""

from collections.abc import Callable
from datetime import datetime

import pytest

from data.sources.formats.grid import CellValue, Grid, Sheet
from data.sources.monthly.headings import heading_key
from data.sources.monthly.interpret import interpret
from data.sources.monthly.reading import ColumnField, ReadingChoices
from data.sources.monthly.synonyms import meaning_of
from tests.data.sources.monthly.layouts import LAYOUTS, Row, monthly_parts, one_sheet, rows_of, totals_of
from tests.data.sources.monthly.readings import GEOGRAPHY, kinds, made, read, same, stops, table

FIGURES = made(size=60)
HEADINGS: list[CellValue] = [
    "Gemeente",
    "Taakstelling",
    "Achterstand",
    "Taakstelling incl. achterstand",
    "Gerealiseerd",
]
THREE = HEADINGS[:4]
SECOND_HALF = "Taakstelling 2e halfjaar 2025"


def plain(row: Row) -> list[CellValue]:
    return [row["name"], row["net_target"], -row["opening_balance"], row["corrected_target"], row["realised"]]


def by_month(row: Row, cumulative: bool = False) -> list[CellValue]:
    parts = monthly_parts(row, 3)
    return [*plain(row)[:4], *([sum(parts[: n + 1]) for n in range(3)] if cumulative else parts)]


@pytest.mark.parametrize(
    "headings",
    [
        [HEADINGS, [1, 2, 3, 4, 5]],
        [HEADINGS, [None, "a", "b", "c=a+b", "d"]],
        [HEADINGS, ["", "(aantal)", "(aantal)", "(aantal)", "(aantal)"]],
        [
            ["", "", "", "Taakstelling", ""],
            ["Gemeente", "Netto", "Achter-", "incl.", "Gereali-"],
            ["", "taakstelling", "stand", "achterstand", "seerd"],
        ],
        [
            ["", SECOND_HALF, "", "", "Realisatie"],
            ["Gemeente", "netto", "achterstand", "totaal", "t/m september"],
        ],
        [["GEMEENTENAAM", "HALFJAARTAAKSTELLING", "SALDO 1-7", "TE REALISEREN", "GEHUISVEST"]],
        [
            [
                "Gemeente*",
                "Taakstelling¹",
                "Voorsprong/ achterstand",
                "Gecorrigeerde\ntaakstelling",
                "Realisatie 2)",
            ]
        ],
    ],
)
def test_reads_headings_however_printed(headings: list[list[CellValue]]) -> None:
    reading = read(table(FIGURES, headings, plain))
    assert stops(reading) == []
    assert same(reading, FIGURES)


@pytest.mark.parametrize(
    ("headings", "cumulative"),
    [
        (["jul", "aug", "sep"], False), (["juli 2025", "augustus 2025", "september 2025"], True),
        (["Gerealiseerd in juli", "Gerealiseerd in aug.", "Gerealiseerd in sept."], False),
        (["t/m juli", "t/m augustus", "t/m september"], True), (["1-8-2025", "1-9-2025", "1-10-2025"], True),
        ([datetime(2025, month, 1) for month in (7, 8, 9)], False),
        ([datetime(2025, month, 1) for month in (7, 8, 9)], True),
        ([datetime(2025, month, 1) for month in (8, 9, 10)], True),
    ],
)  # fmt: skip
def test_reads_a_column_a_month(headings: list[CellValue], cumulative: bool) -> None:
    reading = read(table(FIGURES, [[*THREE, *headings]], lambda row: by_month(row, cumulative)))
    assert stops(reading) == []
    assert same(reading, FIGURES)


def test_months_below_a_group_tell_the_reference_date() -> None:
    upper: list[CellValue] = ["Gemeente", "Taakstelling", "", "", "Gerealiseerd per maand", "", ""]
    lower: list[CellValue] = ["", "netto", "achterstand", "incl. achterstand", "juli", "augustus", "september"]
    reading = read(table(FIGURES, [upper, lower], by_month, SECOND_HALF))
    assert same(reading, FIGURES)
    assert "09-2025" in reading.moment_by
    assert [column.month.month for column in reading.columns if column.month] == [7, 8, 9]


def test_months_that_are_not_there_are_missed() -> None:
    headings = [*THREE, "Gerealiseerd in augustus", "Gerealiseerd in september"]
    reading = read(table(FIGURES, [headings], lambda row: [*by_month(row)[:4], *by_month(row)[5:]]))
    assert "07-2025" in stops(reading)[0]
    assert reading.figures.empty


def test_figures_beyond_the_reference_date_stop() -> None:
    rows = table(FIGURES, [[*THREE, "t/m juli", "t/m augustus", "t/m september"]], lambda row: by_month(row, True))
    rows[0][0] = "Taakstelling 2025-II, stand per 1 september 2025"
    assert "moment_contradiction" in kinds(read(rows))


@pytest.mark.parametrize("end", ["Voorsprong/achterstand per 1-10-2025", "Eindsaldo", "Nieuw saldo"])
def test_end_balances_are_no_opening_balances(end: str) -> None:
    headings = ["Gemeente", "Taakstelling", "Voorsprong/achterstand per 1-7-2025", *HEADINGS[3:], end]
    reading = read(table(FIGURES, [headings], lambda row: [*plain(row), -row["remaining"]]))
    assert same(reading, FIGURES)


@pytest.mark.parametrize(
    "line",
    [
        lambda row: [int(row["gm_code"][2:]), row["name"], *plain(row)[1:]],
        lambda row: [len(row["name"]), row["name"], *plain(row)[1:]],
        lambda row: ["", f"{row['gm_code'][2:]} - {row['name']}", *plain(row)[1:]],
        lambda row: ["", f"{row['name']} ({row['gm_code']})", *plain(row)[1:]],
        lambda row: [row["name"], row["gm_code"], *plain(row)[1:]],
    ],
)
def test_content_tells_codes_from_names_and_numbers(line: Callable[[Row], list[CellValue]]) -> None:
    assert same(read(table(FIGURES, [["Nr.", *HEADINGS]], line)), FIGURES)


def test_totals_may_stand_above_and_bear_names_of_municipalities() -> None:
    rows: list[list[CellValue]] = [["stand per 1-10-2025"], HEADINGS, ["Nederland", *total_of(None)]]
    for province, part in rows_of(FIGURES, GEOGRAPHY.register).groupby("province"):
        rows.append([province, *total_of(province)])
        rows += [plain(row) for row in part.to_dict("records")]
    reading = read(rows)
    assert stops(reading) == []
    assert same(reading, FIGURES)
    assert len(reading.totals) == 13
    provinces = GEOGRAPHY.register.set_index("gm_code")["province_code"]
    sums = FIGURES.groupby(FIGURES["gm_code"].map(provinces))["net_target"].sum()
    for total in reading.totals[1:]:
        assert total.values[ColumnField.NET_TARGET] == sums[total.code]


def total_of(province: object) -> list[CellValue]:
    rows = rows_of(FIGURES, GEOGRAPHY.register)
    return plain({"name": "", **totals_of(rows if province is None else rows[rows["province"] == province])})[1:]


def test_unnamed_totals_are_of_the_rows_above() -> None:
    rows: list[list[CellValue]] = [["stand per 1-10-2025"], HEADINGS]
    for province, part in rows_of(FIGURES, GEOGRAPHY.register).groupby("province"):
        rows += [plain(row) for row in part.to_dict("records")]
        rows += [["Subtotaal", *total_of(province)], ["Gemiddeld", 1, 2, 3, 4], []]
    rows.append(["Totaal", *total_of(None)])
    reading = read(rows)
    assert same(reading, FIGURES)
    assert [total.code for total in reading.totals][-1] == "NL"
    assert len({total.code for total in reading.totals}) == 13


def test_a_table_goes_on_without_headings_on_the_next_page() -> None:
    rows = table(FIGURES, [HEADINGS], plain)
    pages = [rows[:100], rows[100:250], rows[250:]]
    sheets = tuple(Sheet(f"pagina {n}", tuple(map(tuple, page))) for n, page in enumerate(pages, 1))
    reading = interpret(Grid("overzicht.pdf", "pdf", sheets), GEOGRAPHY)
    assert same(reading, FIGURES)
    assert [place.heading_rows for place in reading.tables] == [(3,), (), ()]


def test_columns_may_be_in_another_order_on_another_sheet() -> None:
    rows = table(FIGURES, [HEADINGS], plain)
    turned = [list(reversed(row)) for row in [HEADINGS, *rows[200:]]]
    sheets = (Sheet("Noord", tuple(map(tuple, rows[:200]))), Sheet("Zuid", tuple(map(tuple, turned))))
    assert same(interpret(Grid("overzicht.xlsx", "xlsx", sheets), GEOGRAPHY), FIGURES)
    short = tuple(tuple(row[:3]) for row in [HEADINGS, *rows[200:]])
    reading = interpret(Grid("overzicht.xlsx", "xlsx", (sheets[0], Sheet("Zuid", short))), GEOGRAPHY)
    assert any("Zuid" in finding for finding in stops(reading))
    assert reading.figures.empty


def test_a_file_without_headings_waits_for_choices() -> None:
    rows = [["stand per 1-10-2025"], *table(FIGURES, [], plain)[2:]]
    reading = read(rows)
    assert "missing_column" in kinds(reading)
    assert [column.heading for column in reading.columns] == list("ABCDE")
    fields = (ColumnField.NET_TARGET, ColumnField.OPENING_BALANCE, ColumnField.CORRECTED_TARGET, ColumnField.REALISED)
    assert same(read(rows, ReadingChoices(fields=dict(enumerate(fields, 1)))), FIGURES)


def test_the_fingerprint_is_of_the_layout_not_of_the_month() -> None:
    later = made(2, months=4)
    found = set()
    for name, layout in LAYOUTS.items():
        one, other = (interpret(layout(figures, GEOGRAPHY.register), GEOGRAPHY) for figures in (FIGURES, later))
        assert one.fingerprint == other.fingerprint, name
        found.add(one.fingerprint)
    assert len(found) > 10
    assert heading_key("Stand 1-10-2025") == heading_key("stand 1 mei 2026")


@pytest.mark.parametrize(
    ("heading", "candidates"),
    [
        ("Netto taakstelling", [ColumnField.NET_TARGET]),
        ("Taakstelling 2025-II", [ColumnField.NET_TARGET]),
        ("Taakstelling excl. achterstand", [ColumnField.NET_TARGET]),
        ("Gecorrigeerde taakstelling", [ColumnField.CORRECTED_TARGET]),
        ("Taakstelling + achterstand", [ColumnField.CORRECTED_TARGET]),
        ("Taakstelling incl. saldo", [ColumnField.CORRECTED_TARGET]),
        ("Opgave", [ColumnField.CORRECTED_TARGET, ColumnField.NET_TARGET]),
        ("Achterstand", [ColumnField.BACKLOG, ColumnField.OPENING_BALANCE]),
        ("Voorsprong per 1-1", [ColumnField.LEAD, ColumnField.OPENING_BALANCE]),
        ("Beginsaldo", [ColumnField.OPENING_BALANCE]),
        ("Voorsprong (+) / achterstand (-)", [ColumnField.OPENING_BALANCE]),
        ("Gerealiseerd", [ColumnField.REALISED]),
        ("Gehuisveste vergunninghouders", [ColumnField.REALISED]),
        ("Nog te realiseren", [ColumnField.REMAINING]),
        ("Restant", [ColumnField.REMAINING]),
        ("% gerealiseerd", [ColumnField.SHARE]),
        ("Percentage", [ColumnField.SHARE]),
        ("Inwoners", []),
        ("Opmerkingen", []),
        ("Gemeentenaam", [ColumnField.NAME]),
        ("GM-code", [ColumnField.CODE]),
        ("Provincie", [ColumnField.PROVINCE]),
        ("september", [ColumnField.REALISED, ColumnField.REALISED_IN_MONTH]),
        ("Gerealiseerd in mei", [ColumnField.REALISED_IN_MONTH]),
    ],
)
def test_knows_the_words_of_sources(heading: str, candidates: list[ColumnField]) -> None:
    assert list(meaning_of(heading).candidates) == candidates


def test_the_same_layout_with_empty_columns_between() -> None:
    rows = [
        [cell for each in row for cell in (None, each)] for row in one_sheet(FIGURES, GEOGRAPHY.register).sheets[0].rows
    ]
    assert same(read(rows), FIGURES)


def test_numbers_in_another_sheet_are_no_codes() -> None:
    numbers = Sheet("Grafiek", tuple((row, row * 2, "x") for row in range(1, 400)))
    rows = table(FIGURES, [HEADINGS], plain)
    grid = Grid("overzicht.xlsx", "xlsx", (numbers, Sheet("Blad1", tuple(map(tuple, rows)))))
    assert same(interpret(grid, GEOGRAPHY), FIGURES)
