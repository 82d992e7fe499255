"""CONTRIBUTING.md is true, and so are the Makefile, the hooks and the workflow that it leads to."""

from __future__ import annotations

import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import yaml

import semcs
from semcs.looks.registry import LOOKS
from semcs.looks.rendering import render_region
from semcs.metrics import iou
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Optimisation
from semcs.style.options import Losses

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = dict(re.findall(r"^([a-z-]+):.*## (.*)$", MAKEFILE, re.M))


def read_yaml(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made():
    """What the examples make, by name."""
    looks = dict(LOOKS)
    examples = re.findall(r"^```python\n(.*?)^```", GUIDE, re.M | re.S)
    assert len(examples) == 6
    names = {}
    exec(compile("\n".join(examples), "CONTRIBUTING.md", "exec", dont_inherit=True), names)
    yield names
    LOOKS.clear()
    LOOKS.update(looks)


@pytest.fixture
def task():
    """A grey picture of one region."""
    content = torch.full((1, 3, 32, 32), 0.5)
    mask = torch.ones(1, 1, 32, 32)
    return Task(content, content, mask, (semcs.Region(mask, "gold"),))


def test_the_guide_is_one_screen():
    assert len(GUIDE.splitlines()) <= 60


def test_what_the_guide_names_is_there():
    paths = [
        path
        for path in [*re.findall(r"`([^`\s]+)`", GUIDE), *re.findall(r"\]\((.+?)\)", GUIDE)]
        if "/" in path and not path.startswith(".venv/")
    ]
    assert len(paths) > 12
    assert [path for path in paths if not (ROOT / path).exists()] == []
    packages = {f"semcs/{init.parent.name}/" for init in (ROOT / "semcs").glob("*/__init__.py")}
    assert packages <= set(paths)
    assert Losses.tv_weight > 0
    assert "tv_weight" in inspect.getsource(Objective.forward)


def test_the_look(made):
    """Squares of 16 pixels at the scale of the picture, every other one of 0.6."""
    white = np.ones((512, 512, 3), np.float32)
    painted = render_region(white, "checks", detail=0)
    assert painted[:16, :16] == pytest.approx(0.6)
    assert painted[:16, 16:32] == pytest.approx(1)
    assert made["checks"](white, np.random.default_rng(0), 2.0)[:32, :32] == pytest.approx(0.6)
    assert LOOKS["checks"].detail == 0.4


def test_the_loss(made, task, tiny_family):
    """With a line in `Objective.forward`, the picture loses its blue."""
    red = torch.tensor([1.0, 0.0, 0.0]).view(1, 3, 1, 1).expand(1, 3, 8, 8)
    assert made["BlueLoss"]()(red) == -1

    class WithBlue(Objective):
        def forward(self, styled):
            weighed, picture = super().forward(styled)
            return {**weighed, "blue": 100 * made["BlueLoss"]()(picture)}, picture

    options = {"steps": 4, "patches": 2, "learning_rate": 0.01}
    preset = made["brief"].change(**options).resolve(tiny_family.settings)
    objective = WithBlue(task, preset, tiny_family.clip, tiny_family.content)
    seen = [step.losses["blue"] for step in Optimisation(objective, seed=0)]
    assert len(seen) == 4
    assert seen[-1] < seen[0]


def test_the_preset(made, photo, tiny_family):
    brief = made["brief"]
    assert (brief.optimiser.steps, brief.losses.content_weight) == (50, 300)
    quick = brief.change(steps=1, patches=2)
    result = semcs.Stylizer(tiny_family)(photo, "gold", preset=quick, size=64, progress=False)
    assert len(result.history) == 1
    assert result.preset.losses.content_weight == 300


def test_the_metric(made, disc):
    photo = torch.full((1, 3, 64, 96), 0.5)
    mask = torch.from_numpy(disc > 0.5)[None, None].float()
    measure = made["ColourShift"]()
    assert float(measure(photo, photo + 0.1 * mask, mask)) == pytest.approx(0.1 * 3**0.5, abs=1e-6)
    assert float(measure(photo, photo + 0.1 * mask, 1 - mask)) == pytest.approx(0, abs=1e-6)
    assert measure.of_pictures(np.zeros((8, 8, 3)), np.ones((8, 8, 3))) == pytest.approx(3**0.5)


def test_the_mask_module(made, disc):
    picture = np.where(disc[..., None] > 0.5, (0.9, 0.2, 0.1), (0.1, 0.3, 0.8)).astype(np.float32)
    mask = semcs.saliency_mask(picture, extractor=made["Colours"](), soft=False)
    assert iou(mask, disc > 0.5) > 0.9


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_says_what_it_can_do():
    """Alone, it lists every target and changes nothing."""
    run = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    listed = dict(line.removeprefix("make ").split(maxsplit=1) for line in run.stdout.splitlines())
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.M)
    assert set(listed) == set(phony.split())
    assert {"help", "demo", "test", "setup", "clean", "test-lowest", "test-newest"} <= set(listed)
    assert listed == TARGETS


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", ".ci/run", ".github/workflows/tests.yml"]
)
def test_every_make_target_that_is_named_exists(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    command = r"(?:^ *|[`#] ?|run: )make ([a-z][a-z-]+)"
    named = set(re.findall(command, text, re.M))
    assert named
    assert named <= set(TARGETS)


def test_the_workflow_tests_both_ends_of_what_is_allowed():
    workflow = read_yaml(".github/workflows/tests.yml")
    assert set(workflow) >= {"name", "jobs", True}  # YAML's `on` is a truth value
    assert {"pull_request", "schedule"} <= set(workflow[True])
    jobs = workflow["jobs"]
    ran = {
        name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs.items()
    }
    assert ran["test"] == ["make test"]
    assert ran["lowest"] == ["make test-lowest"]
    assert ran["newest"] == ["make test-newest"]
    assert jobs["test"]["strategy"]["matrix"]["python"] == ["3.10", "3.13"]
    assert all(step.get("run") or step["uses"] for job in jobs.values() for step in job["steps"])


def test_hooks_are_programs_of_the_development_environment():
    """They fetch nothing, and `make setup` brings all of them."""
    (repo,) = read_yaml(".pre-commit-config.yaml")["repos"]
    assert repo["repo"] == "local"
    for hook in repo["hooks"]:
        program = Path(hook["entry"].split()[0])
        assert program.parent == Path(".venv/bin")
        assert hook["language"] == "system"
        assert shutil.which(program.name, path=str(Path(sys.executable).parent)), program


@pytest.mark.parametrize("name", ["bug", "idea"])
def test_issue_templates_have_a_head(name):
    text = (ROOT / f".github/ISSUE_TEMPLATE/{name}.md").read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    assert set(yaml.safe_load(head)) == {"name", "about", "labels"}
    assert "semcs --version" in body
