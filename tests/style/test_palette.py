"""Two-colour maps do what they say, and the search finds the best of them."""

from __future__ import annotations

import torch

from semcs.style.palette import COLORS, STRENGTHS, palettes_for, recolor, search_palettes


def ramp():
    return torch.linspace(0.2, 0.7, 64).expand(2, 3, 64, 64)


def test_dark_and_light_take_the_two_colours():
    palettes = palettes_for(ramp())
    assert len(palettes) == 1 + len(COLORS) * (len(COLORS) - 1) * len(STRENGTHS)
    whole = palettes[2]  # from the first colour to the second, wholly
    out = recolor(ramp(), whole[None])[0]
    torch.testing.assert_close(out[:, 0, 4], torch.tensor(COLORS[0]), atol=0.02, rtol=0)
    torch.testing.assert_close(out[:, 0, 60], torch.tensor(COLORS[1]), atol=0.02, rtol=0)


def test_the_first_is_the_identity_and_a_share_is_a_share():
    palettes, crops = palettes_for(ramp()), ramp()
    torch.testing.assert_close(recolor(crops, palettes[:1]), crops)
    partly, wholly = palettes[1], palettes[2]
    identity = torch.eye(3, 4)
    torch.testing.assert_close(partly, identity + STRENGTHS[0] * (wholly - identity))


def test_recolor_is_a_matrix_product_a_pixel():
    crops, palettes = torch.rand(2, 3, 4, 5) * 0.5, torch.rand(3, 3, 4) * 0.3
    pixel = torch.cat([crops[1, :, 2, 3], torch.ones(1)])
    torch.testing.assert_close(recolor(crops, palettes)[2 * 2 + 1, :, 2, 3], palettes[2] @ pixel)


def test_the_search_finds_the_least_loss(make_objective):
    objective = make_objective()
    found = search_palettes(objective, seed=0)
    generator = torch.Generator().manual_seed(0)
    patches = objective.sampler.draw(generator)
    crops = patches.cut(objective.task.content, objective.clip.input_size)
    for region, palette in enumerate(found):
        own = crops[patches.regions == region][:6]
        losses = []
        for candidate in palettes_for(own):
            moved = objective.embed(recolor(own, candidate[None]))
            regions = torch.full((len(own),), region)
            losses.append(objective.directional(moved, objective.embed(own), regions).mean())
        best = palettes_for(own)[torch.stack(losses).argmin()]
        torch.testing.assert_close(palette, best)
