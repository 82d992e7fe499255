"""Seconds of the bundled networks, and the size of their files."""

from __future__ import annotations

import cv2
import torch

from benchmarks.models.bench import Bench
from benchmarks.scoring import Score
from semcs.models.precision import mixed_precision
from semcs.models.registry import BUNDLED_FOLDER
from semcs.saliency.predictor import SaliencyPredictor
from semcs.training.data import read_rgb

BATCH = 64


def times(bench: Bench) -> dict[str, Score]:
    """Seconds of the image encoder, and of the vision transformer with its eigenvectors."""
    side = bench.clip.input_size
    pixels = torch.rand(BATCH, 3, side, side, requires_grad=True)
    photo = read_rgb(bench.items("photos/subjects")[0].path)
    square = cv2.resize(photo, (480, 480))
    predictor = SaliencyPredictor(models="bundled", size=480)

    def encoder() -> object:
        with mixed_precision("cpu"):  # as stylisation runs it
            embeddings = bench.clip.encode_image(pixels)
        return torch.autograd.grad(embeddings.sum(), pixels)

    def vit() -> object:
        predictor.set_image(square)
        return predictor.eigenvectors

    return {"encoder64_s": Score.seconds(encoder), "vit_eig_480_s": Score.seconds(vit)}


def size(bench: Bench) -> dict[str, Score]:
    """Megabytes of all bundled weights; the same for any bench."""
    files = list(BUNDLED_FOLDER.glob("*.safetensors"))
    return {"size_mb": Score(sum(file.stat().st_size for file in files) / 1e6)}
