"""Without a network one line says so, after no longer than the patience that is set."""

from __future__ import annotations

import socket
import threading

import huggingface_hub
import numpy as np
import pytest
from huggingface_hub import constants

from semcs import metrics
from semcs.errors import ModelUnavailableError
from semcs.metrics import defaults
from semcs.models import downloading, reaching
from semcs.models.cache import fetch
from semcs.models.families import load_family
from semcs.models.reaching import check_reachable
from semcs.models.registry import get


@pytest.fixture(autouse=True)
def nothing_here(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_ASSETS_CACHE", str(tmp_path / "assets"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(defaults, "KEPT", {})
    monkeypatch.setattr(reaching, "_silent_since", {})


@pytest.fixture
def silent():
    """A server that takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def refusing():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
    return address


@pytest.fixture
def trickling():
    """A server that says something every moment, and never all of it."""
    over = threading.Event()

    def trickle(server):
        call, _ = server.accept()
        with call:
            call.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            while not over.wait(0.05):
                call.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=trickle, args=(server,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        over.set()
        thread.join(60)


@pytest.fixture(params=["silent", "refusing", "trickling"])
def server(request, monkeypatch):
    address = request.getfixturevalue(request.param)
    monkeypatch.setattr(reaching, "PATIENCE", 0.5)
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(downloading, "GITHUB", address)
    return address


def test_whatever_needs_weights_says_so_at_once(server):
    flower = np.zeros((32, 32, 3), np.uint8)
    asked = {
        "vgg16": lambda: metrics.dists(flower, flower),
        "nima": lambda: metrics.nima(flower),
        "vgg19": lambda: fetch(get("vgg19")),
        "ViT-B-32": lambda: load_family("paper", "cpu").clip,
    }
    for name, ask in asked.items():
        with pytest.raises(ModelUnavailableError, match=f"^{name} isn't on this machine") as error:
            ask()
        assert "\n" not in str(error.value)
        assert server in str(error.value)


@pytest.fixture
def asked(monkeypatch):
    """The seconds that requests are given; none is ever answered, and none obeys them."""
    given, over = [], threading.Event()

    class Session:
        def head(self, server, timeout):
            given.append(timeout)
            over.wait()

    monkeypatch.setattr(huggingface_hub, "get_session", Session)
    yield given
    over.set()


def test_it_waits_no_longer_than_is_set(asked, monkeypatch):
    monkeypatch.setattr(reaching, "PATIENCE", 0.25)
    with pytest.raises(ConnectionError, match=r"can't be reached: no answer in 0\.25 s$"):
        check_reachable("http://127.0.0.1:1")
    assert asked == [0.25]


def test_a_slow_network_can_have_its_time(asked, monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_ETAG_TIMEOUT", 0.5)
    with pytest.raises(ConnectionError, match=r"no answer in 0\.5 s$"):
        check_reachable("http://127.0.0.1:1")
    assert asked == [0.5]


def test_a_server_that_was_silent_is_asked_again_later(silent, monkeypatch):
    monkeypatch.setattr(reaching, "PATIENCE", 0.1)
    with pytest.raises(ConnectionError, match="can't be reached"):
        check_reachable(silent)
    with pytest.raises(ConnectionError, match="a moment ago"):
        check_reachable(silent)
    monkeypatch.setattr(reaching, "SILENCE", 0.0)
    with pytest.raises(ConnectionError, match="can't be reached"):
        check_reachable(silent)


def test_an_answer_of_any_kind_is_a_sign_of_life(hub):
    check_reachable(hub.url)
    check_reachable(f"{hub.url}/api/nothing")  # which it answers with 404
