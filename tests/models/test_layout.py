"""The layout of maps: the quick one everywhere, and the numbers are those of the other one."""

from __future__ import annotations

import pytest
import torch
from sklearn.datasets import load_sample_image
from torch import nn
from torch.nn.modules.module import register_module_forward_pre_hook

import semcs
from semcs.models.layout import channels_last, joined, one_channel_first


def random(*shape):
    return torch.rand(shape, generator=torch.Generator().manual_seed(0))


def has_channels_last(maps):
    """Whether all strides, those of dimensions of one too, are those of (B, H, W, C)."""
    _, channels, height, width = maps.shape
    return maps.stride() == (height * width * channels, 1, width * channels, channels)


MAPS = {
    "one picture": random(5, 7, 3).permute(2, 0, 1)[None],  # its batch has a stride of 3
    "planes": random(1, 3, 5, 7),
    "several": random(2, 3, 5, 7),
    "one channel": random(1, 1, 5, 7),
    "one row": random(2, 3, 1, 7),
    "already": random(2, 5, 7, 3).permute(0, 3, 1, 2),
    "expanded": random(1, 3, 1, 1).expand(2, -1, 5, 7),
}


@pytest.mark.parametrize("maps", MAPS.values(), ids=MAPS)
def test_channels_come_last_and_nothing_else_changes(maps):
    made = channels_last(maps)
    assert has_channels_last(made)
    assert torch.equal(made, maps)
    assert torch.equal(one_channel_first(maps), maps)


def test_what_has_them_last_is_not_copied():
    maps = MAPS["already"]
    assert channels_last(maps).data_ptr() == maps.data_ptr()


def test_maps_are_joined_as_by_torch():
    for several in (["one picture", "planes", "one channel"], ["several", "already", "expanded"]):
        maps = [MAPS[name] for name in several]
        made = joined(*maps)
        assert torch.equal(made, torch.cat(maps, 1))
        assert has_channels_last(made)


def test_gradients_go_through():
    maps = random(1, 2, 3, 4).requires_grad_()
    weight = random(1, 4, 3, 4)
    (joined(channels_last(maps), one_channel_first(maps)) * weight).sum().backward()
    torch.testing.assert_close(maps.grad, weight[:, :2] + weight[:, 2:])


def test_every_convolution_of_a_picture_has_the_quick_layout():
    """The other one took a quarter of the time more."""
    slow, seen = [], set()

    def note(module, inputs):
        if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
            seen.add(module)
            maps = inputs[0]
            if maps.shape[1] > 1 and maps[0, 0].numel() > 1 and not has_channels_last(maps):
                slow.append((module, maps.shape, maps.stride()))

    photo = load_sample_image("flower.jpg")[::4, ::4]
    hook = register_module_forward_pre_hook(note)
    try:
        semcs.stylize(photo, fg="gold", models="bundled", preset="semcs", steps=1)
    finally:
        hook.remove()
    assert not slow
    assert len(seen) > 100
