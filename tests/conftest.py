"""What tests of more than one folder need: the ground and the figures that the application shows."""

import pytest

from callbacks.world import World
from config import Settings
from data.snapshot import current
from geo.bundle import load_bundle


@pytest.fixture(scope="session")
def world() -> World:
    """The bundled ground and the example figures, as the application has them by default."""
    settings = Settings()
    return World(settings, load_bundle(settings.year), current(settings.slightly_behind_pace))
