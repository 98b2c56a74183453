"""Isolated reading of a file: in a subprocess with limits on time and memory.

A file from outside may make any reader loop, eat all memory or crash; here that costs a process that nobody
misses. The process is a fresh interpreter without our environment, so that it knows no secret either.
"""

import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from data.sources.formats.grid import CellValue, Grid, Sheet, UnreadableFile

LARGEST_ANSWER = 300_000_000
"""Bytes of output; far above that for the largest table allowed."""
_ROOT = Path(__file__).parents[3]
_MEGABYTE = 2**20
_GRACE = 5
"""Extra seconds of processor time, so that the wall clock is the limit that stops a reader."""
_NO_MEMORY = re.compile(rb"memory allocation of (\d+) bytes failed|MemoryError")

Reader = Callable[[str, bytes], Grid]


def read_isolated(name: str, content: bytes, *, seconds: float = 60, megabytes: int = 1024) -> Grid:
    """Read a file in a subprocess, as :func:`data.sources.formats.detect.read_file` does.

    Parameters
    ----------
    name : file name, only kept
    content : the whole file
    seconds : time on the clock after which the process is killed
    megabytes : address space (MiB) that the process may use; its interpreter and libraries take some 100

    Raises
    ------
    UnreadableFile
        What `read_file` raises, and of kind "too_long", "too_much_memory" or "crashed".
    """
    return run_isolated("data.sources.formats.isolated", name, content, seconds=seconds, megabytes=megabytes)


def run_isolated(module: str, name: str, content: bytes, *, seconds: float, megabytes: int) -> Grid:
    """Run a module that calls :func:`serve`, and return the grid that it writes.

    See :func:`read_isolated`, which is this for our own reader.
    """
    command = [sys.executable, "-s", "-m", module, str(megabytes), str(int(seconds) + _GRACE)]
    request = json.dumps(name).encode() + b"\n" + content
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as question:
        question.write(request)
        question.seek(0)
        process = subprocess.Popen(  # noqa: S603  no part of the command comes from outside
            command,
            stdin=question,
            stdout=answer,
            stderr=subprocess.PIPE,
            cwd=_ROOT,
            env={},
            start_new_session=True,
        )
        try:
            _, complaint = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise UnreadableFile(
                "too_long",
                f"Het lezen duurde langer dan {seconds:g} seconden en is afgebroken. Bewaar alleen de tabel "
                "met de cijfers in een nieuw bestand, zonder opmaak en afbeeldingen.",
            ) from None
        finally:
            process.kill()
            process.communicate()
        answer.seek(0)
        return _parse_answer(answer, process.returncode, complaint, megabytes)


def _parse_answer(answer: BinaryIO, code: int, complaint: bytes, megabytes: int) -> Grid:
    if code == 0:
        try:
            answered = json.load(answer)
            if "kind" not in answered:
                return _grid_of(answered["grid"])
        except (ValueError, KeyError, TypeError) as error:
            raise _crashed() from error
        raise UnreadableFile(str(answered["kind"]), str(answered["message"]))
    short = _NO_MEMORY.search(complaint)
    # A single wish beyond the whole limit is no large table but a wrong number in a damaged file.
    if short and int(short[1] or 0) <= megabytes * _MEGABYTE:
        raise UnreadableFile(
            "too_much_memory",
            f"Het lezen vroeg meer dan {megabytes} MB geheugen en is afgebroken. Bewaar alleen de tabel "
            "met de cijfers in een nieuw bestand, zonder opmaak en afbeeldingen.",
        )
    raise _crashed()


def _crashed() -> UnreadableFile:
    return UnreadableFile(
        "crashed",
        "Het lezen is onverwacht afgebroken; het bestand is waarschijnlijk beschadigd. Open het in Excel of "
        "LibreOffice, bewaar het opnieuw en probeer het nog eens.",
    )


def serve(reader: Reader) -> None:
    """Run as the subprocess: apply limits, read the file, write the result to standard output.

    Arguments of the command: MiB of address space, seconds of processor time. Standard input: the name as
    JSON on the first line, then the content.
    """
    megabytes, seconds = (int(argument) for argument in sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    name = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        answered: dict[str, object] = {"grid": _json_of(reader(name, content))}
    except UnreadableFile as error:
        answered = {"kind": error.kind, "message": str(error)}
    sys.stdout.buffer.write(json.dumps(answered, allow_nan=False, separators=(",", ":")).encode())


def _json_of(grid: Grid) -> dict[str, object]:
    return {
        "file_name": grid.file_name,
        "kind": grid.kind,
        "sheets": [
            {
                "name": sheet.name,
                "rows": [[_cell_json(cell) for cell in row] for row in sheet.rows],
                "merged": sheet.merged,
                "formulas": sheet.formulas,
            }
            for sheet in grid.sheets
        ],
    }


def _grid_of(grid: dict[str, object]) -> Grid:
    sheets = grid["sheets"]
    if not isinstance(sheets, list):
        raise TypeError("sheets")
    return Grid(
        str(grid["file_name"]),
        str(grid["kind"]),
        tuple(
            Sheet(
                str(sheet["name"]),
                tuple(tuple(_cell_of(cell) for cell in row) for row in sheet["rows"]),
                tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in sheet["merged"]),
                tuple((int(row), int(column)) for row, column in sheet["formulas"]),
            )
            for sheet in sheets
        ),
    )


def _cell_json(cell: CellValue) -> str | int | float | bool | dict[str, str] | None:
    if isinstance(cell, datetime):
        return {"time": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    return cell


def _cell_of(value: object) -> CellValue:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, dict):
        if "day" in value:
            return date.fromisoformat(value["day"])
        return datetime.fromisoformat(value["time"])
    raise TypeError("cell")


if __name__ == "__main__":
    from data.sources.formats.detect import read_file

    serve(read_file)
