"""A style is learned: it moves photos that it hasn't seen toward its text or its pictures."""

from __future__ import annotations

import itertools
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image

from semcs.errors import DivergenceError, InputError
from semcs.image import to_array, to_tensor
from semcs.learning import learn as learning
from semcs.learning.likeness import PictureLoss
from semcs.models.directions import cosine, text_directions
from semcs.models.painter_code import PictureCoder
from semcs.style.instant import InstantPainter


def start_on(style, photo):
    """What a style begins as on a photo (1, 3, H, W)."""
    array = to_array(photo)
    painter = InstantPainter(lambda: None)
    return to_tensor(painter.paint(array, [painter.plan(style.text)], [array[..., 0] * 0 + 1])[0])


def same(first, second):
    ours, theirs = (style.network.state_dict() for style in (first, second))
    return all(torch.equal(value, theirs[name]) for name, value in ours.items())


def test_it_moves_an_unseen_photo_toward_the_text(learn, tiny_family, photo_tensor):
    style = learn(steps=8)
    clip = tiny_family.clip
    wanted = text_directions(clip, ["gold"], tiny_family.templates)
    agreement = [
        float(cosine(clip.encode_image(picture) - clip.encode_image(photo_tensor), wanted))
        for picture in (start_on(style, photo_tensor), style.paint(photo_tensor))
    ]
    assert agreement[1] > agreement[0] + 0.05


def test_pictures_pull_toward_their_colours(learn, photo_tensor):
    teal = Image.fromarray(np.random.default_rng(0).integers(0, 40, (48, 48, 3), np.uint8) + 40)
    teal = Image.blend(teal, Image.new("RGB", teal.size, (0, 160, 170)), 0.8)
    style = learn("my sketchbook of nowhere", pictures=[teal], steps=3)
    assert style.about.pictures == 1
    assert style.code.shape == (1, 109)
    wanted = torch.tensor(np.asarray(teal) / 255).float().mean((0, 1))
    before, after = (p.mean((0, 2, 3)) for p in (photo_tensor, style.paint(photo_tensor)))
    assert (after - wanted).norm() < 0.5 * (before - wanted).norm()


def test_the_likeness_is_that_of_means_and_deviations():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        coder = PictureCoder().eval()
        picture, other = torch.rand(1, 3, 256, 256), torch.rand(1, 3, 256, 256) ** 2
    loss = PictureLoss(coder, [picture])
    colours = picture[0].flatten(1).numpy()
    np.testing.assert_allclose(loss.target[0, :3], colours.mean(1), rtol=1e-4)
    np.testing.assert_allclose(loss.target[1, :3], colours.std(1), rtol=1e-3)
    with torch.no_grad():
        assert float(loss(picture)) < 1e-9
        # Moments are the same wherever things are; zero padding alone tells the difference.
        assert float(loss(picture.flip(-1))) < 0.1 * float(loss(other))


def test_a_seed_is_a_style(learn):
    first, again, other = (learn(seed=seed) for seed in (5, 5, 6))
    assert same(first, again)
    assert not same(first, other)


def test_the_time_is_kept_to(learn, monkeypatch):
    """By a clock that goes on by an eighth of a second whenever it is looked at."""
    clock = SimpleNamespace(monotonic=partial(next, itertools.count(0.0, 0.125)))
    monkeypatch.setattr(learning, "time", clock)
    style = learn(steps=None, seconds=1.0)
    assert style.about.steps == 3  # looks before and after each, and two while it is prepared
    assert style.about.seconds == 1.1


def test_too_little_time_is_told(learn):
    with pytest.raises(InputError, match="no step fits; allow more"):
        learn(steps=None, seconds=1e-6)


def test_the_callback_sees_each_step_and_ends_the_learning(learn):
    seen = []

    def watch(step):
        seen.append((step.index, step.steps, step.image.shape[1]))
        return len(seen) < 2

    assert learn(steps=9, callback=watch).about.steps == 2
    assert seen == [(1, 9, 3), (2, 9, 3)]


def test_the_learning_rate_falls_to_zero(learn):
    rates = []
    learn(steps=4, callback=lambda step: rates.append(step.learning_rate))
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] < 0.2 * rates[0]


def test_photos_of_ones_own(learn, tmp_path, photo):
    photo.save(tmp_path / "one.png")
    assert learn(photos=tmp_path).about.photos == 1
    assert learn().about.photos == 0


def test_divergence_is_told(learn, tiny_family):
    with torch.no_grad():
        tiny_family.content.first.weight.fill_(torch.nan)
    with pytest.raises(DivergenceError, match="no style was learned"):
        learn()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": " "}, "text is empty"),
        ({"text": "qwxz vbnkl"}, "nothing is known of"),
        ({"seconds": 0}, "seconds is 0: a number over 0"),
        ({"steps": 0}, "steps is 0: a whole number from 1"),
        ({"seed": -1}, "seed is -1"),
        ({"pictures": "one.jpg"}, "a list of pictures is allowed"),
        ({"pictures": [b"no picture"]}, "pictures holds one that can't be read"),
        ({"pictures": ["x"] * 17}, "at most 16 are read"),
        ({"callback": 3}, "a function is allowed"),
        ({"progress": 1}, "True or False"),
    ],
)
def test_what_cant_be_used_is_told(learn, wrong, told):
    with pytest.raises(InputError, match=told):
        learn(**wrong)
