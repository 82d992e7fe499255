from __future__ import annotations

import json
import runpy
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from benchmarks.eigen import photo_features
from benchmarks.scoring import Measure
from benchmarks.speed import alone, clock, command, floor, reference, same_quality, step
from benchmarks.speed.floor import Layer, floor_of, gflop_of, layers_of, pass_alone
from benchmarks.speed.inputs import _seeded, _vgg, photo
from benchmarks.speed.measurements import MEASUREMENTS, MEASURES, Measurement
from benchmarks.speed.reference import PublishedProgram
from benchmarks.speed.same_quality import PUSHED, Reading, Yardstick, steps_timed
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Optimisation
from semcs.style.presets import preset

KEYS = {
    "step_speedup",
    "step_over_floor",
    "quality_speedup",
    "bundled_512_s",
    "bundled_512_rss_mb",
    "instant_512_s",
    "instant_command_s",
    "instant_mp12_s",
    "instant_mp12_rss_mb",
    "look_median_s",
    "look_slowest_s",
    "instant_over_peer",
    "mask_480_s",
    "eig_3600_speedup",
    "eig_30000_s",
    "eig_30000_rss_mb",
    "mp12_extra_s",
    "mp12_rss_mb",
    "import_s",
    "help_s",
}
TEXTS = ("gold", "snow")


@pytest.fixture
def task():
    """A noisy picture (64×96) of two halves, with a text each."""
    noise = torch.rand(1, 3, 64, 96, generator=torch.Generator().manual_seed(0))
    left = torch.zeros(1, 1, 64, 96)
    left[..., :48] = 1
    starts = noise.expand(2, -1, -1, -1)
    return Task(noise, starts, torch.cat([left, 1 - left]), TEXTS, (1.0, 1.0))


@pytest.fixture
def make_published(tiny_family, task):
    def make(**options):
        settings = preset("semcs-reference", "bundled", **{"patches": 6, **options})
        directions = tiny_family.clip.encode_text(TEXTS) - tiny_family.clip.encode_text(["a photo"])
        clip, content = tiny_family.clip, tiny_family.content
        return PublishedProgram(task, settings, clip, content, directions)

    return make


def test_the_published_losses_are_those_of_the_reference_preset(tiny_family, task, make_published):
    # The timed loop computes in float32 throughout.
    settings = preset(
        "semcs-reference",
        "bundled",
        half=False,
        mixed_precision=False,
        patches=6,
        patch_threshold=0.0,
    )
    picture = torch.rand(1, 3, 64, 96, generator=torch.Generator().manual_seed(1))
    clip, network = tiny_family.clip, tiny_family.content

    def both(settings):
        objective = Objective(task, settings, clip, network, templates=("{}",), seed=3)
        crops = objective.sampler.draw(torch.Generator().manual_seed(3)).cut(picture, 32)
        published = make_published(patch_threshold=settings.patch_threshold)
        return published.losses(picture, crops), objective(picture.expand(2, -1, -1, -1))[0]

    _, all_count = both(settings)
    middle = all_count["patch"].item() / settings.patch_weight
    found, expected = both(replace(settings, patch_threshold=middle))
    assert 0 < expected["patch"] < all_count["patch"]
    assert found.keys() == expected.keys()
    for name, loss in expected.items():
        assert loss.item() > 0
        assert found[name].item() == pytest.approx(loss.item(), rel=1e-5), name


def test_a_published_step_learns_at_the_presets_rate(make_published):
    published = make_published(halve_every=1, learning_rate=0.01)
    before = [weights.clone() for weights in published.style_net.parameters()]
    losses = [published.step() for _ in range(2)]
    assert published.optimiser.param_groups[0]["lr"] == published.preset.rate(2) == 0.01 / 4
    assert all(set(each) == {"direction", "patch", "content", "tv"} for each in losses)
    assert losses[0] != losses[1]
    after = published.style_net.parameters()
    assert any(not torch.equal(old, new) for old, new in zip(before, after))


