"""Compression of text responses."""

from flask import Flask
from flask_compress import Compress

from callbacks.web.kept import PASSING, SHARED, TEXTS


def compress(server: Flask) -> None:
    """Compress the uncompressed text responses of a server."""
    server.config.update(
        COMPRESS_ALGORITHM=[*dict.fromkeys((*SHARED, *PASSING))],
        COMPRESS_BR_LEVEL=5,
        # Of gzip; level 6 takes five times as long for a twentieth less.
        COMPRESS_LEVEL=4,
        COMPRESS_MIMETYPES=sorted(TEXTS),
        COMPRESS_STREAMS=False,
    )
    Compress().init_app(server)
