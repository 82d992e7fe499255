from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from inspect import signature
from typing import get_args

import huggingface_hub
import numpy as np
import pytest
import torch
from huggingface_hub import constants
from PIL import Image

import semcs
import semcs.demo
import semcs.stylizer
from semcs.cli import main, texts
from semcs.cli.parser import MODELS, REFINEMENTS
from semcs.models import cache, families, registry
from semcs.models.interfaces import ImageTextModel
from semcs.saliency.refine import Method
from semcs.training.vocabulary import STYLES

QUICK = ("--steps", "1", "--size", "64", "--quiet")


@pytest.fixture(autouse=True)
def tiny_models(monkeypatch, tiny_family):
    use(monkeypatch, tiny_family)


def use(monkeypatch, family):
    """Let every command work with this family."""

    def load(models="auto", device=None):
        return family

    monkeypatch.setattr(families, "load_family", load)
    monkeypatch.setattr(semcs.stylizer, "load_family", load)


@pytest.fixture
def folder(tmp_path, photo, monkeypatch):
    """A working directory with photo.png and a disc as mask.png."""
    photo.save(tmp_path / "photo.png")
    y, x = np.mgrid[:64, :96]
    disc = np.hypot(y - 31.5, x - 47.5) < 24
    Image.fromarray(disc.astype(np.uint8) * 255).save(tmp_path / "mask.png")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def stdio(monkeypatch):
    """Give bytes to stdin; returns where stdout's bytes go."""

    def feed(data=b""):
        out = io.BytesIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, write_through=True))
        return out

    return feed


def code_of(*argv):
    """The exit code, whether main returns it or argparse exits with it."""
    try:
        return main([str(word) for word in argv])
    except SystemExit as exit_:
        return exit_.code


def pixels(path):
    return np.asarray(Image.open(path))


def assert_one_line(text, *words):
    assert text.startswith("semcs: error: ")
    assert text.count("\n") == 1
    for word in words:
        assert word in text


def help_of(capsys, *command):
    assert code_of(*command, "--help") == 0
    return capsys.readouterr().out


class TestHelp:
    def test_it_loads_nothing_heavy(self):
        code = (
            "import json, sys\n"
            "from semcs.cli import main\n"
            "try: main(['stylize', '--help'])\n"
            "except SystemExit: print(json.dumps(list(sys.modules)))"
        )
        out = subprocess.check_output([sys.executable, "-c", code], text=True)
        loaded = set(json.loads(out.splitlines()[-1]))
        assert not loaded & {"torch", "numpy", "PIL", "scipy", "cv2", "huggingface_hub"}

    def test_defaults_in_the_help_are_those_of_the_api(self, capsys):
        def default(function, option):
            return signature(function).parameters[option].default

        api = {
            **{o: default(semcs.Stylizer.iterate, o) for o in ("preset", "size", "seed")},
            "strength": default(semcs.Stylizer.iterate, "strength"),
            "models": default(semcs.Stylizer, "models"),
        }
        # One line an option, whatever the terminal's width.
        options = " ".join(help_of(capsys, "stylize").split()).split(" --")
        for name, value in api.items():
            said = [text for text in options if text.startswith(f"{name} ") and "default" in text]
            assert re.search(r"\(default (\S+)\)", said[0])[1] == str(value), name
        for command, value in (
            ("demo", default(semcs.demo.run_demo, "out")),
            ("mask", default(semcs.saliency_mask, "refine")),
        ):
            assert f"(default {value})" in " ".join(help_of(capsys, command).split())

    def test_every_preset_is_explained(self, capsys):
        assert set(texts.PRESET_SUMMARIES) == set(semcs.PRESETS)
        assert (
            signature(semcs.Stylizer.iterate).parameters["preset"].default == texts.DEFAULT_PRESET
        )
        shown = help_of(capsys, "stylize")
        for name, summary in texts.PRESET_SUMMARIES.items():
            assert re.search(rf"^  {name} +{re.escape(summary)}$", shown, re.MULTILINE)

    def test_the_words_are_ones_that_the_bundled_model_was_taught(self):
        words = {word for line in texts.WORDS.values() for word in line.split(", ")}
        assert words <= {phrase for style in STYLES.values() for phrase in style.phrases}

    def test_models_are_those_that_load_family_knows(self, monkeypatch):
        monkeypatch.undo()
        with pytest.raises(semcs.InputError, match=f"choose from {', '.join(MODELS)}$"):
            families.load_family("no such")

    def test_refinements_are_those_that_there_are(self):
        assert get_args(Method) == REFINEMENTS

    def test_version(self, capsys):
        assert code_of("--version") == 0
        assert capsys.readouterr().out == f"semcs {semcs.__version__}\n"

    def test_as_a_module(self):
        out = subprocess.check_output([sys.executable, "-m", "semcs", "--version"], text=True)
        assert out == f"semcs {semcs.__version__}\n"


