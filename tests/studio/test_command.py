"""`semcs studio` and `semcs serve`, and a server that listens."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading

import httpx
import pytest
import uvicorn
from fake_studio import API, png

from semcs.cli import main
from semcs.cli.parser import parse
from semcs.errors import InputError
from semcs.studio import server
from semcs.studio.jobs import Jobs
from semcs.studio.settings import Limits, Settings


def test_what_takes_long_to_load_is_loaded_after_the_page():
    """torch alone would hold it up for over a second."""
    code = "import sys, semcs.studio.server; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert "fastapi" in loaded
    assert not {"av", "cv2", "huggingface_hub", "scipy", "torch"} & {*loaded}


@pytest.fixture
def served(monkeypatch):
    """Settings of servers that would have been started, and whether a browser would have."""
    started = []
    monkeypatch.setattr(server, "serve", lambda *said, **more: started.append((*said, more)))
    return started


@pytest.mark.parametrize(
    ("argv", "page", "browser"),
    [(["studio"], True, True), (["studio", "--no-browser"], True, False),
     (["serve"], False, False)],
)  # fmt: skip
def test_commands(served, argv, page, browser):
    assert main(argv) == 0
    ((settings, how),) = served
    assert settings == Settings(page=page)
    assert how == {"browser": browser}
    assert (settings.host, settings.port, settings.token) == ("127.0.0.1", 8765, "")


def test_options_are_handed_on(served):
    main(["serve", "--port", "0", "--models", "bundled", "--device", "cpu", "--workers", "3",
          "--token", "a-token-of-letters"])  # fmt: skip
    assert served[0][0] == Settings(
        port=0, models="bundled", device="cpu", workers=3, token="a-token-of-letters", page=False
    )


def test_a_token_is_made_for_other_addresses(served):
    main(["studio", "--host", "0.0.0.0"])
    main(["studio", "--host", "0.0.0.0"])
    tokens = [settings.token for settings, _ in served]
    assert len({*tokens}) == 2
    assert min(map(len, tokens)) >= 22
    assert main(["studio", "--host", "0.0.0.0", "--token", "short"]) == 1


def test_what_is_missing_is_said(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["studio"]) == 1
    assert "pip install 'semcs[studio]'" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--port", "99999"], ["--workers", "0"], ["--models", "x"]])
def test_options_are_checked(argv):
    with pytest.raises(SystemExit) as end:
        parse(["serve", *argv])
    assert end.value.code == 2


def test_a_port_that_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError, match="--port chooses another"):
            server.listen(Settings(port=taken.getsockname()[1]))


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ({}, "http://127.0.0.1:{}/"),
        ({"page": False}, "http://127.0.0.1:{}/docs"),
        ({"host": "localhost"}, "http://localhost:{}/"),
        ({"host": "0.0.0.0", "token": "a-token-of-letters"},
         "http://localhost:{}/?token=a-token-of-letters"),
    ],
)  # fmt: skip
def test_the_address_that_is_printed(said, address):
    settings = Settings(port=0, **said)
    with server.listen(settings) as listening:
        port = listening.getsockname()[1]
        assert server.address_of(settings, listening) == address.format(port)


@pytest.fixture
def address(make_app, room):
    """Of a server that listens."""
    settings = Settings(port=0, limits=Limits(bytes=2**20))
    listening = server.listen(settings)
    app = make_app(room, limits=settings.limits)
    running = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield server.address_of(settings, listening).rstrip("/")
    running.should_exit = True
    thread.join(60)
    listening.close()
    assert not app.state.studio.pages.folder.exists()


def test_an_upload_that_is_too_large_is_refused_while_it_comes(address):
    sent = []

    def body():
        for _ in range(100):
            sent.append(2**20)
            yield bytes(2**20)

    headers = {"X-Semcs-Page": "p" * 32, "Content-Type": "image/png"}
    with contextlib.suppress(httpx.WriteError):  # the server has closed the connection
        answer = httpx.post(f"{address}{API}/photos", content=body(), headers=headers, timeout=60)
        assert answer.status_code == 413
    assert len(sent) < 60
    assert httpx.get(f"{address}{API}/about", timeout=60).status_code == 200


def test_a_client_that_goes_frees_its_place(address, room, photo, monkeypatch):
    cancelled, cancel = threading.Event(), Jobs.cancel
    monkeypatch.setattr(Jobs, "cancel", lambda *said: (cancel(*said), cancelled.set()))
    headers = {"X-Semcs-Page": "p" * 32}
    with httpx.Client(base_url=f"{address}{API}", headers=headers, timeout=60) as client:
        id = client.post("/photos", files={"file": ("a.png", png(photo))}).json()["id"]
        room.step_allowed.clear()
        wanted = {"photo": id, "fg": "gold", "preset": "semcs", "steps": 1000}
        with pytest.raises(httpx.ReadTimeout):
            client.post("/stylize", json=wanted, timeout=0.5)
        assert cancelled.wait(60)  # it is seen that nobody waits
        room.step_allowed.set()
        job = client.post("/jobs", json={**wanted, "steps": 1}).json()["id"]
        with client.stream("GET", f"/jobs/{job}/events") as events:
            assert "event: done" in [*events.iter_lines()]
        assert len(client.get("/pages/state").json()["results"]) == 1


@pytest.mark.usefixtures("signals_of_a_terminal")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_no_photo_stays_when_the_server_is_ended(name, tmp_path, photo):
    process = subprocess.Popen(
        [sys.executable, "-m", "semcs", "serve", "--port", "0", "--models", "bundled"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    address = process.stdout.readline().split()[3].removesuffix("/docs")
    headers = {"X-Semcs-Page": "p" * 32}
    files = {"file": ("a.png", png(photo))}
    answer = httpx.post(f"{address}{API}/photos", files=files, headers=headers, timeout=60)
    assert answer.status_code == 201
    assert len([*tmp_path.rglob("*.photo")]) == 1
    process.send_signal(getattr(signal, name))
    process.wait(30)
    assert [*tmp_path.glob("semcs-studio-*")] == []