def test_published_crops_are_drawn_from_each_region_in_perspective(make_published, task):
    red, green = torch.eye(3)[:2].view(2, 3, 1, 1)
    painted = (task.masks[:1] * red + task.masks[1:] * green).requires_grad_()
    crops = make_published(patch_size=32, patches=8).crops(painted)
    assert crops.shape == (8, 3, 32, 32)
    reds, greens, blues = crops.mean((2, 3)).T
    assert (reds > greens).tolist() == [True, False] * 4
    assert (crops.sum(1) < 0.5).float().mean() > 0.1  # black around the perspectives
    assert (blues == 0).all()
    crops.sum().backward()
    assert painted.grad.abs().sum() > 0


def test_drawing_ends_where_a_region_has_no_crop(make_published, task, monkeypatch):
    monkeypatch.setattr(reference, "MOST_REJECTED", 5)
    task.masks[0], task.masks[1] = 0, 1
    published = make_published(patches=6)
    assert published.crops(task.content).shape[0] == 6
    assert published.rejected == 5
    published.crops(task.content)
    assert published.rejected == 10  # every step has its own allowance
    published.steps = 2
    assert published.warps_a_step == 2 * 6 + 5


def conv(trained: bool):
    return nn.Conv2d(4, 4, 3, padding=1).requires_grad_(trained)


@pytest.mark.parametrize(
    ("trained", "into_input", "passes"),
    [(False, False, 1), (False, True, 2), (True, False, 2), (True, True, 3)],
)
def test_operations_of_a_convolution_have_a_closed_form(trained, into_input, passes):
    layer = Layer(conv(trained), torch.Size([2, 4, 10, 12]), into_input)
    forward = 2 * (2 * 10 * 12) * (4 * 4 * 9) / 1e9
    for layout in (torch.contiguous_format, torch.channels_last):
        alone_pass = pass_alone(layer, torch.float32, layout)
        assert gflop_of(alone_pass) == pytest.approx(passes * forward)


def test_operations_of_a_linear_layer_have_a_closed_form():
    layer = Layer(nn.Linear(8, 5).requires_grad_(False), torch.Size([3, 7, 8]), True)
    both = gflop_of(pass_alone(layer, torch.bfloat16, torch.contiguous_format))
    assert both == pytest.approx(2 * 2 * (3 * 7) * 8 * 5 / 1e9)


def test_layers_are_met_as_they_are_called():
    network = nn.Sequential(conv(True), nn.ReLU(), conv(True), conv(True), nn.Flatten())
    network.append(nn.Linear(4 * 6 * 6, 2))
    met = layers_of(network, lambda: network(torch.zeros(1, 4, 6, 6)))
    assert [type(layer.module).__name__ for layer in met] == ["Conv2d"] * 3 + ["Linear"]
    assert [layer.into_input for layer in met] == [False, True, True, True]
    assert met[1].kind == met[2].kind
    assert len({layer.kind for layer in met}) == 3
    assert not network[0]._forward_pre_hooks


def test_the_rate_is_that_of_all_layers_and_the_floor_the_quotient(monkeypatch):
    network = nn.Sequential(conv(True), conv(True), nn.ReLU(), conv(True))
    seconds = iter([5.0, 2.0, 1.0, 3.0])  # of both layouts: the first layer's, the others'
    monkeypatch.setattr(floor, "_median_seconds", lambda action, repeats: next(seconds))
    found = floor_of(network, lambda: network(torch.zeros(1, 4, 6, 6)), torch.float32)
    forward = 2 * 36 * (4 * 4 * 9) / 1e9
    assert found.gflop == pytest.approx((2 + 3 + 3) * forward)
    assert found.gflop_per_s == pytest.approx((2 + 3 + 3) * forward / (2 + 1 + 1))
    assert found.seconds == pytest.approx(4)
    assert network[0].weight.grad is None


