"""Response compression, cached for library scripts because of its cost."""

from flask import Flask, Request
from flask_compress import Compress
from flask_compress.flask_compress import DictCache

_LIBRARIES = "/_dash-component-suites/"
_MAX_ENTRIES = 96


class LibraryCache(DictCache):
    """Bounded cache of compressed library scripts, which are the same for all users."""

    def set(self, key: str, value: bytes) -> None:
        """Cache a library's value while there is room, since anyone can invent addresses."""
        if _LIBRARIES in key and len(self.data) < _MAX_ENTRIES:
            super().set(key, value)


def compress(server: Flask) -> None:
    """Compress the uncompressed text responses of a server."""

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
