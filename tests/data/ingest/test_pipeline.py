"""The page and the command line read the same odd file alike: one pipeline, one list of refusals."""

import json
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

import pytest

import config
from callbacks.live import Live
from callbacks.pages.publications import upload
from data.commands.batch import ReadingOptions, check_all, interpret_all
from data.findings import Weight
from data.ingest.pipeline import Pipeline
from data.ingest.report import FileReport
from data.sources.formats.detect import read_file
from data.sources.formats.grid import UnreadableFile
from data.store import EXAMPLE, StoreError
from tests.data.commands.conftest import run_command
from tests.data.commands.overviews import as_xlsx, overview
from tests.data.ingest.odd_files import STOPPED, UNREADABLE
from tests.publishing import Person, live_of, number_of, server_of


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One store for all: nothing in this file publishes."""
    made = live_of(tmp_path_factory.mktemp("pipeline"))
    yield made
    made.store.dispose()


@pytest.fixture
def live(shared: Live, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    """The page and the command line on one store, reading in this process to be quick."""
    monkeypatch.setenv("LAND_IN_BEELD_DATABASE_URL", shared.settings.database_url)
    monkeypatch.setattr("data.ingest.pipeline.read_isolated", read_file)
    config.settings.cache_clear()
    yield shared
    config.settings.cache_clear()


def by_page(live: Live, name: str, content: bytes) -> FileReport | str:
    """Report of the draft that the page makes, or why it makes none."""
    try:
        draft = upload.draft_of(live, name, content, None, source="COA")
    except UnreadableFile as error:
        return str(error)
    return FileReport.from_json(draft.report)  # type: ignore[arg-type]  # JSON, as it is kept


def by_command(live: Live, folder: Path, name: str, content: bytes) -> FileReport | str:
    """Report that the command line shows, or why it shows none."""
    path = folder / name
    path.write_bytes(content)
    pipeline = Pipeline(upload.geography_of(live.settings.year), live.store)
    (result,) = check_all(interpret_all([path], ReadingOptions(), pipeline), pipeline, live.store)
    if result.unreadable is not None:
        assert result.checked is None
        return result.unreadable
    assert result.checked is not None
    return result.checked.report


@pytest.mark.parametrize("what", UNREADABLE)
def test_an_unreadable_file_is_refused_with_one_message(live: Live, tmp_path: Path, what: str) -> None:
    name, content = UNREADABLE[what].name, UNREADABLE[what].content()
    message = by_page(live, name, content)
    assert isinstance(message, str)
    assert all(word in message for word in UNREADABLE[what].expected)
    assert by_command(live, tmp_path, name, content) == message


@pytest.mark.parametrize("what", STOPPED)
def test_figures_that_do_not_hold_get_one_report(live: Live, tmp_path: Path, what: str) -> None:
    name, content = STOPPED[what].name, STOPPED[what].content()
    report = by_page(live, name, content)
    assert isinstance(report, FileReport)
    assert set(STOPPED[what].expected) <= {found.kind for found in report.findings if found.weight is Weight.STOPS}
    assert by_command(live, tmp_path, name, content) == report


ERRORS = (ArithmeticError(), AssertionError(), AttributeError(), KeyError("x"), TypeError(), ValueError(), OSError())


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_unexpected_error_is_a_refusal_of_the_file(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    content = as_xlsx(overview())
    for step in ("read_isolated", "interpret", "check"):
        with monkeypatch.context() as patched:
            patched.setattr(f"data.ingest.pipeline.{step}", broken)
            message = by_page(live, "overzicht.xlsx", content)
            assert isinstance(message, str)
            assert f"onverwachte fout ({type(error).__name__})" in message
            assert by_command(live, tmp_path, "overzicht.xlsx", content) == message


def test_an_error_of_the_store_is_no_fault_of_the_file(
    live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object) -> None:
        raise StoreError("De opslag is niet bereikbaar.")

    content = as_xlsx(overview())
    monkeypatch.setattr(live.store, "mapping", unreachable)
    with pytest.raises(StoreError):
        by_page(live, "overzicht.xlsx", content)
    with pytest.raises(StoreError):
        by_command(live, tmp_path, "overzicht.xlsx", content)


@pytest.mark.parametrize("what", ["a picture", "encrypted", "no table"])
def test_a_person_sees_one_message_on_the_page_and_on_the_command_line(live: Live, tmp_path: Path, what: str) -> None:
    odd = UNREADABLE[what]
    content = odd.content()
    (tmp_path / odd.name).write_bytes(content)
    result = run_command("check", tmp_path / odd.name)
    said = result.stderr.removeprefix("Fout: ").removesuffix("\n")
    assert result.exit_code == 2
    analyst = Person(server_of(live))
    assert analyst.offers(content, odd.name) == "/cijfers"
    assert said in unescape(analyst.told)
    assert [one.source for one in live.store.publications()] == [EXAMPLE]


def test_a_person_sees_one_report_on_the_page_and_on_the_command_line(live: Live, tmp_path: Path) -> None:
    odd = STOPPED["an unknown municipality"]
    content = odd.content()
    (tmp_path / odd.name).write_bytes(content)
    told: Mapping[str, object] = json.loads(run_command("check", tmp_path / odd.name, "--format", "json").stdout)
    analyst = Person(server_of(live))
    number = number_of(analyst.offers(content, odd.name))
    assert live.store.report(number) == told["report"]
    assert "Tolkien" in analyst.sees(f"/cijfers/{number}")
    live.store.discard(number, "test")
