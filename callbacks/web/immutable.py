"""What never changes under its address: served with a hash of its content in the path.

Browsers and proxies may keep it for a year; whoever has the page has the right version. Bodies
are compressed once.
"""

import gzip
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import PurePosixPath

import brotli
from flask import Flask, Response, abort, request

#: Makes a content from a name and the query; None where there is none of that name.
Make = Callable[[str, Mapping[str, str]], bytes | None]
YEAR_IN_SECONDS = 365 * 24 * 3600
_TYPES = {
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".js": "text/javascript",
}


@dataclass(frozen=True)
class _Body:
    """One content; compressed when first asked for so, since that would slow the start."""

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
    """Contents under hashed addresses; register its route once with :meth:`serve`."""

    prefix = "/vast/"

    def __init__(self) -> None:
        self._bodies: dict[str, _Body] = {}
        self._makers: dict[str, tuple[str, Make, Collection[str]]] = {}
        self._versioned: set[str] = set()
        #: Asked when an address is not here; whether it may be now.
        self.missed: Callable[[], bool] = lambda: False

    def add(self, name: str, content: bytes, *, versioned: bool = False) -> str:
        """Add one content and return its address, as "/vast/1a2b3c4d5e6f/kaart.svg".

        Parameters
        ----------
        name : file name, with one of the extensions svg, json, js
        content : its bytes, in UTF-8
        versioned : whether it goes when its version does; see :meth:`keep`

        Raises
        ------
        KeyError
            When the extension is another.
        """
        digest = sha256(name.encode() + b"\0" + sha256(content).digest()).hexdigest()[:12]
        address = f"{self.prefix}{digest}/{name}"
        # The same content keeps its body, which may be compressed already.
        self._bodies.setdefault(address, _Body(_TYPES[PurePosixPath(name).suffix], content))
        if versioned:
            self._versioned.add(address)
        return address

    def keep(self, addresses: Collection[str]) -> None:
        """Forget what was added as `versioned`, but for these addresses and beginnings of addresses."""
        for gone in self._versioned.difference(addresses):
            self._bodies.pop(gone, None)
            self._makers.pop(gone, None)
        self._versioned.intersection_update(addresses)

    def add_folder(self, files: dict[str, bytes]) -> dict[str, str]:
        """Add files that name each other (modules that import modules) under one common hash.

        Returns
        -------
        The address of each file by its name.
        """
        digest = sha256()
        for name in sorted(files):
            digest.update(name.encode() + b"\0" + sha256(files[name]).digest())
        folder = f"{self.prefix}{digest.hexdigest()[:12]}/"
        for name, content in files.items():
            self._bodies[folder + name] = _Body(_TYPES[PurePosixPath(name).suffix], content)
        return {name: folder + name for name in files}

    def add_made(
        self, extension: str, version: bytes, make: Make, parameters: Collection[str] = (),
        *, versioned: bool = False,
    ) -> str:  # fmt: skip
        """Add contents that are made when first asked for, and return what their addresses begin with.

        Parameters
        ----------
        extension : with its dot; comes behind the name in the address
        version : everything that the contents follow from, besides the query
        make : gives the content of a name
        parameters : what of the query the content follows from; the rest is not handed on
        versioned : whether they go when their version does; see :meth:`keep`
        """
        folder = f"{self.prefix}{sha256(version).hexdigest()[:12]}/"
        self._makers.setdefault(folder, (extension, make, parameters))
        if versioned:
            self._versioned.add(folder)
        return folder

    @lru_cache(maxsize=512)  # noqa: B019  lives as long as the process
    def _made(self, address: str, asked: tuple[tuple[str, str], ...]) -> _Body | None:
        folder, _, name = address.rpartition("/")
        extension, make, _ = self._makers[f"{folder}/"]
        if not name.endswith(extension):
            return None
        content = make(name.removesuffix(extension), dict(asked))
        return None if content is None else _Body(_TYPES[extension], content)

    def size(self, address: str, encoding: str = "br") -> int:
        """Bytes over the wire of one address."""
        return len(self._bodies[address].encoded(encoding))

    def serve(self, server: Flask) -> None:
        """Register the route."""
        server.add_url_rule(f"{self.prefix}<path:rest>", "immutable", self._answer)

    def _asked(self, address: str) -> _Body | None:
        """Make what a request asks for; parameters of others do not make it another content."""
        maker = self._makers.get(f"{address.rpartition('/')[0]}/")
        if maker is None:
            return None
        return self._made(address, tuple((name, request.args.get(name, "")) for name in maker[2]))

    def _answer(self, rest: str) -> Response:
        address = self.prefix + rest
        body = self._bodies.get(address) or self._asked(address)
        if body is None and self.missed():
            body = self._bodies.get(address) or self._asked(address)
        if body is None:
            abort(404)
        encoding = request.accept_encodings.best_match(["br", "gzip"], default="identity")
        response = Response(body.encoded(encoding), mimetype=body.mimetype)
        if encoding != "identity":
            response.content_encoding = encoding
        response.vary.add("Accept-Encoding")
        response.cache_control.public = True
        response.cache_control.max_age = YEAR_IN_SECONDS
        response.cache_control.immutable = True
        return response
