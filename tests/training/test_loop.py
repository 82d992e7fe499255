from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from semcs.training import loop
from semcs.training.loop import Schedule, export, train

STEPS = 8
SCHEDULE = Schedule(steps=STEPS, lr=0.01, warmup=3, average_decay=0.6)


class StopHereError(Exception):
    """Stands for whatever ends a run."""


def new_model():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.Dropout(0.3), nn.Linear(6, 2))


def run(file, model=None, *, stop_at=None, seen=None, seed=0, save_every=3):
    """Train on noise; `seen` gets a copy of the weights as they are before each step."""
    model = new_model() if model is None else model

    def step_losses(step, rng):
        if step == stop_at:
            raise StopHereError
        if seen is not None:
            seen.append({k: v.clone() for k, v in model.state_dict().items()})
        inputs = torch.from_numpy(rng.normal(size=(5, 4)).astype(np.float32))
        noise = torch.randn(5, 2)  # the global generator is seeded by step too
        return {"fit": (model(inputs) - noise).square().mean(), "size": model[0].weight.norm()}

    return train(model, step_losses, SCHEDULE, file, seed=seed, save_every=save_every)


def assert_same(first, second):
    assert first.keys() == second.keys()
    for name, value in first.items():
        assert torch.equal(value, second[name]), name


def state_of(file):
    return torch.load(file, weights_only=True)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "run.pt"


class TestResume:
    @pytest.mark.parametrize("stop_at", [1, 3, 5, 7])
    def test_a_stopped_run_ends_as_one_that_was_not(self, tmp_path, stop_at):
        whole = run(tmp_path / "whole.pt")
        with pytest.raises(StopHereError):
            run(tmp_path / "stopped.pt", stop_at=stop_at)
        torch.manual_seed(123)
        resumed = run(tmp_path / "stopped.pt")
        assert_same(whole.state_dict(), resumed.state_dict())
        whole, resumed = state_of(tmp_path / "whole.pt"), state_of(tmp_path / "stopped.pt")
        assert whole["step"] == resumed["step"] == STEPS
        assert_same(whole["model"], resumed["model"])

    def test_goes_on_where_it_was_saved(self, file):
        with pytest.raises(StopHereError):
            run(file, stop_at=5)
        assert state_of(file)["step"] == 3
        seen = []
        run(file, seen=seen)
        assert len(seen) == STEPS - 3

    def test_a_finished_run_is_only_loaded(self, file):
        first, seen = run(file), []
        again = run(file, seen=seen)
        assert seen == []
        assert_same(first.state_dict(), again.state_dict())

    def test_the_seed_matters(self, tmp_path):
        first, second = (run(tmp_path / f"{seed}.pt", seed=seed) for seed in (0, 1))
        assert not torch.equal(first[0].weight, second[0].weight)

    def test_the_log_names_the_losses(self, file):
        run(file)
        (line,) = file.with_suffix(".log").read_text().splitlines()
        assert line.startswith("0 ")
        assert "fit " in line
        assert "size " in line


def test_a_checkpoint_is_written_whole_or_not_at_all(file, monkeypatch):
    with pytest.raises(StopHereError):
        run(file, stop_at=4)
    before = file.read_bytes()

    def save(_, partial):
        partial.write_bytes(b"half a file")
        raise StopHereError

    monkeypatch.setattr(loop.torch, "save", save)
    with pytest.raises(StopHereError):
        run(file)
    assert file.read_bytes() == before
    monkeypatch.undo()
    run(file)
    assert [path.name for path in sorted(file.parent.iterdir())] == ["run.log", "run.pt"]


def test_average_by_hand(file):
    seen = []
    averaged = run(file, seen=seen)
    weights = [*seen[1:], state_of(file)["model"]]
    expected = {name: value.double() for name, value in seen[0].items()}
    for step, after in enumerate(weights):
        decay = min(0.6, (1 + step) / (10 + step))
        for name, value in after.items():
            expected[name] = decay * expected[name] + (1 - decay) * value.double()
    for name, value in averaged.state_dict().items():
        if value.is_floating_point():
            torch.testing.assert_close(value.double(), expected[name], atol=1e-6, rtol=1e-5)
    assert averaged[1].num_batches_tracked == STEPS
    assert not averaged.training


def test_rate():
    schedule = Schedule(steps=110, lr=0.2, warmup=10)
    assert [schedule.rate(step) for step in (0, 4, 9)] == pytest.approx([0.02, 0.1, 0.2])
    for step in (10, 35, 60, 109):
        assert schedule.rate(step) == pytest.approx(
            0.2 * math.cos(math.pi * (step - 10) / 200) ** 2
        )
    assert schedule.rate(60) == pytest.approx(0.1)
    assert schedule.rate(110) == pytest.approx(0, abs=1e-12)


def test_matrices_alone_decay(file):
    model = new_model()
    before = {k: v.clone() for k, v in model.state_dict().items()}
    schedule = Schedule(steps=1, lr=0.1, weight_decay=0.5, warmup=1)
    nothing = {"nothing": lambda: sum(0 * p.sum() for p in model.parameters())}
    train(model, lambda *_: {k: v() for k, v in nothing.items()}, schedule, file)
    after = state_of(file)["model"]
    for name in before:
        shrunk = before[name].ndim == 2
        torch.testing.assert_close(after[name], before[name] * (0.95 if shrunk else 1))


class TestExport:
    def test_halves_floats_and_keeps_integers(self, tmp_path):
        model = new_model()
        model.load_state_dict(model.state_dict())
        model[1].num_batches_tracked.fill_(70_001)
        export(model, tmp_path / "new" / "model.safetensors")
        loaded = load_file(tmp_path / "new" / "model.safetensors")
        for name, value in model.state_dict().items():
            expected = value.half() if value.is_floating_point() else value
            assert torch.equal(loaded[name], expected)
            assert loaded[name].dtype == expected.dtype
        assert loaded.keys() == model.state_dict().keys()

    def test_channels_last_weights(self, tmp_path):
        network = nn.Conv2d(4, 6, 3).to(memory_format=torch.channels_last)
        export(network, tmp_path / "model.safetensors")
        loaded = load_file(tmp_path / "model.safetensors")
        assert torch.equal(loaded["weight"], network.weight.detach().half())

    def test_writes_whole_files(self, tmp_path, monkeypatch):
        file = tmp_path / "model.safetensors"
        file.write_bytes(b"what was there")

        def save_file(_, partial):
            partial.write_bytes(b"half a file")
            raise StopHereError

        monkeypatch.setattr(loop, "save_file", save_file)
        with pytest.raises(StopHereError):
            export(new_model(), file)
        assert file.read_bytes() == b"what was there"
