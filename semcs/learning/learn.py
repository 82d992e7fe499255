"""Learning a style: one network is fitted to a text over many photos (CLIPstyler's fast transfer).

A step sees one photo, and the losses are those that optimise a single picture. As every step sees
another one, what remains is what the style has in common on all of them.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from semcs import __version__
from semcs.bars import Bar
from semcs.errors import (
    DivergenceError,
    InputError,
    check_number,
    check_seed,
    check_switch,
    check_whole,
    shown,
)
from semcs.image import load, to_tensor
from semcs.learning import lessons
from semcs.learning.about import About, weights_hash
from semcs.learning.files import build_network
from semcs.learning.lessons import Lesson, photo_files, photos_to_learn_on, prepare
from semcs.learning.likeness import PictureLoss
from semcs.learning.style import Style
from semcs.looks.matching import match
from semcs.models.directions import check_text
from semcs.models.families import ModelFamily, as_family
from semcs.models.precision import mixed_precision
from semcs.models.settings import own_settings
from semcs.style.instant import InstantPainter, Plan
from semcs.style.objective import Objective, Task
from semcs.style.optimise import Step
from semcs.style.presets import PRESETS, Preset
from semcs.style.regions import Region
from semcs.style.stylenet import build_stylenet

SECONDS = 120.0
MOST_SECONDS = 86_400.0
MOST_STEPS = 1_000_000
MOST_PICTURES = 16
LEARNING_RATE = 5e-4  # at the start; it falls to zero as half a cosine
PATCH_SIZE = 192  # pixels at a side of 512, so 96 of a step's 256: as `SIDE` of 384 is worked on
CONTENT_WEIGHT = 1.0  # times the family's
PICTURE_WEIGHT = 2000.0  # of the likeness to pictures

Callback = Callable[[Step], object]


@dataclass(frozen=True, eq=False)
class Subject:
    """What is learned, checked and read.

    Attributes:
        text: What it should look like.
        pictures: (1, 3, h, w) each in [0, 1], what it should look like, too.
        seed: Of all random numbers.
    """

    text: str
    pictures: tuple[Tensor, ...]
    seed: int

    def goal(self, family: ModelFamily) -> str | Tensor:
        """What the directional losses move toward: the text, or the first picture instead.

        Raises:
            InputError: Nothing is known of the text, and there is no picture.
        """
        if family.open_vocabulary or match(self.text).understood:
            return self.text
        if self.pictures:
            return self.pictures[0].to(family.device)
        raise InputError(
            f"nothing is known of {shown(self.text)}: say it in other words, hand in pictures of "
            "it, or learn it with the paper models"
        )

    def begin(self, family: ModelFamily, painter: InstantPainter) -> Plan:
        """What paints the picture that the style begins as."""
        if not self.pictures:
            return painter.plan(self.text)
        codes = [family.painter.code_of(picture) for picture in self.pictures]
        return Plan("painter", code=torch.stack(codes).mean(0))


def learn_style(
    text: str,
    *,
    pictures: Sequence[object] = (),
    photos: object = None,
    seconds: float = SECONDS,
    steps: int | None = None,
    seed: int = 0,
    models: str | ModelFamily = "auto",
    device: torch.device | str | None = None,
    callback: Callback | None = None,
    progress: bool = True,
) -> Style:
    """Learn a style once, which then paints any photo in one pass.

        style = semcs.learn_style("frozen jungle", steps=2)  # a few, to see how it goes
        style.save("jungle.safetensors")
        semcs.stylize("photo.jpg", fg=semcs.Style.load("jungle.safetensors"), bg="gold")

    Args:
        text: What it should look like.
        pictures: What it should look like, too: anything that `semcs.image.load` takes.
        photos: A folder of photos to learn on, such as those that it will be used for; scenes
            made by code by default.
        seconds: How long it may take, without loading the models; the steps are as many as fit.
        steps: So many steps instead, in whatever time: with the same seed on the same machine,
            they give the same style.
        seed: Of all random numbers.
        models: "auto", "bundled", "paper" (see `load_family`), or a `ModelFamily`.
        device: Such as "cpu" or "cuda"; the GPU where there is one, by default.
        callback: Called with every `Step`; `False`, and no other answer, ends the learning there.
        progress: Show a bar on stderr where that is a terminal.

    Raises:
        InputError: Something can't be used; the message names it and says what is allowed.
        DivergenceError: A loss became NaN or infinite.
    """
    check_number("seconds", seconds, above=0, most=MOST_SECONDS)
    if steps is not None:
        check_whole("steps", steps, least=1, most=MOST_STEPS)
    check_switch("progress", progress)
    if callback is not None and not callable(callback):
        raise InputError(f"callback is {shown(callback)}: a function is allowed")
    subject = Subject(check_text(text), _read_pictures(pictures), check_seed(seed))
    files = photo_files(photos)
    family = as_family(models, device)
    family.clip, family.content, family.painter  # noqa: B018 - loaded before the clock starts
    learner = Learner(family, subject, files, seconds, steps)
    for step in Bar(learner, unit="step", total=steps, disable=None if progress else True):
        if callback is not None and callback(step) is False:
            break
    return learner.style()


class Learner:
    """A network that is being fitted; iterate over it to run it, `style` gives what it is."""

    @own_settings()
    def __init__(
        self,
        family: ModelFamily,
        subject: Subject,
        files: Sequence[Path] | None,
        seconds: float,
        steps: int | None,
    ) -> None:
        """Read the photos, and paint what the style begins as on each."""
        self.began = time.monotonic()
        self.family, self.subject = family, subject
        self.seconds, self.steps, self.taken = seconds, steps, 0
        painter = InstantPainter(lambda: family.painter)
        self.goal, self.plan = subject.goal(family), subject.begin(family, painter)
        read = photos_to_learn_on(files, subject.seed)
        self.photos = len(files or ())
        self.lessons = prepare(read, painter, self.plan, subject.seed)
        self.preset = learning_preset(family)
        self.likeness = self._likeness()
        generator = torch.Generator().manual_seed(subject.seed)
        self.network = build_stylenet("region", 1, (lessons.SIDE, lessons.SIDE), generator)
        self.network.to(family.device).to(memory_format=torch.channels_last)
        self._optimiser = torch.optim.Adam(self.network.parameters())
        self._rng = np.random.default_rng(subject.seed)
        self._prepared = time.monotonic() - self.began
        if steps is None and self._prepared >= seconds:
            raise InputError(
                f"seconds is {seconds:g}: all of it went into painting the photos to learn on "
                f"({self._prepared:.0f} s), so that no step fits; allow more"
            )

    def _likeness(self) -> PictureLoss | None:
        if not self.subject.pictures:
            return None
        device = self.family.device
        pictures = [picture.to(device) for picture in self.subject.pictures]
        return PictureLoss(self.family.painter.network.picture, pictures).to(device)

    def __iter__(self) -> Iterator[Step]:
        """Take steps until time or number are used up.

        Raises:
            DivergenceError: A loss became NaN or infinite.
        """
        order: list[int] = []
        while (done := self._share_done()) < 1:
            rate = LEARNING_RATE * (1 + math.cos(math.pi * done)) / 2
            for group in self._optimiser.param_groups:
                group["lr"] = rate
            order = order or [int(i) for i in self._rng.permutation(len(self.lessons))]
            losses, picture = self._update(self.lessons[order.pop()])
            self.taken += 1
            elapsed = time.monotonic() - self.began
            total = self.steps or max(self.taken, round(self.taken * self.seconds / elapsed))
            yield Step(self.taken, total, losses, rate, elapsed, picture)

    def _share_done(self) -> float:
        if self.steps is not None:
            return self.taken / self.steps
        spent = time.monotonic() - self.began - self._prepared
        return spent / (self.seconds - self._prepared)

    @own_settings()
    def _update(self, lesson: Lesson) -> tuple[dict[str, float], Tensor]:
        """Take one step on one photo; gives its losses and the picture before it."""
        device = self.family.device
        seen = lesson.cut(self._rng, lessons.SIDE)
        photo, start = seen.photo.to(device), seen.start.to(device)
        everywhere = torch.ones_like(photo[:, :1])
        task = Task(photo, start, everywhere, (Region(None, self.goal),))
        objective = Objective(
            task,
            self.preset,
            self.family.clip,
            self.family.content,
            templates=self.family.templates,
            seed=int(self._rng.integers(2**31)),
        )
        with mixed_precision(device, wanted=self.preset.network.mixed_precision):
            styled = self.network(photo, start, everywhere)
        losses, picture = objective(styled)
        if self.likeness is not None:
            losses["pictures"] = PICTURE_WEIGHT * self.likeness(picture)
        values = {name: float(loss.detach()) for name, loss in losses.items()}
        if not all(map(math.isfinite, values.values())):
            raise DivergenceError("a loss is no longer a finite number; no style was learned")
        self._optimiser.zero_grad(set_to_none=True)
        torch.stack(list(losses.values())).sum().backward()
        self._optimiser.step()
        return values, picture.detach()

    @own_settings()
    def style(self) -> Style:
        """The style as it is now, in the half precision of its file."""
        about = About(
            text=self.subject.text,
            pictures=len(self.subject.pictures),
            photos=self.photos,
            steps=self.taken,
            seconds=round(time.monotonic() - self.began, 1),
            seed=self.subject.seed,
            models=self.family.name,
            clip=weights_hash(self.family.clip),
            painter=weights_hash(self.family.painter.network),
            version=__version__,
        )
        state = {name: value.cpu().half() for name, value in self.network.state_dict().items()}
        code = None if self.plan.code is None else self.plan.code.cpu().half().float()
        return Style(about, build_network(state), code)


def learning_preset(family: ModelFamily) -> Preset:
    """The losses of semcs's own preset, for steps that see a square of `SIDE` pixels."""
    resolved = PRESETS["semcs"].resolve(family.settings)
    weight = CONTENT_WEIGHT * resolved.losses.content_weight
    return resolved.change(patch_size=PATCH_SIZE, content_weight=weight)


def _read_pictures(pictures: Sequence[object]) -> tuple[Tensor, ...]:
    if isinstance(pictures, (str, bytes)) or not isinstance(pictures, Sequence):
        raise InputError(f"pictures is {shown(pictures)}: a list of pictures is allowed")
    if len(pictures) > MOST_PICTURES:
        raise InputError(f"pictures has {len(pictures)} pictures: at most {MOST_PICTURES} are read")
    try:
        return tuple(to_tensor(load(picture).rgb) for picture in pictures)
    except InputError as error:
        raise InputError(f"pictures holds one that can't be read: {error}") from None
