"""Mask modules and painters of other packages, by the example package of docs/plugins.md."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from commandline import assert_one_line, code_of, pixels
from PIL import Image

import semcs
from semcs import plugins
from semcs.errors import InputError
from semcs.looks.registry import LOOKS

EXAMPLE = Path(__file__).parent / "plugin_example"
BROKEN = """
[semcs.masks]
gone = no_such_module:find
none = math:pi
raises = math:sqrt
flat = numpy:zeros_like
nan = broken_masks:nan
[semcs.painters]
wreck = broken_masks:paint
"""
BROKEN_MASKS = """
import numpy as np
def nan(rgb): return np.full(rgb.shape[:2], np.nan)
def paint(image, rng, scale): return image[:4]
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the example package installed, and one that offers what doesn't work."""
    folder = tmp_path_factory.mktemp("site")
    source = folder / "source"
    shutil.copytree(EXAMPLE, source)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*command, *options, str(source)], check=True, timeout=60)
    metadata = folder / "semcs_broken-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: semcs-broken\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(BROKEN)
    (folder / "broken_masks.py").write_text(BROKEN_MASKS)
    return folder


@pytest.fixture
def example(installed, monkeypatch):
    monkeypatch.syspath_prepend(str(installed))
    plugins.offers.cache_clear()
    yield
    plugins.offers.cache_clear()
    for name in ("two tone", "blinds", "wreck"):
        LOOKS.pop(name, None)
    for name in ("semcs_example", "semcs_example.looks", "semcs_example.masks", "broken_masks"):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("example")
class TestMasks:
    def test_a_mask_as_the_kind_of_picture_that_came_in(self, photo):
        mask = plugins.find_mask(np.asarray(photo), "reddish")
        rgb = np.asarray(photo) / 255
        wanted = np.clip(4 * (rgb[..., 0] - rgb[..., 1]), 0, 1)
        np.testing.assert_allclose(mask, wanted, atol=1e-6)
        assert plugins.find_mask(photo, "Reddish").mode == "L"

    def test_on_the_command_line(self, photo, tmp_path):
        photo.save(tmp_path / "photo.png")
        names = (tmp_path / "photo.png", "-o", tmp_path / "out.png")
        options = ("--bg", "snow", "--preset", "instant", "--models", "bundled", "--quiet")
        saved = ("--save-mask", tmp_path / "mask.png")
        assert code_of("stylize", *names, *options, "--mask-module", "reddish", *saved) == 0
        assert (
            pixels(tmp_path / "mask.png") == np.asarray(plugins.find_mask(photo, "reddish"))
        ).all()
        kept = pixels(tmp_path / "mask.png") == 255
        assert kept.any()
        assert (pixels(tmp_path / "out.png")[kept] == np.asarray(photo)[kept]).all()

    def test_one_mask_alone(self, photo, tmp_path, capsys):
        photo.save(tmp_path / "photo.png")
        names = (tmp_path / "photo.png", "-o", tmp_path / "out.png", "--bg", "snow")
        masks = ("--mask", tmp_path / "photo.png", "--mask-module", "reddish")
        assert code_of("stylize", *names, *masks) == 2
        assert_one_line(capsys.readouterr().err, "--mask and --mask-module")

    def test_an_unknown_name(self, photo, tmp_path, capsys):
        with pytest.raises(InputError, match=r"no package offers .* 'greenish'; .*reddish"):
            plugins.find_mask(photo, "greenish")
        photo.save(tmp_path / "photo.png")
        names = (tmp_path / "photo.png", "-o", tmp_path / "out.png", "--bg", "snow")
        assert code_of("stylize", *names, "--mask-module", "greenish") == 1
        assert_one_line(capsys.readouterr().err, "no package offers a mask module 'greenish'")

    @pytest.mark.parametrize(
        ("name", "what"),
        [
            ("gone", "can't be loaded: ModuleNotFoundError: No module named 'no_such_module'"),
            ("none", "math:pi is no function"),
            ("raises", "failed: TypeError"),
            ("flat", r"gave float32 of shape \(64, 96, 3\); floats \(64, 96\) are needed"),
            ("nan", "gave NaN or infinite values"),
        ],
    )
    def test_a_faulty_one_is_a_line_that_names_its_package(self, photo, name, what):
        with pytest.raises(plugins.PluginError, match=what) as caught:
            plugins.find_mask(photo, name)
        assert f"mask module '{name}' of package semcs-broken" in str(caught.value)
        assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("example")
class TestPainters:
    def test_a_look_by_its_name(self, photo):
        large = photo.resize((240, 160))
        painted = np.asarray(semcs.looks.render(large, "Two Tone", detail=0)) / 255
        tones = [np.abs(painted - tone).max(-1) for tone in ((0.98, 0.94, 0.82), (0.1, 0.15, 0.35))]
        assert (np.minimum(*tones) < 0.02).mean() > 0.95  # but where one meets the other
        assert min((tone < 0.02).mean() for tone in tones) > 0.1

    def test_it_may_say_how_much_detail_it_takes(self, photo):
        large = photo.resize((240, 160))
        own, without = (
            np.asarray(semcs.looks.render(large, "blinds", detail=amount)) for amount in (None, 0)
        )
        assert (own == without).all()

    def test_a_style_of_a_picture(self, photo, disc, tiny_family):
        result = semcs.Stylizer(tiny_family)(
            photo, fg="two tone", mask=disc, preset="instant", progress=False
        )
        assert result.looks[0]["looks"] == {"two tone": 1.0}
        assert (np.asarray(result.image)[disc == 0] == np.asarray(photo)[disc == 0]).all()
        assert np.abs(np.asarray(result.image)[disc == 1] - np.asarray(photo)[disc == 1]).mean() > 5

    def test_in_a_mix(self, photo, tiny_family):
        result = semcs.Stylizer(tiny_family)(
            photo, "0.5 two tone + 0.5 gold", preset="instant", progress=False
        )
        assert "two tone" in str(result.looks[0])
        gold = semcs.stylize(photo, "gold", models=tiny_family, preset="instant", progress=False)
        assert np.abs(np.asarray(result.image) - np.asarray(gold).astype(float)).mean() > 5

    def test_a_faulty_one_is_a_line_that_names_its_package(self, photo):
        with pytest.raises(plugins.PluginError, match="painter 'wreck' of package semcs-broken"):
            semcs.looks.render(photo, "wreck")


def test_nothing_is_loaded_before_it_is_used(installed):
    code = (
        f"import sys; sys.path.insert(0, {str(installed)!r}); import semcs.plugins; "
        "from semcs.looks import match; match('a watercolor'); "
        "print([name for name in sys.modules if name.startswith('semcs_example')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_packages_there_are_none(photo):
    with pytest.raises(InputError, match="there are: none is installed"):
        plugins.find_mask(Image.new("RGB", (8, 8)), "reddish")
