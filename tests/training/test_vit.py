"""The program that trains the ViT: its teachers, its student, and runs that are stopped."""

from __future__ import annotations

import csv
import sys
from functools import partial

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file
from sklearn.datasets import load_sample_image

from semcs.models.vit import BundledVit
from semcs.training import loop, vit
from semcs.training.vit import Student, target_affinity


def rand(*shape, seed=0):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed))


class TestDino:
    @pytest.fixture(autouse=True)
    def loaded(self, dino, monkeypatch):
        monkeypatch.setattr(vit, "DinoTeacher", lambda device: dino)

    def test_is_asked_about_the_crops_of_the_student_in_their_own_colours(self, dino):
        images = (255 * rand(4, 80, 80, 3)).byte().numpy()
        crop = rand(2, 3, 64, 64, seed=1)

        def cut(source, size):
            assert source is images
            assert size == 64
            return 255 * crop

        (keys,) = vit.Dino(images, "cpu").targets(cut, 4)
        torch.testing.assert_close(keys, dino(crop, 4))

    def test_chooses_no_photo_twice_unless_there_are_too_few(self):
        dino, rng = vit.Dino(np.zeros((4, 80, 80, 3), np.uint8), "cpu"), np.random.default_rng(0)
        assert sorted(dino.choose(4, rng)) == [0, 1, 2, 3]
        assert set(dino.choose(100, rng)) == {0, 1, 2, 3}


def test_affinity_of_keys_is_the_one_computed_by_hand():
    keys = rand(2, 7, 5) + 3
    affinity = target_affinity(keys)
    torch.testing.assert_close(affinity, affinity.transpose(1, 2))
    torch.testing.assert_close(affinity.diagonal(dim1=1, dim2=2), torch.ones(2, 7))
    for image, seen in zip(keys.double().numpy(), affinity):
        centred = image - image.mean(0)
        expected = [
            [a @ b / (np.linalg.norm(a) * np.linalg.norm(b)) for b in centred] for a in centred
        ]
        np.testing.assert_allclose(seen, expected, atol=1e-5)


class TestStudent:
    def test_learns_keys_and_affinity(self):
        torch.manual_seed(0)
        images, keys = rand(2, 3, 48, 48), rand(2, 9, 20, seed=1)
        student = Student(keys.std((0, 1)), keys.mean((0, 1)))
        optimiser, totals = torch.optim.Adam(student.parameters(), 1e-3), []
        for _ in range(6):
            losses = student.losses(images, keys)
            total = torch.stack([*losses.values()]).sum()
            optimiser.zero_grad()
            total.backward()
            optimiser.step()
            totals.append(total.item())
        assert losses.keys() == {"features", "cosine", "affinity"}
        assert totals[-1] < 0.9 * totals[0]

    def test_of_deeplab_has_the_layout_of_its_checkpoints(self):
        state = Student(torch.ones(256), torch.zeros(256), classes=21).state_dict()
        heads = {k: tuple(v.shape) for k, v in state.items() if not k.startswith("vit.")}
        assert heads == {
            "mean": (256,),
            "std": (256,),
            "features.weight": (256, 192),
            "features.bias": (256,),
            "classes.weight": (21, 192),
            "classes.bias": (21,),
        }


class StopHereError(Exception):
    """Stands for whatever ends a run."""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    (folder / "photos/flickr").mkdir(parents=True)
    with (folder / "manifest.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["path", "label", "captions"])
        for index in range(4):
            photo = load_sample_image(("china.jpg", "flower.jpg")[index % 2])
            left = 60 * index
            Image.fromarray(photo[:, left : left + 400]).save(folder / f"photos/flickr/{index}.jpg")
            rows.writerow([f"photos/flickr/{index}.jpg", "", ""])
    return folder


@pytest.fixture
def program(data, dino, monkeypatch):
    """Runs `semcs.training.vit --teacher paper` for three small steps, or until `stop_at`."""
    monkeypatch.setattr(vit, "DinoTeacher", lambda device: dino)
    monkeypatch.setattr(vit, "SIDES", (64, 80))
    monkeypatch.setattr(vit, "TOKENS_A_STEP", 2 * 5**2)
    monkeypatch.setattr(vit, "MEASURED_SIDE", 64)
    monkeypatch.setattr(vit, "train", partial(loop.train, save_every=2))
    jitter = vit.jitter_colors

    def run(out, *, stop_at=3, torch_seed=0):
        steps = iter(range(stop_at))

        def jitter_or_stop(*args):
            if next(steps, None) is None:
                raise StopHereError
            return jitter(*args)

        monkeypatch.setattr(vit, "jitter_colors", jitter_or_stop)
        options = ["--data", str(data), "--out", str(out), "--steps", "3", "--teacher", "paper"]
        monkeypatch.setattr(sys, "argv", ["vit", *options])
        torch.manual_seed(torch_seed)
        vit.main()

    return run


class TestProgram:
    def test_a_resumed_run_ends_as_one_that_was_not_stopped(self, program, tmp_path):
        program(tmp_path / "whole")
        with pytest.raises(StopHereError):
            program(tmp_path / "stopped", stop_at=2, torch_seed=2)
        assert torch.load(tmp_path / "stopped/vit_paper.pt", weights_only=True)["step"] == 2
        assert not (tmp_path / "stopped/vit.safetensors").exists()
        program(tmp_path / "stopped", stop_at=1, torch_seed=1)
        whole, resumed = (
            torch.load(tmp_path / run / "vit_paper.pt", weights_only=True)
            for run in ("whole", "stopped")
        )
        for part in ("model", "average"):
            for name, value in whole[part].items():
                assert torch.equal(value, resumed[part][name]), name
        written = [(tmp_path / r / "vit.safetensors").read_bytes() for r in ("whole", "stopped")]
        assert written[0] == written[1]

    def test_writes_a_bundled_vit_that_has_learnt(self, program, tmp_path):
        program(tmp_path)
        network = BundledVit().eval()
        network.load_state_dict(
            {k: v.float() for k, v in load_file(tmp_path / "vit.safetensors").items()}
        )
        assert network(rand(1, 3, 48, 64)).isfinite().all()
        (line,) = (tmp_path / "vit_paper.log").read_text().splitlines()
        assert all(name in line for name in ("features", "cosine", "affinity"))
        assert "classes" not in line
