"""Regions of a made scene, by words and by hand, with a model whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

import semcs
from semcs.errors import InputError, NotFoundError
from semcs.finding.finder import half
from semcs.metrics import iou
from semcs.models.region_words import kinds_of

THINGS = {  # those of the scene in conftest.py, with their ends
    "red left": (16, 16, 48, 48),
    "red right": (164, 16, 212, 64),
    "blue": (76, 84, 120, 128),
    "white": (148, 100, 212, 144),
}


def truth(*names):
    mask = np.zeros((160, 240), bool)
    for x0, y0, x1, y1 in (THINGS[name] for name in names):
        mask[y0:y1, x0:x1] = True
    return mask


RED = ("red left", "red right")
CENTRES = {name: ((x0 + x1) // 2, (y0 + y1) // 2) for name, (x0, y0, x1, y1) in THINGS.items()}
SEARCHES = [
    ({"text": "car"}, (*RED, "blue")),
    ({"text": "the car"}, (*RED, "blue")),
    ({"text": "the red car"}, RED),
    ({"text": "a blue car"}, ("blue",)),
    ({"text": "the left car"}, ("red left",)),
    ({"text": "car on the right"}, ("red right",)),
    ({"text": "the left red car"}, ("red left",)),
    ({"text": "car at the bottom"}, ("blue",)),
    ({"text": "blue car and cloud"}, ("blue", "white")),
    ({"text": "car", "box": (0, 0, 240, 70)}, RED),
    ({"click": CENTRES["blue"]}, ("blue",)),
    ({"click": CENTRES["red left"]}, RED),
    ({"click": [CENTRES["red left"], CENTRES["white"]]}, (*RED, "white")),
    ({"box": THINGS["white"]}, ("white",)),
    ({"box": (0, 0, 100, 160), "click": CENTRES["red left"]}, ("red left",)),
    ({"box": (70, 80, 215, 150), "not_click": (130, 90)}, ("blue", "white")),
    ({"hint": truth("blue")}, ("blue",)),
    ({"text": "car", "not_click": CENTRES["blue"]}, RED),
]


@pytest.mark.parametrize(("search", "expected"), SEARCHES, ids=lambda value: str(value)[:60])
def test_it_finds(finder, search, expected):
    mask = finder.find(**search)
    assert mask.shape == (160, 240)
    assert mask.dtype == np.float32
    assert iou(mask, truth(*expected)) > 0.93
    assert finder.find(**search, soft=False).dtype == bool


def test_a_picture_is_looked_at_once(finder, family):
    for search in ({"text": "car"}, {"click": CENTRES["blue"]}, {"text": "cloud"}):
        finder.find(**search)
    assert family.regions.looked == 1
    finder.set_image(Image.new("RGB", (64, 48), "red"))
    assert family.regions.looked == 2
    assert finder.find("car").shape == (48, 64)


def test_halves_need_no_region_model(make_family, scene):
    def none():
        raise AssertionError("loaded")

    for text, side in {"left": "left", "the lower half": "bottom"}.items():
        found = semcs.find(np.asarray(scene), text, models=make_family(regions=none))
        np.testing.assert_array_equal(found, half(160, 240, side))


@pytest.mark.parametrize(("text", "invert"), [("foreground", False), ("the background", True)])
def test_the_foreground_is_that_of_saliency_mask(family, scene, text, invert):
    found = semcs.find(scene, text, models=family)
    expected = semcs.saliency_mask(scene, models=family, invert=invert)
    np.testing.assert_array_equal(np.asarray(found), np.asarray(expected))


@pytest.mark.parametrize(("height", "width"), [(5, 7), (6, 8)])
def test_halves_share_the_picture(height, width):
    for one, other in (("left", "right"), ("top", "bottom")):
        first, second = half(height, width, one), half(height, width, other)
        np.testing.assert_array_equal(first + second, 1)
        assert abs(first.sum() - second.sum()) <= max(height, width)
    assert half(height, width, "left")[0, 0] == half(height, width, "top")[0, 0] == 1


def test_the_red_one_is_what_stands_out(finder, monkeypatch):
    salient = truth("red right", "blue").astype(np.float32)
    monkeypatch.setattr(type(finder._salient()), "predict", lambda self, **options: salient)
    assert iou(finder.find("the red one"), truth("red right")) > 0.93
    assert iou(finder.find("the blue one"), truth("blue")) > 0.93


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("ghost", "no ghost was found"),
        ("the left ghost", "no ghost"),
        ("car and ghost", "no ghost"),
        ("the green car", "of car, nothing in this picture is green"),
        ("the green one", "nothing green stands out"),
    ],
)
def test_what_is_not_there_is_said_to_be_missing(finder, text, complaint):
    with pytest.raises(NotFoundError, match=complaint) as caught:
        finder.find(text)
    assert "\n" not in str(caught.value)


def test_outside_of_the_box_it_is_not_there(finder):
    with pytest.raises(NotFoundError):
        finder.find("car", box=(124, 74, 240, 160))


def test_a_speck_or_a_guess_is_no_presence(family, monkeypatch):
    def share(seen, phrase):
        return levels

    monkeypatch.setattr(family.regions, "share", share)
    least = family.regions.presence
    cells = int(np.ceil(least.share * 80 * 120))
    for count, peak, there in ((cells, 1.0, True), (cells - 1, 1.0, False), (cells, 0.55, False)):
        levels = torch.zeros(80 * 120)
        levels[:count] = peak
        levels = levels.reshape(80, 120)
        if there:
            semcs.find(Image.new("RGB", (96, 64)), "car", models=family)
        else:
            with pytest.raises(NotFoundError):
                semcs.find(Image.new("RGB", (96, 64)), "car", models=family)


@pytest.mark.parametrize(
    ("search", "complaint"),
    [
        ({}, "nothing says what to find"),
        ({"not_click": (1, 1)}, "beside not_click"),
        ({"text": "car", "hint": truth("blue")}, "one of them"),
        ({"text": "cat"}, "'cat'.*'car'.*paper"),
        ({"text": "violin"}, "'violin'.*docs/regions.md.*paper"),
        ({"text": "car", "refine": "crf"}, "matting"),
        ({"text": "car", "grow": "2"}, "grow"),
        ({"text": "car", "feather": -2}, "feather"),
    ],
)
def test_refused(finder, search, complaint):
    with pytest.raises(InputError, match=complaint) as caught:
        finder.find(**search)
    assert "\n" not in str(caught.value)


def test_words_of_like_meaning_are_named(finder, family, monkeypatch):
    directions = {
        "car": (1.0, 0.0),
        "cloud": (0.0, 1.0),
        "lorry": (0.8, 0.6),
        "violin": (-1.0, 0.0),
    }
    monkeypatch.setattr(family.regions, "words", lambda: ("cloud", "car"), raising=False)
    monkeypatch.setattr(
        family.clip, "encode_text", lambda texts: torch.tensor([directions[t] for t in texts])
    )
    with pytest.raises(InputError, match="did you mean 'car' or 'cloud'"):
        finder.find("lorry")
    with pytest.raises(InputError) as caught:
        finder.find("violin")
    assert "did you mean" not in str(caught.value)


def test_no_picture_yet(family):
    with pytest.raises(InputError, match="set_image"):
        semcs.RegionFinder(family).find("car")


def test_shape_is_at_the_pictures_own_size(family, scene):
    large = scene.resize((480, 320), Image.NEAREST)
    x0, y0, x1, y1 = (2 * edge for edge in THINGS["blue"])
    box = np.asarray(semcs.find(large, "the blue car", models=family, grow=20).getbbox())
    np.testing.assert_allclose(box, (x0 - 20, y0 - 20, x1 + 20, y1 + 20), atol=3)
    inside = np.asarray(semcs.find(large, "the blue car", models=family))
    outside = np.asarray(semcs.find(large, "the blue car", models=family, invert=True))
    np.testing.assert_allclose(inside.astype(int) + outside, 255, atol=1)


def test_hidden_pixels_are_in_no_region(family, scene):
    alpha = Image.new("L", scene.size, 255)
    alpha.paste(0, (0, 0, 30, 160))
    hidden = scene.copy()
    hidden.putalpha(alpha)
    for search in ({"text": "car", "invert": True}, {"text": "left"}, {"text": "car", "grow": 5}):
        mask = np.asarray(semcs.find(hidden, models=family, **search))
        assert not mask[:, :30].any()
        assert mask.any()


@pytest.mark.parametrize("refine", ["none", "guided", "bilateral"])
def test_other_outlines(finder, refine):
    assert iou(finder.find("the blue car", refine=refine), truth("blue")) > 0.85
    assert not np.array_equal(finder.find("car", refine=refine), finder.find("car"))


def test_same_type_back(family, scene):
    array = np.asarray(scene)
    tensor = torch.tensor(array).permute(2, 0, 1)
    expected = semcs.find(array, "car", models=family)
    assert expected.dtype == np.float32
    found = semcs.find(tensor, "car", models=family)
    assert found.shape == (1, 160, 240)
    np.testing.assert_allclose(found[0].numpy(), expected, atol=1e-6)
    hard = semcs.find(tensor, "car", models=family, soft=False)
    assert hard.dtype == torch.bool
    image = semcs.find(scene, "car", models=family, soft=False)
    assert image.mode == "L"
    assert set(np.unique(image)) == {0, 255}


def test_batches(family, scene):
    first = torch.tensor(np.asarray(scene)).permute(2, 0, 1)
    batch = torch.stack([first, first.flip(2)])
    found = semcs.find(batch, "the left red car", models=family)
    assert found.shape == (2, 1, 160, 240)
    for picture, mask in zip(batch, found):
        assert torch.equal(mask, semcs.find(picture, "the left red car", models=family))
    hints = torch.stack(
        [torch.from_numpy(truth("blue"))[None], torch.from_numpy(truth(*RED))[None]]
    )
    by_hint = semcs.find(batch, hint=hints, models=family)
    assert iou(by_hint[1, 0].numpy(), truth(*RED)) > 0.93


def test_the_words_of_the_bundled_network_are_its_channels():
    from semcs.models.bundled_regions import BundledRegions
    from semcs.models.region_network import RegionNetwork

    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(0)
        model = BundledRegions(RegionNetwork()).eval()
        images = torch.rand(1, 3, 32, 48)
        seen = model.see(images)
        likely = model.network.words(seen)[0].softmax(0)
        for phrase in ("sky", "people", "vehicles"):
            channels = [model.network.kinds.index(kind) for kind in kinds_of(phrase)]
            torch.testing.assert_close(model.share(seen, phrase), likely[channels].sum(0))
        assert model.knows("people")
        assert not model.knows("other")
        region, detail = model.select(seen, torch.zeros(1, 5, 8, 12))
        assert region.shape == (1, 1, 8, 12)
        assert model.refine(images, seen, region, detail).shape == (1, 1, 32, 48)
