from __future__ import annotations

import logging
import struct

import numpy as np
import pytest
from pictures import GREY, RGB, RGBA, SRGB, encoded, unchanged
from PIL import Image
from profiles import (
    GREY_1_8,
    GREY_GAMMA,
    LINEAR_CURVE,
    LINEAR_RGB,
    black_ink_profile,
    rgb_profile,
    xyz,
)

from semcs import image as si


def srgb_curve(linear: np.ndarray) -> np.ndarray:
    """IEC 61966-2-1."""
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def coarse_srgb_profile() -> bytes:
    """sRGB as a maker writes it: off by a level here and there, here from a short curve."""
    coded = np.linspace(0, 1, 64)
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    samples = np.rint(linear * 65535).astype(">u2").tobytes()
    return rgb_profile(b"curv" + struct.pack(">II", 0, 64) + samples)


@pytest.mark.parametrize("profile", [SRGB, coarse_srgb_profile()])
def test_an_srgb_profile_is_kept_and_leaves_the_pixels_alone(profile: bytes) -> None:
    picture = si.load(encoded(Image.fromarray(RGBA), "PNG", icc_profile=profile))
    np.testing.assert_array_equal(picture.rgb, RGBA[..., :3] / np.float32(255))
    assert picture.restore(picture.rgb).info["icc_profile"] == profile


def test_other_rgb_profiles_are_worked_on_in_srgb_and_given_back() -> None:
    image = Image.fromarray(RGBA)
    image.info["icc_profile"] = LINEAR_RGB
    picture = si.load(image)
    expected = srgb_curve(RGBA[..., :3] / 255)
    np.testing.assert_allclose(picture.rgb, expected, atol=1.5 / 255)
    back = picture.restore(np.full(picture.rgb.shape, 188 / 255, np.float32))
    assert back.info["icc_profile"] == LINEAR_RGB
    linear = ((188 / 255 + 0.055) / 1.055) ** 2.4 * 255
    np.testing.assert_allclose(np.asarray(back)[..., :3], linear, atol=1)
    np.testing.assert_array_equal(np.asarray(back)[..., 3], RGBA[..., 3])


def test_pixels_left_alone_keep_their_value_in_another_colour_space() -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8).reshape(16, 16, 1), 3, axis=2)
    # P3-like: a wider red. Most of its pixels don't survive the way to 8-bit sRGB and back.
    wide = rgb_profile(LINEAR_CURVE, red=xyz(0.515, 0.241, -0.001))
    ramp[..., 1:] //= 4
    image = Image.fromarray(ramp)
    image.info["icc_profile"] = wide
    picture = si.load(image)
    np.testing.assert_array_equal(np.asarray(picture.restore(picture.rgb)), ramp)
    half = picture.rgb.copy()
    half[8:] = 0
    back = np.asarray(picture.restore(half))
    np.testing.assert_array_equal(back[:8], ramp[:8])
    np.testing.assert_array_equal(back[8:], 0)


def test_grey_profiles_are_applied_and_dropped() -> None:
    image = Image.fromarray(GREY)
    image.info["icc_profile"] = GREY_1_8
    picture = si.load(image)
    expected = np.repeat(srgb_curve((GREY / 255) ** GREY_GAMMA)[..., None], 3, axis=2)
    np.testing.assert_allclose(picture.rgb, expected, atol=1.5 / 255)
    back = picture.restore(picture.rgb)
    assert "icc_profile" not in back.info
    np.testing.assert_array_equal(np.asarray(back), np.rint(picture.rgb * 255))


def test_cmyk_profiles_are_applied_and_dropped() -> None:
    ink = np.zeros((16, 16, 4), np.uint8)
    ink[..., 3] = np.arange(256).reshape(16, 16)
    image = Image.frombytes("CMYK", (16, 16), ink.tobytes())
    image.info["icc_profile"] = black_ink_profile()
    picture = si.load(image)
    lightness = 100 * (1 - ink[..., 3] / 255)
    low, high = lightness / 903.3, ((lightness + 16) / 116) ** 3
    expected = srgb_curve(np.where(lightness <= 8, low, high))
    np.testing.assert_allclose(picture.rgb[..., 1], expected, atol=3 / 255)
    assert "icc_profile" not in picture.restore(picture.rgb).info


@pytest.mark.parametrize(
    ("mode", "profile"),
    [
        ("RGB", b"garbage"),
        ("RGB", GREY_1_8),
        ("RGB", black_ink_profile()),
        ("CMYK", LINEAR_RGB),
        ("L", black_ink_profile()),
    ],
)
def test_profiles_that_do_not_fit_are_dropped_with_a_warning(
    mode: str, profile: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    image = Image.fromarray(RGB).convert(mode)
    image.info["icc_profile"] = profile
    with caplog.at_level(logging.WARNING, logger="semcs"):
        back = unchanged(image)
    assert "ICC" in caplog.text
    assert "icc_profile" not in back.info
    np.testing.assert_array_equal(np.asarray(back), np.asarray(image.convert("RGB")))
