"""Compilation of documents with typst: plain values in, PDF out; also as a worker process.

The result is both PDF/UA-1 (accessible) and PDF/A-2a (archival); typst rejects what is not. Only the fonts
of typst are used, so that every machine makes the same bytes. The module imports little but typst, so
that the process starts quickly.
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

HEADER: Final = struct.Struct(">?Q")
"""Header of each message: success flag, and length in bytes."""
_TEMPLATE: Final = Path(__file__).with_name("dossier.typ")
_UNSUPPORTED: Final = re.compile(
    "[^\n -~\u00a0-\u02ff\u0300-\u0377\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff\u1d2c-\u1d6a\u1e00-\u1eff"
    "\u2000-\u2027\u202f-\u2040\u20a0-\u20bf\u2190-\u22ff\u25a0-\u25ff\ufffd]"
)
"""Characters that the fonts of typst may lack, or that reverse the text direction. A single one in a
title or in user input makes typst reject the whole document, or crash."""
_REPLACEMENT: Final = "\ufffd"


@cache
def _compiler() -> "Compiler":
    """Compiler, created lazily, so after a worker has been forked."""
    from typst import Compiler  # 20 MB that callers with a worker never need

    return Compiler(_TEMPLATE, root=_TEMPLATE.parent, ignore_system_fonts=True)


def compile_pdf(document: Mapping[str, Any]) -> bytes:
    """Compile a document to PDF.

    Parameters
    ----------
    document : see :func:`data.dossier.text.document`. Unsupported characters are replaced.

    Returns
    -------
    Reproducible: equal for equal documents, on every machine.

    Raises
    ------
    RuntimeError
        When the document does not meet the PDF standards; with the message of typst.
    """
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"data": json.dumps(_sanitised(document), ensure_ascii=False)},
        pdf_standards=["ua-1", "a-2a"],
        # A timestamp derived from the figures makes the result reproducible.
        timestamp=datetime.fromisoformat(document["made_on"]).replace(tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise RuntimeError("typst gave no document")
    return made


def _sanitised(value: Any) -> Any:
    """Replace unsupported characters in all texts of a document."""
    match value:
        case str():
            plain = value.isascii() and value.isprintable()
            return value if plain else _UNSUPPORTED.sub(_REPLACEMENT, unicodedata.normalize("NFC", value))
        case Mapping():
            return {key: _sanitised(each) for key, each in value.items()}
        case list() | tuple():
            return [_sanitised(each) for each in value]
    return value


def serve(requests: IO[bytes], replies: IO[bytes]) -> None:
    """Compile each document received, until the input ends."""
    while True:
        try:
            _, request = read_message(requests)
        except EOFError:
            return
        try:
            good, reply = True, compile_pdf(json.loads(request))
        except RuntimeError as error:
            good, reply = False, str(error).encode()
        replies.write(HEADER.pack(good, len(reply)) + reply)
        replies.flush()


def read_message(stream: IO[bytes]) -> tuple[bool, bytes]:
    """Read a message: success flag and body.

    Raises
    ------
    EOFError
        When the stream ends before a complete message.
    """
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        raise EOFError
    good, length = HEADER.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return good, content


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]) * 2**20,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    serve(sys.stdin.buffer, sys.stdout.buffer)
