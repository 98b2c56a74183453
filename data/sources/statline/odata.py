"""OData client: pagination, retries, and a cache of answers."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode, urljoin, urlsplit

import httpx
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

Record = Mapping[str, object]

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LARGEST_PAGE = 100_000_000
"""Bytes; a page of 10,000 records is some 2 MB."""
FULL_PAGE = 10_000
"""Records after which version 3 stops without saying where to go on."""
MOST_PAGES = 200


class StatlineError(ValueError):
    """StatLine does not answer, or not as expected."""


class Odata:
    """OData client; a context manager.

    Parameters
    ----------
    cache : folder for answers; made when it does not exist. None keeps none.
    refresh : ask again even when the cache has an answer
    attempts, patience : how often a failing server is tried, and how many seconds the first pause takes
    """

    def __init__(self, cache: Path | None, *, refresh: bool, attempts: int, patience: float) -> None:
        self._cache = cache
        self._refresh = refresh
        self._attempts = attempts
        self._patience = patience
        self._client = httpx.Client(follow_redirects=True, timeout=60, event_hooks={"request": [_check_request]})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def records(self, address: str, query: Mapping[str, str] | None = None) -> list[Record]:
        """All records of a collection, from the cache or from all its pages.

        Raises
        ------
        StatlineError
            No https, refused, no such collection, no OData, or still failing after the last attempt. Nothing
            is kept then; neither is an empty answer, which may be filled tomorrow.
        """
        url = address
        if query:
            url += "?" + urlencode(query, quote_via=quote, safe="$,'()")
        cached = None if self._cache is None else self._cache / f"{hashlib.sha256(url.encode()).hexdigest()[:20]}.json"
        if cached is not None and not self._refresh and cached.exists():
            return _records(cached.read_bytes(), url)[0]
        found = self._pages(url)
        if cached is not None and found:
            cached.parent.mkdir(parents=True, exist_ok=True)
            partial = cached.with_suffix(".part")
            partial.write_text(json.dumps({"value": found}), "utf-8")
            partial.replace(cached)
        return found

    def _pages(self, url: str) -> list[Record]:
        found: list[Record] = []
        page: str | None = url
        for _ in range(MOST_PAGES):
            if page is None:
                return found
            records, link = _records(self._get(page), page)
            found += records
            if link is not None:
                page = _within(page, link)
            elif len(records) == FULL_PAGE:
                page = f"{url}{'&' if '?' in url else '?'}$skip={len(found)}"
            else:
                page = None
        raise StatlineError(f"{url} houdt niet op na {MOST_PAGES} pagina's")

    def _get(self, url: str) -> bytes:
        _check_address(url)
        attempt = Retrying(
            retry=retry_if_exception(_worth_retrying),
            stop=stop_after_attempt(self._attempts),
            wait=wait_exponential(multiplier=self._patience, max=20),
            reraise=True,
        )
        try:
            return attempt(self._download, url)
        except httpx.HTTPStatusError as error:
            raise StatlineError(f"{url} antwoordt met {error.response.status_code}") from error
        except httpx.HTTPError as error:
            raise StatlineError(f"{url} is niet bereikbaar ({error})") from error

    def _download(self, url: str) -> bytes:
        with self._client.stream("GET", url, headers={"Accept": "application/json"}) as response:
            response.raise_for_status()
            content = bytearray()
            for block in response.iter_bytes():
                content += block
                if len(content) > LARGEST_PAGE:
                    raise StatlineError(f"{url} geeft meer dan {LARGEST_PAGE // 1_000_000} MB ineens")
            return bytes(content)


def _records(content: bytes, url: str) -> tuple[list[Record], str | None]:
    """Records of one page, and the link to the next."""
    try:
        answer = json.loads(content)
        records = answer["value"]
        link = answer.get("@odata.nextLink") or answer.get("odata.nextLink")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StatlineError(f"{url} geeft geen OData") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise StatlineError(f"{url} geeft geen OData")
    return records, str(link) if link else None


def _within(page: str, link: str) -> str:
    """Address of the next page, on the same server and by the same scheme."""
    following, here = urlsplit(urljoin(page, link)), urlsplit(page)
    if following.hostname != here.hostname:
        raise StatlineError(f"{page} verwijst naar een andere server: {link}")
    return following._replace(scheme=here.scheme, netloc=here.netloc).geturl()


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise StatlineError(f"{url}: alleen https-adressen worden opgehaald")


def _check_request(request: httpx.Request) -> None:
    """Refuse a redirect away from https."""
    _check_address(str(request.url))


def _worth_retrying(error: BaseException) -> bool:
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code >= 500 or error.response.status_code == 429
    return isinstance(error, httpx.TransportError)
