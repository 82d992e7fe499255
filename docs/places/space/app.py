"""A page for a hosted space: a photo and two texts in, the styled photo beside it."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
import sklearn.datasets
from PIL import Image

import semcs

LONGEST = 1024  # pixels: what two cores paint in about a second
MOST_SECONDS = 60  # for refining, so that nobody waits long for those before
WAITING = 20  # visitors, at most
KEPT_SECONDS = 3600  # of what was uploaded
PRESETS = {"at once": "instant", "refined": "semcs"}
SAMPLES = Path(sklearn.datasets.__file__).parent / "images"

stylizer = semcs.Stylizer("bundled")


def paint(
    photo: Image.Image | None,
    words: str,
    foreground: str,
    background: str,
    how: str,
    keep_color: float,
    progress: gr.Progress = gr.Progress(),  # noqa: B008  (Gradio looks for it here)
) -> tuple[tuple[Image.Image, Image.Image], Image.Image]:
    """The photo beside the styled one, and the mask that parts them."""
    if photo is None:
        raise gr.Error("Choose a photo first.", print_exception=False)
    photo = photo.convert("RGB")
    photo.thumbnail((LONGEST, LONGEST))
    try:
        mask = find(photo, words)
        run = stylizer.iterate(
            photo,
            fg=foreground.strip() or None,
            bg=background.strip() or None,
            mask=mask,
            preset=PRESETS[how],
            keep_color=keep_color,
            max_seconds=MOST_SECONDS,
        )
        for step, _ in enumerate(run, 1):
            progress((step, len(run)), unit="steps")
        return (photo, run.result().image), mask
    except semcs.SemcsError as error:
        raise gr.Error(str(error), print_exception=False) from error


def find(photo: Image.Image, words: str) -> Image.Image:
    """The mask of what words name; without words, of what stands out."""
    if words.strip():
        return semcs.find(photo, words, models=stylizer.family)
    return semcs.saliency_mask(photo, models=stylizer.family)


with gr.Blocks(
    title="semcs", analytics_enabled=False, delete_cache=(KEPT_SECONDS, KEPT_SECONDS)
) as demo:
    gr.Markdown("# semcs\nForeground and background of a photo, each in its own style.")
    with gr.Row():
        with gr.Column():
            photo = gr.Image(label="Photo", type="pil", sources=["upload", "clipboard"])
            words = gr.Textbox(label="Foreground is", placeholder="what stands out, or: building")
            foreground = gr.Textbox(label="Style of the foreground", value="gold")
            background = gr.Textbox(label="Style of the background", value="starry night")
            how = gr.Radio(list(PRESETS), label="Painted", value="at once")
            keep_color = gr.Slider(0, 1, value=0, step=0.05, label="Colours of the photo kept")
            button = gr.Button("Paint", variant="primary")
        with gr.Column():
            styled = gr.ImageSlider(label="Before and after", type="pil", format="png")
            mask = gr.Image(label="Foreground", type="pil", format="png")
    gr.Examples(
        [
            [str(SAMPLES / "flower.jpg"), "", "stained glass", "starry night"],
            [str(SAMPLES / "china.jpg"), "building", "gold", "watercolor"],
        ],
        [photo, words, foreground, background],
    )
    button.click(
        paint,
        [photo, words, foreground, background, how, keep_color],
        [styled, mask],
        concurrency_limit=1,
    )
demo.queue(max_size=WAITING)

if __name__ == "__main__":
    demo.launch()
