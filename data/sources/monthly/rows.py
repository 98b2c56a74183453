"""Classification of rows: municipality, total, section, heading, footnote or blank."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from data.sources.monthly.cells import EMPTY, Cell, cell_at
from data.sources.monthly.gazetteer import NO_MATCH, Gazetteer, NameMatch, key_of, name_key, parse_code, province_of_key
from data.sources.monthly.headings import Table
from data.sources.monthly.normalise import text_key
from data.sources.monthly.numbers import is_number, is_unknown
from data.sources.monthly.synonyms import identity_of


class RowKind(StrEnum):
    """Kind of a row."""

    MUNICIPALITY = "municipality"
    TOTAL = "total"
    """Total of the country or a province; checked."""
    SUBTOTAL = "subtotal"
    """Total of something else; skipped."""
    SECTION = "section"
    """Province of the rows below it."""
    HEADING = "heading"
    FOOTNOTE = "footnote"
    BLANK = "blank"


@dataclass(frozen=True)
class TableRow:
    """A classified row of a table."""

    table: int
    """Index of the table, from 0."""
    sheet: str
    number: int
    """As a spreadsheet numbers it, from 1."""
    kind: RowKind
    label: Cell
    """Name, or else code, or else the first text of the row."""
    cells: tuple[Cell, ...]
    """All cells of the row."""
    code: str | None = None
    """Municipality: the code printed, as GM0363. Total: "NL", a province, or None while not yet known."""
    match: NameMatch = NO_MATCH
    """Candidates for the name."""
    province: str | None = None
    """Code of the province by its column, section or sheet."""
    block: int = 0
    """Number shared by the rows between two totals, sections or tables."""
    closed: bool = False
    """Whether a total or another table ends the block."""

    @property
    def printed(self) -> str:
        """Text of the label."""
        return self.label.text

    @property
    def candidates(self) -> tuple[str, ...]:
        """Candidate municipalities, by code or else by name."""
        return (self.code,) if self.code else self.match.codes


@dataclass(frozen=True)
class ColumnPositions:
    """Positions of the columns of one table in its sheet, from 0."""

    code: int | None
    name: int | None
    province: int | None
    figures: tuple[int, ...]


_TOTAL = re.compile(
    r"^(?:sub|eind|generaal )?-?totaal\b|^totalen\b|\b(?:sub)?totaal$|^som\b|^nederland$|^nl\b|^landelijk\b|"
    r"^heel nederland|^alle gemeenten|^gehele land|^total$|^grand total$"
)
_NOT_SUMMED = re.compile(r"^gemiddeld|^waarvan\b|^mediaan|^aandeel|^maximum|^minimum|^aantal gemeenten")
_TOTAL_WORDS = re.compile(r"\b(?:(?:sub|eind|generaal )?-?totaal|totalen|som|van|voor|de|provincie)\b|[:.]")
_COUNTRY = re.compile(r"\bnederland\b|\bnl\d*\b|landelijk|heel het land|alle gemeenten|alle provincies|generaal|eind")


def classify(
    tables: Sequence[Table], places: Sequence[ColumnPositions], gazetteer: Gazetteer, regions: Iterable[str]
) -> list[TableRow]:
    """Classify the rows of all tables.

    Parameters
    ----------
    places : one a table
    regions : names of regions other than provinces, of which sources may print subtotals
    """
    known = frozenset(key_of(region) for region in regions)
    rows: list[TableRow] = []
    block = 0
    province: str | None = None
    for number, (table, place) in enumerate(zip(tables, places, strict=True)):
        beside = number > 0 and tables[number - 1].heading_rows == table.heading_rows and bool(table.heading_rows)
        if number == 0 or tables[number - 1].sheet is not table.sheet:
            province = _province_of_sheet(table)
        block += 0 if beside and number else 1
        started = len(rows)
        for index in range(table.first, table.last):
            row = _row(table, number, index, place, gazetteer, known)
            if row.kind is RowKind.SECTION:
                province = province_of_key(row.label.key)
            if row.kind in (RowKind.SECTION, RowKind.TOTAL, RowKind.SUBTOTAL):
                named = row.code if row.code and row.code.startswith("PV") else None
                rows[started:] = [_closed(earlier, block, named) for earlier in rows[started:]]
                block += 1
            if row.kind is RowKind.MUNICIPALITY and row.province is None:
                row = replace(row, province=province)
            rows.append(replace(row, block=block))
            if row.kind is RowKind.TOTAL and row.code == province:
                # A section ends with its total.
                province = _province_of_sheet(table)
        if len(tables) > 1:
            rows[started:] = [_closed(row, block, None) for row in rows[started:]]
    return rows


def _closed(row: TableRow, block: int, province: str | None) -> TableRow:
    return replace(row, closed=True, province=row.province or province) if row.block == block else row


def _province_of_sheet(table: Table) -> str | None:
    """Province in the name of a sheet or the lines above its table."""
    for text in (table.sheet.name, *reversed(table.above)):
        for part in (text, *re.split(r"[:;,|–]| - ", text)):
            found = province_of_key(text_key(part))
            if found:
                return found
    return None


def _row(
    table: Table, number: int, index: int, place: ColumnPositions, gazetteer: Gazetteer, regions: frozenset[str]
) -> TableRow:
    cells = table.sheet.rows[index]

    name, code, province = (cell_at(cells, position) for position in (place.name, place.code, place.province))
    figures = [cell_at(cells, position) for position in place.figures]
    filled = any(not is_unknown(cell) for cell in figures)
    first = next((cell for cell in cells if cell.text), EMPTY)
    label = name
    if not label.text and not parse_code(code.key):
        label = code if code.text else first if not is_number(first) else EMPTY
    row = TableRow(number, table.sheet.name, index + 1, RowKind.BLANK, label if label.text else code, cells)
    if not first.text:
        return row
    kind, total, match = _made_of(name, code, label, place, filled, gazetteer)
    if kind is None:
        kind, total = _otherwise(cells, label, filled, regions, figures)
    within = province_of_key(province.key) if province.text else None
    if kind is RowKind.TOTAL and total is None and _TOTAL.search(label.key):
        total = within
    return replace(row, kind=kind, code=total, match=match, province=within)


def _made_of(
    name: Cell, code_cell: Cell, label: Cell, place: ColumnPositions, filled: bool, gazetteer: Gazetteer
) -> tuple[RowKind | None, str | None, NameMatch]:
    """Classify a row by its code or name; None when it is neither municipality nor total."""
    code = parse_code(code_cell.key)
    match = gazetteer.find(name.key) if name.text else NO_MATCH
    if code and (code in gazetteer.names or match.codes):
        return RowKind.MUNICIPALITY, code, match
    if _NOT_SUMMED.search(label.key):
        return RowKind.SUBTOTAL, None, NO_MATCH
    if _TOTAL.search(label.key) or re.fullmatch(r"NL\d{0,2}", code_cell.text):
        return _total(label.key)
    if code:
        return RowKind.MUNICIPALITY, code, match
    province = province_of_key(label.key) or province_of_key(code_cell.key)
    alike = province is not None and (place.code is not None or not filled)
    if match.codes and not alike:
        return RowKind.MUNICIPALITY, None, match
    if province is not None:
        return (RowKind.TOTAL if filled else RowKind.SECTION), province, NO_MATCH
    return None, None, NO_MATCH


def _total(key: str) -> tuple[RowKind, str | None, NameMatch]:
    """Classify a total: of a province, of the country, or of the rows above it."""
    rest = _TOTAL_WORDS.sub(" ", key)
    province = province_of_key(rest)
    if province is not None:
        return RowKind.TOTAL, province, NO_MATCH
    if _COUNTRY.search(key):
        return RowKind.TOTAL, "NL", NO_MATCH
    bare = not rest.strip(" -*()")
    return (RowKind.TOTAL if bare else RowKind.SUBTOTAL), None, NO_MATCH


def _otherwise(
    cells: Sequence[Cell], label: Cell, filled: bool, regions: frozenset[str], figures: Sequence[Cell]
) -> tuple[RowKind, str | None]:
    """Classify a row that names neither municipality nor province."""
    there = [cell for cell in cells if cell.text]
    if any(identity_of(cell.key) for cell in there) and not any(map(is_number, figures)):
        return RowKind.HEADING, None
    texts = [cell.text for cell in there]
    if [text for text in texts if text.isdigit()] == [str(count) for count in range(1, len(texts) + 1)]:
        # Columns that are numbered below their headings.
        return RowKind.HEADING, None
    if not filled:
        return RowKind.FOOTNOTE, None
    if name_key(label.key) in regions:
        return RowKind.SUBTOTAL, None
    if not label.text:
        return RowKind.TOTAL, None
    if not any(map(is_number, figures)) and len(texts) <= 2:
        return RowKind.FOOTNOTE, None
    return RowKind.MUNICIPALITY, None


def resolve_totals(
    rows: Sequence[TableRow], province_of: Mapping[str, str], amounts: Mapping[int, Sequence[float | None]]
) -> list[TableRow]:
    """Resolve unnamed totals, and tell provinces from municipalities with the same name.

    Parameters
    ----------
    province_of : province by code of a municipality
    amounts : numbers of figures by place in `rows`, to compare sums with
    """
    settled = _homonyms(list(rows), province_of, amounts)
    everyone = _municipalities(settled, 0, len(settled))
    since = 0
    for place, row in enumerate(settled):
        if row.kind is not RowKind.TOTAL:
            continue
        if row.code is None:
            after = next(
                (
                    later
                    for later in range(place + 1, len(settled))
                    if settled[later].kind in (RowKind.TOTAL, RowKind.SECTION) or settled[later].sheet != row.sheet
                ),
                len(settled),
            )
            above = _municipalities(settled, since, place)
            choices = [above, everyone, _municipalities(settled, place, after)]
            choices.append([other for other in everyone if settled[other].sheet == row.sheet])
            total = amounts.get(place, ())
            parts = next((part for part in choices if _is_sum(total, [amounts.get(other, ()) for other in part])), None)
            if parts is None and not row.printed:
                # Numbers without a name that sum nothing belong to an unknown municipality.
                settled[place] = replace(row, kind=RowKind.MUNICIPALITY)
                continue
            code = _whole(settled, parts if parts is not None else above or everyone, everyone, province_of)
            settled[place] = replace(row, code=code, kind=RowKind.TOTAL if code else RowKind.SUBTOTAL)
        since = place + 1
    return settled


def _municipalities(rows: Sequence[TableRow], first: int, last: int) -> list[int]:
    return [place for place in range(first, last) if rows[place].kind is RowKind.MUNICIPALITY]


def _whole(
    rows: Sequence[TableRow], parts: Sequence[int], everyone: Sequence[int], province_of: Mapping[str, str]
) -> str | None:
    """Code of the country or province that rows make up; None when neither."""
    provinces = Counter(province_of.get(rows[place].candidates[0], "") for place in parts if rows[place].candidates)
    if not provinces:
        return None
    province, times = provinces.most_common(1)[0]
    # A municipality may have moved to another province since.
    if times >= 0.9 * sum(provinces.values()) and province:
        return province
    return "NL" if len(parts) == len(everyone) else None


def _homonyms(
    rows: list[TableRow], province_of: Mapping[str, str], amounts: Mapping[int, Sequence[float | None]]
) -> list[TableRow]:
    """Classify the larger of two rows named Utrecht (or Groningen) as the total of its province."""
    named: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        if row.kind is RowKind.MUNICIPALITY and row.code is None and (province := province_of_key(row.label.key)):
            named.setdefault(province, []).append(place)
    for province, places in named.items():
        if len(places) != 2:
            continue
        inside = [
            place
            for place, row in enumerate(rows)
            if row.kind is RowKind.MUNICIPALITY
            and place not in places
            and any(province_of.get(code) == province for code in row.candidates[:1])
        ]
        for total, other in (places, places[::-1]):
            if _is_sum(amounts.get(total, ()), [amounts.get(place, ()) for place in (other, *inside)]):
                rows[total] = replace(rows[total], kind=RowKind.TOTAL, code=province, match=NO_MATCH)
                break
    return rows


def _is_sum(total: Sequence[float | None], parts: Sequence[Sequence[float | None]]) -> bool:
    """Whether most figures of a row approximate the sum of other rows."""
    verdicts = []
    for column, value in enumerate(total):
        if value is None or not parts:
            continue
        numbers = [part[column] for part in parts if column < len(part)]
        expected = sum(number for number in numbers if number is not None)
        if expected or value:
            verdicts.append(abs(expected - value) <= max(2.0, 0.02 * abs(value)))
    return sum(verdicts) * 2 > len(verdicts)
