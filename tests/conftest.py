"""What tests of more than one folder need: a store of their own, a seed, and what is shown by default."""

import gc
import os
import secrets
from collections.abc import Generator
from dataclasses import replace
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import settings

# Before anything imports the application, which opens its store: that of this installation stays as it is.
_STORE = TemporaryDirectory(prefix="land-in-beeld-")
os.environ["LAND_IN_BEELD_DATABASE_URL"] = f"sqlite:///{_STORE.name}/store.sqlite"

from callbacks.pages.registry import PAGES  # noqa: E402
from callbacks.state.paths import Addresses  # noqa: E402
from callbacks.state.world import World  # noqa: E402
from config import Settings  # noqa: E402
from data.snapshot import Snapshot, Tables, current  # noqa: E402
from geo.bundle import Bundle, load_bundle  # noqa: E402

# In the environment, so that all processes of a run draw from the same seed.
SEED = int(os.environ.setdefault("TEST_SEED", str(secrets.randbelow(2**32))))
"""Where all chance in tests starts; another in every run, unless it is given."""

# A deadline an example is a time asserted: a busy machine would fail what is right.
settings.register_profile("untimed", deadline=None, print_blob=True)
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """Have Hypothesis draw from the seed too."""
    if config.getoption("hypothesis_seed") is None:
        config.option.hypothesis_seed = SEED


def pytest_report_header() -> str:
    """Say which seed, for a run that is interrupted."""
    return f"TEST_SEED={SEED}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say with every failure how chance came to it."""
    report = yield
    if report.failed:
        report.sections.append(("Seed", f"TEST_SEED={SEED} in the environment repeats what was drawn"))
    return report


def pytest_collection_finish() -> None:
    """Have the garbage collector leave alone what was imported: it took a tenth of the time of tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def seed() -> int:
    """Where the chance of a test starts; a failure prints it."""
    return SEED


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """The bundle of 2023 that the project carries."""
    return load_bundle(2023)


@pytest.fixture(scope="session")
def world() -> World:
    """The bundled ground and the example figures, as the application has them by default."""
    chosen = Settings()
    return World(chosen, load_bundle(chosen.year), current(chosen.slightly_behind_pace), Addresses(PAGES))


@pytest.fixture(scope="session")
def gaps(world: World) -> World:
    """Two half-years with what real figures have, and the example has not.

    GM0363 has no row in 2024-I; GM0014 has no realised number from April 2024; the corrected target
    of GM0034 is one more than it adds up to; of GM0037 no one knows the inhabitants; GM0047 is
    so far ahead that it has no task; February 2024 is missing for all.
    """
    snapshot = world.snapshot
    rows = snapshot.figures[snapshot.figures["period"].isin(["2023-II", "2024-I"])]
    last = rows["period"] == "2024-I"
    day = rows["reference_date"]
    rows = rows[~(last & (rows["gm_code"] == "GM0363")) & (day != "2024-02-01")].copy()
    late = rows["reference_date"] >= "2024-04-01"
    rows.loc[late & (rows["gm_code"] == "GM0014"), "realised"] = pd.NA
    rows.loc[rows["gm_code"] == "GM0034", "corrected_target"] += 1
    rows.loc[rows["gm_code"] == "GM0047", "opening_balance"] = rows["net_target"] + 4
    rows.loc[rows["gm_code"] == "GM0047", "corrected_target"] = -4
    people = snapshot.inhabitants
    return replace(
        world,
        snapshot=Snapshot.of(
            Tables(
                "met gaten",
                False,
                snapshot.registry,
                rows,
                people[people["gm_code"] != "GM0037"],
                snapshot.national,
            )
        ),
    )
