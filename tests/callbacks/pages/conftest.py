"""Applications on a store of their own, where this machine edits and where one signs in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from callbacks.live import Live
from tests.callbacks.auth.signing import guarded_live
from tests.oidc_provider import OpenIDProvider
from tests.publishing import live_of


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    """Figures of an application where this machine edits."""
    made = live_of(tmp_path)
    yield made
    made.store.dispose()


@pytest.fixture
def guarded(tmp_path: Path, provider: OpenIDProvider) -> Iterator[Live]:
    """Figures of an application where one signs in."""
    with guarded_live(tmp_path, provider) as made:
        yield made
