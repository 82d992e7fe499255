"""Put freshly trained weights into the package, and write the manifest that guards them.

python -m semcs.training.bundle --out DIR
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from pathlib import Path

from semcs.models.registry import BUNDLED_FOLDER, BUNDLED_MANIFEST

PARTS = ("clip.safetensors", "content.safetensors", "painter.safetensors", "vit.safetensors")


def bundle(trained: Path, folder: Path = BUNDLED_FOLDER, manifest: Path = BUNDLED_MANIFEST) -> None:
    """Copy the parts that `trained` holds to `folder`; list all that lie there in `manifest`."""
    for part in PARTS:
        if (trained / part).is_file():
            shutil.copyfile(trained / part, folder / part)
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(folder.glob("*.safetensors"))
    ]
    manifest.write_text("".join(lines))


def main() -> None:
    """Bundle from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, required=True, help="folder that training wrote to")
    bundle(parser.parse_args().out)


if __name__ == "__main__":
    main()
