"""What tests of more than one folder need: a store of their own, and what is shown by default."""

import gc
import os
from tempfile import TemporaryDirectory

import pytest

# Before anything imports the application, which opens its store: that of this installation stays as it is.
_STORE = TemporaryDirectory(prefix="land-in-beeld-")
os.environ["LAND_IN_BEELD_DATABASE_URL"] = f"sqlite:///{_STORE.name}/store.sqlite"

from callbacks.pages.registry import PAGES  # noqa: E402
from callbacks.state.paths import Addresses  # noqa: E402
from callbacks.state.world import World  # noqa: E402
from config import Settings  # noqa: E402
from data.snapshot import current  # noqa: E402
from geo.bundle import load_bundle  # noqa: E402


def pytest_collection_finish() -> None:
    """Have the garbage collector leave alone what was imported: it took a tenth of the time of tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def world() -> World:
    """The bundled ground and the example figures, as the application has them by default."""
    settings = Settings()
    return World(settings, load_bundle(settings.year), current(settings.slightly_behind_pace), Addresses(PAGES))
