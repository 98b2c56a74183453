"""Typesetting of dossiers to PDF, in this process or in a worker.

Typst keeps some 10 MB per dossier. A long-lived process therefore uses :class:`Press`: one worker process
per job, which typesets its documents one after the other and returns the memory when it ends.
"""

import json
import select
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Any, Final, Self, cast

from data.dossier.model import Dossier
from data.dossier.text import document
from data.dossier.typst_worker import HEADER, compile_pdf, read_message

MOST_TOGETHER: Final = 100
"""Maximum number of dossiers in one PDF: 200 pages, for which typst takes 1.2 GB. A zip has no maximum."""
SECONDS: Final = 15.0
SECONDS_EACH: Final = 3.0
"""Time limit of a job in seconds, and per dossier: some thirty times what it takes."""
MEGABYTES: Final = 3072
"""Address space of the worker: twice what `MOST_TOGETHER` dossiers take."""

_ROOT: Final = Path(__file__).parents[2]
_ABORTED: Final = "Het maken van het dossier is afgebroken; probeer het opnieuw."


class PressError(RuntimeError):
    """Failure to make a document."""


def typeset(dossiers: Sequence[Dossier], remarks: Sequence[str] = ()) -> bytes:
    """PDF of dossiers: two pages each, with a table of contents when there are several.

    Parameters
    ----------
    dossiers : at least one, in this order
    remarks : notes for the table of contents, such as codes that were not understood; with remarks even a
        single dossier gets a table of contents

    Returns
    -------
    See :func:`data.dossier.typst_worker.compile_pdf`.

    Raises
    ------
    ValueError
        When there is no dossier.
    RuntimeError
        When the document does not meet the PDF standards.
    """
    return compile_pdf(document(dossiers, remarks))


class Press:
    """A worker process for typesetting, as a context manager.

    Parameters
    ----------
    dossiers : maximum number of dossiers, which sets the time limit
    """

    def __init__(self, dossiers: int) -> None:
        self._seconds = SECONDS + SECONDS_EACH * dossiers
        self._ended = False

    def __enter__(self) -> Self:
        """Start the worker, which loads its fonts while the first dossier is built."""
        self._start()
        self._timer = Timer(self._seconds, self._time_out)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill the worker."""
        self._timer.cancel()
        self._stop()

    def submit(self, document: Mapping[str, Any]) -> None:
        """Submit a document of :func:`data.dossier.text.document`; one at a time.

        Raises
        ------
        PressError
            When the worker has died.
        """
        body = json.dumps(document).encode()
        try:
            self._input.write(HEADER.pack(True, len(body)) + body)
            self._input.flush()
        except OSError as error:
            raise PressError(_ABORTED) from error

    def wait(self, seconds: float) -> bool:
        """Wait for the result, at most some seconds; return whether :meth:`result` is ready."""
        return bool(select.select([self._output], [], [], seconds)[0])

    def result(self) -> bytes:
        """Result of the last document submitted.

        Raises
        ------
        PressError
            When typst rejected the document, or the worker crashed or ran out of time.
        """
        try:
            good, answer = read_message(self._output)
        except (OSError, EOFError) as error:
            raise PressError(_ABORTED) from error
        if not good:
            raise PressError(f"Het dossier is niet te zetten: {answer.decode(errors='replace')}")
        return answer

    def restart(self) -> None:
        """Replace a crashed worker, unless the time limit has passed."""
        if self._process.poll() is not None and not self._ended:
            self._stop()
            self._start()

    def _start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  no part of the command comes from outside
            [sys.executable, "-s", "-m", "data.dossier.typst_worker", str(MEGABYTES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={},
            start_new_session=True,
        )
        # Both are pipes, which mypy cannot infer.
        self._input = cast("IO[bytes]", self._process.stdin)
        self._output = cast("IO[bytes]", self._process.stdout)

    def _stop(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _time_out(self) -> None:
        self._ended = True
        self._process.kill()