def test_a_steps_floors_count_all_crops_and_every_region(tiny_family, task):
    settings = preset("semcs", "bundled", patches=6)
    clip, network = tiny_family.clip, tiny_family.content
    ours = Optimisation(Objective(task, settings, clip, network, templates=("{}",)))
    floors = step.step_floors(ours)
    assert set(floors) == {"StyleNet", "image tower", "content network"}
    # Two convolutions on an 8×8 grid; forward, and back to the images.
    one = 2 * 2 * 64 * (3 * 16 * 8 + 8 * 9 * 16) / 1e9
    assert floors["image tower"].gflop == pytest.approx((6 + 2) * one)
    assert all(part.seconds > 0 for part in floors.values())


def test_actions_take_turns():
    said = []
    actions = {name: lambda name=name: said.append(name) for name in "ab"}
    seconds = clock.in_turns(actions, 3)
    assert "".join(said) == "ababab"
    assert {name: len(times) for name, times in seconds.items()} == {"a": 3, "b": 3}


def test_the_yardstick_reads_the_photo_as_unmoved_and_unlost(tiny_family, task):
    yardstick = Yardstick(task, tiny_family)
    photo_itself = yardstick(task.content)
    assert photo_itself.objective == pytest.approx(1, abs=1e-6)
    assert photo_itself.content == pytest.approx(0, abs=1e-6)
    other = torch.rand(1, 3, 64, 96, generator=torch.Generator().manual_seed(1))
    assert yardstick(other).content > 0.001
    assert yardstick(other) == yardstick(other)
    # Each region against its own text: another text elsewhere changes that region's part alone.
    half = yardstick(task.content + task.masks[:1] * (other - task.content))
    rest = yardstick(task.content + task.masks[1:] * (other - task.content))
    both = half.objective + rest.objective - 1
    assert yardstick(other).objective == pytest.approx(both, abs=1e-5)


def test_as_good_means_in_both_figures():
    goal = Reading(0.5, 0.3)
    assert Reading(0.5, 0.3).as_good_as(goal)
    assert not Reading(0.4, 0.31).as_good_as(goal)
    assert not Reading(0.51, 0.2).as_good_as(goal)


