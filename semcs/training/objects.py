"""The teacher of objects: MobileNetV2, a classifier of ImageNet's objects, an 8-bit TFLite file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from semcs.bars import Bar
from semcs.training.data import Item, read_rgb, save_array
from semcs.training.teacher import open_tflite

OBJECT_TEACHER = "teachers/mobilenet_v2_1.0_224_quant.tflite"
INPUT_SIDE = 224
FEATURES = "Logits/AvgPool"


def object_names() -> list[str]:
    """The 1,000 classes of ImageNet as captions."""
    from torchvision.models import MobileNet_V2_Weights

    names = MobileNet_V2_Weights.IMAGENET1K_V1.meta["categories"]
    return [f"a photo of a {name}" for name in names]


class Classifier:
    """Class probabilities and features of a photo, which it sees squashed to a square."""

    def __init__(self, file: Path, threads: int = 2) -> None:
        """Open the TFLite `file` for `threads` cores."""
        self._net = open_tflite(file, threads)
        self._input = self._net.get_input_details()[0]["index"]
        self._output = self._net.get_output_details()[0]["index"]
        details = self._net.get_tensor_details()
        self._features = next(d["index"] for d in details if d["name"].endswith(FEATURES))

    def __call__(self, photo: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """Probabilities of the 1,000 objects, and 1,280 features, quantised from 0."""
        size = (INPUT_SIDE, INPUT_SIDE)
        square = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
        self._net.set_tensor(self._input, square[None])
        self._net.invoke()
        # The first of its 1,001 classes is the background.
        scores = self._net.get_tensor(self._output)[0, 1:].astype(np.float32)
        features = self._net.get_tensor(self._features).reshape(-1)
        return scores / max(scores.sum(), 1), features.copy()


@dataclass(frozen=True)
class Predictions:
    """The classifier's answers about N pictures.

    Attributes:
        objects: (N, 1000) probabilities.
        features: (N, 1280), quantised from 0.
    """

    objects: NDArray[np.float32]
    features: NDArray[np.uint8]


def predict_objects(items: Sequence[Item], teacher: Path, cache: Path) -> Predictions:
    """Run the classifier in the file `teacher` on all pictures; kept in the folder `cache`."""
    files = cache / f"seen_objects_{len(items)}.npy", cache / f"seen_features_{len(items)}.npy"
    if not all(file.is_file() for file in files):
        classifier = Classifier(teacher)
        objects = np.empty((len(items), 1000), np.float16)
        features = np.empty((len(items), 1280), np.uint8)
        for index, item in enumerate(Bar(items, desc="running the classifier", unit="picture")):
            objects[index], features[index] = classifier(read_rgb(item.path))
        save_array(files[0], objects)
        save_array(files[1], features)
    return Predictions(np.load(files[0]).astype(np.float32), np.load(files[1]))


def principal_features(features: NDArray[np.uint8], count: int) -> NDArray[np.float32]:
    """The `count` principal components (N, count) of features (N, F), each of deviation 1."""
    from sklearn.decomposition import PCA

    components = PCA(count, whiten=True, random_state=0).fit_transform(features.astype(np.float32))
    return np.asarray(components, np.float32)
