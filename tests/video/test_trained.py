from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F

from semcs.errors import InputError
from semcs.image import to_tensor
from semcs.style.levels import Levels
from semcs.style.presets import PRESETS
from semcs.style.regions import Region
from semcs.video.motion import Motion
from semcs.video.training.painted import Painted
from semcs.video.training.trained import (
    MOST_PAIRS,
    Training,
    clip_preset,
    clip_task,
    spread_pairs,
    train,
)
from semcs.video.training.trained_style import FORMAT, TrainedStyle

H, W, STEP = 48, 64, 3
FRAMES = 4


def regions_of(mask):
    return (
        Region(mask, "gold", name="foreground", role="foreground"),
        Region(1 - mask, "snow", name="background", role="background"),
    )


@pytest.fixture(scope="module")
def clip():
    """Four frames of a picture that moves to the left, their regions' starts with it."""
    rng = np.random.default_rng(0)
    width = W + STEP * FRAMES
    picture, *starts = (
        cv2.GaussianBlur(rng.random((H, width, 3)).astype(np.float32), (0, 0), 1.5)
        for _ in range(3)
    )
    mask = np.zeros((H, width), np.float32)
    mask[10:40, 20:50] = 1
    frames = []
    for index in range(FRAMES):
        shown = np.s_[:, STEP * index : STEP * index + W]
        shares = torch.from_numpy(np.stack([mask[shown], 1 - mask[shown]])[:, None])
        frames.append(
            Painted(picture[shown], [one[shown] for one in starts], shares, regions_of(mask[shown]))
        )
    return frames


@pytest.fixture(scope="module")
def motion():
    """Each frame's pixels were three to the right of where they are now."""
    back = np.zeros((H, W, 2), np.float32)
    back[..., 0] = STEP
    seen = np.ones((H, W), np.float32)
    seen[:, -STEP:] = 0
    return Motion(back, seen, False)


@pytest.fixture
def prepare(clip, motion, tiny_family):
    """Makes a training on the clip; keywords are options of the preset."""

    def make(preset="semcs", *, size=W, seed=0, steps=2, **options):
        if isinstance(preset, str):
            preset = PRESETS[preset]
        fast = {"patches": 4, "least_size": 0, **options}
        whole = clip_preset(
            preset.change(**fast), tiny_family, clip[0].regions, pairs=FRAMES - 1, steps=steps
        )
        tasks = [
            clip_task(before, now, motion, whole, size=size, device=tiny_family.device)
            for before, now in pairwise(clip)
        ]
        return Training(tasks, whole, tiny_family, size=size, seed=seed)

    return make


@pytest.fixture
def trained(prepare):
    """Makes a style that shows; keywords as of `prepare`."""

    def make(*args, **options):
        training = prepare(*args, **{"learning_rate": 5e-3, **options})
        for _ in training:
            pass
        return training.style()

    return make


def apply(style, frame):
    return style.apply(frame.photo, frame.starts, frame.shares, frame.regions)


def same(pictures, others):
    return all(map(np.array_equal, pictures, others))


@pytest.mark.parametrize("name", sorted({*PRESETS} - {"instant"}))
def test_every_preset_that_takes_steps_paints_a_clip(trained, clip, name):
    style = trained(name, steps=1)
    for picture, start in zip(apply(style, clip[1]), clip[1].starts):
        assert (picture.shape, picture.dtype) == ((H, W, 3), np.float32)
        assert 0 <= picture.min() < picture.max() <= 1
        assert np.abs(picture - start).max() > 0.01


def test_contrast_and_stretch_refer_to_the_frames_of_all_pairs(prepare, clip):
    training = prepare("semcs-reference", steps=1)
    list(training)
    style = training.style()
    output = style.preset.output
    assert (output.contrast, output.stretch) == (1.5, True)
    with torch.no_grad():
        frames = [frame for task in training.tasks for frame in (task.before, task.now)]
        painted = [style.network(f.content, f.starts, f.masks)[0] for f in frames]
    pictures = [one.permute(1, 2, 0).numpy() for one in painted]
    assert style.levels == (Levels.of(pictures, output),) * 2
    plain = replace(style, preset=style.preset.change(contrast=1.0, stretch=False))
    finished = style.levels[0].finish(apply(plain, clip[2])[0], output)
    np.testing.assert_array_equal(apply(style, clip[2])[0], finished)


