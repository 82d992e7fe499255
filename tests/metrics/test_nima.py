from __future__ import annotations

import os
import sys

os.environ.setdefault("KERAS_BACKEND", "torch")

import h5py
import numpy as np
import pytest
import torch
from huggingface_hub import constants
from spoil import tensor

from semcs.errors import InputError, ModelUnavailableError
from semcs.metrics import Nima, defaults, load_nima, nima
from semcs.metrics.nima_model import mean_and_std
from semcs.models import registry

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def keras():
    return pytest.importorskip("keras", reason="Keras isn't installed to compare with")


@pytest.fixture(scope="module")
def model(keras):
    """Keras's MobileNet with a head of ten, its weights and its norms' statistics random."""
    base = keras.applications.MobileNet(
        input_shape=(224, 224, 3), alpha=1.0, weights=None, include_top=False, pooling="avg"
    )
    head = keras.layers.Dropout(0.75)(base.output)
    network = keras.Model(base.inputs, keras.layers.Dense(10, activation="softmax")(head))
    rng = np.random.default_rng(0)
    for layer in network.layers:
        layer.set_weights([random_values(rng, w.shape, layer.name) for w in layer.get_weights()])
    return network


def random_values(rng, shape, name):
    """Weights that keep the signal up, and norms that do something."""
    if len(shape) > 1:
        fan = shape[0] * shape[1] * (1 if "dw" in name else shape[2]) if len(shape) > 2 else 30
        return rng.normal(0, (2 / fan) ** 0.5, shape)
    return rng.uniform(0.5, 1.5, shape) if "bn" in name else rng.normal(0, 0.1, shape)


@pytest.fixture(scope="module")
def older(keras, model):
    """The same network as Keras 2.1 padded it: all around."""

    def pad_all_sides(layer):
        config = layer.get_config()
        if layer.name == "conv1":
            padded = layer.__class__.from_config({**config, "padding": "valid"})
            return keras.Sequential([keras.layers.ZeroPadding2D(1), padded], name=layer.name)
        if isinstance(layer, keras.layers.ZeroPadding2D):
            return keras.layers.ZeroPadding2D(1, name=layer.name)
        return layer.__class__.from_config(config)

    clone = keras.models.clone_model(model, clone_function=pad_all_sides)
    clone.set_weights(model.get_weights())
    return clone


@pytest.fixture(scope="module")
def images():
    return np.random.default_rng(1).integers(0, 256, (3, 224, 224, 3)).astype(np.uint8)


def save_as_keras_2(model, file, version):
    """The layout of Keras 2's `save_weights`, by its names."""
    with h5py.File(file, "w") as stored:
        stored.attrs["keras_version"] = version
        for layer in model.layers:
            group = stored.create_group(layer.name)
            for variable, values in zip(layer.weights, layer.get_weights()):
                depthwise = "depthwise_" if "conv_dw" in layer.name and values.ndim == 4 else ""
                name = f"{layer.name}/{depthwise}{variable.name}:0"
                group.create_dataset(name, data=values.astype(np.float32))


def by_keras(model, images):
    return np.asarray(model.predict(images / np.float32(127.5) - 1, verbose=0))


@torch.no_grad()
def by_us(file, images):
    return load_nima(file)(torch.cat([tensor(image) for image in images])).numpy()


