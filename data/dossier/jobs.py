"""One job of dossiers: a PDF, several in one, or a zip, step by step so that one can follow and stop it."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Final, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from data.dossier.model import Dossier
from data.dossier.text import document
from data.dossier.typesetting import MOST_TOGETHER, Press, PressError
from data.formatting import slug

Form = Literal["pdf", "zip"]
Gathered = Callable[[str], Dossier]
"""Gathers the dossier of a municipality by its code."""

_IN_MEMORY: Final = 8 * 2**20
"""Bytes of a zip up to which it stays in memory."""
_BEAT: Final = 0.5
"""Seconds between two steps while one waits: so soon it is noticed that nobody waits any more."""
_REMARKS_FILE: Final = "LEESMIJ.txt"


@dataclass(frozen=True)
class JobProgress:
    """How far a job is."""

    done: int
    of: int
    what: str
    """With what it is busy, in Dutch."""


@dataclass(frozen=True)
class File:
    """A file as it was made; whoever asked for it closes its content."""

    name: str
    mimetype: str
    content: IO[bytes]
    size: int
    failed: tuple[str, ...] = ()
    """A sentence on each dossier that could not be made."""


def file_name(dossier: Dossier) -> str:
    """Name of the file of one dossier: ``dossier-GM0363-amsterdam-2024-07-01.pdf``."""
    return f"dossier-{dossier.gm_code}-{slug(dossier.name)}-{dossier.reference_date:%Y-%m-%d}.pdf"


def too_many(codes: Sequence[str], form: Form) -> tuple[Sequence[str], str]:
    """Take no more than one file holds, and say so.

    Returns
    -------
    Those that are made, and a remark that is empty when these are all.
    """
    if form == "zip" or len(codes) <= MOST_TOGETHER:
        return codes, ""
    return codes[:MOST_TOGETHER], (
        f"In één PDF staan hoogstens {MOST_TOGETHER} dossiers: dit zijn de eerste {MOST_TOGETHER} van de "
        f"{len(codes)}. In een zip passen ze alle {len(codes)}."
    )


def making(
    codes: Sequence[str], gathered: Gathered, form: Form, remarks: Sequence[str] = ()
) -> Generator[JobProgress | File, None, None]:
    """Make a file of dossiers: one PDF, with a list of contents when it has several; or a zip of PDFs.

    Parameters
    ----------
    codes : sequence of str
        Municipalities of today, in this order; at least one.
    gathered : function of str to Dossier
    form : "pdf" or "zip"
    remarks : sequence of str
        Told in the list of contents, or in a file of the zip.

    Yields
    ------
    JobProgress or File
        Steps, and at last the file. Whoever closes the generator before ends the work.

    Raises
    ------
    PressError
        Nothing could be made. In a zip a dossier that cannot be is left out and told.
    """
    with Press(len(codes)) as press:
        if form == "zip":
            yield from _zip(codes, gathered, press, remarks)
        else:
            yield from _pdf(codes, gathered, press, remarks)


def each(codes: Sequence[str], gathered: Gathered, press: Press) -> Iterator[JobProgress | tuple[Dossier, bytes | str]]:
    """Make dossiers one by one, at least one; while one is set, the next is gathered.

    Yields
    ------
    JobProgress or tuple
        Steps, and each dossier with its PDF, or with why there is none.
    """
    count = len(codes)
    coming = _alone(gathered, codes[0])
    for done, following in enumerate((*codes[1:], None)):
        dossier, question = coming
        step = JobProgress(done, count, f"{dossier.name} zetten")
        yield step
        said: bytes | str
        try:
            press.ask(question)
            coming = coming if following is None else _alone(gathered, following)
            while not press.answered(_BEAT):
                yield step
            said = press.answer()
        except PressError as error:
            said = str(error)
            coming = coming if following is None else _alone(gathered, following)
            press.restart()
        yield dossier, said


def _alone(gathered: Gathered, code: str) -> tuple[Dossier, dict[str, object]]:
    dossier = gathered(code)
    return dossier, document([dossier], ())


def _pdf(
    codes: Sequence[str], gathered: Gathered, press: Press, remarks: Sequence[str]
) -> Generator[JobProgress | File, None, None]:
    count = len(codes)
    dossiers = []
    for done, code in enumerate(codes):
        yield JobProgress(done, count, "Gegevens verzamelen")
        dossiers.append(gathered(code))
    setting = JobProgress(count, count, "Bladen zetten")
    yield setting
    press.ask(document(dossiers, remarks))
    while not press.answered(_BEAT):
        yield setting
    content = press.answer()
    alone = count == 1 and not remarks
    name = file_name(dossiers[0]) if alone else _together_name(count, dossiers[0].reference_date, "pdf")
    yield File(name, "application/pdf", BytesIO(content), len(content))


def _zip(
    codes: Sequence[str], gathered: Gathered, press: Press, remarks: Sequence[str]
) -> Generator[JobProgress | File, None, None]:
    failed: list[str] = []
    content: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  closed by who asked
    day = date.min
    try:
        with ZipFile(content, "w", ZIP_DEFLATED) as archive:
            for made in each(codes, gathered, press):
                if isinstance(made, JobProgress):
                    yield made
                    continue
                dossier, pdf = made
                if isinstance(pdf, str):
                    failed.append(f"{dossier.name} ({dossier.gm_code}): {pdf}")
                    continue
                day = dossier.reference_date
                _put(archive, file_name(dossier), pdf, day)
            count = len(archive.namelist())
            if not count:
                raise PressError("; ".join(failed) or "Er is niets gemaakt.")
            if remarks or failed:
                lines = "".join(f"{line}\r\n" for line in (*remarks, *failed))
                _put(archive, _REMARKS_FILE, lines.encode("utf-8-sig"), day)
    except BaseException:
        content.close()
        raise
    size = content.tell()
    content.seek(0)
    yield File(_together_name(count, day, "zip"), "application/zip", content, size, tuple(failed))


def _put(archive: ZipFile, name: str, content: bytes, day: date) -> None:
    """Add a file with a moment that follows from the figures: made again, it is the same zip."""
    entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _together_name(count: int, day: date, form: Form) -> str:
    return f"dossiers-{count}-{'gemeente' if count == 1 else 'gemeenten'}-{day:%Y-%m-%d}.{form}"
