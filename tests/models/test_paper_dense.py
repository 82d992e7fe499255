from __future__ import annotations

import copy

import numpy as np
import open_clip
import pytest
import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw
from safetensors.torch import save_file
from tiny_regions import TinyRegions

import semcs
from semcs.errors import NotFoundError
from semcs.models import families, paper_clip
from semcs.models.interfaces import KeyExtractor, Presence
from semcs.models.paper_clip import PaperClip
from semcs.models.paper_dense import OTHERS, DenseClip, PaperRegions, alike
from semcs.models.paper_segments import joined, smooth_functions, spectral_segments
from semcs.models.weights import read_weights
from semcs.saliency import as_affinity, smallest_eigenvectors

PATCH, GRID = 16, 4
SMALL = {
    "embed_dim": 32,
    "quick_gelu": True,
    "vision_cfg": {"image_size": 64, "layers": 3, "width": 128, "patch_size": PATCH},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 2, "layers": 1},
}
MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(3, 1, 1)
STD = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(3, 1, 1)


@pytest.fixture(scope="module")
def original():
    """open_clip's own network, with seeded weights large enough that every part counts."""
    network = open_clip.CLIP(**SMALL).eval().requires_grad_(False)
    generator = torch.Generator().manual_seed(0)
    for value in network.state_dict().values():
        if value.ndim > 1:
            value.normal_(0, value[0].numel() ** -0.5, generator=generator)
        elif value.ndim == 1:
            value.normal_(0.5, 0.5, generator=generator)
    network.visual.positional_embedding.normal_(generator=generator)
    return network


@pytest.fixture(scope="module")
def clip(original):
    return PaperClip("small", copy.deepcopy(original), 64)


@pytest.fixture(scope="module")
def dense(clip):
    return DenseClip(clip)


def resampled(positions, h, w):
    """Position embeddings for another grid, channel by channel with Pillow."""
    planes = positions[1:].T.reshape(-1, GRID, GRID).numpy()
    resized = [np.asarray(Image.fromarray(p).resize((w, h), Image.BICUBIC)) for p in planes]
    return torch.cat([positions[:1], torch.from_numpy(np.stack(resized)).flatten(1).T])


def identity_attention(original, squares, h, w):
    """All of open_clip's image encoder, each token masked from all others in the last block."""
    visual = copy.deepcopy(original.visual)
    visual.positional_embedding.data = resampled(visual.positional_embedding, h, w)
    tokens = visual._embeds(squares)
    *blocks, last = visual.transformer.resblocks
    for block in blocks:
        tokens = block(tokens)
    alone = torch.full((tokens.shape[1],) * 2, -torch.inf).fill_diagonal_(0)
    embedded = visual.ln_post(last(tokens, attn_mask=alone)) @ visual.proj
    return F.normalize(embedded[:, 1:], dim=-1).unflatten(1, (h, w))


@pytest.mark.parametrize("grid", [(4, 4), (5, 7), (2, 3)])
def test_places_are_those_of_an_attention_that_is_the_identity(original, dense, grid):
    h, w = grid
    generator = torch.Generator().manual_seed(1)
    squares = torch.randn(2, 3, h * PATCH, w * PATCH, generator=generator)
    expected = identity_attention(original, squares, h, w)
    torch.testing.assert_close(dense.places(squares), expected, atol=1e-4, rtol=0)
    assert expected.flatten(0, 2).std(0).mean() > 0.02  # what tells places apart


def test_four_looks_half_a_patch_apart_are_laid_into_one_grid(clip):
    class Means(DenseClip):
        looks = 0

        def places(self, images):
            self.looks += 1
            return F.pad(F.avg_pool2d(images, PATCH), (0, 0, 0, 0, 0, 29)).permute(0, 2, 3, 1)

    dense = Means(clip)
    images = torch.rand(1, 3, 48, 80, generator=torch.Generator().manual_seed(2))
    padded = F.pad((images - MEAN) / STD, (4, 4, 4, 4), mode="replicate")
    expected = F.avg_pool2d(padded, PATCH, stride=8)[0].permute(1, 2, 0)
    torch.testing.assert_close(dense.features(images)[..., :3], expected, atol=1e-5, rtol=0)
    assert dense.looks == 4
    assert dense.features(images[:, :, :8, :24]).shape == (1, 3, 32)
    assert dense.looks == 6


def test_features_are_what_clip_sees_there(original, dense):
    # The first look, a quarter of a patch up and left of the picture's corner.
    images = torch.rand(1, 3, 64, 48, generator=torch.Generator().manual_seed(3))
    padded = F.pad((images - MEAN) / STD, (4, 4, 4, 4), mode="replicate")
    expected = identity_attention(original, padded[:, :, :64, :48], 4, 3)[0]
    features = dense.features(images)
    torch.testing.assert_close(features[::2, ::2], expected, atol=1e-4, rtol=0)
    torch.testing.assert_close(features.norm(dim=-1), torch.ones(8, 6))


