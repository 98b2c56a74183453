"""Batches of files: read in parallel, then checked and published one by one."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from data.commands.console import errors, user
from data.formatting import enumerate_some
from data.ingest.drafts import CheckedReading, remember
from data.ingest.pipeline import Pipeline
from data.sources.formats.grid import Grid, UnreadableFile, column_letter
from data.sources.formats.limits import LARGEST_FILE
from data.sources.monthly.reading import FIELD_WORDS, ColumnField, Reading, ReadingChoices
from data.store import Publication, Store, StoreError

READERS: Final = max(2, os.cpu_count() or 1)
"""Files read concurrently, each in a subprocess."""


@dataclass(frozen=True)
class ReadingOptions:
    """Options for reading, given before the files are known."""

    choices: ReadingChoices = field(default_factory=ReadingChoices)
    columns: tuple[tuple[str, ColumnField], ...] = ()
    """Heading or letter of a column, and its field."""


@dataclass(frozen=True)
class PublicationDetails:
    """Details of a publication given by a person."""

    source: str
    published_on: date | None
    note: str
    accept: bool


@dataclass(frozen=True, eq=False)
class FileResult:
    """Result of one file, as far as it came."""

    name: str
    content: bytes = b""
    reading: Reading | None = None
    checked: CheckedReading | None = None
    unreadable: str | None = None
    """Reason why it could not be read."""
    refused: str | None = None
    """Reason why it could not be published."""
    publication: Publication | None = None
    existing: Publication | None = None
    """Existing publication of the same file."""


def interpret_all(paths: Sequence[Path], options: ReadingOptions, pipeline: Pipeline) -> list[FileResult]:
    """Read and interpret files, with a progress bar on a terminal.

    Raises
    ------
    ValueError
        When a column that was named is not in a file.
    """
    results = []
    with _bar("Lezen", len(paths)) as bar, ThreadPoolExecutor(READERS) as readers:
        for name, content, grid in readers.map(partial(_read, pipeline), paths):
            results.append(_interpret(name, content, grid, options, pipeline))
            bar()
    return results


def check_all(results: Sequence[FileResult], pipeline: Pipeline, store: Store) -> list[FileResult]:
    """Check each reading against the store."""
    with _bar("Controleren", len(results)) as bar:
        checked = []
        for result in results:
            checked.append(_check(result, pipeline, store))
            bar()
    return checked


def load_all(
    results: Sequence[FileResult], details: PublicationDetails, pipeline: Pipeline, store: Store, *, dry_run: bool
) -> list[FileResult]:
    """Check and publish readings in chronological order."""
    loaded = []
    with _bar("Publiceren", len(results)) as bar:
        for result in sorted(results, key=_moment):
            checked = _check(result, pipeline, store)
            loaded.append(checked if dry_run else _load(checked, details, pipeline, store))
            bar()
    return loaded


def _read(pipeline: Pipeline, path: Path) -> tuple[str, bytes, Grid | str]:
    """Read a file; return its content and its cells, or why there are none."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)  # one more, so that the reader sees it is too large
    except FileNotFoundError:
        return path.name, b"", "Het bestand is er niet. Kijk na of naam en map kloppen."
    except OSError as error:
        return (
            path.name,
            b"",
            f"Het bestand is niet te openen ({error.strerror}). Kijk na of u het mag lezen.",
        )
    try:
        return path.name, content, pipeline.read(path.name, content)
    except UnreadableFile as error:
        return path.name, content, str(error)


def _interpret(name: str, content: bytes, grid: Grid | str, options: ReadingOptions, pipeline: Pipeline) -> FileResult:
    if isinstance(grid, str):
        return FileResult(name, content, unreadable=grid)
    try:
        reading = pipeline.interpret(grid, options.choices)
        if options.columns:
            fields = {**options.choices.fields, **chosen_fields(reading, options.columns)}
            reading = pipeline.interpret(grid, replace(options.choices, fields=fields))
    except UnreadableFile as error:
        return FileResult(name, content, unreadable=str(error))
    return FileResult(name, content, reading)


