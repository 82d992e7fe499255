"""What a classifier of ImageNet objects sees in photos: MobileNetV2, an 8-bit TFLite file."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from semcs.training.data import Item, read_rgb, save_array

OBJECT_TEACHER = "teachers/mobilenet_v2_1.0_224_quant.tflite"
INPUT_SIDE = 224


def object_names() -> list[str]:
    """The 1,000 classes of ImageNet as captions."""
    from torchvision.models import MobileNet_V2_Weights

    names = MobileNet_V2_Weights.IMAGENET1K_V1.meta["categories"]
    return [f"a photo of a {name}" for name in names]


def what_is_seen(photos: Sequence[Item], teacher: Path, cache: Path) -> NDArray[np.float32]:
    """Probabilities of the objects in each photo, squashed whole: (N, 1000)."""
    if cache.is_file():
        known = np.load(cache)
        if len(known) == len(photos):
            return np.asarray(known, np.float32)
    from ai_edge_litert.interpreter import Interpreter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        net = Interpreter(str(teacher), num_threads=2)
    net.allocate_tensors()
    entry, leave = net.get_input_details()[0], net.get_output_details()[0]
    seen = np.empty((len(photos), 1000), np.float32)
    for index, photo in enumerate(tqdm(photos, desc="asking the classifier", unit="photo")):
        square = cv2.resize(
            read_rgb(photo.path), (INPUT_SIDE, INPUT_SIDE), interpolation=cv2.INTER_AREA
        )
        net.set_tensor(entry["index"], square[None])
        net.invoke()
        # The first of its 1,001 classes is the background.
        scores = net.get_tensor(leave["index"])[0, 1:].astype(np.float32)
        seen[index] = scores / max(scores.sum(), 1)
    save_array(cache, seen.astype(np.float16))
    return seen
