"""Report on a terminal: how the file was read, then the findings by weight."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from data.findings import Finding, Weight
from data.formatting import enumerate_some, long_date, moment, number, sentence, signed
from data.ingest.report import (
    KIND_WORDS,
    SIGN_WORDS,
    WEIGHT_WORDS,
    ColumnRead,
    FileReport,
    Summary,
    TotalRead,
    as_printed,
    month_words,
)
from data.periods import HalfYear
from data.sources.monthly.reading import FIELD_WORDS, ColumnField, Sign

ROWS_SHOWN: Final = 8
"""Findings of one kind that are shown; others are counted, and listed in the JSON."""
TOTALS_SHOWN: Final = 6
PLACE_WIDTH: Final = 48
"""Width of the place of a finding; longer ones wrap."""
SAMPLES_SHOWN: Final = 3

STYLES: Final[Mapping[Weight, str]] = {
    Weight.STOPS: "bold red",
    Weight.ASKS: "bold yellow",
    Weight.NOTES: "bold cyan",
}
SKIPPED_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "blank": ("lege rij", "lege rijen"),
    "heading": ("kopregel", "kopregels"),
    "total": ("totaal", "totalen"),
    "subtotal": ("subtotaal", "subtotalen"),
    "footnote": ("voetnoot", "voetnoten"),
}
NAME_WORDS: Final[Mapping[str, str]] = {
    "code": "op code",
    "name": "op naam",
    "loose": "op een naam die er op lijkt",
    "merged": "samengevoegd",
    "split": "verdeeld",
    "chosen": "door u gekozen",
    "unknown": "niet herkend",
}
_COUNTS: Final = (
    ColumnField.NET_TARGET,
    ColumnField.OPENING_BALANCE,
    ColumnField.CORRECTED_TARGET,
    ColumnField.REALISED,
)


def show_report(console: Console, report: FileReport) -> None:
    """Write a report to a console: summary, columns, totals, findings; without a verdict."""
    console.print(Group(*_parts(report)))


def show_findings(console: Console, report: FileReport) -> None:
    """Write the findings without notes, for one of many files."""
    console.print(Group(*_found(report, (Weight.STOPS, Weight.ASKS))))


def moment_words(summary: Summary) -> str:
    """Moment of a file in words: "1 oktober 2025 (2025-II, na 3 maanden)"."""
    day = None if summary.reference_date is None else date.fromisoformat(summary.reference_date)
    if day is None:
        return summary.period or "onbekend"
    if summary.period is None:
        return long_date(day)
    return moment(day, summary.period, HalfYear.parse(summary.period).months_elapsed(day))


def _parts(report: FileReport) -> Iterator[RenderableType]:
    summary = report.summary
    yield _head(summary)
    yield Text()
    yield _columns(summary.columns)
    sums = _sums(summary)
    if sums is not None:
        yield Text()
        yield sums
    yield from _found(report, tuple(Weight))


def _found(report: FileReport, weights: Sequence[Weight]) -> Iterator[RenderableType]:
    width = min(PLACE_WIDTH, max((len(_place(finding)) for finding in report.findings), default=0))
    for weight in weights:
        findings = [finding for finding in report.findings if finding.weight is weight]
        if findings:
            yield Text()
            yield from _weighed(weight, findings, width)


def _head(summary: Summary) -> Table:
    """Summary of a file as a list of words and values."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")

    def line(word: str, value: str, why: str = "") -> None:
        cell = Text(value)
        if why:
            cell.append(f"  {why}", "dim")
        table.add_row(word, cell)

    line("Bestand", summary.file_name, summary.kind)
    if summary.title:
        line("Titel", summary.title)
    line("Peildatum", moment_words(summary), summary.moment_by)
    line("Tabel", _tables(summary))
    line("Gemeenten", _names(summary))
    if summary.sign is not None:
        # The reason often says the sign itself.
        inferred = summary.sign_by.startswith("plus is")
        line("Teken", summary.sign_by if inferred else SIGN_WORDS[summary.sign], "" if inferred else summary.sign_by)
    elif summary.sign_by:
        line("Teken", "onbekend", summary.sign_by)
    skipped = _skipped(summary.skipped)
    if skipped:
        line("Overgeslagen", skipped)
    return table


def _tables(summary: Summary) -> str:
    if len(summary.tables) > 1:
        sheets = list(dict.fromkeys(table.sheet for table in summary.tables))
        return f"{len(summary.tables)} tabellen: {enumerate_some(sheets, 4)}"
    return "".join(
        f"blad {table.sheet}, rij {table.first_row} tot en met {table.last_row}"
        if table.sheet
        else f"rij {table.first_row} tot en met {table.last_row}"
        for table in summary.tables
    )


def _names(summary: Summary) -> str:
    parts = [f"{number(count)} {NAME_WORDS.get(how, how)}" for how, count in summary.names.items()]
    count = number(summary.municipalities) if summary.municipalities else "nog geen"
    return f"{count}, uit {number(sum(summary.names.values()))} rijen ({', '.join(parts)})" if parts else count


