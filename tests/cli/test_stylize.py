"""`semcs stylize`: what the API gives, in files and streams."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from inspect import signature

import numpy as np
import pytest
from commandline import QUICK, assert_one_line, code_of, pixels
from PIL import Image

import semcs


def test_gives_what_the_api_gives(folder, tiny_family):
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
def test_one_text_in_any_place(folder, argv, tiny_family):
    assert code_of("stylize", *argv, *QUICK) == 0
    styled = semcs.stylize(folder / "photo.png", "gold", models=tiny_family, steps=1, size=64)
    assert np.array_equal(pixels("out.png"), np.asarray(styled))


def test_bg_alone_keeps_the_foreground(folder):
    argv = ("photo.png", "-o", "out.png", "--bg", "snow", "--mask", "mask.png")
    assert code_of("stylize", *argv, *QUICK) == 0
    inside = pixels("mask.png") == 255
    assert np.array_equal(pixels("out.png")[inside], pixels("photo.png")[inside])
    assert not np.array_equal(pixels("out.png"), pixels("photo.png"))


@pytest.mark.parametrize("extension", ["png", "jpg", "webp", "tiff", "bmp"])
def test_the_extension_chooses_the_format(folder, extension):
    out = f"out.{extension}"
    assert code_of("stylize", "photo.png", "gold", "-o", out, *QUICK) == 0
    with Image.open(out) as image:
        assert image.format == {"jpg": "JPEG"}.get(extension, extension.upper())
        assert image.size == (96, 64)


def test_stdin_and_stdout(folder, stdio):
    out = stdio((folder / "photo.png").read_bytes())
    assert code_of("stylize", "-", "gold", "-o", "-", *QUICK) == 0
    piped = Image.open(out)
    assert piped.format == "PNG"
    assert code_of("stylize", "photo.png", "gold", "-o", "out.png", *QUICK) == 0
    assert np.array_equal(np.asarray(piped), pixels("out.png"))
    assert not (folder / "-").exists()


def test_mask_from_stdin(folder, stdio):
    stdio((folder / "mask.png").read_bytes())
    argv = ("photo.png", "-o", "out.png", "--bg", "snow", "--mask", "-")
    assert code_of("stylize", *argv, "--save-mask", "saved.png", *QUICK) == 0
    assert np.array_equal(pixels("saved.png"), pixels("mask.png"))


def test_the_mask_that_was_found_is_saved(folder, tiny_family):
    argv = ("photo.png", "-o", "out.png", "--fg", "gold", "--save-mask", "saved.png")
    assert code_of("stylize", *argv, *QUICK) == 0
    result = semcs.Stylizer(tiny_family)(folder / "photo.png", fg="gold", steps=1, size=64)
    assert np.array_equal(pixels("saved.png"), np.rint(result.mask * 255))


def test_report(folder, tiny_family):
    argv = ("photo.png", "-o", "out.png", "--fg", "gold", "--strength", "0.5")
    assert code_of("stylize", *argv, "--report", "r.json", "--seed", "9", *QUICK) == 0
    report = json.loads((folder / "r.json").read_text())
    assert report["version"] == semcs.__version__
    assert (report["width"], report["height"], report["size"]) == (96, 64, 64)
    assert sum(region.pop("share") for region in report["regions"]) == pytest.approx(1, abs=0.01)
    assert report["regions"] == [
        {"name": "foreground", "text": "gold", "strength": 0.5},
        {"name": "background", "text": None, "strength": 0.5},
    ]
    assert report["models"]["family"] == tiny_family.name
    assert report["models"]["clip"] == "tiny-clip"
    assert report["preset"]["name"] == "semcs"
    assert report["preset"]["optimiser"]["steps"] == 1
    result = semcs.Stylizer(tiny_family)(folder / "photo.png", fg="gold", steps=1, size=64)
    assert report["preset"] == json.loads(json.dumps(asdict(result.preset)))
    assert (report["seed"], report["steps"]) == (9, 1)
    assert all(np.isfinite(loss) for loss in report["losses"].values())
    assert {"direction", "patch", "content"} <= set(report["losses"])
    assert report["seconds"]["total"] > 0


def test_timings(folder, capfd):
    argv = ("stylize", "photo.png", "-o", "out.png", "--fg", "gold", "--timings")
    assert code_of(*argv, *QUICK) == 0
    lines = capfd.readouterr().err.splitlines()
    seconds = {line[:12].strip(): float(line[12:].removesuffix(" s")) for line in lines}
    assert next(iter(seconds)) == "imports"
    assert {"models", "mask", "first step", "optimise", "total"} <= set(seconds)


@pytest.mark.parametrize(
    ("flags", "kept"),
    [
        ((), {315: "Ann Artist"}),
        (("--keep-metadata",), {315: "Ann Artist", 271: "Maker", 42033: "serial"}),
        (("--strip-metadata",), {}),
    ],
)
def test_metadata(folder, flags, kept):
    exif = Image.Exif()
    exif.update({315: "Ann Artist", 271: "Maker", 42033: "serial"})
    Image.open("photo.png").save("phone.jpg", exif=exif)
    assert code_of("stylize", "phone.jpg", "gold", "-o", "out.jpg", *flags, *QUICK) == 0
    assert dict(Image.open("out.jpg").getexif()) == kept


def test_metadata_are_kept_or_stripped_not_both(folder, capsys):
    flags = ("--keep-metadata", "--strip-metadata")
    assert code_of("stylize", "photo.png", "gold", "-o", "out.png", *flags) == 2
    assert_one_line(capsys.readouterr().err, "not allowed with")


def test_a_time_limit(folder):
    argv = ("stylize", "photo.png", "gold", "-o", "out.png", "--size", "64", "--steps", "50")
    assert code_of(*argv, "--max-seconds", "1e-6", "--report", "r.json") == 0
    assert json.loads((folder / "r.json").read_text())["steps"] == 1


def test_the_report_tells_the_default_size(folder):
    argv = ("photo.png", "gold", "-o", "out.png", "--report", "r.json", "--steps", "1")
    assert code_of("stylize", *argv) == 0
    default = signature(semcs.Stylizer.iterate).parameters["size"].default
    assert json.loads((folder / "r.json").read_text())["size"] == default


def test_an_unknown_part_of_a_text_is_one_line(folder, capfd):
    assert code_of("stylize", "photo.png", "gold made of flurbium", "-o", "out.png", *QUICK) == 0
    said = "semcs: in 'gold made of flurbium' nothing is known of 'flurbium'\n"
    assert capfd.readouterr() == ("", said)


def test_quiet_is_quiet_and_else_it_says_what_it_did(folder, capfd, tiny_family):
    argv = ("stylize", "photo.png", "gold", "-o", "out.png")
    assert code_of(*argv, *QUICK) == 0
    assert capfd.readouterr() == ("", "")
    assert code_of(*argv, "--steps", "1", "--size", "64", "--models", "bundled") == 0
    out, err = capfd.readouterr()
    assert out == ""
    did = f"wrote out.png: 1 steps of the {tiny_family.name} models"
    assert re.fullmatch(rf"semcs: {did} in [\d.]+ s\n", err)


class TestRegions:
    def test_a_mask_file_a_side_and_the_rest(self, folder, tiny_family):
        said = ("mask.png=0.5 gold + 0.5 ice", "background = keep", "rest=snow")
        flags = [word for one in said for word in ("--region", one)]
        argv = ("stylize", "photo.png", "-o", "out.png", *flags, "--report", "r.json")
        controls = ("--keep-color", "0.5", "--scale", "1.5", "--avoid", "blue")
        assert code_of(*argv, *controls, "--save-mask", "saved.png", *QUICK) == 0
        regions = [
            semcs.Region(folder / "mask.png", {"gold": 0.5, "ice": 0.5}),
            semcs.Region("background", None),
            semcs.Region("rest", "snow"),
        ]
        options = {"keep_color": 0.5, "scale": 1.5, "avoid": "blue", "steps": 1, "size": 64}
        result = semcs.Stylizer(tiny_family)(folder / "photo.png", regions=regions, **options)
        assert np.array_equal(pixels("out.png"), np.asarray(result.image))
        assert np.array_equal(pixels("saved.png"), np.rint(result.mask * 255))
        told = json.loads((folder / "r.json").read_text())["regions"]
        assert [one["name"] for one in told] == ["mask.png", "background", "rest"]
        assert [one["share"] for one in told] == [one.share for one in result.regions]
        assert [one["text"] for one in told] == ["0.5 gold + 0.5 ice", None, "snow"]

    def test_controls_and_pictures_of_one_region(self, folder, tiny_family):
        controls = "strength=0.5; keep-color=1 ; scale=2;avoid=blue"
        said = ("--region", f"background=photo.png; {controls}", "--region", "foreground=gold")
        assert code_of("stylize", "photo.png", "-o", "out.png", *said, *QUICK) == 0
        regions = [
            semcs.Region(
                *("background", folder / "photo.png", 0.5),
                keep_color=1.0,
                scale=2.0,
                avoid="blue",
            ),
            semcs.Region("foreground", "gold"),
        ]
        options = {"steps": 1, "size": 64}
        result = semcs.Stylizer(tiny_family)(folder / "photo.png", regions=regions, **options)
        assert np.array_equal(pixels("out.png"), np.asarray(result.image))

    @pytest.mark.parametrize(
        ("argv", "words"),
        [
            (("--region", "sky"), "write WHERE=LOOK"),
            (("--region", "sky=gold; loud=1"), "'loud=1' is no control"),
            (("--region", "sky=gold; scale"), "'scale' is no control"),
            (("--region", "sky=gold; strength=2"), "strength: '2' is not a number from 0 to 1"),
            (("--region", "=gold"), "write WHERE=LOOK"),
            (("--region", "sky=keep", "--region", "rest=keep"), "nothing to do"),
            (("--region", "sky=gold", "--fg", "gold"), "say how it should look"),
            (("--region", "sky=gold", "--mask", "mask.png"), "--mask: no --region is"),
            (("--region", "sky=gold", "--save-mask", "m.png"), "--save-mask: no --region is"),
            (("--fg", "gold", "--scale", "0.2"), "is not a number from 0.25 to 4"),
        ],
    )
    def test_what_cannot_be_meant(self, folder, argv, words, capsys):
        assert code_of("stylize", "photo.png", "-o", "out.png", *argv, *QUICK) == 2
        assert_one_line(capsys.readouterr().err, words)
        assert not (folder / "out.png").exists()
