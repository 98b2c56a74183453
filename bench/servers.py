"""Servers under test: start, stop, and memory of their workers."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).parents[1]
_POLL = 0.01
_PATIENCE = 60.0


@dataclass(frozen=True)
class Memory:
    """Memory of a process in MB (10^6 bytes): resident set size, and proportional set size."""

    resident: float
    proportional: float | None


@dataclass(frozen=True)
class Server:
    """A running gunicorn."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    started_in: float
    """Seconds from its start to the first answer with status 200."""
    started_with: float | None
    """CPU seconds of the start; None where the system does not report them."""

    @property
    def url(self) -> str:
        """Address of its page."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def workers(self) -> list[int]:
        """Process ids of its workers; empty where the system does not report them (Linux does)."""
        return _children(self.process.pid)

    def memory(self) -> Memory | None:
        """Memory of the largest worker; None where the system does not report it."""
        return max(filter(None, map(_memory, self.workers)), key=lambda used: used.resident, default=None)


@contextmanager
def running(name: str, target: str, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve an application on a free port with the project's gunicorn settings, then stop it.

    Parameters
    ----------
    name : name of the server
    target : module and name of the WSGI application, in gunicorn's notation
    more : additional environment variables

    Raises
    ------
    RuntimeError
        When it exits or does not answer; the message contains its output.
    """
    port = _free_port()
    environment = {
        **os.environ,
        "LAND_IN_BEELD_PORT": str(port),
        "LAND_IN_BEELD_WORKERS": "1",
        **(more or {}),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), target]
    with TemporaryFile() as log:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            while not _answers(port):
                if process.poll() is not None or time.perf_counter() - begun > _PATIENCE:
                    log.seek(0)
                    raise RuntimeError(f"{name} does not answer: {log.read().decode(errors='replace')}")
                time.sleep(_POLL)
            taken = time.perf_counter() - begun
            yield Server(name, port, process, taken, _processor_time(process.pid))
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _processor_time(pid: int) -> float | None:
    """Return the CPU seconds of a process and its children."""
    try:
        stats = [Path(f"/proc/{each}/stat").read_text() for each in (pid, *_children(pid))]
    except OSError:
        return None
    # After the name, which ends in ")", the 12th and 13th fields are the ticks in user and system mode.
    fields = [stat.rpartition(")")[2].split() for stat in stats]
    return sum(int(row[11]) + int(row[12]) for row in fields) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> Memory | None:
    fields: dict[str, float] = {}
    for name in ("status", "smaps_rollup"):
        try:
            text = Path(f"/proc/{pid}/{name}").read_text()
        except OSError:
            continue
        for line in text.splitlines():
            key, _, rest = line.partition(":")
            if key in ("VmRSS", "Pss"):
                fields[key] = int(rest.split()[0]) * 1024 / 1e6
    return Memory(fields["VmRSS"], fields.get("Pss")) if "VmRSS" in fields else None
