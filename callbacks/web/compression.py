"""Compression of answers; the libraries' scripts once, since that takes longer than sending them."""

from flask import Flask, Request
from flask_compress import Compress
from flask_compress.flask_compress import DictCache

_LIBRARIES = "/_dash-component-suites/"
_MOST_KEPT = 96


class LibraryCache(DictCache):
    """Keeps compressed library scripts, and nothing that depends on who asks."""

    def set(self, key: str, value: bytes) -> None:
        """Keep a value when it is a library's and there is room: anyone can make up addresses."""
        if _LIBRARIES in key and len(self.data) < _MOST_KEPT:
            super().set(key, value)


def compress(server: Flask) -> None:
    """Compress every answer of a server that is text and not yet compressed."""

    def key(request: Request) -> str:
        return request.path

    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_CACHE_BACKEND=LibraryCache,
        COMPRESS_CACHE_KEY=key,
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "text/csv",
            "text/javascript",
            "application/javascript",
            "application/json",
            "image/svg+xml",
        ],
        COMPRESS_STREAMS=False,
    )
    Compress().init_app(server)
