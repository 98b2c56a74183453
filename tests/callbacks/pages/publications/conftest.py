"""Someone who publishes on this machine."""

import pytest

from callbacks.live import Live
from tests.publishing import Person, server_of


@pytest.fixture
def analyst(live: Live) -> Person:
    """Someone at this machine, who may publish."""
    return Person(server_of(live))
