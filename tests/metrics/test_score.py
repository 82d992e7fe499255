from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image
from spoil import noisy, only_inside, tensor

import semcs
from semcs import metrics
from semcs.errors import InputError, ModelUnavailableError
from semcs.metrics import (
    RegionScore,
    agreement,
    content_distance,
    dists_bundled,
    edge_ssim,
    scoring,
    seam,
    ssim,
)
from semcs.models.families import ModelFamily


@pytest.fixture
def family(make_family, colour_clip):
    return make_family(clip=lambda: colour_clip)


@pytest.fixture
def reddened(flower, dahlia):
    """Red on the dahlia, blue behind it."""
    red, blue = (Image.new("RGB", flower.size, colour) for colour in ("#ff8080", "#8080ff"))
    return only_inside(blue, red, dahlia)


@pytest.fixture
def without_published(published_are):
    published_are(None)


@pytest.mark.usefixtures("without_published")
class TestScore:
    def test_every_figure_is_that_of_its_function(self, reddened, dahlia, family):
        grey = noisy(Image.new("RGB", reddened.size, "#808080"), 20)
        found = metrics.score(grey, reddened, dahlia, fg="red", bg="blue", models=family)
        parts = {"whole": None, "foreground": dahlia, "background": 1 - dahlia}
        assert [part.name for part in (found.whole, *found.regions)] == list(parts)
        for part, mask in zip((found.whole, *found.regions), parts.values()):
            pair = (grey, reddened, mask)
            content = content_distance(*pair, network=family.content)
            assert part.content == pytest.approx(content, abs=1e-5)
            assert part.ssim == pytest.approx(ssim(*pair), abs=1e-5)
            assert part.edge_ssim == pytest.approx(edge_ssim(*pair), abs=1e-5)
            assert part.dists_bundled == pytest.approx(dists_bundled(*pair), abs=1e-5)
            assert part.share == pytest.approx(1 if mask is None else mask.mean())
        assert found.seam == pytest.approx(seam(grey, reddened, dahlia), abs=1e-5)
        clip = family.clip
        for part, text, other in zip(found.regions, ("red", "blue"), ("blue", "red")):
            mask = parts[part.name]
            assert part.text == text
            own, leak = (agreement(grey, reddened, t, mask, clip=clip) for t in (text, other))
            assert part.agreement == pytest.approx(own, abs=1e-5)
            assert part.leakage == pytest.approx(leak, abs=1e-5)
            assert part.agreement > part.leakage + 0.3
            assert part.rank.rank == 1
        assert found.whole.agreement is None
        assert found.models == {
            "family": "tiny",
            "clip": "colour-clip",
            "content": "tiny-content",
        }
        assert found.size == (128, 192)

    def test_it_is_json(self, flower, reddened, dahlia, family):
        found = metrics.score(flower, reddened, dahlia, fg="red", models=family)
        read = json.loads(json.dumps(found.as_dict()))
        assert read["regions"][0]["rank"]["of"] == 158
        assert read["regions"][0]["leakage"] is None
        assert read["regions"][1]["agreement"] is None
        assert read["regions"][1]["leakage"] == pytest.approx(found.regions[1].leakage)
        assert set(read["whole"]) == set(RegionScore.__dataclass_fields__)
        assert not any("nan" in str(value).lower() for value in read.values())

    def test_one_style_for_all(self, flower, reddened, family):
        found = metrics.score(flower, reddened, style="blue", models=family)
        assert found.regions == ()
        assert found.seam is None
        assert found.whole.text == "blue"
        assert found.whole.agreement == pytest.approx(
            agreement(flower, reddened, "blue", clip=family.clip), abs=1e-5
        )

    def test_nothing_changed(self, flower, dahlia, family):
        found = metrics.score(flower, flower, dahlia, fg="red", bg="blue", models=family)
        for part in (found.whole, *found.regions):
            assert part.content == 0
            assert part.dists_bundled == pytest.approx(0, abs=1e-5)
            assert part.ssim == pytest.approx(1, abs=1e-5)
        assert found.seam == 0
        assert abs(found.regions[0].agreement) < 1e-3

    def test_a_mask_of_all_leaves_no_background(self, flower, family):
        found = metrics.score(flower, flower, np.ones((128, 192)), models=family)
        assert [part.name for part in found.regions] == ["foreground"]

    def test_large_pictures_are_shrunk_and_masks_with_them(self, flower, dahlia, family):
        found = metrics.score(flower, noisy(flower, 40), dahlia, models=family, size=96)
        assert found.size == (64, 96)
        assert found.regions[0].share == pytest.approx(dahlia.mean(), abs=0.01)

    def test_what_cannot_be_measured_is_said(self, flower, family):
        found = metrics.score(flower, flower, models=family)
        assert (found.whole.dists, found.nima_mean, found.nima_std) == (None, None, None)
        assert "`semcs models download vgg16 dists`" in found.missing["dists"]
        assert "`semcs models download nima`" in found.missing["nima"]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"fg": "red"}, "fg and bg need a mask"),
            ({"style": "red", "fg": "red", "mask": True}, "in one way"),
            ({"fg": " ", "mask": True}, "fg is empty: say how it should look"),
            ({"models": "none"}, "unknown models 'none'"),
            ({"protocol": "half"}, "unknown protocol 'half'"),
            ({"size": 8}, "size is 8"),
            ({"device": "nowhere"}, "device 'nowhere' can't be used"),
        ],
    )
    def test_requests_that_make_no_sense(self, flower, dahlia, options, message):
        if "mask" in options:
            options = {**options, "mask": dahlia}
        with pytest.raises(InputError, match=message):
            metrics.score(flower, flower, **options)

    def test_a_family_has_a_device_of_its_own(self, flower, family):
        with pytest.raises(InputError, match="device is the family's own"):
            metrics.score(flower, flower, models=family, device="cpu")

    def test_sizes_that_differ(self, flower, family):
        with pytest.raises(InputError, match=r"output is 64×96 .* content is 128×192"):
            metrics.score(flower, flower.resize((96, 64)), models=family)


