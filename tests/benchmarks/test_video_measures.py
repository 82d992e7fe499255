"""Measures of clips whose errors are known by hand, and the arithmetic of their table."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import semcs
from benchmarks.video import measure, sheets, stills
from benchmarks.video.masks import flicker, mask_scores
from benchmarks.video.measure import case_of, overall, table
from benchmarks.video.scene import Clip, Step
from benchmarks.video.warping import BAND, change_between, warping_errors
from semcs.errors import InputError

SIZE = (40, 60)  # height, width
GRAY = np.full((*SIZE, 3), 100, np.uint8)


def step(x=0.0, y=0.0, seen=True):
    back = np.zeros((*SIZE, 2), np.float32)
    back[:] = x, y
    return Step(back, np.full(SIZE, seen) if isinstance(seen, bool) else seen)


def block(rows, columns):
    mask = np.zeros(SIZE, bool)
    mask[rows[0] : rows[1], columns[0] : columns[1]] = True
    return mask


def changed(where, by):
    """The gray frame, some pixels of it brighter."""
    frame = GRAY.copy()
    frame[where] += by
    return frame


def clip_of(frames, steps, masks=None):
    return Clip("made", frames, steps, masks)


# Warping error


def test_a_shift_that_is_not_followed_has_its_closed_form():
    """On a ramp of 2 levels a pixel, 5 pixels are 10 levels; half of them followed are 5."""
    ramp = np.repeat((2 * np.arange(SIZE[1]))[None, :, None], SIZE[0], 0).repeat(3, 2)
    frames = [ramp.astype(np.uint8), (ramp + 10).astype(np.uint8)]
    inner = block((0, 40), (8, 52))
    for followed, expected in ((0, 10), (2.5, 5), (5, 0)):
        clip = clip_of(frames, [step(x=followed, seen=inner)])
        error = warping_errors(frames, clip)["whole"]
        assert (error.mae, error.rmse) == pytest.approx((expected, expected), abs=1e-4)
        assert error.pixels == inner.sum()


def test_both_means():
    frames = [GRAY, changed(block((0, 20), (0, 60)), 4)]
    error = warping_errors(frames, clip_of(frames, [step()]))["whole"]
    assert (error.mae, error.rmse) == (pytest.approx(2), pytest.approx(8**0.5))


def test_hidden_pixels_are_left_out():
    hidden = block((5, 15), (5, 15))
    frames = [GRAY, changed(hidden, 90)]
    error = warping_errors(frames, clip_of(frames, [step(seen=~hidden)]))["whole"]
    assert (error.mae, error.pixels) == (0, SIZE[0] * SIZE[1] - 100)
    assert warping_errors(frames, clip_of(frames, [step(seen=False)])) == {}


def test_regions_leave_out_a_band_along_the_outline():
    mask = block((10, 30), (20, 40))
    near = mask & ~block((10 + BAND, 30 - BAND), (20 + BAND, 40 - BAND))
    frames = [GRAY, changed(near, 50)]
    errors = warping_errors(frames, clip_of(frames, [step()], [mask, mask]))
    assert errors["whole"].mae > 0
    assert errors["foreground"].mae == errors["background"].mae == 0
    assert errors["foreground"].pixels == 16 * 16
    # What lies deeper counts for its own side alone.
    frames = [GRAY, changed(block((19, 21), (29, 31)), 64)]
    errors = warping_errors(frames, clip_of(frames, [step()], [mask, mask]))
    assert errors["foreground"].mae == pytest.approx(64 * 4 / 256)
    assert errors["background"].mae == 0


def test_the_mask_is_that_of_the_later_frame():
    left, right = block((0, 40), (0, 30)), block((0, 40), (30, 60))
    frames = [GRAY, changed(block((10, 20), (5, 15)), 10)]
    errors = warping_errors(frames, clip_of(frames, [step()], [left, right]))
    assert errors["foreground"].mae == 0
    assert errors["background"].mae > 0


def test_other_frames_are_measured_by_the_clips_motion():
    clip = clip_of([GRAY, GRAY], [step(x=3)])
    rng = np.random.default_rng(0)
    first = rng.integers(0, 256, GRAY.shape, np.uint8)
    change = change_between(first, np.roll(first, -3, 1), clip.steps[0])
    assert np.abs(change[:, :-3]).max() == 0
    assert np.abs(change_between(first, first, clip.steps[0])).mean() > 50


# Masks


def test_flicker_by_hand():
    """Of 100 pixels 10 come and go: a tenth each time. A mask that is followed is still."""
    truth, more = block((10, 20), (10, 20)), block((10, 20), (10, 21))
    masks = [np.float32(one) for one in (truth, more, truth)]
    clip = clip_of([GRAY] * 3, [step(), step()])
    scores = mask_scores(masks, clip, [truth] * 3)
    assert scores["flicker"] == pytest.approx(0.1)
    assert scores["true_flicker"] == 0
    assert scores["iou"] == pytest.approx((1 + 100 / 110 + 1) / 3)
    moved = [np.float32(truth), np.float32(np.roll(truth, -4, 1))]
    assert flicker(moved, clip_of([GRAY] * 2, [step(x=4)]), [truth] * 2) == 0
    assert flicker(moved, clip_of([GRAY] * 2, [step()]), [truth] * 2) == pytest.approx(0.8)


def test_hidden_pixels_do_not_flicker():
    truth, other = block((10, 20), (10, 20)), block((20, 30), (10, 20))
    masks = [np.float32(truth), np.float32(other)]
    clip = clip_of([GRAY] * 2, [step(seen=~(truth | other))])
    assert flicker(masks, clip, [truth] * 2) == 0
    assert flicker(masks, clip_of([GRAY] * 2, [step(seen=False)]), [truth] * 2) == 0


# Single frames


@pytest.fixture
def scored(monkeypatch):
    """Scores that tell from which frame they are, and what was asked for them."""
    asked = []

    def score(content, output, mask, *, models, **texts):
        asked.append((int(output[0, 0, 0]), mask, texts))
        number = asked[-1][0] / 100
        regions = [SimpleNamespace(agreement=number + d, content=2 * number) for d in (0, 0.2)]
        whole = SimpleNamespace(agreement=None, content=0.5)
        return SimpleNamespace(whole=whole, regions=() if mask is None else tuple(regions))

    monkeypatch.setattr(semcs.metrics, "score", score)
    monkeypatch.setattr(stills, "stylizer", lambda: SimpleNamespace(family="bundled"))
    return asked


def numbered(count):
    return [np.full_like(GRAY, index) for index in range(count)]


def test_every_tenth_frame_is_scored_with_its_mask(scored):
    masks = [block((0, 10), (0, 10 + index)) for index in range(25)]
    clip = clip_of([GRAY] * 25, [step()] * 24, masks)
    found = stills.still_scores(numbered(25), clip, "gold", "snow")
    assert [frame for frame, *_ in scored] == [0, 10, 20]
    assert [mask.sum() for _, mask, _ in scored] == [100, 200, 300]
    assert scored[0][2] == {"fg": "gold", "bg": "snow"}
    assert found == {"agreement": pytest.approx(0.2), "content": pytest.approx(0.2)}


def test_frames_without_a_region_and_clips_without_masks(scored):
    empty = [np.zeros(SIZE, bool)] * 2
    assert stills.still_scores(numbered(2), clip_of([GRAY] * 2, [step()], empty), "a", "b") == {}
    assert scored == []
    found = stills.still_scores(numbered(2), clip_of([GRAY] * 2, [step()]), "a", "b")
    assert found == {"content": 0.5}


# Cases and the table


@pytest.fixture
def case(monkeypatch):
    """A case whose errors are 1 (source), 10 (alone) and 3 (product) levels."""
    monkeypatch.setattr(measure, "still_scores", lambda frames, *_: {"agreement": 0.5})
    everything = np.ones(SIZE, bool)
    painted = {
        name: [GRAY, changed(everything, by)]
        for name, by in (("source", 1), ("alone", 10), ("product", 3))
    }
    return case_of(clip_of(painted["source"], [step()]), "gold", "snow", painted)


def test_ratios_are_of_the_whole(case):
    assert case["ratios"] == pytest.approx(
        {"alone_over_source": 10, "error_over_alone": 0.3, "error_over_source": 3}
    )
    assert case["errors"]["product"]["whole"]["mae"] == pytest.approx(3)
    assert set(case["stills"]) == {"alone", "product"}


def test_a_clip_that_cannot_be_followed_is_told():
    painted = {"source": [GRAY] * 2, "alone": [GRAY] * 2}
    with pytest.raises(InputError, match="made: none of its pixels"):
        case_of(clip_of([GRAY] * 2, [step(seen=False)]), "a", "b", painted)


def case_with(source, alone, product, gains=(0.0, 0.0)):
    errors = {"source": source, "alone": alone, "product": product}
    still = {"agreement": 0.5, "content": 0.3}
    moved = {name: value + gain for (name, value), gain in zip(still.items(), gains)}
    return {
        **{"clip": "pan", "fg": "gold", "bg": "snow"},
        "errors": {name: {"whole": {"mae": e, "rmse": 2 * e}} for name, e in errors.items()},
        "stills": {"alone": still, "product": moved},
    }


def test_overall_is_the_ratio_of_the_mean_errors():
    cases = [case_with(1, 10, 2, (-0.1, 0.0)), case_with(3, 30, 18, (0.0, 0.02))]
    masks = {
        name: {"product": {"iou": iou, "flicker": shaky, "true_flicker": true}}
        for name, iou, shaky, true in (("pan", 0.8, 0.02, 0.01), ("zoom", 0.6, 0.04, 0.03))
    }
    assert overall(cases, masks) == pytest.approx(
        {
            "alone_over_source": 10,
            "error_over_alone": 0.5,  # the mean of the ratios would be 0.4
            "error_over_source": 5,
            "agreement_gain": -0.05,
            "content_gain": 0.01,
            "iou": 0.7,
            "flicker_ratio": 1.5,
        }
    )


def test_the_table_says_what_is_asked_and_what_is_short():
    cases = [case_with(2, 10, 3, (-0.2, 0.0))]
    masks = {"pan": {"product": {"iou": 0.8, "flicker": 0.02, "true_flicker": 0.01}}}
    found = {"cases": cases, "masks": masks}
    lines = table({**found, "overall": overall(cases, masks)}).splitlines()
    [product] = [line.split() for line in lines if line.strip().startswith("product  ")][:1]
    assert product == ["product", "3.00", "(", "6.00)", "0.30", "1.50", "0.300", "0.300"]
    by_name = {line.split()[0]: line for line in lines if line}
    assert "≤ 0.35" in by_name["error_over_alone"]
    short = [name for name, line in by_name.items() if line.endswith("(short)")]
    assert short == ["agreement_gain", "flicker_ratio"]


# Pictures


def test_changes_are_amplified_around_gray_and_black_where_hidden():
    hidden = block((0, 10), (0, 60))
    clip = clip_of([GRAY, changed(np.ones(SIZE, bool), 5)], [step(seen=~hidden)])
    for index in (0, 1):  # the last frame shows its own change
        picture = sheets.change_picture(clip.frames, clip, index)
        assert (picture[hidden] == 0).all()
        assert (picture[~hidden] == 128 + 5 * sheets.AMPLIFIED).all()


def test_slices_show_flicker_as_stripes():
    mask = block((28, 33), (10, 20))
    still = [changed(block((30, 31), (20, 25)), 100)] * 4
    flickering = [changed(block((30, 31), (20, 25)), 100 * (index % 2)) for index in range(4)]
    clip = clip_of([GRAY] * 4, [step()] * 3, [mask] * 4)
    sheet = np.asarray(sheets.slices(clip, {"still": still, "flickering": flickering}))
    body = sheet[-4 * sheets.TALL :].astype(int)
    assert body.shape == (4 * sheets.TALL, 2 * SIZE[1], 3)
    assert np.ptp(body[:, : SIZE[1]], 0).max() == 0
    assert np.ptp(body[:, SIZE[1] :], 0).max() == 100
    assert body[0, 20:25, 0].tolist() == [200] * 5


def test_sheets_have_a_row_every_ten_frames(tmp_path):
    clip = clip_of([GRAY] * 21, [step()] * 20, [block((10, 20), (10, 20))] * 21)
    painted = {"source": clip.frames, "alone": clip.frames}
    files = list(sheets.write_sheets(tmp_path / "new", "pan", clip, painted))
    assert [file.name for file in files] == ["pan-frames.png", "pan-slice.png"]
    height = round(sheets.WIDTH * SIZE[0] / SIZE[1])
    sheet = sheets.contact_sheet(clip, painted)
    assert sheet.width == 5 * sheets.WIDTH
    assert sheet.height // height == 3
    assert tuple(sheets.outlined(clip, 0)[9, 15]) == sheets.OUTLINE
    assert tuple(sheets.outlined(clip, 0)[15, 15]) == (100, 100, 100)
