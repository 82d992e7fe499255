"""A stand-in for Gradio that records what a page is made of and checks it against its contract.

The keywords are those of Gradio 6.31, as far as pages here use them.
"""

from __future__ import annotations

import inspect
import types

TAKES = {
    "Blocks": {"analytics_enabled", "title", "fill_height", "fill_width", "delete_cache"},
    "Row": {"variant", "visible", "scale", "height", "equal_height"},
    "Column": {"scale", "min_width", "variant", "visible"},
    "Markdown": {"value", "label", "visible"},
    "Image": {"value", "format", "height", "width", "sources", "type", "label", "interactive"},
    "ImageSlider": {"value", "format", "height", "width", "type", "label", "slider_position"},
    "Textbox": {"value", "lines", "placeholder", "label", "info", "max_length"},
    "Radio": {"choices", "value", "type", "label", "info"},
    "Slider": {"minimum", "maximum", "value", "step", "label", "info"},
    "Button": {"value", "variant", "size"},
    "Examples": {"examples", "inputs", "label"},
}
ORDERED = {
    "Markdown": ("value",),
    "Radio": ("choices",),
    "Slider": ("minimum", "maximum"),
    "Button": ("value",),
    "Examples": ("examples", "inputs"),
}
LAYOUT = {"Blocks", "Row", "Column"}
CLICK = {"api_name", "concurrency_limit", "queue", "show_progress"}


class Page:
    """What a program made: components by their order, and what a click runs."""

    def __init__(self):
        self.components, self.clicks, self.depth = [], [], 0
        self.waiting = None

    def module(self):
        gradio = types.ModuleType("gradio")
        for name in TAKES:
            setattr(gradio, name, self._kind(name))
        gradio.Error, gradio.Progress = Error, Progress
        return gradio

    def of(self, kind):
        return [component for component in self.components if component.kind == kind]

    def _kind(self, kind):
        page = self

        class Component:
            def __init__(self, *ordered, **said):
                assert kind == "Blocks" or page.depth > 0, f"{kind} is outside of the page"
                names = ORDERED.get(kind, ())
                assert len(ordered) <= len(names)
                self.kind, self.said = kind, {**dict(zip(names, ordered)), **said}
                assert set(self.said) <= TAKES[kind], set(self.said) - TAKES[kind]
                page.components.append(self)

            def click(self, run, inputs, outputs, **said):
                assert kind == "Button"
                assert set(said) <= CLICK
                assert all(one in page.components for one in [*inputs, *outputs])
                taken = inspect.signature(run).parameters.values()
                free = [one for one in taken if not isinstance(one.default, Progress)]
                assert len(free) == len(inputs), "a click hands over one value for each input"
                page.clicks.append((run, inputs, outputs, said))

            def queue(self, *, max_size=None):
                assert kind == "Blocks"
                page.waiting = max_size
                return self

            def __enter__(self):
                assert kind in LAYOUT
                page.depth += 1
                return self

            def __exit__(self, *_):
                page.depth -= 1

        return Component


class Error(Exception):
    """What a page shows as an error."""

    def __init__(self, message, *, duration=10, title="Error", print_exception=True):
        super().__init__(message)
        self.print_exception = print_exception


class Progress:
    """Takes what a run tells of itself."""

    def __init__(self):
        self.told = []

    def __call__(self, progress, desc=None, total=None, unit="steps"):
        done, of = progress
        assert 0 < done <= of
        self.told.append(done)
