"""Cached dossiers of the example, of figures with gaps, and of partly real figures."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from data.dossier.builder import gather
from data.dossier.model import Dossier
from data.periods import HalfYear
from data.practices import catalogue
from data.snapshot import Snapshot, Tables, current
from geo.bundle import load_bundle
from tests.gaps import running_figures

ORIGIN = "https://landinbeeld.voorbeeld"
PERIOD, DAY = HalfYear(2022, 1), date(2022, 5, 1)

Gather = Callable[..., Dossier]


def gathered(code: str, period: HalfYear = PERIOD, day: date = DAY, snapshot: Snapshot | None = None) -> Dossier:
    """Dossier, by default of the example on 1 May 2022."""
    return gather(snapshot or current(), load_bundle(), catalogue().practices, code, period, day, ORIGIN)


@pytest.fixture(scope="session")
def of() -> Gather:
    """Function that builds dossiers; see :func:`gathered`."""
    return gathered


@pytest.fixture(scope="session")
def gappy() -> Snapshot:
    """The example, and real figures of 2025-II to 1 November; none of the two half-years between."""
    snapshot = current()
    figures = pd.concat([snapshot.figures, running_figures()], ignore_index=True)
    examples = frozenset(str(period) for period in snapshot.periods)
    return Snapshot.of(
        Tables("proefcijfers", True, snapshot.registry, figures, snapshot.inhabitants, snapshot.national, examples)
    )


@pytest.fixture(scope="session")
def patchy() -> Snapshot:
    """Real figures from 2022-II, an example before; GM0363 lacks 2024-I and inhabitants."""
    snapshot = current()
    rows = snapshot.figures
    gone = (rows["period"] == "2024-I") & (rows["gm_code"] == "GM0363")
    people = snapshot.inhabitants[snapshot.inhabitants["gm_code"] != "GM0363"]
    examples = frozenset(str(period) for period in snapshot.periods if period < HalfYear(2022, 2))
    return Snapshot.of(
        Tables("proefcijfers", True, snapshot.registry, rows[~gone], people, snapshot.national, examples)
    )