class TestStylize:
    def test_gives_what_the_api_gives(self, folder, tiny_family):
        done = code_of(
            *("stylize", "photo.png", "-o", "out.png", "--fg", "gold", "--bg", "snow"),
            *("--mask", "mask.png", "--seed", "3", "--strength", "0.8", "--preset", "clipstyler"),
            *QUICK,
        )
        assert done == 0
        stylizer = semcs.Stylizer(tiny_family)
        result = stylizer(
            folder / "photo.png",
            fg="gold",
            bg="snow",
            mask=folder / "mask.png",
            seed=3,
            strength=0.8,
            preset="clipstyler",
            steps=1,
            size=64,
        )
        assert np.array_equal(pixels("out.png"), np.asarray(result.image))

    @pytest.mark.parametrize(
        "argv",
        [
            ("photo.png", "gold", "-o", "out.png"),
            ("photo.png", "-o", "out.png", "gold"),
            ("-o", "out.png", "photo.png", "gold"),
        ],
    )
    def test_one_text_in_any_place(self, folder, argv, tiny_family):
        assert code_of("stylize", *argv, *QUICK) == 0
        styled = semcs.stylize(folder / "photo.png", "gold", models=tiny_family, steps=1, size=64)
        assert np.array_equal(pixels("out.png"), np.asarray(styled))

    def test_bg_alone_keeps_the_foreground(self, folder):
        argv = ("photo.png", "-o", "out.png", "--bg", "snow", "--mask", "mask.png")
        assert code_of("stylize", *argv, *QUICK) == 0
        inside = pixels("mask.png") == 255
        assert np.array_equal(pixels("out.png")[inside], pixels("photo.png")[inside])
        assert not np.array_equal(pixels("out.png"), pixels("photo.png"))

    @pytest.mark.parametrize("extension", ["png", "jpg", "webp", "tiff", "bmp"])
    def test_the_extension_chooses_the_format(self, folder, extension):
        out = f"out.{extension}"
        assert code_of("stylize", "photo.png", "gold", "-o", out, *QUICK) == 0
        with Image.open(out) as image:
            assert image.format == {"jpg": "JPEG"}.get(extension, extension.upper())
            assert image.size == (96, 64)

    def test_stdin_and_stdout(self, folder, stdio):
        out = stdio((folder / "photo.png").read_bytes())
        assert code_of("stylize", "-", "gold", "-o", "-", *QUICK) == 0
        piped = Image.open(out)
        assert piped.format == "PNG"
        assert code_of("stylize", "photo.png", "gold", "-o", "out.png", *QUICK) == 0
        assert np.array_equal(np.asarray(piped), pixels("out.png"))
        assert not (folder / "-").exists()

    def test_mask_from_stdin(self, folder, stdio):
        stdio((folder / "mask.png").read_bytes())
        argv = ("photo.png", "-o", "out.png", "--bg", "snow", "--mask", "-")
        assert code_of("stylize", *argv, "--save-mask", "saved.png", *QUICK) == 0
        assert np.array_equal(pixels("saved.png"), pixels("mask.png"))

    def test_the_mask_that_was_found_is_saved(self, folder, tiny_family):
        argv = ("photo.png", "-o", "out.png", "--fg", "gold", "--save-mask", "saved.png")
        assert code_of("stylize", *argv, *QUICK) == 0
        result = semcs.Stylizer(tiny_family)(folder / "photo.png", fg="gold", steps=1, size=64)
        assert np.array_equal(pixels("saved.png"), np.rint(result.mask * 255))

    def test_report(self, folder):
        argv = ("photo.png", "-o", "out.png", "--fg", "gold", "--strength", "0.5")
        assert code_of("stylize", *argv, "--report", "r.json", "--seed", "9", *QUICK) == 0
        report = json.loads((folder / "r.json").read_text())
        assert report["version"] == semcs.__version__
        assert (report["width"], report["height"], report["size"]) == (96, 64, 64)
        assert report["regions"] == [
            {"name": "foreground", "text": "gold", "strength": 0.5},
            {"name": "background", "text": None, "strength": 0.5},
        ]
        assert report["models"]["family"] == "bundled"
        assert report["models"]["clip"] == "tiny-clip"
        assert report["preset"]["name"] == "semcs"
        assert set(report["preset"]) == set(semcs.Preset.__dataclass_fields__)
        assert (report["seed"], report["steps"]) == (9, 1)
        assert all(np.isfinite(loss) for loss in report["losses"].values())
        assert {"direction", "patch", "content"} <= set(report["losses"])
        assert report["seconds"]["total"] > 0

    def test_timings(self, folder, capfd):
        argv = ("stylize", "photo.png", "-o", "out.png", "--fg", "gold", "--timings")
        assert code_of(*argv, *QUICK) == 0
        lines = capfd.readouterr().err.splitlines()
        seconds = {line[:12].strip(): float(line[12:].removesuffix(" s")) for line in lines}
        assert next(iter(seconds)) == "imports"
        assert {"models", "mask", "first step", "optimise", "total"} <= set(seconds)

    def test_a_time_limit(self, folder):
        argv = ("stylize", "photo.png", "gold", "-o", "out.png", "--size", "64", "--steps", "50")
        assert code_of(*argv, "--max-seconds", "1e-6", "--report", "r.json") == 0
        assert json.loads((folder / "r.json").read_text())["steps"] == 1

    def test_the_report_tells_the_default_size(self, folder):
        argv = ("photo.png", "gold", "-o", "out.png", "--report", "r.json", "--steps", "1")
        assert code_of("stylize", *argv) == 0
        default = signature(semcs.Stylizer.iterate).parameters["size"].default
        assert json.loads((folder / "r.json").read_text())["size"] == default

    def test_quiet_is_quiet_and_else_it_says_what_it_did(self, folder, capfd):
        argv = ("stylize", "photo.png", "gold", "-o", "out.png")
        assert code_of(*argv, *QUICK) == 0
        assert capfd.readouterr() == ("", "")
        assert code_of(*argv, "--steps", "1", "--size", "64") == 0
        out, err = capfd.readouterr()
        assert out == ""
        assert re.fullmatch(
            r"semcs: wrote out.png: 1 steps of the bundled models in [\d.]+ s\n", err
        )