class Fixed(torch.nn.Module):
    """A network that answers the same for every region, or rating."""

    def forward(self, image, other=None, masks=None):
        return torch.full((1, 10), 0.1) if other is None else torch.arange(float(len(masks)))


class TestPublished:
    def test_where_their_weights_are_here_they_are_measured(
        self, flower, dahlia, family, monkeypatch, published_are
    ):
        published_are("here")
        asked = []
        monkeypatch.setattr(scoring, "load_dists", lambda p: asked.append(p) or Fixed())
        monkeypatch.setattr(scoring, "load_nima", Fixed)
        found = metrics.score(flower, flower, dahlia, models=family, protocol="short256")
        assert (asked, found.dists_protocol) == (["short256"], "short256")
        assert [p.dists for p in (found.whole, *found.regions)] == [0, 1, 2]
        assert found.nima_mean == pytest.approx(5.5)
        assert found.nima_std == pytest.approx(np.std(np.arange(1, 11)))
        assert found.missing == {}

    @pytest.mark.usefixtures("without_published")
    def test_a_family_that_fetches_asks_for_them_and_does_without(
        self, flower, tiny_family, monkeypatch
    ):
        def refuse(*args):
            raise ModelUnavailableError("no way to have it")

        monkeypatch.setattr(scoring, "load_dists", refuse)
        monkeypatch.setattr(scoring, "load_nima", refuse)
        networks = {
            role: lambda role=role: getattr(tiny_family, role)
            for role in ("clip", "key_extractor", "content")
        }
        family = ModelFamily("any name", **networks, fetches=True)
        found = metrics.score(flower, flower, models=family)
        assert found.missing == {"dists": "no way to have it", "nima": "no way to have it"}


def test_the_package_offers_what_it_lists():
    listed = SimpleNamespace(**{name: getattr(metrics, name) for name in metrics.__all__})
    assert callable(listed.dists)
    assert callable(listed.score)
    assert semcs.metrics is metrics


@pytest.mark.usefixtures("without_published")
class TestBatch:
    def test_a_list_of_scores_one_a_picture(self, flower, china, reddened, dahlia, family):
        """Each is that of the picture alone; a mask is one for all, or one for each."""
        photos, outputs = (
            torch.cat([tensor(picture) for picture in pair])
            for pair in ((flower, china), (reddened, flower))
        )
        masks = torch.from_numpy(np.stack([dahlia, 1 - dahlia]))[:, None]
        alone = [
            metrics.score(*three, fg="red", bg="blue", models=family)
            for three in zip(photos, outputs, masks[:, 0])
        ]
        found = metrics.score(photos, outputs, masks, fg="red", bg="blue", models=family)
        assert [(s.whole, s.regions, s.seam) for s in found] == [
            (s.whole, s.regions, s.seam) for s in alone
        ]
        shared = metrics.score(photos, outputs, dahlia, fg="red", models=family)
        assert shared[0].seam == alone[0].seam
        assert shared[1].regions[0].share == pytest.approx(dahlia.mean())
        whole = metrics.score((255 * photos).byte(), (255 * outputs).byte(), models=family)
        assert [s.regions for s in whole] == [(), ()]

    def test_masks_that_were_found_for_the_batch(self, flower, china, family):
        photos = torch.cat([tensor(flower), tensor(china)])
        masks = semcs.saliency_mask(photos, models="bundled", device="cpu")
        found = metrics.score(photos, 1 - photos, masks, models=family)
        assert [len(score.regions) for score in found] == [2, 2]

    def test_a_batch_of_one_is_a_batch(self, flower, family):
        photo = tensor(flower)
        (found,) = metrics.score(photo, photo, models=family)
        assert found.whole.ssim == pytest.approx(1)

    def test_numbers_have_to_fit(self, flower, family):
        photos = tensor(flower).expand(3, -1, -1, -1)
        for others in (
            (photos[:2],),
            (flower,),
            (photos, torch.ones(2, 1, 128, 192)),
            (photos, torch.ones(3, 1, 128, 128)),
        ):
            with pytest.raises(InputError):
                metrics.score(photos, *others, models=family)
