"""Readers that misbehave, served as the real one is; the file's name says how."""

import os
import sys

from data.sources.formats.grid import Grid, Sheet
from data.sources.formats.isolated import serve


def read(name: str, content: bytes) -> Grid:  # noqa: ARG001
    hoard = []
    while name == "eats":
        hoard.append(bytearray(10_000_000))
    while name == "loops":
        pass
    if name == "breaks":
        os.abort()
    if name == "leaves":
        os._exit(0)
    if name == "raises":
        raise RuntimeError("onverwacht")
    if name == "babbles":
        sys.stdout.write("geen JSON")
    if name == "floods":
        while True:
            os.write(1, b" " * 1_000_000)
    return Grid(name, "csv", (Sheet("omgeving", tuple((key,) for key in sorted(os.environ))),))


if __name__ == "__main__":
    serve(read)
