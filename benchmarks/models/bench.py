"""What is measured, on what, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.scoring import Measure
from semcs.errors import InputError
from semcs.models.interfaces import ImageTextModel
from semcs.training.data import Item, read_manifest

MEASURES = {
    "styles_top1": Measure("right style of rendered crops", 0.90),
    "styles_n": Measure("styles to choose from"),
    "direction_top1": Measure("right style by the change from photo to rendering", 0.85),
    "direction_cos": Measure("cosine of that change with its text's", 0.60),
    "materials_top1": Measure("right material of textures", 0.55),
    "adjectives_top1": Measure("right adjective of textures", 0.70),
    "movements_top1": Measure("right movement of paintings", 0.50),
    "flickr_r5": Measure("photo among the 5 nearest to its caption, of 100", 0.20),
    "paraphrase_top1": Measure("right style of paraphrases", 0.80),
    "people_iou_raw": Measure("IoU of the raw eigenvector, people", 0.62),
    "people_iou_refined": Measure("IoU of the default mask, people", 0.66),
    "subjects_iou": Measure("IoU of the default mask, subjects that the teacher is sure of", 0.70),
    "order_rendering": Measure("rendering's patch loss under the optimised photo's", 0.95),
    "order_instant": Measure("instant picture's patch loss under the optimised photo's", 0.95),
    "photo_last": Measure("the photo's patch loss over all others", 0.95),
    "encoder64_s": Measure(
        "seconds: image encoder, 64 crops, forward and back", 0.25, at_most=True
    ),
    "vit_eig_480_s": Measure("seconds: ViT to eigenvectors, 480×480", 0.50, at_most=True),
    "size_mb": Measure("MB of all bundled weights", 32, at_most=True),
}


@dataclass(frozen=True)
class Bench:
    """What is measured, and on what.

    Attributes:
        clip: The image-text model.
        data: The training folder.
        cache: Folder where rendered crops are kept.
        limit: Most pictures of each measure; None: all.
    """

    clip: ImageTextModel
    data: Path
    cache: Path
    limit: int | None = None

    def items(self, *folders: str) -> list[Item]:
        """All pictures of some folders of the data.

        Raises:
            InputError: There are none.
        """
        if items := read_manifest(self.data, folders):
            return items
        raise InputError(f"{self.data / 'manifest.csv'} lists nothing in {', '.join(folders)}")
