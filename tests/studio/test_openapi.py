"""Requests made up from the server's own OpenAPI: none is a fault, and the server lives on."""

from __future__ import annotations

import pytest
from fake_studio import API

from benchmarks.studio.malformed import ask

REQUESTS = 150  # `python -m benchmarks.studio malformed` sends 2,000


@pytest.fixture
def schema(app):
    schemathesis = pytest.importorskip("schemathesis")
    return schemathesis.openapi.from_asgi(
        f"{API}/openapi.json", app, headers={"Host": "127.0.0.1:8765"}
    )


def test_nothing_that_is_sent_is_a_fault(schema, client, photo_id):
    answers = ask(schema, REQUESTS, {"page": client.page, "id": photo_id})
    assert answers.faults == []
    assert answers.count >= REQUESTS
    assert {200, 404, 422} <= set(answers.statuses)
    assert client.get(f"{API}/about").status_code == 200


def test_every_endpoint_tells_of_itself(app):
    for path, methods in app.openapi()["paths"].items():
        for method, said in methods.items():
            where = f"{method} {path}"
            assert said["description"].strip(), where
            assert {"400", "401", "403", "422"} <= {*said["responses"]}, where
            for status, answer in said["responses"].items():
                if int(status) >= 400:
                    (shape,) = answer["content"].values()
                    assert shape["schema"]["$ref"].endswith("/Problem"), where