def test_a_phrase_is_embedded_in_sentences_by_clips_text_encoder(original, dense):
    sentences = ["a photo of a {}.", "a photo of the {}.", "a cropped photo of {}."]
    tokens = open_clip.tokenize([s.format("owl") for s in [*sentences, "a photo of many {}."]])
    expected = F.normalize(F.normalize(original.encode_text(tokens), dim=1).mean(0), dim=0)
    torch.testing.assert_close(dense.embed(["cat", "owl"])[1], expected, atol=1e-5, rtol=0)


def test_the_weights_are_those_of_the_clip_itself(clip, dense, original):
    assert dense.encoder is clip.network.visual
    assert dense.scale == pytest.approx(float(original.logit_scale.exp()))


@pytest.mark.parametrize(
    ("noun", "phrase", "expected"),
    [
        ("tree", "tall trees", True),
        ("water", "ocean", True),  # a synonym
        ("ground", "grass", True),  # takes it in
        ("person", "face", True),
        ("curtain", "red curtains", True),  # not a word of the bundled list
        ("tree", "red balloon", False),
        ("car", "bus", False),
        ("background", "cat", False),
    ],
)
def test_nouns_that_mean_the_phrase_are_no_rivals(noun, phrase, expected):
    assert noun in OTHERS
    assert alike(noun, phrase) is expected


class TestJoined:
    def test_each_segment_moves_to_its_own_mean(self):
        share = torch.tensor([[0.8, 1.0, 0.2], [1.0, 0.8, 0.2]])
        segments = torch.tensor([[0, 0, 1], [0, 0, 1]])
        # Of the mean 0.9, 80 % agree, and no more than 0.4 of nine places around one don't.
        pull = 0.8 * (1 - 0.4 / 9)
        expected = torch.tensor([[0.8, 1.0], [1.0, 0.8]]).lerp(torch.tensor(0.9), pull)
        torch.testing.assert_close(joined(share, segments)[:, :2], expected)
        torch.testing.assert_close(joined(share, segments)[:, 2], share[:, 2])

    def test_a_stray_place_follows_the_others_as_far_as_they_agree(self):
        share = torch.ones(5, 5)
        share[2, 2] = 0
        # The mean is 24/25, so that 23/25 agree, and 1/9 of the place's neighbourhood doesn't.
        pull = 23 / 25 * 8 / 9
        found = joined(share, torch.zeros(5, 5, dtype=torch.long))
        assert found[2, 2] == pytest.approx(24 / 25 * pull)
        assert found[0, 0] == pytest.approx(1 - pull / 25)

    def test_a_small_thing_in_a_large_segment_stays(self):
        share = torch.zeros(12, 12)
        share[4:7, 4:7] = 1
        found = joined(share, torch.zeros(12, 12, dtype=torch.long))
        torch.testing.assert_close(found, share)

    def test_a_segment_that_is_of_two_minds_stays_as_it_is(self):
        share = torch.tensor([[0.0, 1.0], [1.0, 0.0]])
        torch.testing.assert_close(joined(share, torch.zeros(2, 2, dtype=torch.long)), share)

    def test_yes_and_no_count_alike(self):
        generator = torch.Generator().manual_seed(4)
        share = torch.rand(8, 9, generator=generator)
        segments = torch.randint(0, 6, (8, 9), generator=generator)
        segments[segments == 3] = 2  # a label that no place has
        torch.testing.assert_close(joined(1 - share, segments), 1 - joined(share, segments))


class TestSegments:
    def test_they_are_the_groups_of_like_keys(self):
        generator = torch.Generator().manual_seed(5)
        truth = torch.zeros(10, 12, dtype=torch.long)
        truth[:, 7:], truth[3:6, 2:5] = 1, 2
        keys = F.one_hot(truth, 16) + 0.05 * torch.randn(10, 12, 16, generator=generator)
        found = spectral_segments(keys, 3)
        pairs = {(int(a), int(b)) for a, b in zip(found.flatten(), truth.flatten())}
        assert len(pairs) == 3
        assert torch.equal(found, spectral_segments(keys, 3))

    def test_they_are_cut_along_the_eigenvectors_of_the_saliency_half(self):
        keys = torch.randn(6, 9, 5, generator=torch.Generator().manual_seed(7))
        unit = F.normalize(keys.flatten(0, 1), dim=1)
        affinity = as_affinity((unit @ unit.T).clamp(min=0).numpy())
        _, expected = smallest_eigenvectors(affinity, 5)
        found = smooth_functions(keys, 4)[:, ::-1]
        flipped = np.sign((found * expected[:, 1:]).sum(0))
        np.testing.assert_allclose(found * flipped, expected[:, 1:], atol=1e-5)

    def test_few_patches_are_a_segment_each(self):
        assert spectral_segments(torch.rand(2, 3, 4), 15).tolist() == [[0, 1, 2], [3, 4, 5]]

    @pytest.mark.filterwarnings("error")
    def test_a_flat_picture_has_some(self):
        found = spectral_segments(torch.ones(6, 8, 4))
        assert found.shape == (6, 8)
        assert found.min() == 0


