"""The teacher of the bundled ViT: DeepLabV3 on MobileNetV2 (Pascal VOC), an 8-bit TFLite file.

Its projection layer gives 256 channels on a 33×33 grid for a 513×513 image; its logits give the
21 classes of Pascal VOC there. The ViT learns to predict both.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.bars import Bar
from semcs.training.data import save_array

DEEPLAB = "teachers/deeplabv3_mnv2_pascal_quant.tflite"  # in the training folder
GRID = 33
INPUT_SIDE = 513
FEATURES = "concat_projection/Relu"
LOGITS = "logits/semantic/BiasAdd"


def open_tflite(file: Path, threads: int) -> Any:
    """An interpreter of a TFLite network, whose inner layers can be read."""
    from ai_edge_litert.interpreter import Interpreter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns that keeping inner layers costs memory
        net = Interpreter(str(file), experimental_preserve_all_tensors=True, num_threads=threads)
    net.allocate_tensors()
    return net


class DeepLabTeacher:
    """Dense features and class probabilities of a photo."""

    def __init__(self, file: Path, threads: int = 2) -> None:
        """Open the TFLite `file` for `threads` cores."""
        self._net = open_tflite(file, threads)
        self._input = self._net.get_input_details()[0]["index"]
        grids = [d for d in self._net.get_tensor_details() if list(d["shape"][1:3]) == [GRID, GRID]]
        self._features = next(d for d in grids if d["name"].startswith(FEATURES))
        self._logits = next(d for d in grids if d["name"].startswith(LOGITS))

    def __call__(self, image: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
        """Features (33, 33, 256), quantised from 0, and class probabilities (33, 33, 21)."""
        square = cv2.resize(image, (INPUT_SIDE, INPUT_SIDE), interpolation=cv2.INTER_LINEAR)
        self._net.set_tensor(self._input, square[None])
        self._net.invoke()
        features = self._net.get_tensor(self._features["index"])[0]
        scale, zero = self._logits["quantization"]
        logits = (self._net.get_tensor(self._logits["index"])[0].astype(np.float32) - zero) * scale
        exponentials = np.exp(logits - logits.max(-1, keepdims=True))
        probabilities = exponentials / exponentials.sum(-1, keepdims=True)
        return features.copy(), probabilities.astype(np.float16)


def predict_all(
    images: NDArray[np.uint8], teacher_file: Path, cache: Path
) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """The teacher's features and probabilities of all `images`, kept in the folder `cache`."""
    files = cache / "teacher_features.npy", cache / "teacher_probabilities.npy"
    if all(file.is_file() for file in files):
        features, probabilities = (np.load(file, mmap_mode="r") for file in files)
        if len(features) == len(images):
            return features, probabilities
    teacher = DeepLabTeacher(teacher_file)
    features = np.empty((len(images), GRID, GRID, 256), np.uint8)
    probabilities = np.empty((len(images), GRID, GRID, 21), np.float16)
    for index, image in enumerate(Bar(images, desc="running the teacher", unit="image")):
        features[index], probabilities[index] = teacher(np.ascontiguousarray(image))
    save_array(files[0], features)
    save_array(files[1], probabilities)
    return features, probabilities
