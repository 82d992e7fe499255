from __future__ import annotations

import torch

from semcs.style.start import StyleStart
from semcs.style.stylenet import RegionStyleNet


def painting_start(seed=0):
    """A start that paints: no weight of its heads and predictions is zero."""
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(seed)
        start = StyleStart().eval()
        for parameter in (*start.painter.heads.parameters(), *start.predict[2].parameters()):
            parameter.copy_(0.4 * (torch.rand(parameter.shape) - 0.5))
    return start


def directions(count, seed=0):
    return torch.randn(count, 256, generator=torch.Generator().manual_seed(seed))


@torch.no_grad()
def test_untrained_it_starts_at_the_photo():
    start = StyleStart()
    codes, palettes = start.styles_of(directions(3))
    assert (codes.shape, palettes.shape) == ((3, start.painter.code_size), (3, 3, 4))
    assert not codes.any()
    assert torch.equal(palettes, torch.eye(3, 4).expand(3, 3, 4))


@torch.no_grad()
def test_the_length_of_a_direction_does_not_count():
    start, moves = painting_start(), directions(2)
    for once, thrice in zip(start.styles_of(moves), start.styles_of(3 * moves)):
        torch.testing.assert_close(once, thrice)


@torch.no_grad()
def test_a_prepared_network_paints_as_the_painter_does():
    start, moves = painting_start(), directions(2)
    network = RegionStyleNet(2)
    start.prepare(network, moves)
    image = torch.rand(1, 3, 40, 48, generator=torch.Generator().manual_seed(2))
    left = (torch.arange(48) < 20).float().expand(1, 1, 40, 48)
    masks = torch.cat([left, 1 - left])
    start.painter.noise_seed = network.noise_seed
    codes, palettes = start.styles_of(moves)
    expected = start.painter.paint(image, masks.transpose(0, 1), codes[None], palettes[None])[0]
    painted = network(image, masks)
    torch.testing.assert_close(painted, expected, atol=1e-5, rtol=0)
    assert (painted[0] - painted[1]).abs().mean() > 0.01
    assert (painted - image).abs().mean() > 0.01


def test_preparing_leaves_the_start_alone():
    start = painting_start()
    before = {name: value.clone() for name, value in start.state_dict().items()}
    network = RegionStyleNet(2)
    start.prepare(network, directions(2))
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(1)
    assert all(torch.equal(value, before[name]) for name, value in start.state_dict().items())
