"""A learned style is given wherever a style is given."""

import numpy as np
import torch

import semcs
from semcs.image import to_tensor


def test_it_paints_without_being_optimised(learn, tiny_family, photo, photo_tensor):
    style = learn(steps=2)
    result = semcs.Stylizer(tiny_family)(photo, style, progress=False)
    wanted = style.paint(photo_tensor)
    painted = to_tensor(np.asarray(result.image, np.float32) / 255)
    torch.testing.assert_close(painted, wanted, atol=0.51 / 255, rtol=0)
    assert result.history == []
    assert result.regions[0].text == "gold"


def test_beside_a_text(learn, tiny_family, photo, disc):
    style = learn(steps=2)
    options = {"mask": disc, "models": tiny_family, "progress": False, "steps": 0}
    learned = semcs.stylize(photo, fg=style, bg="snow", **options)
    by_text = semcs.stylize(photo, fg="gold", bg="snow", **options)
    changed = np.abs(np.asarray(learned, int) - np.asarray(by_text)).max(2)
    assert changed[disc == 1].mean() > 1
    assert (changed[disc == 0] == 0).all()
