"""Download of a boundary file over https, with retries, a progress bar and a cache."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_exponential
from tenacity.wait import wait_base

from geo.errors import BoundaryError

# Download service of CBS gebiedsindelingen at PDOK, index:
# https://service.pdok.nl/cbs/gebiedsindelingen/atom/v1_0/index.xml (years from 2016)
PDOK = "https://service.pdok.nl/cbs/gebiedsindelingen/atom/v1_0/downloads/cbsgebiedsindelingen{year}.gpkg"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MAX_BYTES = 500_000_000
"""Bytes; a year's file is some 3 to 60 MB, so a larger one is something else."""


def official_url(year: int) -> str:
    """Return the address of a year's CBS gebiedsindelingen at PDOK."""
    return PDOK.format(year=year)


def file_name(url: str) -> str:
    """Return the file name in a URL."""
    return Path(unquote(urlsplit(url).path)).name or "download"


def fetch(url: str, cache: Path, *, refresh: bool = False, attempts: int = 4, wait: wait_base | None = None) -> Path:
    """Download a file, or return its cached copy.

    Parameters
    ----------
    url : an https URL; plain http only to the loopback address
    cache : folder of the copy; created when missing
    refresh : download again even when there is a copy
    attempts, wait : number of attempts, and the pauses between them

    Raises
    ------
    BoundaryError
        No https, refused by the server, too large, or still failing after the last attempt. An earlier
        copy stays.
    """
    _check_scheme(url)
    target = cache / f"{hashlib.sha256(url.encode()).hexdigest()[:8]}-{file_name(url)}"
    if target.exists() and not refresh:
        return target
    cache.mkdir(parents=True, exist_ok=True)
    attempt = retry(
        retry=retry_if_exception(_is_transient),
        stop=stop_after_attempt(attempts),
        wait=wait or wait_exponential(multiplier=1, max=20),
        reraise=True,
    )(_download)
    partial = target.with_name(target.name + ".part")
    try:
        attempt(url, partial)
        return partial.replace(target)
    except httpx.HTTPStatusError as error:
        status = error.response.status_code
        raise BoundaryError(
            f"{url}: de server antwoordt met {status}. Controleer het adres of het jaar, of geef een bestand "
            "met --source."
        ) from error
    except httpx.HTTPError as error:
        raise BoundaryError(
            f"{url}: ophalen mislukt na {attempts} pogingen ({error}). Probeer het later opnieuw of geef een "
            "bestand met --source."
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _check_scheme(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise BoundaryError(f"{url}: alleen https-adressen worden opgehaald. Geef een adres met https://.")


def _check_request(request: httpx.Request) -> None:
    """Refuse a redirect away from https."""
    _check_scheme(str(request.url))


def _is_transient(error: BaseException) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code >= 500 or error.response.status_code == 429
    return isinstance(error, httpx.TransportError)


def _download(url: str, partial: Path) -> None:
    """Stream a URL to a file; a body shorter than announced raises `httpx.RemoteProtocolError`."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with (
        Progress(*columns, transient=True) as progress,
        httpx.Client(follow_redirects=True, timeout=30, event_hooks={"request": [_check_request]}) as client,
        client.stream("GET", url, headers={"Accept-Encoding": "identity"}) as response,
    ):
        response.raise_for_status()
        announced = int(response.headers.get("Content-Length", 0)) or None
        task = progress.add_task(file_name(url), total=announced)
        with partial.open("wb") as file:
            for block in response.iter_bytes():
                file.write(block)
                progress.update(task, advance=len(block))
                if file.tell() > MAX_BYTES:
                    raise BoundaryError(f"{url}: groter dan {MAX_BYTES:,} bytes; dit is geen bestand met grenzen.")
