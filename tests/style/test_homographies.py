from __future__ import annotations

import cv2
import numpy as np
import torch
from torchvision.transforms import RandomPerspective

from semcs.style.patches import (
    perspective_grid,
    random_perspectives,
    solve_homographies,
)

SQUARE = torch.tensor([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])


def seeded(seed=0):
    return torch.Generator().manual_seed(seed)


class TestHomographies:
    def test_as_opencv(self):
        rng = np.random.default_rng(0)
        corners = SQUARE.numpy()
        for _ in range(20):
            source, target = (corners + rng.uniform(-0.4, 0.4, (4, 2)) for _ in range(2))
            expected = cv2.getPerspectiveTransform(
                source.astype(np.float32), target.astype(np.float32)
            )
            quads = [
                torch.from_numpy(q.astype(np.float32)).double()[None] for q in (source, target)
            ]
            np.testing.assert_allclose(solve_homographies(*quads)[0], expected, atol=1e-6)

    def test_corners_move_in_as_in_torchvision(self):
        size, count = 200, 2000
        homographies = random_perspectives(count, 0.5, seeded()).double()
        square = torch.cat([SQUARE, torch.ones(4, 1)], 1).double()
        # Back from the crop's corners to where they lie in the output.
        back = torch.einsum("pij,cj->pci", torch.linalg.inv(homographies), square)
        inward = 1 - back[..., :2] / back[..., 2:] * SQUARE
        assert inward.min() >= -1e-4
        assert inward.max() <= 0.5 + 1e-4
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            ends = [RandomPerspective.get_params(size, size, 0.5)[1] for _ in range(count)]
        theirs = 1 - (torch.tensor(ends) / (size / 2) - 1) * SQUARE
        for statistic in (torch.mean, torch.std, torch.amin, torch.amax):
            for corner in range(4):
                mine, other = (statistic(m[:, corner], dim=0) for m in (inward, theirs.double()))
                torch.testing.assert_close(mine, other, atol=0.025, rtol=0)

    def test_affine_maps_keep_parallels(self):
        homographies = random_perspectives(50, 0.5, seeded(), affine=True)
        last = torch.tensor([0.0, 0.0, 1.0])
        torch.testing.assert_close(
            homographies[:, 2] / homographies[:, 2, 2:], last.expand(50, 3), atol=1e-5, rtol=0
        )
        assert (homographies - torch.eye(3)).abs().amax((1, 2)).min() > 0.05
        perspective = random_perspectives(50, 0.5, seeded())
        assert (perspective[:, 2, :2].abs().amax(1) > 0.01).float().mean() > 0.9

    def test_no_distortion_is_the_identity(self):
        homographies = random_perspectives(3, 0.0, seeded())
        torch.testing.assert_close(homographies, torch.eye(3).expand(3, 3, 3))

    def test_grid_of_the_identity_holds_pixel_centres(self):
        grid = perspective_grid(torch.eye(3)[None], 4)[0]
        ticks = torch.tensor([-0.75, -0.25, 0.25, 0.75])
        torch.testing.assert_close(grid[2, :, 0], ticks)  # x runs along a row
        torch.testing.assert_close(grid[:, 2, 1], ticks)
