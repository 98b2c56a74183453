"""Realistic layouts of the monthly overview: figures of one moment laid out as a source might print them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from data.periods import HalfYear
from data.sources.formats.grid import CellValue, Grid, Sheet
from tests.data.sources.monthly.notation import TYPED, Notation

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
    "november", "december",
)  # fmt: skip


Row = Mapping[str, Any]
FOUR = ("net_target", "opening_balance", "corrected_target", "realised")


def rows_of(figures: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Figures with name and province, and what follows from them, sorted by name."""
    table = figures.merge(register[["gm_code", "name", "province_code", "province"]], on="gm_code")
    table["remaining"] = table["corrected_target"] - table["realised"]
    return table.sort_values("name", ignore_index=True)


def totals_of(table: pd.DataFrame) -> Row:
    """Sums of the columns of :func:`rows_of`."""
    return {name: int(total) for name, total in table[[*FOUR, "remaining"]].sum().items()}


def share_of(row: Row) -> float | None:
    target = row["corrected_target"]
    if target is None or row["realised"] is None or target <= 0:
        return None
    return float(row["realised"] / target)


def _moment(figures: pd.DataFrame) -> tuple[HalfYear, pd.Timestamp]:
    return HalfYear.parse(figures["period"].iloc[0]), figures["reference_date"].iloc[0]


def _half(period: HalfYear) -> str:
    return f"{'eerste' if period.half == 1 else 'tweede'} halfjaar {period.year}"


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _records(table: pd.DataFrame) -> list[Row]:
    """Rows as mappings, None for what is missing: a fifth of the time that Series take."""
    return table.astype(object).where(table.notna(), None).to_dict("records")


def _six(row: Row, notation: Notation) -> list[CellValue]:
    """Balance, target, corrected target, realised, remaining and share."""
    return [
        notation.balance(row["opening_balance"]),
        notation.number(row["net_target"]),
        notation.number(row["corrected_target"]),
        notation.number(row["realised"]),
        notation.number(row["remaining"]),
        notation.share(share_of(row)),
    ]


def _grid(
    sheets: Sequence[tuple[str, Sequence[Sequence[CellValue]]]],
    notation: Notation,
    merged: tuple[tuple[int, int, int, int], ...] = (),
    name: str = "overzicht",
    kind: str | None = None,
) -> Grid:
    kind = kind or ("xlsx" if notation.style == "typed" else "csv")
    made = tuple(
        Sheet(title, tuple(tuple(row) for row in rows), merged if number == 0 else ())
        for number, (title, rows) in enumerate(sheets)
    )
    return Grid(f"{name}.{kind}", kind, made)