def test_the_norms_hold_what_the_frames_of_all_pairs_showed(trained):
    network = trained().network
    norms = [module for module in network.modules() if "Norm" in type(module).__name__]
    assert len(norms) == 18  # two in each of the U-Net's blocks
    for norm in norms:
        assert (int(norm.num_batches_tracked), norm.training) == (2 * (FRAMES - 1), False)


def test_steps_can_be_watched_and_stopped(prepare, clip):
    training = prepare(steps=3)
    assert len(training) == 3
    steps = iter(training)
    seen = [next(steps), next(steps)]
    early = apply(training.style(), clip[0])
    seen += list(training)  # goes on where it stopped
    assert [(step.index, step.steps) for step in seen] == [(i, 3) for i in (1, 2, 3)]
    assert "temporal" in seen[0].losses
    assert seen[0].preview().shape == (H, W, 3)
    assert not same(early, apply(training.style(), clip[0]))
    alone = prepare(steps=3)
    next(iter(alone))
    next(iter(alone))
    assert same(early, apply(alone.style(), clip[0]))


def test_the_same_seed_gives_the_same_bits(prepare, trained, clip, tiny_family):
    training = prepare(seed=1, learning_rate=5e-3)
    whole = train(training.tasks, training.preset, tiny_family, size=W, seed=1)
    pictures = [apply(style, clip[2]) for style in (whole, trained(seed=1), trained(seed=2))]
    assert same(pictures[0], pictures[1])
    assert not same(pictures[0], pictures[2])


def test_a_frame_that_shows_the_same_is_painted_the_same_whatever_came_before(trained, clip):
    style = trained()
    first = apply(style, clip[0])
    apply(style, clip[3])
    assert same(first, apply(style, clip[0]))


def test_the_change_is_enlarged_and_added_to_the_start(trained, clip):
    """The network sees the picture at 36×48; the start's own pixels stay."""
    style = trained(size=48)
    frame = clip[1]
    task = frame.at_work(style.preset, 48, torch.device("cpu"))
    assert task.content.shape[-2:] == (36, 48)
    with torch.no_grad():
        change = style.network(task.content, task.starts, task.masks) - task.starts
    larger = F.interpolate(change, (H, W), mode="bicubic", antialias=True)
    for picture, one, start in zip(apply(style, frame), larger, frame.starts):
        expected = (to_tensor(start)[0] + one).clamp(0, 1).permute(1, 2, 0).numpy()
        np.testing.assert_allclose(picture, expected, atol=1e-6)


def test_what_is_saved_paints_the_same_bits(trained, clip, tmp_path):
    for name, options in (("semcs", {}), ("semcs-reference", {"steps": 1})):
        style = trained(name, **options)
        style.save(tmp_path / "style.safetensors")
        loaded = TrainedStyle.load(tmp_path / "style.safetensors")
        assert same(apply(style, clip[3]), apply(loaded, clip[3]))
        assert (loaded.preset, loaded.size) == (style.preset, style.size)
        loaded.save(tmp_path / "again.safetensors")
        files = [tmp_path / f"{stem}.safetensors" for stem in ("style", "again")]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_files_that_hold_no_network_are_refused(trained, tmp_path):
    file = tmp_path / "style.safetensors"
    with pytest.raises(InputError, match="holds no network"):
        TrainedStyle.load(file)
    trained(steps=1).save(file)
    whole = file.read_bytes()
    broken = {
        "not a whole": whole[:-100],
        "format": whole.replace(FORMAT.encode(), FORMAT.encode()[:-1] + b"9"),
        "style": whole.replace(b"heads.bias", b"other.bias"),
        "levels": whole.replace(b'\\"levels\\"', b'\\"sleveL\\"'),
    }
    for content in broken.values():
        file.write_bytes(content)
        with pytest.raises(InputError, match="holds no network") as caught:
            TrainedStyle.load(file)
        assert "\n" not in str(caught.value)