class TestMask:
    def test_hard_and_soft(self, folder, tiny_family):
        for options, soft in (((), False), (("--soft",), True)):
            assert code_of("mask", "photo.png", "-o", "out.png", *options) == 0
            expected = expected_mask(folder / "photo.png", tiny_family, soft=soft)
            assert Image.open("out.png").mode == "L"
            assert np.array_equal(pixels("out.png"), np.asarray(expected))
            assert soft or set(np.unique(pixels("out.png"))) == {0, 255}

    @pytest.mark.parametrize("refine", REFINEMENTS)
    def test_refine(self, folder, refine, tiny_family):
        argv = ("mask", "photo.png", "-o", "out.png", "--soft", "--refine", refine)
        assert code_of(*argv) == 0
        expected = expected_mask(folder / "photo.png", tiny_family, soft=True, refine=refine)
        assert np.array_equal(pixels("out.png"), np.asarray(expected))

    def test_stdin_and_stdout(self, folder, stdio):
        out = stdio((folder / "photo.png").read_bytes())
        assert code_of("mask", "-", "-o", "-") == 0
        assert code_of("mask", "photo.png", "-o", "out.png") == 0
        assert np.array_equal(np.asarray(Image.open(out)), pixels("out.png"))


def expected_mask(path, family, **options):
    return semcs.saliency_mask(path, family.key_extractor, **options)


