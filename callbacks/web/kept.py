"""Answers that are the same for everyone, kept compressed and given again.

What anyone gets follows from the address and the version of the figures. Private pages, and whatever asked who
looks, pass by.
"""

from collections.abc import Callable, Collection, Hashable
from hashlib import sha256
from http import HTTPStatus
from threading import Lock
from typing import Final

from cachetools import LRUCache
from flask import Flask, Response, g, request
from werkzeug.datastructures import Headers

#: Media types of kept answers, which are also those worth compressing.
TEXTS: Final = frozenset(
    {
        "text/html",
        "text/css",
        "text/csv",
        "text/javascript",
        "application/javascript",
        "application/json",
        "image/svg+xml",
    }
)
SHARED: Final = ("br", "gzip")
"""Encodings of kept answers, the smallest first: they are made once."""
PASSING: Final = ("zstd", "gzip", "br")
"""Encodings of all other answers, the cheapest first."""
_BYTES: Final = 32 * 2**20
"""Bound of the bodies that a process keeps."""

_Key = tuple[Hashable, str, str, bytes]


class KeptAnswers:
    """Bounded store of finished answers; the one that was not asked for the longest goes first.

    Parameters
    ----------
    version : of everything that answers depend on besides their address
    private : beginnings of the paths that are answered anew for each visitor
    limit : of all bodies, in bytes
    """

    def __init__(self, version: Callable[[], Hashable], private: Collection[str] = (), limit: int = _BYTES) -> None:
        self._version = version
        self._private = tuple(private)
        self._lock = Lock()
        self._answers: LRUCache[_Key, tuple[bytes, Headers]] = LRUCache(limit, lambda answer: len(answer[0]))

    def clear(self) -> None:
        """Drop all answers, when nobody will ask for their version again."""
        with self._lock:
            self._answers.clear()

    def register(self, server: Flask) -> None:
        """Register before all other functions: what they do to an answer is kept with it."""
        server.before_request(self._find)
        # Flask calls the first registered last, when answers are compressed and have all their headers.
        server.after_request(self._keep)

    def _find(self) -> Response | None:
        shared = request.method == "GET" and not request.path.startswith(self._private)
        encoding = request.accept_encodings.best_match(SHARED if shared else PASSING, default="identity")
        # Compression reads this header too, so that it chooses what the key says.
        request.environ["HTTP_ACCEPT_ENCODING"] = encoding
        if not shared:
            return None
        key = (self._version(), encoding, request.path, request.query_string)
        with self._lock:
            found = self._answers.get(key)
        if found is None:
            g.kept_as = key
            return None
        body, headers = found
        answer = Response(body)
        answer.headers = Headers(headers)
        answer.make_conditional(request)
        return answer

    def _keep(self, answer: Response) -> Response:
        key: _Key | None = g.pop("kept_as", None)
        if key is None or "identity" in g or answer.status_code != HTTPStatus.OK or answer.mimetype not in TEXTS:
            return answer
        caching = answer.cache_control
        if caching.no_store or caching.immutable or answer.is_streamed:
            return answer
        if not caching:
            caching.no_cache = True
        body = answer.get_data()
        answer.set_etag(sha256(body).hexdigest()[:20])
        # A newer version may be shown since the question; what exceeds the bound is too large to keep.
        if self._version() == key[0] and len(body) <= self._answers.maxsize:
            with self._lock:
                self._answers[key] = body, Headers(answer.headers)
        answer.make_conditional(request)
        return answer
