"""What a learned style was made of: the part of its file that can be read without its weights."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields

from torch import nn

from semcs.errors import InputError, check_number, check_seed, check_whole
from semcs.models.directions import check_text

MOST_NAMED = 200  # letters of a name


@dataclass(frozen=True)
class About:
    """Where a learned style comes from.

    Attributes:
        text: What it was learned from.
        pictures: How many pictures it was learned from beside the text.
        photos: How many photos it was learned on; 0 where that were scenes made by code.
        steps: That were taken.
        seconds: That this took, all in all.
        seed: Of all random numbers.
        models: Name of the model family.
        clip: Hash of the weights of the image-text model that judged it.
        painter: Hash of the weights of the learned painter.
        version: Of semcs.
    """

    text: str
    pictures: int
    photos: int
    steps: int
    seconds: float
    seed: int
    models: str
    clip: str
    painter: str
    version: str

    def __post_init__(self) -> None:
        """Check every value: they may come from anybody's file.

        Raises:
            InputError: A value is of another type, or outside its range.
        """
        check_text(self.text)
        check_number("seconds", self.seconds)
        check_seed(self.seed)
        for name in ("pictures", "photos", "steps"):
            check_whole(name, getattr(self, name))
        for name in ("models", "clip", "painter", "version"):
            value = getattr(self, name)
            if not isinstance(value, str) or not value.isprintable() or len(value) > MOST_NAMED:
                raise InputError(f"{name} is no name")

    def to_json(self) -> str:
        """As JSON, in the order of the attributes."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> About:
        """Read what `to_json` wrote.

        Raises:
            InputError: It is something else.
        """
        try:
            values = json.loads(text)
        except (ValueError, RecursionError):
            values = None
        if not isinstance(values, dict) or set(values) != {field.name for field in fields(cls)}:
            raise InputError("its metadata don't say what it was learned from")
        return cls(**values)


def weights_hash(network: nn.Module) -> str:
    """SHA-256 of a network's weights and their names, in hexadecimal, on whatever device."""
    digest = hashlib.sha256()
    for name, value in sorted(network.state_dict().items()):
        digest.update(name.encode())
        digest.update(value.detach().float().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()