NOTHING = {"mask.png", "photo.png"}


class TestWrongUsage:
    @pytest.mark.parametrize(
        ("argv", "complaint"),
        [
            ((), "COMMAND"),
            (("paint",), "'paint'"),
            (("stylize", "photo.png", "gold"), "-o/--output"),
            (("stylize", "photo.png", "-o", "out.png"), "either STYLE"),
            (("stylize", "photo.png", "gold", "-o", "out.png", "--bg", "snow"), "either STYLE"),
            (("stylize", "photo.png", "gold", "more", "-o", "out.png"), "more"),
            (("stylize", "photo.png", "gold", "-o", "out.png", "--fast"), "--fast"),
            (("stylize", "photo.png", "gold", "-o", "out.png", "--steps", "-1"), "'-1'"),
            (("stylize", "photo.png", "gold", "-o", "out.png", "--steps", "few"), "'few'"),
            (("stylize", "photo.png", "gold", "-o", "out.png", "--preset", "x"), "gen-art"),
            (("stylize", "photo.png", "gold", "-o", "out.png", "--models", "x"), "bundled"),
            (("stylize", "photo.png", "gold", "-o", "o.png", "--save-mask", "m.png"), "no mask"),
            (("stylize", "-", "--fg", "x", "--mask", "-", "-o", "out.png"), "stdin"),
            (("stylize", "photo.png", "--fg", "x", "-o", "-", "--save-mask", "-"), "both -"),
            (("stylize", "photo.png", "x", "-o", "a.png", "--report", "./a.png"), "both ./a.png"),
            (("mask", "photo.png", "-o", "out.png", "--refine", "crf"), "matting"),
            (("models", "download"), "NAME"),
            (("models",), "ACTION"),
        ],
    )
    def test_is_one_line_and_code_2(self, folder, capsys, argv, complaint):
        assert code_of(*argv) == 2
        assert_one_line(capsys.readouterr().err, complaint)
        assert {path.name for path in folder.iterdir()} == NOTHING


