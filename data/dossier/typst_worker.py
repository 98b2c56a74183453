"""The typesetter itself: plain values in, a PDF out; as a function, or as a process of its own.

What it makes is both PDF/UA-1 (accessible) and PDF/A-2a (for archives); typst refuses what is not. Only its
own fonts are used, so every machine makes the same bytes. Nothing but typst is needed here, so that the
process is there at once.
"""

import json
import re
import resource
import struct
import sys
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from typst import Compiler

HEAD: Final = struct.Struct(">?Q")
"""Before each question and answer of the process: whether it is good, and its length in bytes."""
_TEMPLATE: Final = Path(__file__).with_name("dossier.typ")
_UNKNOWN: Final = re.compile(
    "[^\n -~\u00a0-\u02ff\u0300-\u0377\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff\u1d2c-\u1d6a\u1e00-\u1eff"
    "\u2000-\u2027\u202f-\u2040\u20a0-\u20bf\u2190-\u22ff\u25a0-\u25ff\ufffd]"
)
"""What is not sure to be in typst's own fonts, or turns the direction of what follows: at one such letter,
in a title or in what somebody asked for, typst refuses the whole document, or falls over."""
_INSTEAD: Final = "\ufffd"


@cache
def _compiler() -> "Compiler":
    """Made when first asked for, so after a worker has been forked."""
    from typst import Compiler  # 20 MB that whoever has another process do it never needs

    return Compiler(_TEMPLATE, root=_TEMPLATE.parent, ignore_system_fonts=True)


def compiled(given: Mapping[str, Any]) -> bytes:
    """Typeset a document.

    Parameters
    ----------
    given : mapping
        See :func:`data.dossier.text.document`. Letters that cannot be set become a sign that says so.

    Returns
    -------
    bytes
        The same for the same document, on every machine.

    Raises
    ------
    RuntimeError
        The document does not keep to the standards; what typst says of it.
    """
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"data": json.dumps(_settable(given), ensure_ascii=False)},
        pdf_standards=["ua-1", "a-2a"],
        # A moment that follows from the figures: made again, it is the same document.
        timestamp=datetime.fromisoformat(given["made_on"]).replace(tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise RuntimeError("typst gave no document")
    return made


def _settable(value: Any) -> Any:
    """Replace in all texts of a document what cannot be set."""
    match value:
        case str():
            plain = value.isascii() and value.isprintable()
            return value if plain else _UNKNOWN.sub(_INSTEAD, unicodedata.normalize("NFC", value))
        case Mapping():
            return {key: _settable(each) for key, each in value.items()}
        case list() | tuple():
            return [_settable(each) for each in value]
    return value


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Be the process: set each document that is asked for, until no more is."""
    while True:
        try:
            _, question = read(questions)
        except EOFError:
            return
        try:
            good, answer = True, compiled(json.loads(question))
        except RuntimeError as error:
            good, answer = False, str(error).encode()
        answers.write(HEAD.pack(good, len(answer)) + answer)
        answers.flush()


def read(stream: IO[bytes]) -> tuple[bool, bytes]:
    """Read a question or an answer: whether it is good, and what it says.

    Raises
    ------
    EOFError
        There is none, or not a whole one.
    """
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    good, length = HEAD.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return good, content


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]) * 2**20,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(sys.stdin.buffer, sys.stdout.buffer)
