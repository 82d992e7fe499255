"""Put freshly trained weights into the package, and write the manifest of their hashes.

    python -m semcs.training.bundle --out DIR

Copies clip, content, painter, regions and vit.safetensors, where --out holds them, to
semcs/models/bundled, and writes SHA256SUMS there, against which weights are checked when they
are loaded.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from pathlib import Path

from semcs.models.registry import BUNDLED_FOLDER, BUNDLED_MANIFEST
from semcs.training.arguments import plain_parser
from semcs.training.files import written_whole

PARTS = (
    "clip.safetensors",
    "content.safetensors",
    "painter.safetensors",
    "regions.safetensors",
    "vit.safetensors",
)


def bundle(trained: Path, folder: Path = BUNDLED_FOLDER, manifest: Path = BUNDLED_MANIFEST) -> None:
    """Copy the parts that `trained` holds to `folder`; list all that lie there in `manifest`."""
    for part in PARTS:
        if (trained / part).is_file():
            with written_whole(folder / part) as file:
                shutil.copyfile(trained / part, file)
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(folder.glob("*.safetensors"))
    ]
    with written_whole(manifest) as file:
        file.write_text("".join(lines))


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = plain_parser(__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder that training wrote to")
    return parser.parse_args()


def main() -> None:
    """Bundle from the command line."""
    bundle(parse().out)


if __name__ == "__main__":
    main()