class TestFailure:
    @pytest.mark.parametrize(
        ("argv", "complaint"),
        [
            (("no.png", "gold", "-o", "out.png"), "no.png"),
            ((__file__, "gold", "-o", "out.png"), "isn't an image"),
            (("photo.png", "", "-o", "out.png"), "style is empty"),
            (("photo.png", "gold", "-o", "out.xyz"), "'.xyz'"),
            (("photo.png", "gold", "-o", "no/out.png"), "no directory"),
            (("photo.png", "gold", "-o", "out.png", "--report", "no/r.json"), "no directory"),
            (("photo.png", "gold", "-o", "."), "'.'"),
            (("photo.png", "gold", "-o", "out.png", "--strength", "2"), "strength is 2"),
            (("photo.png", "gold", "-o", "out.png", "--size", "3"), "size is 3"),
            (("photo.png", "--fg", "x", "-o", "out.png", "--mask", "no.png"), "no.png"),
            (("photo.png", "--fg", "x", "-o", "out.png", "--mask", "small.png"), "64×96"),
        ],
    )
    def test_is_one_line_and_code_1(self, folder, capsys, argv, complaint):
        Image.new("L", (10, 10), 255).save(folder / "small.png")
        assert code_of("stylize", *argv, *(() if "--size" in argv else QUICK)) == 1
        assert_one_line(capsys.readouterr().err, complaint)
        assert {path.name for path in folder.iterdir()} == NOTHING | {"small.png"}

    def test_an_unknown_device(self, folder, capsys, monkeypatch):
        monkeypatch.setattr(semcs.stylizer, "load_family", UNPATCHED)
        assert code_of("stylize", "photo.png", "gold", "-o", "o.png", "--device", "abacus") == 1
        assert_one_line(capsys.readouterr().err, "'abacus'")

    def test_outputs_are_checked_before_models_load(self, folder, capsys, monkeypatch):
        monkeypatch.setattr(semcs.stylizer, "load_family", None)
        monkeypatch.setattr(families, "load_family", None)
        for argv in (("stylize", "photo.png", "gold"), ("mask", "photo.png")):
            assert code_of(*argv, "-o", "out.xyz") == 1
            assert_one_line(capsys.readouterr().err, "'.xyz'")

    @pytest.mark.parametrize(
        ("trouble", "code", "complaint"),
        [
            (semcs.DivergenceError("the picture holds NaN"), 1, "holds NaN"),
            (semcs.ModelUnavailableError("two\nlines"), 1, "two lines"),
            (OSError(errno.EIO, "Input/output error"), 1, "Input/output"),
            (RuntimeError("CUDA out of memory. Tried to allocate"), 1, "smaller --size"),
            (MemoryError(), 1, "smaller --size"),
            (KeyboardInterrupt(), 130, "interrupted"),
        ],
    )
    def test_in_the_middle_leaves_nothing_behind(
        self, folder, capsys, monkeypatch, make_family, trouble, code, complaint
    ):
        use(monkeypatch, make_family(clip=lambda: TroubledClip(trouble)))
        argv = ("stylize", "photo.png", "gold", "-o", "out.png", "--report", "r.json")
        assert code_of(*argv, *QUICK) == code
        assert_one_line(capsys.readouterr().err, complaint)
        assert {path.name for path in folder.iterdir()} == NOTHING

    def test_a_fault_of_ours_keeps_its_traceback(self, folder, monkeypatch, make_family):
        fault = RuntimeError("shapes differ")
        use(monkeypatch, make_family(clip=lambda: TroubledClip(fault)))
        with pytest.raises(RuntimeError, match="shapes differ"):
            code_of("stylize", "photo.png", "gold", "-o", "out.png", *QUICK)

    def test_a_full_disk_leaves_the_old_file(self, folder, capsys, monkeypatch):
        (folder / "out.png").write_bytes(b"old")

        def full(source, target):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "replace", full)
        assert code_of("stylize", "photo.png", "gold", "-o", "out.png", *QUICK) == 1
        assert_one_line(capsys.readouterr().err, "No space left")
        assert (folder / "out.png").read_bytes() == b"old"
        assert {path.name for path in folder.iterdir()} == NOTHING | {"out.png"}

    def test_a_reader_that_has_gone(self, monkeypatch):
        monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
        command = [sys.executable, "-m", "semcs", "models", "list"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 1


UNPATCHED = families.load_family


class TroubledClip(ImageTextModel):
    """Raises when it sees a picture."""

    name, input_size = "troubled", 32

    def __init__(self, trouble):
        super().__init__()
        self.trouble = trouble

    def encode_image(self, images):
        raise self.trouble

    def encode_text(self, texts):
        return torch.ones(len(texts), 3)


WEIGHTS = b"the weights of a network"


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """Nothing in the hub's cache, and one bundled file."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_ASSETS_CACHE", str(tmp_path / "assets"))
    monkeypatch.setattr(cache, "BUNDLED_FOLDER", tmp_path)
    monkeypatch.setattr(registry, "BUNDLED_FOLDER", tmp_path)
    monkeypatch.setattr(registry, "BUNDLED_MANIFEST", tmp_path / "SHA256SUMS")
    file = tmp_path / "vit.safetensors"
    file.write_bytes(WEIGHTS)
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(WEIGHTS).hexdigest()}  {file.name}\n")
    return file


class TestModels:
    def test_list(self, weights, capsys):
        assert code_of("models", "list") == 0
        header, *rows = capsys.readouterr().out.splitlines()
        starts = [match.start() for match in re.finditer(r"\S+( \S+)*", header)]
        cells = [[row[a:b].strip() for a, b in zip(starts, [*starts[1:], None])] for row in rows]
        assert [row[0] for row in cells] == list(registry.sources())
        cached = {row[0]: row[3] for row in cells}
        assert cached.pop("bundled-vit") == "yes"
        assert set(cached.values()) == {"no"}
        assert "MIT" in next(row for row in cells if row[0] == "bundled-vit")[5]

    def test_verify(self, weights, capsys):
        assert code_of("models", "verify") == 0
        rows = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
        digest = hashlib.sha256(WEIGHTS).hexdigest()
        assert re.fullmatch(rf"bundled-vit +ok +bundled manifest +{digest}", rows["bundled-vit"])
        assert re.fullmatch(r"ViT-B-32 +not cached +published", rows["ViT-B-32"])
        assert re.fullmatch(r"dinov2-vits14-reg .* first download", rows["dinov2-vits14-reg"])

    def test_verify_fails_on_a_damaged_file(self, weights, capsys):
        weights.write_bytes(WEIGHTS + b"?")
        for argv in ((), ("bundled-vit",)):
            assert code_of("models", "verify", *argv) == 1
            out, err = capsys.readouterr()
            assert re.search(r"^bundled-vit +WRONG", out, re.MULTILINE)
            assert_one_line(err, str(weights), hashlib.sha256(WEIGHTS).hexdigest())

    def test_verify_fails_where_a_named_model_is_not_there(self, weights, capsys):
        assert code_of("models", "verify", "vgg19") == 1
        assert "not cached" in capsys.readouterr().out

    def test_path(self, weights, capsys):
        assert code_of("models", "path", "bundled-vit") == 0
        assert capsys.readouterr().out == f"{weights}\n"
        assert code_of("models", "path") == 0
        assert capsys.readouterr().out == f"bundled-vit\t{weights}\n"

    def test_path_of_what_is_not_there(self, weights, capsys):
        assert code_of("models", "path", "vgg19") == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert_one_line(err, "vgg19", "semcs models download vgg19")

    @pytest.mark.parametrize("action", ["download", "verify", "path"])
    def test_unknown_names(self, weights, capsys, action):
        assert code_of("models", action, "VGG-1000") == 1
        assert_one_line(capsys.readouterr().err, "'VGG-1000'", "vgg19")

    def test_download_of_paper_is_its_three_models(self, weights, capsys, monkeypatch):
        monkeypatch.setattr(cache, "fetch", lambda source: f"/files/{source.name}")
        assert code_of("models", "download", "paper", "vgg19") == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines == [f"{name}\t/files/{name}" for name in families.PAPER.values()]

    def test_a_download_that_fails(self, weights, capsys, monkeypatch):
        def offline(*args, **options):
            raise ConnectionError("no network\nhere")

        monkeypatch.setattr(huggingface_hub, "hf_hub_download", offline)
        assert code_of("models", "download", "vgg19") == 1
        assert_one_line(capsys.readouterr().err, "vgg19", "no network")


class TestDemo:
    def test_writes_four_pictures_and_says_where(self, tmp_path, capsys):
        out = tmp_path / "deep" / "out"
        assert code_of("demo", "--out", out, "--steps", "1", "--size", "64") == 0
        said = capsys.readouterr().out
        sizes = {}
        for name in ("photo", "mask", "styled", "sheet"):
            assert str(out / f"{name}.png") in said
            sizes[name] = Image.open(out / f"{name}.png").size
        assert sizes["photo"] == sizes["mask"] == sizes["styled"] == (640, 427)
        assert sizes["sheet"][0] > 3 * 640
        for stage in ("mask", "painting", "refining"):
            assert re.search(rf"^{stage} +\d+\.\d s", said, re.MULTILINE)
        assert not np.array_equal(pixels(out / "styled.png"), pixels(out / "photo.png"))

    def test_the_sheet_shows_the_pictures_in_order(self):
        colours = [(200, 0, 0), (0, 200, 0), (0, 0, 200)]
        pictures = [(Image.new("RGB", (40, 30), colour), "x") for colour in colours]
        sheet = np.asarray(semcs.demo.make_sheet(pictures))
        middle = sheet[sheet.shape[0] // 3]
        seen = [tuple(c) for c in middle if tuple(c) in colours]
        assert seen == [c for c in colours for _ in range(40)]

    def test_a_file_in_the_place_of_the_folder(self, tmp_path, capsys):
        (tmp_path / "out").write_text("")
        assert code_of("demo", "--out", tmp_path / "out") == 1
        assert_one_line(capsys.readouterr().err, "out")
