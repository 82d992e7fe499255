"""The bundled networks as they come with the package: that they see, read and paint."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image, ImageFilter, ImageOps
from sklearn.datasets import load_sample_image

import semcs
from semcs.models.directions import PLAIN, text_directions

# Only "snowy", "frozen" and "flames" are phrases of the training vocabulary.
PARAPHRASES = {
    "snow": ("snowy", "snow everywhere in winter"),
    "ice": ("frozen", "frost and icicles"),
    "fire": ("flames", "a burning blaze", "a bonfire"),
    "gold": ("shiny golden treasure",),
    "wood": ("carved from timber", "oak planks"),
    "sea": ("waves of the ocean", "the deep blue sea"),
    "fog": ("thick fog on a moor",),
    "autumn": ("a forest in october",),
    "neon": ("glowing neon tubes",),
    "mosaic": ("little square tiles",),
    "charcoal": ("burnt charcoal strokes",),
    "watercolor": ("watercolour on paper",),
    "pixel art": ("retro 8-bit video game graphics",),
    "starry night": ("painted by van gogh",),
    "pop art": ("campbell's soup by warhol",),
}


@pytest.fixture(scope="module")
def family():
    return semcs.load_family("bundled", "cpu")


@pytest.fixture(scope="module")
def flower():
    return load_sample_image("flower.jpg")


@pytest.fixture(scope="module")
def disc():
    """1 on the dahlia in the middle of the photo, 0 elsewhere; (427, 640)."""
    return (from_the_centre() < 1).astype(np.float32)


def from_the_centre():
    """Distance of every pixel from the dahlia's centre, over its radius."""
    y, x = np.mgrid[:427, :640]
    return np.hypot(x - 307, y - 222) / 137


def tensor(image):
    return torch.from_numpy(np.asarray(image) / np.float32(255)).permute(2, 0, 1)[None]


def test_the_mask_covers_the_flower(family, flower):
    mask = semcs.saliency_mask(flower, family.key_extractor)
    y, x = np.mgrid[:427, :640]
    # At the lower border another dahlia begins; whether it counts is anyone's guess.
    another = (y > 350) & (x > 270) & (x < 490)
    inside, outside = from_the_centre() < 0.95, (from_the_centre() > 1.08) & ~another
    assert mask[inside].mean() - mask[outside].mean() > 0.8


@torch.no_grad()
def test_phrases_lie_by_what_they_mean(family):
    asked = [(phrase, meaning) for meaning, phrases in PARAPHRASES.items() for phrase in phrases]
    phrases = family.clip.encode_text([phrase for phrase, _ in asked])
    nearest = (phrases @ family.clip.encode_text([*PARAPHRASES]).T).argmax(1).tolist()
    right = [[*PARAPHRASES][i] == meaning for i, (_, meaning) in zip(nearest, asked)]
    assert np.mean(right) >= 0.85, [phrase for (phrase, _), ok in zip(asked, right) if not ok]


def changed_photos(photo):
    """The photo as these words say, made without the renderers of the training."""
    grey = ImageOps.grayscale(photo)
    return {
        "black and white": grey.convert("RGB"),
        "pencil sketch": grey.filter(ImageFilter.CONTOUR).convert("RGB"),
        "night": Image.blend(photo, Image.new("RGB", photo.size, "#050a28"), 0.8),
    }


@pytest.mark.parametrize("name", ["flower.jpg", "china.jpg"])
class TestPictures:
    def photo(self, name):
        return Image.fromarray(load_sample_image(name)).resize((288, 192)).crop((48, 0, 240, 192))

    @torch.no_grad()
    def test_a_photo_is_a_photo(self, family, name):
        texts = family.clip.encode_text(["a photo", *PARAPHRASES])
        similarity = family.clip.encode_image(tensor(self.photo(name))) @ texts.T
        assert similarity[0].argmax() == 0

    @torch.no_grad()
    def test_a_changed_photo_moves_as_its_word_says(self, family, name):
        photo = self.photo(name)
        changed = changed_photos(photo)
        embedded = family.clip.encode_image(
            torch.cat([tensor(photo), *map(tensor, changed.values())])
        )
        moved = F.normalize(embedded[1:] - embedded[:1], dim=1)
        said = F.normalize(text_directions(family.clip, [*changed], PLAIN), dim=1)
        similarity = moved @ said.T
        assert similarity.argmax(1).tolist() == list(range(len(changed)))
        assert similarity.diag().min() > 0.1

    @torch.no_grad()
    def test_a_blue_photo_moves_toward_blue(self, family, name, request):
        if name == "flower.jpg":
            # Since the encoder was aligned with the looks as they are painted now.
            request.applymarker(pytest.mark.xfail(strict=True, reason="moves away from blue"))
        photo = self.photo(name)
        blue = Image.blend(photo, Image.new("RGB", photo.size, "blue"), 0.7)
        before, after = family.clip.encode_image(torch.cat([tensor(photo), tensor(blue)]))
        said = text_directions(family.clip, ["blue", "night", "pencil sketch"], PLAIN)
        assert F.cosine_similarity(after - before, said).argmax() == 0


@torch.no_grad()
def embed(family, image, sides):
    return family.clip.encode_image(tensor(image) * sides)


@pytest.fixture(scope="module")
def leans(family, flower, disc):
    """cos(ΔI, gold), cos(ΔI, starry night) inside the disc and outside: for that order of
    texts, and with the texts swapped; (order, region, text)."""
    said = text_directions(family.clip, ["gold", "starry night"], PLAIN)
    sides = torch.from_numpy(np.stack([disc, 1 - disc]))[:, None]
    before = embed(family, flower, sides)
    stylizer, measured = semcs.Stylizer(family), []
    for fg, bg in (("gold", "starry night"), ("starry night", "gold")):
        preset = semcs.PRESETS["semcs"].change(steps=30, patches=24)
        options = {"size": 256, "preset": preset, "progress": False}
        styled = stylizer(flower, fg=fg, bg=bg, mask=disc, **options).image
        moved = embed(family, styled, sides) - before
        measured.append(F.cosine_similarity(moved[:, None], said[None], dim=2))
    return torch.stack(measured)


class TestPainting:
    def test_each_region_moves_toward_its_own_text(self, leans):
        (gold_fg, starry_fg), (gold_bg, starry_bg) = leans[0].tolist()
        # Rivals count by who leads: away from all other styles, not far along the own direction.
        assert gold_fg > 0.2
        assert gold_fg - starry_fg > 0.05
        assert starry_bg > 0.3
        assert starry_bg - gold_bg > 0.2

    def test_swapped_texts_swap_where_the_regions_lean(self, leans):
        toward_gold = leans[..., 0] - leans[..., 1]
        foreground, background = (toward_gold[0] - toward_gold[1]).tolist()
        assert foreground > 0.2
        assert background < -0.2

    def test_a_background_without_a_text_stays_as_it_is(self, family, flower):
        preset = semcs.PRESETS["semcs"].change(steps=2, patches=8)
        options = {"size": 128, "preset": preset, "progress": False}
        result = semcs.Stylizer(family)(flower, fg="gold", **options)
        background, foreground = result.mask == 0, result.mask == 1
        assert min(background.mean(), foreground.mean()) > 0.1
        assert np.array_equal(result.image[background], flower[background])
        assert (result.image[foreground] != flower[foreground]).mean() > 0.5
