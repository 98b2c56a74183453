"""Commands for monthly files: ``python -m data check FILE`` and ``… load FILE``."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from data.commands.console import (
    BAD_INPUT,
    GOOD,
    LINE_WIDTH,
    STOPPED,
    day_of,
    one_of,
    output,
    refusals,
)
from data.commands.report_view import moment_words, show_findings, show_report
from data.commands.session import opened_store
from data.ingest.baseline import EXAMPLE_SOURCE
from data.ingest.report import FileReport, todo
from data.periods import HalfYear
from data.sources.monthly.reading import ReadingChoices, Sign

if TYPE_CHECKING:
    from data.commands.batch import FileResult, ReadingOptions

FORMS = ("table", "json")
SIGNS = {word: sign for sign in Sign for word in (sign.word, sign.value)}
"""What a plus may be called, in Dutch and in English."""

Files = Annotated[list[Path], typer.Argument(help="Bestand: xlsx, xls, ods, csv of pdf; meer mag ook.")]
Period = Annotated[str | None, typer.Option(help="Halfjaar, zoals 2025-II; anders uit het bestand.")]
ReferenceDate = Annotated[str | None, typer.Option(help="Peildatum, zoals 2025-10-01; anders uit het bestand.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", help='Wat een kolom is: "Kop=gehuisvest" of "E=realised"; meer mag ook.'),
]
SignOption = Annotated[
    str | None,
    typer.Option("--sign", help="Wat een plus bij de start is: voorsprong of achterstand (of ahead, behind)."),
]
Names = Annotated[
    list[str] | None,
    typer.Option("--name", help='Welke gemeente een naam is: "Bergen=GM0373"; meer mag ook.'),
]
Form = Annotated[str, typer.Option("--format", help="table (of tabel) of json.")]


def check(
    files: Files,
    period: Period = None,
    reference_date: ReferenceDate = None,
    sign: SignOption = None,
    columns: Columns = None,
    names: Names = None,
    form: Form = "table",
) -> None:
    """Controleer een bestand met cijfers; er verandert niets."""
    with refusals():
        options = _options(files, period, reference_date, sign, columns, names)
        written = one_of(form, FORMS)
        from data.commands.batch import check_all, interpret_all
        from data.ingest.pipeline import Pipeline
        from data.sources.monthly.interpret import Geography

        with opened_store() as store:
            pipeline = Pipeline(Geography.bundled(), store)
            results = check_all(interpret_all(files, options, pipeline), pipeline, store)
    _write_results(results, written, _verdict_of_check)
    raise typer.Exit(max(map(_code, results), default=GOOD))


def load(
    files: Files,
    period: Period = None,
    reference_date: ReferenceDate = None,
    source: Annotated[str, typer.Option(help="Wie de cijfers maakte.")] = "coa",
    published_on: Annotated[
        str | None, typer.Option(help="Dag waarop de bron het bestand publiceerde, zoals 2025-10-06.")
    ] = None,
    sign: SignOption = None,
    columns: Columns = None,
    names: Names = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Ik heb bekeken wat onder Controleer dit staat, en het klopt.")
    ] = False,
    note: Annotated[str, typer.Option(help="Notitie bij de publicatie.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Doe alles behalve publiceren.")] = False,
    form: Form = "table",
) -> None:
    """Controleer een bestand met cijfers, en publiceer het."""
    with refusals():
        options = _options(files, period, reference_date, sign, columns, names)
        written = one_of(form, FORMS)
        day = None if published_on is None else day_of(published_on)
        from data.commands.batch import PublicationDetails, interpret_all, load_all
        from data.ingest.pipeline import Pipeline
        from data.sources.monthly.interpret import Geography

        given = PublicationDetails(_source(source), day, note.strip(), accept)
        with opened_store() as store:
            pipeline = Pipeline(Geography.bundled(), store)
            results = load_all(interpret_all(files, options, pipeline), given, pipeline, store, dry_run=dry_run)

    def verdict(result: "FileResult", report: FileReport) -> Text:
        return _verdict_of_load(result, report, accept=accept)

    def code(result: "FileResult") -> int:
        held = result.checked is not None and not result.checked.report.publishable(accept)
        twice = result.existing is not None
        return _code(result) or (STOPPED if held or twice else GOOD)

    _write_results(results, written, verdict)
    raise typer.Exit(max(map(code, results), default=GOOD))


def _options(
    files: Sequence[Path],
    period: str | None,
    reference_date: str | None,
    sign: str | None,
    columns: Sequence[str] | None,
    names: Sequence[str] | None,
) -> "ReadingOptions":
    """Parse the options for reading a file."""
    from data.commands.batch import ReadingOptions, field_of

    if len(files) > 1 and (period is not None or reference_date is not None):
        raise ValueError("--period en --reference-date gelden voor één bestand; geef de bestanden een voor een.")
    half_year = None if period is None else HalfYear.parse(period)
    day = None if reference_date is None else day_of(reference_date)
    if half_year is not None and day is not None:
        half_year.months_elapsed(day)
    plus = None
    if sign is not None:
        meant = sign.strip().lower()
        if meant not in SIGNS:
            raise ValueError(
                f"{sign!r} is geen teken; kies voorsprong of achterstand (of ahead, behind): wat een plus is."
            )
        plus = SIGNS[meant]
    chosen = ReadingChoices(sign=plus, period=half_year, reference_date=day, names=dict(_pairs("--name", names)))
    return ReadingOptions(chosen, tuple((name, field_of(word)) for name, word in _pairs("--column", columns)))


def _pairs(option: str, given: Sequence[str] | None) -> list[tuple[str, str]]:
    """Parse pairs written as "naam=waarde"."""
    pairs = []
    for text in given or ():
        name, sign, value = text.rpartition("=")
        if not sign or not name.strip() or not value.strip():
            example = "Kop=gehuisvest" if option == "--column" else "Bergen=GM0373"
            raise ValueError(f'{option} {text!r} mist een deel; schrijf bijvoorbeeld {option} "{example}".')
        pairs.append((name.strip(), value.strip()))
    return pairs


def _source(text: str) -> str:
    source = " ".join(text.split())
    if not source:
        raise ValueError("--source is leeg; schrijf wie de cijfers maakte, zoals coa.")
    if source.casefold() == EXAMPLE_SOURCE:
        raise ValueError(f"de bron {EXAMPLE_SOURCE!r} is van de oefencijfers; kies een andere, zoals coa.")
    return source


def _code(result: "FileResult") -> int:
    """Exit code of a file, apart from whether it was published."""
    if result.checked is None:
        return BAD_INPUT
    return STOPPED if result.checked.report.stops or result.refused is not None else GOOD


def _verdict_of_check(result: "FileResult", report: FileReport) -> Text:
    if result.existing is not None:
        return Text(f"Dit bestand is al gepubliceerd: {result.existing}.", "bold yellow")
    if report.stops:
        return Text(f"Niet te publiceren: {todo(report)}.", "bold red")
    if report.asks:
        said = f"Te publiceren als klopt wat onder Controleer dit staat ({todo(report)}): load … --accept."
        return Text(said, "bold yellow")
    return Text(f"Te publiceren: {todo(report)}.", "bold green")


def _verdict_of_load(result: "FileResult", report: FileReport, *, accept: bool) -> Text:
    if result.publication is not None:
        return Text(f"Gepubliceerd: {result.publication}.", "bold green")
    if result.refused is not None:
        return Text(f"Niet gepubliceerd: {result.refused}", "bold red")
    if result.existing is not None:
        return Text(f"Niet gepubliceerd: dit bestand is al gepubliceerd: {result.existing}.", "bold red")
    if report.stops:
        return Text(f"Niet gepubliceerd: {todo(report)}.", "bold red")
    if not report.publishable(accept):
        said = f"Niet gepubliceerd: kijk naar wat onder Controleer dit staat ({todo(report)})."
        return Text(f"{said} Klopt het, geef dan --accept.", "bold yellow")
    return Text("Zou gepubliceerd worden; door --dry-run is er niets veranderd.", "bold green")


def _write_results(
    results: Sequence["FileResult"], form: str, verdict: Callable[["FileResult", FileReport], Text]
) -> None:
    """Write the result of each file: errors on standard error, reports on standard output."""
    for result in results:
        if result.unreadable is not None:
            typer.echo(f"Fout: {result.name}: {result.unreadable}", err=True)
    if form == "json":
        reports = [_json(result) for result in results]
        typer.echo(json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False, indent=2))
        return
    console = output(LINE_WIDTH)
    for result in results:
        if result.checked is None:
            continue
        report = result.checked.report
        if len(results) == 1:
            show_report(console, report)
            console.print()
            console.print(verdict(result, report))
            continue
        # Of several files one line each, and what must be looked at.
        moment = moment_words(report.summary)
        console.print(Text.assemble((result.name, "bold"), f"  {moment}  ", verdict(result, report)))
        if report.stops or (report.asks and result.publication is None):
            show_findings(console, report)
            console.print()


def _json(result: "FileResult") -> dict[str, object]:
    report = None if result.checked is None else result.checked.report
    return {
        "file": result.name,
        "error": result.unreadable or result.refused,
        "publishable": report is not None and report.publishable(accepted_asks=True),
        "publication": None if result.publication is None else result.publication.id,
        "already_published_as": None if result.existing is None else result.existing.id,
        "report": None if report is None else report.to_json(),
    }
