"""Downloads of dossiers: one, or several in one PDF or a zip, with optional progress."""

import json
import logging
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from math import ceil
from threading import BoundedSemaphore
from typing import IO, Final
from urllib.parse import quote

from flask import Flask, Response, request

from callbacks.auth.sessions import public_scheme
from callbacks.state.world import Showing, World
from data.code_version import code_version
from data.dossier.builder import gather
from data.dossier.jobs import File, Form, JobProgress, limit_to_one_file, make_file
from data.dossier.model import Dossier
from data.dossier.selection import parse_selection
from data.dossier.typesetting import PressError
from data.formatting import LETTERS_REPEATED, shortened
from data.parsing import read_date
from data.periods import HalfYear, PeriodError
from data.practices import catalogue
from data.snapshot import NotInSnapshot

ONE: Final = "/download/dossier/<name>.pdf"
SEVERAL: Final[Mapping[Form, str]] = {"pdf": "/download/dossiers.pdf", "zip": "/download/dossiers.zip"}
PROGRESS_TYPE: Final = "application/vnd.land-in-beeld.voortgang"
REMARKS_HEADER: Final = "X-Opmerkingen"

JOBS: Final = 2
"""Concurrent jobs per process: each keeps a core busy, and one PDF may take 1.2 GB."""
WAITING: Final = 2
"""Queued jobs per process, in addition: each occupies a thread, which the map needs too."""
WAIT: Final = 20.0
"""Maximum seconds in the queue."""
_BUSY: Final = "Er worden op dit moment veel dossiers gemaakt. Probeer het over een minuut opnieuw."
_POLL_SECONDS: Final = 1.0
"""Seconds between progress lines in the queue."""
_CHUNK: Final = 64 * 1024
_MOST_REMARKS: Final = 1000
"""Maximum length of the remarks header: proxies take some 8 kB of headers in all."""
_log = logging.getLogger(__name__)