class TestImporter:
    def test_what_keras_3_saves(self, model, images, tmp_path):
        model.save(tmp_path / "model.h5")
        expected = by_keras(model, images)
        assert np.ptp(expected, axis=0).max() > 0.01
        np.testing.assert_allclose(by_us(tmp_path / "model.h5", images), expected, atol=1e-4)

    def test_every_caller_gets_a_frozen_network_of_its_own(self, model, tmp_path):
        save_as_keras_2(model, tmp_path / "weights.hdf5", "2.2.4-tf")
        state = torch.random.get_rng_state()
        one, other = (load_nima(tmp_path / "weights.hdf5") for _ in range(2))
        assert torch.equal(torch.random.get_rng_state(), state)
        assert one is not other
        assert not any(parameter.requires_grad for parameter in one.parameters())

    def test_what_keras_2_saved(self, model, images, tmp_path):
        save_as_keras_2(model, tmp_path / "weights.hdf5", "2.2.4-tf")
        found = by_us(tmp_path / "weights.hdf5", images)
        np.testing.assert_allclose(found, by_keras(model, images), atol=1e-4)

    def test_what_keras_2_1_saved_is_padded_as_it_padded(self, model, older, images, tmp_path):
        save_as_keras_2(model, tmp_path / "weights.hdf5", b"2.1.6")
        found = by_us(tmp_path / "weights.hdf5", images)
        np.testing.assert_allclose(found, by_keras(older, images), atol=1e-4)
        assert np.abs(found - by_keras(model, images)).max() > 1e-3

    def test_a_file_of_another_network(self, tmp_path):
        with h5py.File(tmp_path / "other.h5", "w") as stored:
            stored.create_dataset("dense/dense/kernel:0", data=np.zeros((4, 10)))
        with pytest.raises(ModelUnavailableError, match=r"no Keras MobileNet.* lacks conv1/kernel"):
            load_nima(tmp_path / "other.h5")

    def test_a_network_of_another_width(self, model, tmp_path):
        save_as_keras_2(model, tmp_path / "wide.h5", "2.2.4")
        with h5py.File(tmp_path / "wide.h5", "a") as stored:
            head = next(name for name in stored if name.startswith("dense"))
            del stored[head]
            for name, shape in (("kernel:0", (1024, 5)), ("bias:0", (5,))):
                stored.create_dataset(f"{head}/{head}/{name}", data=np.zeros(shape, np.float32))
        with pytest.raises(ModelUnavailableError, match=r"isn't laid out as it should be.*\b5\b"):
            load_nima(tmp_path / "wide.h5")

    def test_no_hdf5(self, tmp_path):
        (tmp_path / "weights.h5").write_bytes(b"\x89HDF and no more")
        with pytest.raises(ModelUnavailableError, match="isn't a whole HDF5 file"):
            load_nima(tmp_path / "weights.h5")

    @pytest.mark.parametrize(
        "kernel",
        [np.zeros(3, np.float32), np.array([b"text"]), np.zeros((1, 1, 1, 1), np.complex64)],
    )
    def test_arrays_of_another_kind(self, kernel, tmp_path):
        with h5py.File(tmp_path / "weights.h5", "w") as stored:
            stored.create_dataset("conv1/conv1/kernel:0", data=kernel)
            for variable in ("gamma", "beta", "moving_mean", "moving_variance"):
                stored.create_dataset(f"conv1_bn/conv1_bn/{variable}:0", data=kernel)
        with pytest.raises(ModelUnavailableError) as error:
            load_nima(tmp_path / "weights.h5")
        assert "\n" not in str(error.value)

    @pytest.mark.parametrize("length", [0, 8, 100, 1000, 100_000])
    def test_files_cut_short(self, model, tmp_path, length):
        save_as_keras_2(model, tmp_path / "weights.h5", "2.2.4")
        content = (tmp_path / "weights.h5").read_bytes()
        (tmp_path / "weights.h5").write_bytes(content[:length])
        with pytest.raises(ModelUnavailableError, match="isn't a whole HDF5 file"):
            load_nima(tmp_path / "weights.h5")

    def test_without_h5py(self, tmp_path, monkeypatch):
        (tmp_path / "weights.h5").touch()
        monkeypatch.setitem(sys.modules, "h5py", None)
        with pytest.raises(
            ModelUnavailableError, match=r"needs h5py; pip install 'semcs\[metrics\]'"
        ):
            load_nima(tmp_path / "weights.h5")


class TestRatings:
    def test_mean_and_spread_by_hand(self):
        shares = torch.zeros(2, 10)
        shares[0, 6] = 1  # everybody says 7
        shares[1, 0] = shares[1, 9] = 0.5  # half 1, half 10
        means, spreads = mean_and_std(shares)
        assert means.tolist() == pytest.approx([7, 5.5])
        assert spreads.tolist() == pytest.approx([0, 4.5], abs=1e-3)

    @pytest.fixture
    def network(self):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            return Nima().eval()

    def test_pictures_and_batches(self, network, flower, china):
        alone = [nima(image, network=network) for image in (flower, np.asarray(china))]
        assert all(1 <= rating.mean <= 10 for rating in alone)
        batch = nima(torch.cat([tensor(flower), tensor(china)]), network=network)
        assert batch.mean.tolist() == pytest.approx([rating.mean for rating in alone], abs=1e-5)
        assert batch.std.tolist() == pytest.approx([rating.std for rating in alone], abs=1e-5)

    def test_pictures_are_squashed(self, network, flower):
        squashed = torch.nn.functional.interpolate(
            tensor(flower), (224, 224), mode="bilinear", antialias=True
        )
        torch.testing.assert_close(network(tensor(flower)), network(squashed))

    def test_gradient(self, network, flower):
        image = tensor(flower).requires_grad_()
        nima(image, network=network).mean.sum().backward()
        assert image.grad.abs().sum() > 0


class TestUnavailable:
    def test_one_clear_line(self, tmp_path, monkeypatch, flower):
        monkeypatch.setattr(constants, "HF_ASSETS_CACHE", str(tmp_path))
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
        monkeypatch.setattr(defaults, "KEPT", {})
        with pytest.raises(ModelUnavailableError, match=r"^nima isn't .*download nima`") as error:
            nima(flower)
        assert "\n" not in str(error.value)

    def test_a_path_that_leads_nowhere(self, tmp_path):
        with pytest.raises(InputError, match="no weights file at"):
            load_nima(tmp_path / "none.h5")

    def test_the_licence_lets_us(self):
        assert registry.get("nima").licence == "Apache-2.0"
