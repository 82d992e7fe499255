from __future__ import annotations

import numpy as np
import pytest
import torch

from semcs.models.clip import BundledClip
from semcs.models.loading import frozen, load_bundled
from semcs.models.painter import Canvas, load_painter
from semcs.models.painter_code import CODE, STROKES, TextCoder
from semcs.models.painter_palette import palette_of
from semcs.models.painter_regions import Regions
from semcs.training import painter_lessons
from semcs.training.painter import SHARES, LessonSampler, initialise, losses, scores
from semcs.training.painter_canvas import TokenAttention, WholePictures, recoloured
from semcs.training.painter_lessons import Lesson, LessonMaker
from semcs.training.vocabulary import STYLES


@pytest.fixture(scope="module")
def clip():
    return frozen(load_bundled("clip", BundledClip))


def lesson(kind, value, *phrases, held_out=()):
    return Lesson(kind, phrases, held_out, torch.full((2, CODE), value))


@pytest.fixture(scope="module")
def lessons():
    return [
        *(lesson(kind, 1.0, "gold", "golden", held_out=("pure gold",)) for kind in SHARES),
        *(lesson(kind, -1.0, "snow", "snowy", held_out=("deep snow",)) for kind in SHARES),
    ]


def test_the_kinds_of_lessons_share_the_time():
    assert sum(SHARES.values()) == pytest.approx(1)


def test_phrases_are_drawn_with_the_codes_they_mean(lessons, clip):
    sampler = LessonSampler(lessons, clip)
    directions, targets = sampler.draw(64, np.random.default_rng(0))
    assert (directions.shape, targets.shape) == ((64, 256), (64, CODE))
    gold = torch.cat(sampler.directions[: len(SHARES)]).mean(0)
    snow = torch.cat(sampler.directions[len(SHARES) :]).mean(0)
    nearer_gold = directions @ gold > directions @ snow
    assert torch.equal(nearer_gold, targets[:, 0] > 0)


def test_a_coder_that_learns_scores_better(lessons, clip):
    torch.manual_seed(0)
    sampler, coder = LessonSampler(lessons, clip), TextCoder()
    before = scores(coder, lessons, clip)
    optimiser, rng = torch.optim.Adam(coder.parameters(), 1e-3), np.random.default_rng(0)
    for _ in range(30):
        optimiser.zero_grad()
        sum(losses(coder, *sampler.draw(64, rng)).values()).backward()
        optimiser.step()
    after = scores(coder, lessons, clip)
    assert after["strokes_cosine"] > max(0.9, before["strokes_cosine"])
    assert after["palette_error"] < 0.4 < before["palette_error"]


def test_a_look_is_learnt_by_some_phrases_and_measured_by_others(tmp_path, monkeypatch):
    monkeypatch.setattr(painter_lessons, "EDIT_WORDS", ("red", "dark"))
    maker = LessonMaker(load_painter(), tmp_path)
    maker.photos = [np.random.default_rng(1).random((64, 48, 3)).astype(np.float32)]
    made = list(maker.of_look("mosaic", 0))
    look, tints = made[0], made[1:]
    assert look.phrases[0] == "mosaic"
    assert look.held_out
    assert not set(look.held_out) & set(look.phrases)
    assert look.codes.shape == (1, CODE)
    spoken = {phrase for tint in tints for phrase in tint.phrases}
    assert "red mosaic" in spoken
    assert not any(held in phrase for held in look.held_out for phrase in spoken)


def test_a_coder_starts_with_the_looks_as_known_styles(clip):
    codes = torch.rand(TextCoder.known, 3, CODE, generator=torch.Generator().manual_seed(0))
    looks = [Lesson("look", (name,), (), of_look) for name, of_look in zip(STYLES, codes)]
    sampler, coder = LessonSampler(looks, clip), TextCoder().eval().requires_grad_(False)
    initialise(coder, sampler)
    torch.testing.assert_close(coder.centre, codes.mean((0, 1)))
    # A look's own phrase gives about its own code: the layers add nothing yet.
    found = coder(torch.cat(sampler.directions))
    targets = codes.mean(1)
    own = (found - targets).norm(dim=1).mean()
    assert own < 0.5 * (targets - coder.centre).norm(dim=1).mean()


@torch.no_grad()
def test_a_batch_of_whole_pictures_is_styled_as_one_region():
    maps, styles = torch.rand(2, 3, 8, 8), torch.rand(2, 2, 3)
    batched = WholePictures().restyle(maps, *styles)
    one = Regions(torch.ones(1, 1, 8, 8)).restyle(maps[1:], styles[0, 1:], styles[1, 1:])
    torch.testing.assert_close(batched[1:], one, atol=1e-4, rtol=1e-4)


def test_a_painting_in_training_has_its_palette_and_gradients():
    style = torch.rand(1, 3, 16, 16)
    painted = torch.rand(1, 3, 16, 16, requires_grad=True)
    changed = recoloured(painted, palette_of(style))
    torch.testing.assert_close(palette_of(changed), palette_of(style), atol=0.02, rtol=0)
    changed.sum().backward()
    assert painted.grad.isfinite().all()


@torch.no_grad()
def test_attention_adds_nothing_at_first():
    attention, maps = TokenAttention(), torch.rand(1, Canvas.widths[-1], 8, 8)
    attention.set_tokens(load_painter().picture, torch.rand(1, 3, 256, 256))
    assert attention.tokens.shape == (1, 64, 96)
    assert torch.equal(attention(maps), maps)


def test_the_canvas_takes_the_strokes_of_a_code():
    assert Canvas().modulate.in_features == STROKES
