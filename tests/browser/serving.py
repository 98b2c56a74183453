"""Servers of the application for as long as a test needs them, on ports of their own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from tests.paths import ROOT

START_SECONDS = 60


@contextmanager
def serving(folder: Path, workers: int = 2, **environment: str) -> Iterator[str]:
    """Serve the application as `make run` does, and give its origin.

    Parameters
    ----------
    folder : where its log is kept
    workers : processes that answer
    environment : settings, as environment variables

    Raises
    ------
    AssertionError
        When the server logged an error.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    log = folder / "server.log"
    settings = {
        **os.environ,
        "LAND_IN_BEELD_HOST": "127.0.0.1",
        "LAND_IN_BEELD_PORT": str(port),
        "LAND_IN_BEELD_WORKERS": str(workers),
        # What is published is shown soon: tests wait for it.
        "LAND_IN_BEELD_FOLLOW_SECONDS": "0.25",
        **environment,
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "app:server"]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=ROOT, env=settings, stdout=out, stderr=out) as process,
    ):
        try:
            _wait_for(f"{origin}/healthz", process, log)
            yield origin
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=START_SECONDS)
    said = log.read_text("utf-8", errors="replace")
    assert "Traceback" not in said, f"the server logged an error:\n{said}"


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = monotonic() + START_SECONDS
    while monotonic() < until:
        if process.poll() is not None:
            break
        try:
            if httpx.get(url, timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            sleep(0.1)  # not listening yet
    pytest.fail(f"no answer from {url}; the server said:\n{log.read_text('utf-8', errors='replace')}")
