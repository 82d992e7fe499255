"""What the tests of the studio share."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi")

from fake_studio import Client, FakeRoom

from semcs.studio.app import create_app
from semcs.studio.settings import Settings


@pytest.fixture
def room():
    return FakeRoom()


@pytest.fixture
def make_app(request):
    """Makes an app that is closed after the test."""

    def make(room, **said):
        app = create_app(Settings(**said), room)
        request.addfinalizer(app.state.studio.close)
        return app

    return make


@pytest.fixture
def app(make_app, room):
    return make_app(room)


@pytest.fixture
def client(app):
    return Client(app)


@pytest.fixture
def other(app):
    """Another page of the same server."""
    return Client(app)


@pytest.fixture
def photo_id(client, photo):
    return client.upload(photo)
