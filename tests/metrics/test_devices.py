"""Every measure on every device, in every precision, and by networks that are somewhere else."""

from __future__ import annotations

import pytest
import torch
from devices import META, Place
from spoil import tensor

from semcs.metrics import (
    ContentDistance,
    DirectionalAgreement,
    Dists,
    DistsBundled,
    Nima,
    Seam,
    Ssim,
    nima,
)
from semcs.metrics.pairs import statistics_dtype
from semcs.models.loading import load_bundled
from semcs.models.perceptual import BundledContentNetwork

EXACT = Place("cpu", torch.float64)


def seeded(build):
    """A network whose random weights are the same in every run."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return build().eval().requires_grad_(False)


# How to build a module for pairs with the networks of a family.
WITHOUT_NETWORK = {
    "ssim": lambda _: Ssim(),
    "edge_ssim": lambda _: Ssim(of_edges=True),
    "seam": lambda _: Seam(),
}
BY_NETWORK = {
    "content": lambda family: ContentDistance(family.content),
    "dists": lambda _: seeded(Dists),
    "dists_bundled": lambda _: DistsBundled(),
    "agreement": lambda family: DirectionalAgreement(family.clip, ["gold", "snow"]),
}
PAIRS = {**WITHOUT_NETWORK, **BY_NETWORK}


@pytest.fixture
def family(make_family):
    """The bundled content network, and an image-text model so small that its crops are quick."""
    return make_family(content=lambda: load_bundled("content", BundledContentNetwork))


@pytest.fixture(scope="module")
def pictures(flower, dahlia):
    """Two photos, what became of them, and the mask of the dahlia: 64×96, float32."""
    photo = flower.resize((96, 64))
    styled = photo.transpose(0).convert("L").convert("RGB")
    photos = torch.cat([tensor(photo), tensor(styled)])
    outputs = torch.cat([tensor(styled), tensor(photo).flip(2)])
    return photos, outputs, torch.from_numpy(dahlia[::2, ::2].copy())[None, None]


def assert_near(found, expected, tolerance):
    torch.testing.assert_close(
        found.detach().cpu().double(), expected.detach().cpu().double(), atol=tolerance, rtol=0
    )


class TestEveryPlace:
    @pytest.mark.parametrize("kind", PAIRS)
    def test_pairs(self, place, kind, pictures, family):
        measure = PAIRS[kind](family)
        expected = EXACT.put(measure)(*map(EXACT.put, pictures))
        content, output, mask = map(place.put, pictures)
        output = output.clone().requires_grad_()
        with place.arithmetic():
            found = place.put(measure)(content, output, mask)
        assert (found.device, found.dtype) == (content.device, place.dtype)
        assert_near(found, expected, place.tolerance)
        found.sum().backward()
        assert output.grad.isfinite().all()
        assert output.grad.abs().sum() > 0

    def test_nima(self, place, pictures):
        network = seeded(Nima)
        with place.arithmetic():
            found = place.put(network)(place.put(pictures[0]))
        assert (found.device.type, found.dtype) == (place.device, place.dtype)
        assert_near(found, EXACT.put(network)(EXACT.put(pictures[0])), place.tolerance)

    @pytest.mark.parametrize("kind", WITHOUT_NETWORK)
    def test_autocast_does_not_touch_statistics(self, kind, pictures):
        measure = WITHOUT_NETWORK[kind](None)
        with torch.autocast("cpu", torch.bfloat16):
            found = measure(*pictures)
        assert torch.equal(found, measure(*pictures))

    @pytest.mark.parametrize("kind", [kind for kind in PAIRS if kind != "agreement"])
    def test_shapes_are_known_without_values(self, kind, pictures, family):
        found = META.put(PAIRS[kind](family))(*map(META.put, pictures))
        assert (found.device.type, found.shape) == ("meta", (2,))

    def test_the_shape_of_ratings_is_known_without_values(self, pictures):
        assert META.put(Nima())(META.put(pictures[0])).shape == (2, 10)


class TestPrecisionOfItsOwn:
    """Pictures in one precision, and weights in another."""

    @pytest.mark.parametrize("dtype", [torch.float64, torch.float16, torch.bfloat16])
    @pytest.mark.parametrize("kind", PAIRS)
    def test_pictures(self, kind, dtype, pictures, family):
        measure = PAIRS[kind](family)
        *pair, mask = pictures
        pair = [picture.to(dtype) for picture in pair]
        found = measure(*pair, mask)
        assert found.dtype == (torch.float64 if dtype == torch.float64 else torch.float32)
        assert_near(found, measure(*(picture.float() for picture in pair), mask), 1e-4)

    @pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16])
    @pytest.mark.parametrize("kind", BY_NETWORK)
    def test_weights(self, kind, dtype, pictures, family):
        measure = BY_NETWORK[kind](family)
        found = Place("cpu", dtype).put(measure)(*pictures)
        assert found.dtype == torch.float32
        tolerance = 1e-4 if dtype == torch.float64 else 0.03
        assert_near(found, measure(*pictures), tolerance)

    @pytest.mark.parametrize("kind", PAIRS)
    def test_of_one_picture_and_the_other(self, kind, pictures, family):
        content, output, mask = pictures
        measure = PAIRS[kind](family)
        found = measure(content, output.double(), mask > 0.5)
        assert found.dtype == torch.float64
        assert_near(found, measure(*pictures), 1e-4)

    @pytest.mark.parametrize("dtype", [torch.float64, torch.float16])
    def test_ratings(self, dtype, pictures):
        network = seeded(Nima)
        found = nima(pictures[0].to(dtype), network=network).mean
        assert_near(found, nima(pictures[0].to(dtype).float(), network=network).mean, 1e-4)

    def test_float64_where_the_device_has_it(self):
        double = torch.zeros(1, dtype=torch.float64)
        assert statistics_dtype(torch.device("cpu"), double) == torch.float64
        assert statistics_dtype(torch.device("mps"), double) == torch.float32


class TestElsewhere:
    """A network on one device, and pictures on another."""

    @pytest.mark.parametrize("kind", BY_NETWORK)
    def test_pictures_go_to_the_network_and_answers_come_back(
        self, kind, pictures, tiny_family, elsewhere
    ):
        measure = BY_NETWORK[kind](tiny_family)
        expected = measure(*pictures)
        far = Place(elsewhere)
        found = far.put(measure)(*pictures)
        assert found.device.type == "cpu"
        assert_near(found, expected, 1e-4)
        back = measure(*map(far.put, pictures))
        assert back.device.type == elsewhere
        assert_near(back, expected, 1e-4)

    @pytest.mark.parametrize("kind", PAIRS)
    def test_pictures_may_be_apart(self, kind, pictures, tiny_family, elsewhere):
        content, output, mask = pictures
        measure = PAIRS[kind](tiny_family)
        found = measure(content, output.to(elsewhere), mask.to(elsewhere))
        assert found.device.type == "cpu"
        assert_near(found, measure(*pictures), 1e-4)

    def test_ratings(self, pictures, elsewhere):
        network = seeded(Nima)
        found = nima(pictures[0], network=Place(elsewhere).put(network))
        assert found.mean.device.type == found.std.device.type == "cpu"
        assert_near(found.mean, nima(pictures[0], network=network).mean, 1e-4)

    def test_a_gradient_comes_back(self, pictures, tiny_family, elsewhere):
        content, output, _ = pictures
        output = output.clone().requires_grad_()
        Place(elsewhere).put(ContentDistance(tiny_family.content))(content, output).sum().backward()
        assert output.grad.device.type == "cpu"
        assert output.grad.abs().sum() > 0
