"""`semcs score`: what the API measures, as JSON and as a few lines."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from inspect import signature
from typing import get_args

import pytest
from commandline import assert_one_line, code_of, help_of
from PIL import Image, ImageOps

import semcs
import semcs.looks
from semcs.cli.score import COLUMNS, PROTOCOLS
from semcs.metrics.dists_vgg import Protocol
from semcs.models import cache

PAIR = ("photo.png", "styled.png")
TEXTS = ("--fg", "red", "--bg", "blue")


@pytest.fixture(autouse=True)
def styled(folder, photo):
    """styled.png beside photo.png and mask.png."""
    ImageOps.invert(photo).save(folder / "styled.png")


def scored(capsys, *argv):
    """The JSON that is printed, without the time, which differs from run to run."""
    assert code_of("score", *argv, "--json") == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    found = json.loads(out)
    del found["seconds"]
    return found


def expected(family, *masks, **options):
    found = semcs.metrics.score(*PAIR, *masks, models=family, **options).as_dict()
    del found["seconds"]
    return json.loads(json.dumps(found))


def test_json_is_what_the_api_gives(tiny_family, capsys):
    found = scored(capsys, *PAIR, *TEXTS, "--mask", "mask.png", "--size", "48")
    assert found == expected(tiny_family, "mask.png", fg="red", bg="blue", size=48)
    assert found["regions"][0]["text"] == "red"


def test_without_a_mask_it_finds_that_of_stylize(tiny_family, capsys):
    mask = semcs.Stylizer(tiny_family).iterate(PAIR[0], fg="red").mask
    found = scored(capsys, *PAIR, *TEXTS)
    assert found == expected(tiny_family, mask, fg="red", bg="blue")


@pytest.mark.parametrize("argv", [(*PAIR, "red"), ("--size", "64", *PAIR, "red")])
def test_one_style(tiny_family, capsys, argv):
    found = scored(capsys, *argv)
    assert found == expected(tiny_family, style="red", size=64 if "--size" in argv else 512)
    assert found["whole"]["text"] == "red"
    assert found["regions"] == []


def test_a_few_lines_for_people(tiny_family, capsys):
    assert code_of("score", *PAIR, *TEXTS, "--mask", "mask.png") == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    api = semcs.metrics.score(*PAIR, "mask.png", fg="red", bg="blue", models=tiny_family)
    assert len(lines) <= 12
    header = lines[0].split()
    for line, part in zip(lines[1:4], (api.whole, *api.regions)):
        cells = dict(zip(["name", *header], line.split()))
        assert cells["name"] == part.name
        for column in ("content", "ssim", "edge_ssim", "dists_bundled"):
            assert cells[column] == f"{getattr(part, column):.2f}"
        shown = "-" if part.agreement is None else f"{part.agreement:.2f}"
        assert cells["agreement"] == shown
    rank = api.regions[0].rank
    assert f"foreground: 'red' takes place {rank.rank} of {rank.of}" in out
    assert f"seam on the mask's border: {api.seam:+.2f}" in out
    assert f"at 96×64 pixels by the {tiny_family.name} models" in out


def test_what_is_bundled_is_never_called_dists(capsys, monkeypatch):
    find = cache.path
    monkeypatch.setattr(cache, "path", lambda s: None if s.role == "metric" else find(s))
    assert code_of("score", *PAIR) == 0
    out = capsys.readouterr().out
    assert "dists_bundled" in out
    told = out.replace("dists_bundled", "").replace("semcs models download vgg16 dists", "")
    assert re.findall("dists.*", told, re.IGNORECASE) == [
        "DISTS: its weights aren't on this machine: run ``"
    ]
    assert not re.search(r"\bdists\b", out.splitlines()[0])


def test_stdin(folder, stdio, tiny_family):
    out = stdio((folder / "styled.png").read_bytes())
    assert code_of("score", "photo.png", "-", "--json") == 0
    found = json.loads(out.getvalue())
    assert found["whole"] == expected(tiny_family)["whole"]


@pytest.mark.parametrize(
    ("argv", "words", "code"),
    [
        (("none.png", "styled.png"), ["none.png"], 1),
        (("photo.png", "mask"), ["'mask'"], 1),
        (("photo.png", "small.png"), ["output is 48×32", "content is 64×96"], 1),
        ((*PAIR, "--fg", " "), ["fg is empty"], 1),
        ((*PAIR, "red", "--fg", "red"), ["either STYLE, or --fg and/or --bg"], 2),
        (("-", "-"), ["only one input can be -"], 2),
        (("photo.png",), ["OUTPUT"], 2),
        ((*PAIR, "--models", "best"), ["'best'"], 2),
        ((*PAIR, "--protocol", "half"), ["'half'"], 2),
    ],
)
def test_errors_are_one_line(capsys, argv, words, code):
    Image.new("RGB", (32, 48)).save("small.png")
    assert code_of("score", "--models", "bundled", *argv) == code
    assert_one_line(capsys.readouterr().err, *words)


def test_defaults_in_the_help_are_those_of_the_api(capsys):
    shown = " ".join(help_of(capsys, "score").split())
    for option in ("size", "protocol", "models"):
        default = signature(semcs.metrics.score).parameters[option].default
        said = next(part for part in shown.split(" --") if part.startswith(f"{option} "))
        assert f"(default {default})" in said


def test_every_column_is_explained(capsys):
    explained = help_of(capsys, "score").split("what is measured")[1]
    for word in (*COLUMNS, "seam", "NIMA", "place"):
        assert re.search(rf"\b{word}\b", explained), word


def test_protocols_are_those_that_there_are():
    assert get_args(Protocol) == PROTOCOLS


def test_in_a_process_of_its_own_with_the_bundled_models(folder):
    """From the command line, offline; slow libraries that it doesn't need stay out."""
    code = (
        "import sys\nfrom semcs.cli import main\n"
        "main(['score', 'photo.png', 'styled.png', '--fg', 'gold', '--mask', 'mask.png',"
        " '--models', 'bundled', '--json'])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["models"]["clip"] == "semcs CLIP"
    assert found["regions"][0]["rank"]["of"] == len(semcs.looks.names())
    slow = {"sklearn", "timm", "open_clip", "pymatting", "keras", "h5py", "torchvision"}
    assert not slow & set(done.stderr.split())
