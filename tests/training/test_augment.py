from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torchvision.transforms import functional as TF

from semcs.style.patches import random_perspectives
from semcs.training.augment import (
    Warp,
    draw_views,
    draw_warps,
    jitter_colors,
    random_boxes,
    sample_boxes,
)

WHOLE = torch.tensor([[0.0, 0.0, 1.0, 1.0]])


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


def rng(seed=0):
    return np.random.default_rng(seed)


class TestBoxes:
    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 10_000), st.floats(0.05, 1))
    def test_in_the_picture(self, seed, min_area):
        left, top, right, bottom = random_boxes(20, rng(seed), min_area=min_area).unbind(1)
        left, right = torch.minimum(left, right), torch.maximum(left, right)
        assert min(left.min(), top.min()) >= 0
        assert max(right.max(), bottom.max()) <= 1 + 1e-6
        assert min((right - left).min(), (bottom - top).min()) > 0

    def test_area_aspect_and_mirrors(self):
        left, top, right, bottom = random_boxes(4000, rng(), min_area=0.2).double().unbind(1)
        width, height = right - left, bottom - top
        assert abs((width < 0).double().mean() - 0.5) < 0.03
        assert (width.abs() * height).min() >= 0.2 - 1e-6
        log_aspect = (width.abs() / height).log()
        assert 0.29 < log_aspect.abs().max() <= 0.3 + 1e-6

    def test_crops_as_torchvision(self):
        # Integer boxes, shrunk by whole numbers, so that no sample lies outside its crop.
        maps = rand(3, 2, 40, 60)
        corners = [(8, 4, 24, 16), (0, 0, 60, 40), (40, 24, 16, 16)]
        boxes = torch.tensor(
            [[x / 60, y / 40, (x + w) / 60, (y + h) / 40] for x, y, w, h in corners]
        )
        expected = [
            TF.resized_crop(
                image, y, x, h, w, [8, 8], TF.InterpolationMode.BILINEAR, antialias=False
            )
            for image, (x, y, w, h) in zip(maps, corners)
        ]
        torch.testing.assert_close(
            sample_boxes(maps, boxes, 8), torch.stack(expected), atol=1e-5, rtol=0
        )

    def test_enlarged_as_opencv(self):
        image = rand(1, 1, 20, 20)
        box = torch.tensor([[0.25, 0.25, 0.75, 0.75]])
        bigger = cv2.resize(image[0, 0].numpy(), (64, 64), interpolation=cv2.INTER_LINEAR)
        seen = sample_boxes(image, box, 32)[0, 0]
        np.testing.assert_allclose(seen, bigger[16:48, 16:48], atol=1e-4)

    def test_right_before_left_mirrors(self):
        maps, box = rand(1, 3, 24, 32), torch.tensor([[0.1, 0.2, 0.7, 0.9]])
        mirrored = sample_boxes(maps, box[:, [2, 1, 0, 3]], 16)
        torch.testing.assert_close(mirrored, sample_boxes(maps, box, 16).flip(3))


def plain(boxes=WHOLE, homographies=None, mask_seeds=None):
    count = len(boxes)
    return Warp(
        boxes,
        torch.eye(3).expand(count, 3, 3) if homographies is None else homographies,
        torch.ones(count, 4, 4) if mask_seeds is None else mask_seeds,
    )


