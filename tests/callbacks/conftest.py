"""A server without Dash, for routes that need none; the application itself, once, for those that do."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient

import app as application
from callbacks.state.world import World
from callbacks.web.immutable import Immutable
from data.snapshot import Snapshot, Tables
from tests.oidc_provider import OpenIDProvider, openid_provider


@pytest.fixture
def immutable() -> Immutable:
    """No content yet."""
    return Immutable()


@pytest.fixture
def small(immutable: Immutable) -> FlaskClient:
    """A client of a server that has the immutable contents and nothing else."""
    server = Flask("small", static_folder=None)
    immutable.serve(server)
    return server.test_client()


@pytest.fixture
def client() -> FlaskClient:
    """A client of the application; what it was asked by others is not in it."""
    made: FlaskClient = application.server.test_client()
    return made


@pytest.fixture(scope="session")
def running_provider() -> Iterator[OpenIDProvider]:
    """The provider of all tests."""
    with openid_provider() as running:
        yield running


@pytest.fixture
def provider(running_provider: OpenIDProvider) -> OpenIDProvider:
    """The provider, honest and with nothing asked of it yet."""
    running_provider.anew()
    return running_provider


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
