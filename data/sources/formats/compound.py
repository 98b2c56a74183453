"""Streams of a compound file (OLE), the container of xls, doc and encrypted xlsx.

Layout after the public specification of Microsoft, [MS-CFB].
"""

import struct
from collections.abc import Iterator

from data.sources.formats.zip_package import damaged

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_LAST_SECTOR = 0xFFFFFFFA
"""First of the reserved sector numbers: end of chain, free, table."""
_STREAM, _ROOT = 2, 5


class Compound:
    """A compound file, whose streams are read on demand.

    Raises
    ------
    UnreadableFile
        Kind "damaged", here and in every method, when a chain of sectors is broken or runs in a circle.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) < 512:
            raise damaged("het begin ontbreekt")
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise damaged("de indeling van het bestand is onbekend")
        self._content = content
        self._size = 1 << shift
        directory, _, self._mini_below, mini_first, _, more_first, _ = struct.unpack_from("<IIIIIII", content, 48)
        tables = [sector for sector in struct.unpack_from("<109I", content, 76) if sector < _LAST_SECTOR]
        while more_first < _LAST_SECTOR:
            *sectors, more_first = self._numbers(self._sector(more_first))
            tables += [sector for sector in sectors if sector < _LAST_SECTOR]
            if len(tables) > len(content) // self._size:
                raise damaged("de sectortabel loopt in een kring")
        self._next = [number for table in tables for number in self._numbers(self._sector(table))]
        self._entries = list(self._directory(b"".join(self._chain(directory))))
        self._mini_next = self._numbers(b"".join(self._chain(mini_first)))
        root = next((entry for entry in self._entries if entry[1] == _ROOT), None)
        self._mini = b"".join(self._chain(root[2])) if root else b""

    @property
    def names(self) -> frozenset[str]:
        """Names of the streams in all folders."""
        return frozenset(name for name, kind, _, _ in self._entries if kind == _STREAM)

    def stream(self, name: str) -> bytes:
        """Content of the first stream of a name, which must be one of :attr:`names`."""
        first, size = next(
            (first, size) for found, kind, first, size in self._entries if found == name and kind == _STREAM
        )
        if size >= self._mini_below:
            whole = b"".join(self._chain(first))
        else:
            places = self._follow(first, self._mini_next)
            whole = b"".join(self._mini[place * 64 : place * 64 + 64] for place in places)
        if len(whole) < size:
            raise damaged(f"onderdeel {name!r} is niet compleet")
        return whole[:size]

    def _directory(self, table: bytes) -> Iterator[tuple[str, int, int, int]]:
        for start in range(0, len(table) - 127, 128):
            length, kind = struct.unpack_from("<HB", table, start + 64)
            first, size = struct.unpack_from("<II", table, start + 116)
            if kind in (_STREAM, _ROOT):
                name = table[start : start + min(max(length - 2, 0), 62)]
                yield name.decode("utf-16-le", "replace"), kind, first, size

    def _chain(self, first: int) -> Iterator[bytes]:
        return (self._sector(sector) for sector in self._follow(first, self._next))

    def _follow(self, sector: int, following: list[int]) -> Iterator[int]:
        for _ in range(len(following) + 1):
            if sector >= _LAST_SECTOR:
                return
            yield sector
            if sector >= len(following):
                raise damaged("een keten van sectoren breekt af")
            sector = following[sector]
        raise damaged("een keten van sectoren loopt in een kring")

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise damaged("het einde ontbreekt")
        # The last sector of a file is at times cut off where its content ends.
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    @staticmethod
    def _numbers(sector: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(sector) // 4}I", sector))
