"""What a page of results is made of: tables, plots and pictures that don't grow too large."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Interval = Sequence[float]

JPEG_BYTES = 400_000
QUALITIES = (90, 80, 70)
SHRINK = 0.85  # of the side, where no quality is small enough
PLOT_WIDTH, LINE_HEIGHT, DPI = 9.0, 0.26, 110  # inches, inches, dots an inch
PLAIN, STRONG = "#5b6b7a", "#c8501e"
CREDITS = "Photos: scikit-learn (flower, CC-BY) and scikit-image (CC0 or public domain)."


@dataclass(frozen=True)
class Dot:
    """A figure in a plot, its interval, and a tick where it was asked to be."""

    label: str
    value: float
    interval: Interval | None = None
    asked: float | None = None
    strong: bool = False


@dataclass(frozen=True)
class Page:
    """A Markdown file, with `images/` beside it."""

    file: Path

    def plot(self, name: str, alt: str, panels: Sequence[tuple[str, Sequence[Dot]]]) -> str:
        """Draw dots with their intervals, a panel for each title, and give the Markdown."""
        figure = draw(panels)
        # No version of the library inside: the same figures give the same bytes.
        figure.savefig(self._image(f"{name}.png"), dpi=DPI, metadata={"Software": None})
        return f"![{alt}](images/{name}.png)"

    def picture(self, name: str, alt: str, image: Image.Image) -> str:
        """Save a JPEG of at most `JPEG_BYTES` and give the Markdown."""
        self._image(f"{name}.jpg").write_bytes(jpeg(image))
        return f"![{alt}](images/{name}.jpg)"

    def _image(self, name: str) -> Path:
        folder = self.file.parent / "images"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / name


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def between(interval: Interval | None, digits: int = 3) -> str:
    """[low, high], or nothing."""
    return "[{:.{d}f}, {:.{d}f}]".format(*interval, d=digits) if interval else ""


def figure_of(value: float, interval: Interval | None = None, digits: int = 3) -> str:
    """A figure and its interval."""
    return f"{value:.{digits}f} {between(interval, digits)}".rstrip()


def jpeg(image: Image.Image, limit: int = JPEG_BYTES) -> bytes:
    """The picture as JPEG, as good and as large as the limit allows."""
    image = image.convert("RGB")
    while True:
        for quality in QUALITIES:
            buffer = BytesIO()
            image.save(buffer, "JPEG", quality=quality, optimize=True)
            if buffer.tell() <= limit:
                return buffer.getvalue()
        size = [max(1, round(SHRINK * side)) for side in image.size]
        image = image.resize((size[0], size[1]), Image.Resampling.LANCZOS)


def draw(panels: Sequence[tuple[str, Sequence[Dot]]]) -> Figure:
    """Panels side by side; those of the same labels share them."""
    from matplotlib.figure import Figure

    most = max(len(dots) for _, dots in panels)
    figure = Figure(figsize=(PLOT_WIDTH, 0.8 + LINE_HEIGHT * most), layout="constrained")
    alike = len({tuple(dot.label for dot in dots) for _, dots in panels}) == 1
    axes = figure.subplots(1, len(panels), squeeze=False, sharey=alike)[0]
    for axis, (title, dots) in zip(axes, panels):
        for place, dot in enumerate(dots):
            color = STRONG if dot.strong else PLAIN
            if dot.interval:
                axis.hlines(place, dot.interval[0], dot.interval[1], color=color, linewidth=2)
            if dot.asked is not None:
                axis.plot(dot.asked, place, "|", color="black", markersize=12)
            axis.plot(dot.value, place, "o", color=color, markersize=5)
        axis.set_yticks(range(len(dots)), [dot.label for dot in dots], fontsize=8)
        axis.set_ylim(len(dots) - 0.5, -0.5)
        axis.set_title(title, fontsize=9)
        axis.tick_params(axis="x", labelsize=8)
        axis.grid(axis="x", alpha=0.3)
        for side in ("top", "right"):
            axis.spines[side].set_visible(False)
    return figure