def _skipped(skipped: Mapping[str, int]) -> str:
    """Skipped rows, blank ones aside."""
    words = []
    for why, count in skipped.items():
        if why != "blank":
            one, many = SKIPPED_WORDS.get(why, (why, why))
            words.append(f"{count} {one if count == 1 else many}")
    return ", ".join(words)


def _columns(columns: Sequence[ColumnRead]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Kolom", justify="right")
    table.add_column("Kop", overflow="fold", ratio=3)
    table.add_column("Gelezen als", overflow="fold", ratio=2)
    table.add_column("Voorbeeld", overflow="ellipsis", no_wrap=True, ratio=2, style="dim")
    for column in columns:
        table.add_row(
            column.letter,
            Text(column.heading or "–"),
            _field(column),
            Text(" · ".join(column.samples[:SAMPLES_SHOWN])),
        )
    return table


def _field(column: ColumnRead) -> Text:
    if column.field is None:
        if not column.candidates:
            return Text("–", "dim")
        words = " of ".join(FIELD_WORDS[field] for field in column.candidates)
        return Text(f"? {words}", "bold red")
    cell = Text(
        " ".join(filter(None, (FIELD_WORDS[column.field], month_words(column)))),
        "dim" if column.field is ColumnField.IGNORED else "bold",
    )
    return cell.append("  door u gekozen", "dim") if column.chosen else cell


def _sums(summary: Summary) -> Table | None:
    """Sums of the rows beside the printed totals; provinces only where they differ."""
    if not summary.municipalities and not summary.totals:
        return None
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("Som")
    for word in ("gelezen", "in het bestand"):
        table.add_column(word, justify="right")
    table.add_column("")
    printed = {total.field: total for total in summary.totals if total.code == "NL"}
    for field in _COUNTS:
        read = summary.sums.get(field.value)
        total = printed.pop(field, None)
        if read is not None or total is not None:
            read = total.read if read is None and total is not None else read
            table.add_row(sentence(FIELD_WORDS[field]), *_held(field, read, total, summary.sign))
    for field, total in printed.items():
        table.add_row(sentence(FIELD_WORDS[field]), *_held(field, total.read, total, summary.sign))
    provinces = [total for total in summary.totals if total.code != "NL"]
    differing = [total for total in provinces if total.read is not None and total.read != total.printed]
    for total in differing[:TOTALS_SHOWN]:
        table.add_row(
            f"{sentence(FIELD_WORDS[total.field])}, {total.name}", *_held(total.field, total.read, total, summary.sign)
        )
    if provinces:
        same = sum(total.read == total.printed for total in provinces)
        verdict = (
            Text("kloppen alle", "green") if same == len(provinces) else Text(f"{len(provinces) - same} niet", "yellow")
        )
        table.add_row("Totalen per provincie", "", number(len(provinces)), verdict)
    return table


def _held(field: ColumnField, read: int | None, total: TotalRead | None, sign: Sign | None) -> tuple[str, str, Text]:
    """Cells of a sum: computed, printed, and whether they agree."""
    shown: Callable[[float | None], str] = signed if field is ColumnField.OPENING_BALANCE else number
    if total is None:
        return shown(read), "–", Text()
    printed = as_printed(field, total.printed, sign)
    if total.read is None:
        return shown(read), printed, Text("niet nagerekend", "dim")
    agrees = total.read == total.printed
    verdict = Text("klopt", "green") if agrees else Text(f"scheelt {number(abs(total.read - total.printed))}", "red")
    return shown(total.read), printed, verdict


def _place(finding: Finding) -> str:
    return finding.location or "hele bestand"


def _weighed(weight: Weight, findings: Sequence[Finding], width: int) -> Iterator[RenderableType]:
    word, what = WEIGHT_WORDS[weight]
    yield Text.assemble((f"{word} ({len(findings)})", STYLES[weight]), (f"  {what}", "dim"))
    for kind, group in groupby(_gathered(findings), key=lambda finding: finding.kind):
        yield from _kind(kind, list(group), width)


def _gathered(findings: Sequence[Finding]) -> list[Finding]:
    """Findings grouped by kind, in order of first appearance."""
    order = list(dict.fromkeys(finding.kind for finding in findings))
    return sorted(findings, key=lambda finding: order.index(finding.kind))


def _kind(kind: str, findings: Sequence[Finding], width: int) -> Iterator[RenderableType]:
    heading = KIND_WORDS.get(kind, kind)
    count = f" ({len(findings)})" if len(findings) > 1 else ""
    yield Padding(Text(f"{heading}{count}", "bold"), (0, 0, 0, 2))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", overflow="fold", width=width)
    table.add_column(overflow="fold")
    for finding in findings[:ROWS_SHOWN]:
        table.add_row(Text(_place(finding)), Text(sentence(finding.message)))
        for remedy in finding.remedies:
            table.add_row("", Text.assemble((f"{remedy.label}: ", "dim"), (remedy.option, "bold")))
    if len(findings) > ROWS_SHOWN:
        table.add_row("", Text(f"… en nog {len(findings) - ROWS_SHOWN}; alle met --format json", "dim"))
    yield Padding(table, (0, 0, 0, 4))
