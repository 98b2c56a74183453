"""Dossier jobs: one PDF or a zip, made in steps with progress, and cancellable."""

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
BuildDossier = Callable[[str], Dossier]
"""Builds the dossier of a municipality from its code."""

_MAX_IN_MEMORY: Final = 8 * 2**20
"""Size in bytes from which a zip moves from memory to disk."""
_POLL_SECONDS: Final = 0.5
"""Seconds between two progress steps, at which a cancelled job is noticed."""
_REMARKS_FILE: Final = "LEESMIJ.txt"


@dataclass(frozen=True)
class JobProgress:
    """Progress of a job."""

    done: int
    of: int
    what: str
    """Current activity, in Dutch."""


@dataclass(frozen=True)
class File:
    """A finished file; the caller closes its content."""

    name: str
    mimetype: str
    content: IO[bytes]
    size: int
    failed: tuple[str, ...] = ()
    """A Dutch sentence on each dossier that failed."""


def file_name(dossier: Dossier) -> str:
    """File name of one dossier: ``dossier-GM0363-amsterdam-2024-07-01.pdf``."""
    return f"dossier-{dossier.gm_code}-{slug(dossier.name)}-{dossier.reference_date:%Y-%m-%d}.pdf"


def limit_to_one_file(codes: Sequence[str], form: Form) -> tuple[Sequence[str], str]:
    """Limit a selection to what one file can hold.

    Returns
    -------
    The codes that fit, and a Dutch remark, empty when all do.
    """
    if form == "zip" or len(codes) <= MOST_TOGETHER:
        return codes, ""
    return codes[:MOST_TOGETHER], (
        f"In één PDF staan hoogstens {MOST_TOGETHER} dossiers: dit zijn de eerste {MOST_TOGETHER} van de "
        f"{len(codes)}. In een zip passen ze alle {len(codes)}."
    )


def make_file(
    codes: Sequence[str], build: BuildDossier, form: Form, remarks: Sequence[str] = ()
) -> Generator[JobProgress | File, None, None]:
    """Make one PDF of dossiers, or a zip of PDFs, step by step.

    Parameters
    ----------
    codes : current municipalities, in this order; at least one
    form : "pdf" or "zip"
    remarks : notes for the table of contents, or for a text file in the zip

    Yields
    ------
    Progress, and finally the file. Closing the generator cancels the job.

    Raises
    ------
    PressError
        When nothing could be made. In a zip a failed dossier is left out and reported.
    """
    with Press(len(codes)) as press:
        if form == "zip":
            yield from _zip(codes, build, press, remarks)
        else:
            yield from _pdf(codes, build, press, remarks)


def typeset_each(
    codes: Sequence[str], build: BuildDossier, press: Press
) -> Iterator[JobProgress | tuple[Dossier, bytes | str]]:
    """Typeset dossiers one by one; the next is built while one is typeset.

    Yields
    ------
    Progress, and each dossier with its PDF or an error message.
    """
    count = len(codes)
    coming = _prepare(build, codes[0])
    for done, following in enumerate((*codes[1:], None)):
        dossier, prepared = coming
        step = JobProgress(done, count, f"{dossier.name} zetten")
        yield step
        result: bytes | str
        try:
            press.submit(prepared)
            coming = coming if following is None else _prepare(build, following)
            while not press.wait(_POLL_SECONDS):
                yield step
            result = press.result()
        except PressError as error:
            result = str(error)
            coming = coming if following is None else _prepare(build, following)
            press.restart()
        yield dossier, result


def _prepare(build: BuildDossier, code: str) -> tuple[Dossier, dict[str, object]]:
    dossier = build(code)
    return dossier, document([dossier], ())


def _pdf(
    codes: Sequence[str], build: BuildDossier, press: Press, remarks: Sequence[str]
) -> Generator[JobProgress | File, None, None]:
    count = len(codes)
    dossiers = []
    for done, code in enumerate(codes):
        yield JobProgress(done, count, "Gegevens verzamelen")
        dossiers.append(build(code))
    setting = JobProgress(count, count, "Bladen zetten")
    yield setting
    press.submit(document(dossiers, remarks))
    while not press.wait(_POLL_SECONDS):
        yield setting
    content = press.result()
    alone = count == 1 and not remarks
    name = file_name(dossiers[0]) if alone else _combined_name(count, dossiers[0].reference_date, "pdf")
    yield File(name, "application/pdf", BytesIO(content), len(content))


def _zip(
    codes: Sequence[str], build: BuildDossier, press: Press, remarks: Sequence[str]
) -> Generator[JobProgress | File, None, None]:
    failed: list[str] = []
    content: IO[bytes] = SpooledTemporaryFile(max_size=_MAX_IN_MEMORY)  # noqa: SIM115  closed by the caller
    day = date.min
    try:
        with ZipFile(content, "w", ZIP_DEFLATED) as archive:
            for made in typeset_each(codes, build, press):
                if isinstance(made, JobProgress):
                    yield made
                    continue
                dossier, pdf = made
                if isinstance(pdf, str):
                    failed.append(f"{dossier.name} ({dossier.gm_code}): {pdf}")
                    continue
                day = dossier.reference_date
                _add_entry(archive, file_name(dossier), pdf, day)
            count = len(archive.namelist())
            if not count:
                raise PressError("; ".join(failed) or "Er is niets gemaakt.")
            if remarks or failed:
                lines = "".join(f"{line}\r\n" for line in (*remarks, *failed))
                _add_entry(archive, _REMARKS_FILE, lines.encode("utf-8-sig"), day)
    except BaseException:
        content.close()
        raise
    size = content.tell()
    content.seek(0)
    yield File(_combined_name(count, day, "zip"), "application/zip", content, size, tuple(failed))


def _add_entry(archive: ZipFile, name: str, content: bytes, day: date) -> None:
    """Add a file with a timestamp derived from the figures, so that zips are reproducible."""
    entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _combined_name(count: int, day: date, form: Form) -> str:
    return f"dossiers-{count}-{'gemeente' if count == 1 else 'gemeenten'}-{day:%Y-%m-%d}.{form}"
