"""What is asked for of each picture: checked, merged with a manifest's line, and hashed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import semcs
from semcs.errors import InputError
from semcs.folder.asked import check_asked, check_portable, merged
from semcs.looks import registry

LOOK = {"fg": "gold", "bg": "snow"}


def ask(options=LOOK, **said):
    return check_asked(options, models="bundled", device="cpu", **said)


def hash_for(options=LOOK, own=None, **said):
    return ask(options, **said).task("a.jpg", "in/a.jpg", "out", "a.jpg", own).options_hash


def test_a_task_has_all_that_a_worker_needs():
    task = ask({**LOOK, "strength": None}).task("2/a.jpg", "in/2/a.jpg", "out", "2/a.png")
    assert (task.name, task.source, task.root, task.output) == (
        *("2/a.jpg", "in/2/a.jpg", "out", "2/a.png"),
    )
    assert dict(task.options) == {"preset": "instant", **LOOK}
    assert (task.models, task.device) == ("bundled", "cpu")


@pytest.mark.parametrize(
    ("common", "own", "together"),
    [
        (LOOK, {"fg": "ice"}, {"fg": "ice", "bg": "snow"}),
        (LOOK, {"style": "ice"}, {"style": "ice"}),
        ({"style": "gold"}, {"bg": "ice"}, {"bg": "ice"}),
        ({"regions": []}, {"style": "ice"}, {"style": "ice"}),
        (LOOK, {"strength": 0.5}, {**LOOK, "strength": 0.5}),
        (LOOK, {}, LOOK),
    ],
)
def test_a_pictures_own_way_goes_before_the_calls(common, own, together):
    assert merged(common, own) == {"preset": "instant", **together}


@pytest.mark.parametrize(
    ("options", "own", "word"),
    [
        ({}, None, "say what the picture should look like"),
        ({"fg": "gold", "style": "ice"}, None, "say what the picture should look like"),
        ({**LOOK, "strength": 2}, None, "strength"),
        ({**LOOK, "seed": -1}, None, "seed"),
        ({**LOOK, "steps": -1}, None, "steps"),
        ({**LOOK, "preset": "none"}, None, "preset"),
        (LOOK, {"scale": 9}, "scale"),
    ],
)
def test_what_cant_be_used_is_refused_before_any_picture(options, own, word):
    with pytest.raises(InputError, match=word):
        ask(options).task("a.jpg", "a.jpg", "out", "a.jpg", own)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"only": "layers"}, "only"),
        ({"also": ("mask", "frame")}, "also"),
        ({"also": "mask"}, "also"),
        ({"format": "gif"}, "format"),
        ({"metadata": "some"}, "metadata"),
        ({"only": "mask"}, "bg, fg"),
    ],
)
def test_products_that_arent_there_are_refused(said, word):
    with pytest.raises(InputError, match=word):
        ask(**said)


def test_masks_alone_take_no_style_and_no_lossy_format():
    task = ask({"rule": "centre", "invert_mask": True}, only="mask").task("a", "a", "out", "a.png")
    assert dict(task.options) == {"rule": "centre", "invert": True, "soft": True}
    for said in ({"format": "jpeg"}, {"also": ("mask",)}, {"scores": True}):
        with pytest.raises(InputError):
            ask({}, only="mask", **said)


def test_a_family_of_ones_own_cant_be_handed_to_other_processes(make_family):
    with pytest.raises(InputError, match="name of a family"):
        check_asked(LOOK, models=make_family())


def test_the_hash_tells_all_that_decides_how_an_output_looks(tmp_path):
    art = tmp_path / "art.png"
    Image.fromarray(np.zeros((40, 40, 3), np.uint8)).save(art)
    others = [
        hash_for({"fg": "gold", "bg": "ice"}),
        hash_for({**LOOK, "seed": 1}),
        hash_for(own={"seed": 1}),
        hash_for(own={"fg": "ice"}),
        hash_for(also=("mask",)),
        hash_for(metadata="all"),
        hash_for({}, only="mask"),
        hash_for({"regions": [semcs.Region("sky", "gold")]}),
        hash_for({"regions": [semcs.Region("sky", "gold", strength=0.5)]}),
        hash_for({"style": art}),
    ]
    assert len({hash_for(), *others}) == len(others) + 1
    assert hash_for() == hash_for({**LOOK, "strength": None})


def test_a_style_picture_counts_by_what_it_holds(tmp_path):
    first, second, third = (tmp_path / f"{number}.png" for number in range(3))
    for path, shade in ((first, 0), (second, 0), (third, 9)):
        Image.fromarray(np.full((40, 40, 3), shade, np.uint8)).save(path)
    hashes = [hash_for({"style": path}) for path in (first, second, third)]
    assert hashes[0] == hashes[1] != hashes[2]
    Image.fromarray(np.full((40, 40, 3), 200, np.uint8)).resize((41, 40)).save(first)
    assert hash_for({"style": first}) != hashes[0]
    with pytest.raises(InputError, match="can't read"):
        hash_for({"style": Path(tmp_path / "gone.png")})


def test_a_look_of_this_program_alone_needs_this_process(monkeypatch):
    check_portable(2)
    mist = registry.Look("mist", lambda image, rng, scale: image, 0.5, False)
    monkeypatch.setitem(registry.LOOKS, "mist", mist)
    check_portable(0)
    with pytest.raises(InputError, match="mist"):
        check_portable(2)
