"""From dossiers to PDF, here or in a process that tells how far it is and gives its memory back.

A dossier takes the typesetter some 10 MB, which a process that lives on would keep. So whoever lives
on has a :class:`Press` do it: one process a job, a document after the other.
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
from data.dossier.typst_worker import HEAD, compiled, read

MOST_TOGETHER: Final = 100
"""Dossiers in one PDF: 200 pages, for which typst takes 1.2 GB. There is no such end to a zip."""
SECONDS: Final = 15.0
SECONDS_EACH: Final = 3.0
"""Time on the clock that a job may take, and each dossier more: some thirty times what it does."""
MEGABYTES: Final = 3072
"""Address space of the process: twice what `MOST_TOGETHER` take."""

_ROOT: Final = Path(__file__).parents[2]
_BROKEN: Final = "Het maken van het dossier is afgebroken; probeer het opnieuw."


class PressError(RuntimeError):
    """A document that could not be made."""


def typeset(dossiers: Sequence[Dossier], remarks: Sequence[str] = ()) -> bytes:
    """Make a PDF of dossiers: two pages each, behind a list of contents when there are several.

    Parameters
    ----------
    dossiers : sequence of Dossier
        At least one; in this order.
    remarks : sequence of str
        What the list of contents tells besides, such as codes that were not understood; with
        remarks there is a list even of one.

    Returns
    -------
    bytes
        See :func:`data.dossier.typst_worker.compiled`.

    Raises
    ------
    ValueError
        There is no dossier.
    RuntimeError
        The document does not keep to the standards.
    """
    return compiled(document(dossiers, remarks))


class Press:
    """A process that typesets; use it in a `with`, which ends it.

    Parameters
    ----------
    dossiers : int
        How many it will set at most: by them it is given time.
    """

    def __init__(self, dossiers: int) -> None:
        self._seconds = SECONDS + SECONDS_EACH * dossiers
        self._ended = False

    def __enter__(self) -> Self:
        """Start the process; it loads its fonts while the first dossier is gathered."""
        self._start()
        self._timer = Timer(self._seconds, self._late)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process, whatever it was doing."""
        self._timer.cancel()
        self._stop()

    def ask(self, question: Mapping[str, Any]) -> None:
        """Ask for a document as :func:`data.dossier.text.document` writes it; one at a time.

        Raises
        ------
        PressError
            The process is no more.
        """
        body = json.dumps(question).encode()
        try:
            self._questions.write(HEAD.pack(True, len(body)) + body)
            self._questions.flush()
        except OSError as error:
            raise PressError(_BROKEN) from error

    def answered(self, seconds: float) -> bool:
        """Wait for the answer, at most so long; whether :meth:`answer` has something to say."""
        return bool(select.select([self._answers], [], [], seconds)[0])

    def answer(self) -> bytes:
        """Return the document that was asked for.

        Raises
        ------
        PressError
            The process refused, took too long or fell over.
        """
        try:
            good, answer = read(self._answers)
        except (OSError, EOFError) as error:
            raise PressError(_BROKEN) from error
        if not good:
            raise PressError(f"Het dossier is niet te zetten: {answer.decode(errors='replace')}")
        return answer

    def restart(self) -> None:
        """Go on with a new process after one that fell over, unless the time is up."""
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
        # Both are pipes, which mypy cannot know.
        self._questions = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)

    def _stop(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _late(self) -> None:
        self._ended = True
        self._process.kill()
