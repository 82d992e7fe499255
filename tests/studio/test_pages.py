"""Page sessions: their state after a reload, their end, and their room."""

from __future__ import annotations

import pytest
from fake_studio import API, Client, png

from semcs.studio.pages import Pages, new_id
from semcs.studio.refusals import Refused
from semcs.studio.settings import Limits


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def pages(clock):
    pages = Pages(Limits(idle_seconds=3600, leave_seconds=15, pages=3), clock)
    yield pages
    pages.close()


def open_page(pages):
    page = pages.open(new_id(), make=True)
    (page.folder / "a.photo").write_bytes(b"photo")
    return page


class TestSweeping:
    def test_an_hour_without_use_ends_a_page(self, pages, clock):
        used, unused = open_page(pages), open_page(pages)
        clock.now += 3599
        pages.open(used.id)
        pages.sweep()
        assert unused.folder.exists()
        clock.now += 1
        pages.sweep()
        assert (used.folder.exists(), unused.folder.exists()) == (True, False)
        with pytest.raises(Refused):
            pages.open(unused.id)

    def test_goodbye_ends_it_soon(self, pages, clock):
        page = open_page(pages)
        pages.say_goodbye(page.id)
        clock.now += 14
        pages.sweep()
        assert page.folder.exists()
        clock.now += 1
        pages.sweep()
        assert not page.folder.exists()

    def test_a_page_that_is_loaded_anew_stays(self, pages, clock):
        page = open_page(pages)
        pages.say_goodbye(page.id)
        clock.now += 5
        assert pages.open(page.id) is page
        clock.now += 60
        pages.sweep()
        assert page.folder.exists()

    def test_the_folder_goes_at_the_end(self, pages):
        open_page(pages)
        pages.close()
        assert not pages.folder.exists()


def test_no_more_pages_than_allowed(pages):
    for _ in range(3):
        open_page(pages)
    with pytest.raises(Refused) as refused:
        open_page(pages)
    assert refused.value.status == 429


@pytest.mark.parametrize("id", ["", "short", "x" * 65, "../" * 10, "a b" * 10, "ü" * 22])
def test_ids_are_random_ones(client, id):
    answer = client.get(f"{API}/pages/state", headers={"X-Semcs-Page": id.encode()})
    assert answer.status_code == 400
    assert "X-Semcs-Page" in answer.json()["error"]


def test_state_tells_all_that_a_page_shows(client, other, photo, photo_id):
    assert client.get(f"{API}/pages/state").json()["results"] == []
    mask = client.find(photo_id)
    style = client.post(f"{API}/photos/{photo_id}/styles", files={"file": ("art.png", png(photo))})
    wanted = {"photo": photo_id, "fg": {"picture": style.json()["id"]}, "mask": mask, "seed": 3}
    job = client.post(f"{API}/jobs", json=wanted).json()["id"]
    list(client.get(f"{API}/jobs/{job}/events").iter_lines())
    state = client.get(f"{API}/pages/state").json()
    assert state["photos"] == [{"id": photo_id, "name": "photo.png", "width": 96, "height": 64}]
    assert [one["id"] for one in state["masks"]] == [mask]
    assert state["styles"] == [{"id": style.json()["id"], "name": "art.png"}]
    assert state["results"][0]["request"] == wanted
    assert state["jobs"][0]["state"] == "done"
    assert state["jobs"][0]["result"] == state["results"][0]
    assert not any(other.get(f"{API}/pages/state").json().values())


@pytest.mark.parametrize("as_text", [True, False])
def test_goodbye_deletes_what_a_page_had(make_app, room, photo, as_text):
    app = make_app(room, limits=Limits(leave_seconds=0))
    client = Client(app)
    id = client.upload(photo)
    said = {"content": client.page} if as_text else {"json": {"page": client.page, "token": "x"}}
    assert (
        client.post(f"{API}/pages/goodbye", headers={"X-Semcs-Page": ""}, **said).status_code == 204
    )
    app.state.studio.pages.sweep()
    assert [*app.state.studio.pages.folder.iterdir()] == []
    assert client.get(f"{API}/photos/{id}").status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"page": 7}', b"\xff", b"[" * 5000])
def test_goodbye_of_nobody(client, body):
    assert client.post(f"{API}/pages/goodbye", content=body).status_code in (204, 400)


class TestRoom:
    def test_the_oldest_results_make_room(self, make_app, room, photo):
        size = len(png(photo))
        client = Client(make_app(room, limits=Limits(page_bytes=size + 3 * 4 * 96 * 64)))
        id = client.upload(photo)
        made = [
            client.post(f"{API}/stylize", json={"photo": id, "fg": "gold", "seed": seed})
            for seed in range(6)
        ]
        kept = [one["id"] for one in client.get(f"{API}/pages/state").json()["results"]]
        ids = [answer.headers["x-semcs-result"] for answer in made]
        assert 2 <= len(kept) < 6
        assert kept == ids[-len(kept) :]
        assert client.get(f"{API}/results/{ids[0]}").status_code == 404

    def test_a_page_that_is_full(self, make_app, room, photo):
        client = Client(make_app(room, limits=Limits(page_bytes=len(png(photo)))))
        client.upload(photo)
        answer = client.post(f"{API}/photos", files={"file": ("a.png", png(photo))})
        assert answer.status_code == 413

    def test_a_server_that_is_full(self, make_app, room, photo):
        app = make_app(room, limits=Limits(total_bytes=len(png(photo))))
        Client(app).upload(photo)
        answer = Client(app).post(f"{API}/photos", files={"file": ("a.png", png(photo))})
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