COLOURS = {"red": (255, 0, 0), "sky": (60, 120, 255), "grass": (0, 160, 40)}


class ColourClip:
    """A CLIP that sees the colour of each place, and knows the colours that texts mean."""

    scale = 100.0

    def features(self, images):
        colours = F.avg_pool2d(images, 16)[0].permute(1, 2, 0) - 0.4
        return F.normalize(F.pad(colours, (0, 1), value=0.05), dim=-1)

    def embed(self, texts):
        nothing = torch.tensor([0.0, 0, 0, 1])
        codes = [next((c for name, c in COLOURS.items() if name in t), None) for t in texts]
        meant = [torch.tensor([*c, 0]) / 255 - 0.4 * (1 - nothing) if c else nothing for c in codes]
        return F.normalize(torch.stack(meant), dim=1)


class ColourKeys(KeyExtractor):
    name, patch_size = "colour-keys", 16

    def forward(self, images):
        return F.avg_pool2d(images - 0.4, 16).flatten(2).transpose(1, 2)


@pytest.fixture(scope="module")
def balloon():
    """A red balloon over grass, 320×240, and where it is."""
    image, truth = Image.new("RGB", (320, 240), COLOURS["sky"]), Image.new("L", (320, 240))
    ImageDraw.Draw(image).rectangle((0, 180, 320, 240), COLOURS["grass"])
    for plane, colour in ((image, COLOURS["red"]), (truth, 255)):
        ImageDraw.Draw(plane).ellipse((180, 30, 280, 150), colour)
    return image, np.asarray(truth) > 0


@pytest.fixture
def colour_family(make_family):
    def regions():
        return PaperRegions(TinyRegions(), clip=ColourClip, key_extractor=ColourKeys)

    return make_family(regions=regions)


def iou(mask, truth):
    found = np.asarray(mask) > 127
    return (found & truth).sum() / (found | truth).sum()


def test_a_phrase_finds_its_place(colour_family, balloon):
    image, truth = balloon
    found = semcs.find(image, "a red balloon", refine="none", models=colour_family)
    assert iou(found, truth) > 0.85  # patches are 11 pixels of it
    grass = semcs.find(image, "the grass", refine="none", models=colour_family)
    assert iou(grass, np.indices(truth.shape)[0] >= 180) > 0.9


def test_what_is_not_there_is_not_found(colour_family, balloon):
    with pytest.raises(NotFoundError, match="no unicorn was found"):
        semcs.find(balloon[0], "a unicorn", models=colour_family)


def test_the_share_is_a_softmax_against_everything_else():
    images = torch.rand(1, 3, 32, 48, generator=torch.Generator().manual_seed(6))
    model = PaperRegions(TinyRegions(), clip=ColourClip, key_extractor=ColourKeys)
    # Six patches are a segment each, whose mean is its own value: joining leaves them.
    features, rivals = ColourClip().features(images), [n for n in OTHERS if n != "sky"]
    logits = 100 * features @ ColourClip().embed(["sky", *rivals]).T
    expected = (logits[..., 0].exp() / logits.exp().sum(-1))[None, None]
    expected = F.interpolate(expected, (8, 12), mode="bilinear", align_corners=False)[0, 0]
    found = model.share(model.see(images), "sky")
    torch.testing.assert_close(found, expected, atol=1e-5, rtol=1e-4)


@pytest.fixture
def paper_family(original, tmp_path, monkeypatch):
    """The paper family itself, with random weights in files of the real layout; what it loads."""
    save_file(original.state_dict(), tmp_path / "clip.safetensors")
    loaded = []

    def weights(source, path):
        loaded.append(source.name)
        return read_weights(tmp_path / "clip.safetensors")

    monkeypatch.setattr(open_clip, "get_model_config", lambda _: SMALL)
    monkeypatch.setattr(paper_clip, "published_weights", weights)
    monkeypatch.setattr(families, "load_key_extractor", lambda _: ColourKeys())
    return families.load_family("paper", "cpu"), loaded


def test_the_whole_way_with_the_paper_models(paper_family, balloon, monkeypatch):
    family, loaded = paper_family
    image = balloon[0].resize((160, 120))
    monkeypatch.setattr(PaperRegions, "presence", Presence(share=0, peak=0))
    mask = semcs.find(image, "a red balloon", models=family)
    assert (mask.size, mask.mode) == (image.size, "L")
    assert family.regions.dense.clip is family.clip
    assert loaded == ["ViT-B-32"]
    assert {"clip", "key_extractor", "regions"} <= set(family.loaded())
    monkeypatch.setattr(PaperRegions, "presence", Presence(share=1, peak=1))
    with pytest.raises(NotFoundError, match="no red balloon was found"):
        semcs.find(image, "a red balloon", models=family)


def test_hints_and_outlines_need_no_clip(paper_family, balloon):
    family, loaded = paper_family
    image, truth = balloon
    found = semcs.find(image, click=(230, 90), models=family)
    expected = semcs.find(image, click=(230, 90), models="bundled")
    assert np.array_equal(found, expected)
    assert iou(found, truth) > 0.5
    assert loaded == []
