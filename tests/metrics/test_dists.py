from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import huggingface_hub
import numpy as np
import pytest
import torch
import torchvision
from huggingface_hub import constants
from PIL import Image
from safetensors.torch import save_file
from sklearn.datasets import load_sample_image
from spoil import blurred, noisy, only_inside, tensor

from semcs.errors import InputError, ModelUnavailableError
from semcs.metrics import defaults, dists, dists_vgg, load_dists
from semcs.metrics.dists_vgg import CHANNELS, Dists, shrink_to_256
from semcs.metrics.similarity import similarities
from semcs.models.weights import Weights

SIZES = [(64, 64), (97, 130)]


@pytest.fixture(scope="module")
def vgg():
    """torchvision's VGG16 with seeded weights that keep the signal up."""
    with torch.device("meta"):
        network = torchvision.models.vgg16(weights=None).features
    generator = torch.Generator().manual_seed(0)
    network = network.to_empty(device="cpu")
    for value in network.parameters():
        scale = (2 / value[0].numel()) ** 0.5 if value.ndim > 1 else 0.1
        value.data = torch.randn(value.shape, generator=generator) * scale
    return network


@pytest.fixture(scope="module")
def published_weights():
    """The weights.pt that the authors' package brings."""
    found = importlib.util.find_spec("DISTS_pytorch")
    if found is None:
        pytest.skip("DISTS-pytorch isn't installed")
    return Path(found.submodule_search_locations[0]) / "weights.pt"


@pytest.fixture(scope="module")
def files(vgg, published_weights, tmp_path_factory):
    file = tmp_path_factory.mktemp("dists") / "vgg16.safetensors"
    state = {f"features.{key}": value.contiguous() for key, value in vgg.state_dict().items()}
    classifiers = {"classifier.0.weight": torch.zeros(1), "head.fc.bias": torch.zeros(1)}
    save_file({**state, **classifiers}, file)
    return {"vgg": file, "weights": published_weights}


@pytest.fixture(scope="module")
def ours(files):
    return load_dists(**files)


@pytest.fixture(scope="module")
def theirs(vgg, published_weights):
    """The authors' program, with the same seeded VGG16 in place of the one that it downloads."""
    import DISTS_pytorch

    with pytest.MonkeyPatch.context() as patch:
        holder = torch.nn.Module()
        holder.features = vgg
        patch.setattr(torchvision.models, "vgg16", lambda pretrained: holder)
        network = DISTS_pytorch.DISTS(load_weights=False)
    for name, values in torch.load(published_weights, weights_only=True).items():
        getattr(network, name).data = values
    return network


def crops(height, width):
    """A photo, and what it was spoiled to."""
    flower, china = (
        Image.fromarray(load_sample_image(f"{name}.jpg")).crop(
            (230, 130, 230 + width, 130 + height)
        )
        for name in ("flower", "china")
    )
    others = [flower, blurred(flower, 2), noisy(flower, 30), flower.transpose(0), china]
    return torch.cat([tensor(flower)] * len(others)), torch.cat([tensor(o) for o in others])


def test_every_caller_gets_a_frozen_network_of_its_own(ours, files):
    state = torch.random.get_rng_state()
    other = load_dists(**files)
    assert torch.equal(torch.random.get_rng_state(), state)
    assert other is not ours
    assert not any(parameter.requires_grad for parameter in other.parameters())


@pytest.mark.parametrize("size", SIZES)
def test_it_is_the_authors_distance(ours, theirs, size):
    photos, others = crops(*size)
    found, expected = ours(photos, others), theirs(photos, others).detach()
    assert expected[1:].min() > 0.01
    np.testing.assert_allclose(found, expected, atol=1e-5, rtol=0)


def test_gradients_are_the_authors(ours, theirs):
    photos, others = (batch[1:3].clone().requires_grad_() for batch in crops(48, 48))
    (found,) = torch.autograd.grad(ours(photos, others).sum(), others)
    (expected,) = torch.autograd.grad(theirs(photos, others, require_grad=True).sum(), others)
    assert expected.abs().max() > 1e-4
    torch.testing.assert_close(found, expected, atol=1e-5, rtol=1e-2)


def test_pictures_of_any_kind_give_numbers_and_batches_tensors(ours, flower, spoiled):
    other = spoiled["blur"][2]
    found = dists(flower, np.asarray(other), network=ours)
    assert isinstance(found, float)
    batch = dists(tensor(flower).repeat(2, 1, 1, 1), tensor(other).repeat(2, 1, 1, 1), network=ours)
    np.testing.assert_allclose(batch, [found, found], atol=1e-6)
    assert dists(flower, flower, network=ours) == pytest.approx(0, abs=1e-6)


def test_a_mask_of_all_is_the_whole_and_a_region_is_itself(ours, flower, dahlia):
    spoiled = only_inside(flower, noisy(flower, 80), dahlia)
    whole = dists(flower, spoiled, network=ours)
    assert dists(flower, spoiled, np.ones_like(dahlia), network=ours) == pytest.approx(
        whole, abs=1e-5
    )
    inside, outside = (dists(flower, spoiled, m, network=ours) for m in (dahlia, 1 - dahlia))
    assert inside > 1.2 * whole > 1.2 * outside
    masks = torch.from_numpy(np.stack([dahlia, 1 - dahlia]))[:, None]
    both = ours(tensor(flower), tensor(spoiled), masks)
    np.testing.assert_allclose(both, [inside, outside], atol=1e-5)


class Seen(torch.nn.Module):
    """Remembers the sizes of what it is shown."""

    def __init__(self):
        super().__init__()
        self.sizes = []

    def forward(self, images):
        self.sizes.append(tuple(images.shape[2:]))
        return [torch.ones(1, channels, 2, 2) for channels in CHANNELS[1:]]