def chosen_fields(reading: Reading, columns: Sequence[tuple[str, ColumnField]]) -> Mapping[int, ColumnField]:
    """Find the columns that a person names by heading or letter.

    Raises
    ------
    ValueError
        When there is no such column, or more than one.
    """
    fields: dict[int, ColumnField] = {}
    for name, meant in columns:
        options = _folded(name)
        found = [column.index for column in reading.columns if _folded(column.heading) == options]
        found = found or [c.index for c in reading.columns if column_letter(c.index).casefold() == options]
        if not found:
            headings = enumerate_some((repr(column.heading) for column in reading.columns), 12)
            raise ValueError(f"{reading.file_name}: geen kolom heet {name!r}. Kies uit {headings}, of geef de letter.")
        if len(found) > 1:
            letters = enumerate_some(map(column_letter, found))
            raise ValueError(f"{reading.file_name}: meer dan een kolom heet {name!r}. Geef de letter: {letters}.")
        fields[found[0]] = meant
    return fields


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


_ALSO_CALLED: Final[Mapping[str, ColumnField]] = {
    "gecorrigeerde taakstelling": ColumnField.CORRECTED_TARGET,
    "gerealiseerd": ColumnField.REALISED,
    "gerealiseerd in de maand": ColumnField.REALISED_IN_MONTH,
    "nog te realiseren": ColumnField.REMAINING,
    "percentage": ColumnField.SHARE,
    "voorsprong of achterstand": ColumnField.OPENING_BALANCE,
    "achterstand": ColumnField.BACKLOG,
    "voorsprong": ColumnField.LEAD,
}
"""Words of sources, which serve as well."""


def field_of(word: str) -> ColumnField:
    """Parse the field of a column: its code, or its Dutch word.

    Raises
    ------
    ValueError
        When it is neither; names them all.
    """
    options = _folded(word)
    for known, dutch in FIELD_WORDS.items():
        if options in (known.value, known.value.replace("_", " "), dutch):
            return known
    if options in _ALSO_CALLED:
        return _ALSO_CALLED[options]
    raise ValueError(
        f"{word!r} is niets wat een kolom kan zijn; kies uit "
        + ", ".join(f"{known} ({dutch})" for known, dutch in FIELD_WORDS.items())
        + "."
    )


def _check(result: FileResult, pipeline: Pipeline, store: Store) -> FileResult:
    if result.reading is None:
        return result
    try:
        checked = pipeline.check(result.reading)
    except UnreadableFile as error:
        return replace(result, unreadable=str(error))
    return replace(result, checked=checked, existing=store.same_file(result.content))


def _load(result: FileResult, details: PublicationDetails, pipeline: Pipeline, store: Store) -> FileResult:
    """Publish a file when its report allows."""
    if result.checked is None or result.existing or not result.checked.report.publishable(details.accept):
        return result
    try:
        draft = pipeline.draft(
            result.checked, result.content, source=details.source, published_on=details.published_on, note=details.note
        )
        publication = store.load(draft, user())
        remember(store, draft.reading, user())
    except (UnreadableFile, StoreError) as error:
        return replace(result, refused=str(error))
    return replace(result, publication=publication)


def _moment(result: FileResult) -> tuple[date, str]:
    """Sort key in chronological order; without a moment it comes last."""
    reading = result.reading
    if reading is None or reading.reference_date is None:
        return date.max, ""
    # Of one day the half-year that ends comes before the one that begins.
    return reading.reference_date, str(reading.period)


@contextmanager
def _bar(word: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a progress bar on a terminal for several files, else a spinner."""
    console = errors()
    columns = [TextColumn("{task.description}"), *([BarColumn(), MofNCompleteColumn()] if total > 1 else [])]
    with Progress(
        SpinnerColumn(), *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task(word, total=total)
        yield lambda: progress.advance(task)
