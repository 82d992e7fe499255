"""Fixtures of the tests of models: a hub on this machine, and an empty cache."""

from __future__ import annotations

from functools import partial

import huggingface_hub
import pytest
from fake_hub import REVISION, FakeHub
from huggingface_hub import constants

from semcs.models import downloading, reaching


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """Stands for the hub and for GitHub; the hub's own client talks to it."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_ASSETS_CACHE", str(tmp_path / "assets"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    hub = FakeHub()
    client = partial(huggingface_hub.hf_hub_download, endpoint=hub.url)
    monkeypatch.setattr(huggingface_hub, "hf_hub_download", client)
    monkeypatch.setattr(downloading, "check_reachable", lambda _: reaching.check_reachable(hub.url))
    monkeypatch.setattr(downloading, "GITHUB", hub.url)
    monkeypatch.setattr(reaching, "_silent_since", {})
    yield hub
    hub.stop()


@pytest.fixture
def record(tmp_path):
    """The record of the first download of `fake_hub.UNPUBLISHED`."""
    return tmp_path / "assets/semcs/them/net" / REVISION / "model.safetensors.sha256"
