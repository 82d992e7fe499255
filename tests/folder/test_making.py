"""`Maker`: from a photo's bytes to the files that are made of it."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
import threadpoolctl
import torch
from PIL import Image

import semcs
from semcs.errors import InputError, NotFoundError
from semcs.folder import making
from semcs.folder.making import Maker, columns_of
from semcs.folder.task import Products, Task
from semcs.models import families

INSTANT = {"fg": "gold", "bg": "snow", "preset": "instant"}


@pytest.fixture
def maker(monkeypatch, tiny_family):
    monkeypatch.setattr(families, "_bundled_family", lambda device: tiny_family)
    return Maker("bundled", "cpu")


@pytest.fixture
def data(photo):
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[315], exif[271] = "A. Painter", "Camera"  # Artist, Make
    photo.save(buffer, "PNG", exif=exif)
    return buffer.getvalue()


def task(options, **products):
    """A task; the names of its files are nothing to the maker."""
    return Task("a.png", "", "", "a.png", options, Products(**products), "bundled", "cpu", "0" * 64)


def opened(data):
    return Image.open(io.BytesIO(data))


def pixels(data):
    return np.asarray(opened(data))


def test_the_output_is_what_stylizing_and_saving_gives(maker, data, tiny_family):
    made = maker.make(data, task(INSTANT), "PNG")
    result = semcs.Stylizer(tiny_family)(data, progress=False, **INSTANT)
    assert [*made.files] == [""]
    assert made.scores is None
    assert (pixels(made.files[""]) == np.asarray(result.image)).all()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_the_form_is_that_asked_for(form, maker, data):
    assert opened(maker.make(data, task(INSTANT), form).files[""]).format == form


@pytest.mark.parametrize(
    ("metadata", "kept"), [("private", {315}), ("all", {315, 271}), ("none", set())]
)
def test_metadata_are_carried_as_asked(metadata, kept, maker, data):
    made = maker.make(data, task(INSTANT, metadata=metadata), "JPEG")
    assert {315, 271}.intersection(opened(made.files[""]).getexif()) == kept


def test_files_beside_the_output_fit_it(maker, data, disc):
    products = {"also": ("mask", "layers", "psd")}
    files = maker.make(data, task({**INSTANT, "mask": disc}, **products), "PNG").files
    below, above = ".layers/01-background.png", ".layers/02-foreground.png"
    assert {*files} == {"", ".mask.png", ".psd", below, above}
    assert (pixels(files[".mask.png"]) == np.rint(disc * 255)).all()
    together = Image.alpha_composite(opened(files[below]), opened(files[above]))
    assert (np.asarray(together)[..., :3] == pixels(files[""])).all()
    assert files[".psd"].startswith(b"8BPS")


def test_no_mask_is_made_up(maker, data):
    with pytest.raises(InputError, match="no mask to write"):
        maker.make(data, task({"style": "gold", "preset": "instant"}, also=("mask",)), "PNG")


def test_scores_are_those_of_the_written_file(maker, data, disc, tiny_family):
    made = maker.make(data, task({**INSTANT, "mask": disc}, scores=True), "JPEG")
    texts = {"fg": "gold", "bg": "snow"}
    score = semcs.metrics.score(data, made.files[""], disc, models=tiny_family, **texts)
    assert made.scores == columns_of(score)
    foreground, background = score.regions
    assert made.scores["content"] == score.whole.content
    assert made.scores["fg_agreement"] == foreground.agreement
    assert made.scores["bg_leakage"] == background.leakage
    assert made.scores["fg_rank"] == foreground.rank.rank
    assert made.scores["bg_share"] == background.share
    assert made.scores["seam"] == score.seam
    assert all(type(value) in (int, float) for value in made.scores.values())


@pytest.mark.parametrize(
    ("options", "agreements"),
    [
        ({"fg": "gold"}, {"fg_agreement"}),
        ({"style": "gold"}, {"agreement"}),
        ({"fg": "0.5 gold + 0.5 mosaic", "bg": "snow"}, {"bg_agreement"}),
        ({"fg": Image.new("RGB", (40, 40), "red")}, set()),
        ({"style": Image.new("RGB", (40, 40), "red")}, set()),
        ({"regions": [semcs.Region("rest", "gold")]}, set()),
    ],
    ids=["one side", "whole", "mix", "picture", "picture for all", "regions"],
)
def test_agreement_is_told_where_a_text_was_asked_for(options, agreements, maker, data):
    made = maker.make(data, task({**options, "preset": "instant"}, scores=True), "PNG")
    assert {name for name in made.scores if name.endswith("agreement")} == agreements
    assert made.scores["content"] > 0


@pytest.mark.parametrize("soft", [True, False])
def test_a_mask_alone_is_that_of_the_command(soft, maker, data, tiny_family):
    options = {"soft": soft, "refine": "guided", "rule": "border", "invert": True}
    made = maker.make(data, task(options, only_mask=True), "PNG")
    mask = semcs.saliency_mask(data, models=tiny_family, **options)
    assert opened(made.files[""]).mode == "L"
    assert (pixels(made.files[""]) == np.asarray(mask)).all()
    assert set(np.unique(np.asarray(mask))) <= {0, 255} or soft


def test_a_mask_is_searched_where_something_is_said_of_it(maker, data):
    made = maker.make(data, task({"text": "left", "grow": 2}, only_mask=True), "PNG")
    mask = pixels(made.files[""])
    assert mask[:, :40].min() == 255
    assert mask[:, 56:].max() == 0


def test_a_mask_alone_has_nothing_beside_it(maker, data):
    for more in ({"scores": True}, {"also": ("psd",)}):
        with pytest.raises(InputError, match="mask alone"):
            maker.make(data, task({}, only_mask=True, **more), "PNG")


def threads():
    """Of torch, OpenCV and every library of linear algebra that is loaded."""
    pools = {one["filepath"]: one["num_threads"] for one in threadpoolctl.threadpool_info()}
    return {"torch": torch.get_num_threads(), "OpenCV": cv2.getNumThreads(), **pools}


def test_all_libraries_have_one_thread_and_then_as_many_as_before(maker, data, monkeypatch):
    seen = []

    def looking(*args, **options):
        seen.append(threads())
        raise NotFoundError("nothing here")

    monkeypatch.setattr(making, "saliency_mask", looking)
    cv2.setNumThreads(2)
    torch.set_num_threads(2)
    try:
        with threadpoolctl.threadpool_limits(2):
            before = threads()
            with pytest.raises(NotFoundError):
                maker.make(data, task({}, only_mask=True), "PNG")
            assert threads() == before
    finally:
        torch.set_num_threads(1)
    assert max(before.values()) == 2
    assert set(seen[0].values()) == {1}


def test_networks_are_loaded_once(monkeypatch, make_family, data):
    built = []
    monkeypatch.setattr(families, "_bundled_family", lambda d: built.append(d) or make_family())
    maker = Maker("bundled", "cpu")
    maker.make(data, task(INSTANT, scores=True), "PNG")
    maker.make(data, task({}, only_mask=True), "PNG")
    assert len(built) == 1
