"""Starts and stops the servers that are measured, and reads the memory of their workers."""

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
    """Memory of a process in MB (10^6 bytes): resident, and its share of what several processes hold."""

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
    """Seconds of processor time that this took; None where the system does not tell."""

    @property
    def url(self) -> str:
        """Address of its page."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def workers(self) -> list[int]:
        """Process numbers of its workers; empty where the system does not tell (Linux does)."""
        return _children(self.process.pid)

    def memory(self) -> Memory | None:
        """Memory of the largest worker; None where the system does not tell."""
        return max(filter(None, map(_memory, self.workers)), key=lambda used: used.resident, default=None)


@contextmanager
def running(name: str, target: str, more: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Serve an application on a free port with the project's gunicorn settings, and stop it afterwards.

    Parameters
    ----------
    name : what to call it
    target : module and name of the WSGI application, as gunicorn wants it
    more : further environment variables

    Raises
    ------
    RuntimeError
        When it ends by itself or gives no answer; its own words are in the message.
    """
    port = _free_port()
    environment = {
        **os.environ,
        "LAND_IN_BEELD_PORT": str(port),
        "LAND_IN_BEELD_WORKERS": "1",
        **(more or {}),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), target]
    with TemporaryFile() as told:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=told, stderr=told)
        try:
            while not _answers(port):
                if process.poll() is not None or time.perf_counter() - begun > _PATIENCE:
                    told.seek(0)
                    raise RuntimeError(f"{name} does not answer: {told.read().decode(errors='replace')}")
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
    """Seconds that a process and its children have worked."""
    try:
        stats = [Path(f"/proc/{each}/stat").read_text() for each in (pid, *_children(pid))]
    except OSError:
        return None
    # After the name, which ends in ")": the 12th and 13th field are the ticks in user and in system mode.
    told = [stat.rpartition(")")[2].split() for stat in stats]
    return sum(int(fields[11]) + int(fields[12]) for fields in told) / os.sysconf("SC_CLK_TCK")


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
