"""Whatever is wrong or in doubt in a file is told, with its place and mend, and never guessed."""

import math
from collections.abc import Callable
from datetime import date

import pytest

from data.findings import Finding
from data.periods import HalfYear
from data.sources.formats.grid import CellValue, Grid, Sheet, UnreadableFile
from data.sources.monthly.interpret import interpret
from data.sources.monthly.reading import ColumnField, Reading, ReadingChoices, Sign
from tests.data.sources.monthly.layouts import one_sheet
from tests.data.sources.monthly.readings import GEOGRAPHY, kinds, made, read, same, stops

FIGURES = made(size=60)
ROWS = [list(row) for row in one_sheet(FIGURES, GEOGRAPHY.register).sheets[0].rows]
AT = {row[1]: place for place, row in enumerate(ROWS) if len(row) > 1}
NAME, PROVINCE, BALANCE, NET, CORRECTED, REALISED, LEFT = range(1, 8)
ZWOLLE = AT["Zwolle"]


def changed(place: int, column: int, cell: CellValue) -> list[list[CellValue]]:
    rows = [list(row) for row in ROWS]
    rows[place][column] = cell
    return rows


def without(*columns: int) -> list[list[CellValue]]:
    return [[cell for place, cell in enumerate(row) if place not in columns] for row in ROWS]


def only(reading: Reading, kind: str) -> Finding:
    (found,) = [finding for finding in reading.findings if finding.kind == kind]
    return found


def test_a_sound_file_has_nothing_to_tell() -> None:
    reading = read(ROWS)
    assert reading.findings == ()
    assert same(reading, FIGURES)
    assert reading.sign is Sign.BEHIND
    assert reading.title == "Overzicht huisvesting vergunninghouders"
    (total,) = reading.totals
    assert total.code == "NL"
    assert total.values[ColumnField.OPENING_BALANCE] == FIGURES["opening_balance"].sum()
    assert [skipped.why for skipped in reading.skipped] == ["total", "blank", "footnote", "footnote"]
    assert reading.tables[0].heading_rows == (6,)
    assert (reading.tables[0].first_row, reading.tables[0].last_row) == (7, 349)


@pytest.mark.parametrize("name", ["Zwole", "<script>alert(1)</script>", "=1+1", "Atlantis", "Totaalplaats"])
def test_an_unknown_name_stops(name: str) -> None:
    reading = read(changed(ZWOLLE, NAME, name))
    found = only(reading, "unknown_municipality")
    assert (found.sheet, found.row, found.column) == ("Blad1", ZWOLLE + 1, "Gemeente")
    assert repr(name) in found.message
    assert "missing_municipality" in kinds(reading)


def test_a_person_may_say_who_is_meant() -> None:
    rows = changed(ZWOLLE, NAME, "Zwole")
    assert "Zwolle" in only(read(rows), "unknown_municipality").message
    reading = read(rows, ReadingChoices(names={"Zwole": "GM0193"}))
    assert stops(reading) == []
    assert same(reading, FIGURES)
    assert reading.lines.set_index("printed").loc["Zwole", "how"] == "chosen"


def test_doubled_and_missing_municipalities_stop() -> None:
    doubled = read([*ROWS[:ZWOLLE], ROWS[ZWOLLE], *ROWS[ZWOLLE:]])
    assert f"rij {ZWOLLE + 1}" in only(doubled, "doubled_municipality").message
    assert only(doubled, "doubled_municipality").row == ZWOLLE + 2
    missing = only(read(ROWS[:ZWOLLE] + ROWS[ZWOLLE + 1 :]), "missing_municipality")
    assert "Zwolle" in missing.message
    assert missing.gm_code == "GM0193"


def test_a_name_of_two_is_not_guessed() -> None:
    rows = changed(AT["Bergen (NH.)"], NAME, "Bergen")
    assert same(read(rows), FIGURES)
    rows[AT["Bergen (NH.)"]][PROVINCE] = None
    found = only(read(rows), "ambiguous_name")
    assert "GM0373" in found.message
    assert "GM0893" in found.message


def test_a_code_that_is_of_another_stops() -> None:
    rows = [["Code" if place == 5 else None, *row[1:]] for place, row in enumerate(ROWS)]
    named = FIGURES.merge(GEOGRAPHY.register, on="gm_code").set_index("name")["gm_code"]
    for name, code in named.items():
        rows[AT[name]] = [code, *ROWS[AT[name]][1:]]
    assert same(read(rows), FIGURES)
    rows[ZWOLLE][0] = "GM0363"
    reading = read(rows)
    assert "ambiguous_name" in kinds(reading)


@pytest.mark.parametrize(
    "cell", ["#N/A", "abc", True, math.nan, math.inf, 12.5, date(2025, 1, 1), "12%", 10**9, "=A1", "1,5"]
)
@pytest.mark.parametrize("column", [NET, BALANCE, REALISED])
def test_an_invalid_number_stops(cell: CellValue, column: int) -> None:
    found = only(read(changed(ZWOLLE, column, cell)), "not_a_number")
    assert found.row == ZWOLLE + 1
    assert found.gm_code == "GM0193"