class Refused(ValueError):  # noqa: N818  named after its HTTP meaning
    """Invalid request for dossiers.

    Parameters
    ----------
    status : HTTP status, 400 or 404
    message : in Dutch, with the fix
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, eq=False)
class _Job:
    """A validated request for dossiers."""

    world: World
    form: Form
    codes: Sequence[str]
    period: HalfYear
    day: date
    remarks: tuple[str, ...]
    origin: str
    listed: bool = True
    """Whether remarks are in the file too; a dossier requested by itself has no table of contents."""

    @property
    def etag(self) -> str:
        """Hash of everything that determines the file."""
        parts = (
            self.world.snapshot.version, self.world.bundle.content_hash, self.form, self.codes,
            str(self.period), self.day, self.remarks, self.origin, catalogue().practices,
            code_version("data", "geo"),
        )  # fmt: skip
        return sha256(repr(parts).encode()).hexdigest()[:24]

    def steps(self) -> Generator[JobProgress | File, None, None]:
        """Run the job."""
        world, practices = self.world, catalogue().practices

        def build(code: str) -> Dossier:
            return gather(world.snapshot, world.bundle, practices, code, self.period, self.day, self.origin)

        return make_file(self.codes, build, self.form, self.remarks if self.listed else ())


class Turns:
    """Limits on running and queued jobs of this process."""

    def __init__(self) -> None:
        self.jobs = BoundedSemaphore(JOBS)
        self._places = BoundedSemaphore(WAITING)

    def take(self) -> Generator[bool, None, None]:
        """Yield False while waiting for a turn, then True; end without True if there is none.

        `jobs.release` ends the turn. The caller closes the generator when it has a turn, or no longer wants one.
        """
        if self.jobs.acquire(blocking=False):
            yield True
        elif self._places.acquire(blocking=False):
            try:
                for _ in range(ceil(WAIT / _POLL_SECONDS)):
                    yield False
                    if self.jobs.acquire(timeout=_POLL_SECONDS):
                        yield True
                        return
            finally:
                self._places.release()


def register(server: Flask, live: Showing) -> None:
    """Register the addresses of dossiers on a server."""
    turns = Turns()

    @server.get(ONE)
    def one_dossier(name: str) -> Response:
        return _respond(turns, partial(_parse_one, live.world, name, request.args, _origin()))

    def some(form: Form) -> Response:
        return _respond(
            turns,
            partial(_parse_several, live.world, form, request.args.getlist("gemeenten"), request.args, _origin()),
        )

    for form, address in SEVERAL.items():
        server.add_url_rule(address, f"dossiers_{form}", partial(some, form))


def _origin() -> str:
    """Origin of the site, as the visitor sees it."""
    return f"{public_scheme()}://{request.host}"


def _parse_one(world: World, name: str, query: Mapping[str, str], origin: str) -> _Job:
    asked = parse_selection(world.bundle, [name])
    if not asked.codes:
        raise Refused(404, " ".join(asked.unknown) or "Geef een gemeente, zoals GM0363.")
    period, day = _moment(world, query)
    return _Job(world, "pdf", asked.codes, period, day, asked.remarks, origin, listed=False)


def _parse_several(world: World, form: Form, texts: Sequence[str], query: Mapping[str, str], origin: str) -> _Job:
    asked = parse_selection(world.bundle, [word for text in texts for word in text.split(",")])
    if not asked.codes:
        message = " ".join(asked.unknown) or "Geef gemeenten, zoals ?gemeenten=GM0363,GM0599."
        raise Refused(404 if asked.unknown else 400, message)
    period, day = _moment(world, query)
    codes, cut = limit_to_one_file(asked.codes, form)
    remarks = (*asked.unknown, *asked.remarks, *([cut] if cut else []))
    return _Job(world, form, codes, period, day, remarks, origin)


def _moment(world: World, query: Mapping[str, str]) -> tuple[HalfYear, date]:
    """Parse half-year and reference date; default: the latest.

    Invalid values are refused rather than replaced, since on paper a wrong date would go unnoticed.
    """
    snapshot, text = world.snapshot, query.get("periode", "").strip()
    stand = query.get("stand", "").strip()
    day = read_date(stand) if stand else None
    if stand and day is None:
        raise Refused(400, f"“{shortened(stand)}” is geen peildatum; schrijf bijvoorbeeld 2022-07-01.")
    try:
        if not text:
            moments = [(period, at) for period, at in world.moments if day is None or at == day.date()]
            if not moments:
                raise Refused(404, f"Op {shortened(stand)} zijn er geen cijfers; kies een andere peildatum.")
            return moments[-1] if day is None else moments[0]
        period = HalfYear.parse(text[:LETTERS_REPEATED])
        days = snapshot.reference_dates(period)
        if day is None:
            return period, days[-1]
        period.months_elapsed(day.date())
        if day.date() not in days:
            raise Refused(404, f"Van {period} is er geen stand op {shortened(stand)}; kies een andere peildatum.")
        return period, day.date()
    except PeriodError as error:
        raise Refused(400, str(error)) from None
    except NotInSnapshot as error:
        raise Refused(404, str(error)) from None


def _respond(turns: Turns, asked: Callable[[], _Job]) -> Response:
    try:
        job = asked()
    except Refused as error:
        return _text(str(error), error.status)
    if request.args.get("voortgang"):
        response = Response(_stream(turns, job), mimetype=PROGRESS_TYPE)
        response.cache_control.no_store = True
        response.headers["X-Accel-Buffering"] = "no"  # a proxy would buffer the progress lines
        return response
    if request.if_none_match.contains(job.etag):
        response = Response(status=304)
    elif request.method == "HEAD":
        # No Content-Length: the size is unknown until the file is made.
        response = Response(iter(()), mimetype="application/zip" if job.form == "zip" else "application/pdf")
    else:
        response = _file(turns, job)
    if response.status_code < 400:
        response.set_etag(job.etag)
        response.cache_control.no_cache = True
    if job.remarks:
        response.headers[REMARKS_HEADER] = quote(" ".join(job.remarks)[:_MOST_REMARKS], safe=" .,:;()")
    return response


def _file(turns: Turns, job: _Job) -> Response:
    """Respond with the complete file."""
    with closing(turns.take()) as taking:
        taken = any(taking)
    if not taken:
        response = _text(_BUSY, 503)
        response.headers["Retry-After"] = "60"
        return response
    try:
        *_, last = job.steps()
    except PressError as error:
        return _text(str(error), 500)
    finally:
        turns.jobs.release()
    if not isinstance(last, File):
        return _text("Er is niets gemaakt; probeer het opnieuw.", 500)
    response = Response(_chunks(last.content), mimetype=last.mimetype)
    response.content_length = last.size
    response.headers["Content-Disposition"] = f'attachment; filename="{last.name}"'
    return response


def _stream(turns: Turns, job: _Job) -> Iterator[bytes]:
    """Stream progress as lines of JSON, then a line on the result, then the file itself.

    Closing the generator, as on a disconnect, cancels the job.
    """
    taken = False
    with closing(turns.take()) as taking:
        for taken in taking:
            if taken:
                break
            yield _line(waiting=True)
    if not taken:
        yield _line(error=_BUSY)
        return
    file: File | None = None
    try:
        with closing(job.steps()) as steps:
            for step in steps:
                if isinstance(step, File):
                    file = step
                else:
                    yield _line(done=step.done, of=step.of, what=step.what)
    except PressError as error:
        yield _line(error=str(error))
        return
    except GeneratorExit:
        if file is not None:
            file.content.close()
        raise
    except Exception:
        _log.exception("Een dossier is niet te maken.")
        yield _line(error="Het maken is mislukt; probeer het opnieuw.")
        return
    finally:
        turns.jobs.release()
    if file is None:
        yield _line(error="Er is niets gemaakt; probeer het opnieuw.")
        return
    remarks = [*job.remarks, *file.failed]
    yield _line(name=file.name, type=file.mimetype, size=file.size, remarks=remarks)
    yield from _chunks(file.content)


def _chunks(content: IO[bytes]) -> Iterator[bytes]:
    with content:
        while chunk := content.read(_CHUNK):
            yield chunk


def _line(**parts: object) -> bytes:
    return json.dumps(parts, ensure_ascii=False).encode() + b"\n"


def _text(message: str, status: int) -> Response:
    response = Response(f"{message}\n", status, mimetype="text/plain")
    response.cache_control.no_store = True
    return response
