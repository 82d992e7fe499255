"""Frames of a clip put together from their regions' pictures."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import numpy as np

from semcs.style.instant import InstantPainter
from semcs.style.presets import PRESETS
from semcs.stylizer.request import ForAll, check_request
from semcs.video.frames import Frame
from semcs.video.styling import ClipStyler
from semcs.video.workers.painters import OwnPainter

SIZE = (48, 64)
RAMP = np.linspace(0.3, 0.6, SIZE[0] * SIZE[1] * 3, dtype=np.float32).reshape(*SIZE, 3)


def test_a_trained_network_has_done_contrast_and_stretch_already(tiny_family):
    """By levels of the whole clip: by each frame's own, they would be done twice, and flicker."""
    preset = PRESETS["instant"].resolve(tiny_family.settings).change(contrast=2.0, stretch=True)
    request = check_request("blue", None, None, None, mask=None, for_all=ForAll(), size=64, seed=0)
    painter = OwnPainter(InstantPainter(lambda: tiny_family.painter))
    frame = Frame(0, Fraction(0), (255 * RAMP[::-1]).astype(np.uint8))
    styler = ClipStyler(tiny_family, request, preset, painter)
    styler.trained = SimpleNamespace(apply=lambda rgb, pictures, shares, regions: [RAMP])
    [shown] = styler.style([frame])
    assert np.array_equal(shown.rgb, np.round(RAMP * 255).astype(np.uint8))
    alone = ClipStyler(tiny_family, request, preset, painter)
    [stretched] = alone.style([frame])
    assert (stretched.rgb.min(), stretched.rgb.max()) == (0, 255)  # without a network they are done