def test_counts_below_zero_stop() -> None:
    assert only(read(changed(ZWOLLE, REALISED, -5)), "negative").row == ZWOLLE + 1


def test_a_formula_without_a_value_stops() -> None:
    reading = read(changed(ZWOLLE, NET, None), formulas=((ZWOLLE, NET),))
    assert only(reading, "formula").row == ZWOLLE + 1


def test_an_empty_cell_follows_from_the_others_or_is_asked_about() -> None:
    reading = read(changed(ZWOLLE, NET, None))
    assert same(reading, FIGURES)
    assert "Zwolle" in only(reading, "derived").message
    at = reading.figures.set_index("gm_code").loc["GM0193"]
    assert (at["net_target_quality"], at["corrected_target_quality"]) == ("computed", "published")
    rows = changed(ZWOLLE, NET, "-")
    rows[ZWOLLE][CORRECTED] = "n.v.t."
    assert same(read(rows), FIGURES)
    rows[ZWOLLE][LEFT] = ""
    reading = read(rows)
    asked = [finding for finding in reading.findings if finding.kind == "unknown_value"]
    assert len(asked) == 2
    assert all("Zwolle" in finding.message and finding.row == ZWOLLE + 1 for finding in asked)
    assert reading.figures.set_index("gm_code")["net_target"].isna().sum() == 1


def test_numbers_stored_as_text_are_noted() -> None:
    rows = [[str(cell) if isinstance(cell, int) else cell for cell in row] for row in ROWS]
    reading = read(rows)
    assert kinds(reading) == {"text_number"}
    assert same(reading, FIGURES)
    assert kinds(read(rows, kind="csv")) == set()


def test_columns_that_do_not_follow_are_missed() -> None:
    assert "gehuisvest" in only(read(without(REALISED, LEFT)), "missing_column").message
    assert len([f for f in read(without(NET, CORRECTED)).findings if f.kind == "missing_column"]) == 2
    reading = read(without(REALISED))
    assert only(reading, "derived").weight == "notes"
    assert same(reading, FIGURES)
    assert set(reading.figures["realised_quality"]) == {"computed"}


def test_two_columns_of_one_figure_stop_until_one_is_chosen() -> None:
    rows = [
        [*row, row[NET] + 1 if isinstance(row[NET], int) else "Taakstelling"] if len(row) > 8 else row for row in ROWS
    ]
    reading = read(rows)
    assert {finding.kind for finding in reading.findings if finding.weight == "stops"} == {"two_candidates"}
    assert reading.figures.empty
    doubtful = [column for column in reading.columns if column.field is None]
    assert [column.index for column in doubtful] == [NET, 9]
    assert doubtful[0].candidates == (ColumnField.NET_TARGET, ColumnField.IGNORED)
    assert same(read(rows, ReadingChoices(fields={NET: ColumnField.NET_TARGET})), FIGURES)


def test_a_column_of_another_half_year_is_no_candidate() -> None:
    rows = [[*row, 7 if isinstance(row[NET], int) else "Taakstelling 2026-I"] if len(row) > 8 else row for row in ROWS]
    assert same(read(rows), FIGURES)


def test_the_sign_is_asked_for_where_nothing_tells_it() -> None:
    rows = without(CORRECTED, LEFT, 8)
    reading = read(rows)
    found = only(reading, "sign_undecided")
    assert found.column is not None
    assert found.column.startswith("Voorsprong/achterstand")
    assert reading.sign is None
    assert reading.figures.empty
    assert same(read(rows, ReadingChoices(sign=Sign.BEHIND)), FIGURES)
    turned = read(rows, ReadingChoices(sign=Sign.AHEAD))
    assert (turned.figures["opening_balance"] + FIGURES["opening_balance"] == 0).all()


def test_what_remains_tells_the_sign_as_well() -> None:
    assert same(read(without(CORRECTED)), FIGURES)


def test_a_chosen_sign_that_the_figures_contradict_is_asked_about() -> None:
    assert only(read(ROWS, ReadingChoices(sign=Sign.AHEAD)), "sign_contradicts").weight == "asks"


def test_without_moment_no_figures() -> None:
    rows = [list(row) for row in ROWS]
    rows[2][1], rows[5][BALANCE], rows[5][NET] = "Stand", "Achterstand", "Taakstelling"
    reading = read(rows)
    assert "moment_unknown" in kinds(reading)
    assert reading.figures.empty
    chosen = ReadingChoices(period=HalfYear(2025, 2), reference_date=date(2025, 10, 1))
    assert same(read(rows, chosen), FIGURES)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [["a", "b"], ["c", 1]],
        [["Gemeente", "Taakstelling"]],
        [["Gemeente", "Taakstelling"], ["x", 1]],
    ],
)
def test_a_file_without_municipalities_is_not_readable(rows: list[list[CellValue]]) -> None:
    with pytest.raises(UnreadableFile, match="Gemeente") as error:
        read(rows)
    assert error.value.kind == "no_table"


