"""What all training programs have in common, read from their source or asked of their parsers."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

import semcs.training
from semcs.training import perceptual, text

FILES = sorted(Path(semcs.training.__file__).parent.glob("*.py"))
PROGRAMS = [file.stem for file in FILES if "\ndef main()" in file.read_text()]
NEEDED = {
    "magenta": ["--transform", "a", "--predict", "b", "--out", "c"],
    "bundle": ["--out", "a"],
    "painter": ["--data", "a", "--out", "b", "--magenta", "c"],
    "painter_canvas": ["--data", "a", "--out", "b", "--magenta", "c"],
}


class StopHereError(Exception):
    """Ends a program before it trains."""


def private_names(tree: ast.AST) -> list[str]:
    """Imported names with a leading underscore, and such attributes of anything but `self`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [part for alias in node.names for part in alias.name.split(".")]
        elif isinstance(node, ast.ImportFrom) and node.module != "__future__":
            found += [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) not in ("self", "cls"):
            found.append(node.attr)
    return [name for name in found if name.startswith("_") and not name.endswith("__")]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from semcs.looks.words import _key", ["_key"]),
        ("import semcs._private", ["_private"]),
        ("clip.image._blocks[0]", ["_blocks"]),
        ("self._net.run(); module.__file__", []),
    ],
)
def test_private_names_are_found(source, found):
    assert private_names(ast.parse(source)) == found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_public_names_are_used(file):
    assert private_names(ast.parse(file.read_text())) == []


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_shows_its_command_and_knows_its_options(name, monkeypatch):
    program = import_module(f"semcs.training.{name}")
    assert f"python -m semcs.training.{name} --" in program.__doc__
    monkeypatch.setattr("sys.argv", [name, *NEEDED.get(name, ["--data", "a", "--out", "b"])])
    args = program.parse()
    assert isinstance(args.out, Path)
    assert getattr(args, "seed", 0) == 0


def test_every_program_is_in_the_list():
    assert all(f"`{name}`" in semcs.training.__doc__ for name in PROGRAMS)


@pytest.mark.parametrize("program", [perceptual, text])
def test_the_seed_reaches_the_training_loop(program, pictures, tmp_path, monkeypatch):
    def train(*args, seed=0, **options):
        assert seed == 5
        raise StopHereError

    monkeypatch.setattr(program, "train", train)
    monkeypatch.setattr(
        perceptual, "training_crops", lambda args: (pictures.photos, pictures.renderings)
    )
    monkeypatch.setattr(perceptual, "load_half", lambda build, file: build())
    monkeypatch.setattr(text, "embedded_corpus", lambda *args: ([], pictures.labelled_crops))
    monkeypatch.setattr("sys.argv", ["", "--data", "a", "--out", str(tmp_path), "--seed", "5"])
    with pytest.raises(StopHereError):
        program.main()


@pytest.mark.parametrize("name", ["painter", "painter_canvas"])
def test_programs_that_run_on_the_cpu_alone_offer_no_device(name, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", [name, *NEEDED[name], "--device", "cuda"])
    with pytest.raises(SystemExit):
        import_module(f"semcs.training.{name}").parse()
    assert "--device" in capsys.readouterr().err
