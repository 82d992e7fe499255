"""`--layers` and `--psd`: the styled picture taken apart."""

from __future__ import annotations

import logging
import os
import re
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from semcs.cli.options import Options
from semcs.cli.streams import UsageError
from semcs.errors import InputError

if TYPE_CHECKING:
    import semcs

_OUR_NAMES = re.compile(r"\d{2,}-[^/]*\.png")

_log = logging.getLogger(__name__)


def add_layers(options: Options) -> None:
    """--layers and --psd, which are None where they aren't given."""
    options.add_argument(
        "--layers",
        metavar="DIR",
        help="also write each region as an RGBA PNG with its soft edge into a folder, numbered "
        "from the bottom: put over each other, they give the picture",
    )
    options.add_argument(
        "--psd", metavar="FILE", help="also write the layers as one Photoshop file (semcs[psd])"
    )


def check_layers(args: Namespace) -> None:
    """Find out before any work whether the layers can be written.

    Raises:
        UsageError: Another result would take the name of a layer.
        InputError: The folder can't be made or written in, or psd-tools isn't installed.
    """
    if args.psd is not None:
        from semcs.image.psd import check_psd

        check_psd()
    if args.layers is None:
        return
    folder = Path(args.layers)
    if folder.exists() and not folder.is_dir():
        raise InputError(f"--layers {args.layers!r} is a file; give a folder's path")
    there = folder if folder.exists() else folder.absolute().parent
    if not there.is_dir():
        raise InputError(f"can't make folder {args.layers!r}: there is no folder {str(there)!r}")
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputError(f"can't write layers in {str(there)!r}: no permission to write there")
    for path in (args.output, args.save_mask):
        inside = path is not None and Path(path).resolve().parent == folder.resolve()
        if inside and _OUR_NAMES.fullmatch(Path(path).name):
            raise UsageError(f"{path} may be a layer's name: give another one, or another folder")


def layer_files(args: Namespace, result: semcs.Result[Any]) -> dict[str, bytes]:
    """The files of the layers that were asked for, by path; their folder is made.

    Other files in the folder stay; layers of an earlier run that aren't replaced are warned of.

    Raises:
        InputError: The folder can't be made.
    """
    files: dict[str, bytes] = {}
    if args.layers is not None:
        from semcs.image import encode

        pictures = {
            os.path.join(args.layers, layer.file_name(number)): layer.image
            for number, layer in enumerate(result.layers, 1)
        }
        files = {path: encode(image, format="PNG") for path, image in pictures.items()}
        _make_folder(args.layers)
        _warn_of_others(args.layers, {os.path.basename(path) for path in files})
    if args.psd is not None:
        from semcs.image.psd import encode_psd

        files[args.psd] = encode_psd([(layer.name, layer.image) for layer in result.layers])
    return files


def _make_folder(path: str) -> None:
    try:
        Path(path).mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"can't make folder {path!r}: {error.strerror or error}") from error


def _warn_of_others(folder: str, written: set[str]) -> None:
    """Say which layers of an earlier run stay beside those that are written now."""
    there = {name for name in os.listdir(folder) if _OUR_NAMES.fullmatch(name)}
    if others := sorted(there - written):
        _log.warning("%s holds other layers, which stay: %s", folder, ", ".join(others))