def one_sheet(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """One sheet for all, title rows and the gap of a logo above it, a total and footnotes below."""
    period, day = _moment(figures)
    table = rows_of(figures, register)
    rows: list[list[CellValue]] = [
        [None, None, None],
        [None, "Overzicht huisvesting vergunninghouders"],
        [None, f"Stand per {_day(day)}"],
        [],
        [],
        [
            None,
            "Gemeente",
            "Provincie",
            "Voorsprong/achterstand per " + f"1-{period.start.month}-{period.year}",
            f"Taakstelling {_half(period)}",
            "Taakstelling incl. achterstand",
            "Gerealiseerd",
            "Nog te realiseren",
            "%",
        ],
    ]
    rows += [[None, row["name"], row["province"], *_six(row, notation)] for row in _records(table)]
    rows += [
        [None, "Totaal", None, *_six(totals_of(table), notation)],
        [],
        [None, "* voorlopige cijfers"],
        [None, "Bron: COA"],
    ]
    return _grid([("Blad1", rows)], notation)


def double_heading(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """Two heading rows; the upper one has merged cells over its groups."""
    period, day = _moment(figures)
    table = rows_of(figures, register)
    half = _half(period)
    rows: list[list[CellValue]] = [
        [f"Taakstelling en realisatie {half} (peildatum {day.day}-{day.month}-{day.year})"],
        [],
        ["Code", "Gemeente", f"Taakstelling {half}", None, None, f"Realisatie {half}", None, None],
        [None, None, "netto", "achterstand", "incl. achterstand", "aantal", "nog te realiseren", "%"],
    ]
    for row in _records(table):
        balance, net, *rest = _six(row, notation)
        rows.append([row["gm_code"], row["name"], net, balance, *rest])
    balance, net, *rest = _six(totals_of(table), notation)
    rows.append([None, "Nederland", net, balance, *rest])
    merged = ((0, 0, 0, 7), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 4), (2, 5, 2, 7))
    return _grid([("Overzicht", rows)], notation, merged)


def sheet_per_province(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """A sheet a province, each with its total, and one of all provinces."""
    period, day = _moment(figures)
    table = rows_of(figures, register)
    heading: list[CellValue] = [
        "Gemeente",
        "Achterstand",
        "Taakstelling",
        "Gecorrigeerde taakstelling",
        "Realisatie",
        "Restant",
        "Percentage",
    ]
    sheets = []
    summary: list[list[CellValue]] = [["Provincie", *heading[1:]]]
    for province, part in table.groupby("province"):
        rows: list[list[CellValue]] = [[f"Provincie {province}"], [f"{period}, stand {day:%d-%m-%Y}"], [], heading]
        rows += [[row["name"], *_six(row, notation)] for row in _records(part)]
        rows.append(["Totaal", *_six(totals_of(part), notation)])
        sheets.append((str(province), rows))
        summary.append([province, *_six(totals_of(part), notation)])
    summary.append(["Nederland", *_six(totals_of(table), notation)])
    return _grid([*sheets, ("Totalen", summary)], notation, name=f"{period}")


def sections(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """One sheet with a row above each province, and its total (of the bare name) below."""
    period, day = _moment(figures)
    table = rows_of(figures, register)
    rows: list[list[CellValue]] = [
        ["Huisvesting statushouders", None, f"stand per {_day(day)}"],
        [f"Halfjaar {period}"],
        [
            "Gemeente",
            "Taakstelling",
            "Saldo",
            "Taakstelling na verrekening saldo",
            "Gehuisvest",
            "Nog te huisvesten",
        ],
    ]
    for province, part in table.groupby("province"):
        rows.append([str(province).upper()])
        for row in _records(part):
            balance, net, corrected, realised, left, _ = _six(row, notation)
            rows.append([row["name"], net, balance, corrected, realised, left])
        balance, net, corrected, realised, left, _ = _six(totals_of(part), notation)
        rows.append([province, net, balance, corrected, realised, left])
        rows.append([])
    balance, net, corrected, realised, left, _ = _six(totals_of(table), notation)
    rows.append(["Eindtotaal", net, balance, corrected, realised, left])
    return _grid([("Blad1", rows)], notation)


def codes_only(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """Codes as numbers, no names; no titles either: the name of the file tells the moment."""
    period, day = _moment(figures)
    table = rows_of(figures, register)
    rows: list[list[CellValue]] = [
        ["gemeentecode", "taakstelling", "saldo", "taakstelling_gecorrigeerd", "gerealiseerd"]
    ]
    for row in _records(table):
        code = int(row["gm_code"][2:])
        balance, net, corrected, realised, *_ = _six(row, notation)
        rows.append([code if notation.style == "typed" else f"{code:04d}", net, balance, corrected, realised])
    return _grid([("export", rows)], notation, name=f"taakstelling_{period}_{day:%Y%m%d}")


#: Spellings that sources have used, by code.
ODDLY = {
    "GM0518": "Den Haag", "GM0796": "Den Bosch", "GM0164": "Hengelo (O.)", "GM0373": "Bergen (NH)",
    "GM0893": "Bergen (Lb.)", "GM0820": "Nuenen c.a.", "GM1900": "Sudwest Fryslan",
    "GM0344": "Gemeente Utrecht", "GM0014": "GRONINGEN", "GM0417": "Laren (NH.)",
    "GM0687": "Middelburg (Z.)", "GM0888": "Beek (L.)", "GM0971": "Stein (L.)", "GM0603": "Rijswijk (ZH.)",
    "GM0484": "Alphen a/d Rijn", "GM0502": "Capelle a.d. IJssel", "GM0310": "Bilt, De",
    "GM0845": "St. Michielsgestel", "GM0363": "Amsterdam*", "GM0599": "Rotterdam 1)",
    "GM1970": "Noardeast Fryslân", "GM1774": "  Dinkelland ", "GM0944": "Mook & Middelaar",
    "GM1884": "Kaag & Braassem", "GM0737": "Tietjerksteradeel",
}  # fmt: skip


def odd_names(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """Names only, spelled as people do; no code, no province."""
    period, day = _moment(figures)
    table = rows_of(figures, register)
    rows: list[list[CellValue]] = [
        [
            f"Taakstelling {period}",
            None,
            None,
            "Peildatum:",
            day.to_pydatetime() if notation.style == "typed" else f"{day:%d-%m-%Y}",
        ],
        [
            "Naam gemeente",
            "Taakstelling excl. achterstand",
            "Achterstand (+) / voorsprong (-)",
            "Totale taakstelling",
            "Totaal gerealiseerd",
        ],
    ]
    for row in _records(table):
        balance, net, corrected, realised, *_ = _six(row, notation)
        rows.append([ODDLY.get(row["gm_code"], row["name"]), net, balance, corrected, realised])
    rows += [[], ["1) inclusief na-ijlers"], ["* inclusief Weesp"]]
    return _grid([("Cijfers", rows)], notation)


def monthly_parts(row: Row, months: int) -> list[int]:
    """Realisation of a row in each month, the same for the same municipality; sums to what it realised."""
    weights = [(int(row["gm_code"][2:]) * (number + 3)) % 7 + 1 for number in range(months)]
    total, done = int(row["realised"]), 0
    parts = []
    for number in range(1, months + 1):
        until = total * sum(weights[:number]) // sum(weights)
        parts.append(until - done)
        done = until
    return parts


def _months(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation, cumulative: bool) -> Grid:
    period, day = _moment(figures)
    table = rows_of(figures, register)
    months = period.months_elapsed(day.date())
    names = [MONTHS[first.month - 1] for first in period.reference_dates[:6]]
    ahead: list[CellValue] = [None] * (6 - months)
    group = "Gerealiseerd t/m" if cumulative else "Gerealiseerd in"
    rows: list[list[CellValue]] = [
        [f"Realisatie taakstelling {_half(period)}"],
        [],
        ["Gemeente", "Achterstand begin", "Taakstelling", "Opgave", *[f"{group} {name}" for name in names]],
    ]
    for row in _records(table):
        parts = monthly_parts(row, months) if months else []
        if cumulative:
            parts = [sum(parts[: number + 1]) for number in range(len(parts))]
        balance, net, corrected, *_ = _six(row, notation)
        rows.append([row["name"], balance, net, corrected, *map(notation.number, parts), *ahead])
    return _grid([("Maanden", rows)], notation)


def months_apart(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """A column a month of what was realised in it; the months ahead are empty, and no date is printed."""
    return _months(figures, register, notation, False)


def months_cumulative(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """A column a month of what was realised until its end."""
    return _months(figures, register, notation, True)


def lead_and_backlog(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """Lead and backlog in columns of their own, the other one empty; no corrected target."""
    period, day = _moment(figures)
    table = rows_of(figures, register)
    rows: list[list[CellValue]] = [
        [
            "Provincie",
            "Gemeente",
            f"Achterstand per 1-{period.start.month}",
            f"Voorsprong per 1-{period.start.month}",
            f"Taakstelling {period}",
            f"Gerealiseerd t/m {(day - pd.Timedelta(days=1)):%d-%m-%Y}",
        ],
    ]
    for row in _records(table):
        carried = row["opening_balance"]
        behind = notation.number(-carried) if carried < 0 else None
        ahead = notation.number(carried) if carried >= 0 else None
        rows.append(
            [
                row["province"],
                row["name"],
                behind,
                ahead,
                notation.number(row["net_target"]),
                notation.number(row["realised"]),
            ]
        )
    return _grid([("Blad1", rows)], notation)


def text_export(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """An export where every cell is text, Dutch numbers unless another style is asked for."""
    period, day = _moment(figures)
    if notation.style == "typed":
        notation = replace(notation, style="dutch", minus="−")
    table = rows_of(figures, register)
    rows: list[list[CellValue]] = [
        [
            "GM-code",
            "Gemeentenaam",
            "Provincie",
            "Netto taakstelling",
            "Beginsaldo",
            "Gecorrigeerde taakstelling",
            f"Gerealiseerd per {day:%d-%m-%Y}",
            "Nog te realiseren",
            "Realisatie %",
            "Opmerking",
        ],
    ]
    for row in _records(table):
        balance, net, *rest = _six(row, notation)
        rows.append([row["gm_code"], row["name"], row["province"], net, balance, *rest, ""])
    balance, net, *rest = _six(totals_of(table), notation)
    rows.append(["", "Totaal Nederland", "", net, balance, *rest, ""])
    return _grid([("export", rows)], notation, name=f"export {period}", kind="csv")


def pdf_tables(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """Tables of a PDF: one or more a province, headings on each page, notes behind names and numbers."""
    period, day = _moment(figures)
    if notation.style == "typed":
        notation = replace(notation, style="dutch")
    table = rows_of(figures, register)
    heading: list[CellValue] = [
        "Gemeente",
        "Taakstelling\n" + _half(period),
        "Achterstand /\nvoorsprong",
        "Taakstelling incl.\nachterstand",
        "Gerealiseerd 1)",
        "Nog te\nrealiseren",
    ]
    sheets: list[tuple[str, list[list[CellValue]]]] = []
    for number, (province, part) in enumerate(table.groupby("province")):
        for start in range(0, len(part), 30):
            rows: list[list[CellValue]] = [] if sheets else [[f"Stand per {_day(day)}", "", "", "", "", ""]]
            rows += [[f"Provincie {province}", "", "", "", "", ""], heading]
            for place, row in enumerate(_records(part.iloc[start : start + 30])):
                balance, net, corrected, realised, left, _ = _six(row, notation)
                mark = "*" if (place + number) % 9 == 0 else " 1)" if (place + number) % 11 == 0 else ""
                rows.append(
                    [
                        f"{row['name']}{mark}",
                        net,
                        balance,
                        corrected,
                        realised,
                        f"{left}*" if mark == "*" else left,
                    ]
                )
            if start + 30 >= len(part):
                balance, net, corrected, realised, left, _ = _six(totals_of(part), notation)
                rows.append([f"Totaal {province}", net, balance, corrected, realised, left])
                rows.append(["1) voorlopig", "", "", "", "", ""])
            sheets.append((f"pagina {len(sheets) + 1}", rows))
    return _grid(sheets, notation, name="taakstelling", kind="pdf")


def side_by_side(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """Two halves of one list beside each other on a sheet."""
    period, day = _moment(figures)
    table = rows_of(figures, register)
    heading: list[CellValue] = ["Gemeente", "Taakstelling", "Achterstand", "Te realiseren", "Gerealiseerd"]
    made = []
    for row in _records(table):
        balance, net, corrected, realised, *_ = _six(row, notation)
        made.append([row["name"], net, balance, corrected, realised])
    half = (len(made) + 1) // 2
    left, right = made[:half], [*made[half:], [None] * 5]
    rows: list[list[CellValue]] = [[f"{period}: stand per {_day(day)}"], [*heading, None, *heading]]
    rows += [[*a, None, *b] for a, b in zip(left, right, strict=False)]
    return _grid([("Lijst", rows)], notation)


def derived(figures: pd.DataFrame, register: pd.DataFrame, notation: Notation = TYPED) -> Grid:
    """Target, corrected target and what remains alone: balance and realisation follow."""
    period, day = _moment(figures)
    table = rows_of(figures, register)
    rows: list[list[CellValue]] = [
        [f"Taakstelling {_half(period)}; stand per {_day(day)}"],
        ["Gemeente", "Provincie", "Netto taakstelling", "Taakstelling inclusief achterstand", "Openstaand"],
    ]
    for row in _records(table):
        _, net, corrected, _, left, _ = _six(row, notation)
        rows.append([row["name"], row["province"], net, corrected, left])
    return _grid([("Blad1", rows)], notation)


Layout = Callable[[pd.DataFrame, pd.DataFrame, Notation], Grid]
LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        one_sheet, double_heading, sheet_per_province, sections, codes_only, odd_names, months_apart,
        months_cumulative, lead_and_backlog, text_export, pdf_tables, side_by_side, derived,
    )
}  # fmt: skip