def test_the_callers_seconds_do_not_count(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(same_quality.time, "perf_counter", lambda: now[0])

    def run():
        for _ in range(3):
            now[0] += 2
            yield "step"

    found = []
    for seconds in steps_timed(run()):
        found.append(seconds)
        now[0] += 100
    assert found == [2, 4, 6]


@pytest.fixture
def scripted(monkeypatch, tiny_family):
    """Runs the comparison with readings of one's own, the reference's first."""
    for module in (step, same_quality):
        monkeypatch.setattr(
            module, "saliency_mask", lambda rgb: np.eye(*rgb.shape[:2], dtype=np.float32)
        )

    def run(readings):
        given = iter(readings)
        monkeypatch.setattr(same_quality, "Yardstick", lambda *_: lambda picture: next(given))
        return same_quality.same_quality(tiny_family, side=64, timed=1, reference_steps=2)

    return run


def test_the_first_step_that_is_as_good_counts(scripted):
    found = scripted([Reading(0.5, 0.5), Reading(0.6, 0.1), Reading(0.4, 0.6), Reading(0.4, 0.5)])
    assert found["semcs"]["steps"] == 3
    theirs = found["reference"]
    assert theirs["steps"] == 3  # one more than asked, as the program does
    assert theirs["seconds"] == pytest.approx(3 * np.median(theirs["step_seconds"]))
    assert len(theirs["step_seconds"]) == 2
    assert found["quality_speedup"] == theirs["seconds"] / found["semcs"]["seconds"]


def test_never_as_good_is_null(scripted):
    found = scripted([Reading(0.5, 0.5)] + [Reading(0.4, 0.6)] * PUSHED["steps"])
    assert found["quality_speedup"] is None
    assert found["semcs"]["seconds"] is None
    assert found["semcs"]["steps"] == found["semcs"]["steps_of"] > 0


@pytest.mark.skipif(not alone.STATUS.is_file(), reason="Linux tells the peak of a process alone")
def test_a_job_alone_costs_what_it_takes_itself():
    features, image = photo_features(6, 9)
    cost = alone.run_alone("eigenvectors", {"features": features, "image": image})
    assert 0 < cost.seconds < 60
    # This process has loaded torch, that one hasn't: nothing is inherited.
    assert 20 < cost.rss_mb < alone.peak_mb()


def test_a_job_that_fails_says_why():
    features, image = photo_features(6, 9)
    with pytest.raises(RuntimeError, match=r"eigenvectors: .*don't fill a grid"):
        alone.run_alone("eigenvectors", {"features": features[:-1], "image": image})


def test_inputs_are_the_same_at_every_call():
    features, image = photo_features(6, 9)
    assert features.shape == (54, 384)
    assert features.dtype == np.float32
    assert image.shape == (6, 9, 3)
    np.testing.assert_array_equal(features, photo_features(6, 9)[0])
    assert photo(30, 40).shape == (30, 40, 3)
    first, second = (_seeded(_vgg).state_dict() for _ in range(2))
    assert all(torch.equal(first[key], second[key]) for key in first)


@pytest.fixture
def instant(monkeypatch):
    """All measurements with a figure of one's own, and whether they were asked to be quick."""
    asked = []

    def made(keys):
        def run(quick):
            asked.append(quick)
            return {**dict.fromkeys(keys, 1.5), "seconds": [1.5]}

        return Measurement(run, keys)

    fakes = {name: made(each.keys) for name, each in MEASUREMENTS.items()}
    monkeypatch.setattr(command, "MEASUREMENTS", fakes)
    return asked


def test_json_has_exactly_the_keys(instant, capsys):
    assert command.main(["--json", "--quick"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    details = found.pop("details")
    assert found == dict.fromkeys(KEYS, 1.5)
    assert instant == [True] * len(MEASUREMENTS)
    assert set(MEASUREMENTS) <= set(details)
    assert details["step"]["seconds"] == [1.5]
    assert "step_speedup" in said.err


def test_only_some_are_measured(instant, capsys):
    command.main(["--json", "--only", "mp12", "step"])
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"step_speedup", "step_over_floor", "mp12_extra_s", "mp12_rss_mb"} | {
        "details"
    }
    assert instant == [False] * 2


def test_the_table_has_every_figure_and_says_never(instant, capsys, monkeypatch):
    never = Measurement(lambda quick: {"quality_speedup": None}, ("quality_speedup",))
    monkeypatch.setitem(command.MEASUREMENTS, "quality", never)
    asked = {"help_s": Measure("", 1.0, at_most=True), "import_s": Measure("", 1.0)}
    monkeypatch.setattr(command, "MEASURES", {**MEASURES, **asked})
    command.main([])
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert set(lines) >= KEYS
    assert "never" in lines["quality_speedup"]
    assert "≤ 1 " in lines["help_s"]
    assert "(short)" in lines["help_s"]
    assert "(short)" not in lines["import_s"]


def test_every_figure_is_told_what_it_is():
    given = [key for measurement in MEASUREMENTS.values() for key in measurement.keys]
    assert set(MEASURES) == set(given) == KEYS
    assert len(given) == len(KEYS)


@pytest.mark.parametrize("arguments", [["--only"], ["--only", "nothing"], ["--fast"]])
def test_wrong_arguments_are_told(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        command.main(arguments)
    assert stopped.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_a_failure_is_one_clear_line(monkeypatch):
    def fail(quick):
        raise RuntimeError("stylize: no such preset")

    monkeypatch.setattr(command, "MEASUREMENTS", {"step": Measurement(fail, ("step_speedup",))})
    with pytest.raises(SystemExit, match=r"^error: stylize: no such preset$"):
        command.main(["--only", "step"])


def test_it_runs_as_a_module(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["speed", "--only", "help", "--quick", "--json"])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module("benchmarks.speed", run_name="__main__")
    assert stopped.value.code == 0
    assert set(json.loads(capsys.readouterr().out)) == {"help_s", "details"}
