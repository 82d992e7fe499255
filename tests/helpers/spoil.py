"""Ways to spoil pictures, for the tests of the measures."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image, ImageFilter


def tensor(image):
    """(1, 3, H, W) of a PIL image or an array."""
    pixels = np.asarray(image)
    scale = np.float32(255 if pixels.dtype == np.uint8 else 1)
    return torch.from_numpy(pixels / scale).permute(2, 0, 1)[None].float()


def blurred(image, radius):
    return image.filter(ImageFilter.GaussianBlur(radius))


def noisy(image, amount):
    pixels = np.asarray(image) + np.random.default_rng(0).normal(0, amount, (*image.size[::-1], 3))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def only_inside(image, other, mask):
    """The other picture where the mask is 1."""
    return Image.fromarray(np.where(mask[..., None] > 0.5, np.asarray(other), np.asarray(image)))
