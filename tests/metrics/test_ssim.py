from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage
from skimage.color import rgb2gray
from skimage.metrics import structural_similarity
from spoil import only_inside, tensor

from semcs.metrics import Ssim, edge_ssim, ssim
from semcs.metrics.structural import gradient_length, luminance, ssim_map

RADIUS = 5


def by_skimage(a, b):
    """Mean, which leaves windows over the border out, and the map of all of them."""
    return structural_similarity(
        a, b, data_range=1, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, full=True
    )


def luma(image):
    return np.asarray(image, np.float64) / 255 @ [0.299, 0.587, 0.114]


def inner(shape):
    mask = np.zeros(shape, np.float32)
    mask[RADIUS:-RADIUS, RADIUS:-RADIUS] = 1
    return mask


@pytest.mark.parametrize("kind", ["blur", "noise"])
def test_it_is_that_of_scikit_image(flower, spoiled, kind):
    for other in spoiled[kind]:
        mean, values = by_skimage(luma(flower), luma(other))
        found = ssim_map(*(torch.from_numpy(luma(i))[None, None] for i in (flower, other)))[0, 0]
        inside = inner(values.shape) > 0
        np.testing.assert_allclose(found.numpy()[inside], values[inside], atol=1e-9)
        assert ssim(flower, other, inner(values.shape)) == pytest.approx(mean, abs=1e-5)


def test_windows_over_the_border_use_what_is_inside(flower, china):
    """Weights by scipy, cut where the picture ends."""
    a, b = luma(flower), luma(china)
    weights = np.ones_like(a)

    def blur(values):
        def once(x):
            return ndimage.gaussian_filter(x, 1.5, mode="constant", radius=RADIUS)

        return once(values) / once(weights)

    (ma, mb), (va, vb) = (blur(a), blur(b)), (blur(a * a), blur(b * b))
    covariance = blur(a * b) - ma * mb
    c, d = 1e-4, 9e-4
    expected = (2 * ma * mb + c) * (2 * covariance + d)
    expected /= (ma**2 + mb**2 + c) * (va - ma**2 + vb - mb**2 + d)
    found = ssim_map(*(torch.from_numpy(grey)[None, None] for grey in (a, b)))[0, 0]
    np.testing.assert_allclose(found, expected, atol=1e-9)
    assert ssim(flower, china) == pytest.approx(expected.mean(), abs=1e-5)


def test_edges_are_lengths_of_sobel_gradients(flower, china):
    grey = luma(flower)
    across, down = (ndimage.sobel(grey, axis, mode="nearest") / 8 for axis in (0, 1))
    np.testing.assert_allclose(
        gradient_length(luminance(tensor(flower)))[0, 0], np.hypot(across, down), atol=1e-5
    )
    edges = [gradient_length(luminance(tensor(i)))[0, 0].double().numpy() for i in (flower, china)]
    mean, _ = by_skimage(*edges)
    assert edge_ssim(flower, china, inner(grey.shape)) == pytest.approx(mean, abs=1e-4)


@pytest.mark.parametrize("kind", ["blur", "noise"])
def test_it_falls_with_what_is_spoiled(flower, spoiled, kind):
    for measure in (ssim, edge_ssim):
        found = [measure(flower, other) for other in (flower, *spoiled[kind])]
        assert found[0] == pytest.approx(1, abs=1e-5)
        assert (np.diff(found) < 0).all(), found


def test_brightness_is_no_edge(flower):
    darker = tensor(flower) - 0.3 * torch.ones(1, 3, 1, 1)
    assert ssim(tensor(flower), darker).item() < 0.9
    assert edge_ssim(tensor(flower), darker).item() == pytest.approx(1, abs=1e-4)


def test_a_region_is_measured_alone(flower, spoiled, dahlia):
    other = only_inside(flower, spoiled["noise"][3], dahlia)
    near = ndimage.binary_dilation(dahlia, iterations=8).astype(np.float32)
    for measure in (ssim, edge_ssim):
        assert measure(flower, other, 1 - near) == pytest.approx(1, abs=1e-4)
        assert measure(flower, other, dahlia) < 0.5
    share = dahlia.mean()
    parts = share * ssim(flower, other, dahlia) + (1 - share) * ssim(flower, other, 1 - dahlia)
    assert parts == pytest.approx(ssim(flower, other), abs=1e-5)


def test_gradients_are_finite_even_where_nothing_differs():
    flat = torch.full((1, 3, 20, 20), 0.5)
    for module in (Ssim(), Ssim(of_edges=True)):
        other = flat.clone().requires_grad_()
        module(flat, other).sum().backward()
        assert other.grad.isfinite().all()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 999), height=st.integers(2, 24), width=st.integers(2, 24))
def test_symmetric_and_at_most_1(seed, height, width):
    these, those = torch.rand(2, 1, 3, height, width, generator=torch.Generator().manual_seed(seed))
    for module in (Ssim(), Ssim(of_edges=True)):
        there, back = module(these, those).item(), module(those, these).item()
        assert there == pytest.approx(back, abs=1e-5)
        assert -1 <= there <= 1.0001


def test_skimages_grey_is_not_ours(flower):
    """A guard of the test itself: another luma would be seen."""
    assert np.abs(rgb2gray(np.asarray(flower)) - luma(flower)).max() > 0.01
