"""A server without Dash, for routes that need none; the application itself, once, for those that do."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

import app as application
from callbacks.web.immutable import Immutable
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
