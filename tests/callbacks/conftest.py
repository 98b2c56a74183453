"""A server without Dash, for routes that need none; the application itself, once, for those that do."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

import app as application
from callbacks.immutable import Immutable


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
