from __future__ import annotations

import pytest
import torch

from semcs.models import painter as module
from semcs.models.painter import Painter, load_painter
from semcs.models.painter_code import CODE, STROKES
from semcs.models.painter_palette import palette_of, recolouring
from semcs.models.painter_regions import Regions


@pytest.fixture(scope="module")
def painter() -> Painter:
    return load_painter()


@pytest.fixture(autouse=True)
def _without_gradients():
    with torch.no_grad():
        yield


def picture(height=64, width=64, seed=0):
    """A smooth random picture (1, 3, height, width)."""
    small = torch.rand(1, 3, 6, 6, generator=torch.Generator().manual_seed(seed))
    wide = torch.nn.functional.interpolate(small, (height, width), mode="bicubic")
    return wide.clamp(0, 1)


def whole(photo):
    """The share of a single region."""
    return torch.ones(1, 1, *photo.shape[-2:])


def halves(photo):
    """Shares of a left and a right region."""
    left = whole(photo)
    left[..., photo.shape[-1] // 2 :] = 0
    return torch.cat([left, 1 - left])


@pytest.mark.parametrize("size", [(32, 32), (33, 64), (50, 37), (32, 333)])
def test_it_paints_any_size(painter, size):
    photo = picture(*size)
    painted = painter.paint(photo, painter.code_of_picture(picture(seed=1)), whole(photo))
    assert painted.shape == photo.shape
    assert painted.min() >= 0
    assert painted.max() <= 1
    assert (painted - photo).abs().mean() > 0.02


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_constant_pictures_are_painted_and_are_styles(painter, value):
    plain = torch.full((1, 3, 40, 48), value)
    for photo, style in ((plain, picture()), (picture(40, 48), plain), (plain, plain)):
        painted = painter.paint(photo, painter.code_of_picture(style), whole(photo))
        assert painted.isfinite().all()


def test_the_photo_stays_as_it_was(painter):
    photo = picture()
    before = photo.clone()
    painter.paint(photo, painter.code_of_picture(photo), whole(photo))
    assert torch.equal(photo, before)


def test_the_colours_are_those_of_the_style(painter):
    style = 0.2 * picture(seed=4) + torch.tensor([0.7, 0.1, 0.3])[None, :, None, None]
    photo = picture()
    painted = painter.paint(photo, painter.code_of_picture(style), whole(photo))
    torch.testing.assert_close(painted.mean((2, 3)), style.mean((2, 3)), atol=0.03, rtol=0)


def test_an_empty_region_changes_nothing(painter):
    photo = picture()
    codes = torch.cat([painter.code_of_picture(picture(seed=s)) for s in (1, 2)])
    alone = painter.paint(photo, codes[:1], whole(photo))
    both = painter.paint(photo, codes, torch.cat([whole(photo), 0 * whole(photo)]))
    torch.testing.assert_close(both, alone, atol=1e-5, rtol=0)


def test_a_region_does_not_take_on_its_neighbours_style(painter):
    photo = picture(128, 192)
    own, one, other = (painter.code_of_picture(picture(seed=s)) for s in (1, 2, 3))
    first = painter.paint(photo, torch.cat([own, one]), halves(photo))
    second = painter.paint(photo, torch.cat([own, other]), halves(photo))
    change = (first - second).abs().mean((0, 1, 2))
    assert change[:64].mean() < 0.15 * change[128:].mean()


def test_large_pictures_are_painted_reduced_and_keep_their_lines(painter, monkeypatch):
    monkeypatch.setattr(module, "MOST_PAINTED", 64)
    photo = picture(128, 160)
    photo[..., 80, :] = 0  # a line that painting at a fraction of the size loses
    painted = painter.paint(photo, painter.code_of_picture(picture(seed=1)), whole(photo))
    assert painted.shape == photo.shape
    assert painted[..., 80, :].mean() < painted[..., 84, :].mean() - 0.1


def test_a_long_picture_is_seen_whole(painter):
    square = picture(48, 48)
    row = torch.cat([square, square, square], 3)
    torch.testing.assert_close(
        painter.code_of_picture(row), painter.code_of_picture(square), atol=1e-4, rtol=0
    )
    ends = torch.cat([square, picture(48, 96, seed=5)], 3)
    turned = painter.code_of_picture(ends.flip(3))
    assert (turned[:, STROKES:] - painter.code_of_picture(ends)[:, STROKES:]).abs().max() < 1e-5


def test_strength_goes_from_the_photos_own_code_to_the_styles(painter):
    photo, code = picture(), painter.code_of_picture(picture(seed=1))
    softened = painter.soften(photo, code.expand(3, -1), torch.tensor([0.0, 0.5, 1.0]))
    own = painter.code_of_picture(photo)
    torch.testing.assert_close(softened, torch.cat([own, (own + code) / 2, code]))


def test_the_length_of_a_texts_direction_does_not_count(painter):
    moves = torch.randn(2, 256, generator=torch.Generator().manual_seed(0))
    codes = painter.code_of_text(moves)
    assert codes.shape == (2, CODE)
    torch.testing.assert_close(painter.code_of_text(3 * moves), codes, atol=1e-4, rtol=1e-4)


def test_recolouring_reaches_mean_and_spread():
    own, style = 0.3 + 0.4 * picture(), 0.2 + 0.5 * picture(seed=1)
    flat = own[0].flatten(1)
    mean = flat.mean(1, keepdim=True)
    covariance = (flat - mean) @ (flat - mean).T / flat.shape[1]
    matrix, shift = recolouring(mean.T, covariance[None], palette_of(style))
    changed = (matrix[0] @ flat + shift[0, :, None]).view_as(own)
    torch.testing.assert_close(palette_of(changed), palette_of(style), atol=0.01, rtol=0)


def test_recolouring_does_not_blow_up_what_is_flat():
    flat = torch.tensor([[0.5, 0.5, 0.5]])
    matrix, _ = recolouring(flat, torch.zeros(1, 3, 3), palette_of(picture()))
    assert torch.linalg.eigvalsh(matrix).max() <= module_gain() + 1e-4


def module_gain():
    from semcs.models import painter_palette

    return painter_palette.MOST_GAIN


def test_each_region_is_normalised_by_itself():
    masks = torch.zeros(2, 1, 8, 8)
    masks[0, ..., :4], masks[1, ..., 4:] = 1, 1
    maps = torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(0))
    maps[..., 4:] = 50 + 9 * maps[..., 4:]
    scales, shifts = torch.tensor([[1.0] * 3, [2.0] * 3]), torch.tensor([[0.0] * 3, [5.0] * 3])
    styled = Regions(masks).restyle(maps, scales, shifts)
    spread = styled[..., 4:].std((2, 3)) / styled[..., :4].std((2, 3))
    assert (styled[..., 4:].mean((2, 3)) - 5).abs().max() < 0.5
    assert (spread > 2).all()
