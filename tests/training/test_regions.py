"""The program that trains the region network: both stages in small, stopped and resumed."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from semcs.errors import InputError
from semcs.models.region_network import RegionNetwork, Separable
from semcs.models.region_words import KINDS
from semcs.training import regions
from semcs.training.deeplab import FILE, DeepLab
from semcs.training.loop import Schedule, save_weights
from semcs.training.region_data import Packed, Picture
from semcs.training.region_kinds import PERSON, UNKNOWN, VOC
from semcs.training.regions import ALL, WORDS, new_network, with_norms, without_norms


class StopHereError(Exception):
    """Stands for whatever ends a run."""


def made_pack():
    """A few pictures of each pool: skies, blue, over grass, green; red people."""
    rng = np.random.default_rng(0)
    rgb = np.zeros((64, 64, 3), np.uint8)
    rgb[:32], rgb[32:] = (90, 150, 240), (40, 160, 50)
    labels = np.full((64, 64), KINDS.index("sky"), np.uint8)
    labels[32:] = KINDS.index("grass")
    alpha = np.zeros((64, 64), np.uint8)
    alpha[10:60, 20:50] = 255
    person = np.where(alpha > 0, PERSON, UNKNOWN).astype(np.uint8)
    plain = Packed.of(Picture(rng.integers(0, 255, (64, 64, 3), np.uint8)))
    street = Packed.of(Picture(rgb, labels))
    cutout = Packed.of(Picture(np.full_like(rgb, (220, 40, 40)), person, alpha))
    return {
        **{"camvid": [street], "labelled": [street] * 2, "cutout": [cutout]},
        **{"plain": [plain], "texture": [plain]},
    }


@pytest.fixture
def deeplab():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        return DeepLab()


@pytest.fixture
def run(monkeypatch, deeplab, tmp_path):
    """Runs the program in a folder with the converted DeepLab in it, with small batches."""
    monkeypatch.setattr(regions, "load_pack", lambda data, cache: made_pack())
    monkeypatch.setattr("semcs.training.region_data.CANVAS", 64)
    for stage in ("ALL", "WORDS"):
        small = getattr(regions, stage)._replace(batch=4, side=32, mixed=False, warmup=1)
        monkeypatch.setattr(regions, stage, small)

    def run(name, *options, steps=1):
        out = tmp_path / name
        save_weights(deeplab.state_dict(), out / FILE)
        options = ["--data", "none", "--out", str(out), "--steps", str(steps), *options]
        monkeypatch.setattr(sys, "argv", ["regions", *options])
        with torch.random.fork_rng(devices=[]):
            regions.main()
        return out

    return run


def stop_in(monkeypatch, step):
    """Let runs end in a step, and save after each one before it."""
    count = iter(range(10**6))

    def lessons(*args):
        losses = lessons.real(*args)

        def step_losses(*now):
            if next(count) == step:
                raise StopHereError
            return losses(*now)

        return step_losses

    lessons.real = regions.lessons
    monkeypatch.setattr(regions, "lessons", lessons)
    monkeypatch.setattr(regions, "SAVE_EVERY", 1)


def same_files(first, second):
    first, second = (
        load_file(first / "regions.safetensors"),
        load_file(second / "regions.safetensors"),
    )
    return first.keys() == second.keys() and all(torch.equal(first[k], second[k]) for k in first)


def test_stopped_runs_of_both_stages_end_as_those_that_were_not(run, monkeypatch, tmp_path):
    whole = run("whole", steps=2)
    with monkeypatch.context() as stopping:
        stop_in(stopping, 1)
        with pytest.raises(StopHereError):
            run("stopped", steps=2)
    assert torch.load(tmp_path / "stopped" / ALL.checkpoint, weights_only=True)["step"] == 1
    stopped = run("stopped", steps=2)
    assert same_files(whole, stopped)
    before = load_file(whole / "regions.safetensors")
    network = RegionNetwork().state_dict()
    assert {k: v.shape for k, v in before.items()} == {k: v.shape for k, v in network.items()}
    assert {value.dtype for value in before.values()} == {torch.float16}
    run("whole", "--words-only", steps=2)
    with monkeypatch.context() as stopping:
        stop_in(stopping, 1)
        with pytest.raises(StopHereError):
            run("stopped", "--words-only", steps=2)
    run("stopped", "--words-only", steps=2)
    assert same_files(whole, stopped)
    after = load_file(whole / "regions.safetensors")
    changed = {name.split(".")[0] for name in after if not torch.equal(after[name], before[name])}
    assert changed == {"word_head"}


def test_words_alone_need_a_run_of_all(run):
    with pytest.raises(InputError, match="without --words-only"):
        run("empty", "--words-only")


def test_losses_fall(run, monkeypatch):
    seen = []

    def lessons(stage, learner, sampler):
        torch.manual_seed(9)
        sample = sampler.draw(stage.batch)

        def step_losses(*_):
            torch.manual_seed(9)
            losses = learner(sample)
            seen.append(sum(value.item() for value in losses.values()))
            return losses

        return step_losses

    monkeypatch.setattr(regions, "lessons", lessons)
    run("run", steps=6)
    assert min(seen[-3:]) < 0.8 * seen[0]


class TestSlowerBackbone:
    def test_its_weights_move_less_by_its_share(self):
        network = with_norms(RegionNetwork())
        state = regions.RegionState(network, Schedule(10, lr=1e-3, weight_decay=0.0, warmup=0))
        before = {name: value.clone() for name, value in network.state_dict().items()}
        state.minimise({"all": sum(p.sum() for p in network.parameters())})
        moved = {
            part: float((network.state_dict()[name] - before[name]).abs().max())
            for part, name in (("backbone", "backbone.stem.bias"), ("head", "outline.mix.bias"))
        }
        # The first step of Adam is as long as the learning rate.
        assert moved["head"] == pytest.approx(1e-3, rel=1e-2)
        assert moved["backbone"] == pytest.approx(0.15e-3, rel=1e-2)


@torch.no_grad()
def test_a_folded_network_gives_what_the_network_gives():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = with_norms(RegionNetwork())
        for module in network.modules():
            if isinstance(module, Separable):
                for value in module.norm.state_dict().values():
                    if value.is_floating_point():
                        value.copy_(0.5 + torch.rand_like(value))
        images, hints = torch.rand(1, 3, 64, 64), torch.rand(1, 5, 16, 16)
    answers = []
    for net in (network.eval(), without_norms(network)):
        maps = net.see(images)
        region, seen = net.select(maps, hints)
        answers.append((net.words(maps), region, net.refine(images, maps, region, seen)))
    for unfolded, folded in zip(*answers):
        torch.testing.assert_close(folded, unfolded, atol=1e-4, rtol=1e-4)
    assert any(isinstance(m, torch.nn.BatchNorm2d) for m in network.modules())


def test_the_network_begins_with_deeplab(deeplab):
    network = new_network(deeplab)
    for name, value in deeplab.backbone.state_dict().items():
        assert torch.equal(network.backbone.state_dict()[name], value)
    coarse = network.word_head.coarse
    dog, theirs = KINDS.index("dog"), VOC.index("dog")
    assert torch.equal(coarse.weight[dog], deeplab.classes.weight[theirs])
    assert torch.equal(coarse.bias[dog], deeplab.classes.bias[theirs])


@pytest.mark.parametrize("stage", [ALL, WORDS])
def test_stages_show_every_pool(stage):
    assert list(stage.shares) == ["camvid", "labelled", "cutout", "plain"]
    assert sum(stage.shares.values()) == pytest.approx(1)
