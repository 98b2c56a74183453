import os
import subprocess
import sys
from datetime import date, datetime

import pytest

from data.sources.formats import isolated
from data.sources.formats.detect import read_file
from data.sources.formats.grid import Grid, UnreadableFile
from data.sources.formats.isolated import read_isolated, run_isolated
from tests.data.sources.formats import written
from tests.paths import ROOT


def misbehaving(how: str, *, seconds: float = 30, megabytes: int = 300) -> Grid:
    return run_isolated("tests.data.sources.formats.misbehaving_reader", how, b"", seconds=seconds, megabytes=megabytes)


def test_answers_as_the_reader_itself_does() -> None:
    rows = [
        ["Gemeente", None, "=SOM(A1)", "<script>alert(1)</script>", "\ud7ff\U0001f4a9 \u2028"],
        [],
        [1, 1.5, -(2**53), True, date(2025, 10, 1), datetime(2025, 10, 1, 13, 30)],
    ]
    content = written.xlsx({"Blad één": rows, "Leeg": []}, merged=["A5:C6"])
    grid = read_isolated("naam <met> 'tekens'.xlsx", content)
    assert grid == read_file("naam <met> 'tekens'.xlsx", content)
    kinds = [type(cell) for cell in grid.sheets[0].rows[2]]
    assert kinds == [int, float, int, bool, date, datetime]


def test_raises_what_the_reader_raises() -> None:
    with pytest.raises(UnreadableFile, match="afbeelding") as caught:
        read_isolated("cijfers.xlsx", b"\x89PNG\r\n\x1a\n")
    assert caught.value.kind == "wrong_type"


def test_kills_a_reader_that_loops() -> None:
    with pytest.raises(UnreadableFile, match=r"langer dan 0\.5 seconden") as caught:
        misbehaving("loops", seconds=0.5)
    assert caught.value.kind == "too_long"


def test_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *arguments: object, **settings: object) -> None:
            super().__init__(*arguments, **settings)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(isolated.subprocess, "Popen", Watched)
    with pytest.raises(UnreadableFile):
        misbehaving("loops", seconds=0.5)
    (process,) = started
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_limits_processor_time_from_within() -> None:
    command = [sys.executable, "-m", "tests.data.sources.formats.misbehaving_reader", "300", "1"]
    done = subprocess.run(command, input=b'"loops"\n', cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode < 0, "not stopped by a signal"


def test_stops_a_reader_that_eats_memory() -> None:
    with pytest.raises(UnreadableFile, match="300 MB geheugen") as caught:
        misbehaving("eats")
    assert caught.value.kind == "too_much_memory"


def test_real_readers_heed_the_limit_of_memory() -> None:
    content = written.xlsx({"Blad": [[f"{row} {column}" * 20 for column in range(40)] for row in range(2000)]})
    with pytest.raises(UnreadableFile) as caught:
        read_isolated("groot.xlsx", content, megabytes=48)
    assert caught.value.kind in ("too_much_memory", "crashed")


@pytest.mark.parametrize("how", ["breaks", "leaves", "raises", "babbles", "floods"])
def test_a_crash_of_the_reader_is_refused(how: str) -> None:
    with pytest.raises(UnreadableFile, match="onverwacht afgebroken") as caught:
        misbehaving(how)
    assert caught.value.kind == "crashed"


def test_the_subprocess_has_an_empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAND_IN_BEELD_DATABASE_URL", "postgresql://geheim")
    names = [row[0] for sheet in misbehaving("").sheets for row in sheet.rows]
    assert not [name for name in names if str(name).startswith("LAND_IN_BEELD")]


def test_the_process_imports_no_tables() -> None:
    names = ("isolated", "detect", "spreadsheet")
    told = "import sys\n" + "".join(f"import data.sources.formats.{name}\n" for name in names) + "print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert "data.sources.formats.spreadsheet" in modules
    assert not modules & {"pandas", "numpy", "pdfplumber", "geopandas", "pandera"}
