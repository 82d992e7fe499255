"""From a clip's YUV to RGB and back, by the matrix and range that it names.

Pixels keep their transfer curve and primaries, those of high dynamic range, too: they are no more
than rounded to 8 bits. The tags that say so go on into what is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from semcs.errors import InputError

if TYPE_CHECKING:
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame

# FFmpeg's numbers of AVColorSpace and AVColorRange, those of ITU-T H.273.
_RGB, _BT709, _UNKNOWN, _FCC, _BT470BG, _SMPTE170M, _SMPTE240M, _BT2020 = 0, 1, 2, 4, 5, 6, 7, 9
_READ = (_RGB, _BT709, _UNKNOWN, _FCC, _BT470BG, _SMPTE170M, _SMPTE240M, _BT2020)
_LIMITED, _FULL = 1, 2

_HD_HEIGHT, _HD_WIDTH = 576, 1280  # over the one or from the other: BT.709 where nothing is said
_COARSE, _EXACT = 2, 0x2000 | 0x4000 | 0x40000  # bilinear; chroma at full size, exact rounding


@dataclass(frozen=True)
class Colours:
    """What the numbers in a clip's planes mean, by the numbers of ITU-T H.273.

    Attributes:
        matrix: From RGB to YUV, never unknown.
        primaries: As the source says, 2 where it doesn't.
        transfer: As the source says, 2 where it doesn't.
    """

    matrix: int = _BT709
    primaries: int = _BT709
    transfer: int = _BT709

    def to_rgb(self, frame: VideoFrame, size: tuple[int, int]) -> NDArray[np.uint8]:
        """(H, W, 3) uint8 RGB of a decoded frame, as it is stored; a frame of another size fits."""
        if frame.colorspace == _UNKNOWN:
            frame.colorspace = self.matrix
        height, width = size
        rgb = frame.reformat(width, height, "rgb24", interpolation=_COARSE | _EXACT, threads=1)
        return np.asarray(rgb.to_ndarray(), np.uint8)

    def to_frame(self, rgb: NDArray[np.uint8], pixel_format: str) -> VideoFrame:
        """A frame of limited range to be encoded."""
        from av.video.frame import VideoFrame

        frame = VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format="rgb24")
        frame.colorspace = self.matrix  # goes on to the new frame; RGB itself has none
        return frame.reformat(
            format=pixel_format,
            dst_color_range=_LIMITED,
            interpolation=_COARSE | _EXACT,
            threads=1,
        )

    def tag(self, codec: VideoCodecContext) -> None:
        """Write the tags into what is encoded."""
        codec.colorspace, codec.color_range = self.matrix, _LIMITED
        codec.color_primaries, codec.color_trc = self.primaries, self.transfer


def colours_of(frame: VideoFrame, path: str) -> Colours:
    """What a decoded frame says of its colours, and what is usual where it says nothing.

    Raises:
        InputError: If its matrix isn't among those that are read.
    """
    matrix = int(frame.colorspace)
    if matrix not in _READ:
        raise InputError(
            f"{path!r} has colour matrix {matrix} of ITU-T H.273; allowed: "
            "RGB, BT.601, BT.709, BT.2020, FCC, SMPTE 240M"
        )
    if matrix == _UNKNOWN:
        large = frame.height > _HD_HEIGHT or frame.width >= _HD_WIDTH
        matrix = _BT709 if large else _SMPTE170M
    if matrix == _RGB:
        matrix = _BT709
    return Colours(matrix, int(frame.color_primaries), int(frame.color_trc))