def test_many_findings_are_bounded() -> None:
    rows = [*ROWS[:ZWOLLE], *([None, f"Plaats {number}", None, 1, 1, 1, 1, 1, 1] for number in range(500))]
    found = [finding for finding in read(rows).findings if finding.kind == "unknown_municipality"]
    assert len(found) == 101
    assert "400" in found[-1].message


def test_nothing_at_all_makes_it_fall_over() -> None:
    odd: list[CellValue] = [
        None,
        "",
        " ",
        "\n",
        "Gemeente",
        "Taakstelling",
        -1,
        1e308,
        True,
        date(1, 1, 1),
        "\x00",
        "x" * 40_000,
    ]
    for cell in odd:
        for place in (0, 5, ZWOLLE, len(ROWS) - 1):
            rows = [list(row) for row in ROWS]
            rows[place] = [cell] * 12
            assert isinstance(read(rows), Reading)


def test_sheets_that_say_nothing_are_passed_over() -> None:
    sheets = (
        Sheet("Toelichting", (("Gemeente", "Naam van de gemeente"), ("Taakstelling", "Zie artikel 29"))),
        Sheet("Cijfers", tuple(map(tuple, ROWS))),
        Sheet("Leeg", ()),
        Sheet("Grafiek", (("Top", 1), ("Laag", 2))),
    )
    assert same(interpret(Grid("overzicht.xlsx", "xlsx", sheets), GEOGRAPHY), FIGURES)


# ------------------------------------------------------------------ what the numbers decide


def beside(heading: str, part: Callable[[int], int]) -> list[list[CellValue]]:
    """Rows with one more column, made of what was realised."""
    body = [[*row, part(row[REALISED])] if isinstance(row[REALISED], int) else row for row in ROWS[6:-4]]
    return [*ROWS[:5], [*ROWS[5], heading], *body]


def test_a_column_of_the_last_month_beside_the_whole_is_decided_and_told() -> None:
    reading = read(beside("Gehuisvest laatste maand", lambda done: done // 3))
    assert kinds(reading) == {"decided"}
    assert same(reading, FIGURES)
    assert "Kolom J, ‘Gehuisvest laatste maand’ is gehuisvest in één maand" in only(reading, "decided").message


def test_of_two_the_one_that_other_columns_give_is_the_whole() -> None:
    rows = beside("Gehuisvest (maand)", lambda done: done // 3)
    rows[5][REALISED] = "Gehuisvest maandstand"
    reading = read(rows)
    assert stops(reading) == []
    assert same(reading, FIGURES)
    assert {column.index: column.field for column in reading.columns}[9] is ColumnField.REALISED_IN_MONTH


def test_a_column_that_is_no_part_of_the_whole_stays_a_question() -> None:
    reading = read(beside("Gehuisvest laatste maand", lambda done: done + 1))
    found = only(reading, "two_candidates")
    assert "Wat staat in kolom J, ‘Gehuisvest laatste maand’: gehuisvest sinds 1 juli of" in found.message
    assert [remedy.fields for remedy in found.remedies] == [((9, "realised"),), ((9, "realised_in_month"),)]


@pytest.mark.parametrize(("headings", "likely"), [(("Plaatsingen", "Uitstroom"), 6), (("Uitstroom", "Geplaatst"), 7)])
def test_words_of_the_reception_agency_are_proposed_and_asked(headings: tuple[str, str], likely: int) -> None:
    rows = [list(row) for row in without(LEFT)]
    for place, row in enumerate(rows):
        if len(row) > 7:
            row[6:8] = list(headings) if place == 5 else [row[6], row[6]]
    reading = read(rows)
    found = only(reading, "proposed")
    assert found.weight == "asks"
    assert f"Meest waarschijnlijk kolom {'GH'[likely - 6]}, ‘{headings[likely - 6]}’" in found.message
    assert same(reading, FIGURES)
    first, other = found.remedies
    assert first.fields == ((likely, "realised"),)
    assert set(other.fields) == {(likely, "ignored"), (13 - likely, "realised")}
    chosen = read(rows, ReadingChoices(fields={likely: ColumnField.REALISED}))
    assert kinds(chosen) == set()
    assert same(chosen, FIGURES)


def test_what_is_asked_offers_each_answer() -> None:
    sign = only(read(without(CORRECTED, LEFT, 8)), "sign_undecided")
    assert sign.message.startswith("Betekent een plusgetal in kolom D")
    assert [(remedy.sign, remedy.option) for remedy in sign.remedies] == [
        ("ahead", "--sign voorsprong"),
        ("behind", "--sign achterstand"),
    ]
    rows = [
        [*row, row[NET] + 1 if isinstance(row[NET], int) else "Taakstelling"] if len(row) > 8 else row for row in ROWS
    ]
    rivals = only(read(rows), "two_candidates")
    assert [remedy.label for remedy in rivals.remedies] == ["Gebruik kolom E", "Gebruik kolom J"]
    for remedy in rivals.remedies:
        fields = {index: ColumnField(field) for index, field in remedy.fields}
        assert "two_candidates" not in kinds(read(rows, ReadingChoices(fields=fields)))
