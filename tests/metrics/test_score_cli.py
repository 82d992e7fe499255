from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from inspect import signature
from typing import get_args

import numpy as np
import pytest
from PIL import Image

import semcs
from semcs.cli import main
from semcs.cli.parser import PROTOCOLS
from semcs.metrics.dists import Protocol
from semcs.models import families


def code_of(*argv):
    """The exit code, whether main returns it or argparse exits with it."""
    try:
        return main(["score", *map(str, argv)])
    except SystemExit as exit_:
        return exit_.code


@pytest.fixture
def folder(tmp_path, flower, dahlia, monkeypatch, make_family, colour_clip):
    """A working directory with photo.png, styled.png and mask.png; the models are tiny."""
    family = make_family(clip=lambda: colour_clip)
    monkeypatch.setattr(families, "load_family", lambda models="auto", device=None: family)
    flower.save(tmp_path / "photo.png")
    Image.new("RGB", flower.size, "#ff8080").save(tmp_path / "styled.png")
    Image.fromarray((dahlia * 255).astype(np.uint8)).save(tmp_path / "mask.png")
    monkeypatch.chdir(tmp_path)
    return tmp_path, family


PAIR = ("photo.png", "styled.png")
TEXTS = ("--fg", "red", "--bg", "blue")


def scored(capsys, *argv):
    assert code_of(*argv, "--json") == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return json.loads(out)


def expected(folder, **options):
    path, family = folder
    found = semcs.metrics.score(path / PAIR[0], path / PAIR[1], models=family, **options).as_dict()
    return json.loads(json.dumps(found))


def without_time(score):
    return {key: value for key, value in score.items() if key != "seconds"}


def test_json_is_what_the_api_gives(folder, capsys):
    found = scored(capsys, *PAIR, *TEXTS, "--mask", "mask.png", "--size", "96")
    api = expected(folder, mask=folder[0] / "mask.png", fg="red", bg="blue", size=96)
    assert without_time(found) == without_time(api)
    assert found["regions"][0]["text"] == "red"


def test_without_a_mask_it_finds_that_of_stylize(folder, capsys):
    path, family = folder
    mask = semcs.Stylizer(family).iterate(path / PAIR[0], fg="red").mask
    found = scored(capsys, *PAIR, *TEXTS)
    assert without_time(found) == without_time(expected(folder, mask=mask, fg="red", bg="blue"))


@pytest.mark.parametrize("argv", [(*PAIR, "red"), ("--size", "64", *PAIR, "red")])
def test_one_style(folder, capsys, argv):
    found = scored(capsys, *argv)
    assert found["whole"]["text"] == "red"
    assert found["whole"]["agreement"] > 0.5
    assert found["regions"] == []


def test_a_few_lines_for_people(folder, capsys):
    assert code_of(*PAIR, *TEXTS, "--mask", "mask.png") == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    api = semcs.metrics.score(
        *PAIR, "mask.png", fg="red", bg="blue", models=folder[1], protocol="full"
    )
    assert len(lines) <= 12
    header = lines[0].split()
    for line, part in zip(lines[1:4], (api.whole, *api.regions)):
        cells = dict(zip(["name", *header], line.split()))
        assert cells["name"] == part.name
        for column in ("content", "ssim", "edge_ssim", "dists_bundled"):
            assert cells[column] == f"{getattr(part, column):.2f}"
        shown = "-" if part.agreement is None else f"{part.agreement:.2f}"
        assert cells["agreement"] == shown
    assert f"foreground: 'red' takes place {api.regions[0].rank.rank} of 158" in out
    assert f"seam on the mask's border: {api.seam:+.2f}" in out
    assert "at 192×128 pixels by the bundled models" in out


def test_what_is_bundled_is_never_called_dists(folder, capsys, published_are):
    published_are(None)
    assert code_of(*PAIR) == 0
    out = capsys.readouterr().out
    assert "dists_bundled" in out
    told = out.replace("dists_bundled", "").replace("semcs models download vgg16 dists", "")
    assert re.findall("dists.*", told, re.IGNORECASE) == [
        "DISTS: its weights aren't on this machine: run ``"
    ]
    assert not re.search(r"\bdists\b", out.splitlines()[0])


def test_stdin(folder, capsys, monkeypatch):
    data = (folder[0] / "styled.png").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = scored(capsys, "photo.png", "-")
    assert without_time(found) == without_time(expected(folder))


class TestErrors:
    @pytest.mark.parametrize(
        ("argv", "words", "code"),
        [
            (("none.png", "styled.png"), ["none.png"], 1),
            (("photo.png", "mask"), ["'mask'"], 1),
            (("photo.png", "small.png"), ["output is 64×96", "content is 128×192"], 1),
            ((*PAIR, "--fg", " "), ["fg is empty"], 1),
            ((*PAIR, "--size", "3"), ["size is 3"], 1),
            ((*PAIR, "red", "--fg", "red"), ["either STYLE, or --fg and/or --bg"], 2),
            (("-", "-"), ["only one input can be -"], 2),
            (("photo.png",), ["OUTPUT"], 2),
            ((*PAIR, "--models", "best"), ["'best'"], 2),
            ((*PAIR, "--protocol", "half"), ["'half'"], 2),
        ],
    )
    def test_are_one_line(self, folder, capsys, argv, words, code):
        Image.new("RGB", (96, 64)).save("small.png")
        assert code_of(*argv) == code
        err = capsys.readouterr().err
        assert err.startswith("semcs: error: ")
        assert err.count("\n") == 1
        for word in words:
            assert word in err


class TestHelp:
    def shown(self, capsys):
        assert code_of("--help") == 0
        return " ".join(capsys.readouterr().out.split())

    def test_defaults_are_those_of_the_api(self, capsys):
        shown = self.shown(capsys)
        for option in ("size", "protocol", "models"):
            default = signature(semcs.metrics.score).parameters[option].default
            said = next(part for part in shown.split(" --") if part.startswith(f"{option} "))
            assert f"(default {default})" in said

    def test_every_column_is_explained(self, capsys):
        from semcs.cli.score import COLUMNS

        explained = self.shown(capsys).split("what is measured")[1]
        for word in (*COLUMNS, "seam", "NIMA", "place"):
            assert re.search(rf"\b{word}\b", explained), word

    def test_protocols_are_those_that_there_are(self):
        assert get_args(Protocol) == PROTOCOLS


def test_in_a_process_of_its_own_with_the_bundled_models(tmp_path, flower, dahlia):
    """From the command line, offline; slow libraries that it doesn't need stay out."""
    flower.save(tmp_path / "photo.png")
    flower.rotate(180).save(tmp_path / "styled.png")
    Image.fromarray((dahlia * 255).astype(np.uint8)).save(tmp_path / "mask.png")
    code = (
        "import sys\nfrom semcs.cli import main\n"
        "main(['score', 'photo.png', 'styled.png', '--fg', 'gold', '--mask', 'mask.png',"
        " '--models', 'bundled', '--json'])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert found["models"]["clip"] == "semcs CLIP"
    assert found["regions"][0]["rank"]["of"] == 157
    slow = {"sklearn", "timm", "open_clip", "pymatting", "keras", "h5py", "torchvision"}
    assert not slow & set(done.stderr.split())
