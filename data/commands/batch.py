"""The work of checking and loading files: read side by side, then one by one beside the store and into it."""

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
from data.ingest.drafts import Checked, remember
from data.ingest.pipeline import Pipeline
from data.ingest.report import FIELD_WORDS
from data.sources.formats.grid import Grid, Unreadable, column_letter
from data.sources.formats.limits import LARGEST_FILE
from data.sources.monthly.reading import Choices, Field, Reading
from data.store import Publication, Store, StoreError

READERS: Final = max(2, os.cpu_count() or 1)
"""Files that are read at the same time, each in a process of its own."""


@dataclass(frozen=True)
class Wanted:
    """What a person settled, as far as it is known before the file is."""

    choices: Choices = field(default_factory=Choices)
    columns: tuple[tuple[str, Field], ...] = ()
    """Heading or letter of a column, and what it holds."""


@dataclass(frozen=True)
class Given:
    """What a person says of a publication."""

    source: str
    published_on: date | None
    note: str
    accept: bool


@dataclass(frozen=True, eq=False)
class Result:
    """How far a file came."""

    name: str
    content: bytes = b""
    reading: Reading | None = None
    made: Checked | None = None
    unreadable: str | None = None
    """Why it could not be read."""
    refused: str | None = None
    """Why the store did not take it."""
    publication: Publication | None = None
    there: Publication | None = None
    """The publication of this very file that stands already."""


def interpret_all(paths: Sequence[Path], wanted: Wanted, pipeline: Pipeline) -> list[Result]:
    """Read and interpret files, with a progress bar on a terminal; what cannot be read says so.

    Raises
    ------
    ValueError
        When a column that was named is not in a file.
    """
    results = []
    with _bar("Lezen", len(paths)) as bar, ThreadPoolExecutor(READERS) as readers:
        for name, content, grid in readers.map(partial(_read, pipeline), paths):
            results.append(_interpret(name, content, grid, wanted, pipeline))
            bar()
    return results


def check_all(results: Sequence[Result], pipeline: Pipeline, store: Store) -> list[Result]:
    """Check each reading beside what the store shows."""
    with _bar("Controleren", len(results)) as bar:
        checked = []
        for result in results:
            checked.append(_check(result, pipeline, store))
            bar()
    return checked


def load_all(
    results: Sequence[Result], given: Given, pipeline: Pipeline, store: Store, *, dry_run: bool
) -> list[Result]:
    """Check and publish readings in order of time, each beside those before it."""
    loaded = []
    with _bar("Publiceren", len(results)) as bar:
        for result in sorted(results, key=_moment):
            checked = _check(result, pipeline, store)
            loaded.append(checked if dry_run else _load(checked, given, pipeline, store))
            bar()
    return loaded


def _read(pipeline: Pipeline, path: Path) -> tuple[str, bytes, Grid | str]:
    """Content of a file and its cells, or why there are none."""
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
    except Unreadable as error:
        return path.name, content, str(error)


def _interpret(name: str, content: bytes, grid: Grid | str, wanted: Wanted, pipeline: Pipeline) -> Result:
    if isinstance(grid, str):
        return Result(name, content, unreadable=grid)
    try:
        reading = pipeline.interpret(grid, wanted.choices)
        if wanted.columns:
            fields = {**wanted.choices.fields, **chosen_fields(reading, wanted.columns)}
            reading = pipeline.interpret(grid, replace(wanted.choices, fields=fields))
    except Unreadable as error:
        return Result(name, content, unreadable=str(error))
    return Result(name, content, reading)


def chosen_fields(reading: Reading, columns: Sequence[tuple[str, Field]]) -> Mapping[int, Field]:
    """Find the columns that a person names by heading or letter.

    Raises
    ------
    ValueError
        When there is no such column, or more than one.
    """
    fields: dict[int, Field] = {}
    for name, meant in columns:
        wanted = _folded(name)
        found = [column.index for column in reading.columns if _folded(column.heading) == wanted]
        found = found or [c.index for c in reading.columns if column_letter(c.index).casefold() == wanted]
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


def field_of(word: str) -> Field:
    """Read what a column holds: the code, or its Dutch word.

    Raises
    ------
    ValueError
        When it is neither; names them all.
    """
    wanted = _folded(word)
    for known, dutch in FIELD_WORDS.items():
        if wanted in (known.value, known.value.replace("_", " "), dutch):
            return known
    raise ValueError(
        f"{word!r} is niets wat een kolom kan zijn; kies uit "
        + ", ".join(f"{known} ({dutch})" for known, dutch in FIELD_WORDS.items())
        + "."
    )


def _check(result: Result, pipeline: Pipeline, store: Store) -> Result:
    if result.reading is None:
        return result
    try:
        made = pipeline.check(result.reading)
    except Unreadable as error:
        return replace(result, unreadable=str(error))
    return replace(result, made=made, there=store.same_file(result.content))


def _load(result: Result, given: Given, pipeline: Pipeline, store: Store) -> Result:
    """Publish a file that may be; all else stays as it was."""
    if result.made is None or result.there or not result.made.report.publishable(given.accept):
        return result
    try:
        draft = pipeline.draft(
            result.made, result.content, source=given.source, published_on=given.published_on, note=given.note
        )
        publication = store.load(draft, user())
        remember(store, draft.reading, user())
    except (Unreadable, StoreError) as error:
        return replace(result, refused=str(error))
    return replace(result, publication=publication)


def _moment(result: Result) -> tuple[date, str]:
    """Order of time; what has no moment comes last."""
    reading = result.reading
    if reading is None or reading.reference_date is None:
        return date.max, ""
    # Of one day the half-year that ends comes before the one that begins.
    return reading.reference_date, str(reading.period)


@contextmanager
def _bar(word: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on a terminal when there is more than one file, and otherwise that something is going on."""
    console = errors()
    columns = [TextColumn("{task.description}"), *([BarColumn(), MofNCompleteColumn()] if total > 1 else [])]
    with Progress(
        SpinnerColumn(), *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task(word, total=total)
        yield lambda: progress.advance(task)