def test_short256_is_what_the_authors_resize_does():
    photo = Image.fromarray(load_sample_image("china.jpg"))
    small = torchvision.transforms.functional.resize(photo, 256)
    assert small.size == (383, 256)
    np.testing.assert_allclose(shrink_to_256(tensor(photo)), tensor(small), atol=1 / 255)
    assert torch.equal(shrink_to_256(tensor(small)), tensor(small))
    for protocol, size in (("full", (427, 640)), ("short256", (256, 383))):
        network = Dists(protocol)
        network.vgg = Seen()
        network(tensor(photo), tensor(photo))
        assert network.vgg.sizes == [size, size]


class TestSimilarities:
    """Against numpy's weighted averages and covariances."""

    @pytest.mark.parametrize("weighted", [False, True])
    def test_by_numpy(self, weighted):
        rng = np.random.default_rng(0)
        these, those = rng.normal(1, 2, (2, 2, 3, 6, 8))
        weights = rng.uniform(0, 1, (2, 6, 8)) if weighted else np.ones((2, 6, 8))
        mask = torch.from_numpy(weights)[:, None] if weighted else None
        found = similarities(torch.from_numpy(these), torch.from_numpy(those), mask)
        for index in np.ndindex(2, 3):
            w = weights[index[0]].ravel() / weights[index[0]].sum()
            a, b = these[index].ravel(), those[index].ravel()
            (aa, ab), (_, bb) = np.cov(a, b, aweights=w, ddof=0)
            ma, mb = np.average(a, weights=w), np.average(b, weights=w)
            assert found[0][index] == pytest.approx(2 * ma * mb / (ma**2 + mb**2), rel=1e-4)
            assert found[1][index] == pytest.approx(2 * ab / (aa + bb), rel=1e-4)

    def test_a_finer_mask_weighs_cells_by_what_it_covers(self):
        maps = torch.randn(2, 1, 5, 2, 3, generator=torch.Generator().manual_seed(0))
        fine = torch.zeros(1, 1, 8, 12)
        fine[..., :4, :3] = 1  # three quarters of the first cell
        fine[..., 5, 9] = 1  # one of sixteen pixels of the last
        cells = torch.tensor([[12.0, 0, 0], [0, 0, 1]]).view(1, 1, 2, 3)
        torch.testing.assert_close(similarities(*maps, fine), similarities(*maps, cells))


class TestUnusable:
    @pytest.fixture
    def offline(self, tmp_path, monkeypatch):
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
        monkeypatch.setattr(constants, "HF_ASSETS_CACHE", str(tmp_path / "assets"))
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)

        def refuse(*args, **kwargs):
            raise OSError("no route to host")

        monkeypatch.setattr(huggingface_hub, "hf_hub_download", refuse)
        monkeypatch.setattr(defaults, "KEPT", {})

    def test_without_weights_there_is_one_clear_line(self, offline, flower):
        with pytest.raises(ModelUnavailableError, match=r"^vgg16 .*download vgg16. with") as error:
            dists(flower, flower)
        assert "\n" not in str(error.value)
        assert "bundled" not in str(error.value)

    def test_weights_of_another_kind(self, files, tmp_path):
        vgg = files["vgg"]
        for bad in ({"alpha": torch.zeros(3), "beta": torch.zeros(3)}, {"gamma": torch.zeros(3)}):
            torch.save(bad, tmp_path / "weights.pt")
            with pytest.raises(ModelUnavailableError, match="doesn't hold DISTS's α and β"):
                load_dists(vgg=vgg, weights=tmp_path / "weights.pt")
        (tmp_path / "weights.pt").write_bytes(b"no pickle")
        with pytest.raises(ModelUnavailableError, match="doesn't hold"):
            load_dists(vgg=vgg, weights=tmp_path / "weights.pt")

    def test_mutated_weights_are_read_or_refused(self, tmp_path):
        names = ("alpha", "beta")
        torch.save({name: torch.rand(1, 1475, 1, 1) for name in names}, tmp_path / "weights.pt")
        good, dice = (tmp_path / "weights.pt").read_bytes(), random.Random(0)
        for _ in range(100):
            bad = bytearray(good)
            for _ in range(dice.randint(1, 5)):
                at = dice.choice([dice.randrange(len(bad)), -dice.randint(1, 400)])
                bad[at] = dice.randrange(256)
            try:
                own = dists_vgg._read_own(Weights(tmp_path, bytes(bad)))
            except ModelUnavailableError:
                continue
            assert {name: values.shape for name, values in own.items()} == dict.fromkeys(
                names, (1475,)
            )

    def test_unknown_protocol(self):
        with pytest.raises(InputError, match="'small': choose from full, short256"):
            Dists("small")

    def test_sizes_that_differ(self, ours, flower):
        with pytest.raises(InputError, match=r"differ in size .* 128×192 and 64×96"):
            dists(flower, flower.resize((96, 64)), network=ours)

    def test_masks_that_dont_fit(self, ours, flower):
        with pytest.raises(InputError, match="mask selects nothing"):
            dists(flower, flower, np.zeros((128, 192)), network=ours)
        with pytest.raises(InputError, match="mask is 64×96"):
            dists(flower, flower, np.ones((64, 96)), network=ours)
        with pytest.raises(InputError, match=r"mask has shape \(3, 1, 128, 192\)"):
            dists(flower, flower, torch.ones(3, 1, 128, 192), network=ours)


def test_the_weights_are_for_the_pixels_and_five_stages():
    assert sum(CHANNELS) == 1475