class TestWarp:
    @pytest.mark.parametrize("size", [16, 48])
    def test_whole_and_flat_is_a_plain_resize(self, size):
        images = rand(1, 3, 32, 40)
        expected = F.interpolate(images, (size, size), mode="bilinear", align_corners=False)
        torch.testing.assert_close(plain()(images, size), expected, atol=1e-5, rtol=0)

    def test_without_perspective_it_samples_the_boxes(self):
        images, boxes = rand(4, 3, 32, 40), random_boxes(4, rng(), min_area=0.3)
        torch.testing.assert_close(
            plain(boxes)(images, 16), sample_boxes(images, boxes, 16), atol=1e-5, rtol=0
        )

    def test_perspective_as_opencv(self):
        """Every pixel centre goes through the homography in pixels."""
        size, image = 32, rand(1, 1, 48, 48)
        homography = random_perspectives(1, 0.5, torch.Generator().manual_seed(1))
        # [−1, 1]² of the output's pixels and of the image's, whose first centre is 0.
        to_square = np.array([[2 / size, 0, 1 / size - 1], [0, 2 / size, 1 / size - 1], [0, 0, 1]])
        to_pixels = np.array([[24, 0, 23.5], [0, 24, 23.5], [0, 0, 1]])
        matrix = to_pixels @ homography[0].double().numpy() @ to_square
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        expected = cv2.warpPerspective(image[0, 0].numpy(), matrix, (size, size), flags=flags)
        y, x = np.mgrid[:size, :size]
        mapped = np.einsum("ij,jhw->ihw", matrix, np.stack([x, y, np.ones_like(x)]))
        mapped = mapped[:2] / mapped[2]
        inside = ((mapped > 0) & (mapped < 47)).all(0)
        outside = ((mapped < -0.51) | (mapped > 47.51)).any(0)
        assert min(inside.sum(), outside.sum()) > 50
        seen = plain(homographies=homography)(image, size)[0, 0].numpy()
        # OpenCV rounds positions to a 32nd of a pixel.
        np.testing.assert_allclose(seen[inside], expected[inside], atol=0.06)
        assert abs(seen[inside] - expected[inside]).mean() < 0.01
        assert (seen[outside] == 0).all()

    def test_a_mask_keeps_where_it_is_positive(self):
        seeds = torch.ones(1, 4, 4)
        seeds[:, :, 2:] = -1
        seen = plain(mask_seeds=seeds)(torch.ones(1, 3, 32, 32), 32)
        assert (seen[..., :15] == 1).all()
        assert (seen[..., 17:] == 0).all()

    def test_the_same_view_for_photo_and_rendering(self):
        photos = rand(6, 3, 40, 40)
        warp = draw_warps(6, rng(5))
        rendering = 0.25 + 0.5 * photos
        seen = warp(torch.ones_like(photos), 24)
        torch.testing.assert_close(
            warp(rendering, 24), 0.25 * seen + 0.5 * warp(photos, 24), atol=1e-5, rtol=0
        )
        assert torch.equal(warp(photos, 24), warp(photos, 24))


def test_warps_are_a_third_in_perspective_and_a_quarter_masked():
    warp = draw_warps(3000, rng())
    flat = (warp.homographies == torch.eye(3)).all((1, 2)).float().mean()
    unmasked = (warp.mask_seeds == 1).all((1, 2)).float().mean()
    assert abs(flat - 2 / 3) < 0.03
    assert abs(unmasked - 3 / 4) < 0.03


def test_views_have_neither():
    warp = draw_views(50, rng())
    assert warp(torch.ones(50, 3, 16, 16), 8).min() > 0.999
    assert len(warp.boxes.unique(dim=0)) == 50


@pytest.mark.parametrize("draw", [draw_warps, draw_views])
def test_a_generator_fixes_them(draw):
    images = rand(8, 3, 20, 20)
    first, again, other = (draw(8, rng(seed))(images, 12) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


class TestColours:
    def test_range_and_seed(self):
        images = rand(8, 3, 20, 20)
        first, again = (jitter_colors(images, rng(3)) for _ in range(2))
        assert torch.equal(first, again)
        assert 0 <= first.min() < first.max() <= 1
        assert not torch.equal(first, images)

    def test_each_image_for_itself(self):
        seen = jitter_colors(rand(1, 3, 20, 20).repeat(5, 1, 1, 1), rng())
        assert len(seen.mean((2, 3)).unique(dim=0)) == 5

    def test_structure_stays(self):
        """A colour change is the same affine map for all grey pixels of an image."""
        grey = (0.3 + 0.1 * rand(4, 1, 20, 20)).repeat(1, 3, 1, 1)
        seen = jitter_colors(grey, rng())
        for before, after in zip(grey.flatten(2), seen.flatten(2)):
            for channel in range(3):
                correlation = np.corrcoef(before[channel], after[channel])[0, 1]
                assert correlation == pytest.approx(1, abs=1e-4)
