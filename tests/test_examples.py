"""The examples in the docstrings of everything public run as they stand.

An example is a literal block, before sections such as `Args:`, of code or of a session with its
answers (`>>>`), which are compared:

    semcs.metrics.ssim("photo.jpg", "styled.png")

It runs in a folder that holds `photo.jpg`, `styled.png`, `mask.png`, `truth.png`, `clip.mp4`,
`styles.csv` and a folder `photos`, with the names of `at_hand`. What needs weights that can't be
had is skipped.
"""

from __future__ import annotations

import doctest
import inspect
import re
from types import FunctionType

import numpy as np
import pytest
import torch
from clips import make_clip
from huggingface_hub import constants
from PIL import Image
from sklearn.datasets import load_sample_image

import semcs
import semcs.saliency
from semcs.errors import ModelUnavailableError
from semcs.folder import api, painting
from semcs.metrics import defaults
from semcs.models import families
from semcs.video.workers import crew

SIDE = 64  # pixels, of the pictures

PACKAGES = (semcs, semcs.metrics, semcs.looks, semcs.saliency)

# Public functions that have no example yet.
KNOWN_GAPS: set[str] = {
    "semcs.looks.public.names",
}

SECTION = re.compile(r"(Args|Attributes|Returns|Yields|Raises):\n")


def example_in(docstring):
    """The literal blocks before the first section, one after the other; empty without any."""
    blocks = []
    for paragraph in inspect.cleandoc(docstring or "").split("\n\n"):
        if SECTION.match(paragraph):
            break
        lines = paragraph.splitlines()
        if all(line.startswith("    ") for line in lines):
            blocks.append("\n".join(line[4:] for line in lines))
    return "\n\n".join(blocks)


def everything_public():
    """Packages, what they list, and public methods of classes that they list, by full name."""
    found = {}
    for package in PACKAGES:
        found[package.__name__] = package
        for thing in (getattr(package, name) for name in package.__all__):
            if not isinstance(thing, type | FunctionType):
                continue
            name = f"{thing.__module__}.{thing.__qualname__}"
            found[name] = thing
            if isinstance(thing, type):
                methods = (m for m in vars(thing).values() if isinstance(m, FunctionType))
                found |= {f"{name}.{m.__name__}": m for m in methods if m.__name__[0] != "_"}
    return found


PUBLIC = everything_public()
EXAMPLES = {name: source for name, thing in PUBLIC.items() if (source := example_in(thing.__doc__))}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with a photo, what became of it, its mask and the true one; offline."""
    flower = Image.fromarray(load_sample_image("flower.jpg"))
    photo = flower.crop((130, 0, 557, 427)).resize((SIDE, SIDE))
    photo.save(tmp_path / "photo.jpg")
    (tmp_path / "photos").mkdir()
    photo.save(tmp_path / "photos" / "a.jpg")
    (tmp_path / "styles.csv").write_text("path,style\na.jpg,gold\n")
    photo.convert("L").rotate(5).save(tmp_path / "styled.png")
    make_clip(tmp_path / "clip.mp4", frames=2)
    y, x = np.mgrid[:SIDE, :SIDE]
    for name, middle in (("mask", 30), ("truth", 34)):
        inside = np.hypot(y - middle, x - middle) < SIDE / 4
        Image.fromarray(np.uint8(255 * inside)).save(tmp_path / f"{name}.png")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)


@pytest.fixture
def at_hand(folder, make_family, monkeypatch):
    """The names that examples may use without a word; networks that they don't name are tiny."""
    tiny = make_family(settings={**families.BUNDLED_SETTINGS, "least_size": 0})
    monkeypatch.setattr(families, "load_family", lambda models="auto", device=None: tiny)
    # Workers would load a family by its name.
    monkeypatch.setattr(crew, "cores", lambda: 1)
    monkeypatch.setattr(api, "worker_count", lambda *_, **__: 0)
    painting._maker.cache_clear()
    monkeypatch.setattr(defaults, "KEPT", {})
    drawn = torch.rand(2, 2, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(0))
    photos, outputs = drawn
    return {
        "semcs": semcs,
        "np": np,
        "torch": torch,
        "Image": Image,
        "image": Image.open("photo.jpg"),
        "mask": np.float32(Image.open("mask.png")) / 255,
        "photos": photos,  # (2, 3, 64, 64)
        "outputs": outputs,
        "masks": (photos[:, :1] > 0.5).float(),
        "MyClip": type(tiny.clip),
        "MyVit": type(tiny.key_extractor),
        "MyVgg": type(tiny.content),
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_runs(name, at_hand):
    try:
        run(EXAMPLES[name], name, at_hand)
    except ModelUnavailableError as error:
        pytest.skip(str(error))


def run(source, name, names):
    """Run a program, or a session whose answers have to be those that it shows."""
    if not source.startswith(">>>"):
        exec(compile(source, name, "exec"), names)
        return
    session = doctest.DocTestParser().get_doctest(source, names, name, None, None)
    runner = doctest.DebugRunner(optionflags=doctest.ELLIPSIS)
    try:
        runner.run(session)
    except doctest.UnexpectedException as error:
        raise error.exc_info[1] from None


def test_what_an_example_shows_has_to_be_so():
    run(">>> one + 1\n2", "right", {"one": 1})
    with pytest.raises(doctest.DocTestFailure):
        run(">>> one + 1\n3", "wrong", {"one": 1})
    with pytest.raises(NameError):
        run(">>> two", "unknown", {})
    with pytest.raises(NameError):
        run("two", "unknown", {})


def test_every_public_function_has_one():
    functions = {
        name
        for name, thing in PUBLIC.items()
        if isinstance(thing, FunctionType) and "." not in thing.__qualname__
    }
    assert len(functions) > 20
    assert functions - set(EXAMPLES) == KNOWN_GAPS


def test_examples_are_told_from_text_and_sections():
    docstring = """Do it.

    More about it:

        first()
        if True:
            second()

            third()

    And then:

        fourth()

    Args:
        one: The first.

            not_run()
    """
    assert example_in(docstring) == "first()\nif True:\n    second()\n\n    third()\n\nfourth()"
    assert example_in("One line.") == example_in(None) == ""
