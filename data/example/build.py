"""Writes the bundled example figures, from the code and the facts that they follow from."""

import gzip
import json
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from data.code_version import code_version
from data.example.bundle import ABOUT, BUNDLE, FIGURES
from data.example.dataset import build_figures
from data.reference import bundled

CODE = (
    "data.apportionment",
    "data.example.behaviour",
    "data.example.dataset",
    "data.example.known_figures",
    "data.example.simulation",
    "data.periods",
    "data.reference.bundled",
    "data.targets",
)
"""Modules that the figures follow from."""
FACTS = (bundled.NATIONAL_FILE, bundled.PUBLISHED_FILE, bundled.INHABITANTS_FILE)


def write_bundle(path: Path = BUNDLE) -> None:
    """Compute the example figures and write them; the same code and facts give the same bytes.

    Raises
    ------
    data.reference.bundled.FactsError, data.example.known_figures.CalibrationError
        See :func:`data.example.dataset.build_figures`.
    """
    table = build_figures().to_csv(index=False, lineterminator="\n").encode()
    about = {"made_from": source_version(), "sha256": sha256(table).hexdigest()}
    with ZipFile(path, "w") as file:
        # A ZipInfo of its own has a fixed date, and gzip gets no time: neither may change the bytes.
        file.writestr(ZipInfo(ABOUT), json.dumps(about, indent=1) + "\n")
        file.writestr(ZipInfo(FIGURES), gzip.compress(table, mtime=0))


def source_version() -> str:
    """Hash of the code and the facts that the figures follow from, as they are now."""
    digest = sha256(code_version(*CODE).encode())
    for name in FACTS:
        digest.update(sha256((bundled.BUNDLED / name).read_bytes()).digest())
    return digest.hexdigest()