def test_a_canvas_of_free_pixels_cannot_paint_a_clip(tiny_family, clip):
    preset = PRESETS["semcs"].change(stylenet="pixels")
    with pytest.raises(InputError, match='"pixels" paints a single picture'):
        clip_preset(preset, tiny_family, clip[0].regions, pairs=2)


def test_steps_of_a_clip(tiny_family, clip):
    def steps(pairs, **options):
        preset = PRESETS["semcs"].change(steps=5)
        return clip_preset(preset, tiny_family, clip[0].regions, pairs=pairs, **options).total_steps

    assert (steps(3), steps(6), steps(6, steps=2)) == (5, 6, 2)
    with pytest.raises(InputError, match="takes no steps"):
        clip_preset("instant", tiny_family, clip[0].regions, pairs=3)
    with pytest.raises(InputError, match="steps is 0"):
        steps(3, steps=0)


def test_two_texts_are_told_from_one(tiny_family, clip):
    """The Sem-CS program weighs the content by 600 for two texts."""
    preset = clip_preset("semcs-reference", tiny_family, clip[0].regions, pairs=3)
    assert preset.losses.content_weight == 600
    preset = clip_preset("semcs-reference", tiny_family, clip[0].regions[:1], pairs=3)
    assert preset.losses.content_weight == 150


def test_pairs_are_spread_over_the_clip():
    assert spread_pairs(2) == [0]
    assert spread_pairs(4) == [0, 1, 2]
    for frames in (8, 40, 1001):
        firsts = spread_pairs(frames)
        assert len(firsts) == MOST_PAIRS
        assert min(firsts) >= 0
        assert max(firsts) + 1 < frames
        gaps = np.diff([0, *firsts, frames - 2])
        assert min(gaps[1:-1]) >= max(gaps[1:-1]) - 1
        assert abs(gaps[0] - gaps[-1]) <= 1


def test_the_flow_is_scaled_to_the_working_size(clip, motion, tiny_family):
    """On a square of 32 the picture is two thirds as high and half as wide."""
    preset = clip_preset("semcs-reference", tiny_family, clip[0].regions, pairs=1)
    motion.back[..., 1] = 6.0
    task = clip_task(clip[0], clip[1], motion, preset, size=32, device=tiny_family.device)
    motion.back[..., 1] = 0.0
    assert task.back.shape == (32, 32, 2)
    np.testing.assert_allclose(task.back, np.broadcast_to([1.5, 4.0], (32, 32, 2)), rtol=1e-6)
    assert task.seen.shape == (32, 32)
    np.testing.assert_allclose(task.seen[:, :30], 1)


def test_nothing_is_compared_across_a_cut(clip, motion, tiny_family):
    preset = clip_preset("semcs", tiny_family, clip[0].regions, pairs=1)
    cut = Motion(motion.back, motion.seen, True)
    task = clip_task(clip[0], clip[1], cut, preset, size=32, device=tiny_family.device)
    assert not task.seen.any()


def test_training_needs_pairs_of_one_kind(prepare, clip, tiny_family, motion):
    training = prepare()
    with pytest.raises(InputError, match="no pair of frames"):
        Training([], training.preset, tiny_family, size=W)
    single = [Painted(f.photo, f.starts[:1], f.shares[:1], f.regions[:1]) for f in clip[:2]]
    other = clip_task(*single, motion, training.preset, size=W, device=tiny_family.device)
    with pytest.raises(InputError, match="different numbers"):
        Training([training.tasks[0], other], training.preset, tiny_family, size=W)
    with pytest.raises(InputError, match="trained for 2 styled regions, not 1"):
        apply(training.style(), single[0])
