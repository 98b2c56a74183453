"""Immutable resources, served with a hash of their content in the path.

Browsers and proxies may cache them for a year; a page always refers to the matching version. Bodies are
compressed once.
"""

import gzip
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import PurePosixPath

import brotli
from flask import Flask, Response, abort, request

#: Builds a content from a name and the query; None for an unknown name.
Build = Callable[[str, Mapping[str, str]], bytes | None]
YEAR_IN_SECONDS = 365 * 24 * 3600
_TYPES = {
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".js": "text/javascript",
    ".css": "text/css",
    ".csv": "text/csv",
}


@dataclass(frozen=True)
class _Body:
    """One content, compressed on first use, because that would slow the start."""

    mimetype: str
    content: bytes

    @cached_property
    def br(self) -> bytes:
        return bytes(brotli.compress(self.content, quality=9))

    @cached_property
    def gzip(self) -> bytes:
        return gzip.compress(self.content, compresslevel=9, mtime=0)

    def encoded(self, encoding: str) -> bytes:
        return {"br": lambda: self.br, "gzip": lambda: self.gzip}.get(encoding, lambda: self.content)()


class Immutable:
    """Registry of resources by hashed address; register its route once with :meth:`serve`."""

    prefix = "/vast/"

    def __init__(self) -> None:
        self._bodies: dict[str, _Body] = {}
        self._builders: dict[str, tuple[str, Build, Collection[str]]] = {}
        self._versioned: set[str] = set()
        #: Called for an unknown address; returns whether it may be known now.
        self.on_miss: Callable[[], bool] = lambda: False

    def add(self, name: str, content: bytes, *, versioned: bool = False) -> str:
        """Add a content and return its address, such as "/vast/1a2b3c4d5e6f/kaart.svg".

        Parameters
        ----------
        name : file name, with one of the extensions svg, json, js, css, csv
        content : UTF-8 bytes
        versioned : whether it may be dropped; see :meth:`retain`

        Raises
        ------
        KeyError
            When the extension is unknown.
        """
        digest = sha256(name.encode() + b"\0" + sha256(content).digest()).hexdigest()[:12]
        address = f"{self.prefix}{digest}/{name}"
        # Equal content keeps its body, which may be compressed already.
        self._bodies.setdefault(address, _Body(_TYPES[PurePosixPath(name).suffix], content))
        if versioned:
            self._versioned.add(address)
        return address

    def retain(self, addresses: Collection[str]) -> None:
        """Drop `versioned` contents, except those with the given addresses and address prefixes."""
        for gone in self._versioned.difference(addresses):
            self._bodies.pop(gone, None)
            self._builders.pop(gone, None)
        self._versioned.intersection_update(addresses)

    def add_folder(self, files: dict[str, bytes]) -> dict[str, str]:
        """Add files that refer to each other (modules with imports) under one common hash.

        Returns
        -------
        Address of each file by name.
        """
        digest = sha256()
        for name in sorted(files):
            digest.update(name.encode() + b"\0" + sha256(files[name]).digest())
        folder = f"{self.prefix}{digest.hexdigest()[:12]}/"
        for name, content in files.items():
            self._bodies[folder + name] = _Body(_TYPES[PurePosixPath(name).suffix], content)
        return {name: folder + name for name in files}

    def add_lazy(
        self, extension: str, version: bytes, build: Build, parameters: Collection[str] = (),
        *, versioned: bool = False,
    ) -> str:  # fmt: skip
        """Register lazily built resources; return their URL prefix.

        Parameters
        ----------
        extension : with its dot; follows the name in the address
        version : everything that the contents depend on, besides the query
        build : builds the content of a name
        parameters : query parameters that the content depends on; others are dropped
        versioned : whether they may be dropped; see :meth:`retain`
        """
        folder = f"{self.prefix}{sha256(extension.encode() + version).hexdigest()[:12]}/"
        self._builders.setdefault(folder, (extension, build, parameters))
        if versioned:
            self._versioned.add(folder)
        return folder

    @lru_cache(maxsize=512)  # noqa: B019  lives as long as the process
    def _build(self, address: str, query: tuple[tuple[str, str], ...]) -> _Body | None:
        folder, _, name = address.rpartition("/")
        extension, build, _ = self._builders[f"{folder}/"]
        if not name.endswith(extension):
            return None
        content = build(name.removesuffix(extension), dict(query))
        return None if content is None else _Body(_TYPES[extension], content)

    def size(self, address: str, encoding: str = "br") -> int:
        """Return the compressed size of an address, in bytes."""
        return len(self._bodies[address].encoded(encoding))

    def serve(self, server: Flask) -> None:
        """Register the route on a server."""
        server.add_url_rule(f"{self.prefix}<path:rest>", "immutable", self._answer)

    def _lazy_body(self, address: str) -> _Body | None:
        """Build the content of the current request, ignoring unrelated query parameters."""
        builder = self._builders.get(f"{address.rpartition('/')[0]}/")
        if builder is None:
            return None
        return self._build(address, tuple((name, request.args.get(name, "")) for name in builder[2]))

    def _answer(self, rest: str) -> Response:
        address = self.prefix + rest
        body = self._bodies.get(address) or self._lazy_body(address)
        if body is None and self.on_miss():
            body = self._bodies.get(address) or self._lazy_body(address)
        if body is None:
            abort(404)
        encoding = request.accept_encodings.best_match(["br", "gzip"], default="identity")
        response = Response(body.encoded(encoding), mimetype=body.mimetype)
        if encoding != "identity":
            response.content_encoding = encoding
        if body.mimetype == _TYPES[".csv"]:
            # Its name is the last part of the address.
            response.headers["Content-Disposition"] = "attachment"
        response.vary.add("Accept-Encoding")
        response.cache_control.public = True
        response.cache_control.max_age = YEAR_IN_SECONDS
        response.cache_control.immutable = True
        return response
