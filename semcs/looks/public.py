"""The looks in one call: any picture and a text in, the same kind of picture out."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np

from semcs.errors import InputError, check_number, check_seed
from semcs.looks.matching import MOST_LETTERS, Match, match, nearest, quoted
from semcs.looks.phrases import phrases

_log = logging.getLogger("semcs")


def names() -> tuple[str, ...]:
    """Names of all looks, in alphabetical order.

    >>> from semcs.looks import names
    >>> names()[:3]
    ('aboriginal dot painting', 'abstract', 'airbrush')
    """
    return tuple(sorted(phrases()))


def find(text: str) -> Match:
    """The match of a text that looks, colours or light are found in.

        >>> from semcs.looks.public import find
        >>> find("a snowy oil painting").names
        ('snow', 'oil painting')

    Looks that the text names clearly and that the match leaves out are warned of, and so are words
    that nothing is known of.

    Args:
        text: Name of a look, or a few words, at most 1,000 letters.

    Raises:
        InputError: If nothing is found, or the text is empty, too long or no text; the message
            names looks that are near.
    """
    if not isinstance(text, str) or not text.strip():
        raise InputError("the look is empty: name one, such as 'watercolor'")
    found = match(text)
    if found.cut:
        raise InputError(f"the look has {len(text):,} letters: at most {MOST_LETTERS:,} are read")
    if not (found.looks or found.colors or found.light):
        near = nearest(text)
        hint = f"near ones are {', '.join(near)}" if near else "`semcs looks list` names all"
        raise InputError(f"no look is near {quoted(text)}: {hint}")
    for line in found.told():
        _log.warning("%s", line)
    return found


def render(
    img: object,
    look_or_text: str,
    mask: object = None,
    seed: int = 0,
    detail: float | None = None,
) -> Any:
    """Paint a picture, or a region of it, in a look.

        >>> import numpy as np
        >>> from semcs.looks import render
        >>> photo = np.zeros((48, 64, 3), np.uint8)
        >>> render(photo, "stained glass").shape
        (48, 64, 3)

    Args:
        img: PIL image, array (H, W[, C]), tensor (C, H, W) or (B, C, H, W), path, bytes, file.
        look_or_text: Name of a look, or a text that `match` finds looks or colours in, at most
            1,000 letters.
        mask: What to paint, of the picture's size, 1 = painted; all of it by default. Any kind
            of picture that `img` can be.
        seed: Of the look's random parameters, a whole number from 0.
        detail: How much of the photo's form is given back, 0 to 1; None is the look's own amount.

    Returns:
        The same kind of picture as `img`; paths, bytes and files give a PIL image. Pixels that
        can't be seen, under an alpha of 0, stay as they are and change nothing elsewhere.

    Raises:
        InputError: If the picture, the mask or an option can't be used, or no look is near the
            text.
    """
    amount = None if detail is None else check_number("detail", detail, most=1.0)
    seed = check_seed(seed)
    found = find(look_or_text)
    from semcs.image import load, load_batch, load_mask, restore_batch
    from semcs.looks.mixture import render_visible

    def paint(picture: Any) -> Any:
        chosen = None if mask is None else load_mask(mask, picture.size)
        return render_visible(picture.rgb, picture.alpha, found, chosen, seed=seed, detail=amount)

    if getattr(img, "ndim", 0) == 4 and not isinstance(img, np.ndarray):
        pictures = load_batch(img)  # type: ignore[arg-type]
        return restore_batch(pictures, [paint(picture) for picture in pictures])
    picture = load(img)
    return picture.restore(paint(picture))
