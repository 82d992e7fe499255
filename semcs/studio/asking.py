"""What a picture is asked for by: the requests in JSON, and their schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

from semcs.errors import MAX_SEED

ID = r"^[A-Za-z0-9_-]{22}$"
MOST_REGIONS = 32
MOST_PHOTOS = 500  # of one folder
LONGEST_TEXT = 1000  # letters

Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Id = Annotated[str, Field(pattern=ID, examples=["0123456789abcdefABCDEF"])]
Share = Annotated[float, Field(ge=0, le=1)]
Scale = Annotated[float, Field(ge=0.25, le=4)]
Moment = Annotated[float, Field(ge=0, le=1_000_000)]
Coordinate = Annotated[float, Field(ge=-1e6, le=1e6)]
Point = tuple[Coordinate, Coordinate]
Rule = Literal["cues", "centre", "border", "majority", "max-abs"]
Preset = Literal["semcs", "instant", "semcs-reference", "semcs-slides", "clipstyler", "gen-art"]


class Strict(BaseModel):
    """A part of a request: what it doesn't name is refused, so that no typing error is lost."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class StylePicture(Strict):
    """A style picture that was uploaded."""

    picture: Id = Field(description="Its id, from `POST /photos/{id}/styles`.")


Single = Text | StylePicture
Weight = Annotated[float, Field(ge=0, le=1e6)]


def _told(value: Any, handler: Callable[[Any], Any]) -> Any:
    try:
        return handler(value)
    except ValidationError:
        raise PydanticCustomError(
            "style",
            'a style is a text of 1 to 1,000 letters, {{"picture": id}}, or up to 12 pairs of one '
            "of these and its weight",
        ) from None


Style = Annotated[
    Single | Annotated[list[tuple[Single, Weight]], Field(min_length=1, max_length=12)],
    WrapValidator(_told),
    Field(description="A text, a style picture, or pairs of one of these and its weight."),
]


class Region(Strict):
    """Where, and in which style. One of `mask`, `words`, `rest`, `foreground`, `background`."""

    mask: Id | None = Field(None, description="Id of a mask.")
    words: Text | None = Field(None, description='What it is, such as "the sky".')
    rest: bool = Field(False, description="All that no other region has.")
    foreground: bool = Field(False, description="What stands out, or the request's `mask`.")
    background: bool = Field(False, description="What doesn't.")
    style: Style | None = Field(None, description="None keeps the photo there.")
    name: Annotated[str, Field(max_length=80)] | None = Field(None, description="Of its layer.")
    strength: Share | None = Field(None, description="By default the request's, as the rest.")
    detail: Share | None = None
    keep_color: Share | None = None
    scale: Scale | None = None
    avoid: Text | None = None


class Look(Strict):
    """How a picture should look. One of `style`, `fg` and/or `bg`, or `regions` has to be there."""

    style: Style | None = Field(None, description="Of the whole picture.")
    fg: Style | None = Field(None, description="Of the foreground; none keeps the photo.")
    bg: Style | None = Field(None, description="Of the background; none keeps the photo.")
    mask: Id | None = Field(None, description="The foreground; by default what stands out.")
    invert_mask: bool = Field(False, description="Take the mask's other side.")
    regions: Annotated[list[Region], Field(min_length=1, max_length=MOST_REGIONS)] | None = Field(
        None, description="Instead of the styles above; earlier ones go first where they overlap."
    )
    strength: Share = Field(1.0, description="How much of the styles shows.")
    detail: Share | None = Field(
        None, description="How much of the photo's form looks get back; by default each look's own."
    )
    keep_color: Share = Field(0.0, description="How much of the photo's colours stays.")
    scale: Scale = Field(1.0, description="Size of the strokes.")
    avoid: Text | None = Field(None, description='A text to stay away from, such as "blue".')
    preset: Preset = Field("instant", description="`instant` paints at once; the others optimise.")
    size: int = Field(512, ge=32, le=8192, description="Longest side to optimise at, in pixels.")
    seed: int = Field(0, ge=0, le=MAX_SEED)
    steps: int | None = Field(None, ge=0, le=1_000_000, description="By default the preset's.")
    rule: Rule = Field("cues", description="Which side is the foreground, where there is no mask.")
    side: int | None = Field(
        None, ge=32, le=8192,
        description="Paint the photo with a longest side of at most so many pixels, to see it "
        "sooner; by default at its own size.",
    )  # fmt: skip


class StyleRequest(Look):
    """A picture that is asked for, of a photo that was uploaded."""

    photo: Id


class JobRequest(StyleRequest):
    """A picture that is asked for as a job."""

    kind: Literal["stylize"] = "stylize"


class ClipRequest(Look):
    """A clip that is asked for; its masks are those of its video's photo. It has no `side`."""

    kind: Literal["video"]
    video: Id
    start: Moment | None = Field(None, description="Seconds at which to begin.")
    stop: Moment | None = Field(None, description="Seconds at which to end.")
    quality: int | None = Field(
        None, ge=0, le=100, description="By default the size comes near to the source's."
    )


class FolderRequest(Look):
    """The same look on many photos; no mask by id, as that is one photo's."""

    kind: Literal["folder"]
    photos: Annotated[list[Id], Field(min_length=1, max_length=MOST_PHOTOS)]


def _kind_of(wanted: Any) -> str | None:
    said = wanted.get("kind", "stylize") if isinstance(wanted, dict) else wanted.kind
    return f"{KIND}{said}" if said in KINDS else None


KIND = "kind "  # before the names of kinds, which are no part of what an error is about
KINDS = ("stylize", "video", "folder")

AnyJob = Annotated[
    Annotated[JobRequest, Tag(f"{KIND}stylize")]
    | Annotated[ClipRequest, Tag(f"{KIND}video")]
    | Annotated[FolderRequest, Tag(f"{KIND}folder")],
    Discriminator(
        _kind_of,
        custom_error_type="kind",
        custom_error_message="kind is one of stylize, video and folder",
    ),
]


class FrameRequest(Strict):
    """A moment of a video."""

    at: Moment = Field(description="Seconds from its first frame.")


class MaskRequest(Strict):
    """A region to find: the salient object where neither words, clicks, a box nor a hint say more.

    Pixels count from the upper left corner of the upright photo, x to the right.
    """

    rule: Rule = "cues"
    invert: bool = False
    words: Text | None = None
    clicks: Annotated[list[Point], Field(max_length=64)] = []
    not_clicks: Annotated[list[Point], Field(max_length=64)] = []
    box: tuple[Coordinate, Coordinate, Coordinate, Coordinate] | None = None
    hint: Id | None = Field(None, description="Id of a mask that is roughly the region.")
    grow: float = Field(0.0, ge=-10_000, le=10_000, description="Pixels; negative: inwards.")
    feather: float = Field(0.0, ge=0, le=10_000, description="Width of a soft edge, in pixels.")


class ThumbnailRequest(Strict):
    """Looks to show on a photo."""

    looks: Annotated[list[Text], Field(min_length=1, max_length=400)]
    side: int = Field(96, ge=32, le=256, description="Longest side in pixels.")
    mask: Id | None = Field(None, description="Paint this region alone.")
