"""Stores of SQLite that hold the example, copied from one that each process of tests makes once."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from data.bootstrap import open_store


@cache
def seeded() -> Path:
    """File of a store with the example and nothing else, to copy."""
    folder = Path(tempfile.mkdtemp(prefix="land-in-beeld-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "store.sqlite"
    open_store(f"sqlite:///{path}").dispose()
    return path


def new_store(folder: Path) -> str:
    """Make `store.sqlite` in a folder, which holds the example and nothing else; its address."""
    path = shutil.copy(seeded(), folder / "store.sqlite")
    return f"sqlite:///{path}"
