"""Whether the losses prefer the better picture."""

from __future__ import annotations

from functools import partial
from statistics import fmean

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image

from benchmarks import order
from benchmarks.order import PatchLosses, losses_of, patch_loss, shares
from semcs.looks.registry import LOOKS
from semcs.style.objective import Objective, Task
from semcs.style.regions import Region
from semcs.training.data import PHOTOS, Item

SIDE = 64


def row(photo, rendering, instant, optimised):
    return PatchLosses("gold", photo, rendering, instant, optimised)


def test_shares_by_hand():
    rows = [
        row(photo=9.0, rendering=1.0, instant=2.0, optimised=3.0),
        row(photo=9.0, rendering=4.0, instant=2.0, optimised=3.0),
        row(photo=9.0, rendering=1.0, instant=3.0, optimised=3.0),
        row(photo=3.5, rendering=4.0, instant=2.0, optimised=3.0),
    ]
    assert shares(rows) == {
        "order_rendering": [1, 0, 1, 0],
        "order_instant": [1, 1, 0, 1],
        "photo_last": [1, 1, 1, 0],
    }


@pytest.fixture
def objective(tiny_family):
    """Of a noisy photo that is to look like gold all over, without rivals or threshold."""
    noise = torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(0))
    everywhere = torch.ones(1, 1, SIDE, SIDE)
    region = Region(everywhere[0, 0].numpy(), "gold")
    preset = order.from_photo(tiny_family, own_steps=True).change(
        rival_share=0.0, patch_threshold=0.0, patches=4, mixed_precision=False
    )
    task = Task(noise, noise, everywhere, (region,))
    return Objective(task, preset, tiny_family.clip, tiny_family.content, templates=("{}",), seed=5)


def test_the_patch_loss_is_the_mean_over_the_same_crops_at_every_call(objective, tiny_family):
    picture = torch.rand(1, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(1))
    found = patch_loss(objective, picture)
    objective.generator.manual_seed(99)
    assert patch_loss(objective, picture) == found

    clip, crops = tiny_family.clip, torch.Generator().manual_seed(order.CROPS_SEED)
    direction = clip.encode_text(["gold"]) - clip.encode_text(["a photo"])
    before, each = clip.encode_image(objective.task.content), []
    for _ in range(order.DRAWS):
        seen = objective.sampler.draw(crops).cut(picture, clip.input_size)
        moved = clip.encode_image(seen) - before
        assert moved.norm(dim=1).min() > 0  # under 0.2 a cosine counts for less
        length = moved.norm(dim=1, keepdim=True).clamp(min=0.2)
        each.append(float((1 - (moved / length) @ F.normalize(direction).T).mean()))
    expected = objective.preset.losses.patch_weight * fmean(each)
    assert found == pytest.approx(expected, rel=1e-5)


def test_the_optimised_picture_begins_at_the_photo(tiny_family):
    pushed, own = (order.from_photo(tiny_family, own_steps=own) for own in (False, True))
    assert pushed.network.start == own.network.start == "photo"
    assert pushed.optimiser.steps == order.MORE_STEPS["steps"]
    assert pushed.optimiser.learning_rate == order.MORE_STEPS["learning_rate"]
    assert own.optimiser.steps == tiny_family.settings["steps"]
    assert own.losses == pushed.losses


def test_each_look_gets_a_photo_of_its_own(monkeypatch, in_this_process, tmp_path):
    held_out = [f"photo {index}" for index in range(10)]
    monkeypatch.setattr(order, "read_manifest", lambda data, folders: [*map(str, folders)])
    monkeypatch.setattr(order, "held_out", lambda items: held_out)
    monkeypatch.setattr(order, "losses_of", lambda side, own_steps, work: (side, own_steps, *work))
    in_this_process(order)
    found = order.measure(tmp_path, limit=3, side=32, own_steps=True)
    names = sorted(LOOKS)
    assert {one[:2] for one in found} == {(32, True)}
    assert [one[3] for one in found] == names[:: len(names) // 3][:3]
    assert [one[4] for one in found] == ["photo 0", "photo 3", "photo 6"]


def test_a_made_up_photo_has_four_losses(tiny_family, monkeypatch, tmp_path):
    file = tmp_path / "photo.png"
    noise = np.random.default_rng(0).integers(256, size=(80, 80, 3)).astype(np.uint8)
    Image.fromarray(noise).save(file)
    tiny_family.settings.update(steps=2, patches=4)
    monkeypatch.setattr(order, "_family", lambda: tiny_family)
    work = partial(losses_of, SIDE, True)
    found = work((3, "gold", Item(file, PHOTOS[0], "", ())))
    each = (found.photo, found.rendering, found.instant, found.optimised)
    assert found.look == "gold"
    assert np.isfinite(each).all()
    assert len(set(each)) == 4
    assert work((3, "gold", Item(file, PHOTOS[0], "", ()))) == found


def test_the_command_prints_losses_and_shares(monkeypatch, capsys):
    rows = [row(9.0, 1.0, 2.0, 3.0), row(9.0, 4.0, 2.0, 3.0)]
    monkeypatch.setattr(order, "measure", lambda *_, **__: rows)
    order.main(["--data", "x"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        "gold",
        "photo",
        "9",
        "rendering",
        "1",
        "instant",
        "2",
        "optimised",
        "3",
    ]
    assert lines[2].split()[:2] == ["order_rendering", "0.500"]


def test_a_folder_of_no_data_is_one_clear_line(tmp_path):
    with pytest.raises(SystemExit, match=r"error: no manifest\.csv"):
        order.main(["--data", str(tmp_path)])
