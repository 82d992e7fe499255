from __future__ import annotations

import logging

import pytest
import torch

from semcs.errors import InputError, ModelUnavailableError
from semcs.models import cache, families, registry
from semcs.models.clip import BundledClip
from semcs.models.families import (
    BUNDLED_SETTINGS,
    PUBLISHED_SETTINGS,
    ModelFamily,
    as_family,
    choose_device,
    load_family,
)
from semcs.models.loading import load_bundled, load_key_extractor
from semcs.models.perceptual import BundledContentNetwork
from semcs.models.vit import BundledVit
from semcs.training.bundle import bundle
from semcs.training.loop import export


@pytest.fixture(scope="module")
def networks():
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return {"vit": BundledVit(), "clip": BundledClip(), "content": BundledContentNetwork()}


@pytest.fixture
def package(networks, tmp_path, monkeypatch):
    """A folder of bundled weights in place of the package's."""
    folder = tmp_path / "bundled"
    monkeypatch.setattr(cache, "BUNDLED_FOLDER", folder)
    monkeypatch.setattr(registry, "BUNDLED_FOLDER", folder)
    monkeypatch.setattr(registry, "BUNDLED_MANIFEST", folder / "SHA256SUMS")
    for name, network in networks.items():
        export(network, folder / f"{name}.safetensors")
    bundle(tmp_path, folder, folder / "SHA256SUMS")
    return folder


def loaders():
    family = load_family("bundled", "cpu")
    return {
        "vit": lambda: family.key_extractor,
        "clip": lambda: family.clip,
        "content": lambda: family.content,
    }


@pytest.mark.parametrize("part", ["vit", "clip", "content"])
class TestBundled:
    def test_round_trip_in_half_precision(self, package, networks, part):
        loaded = load_bundled(part, type(networks[part]))
        for name, value in networks[part].state_dict().items():
            expected = value.half().float() if value.is_floating_point() else value
            assert torch.equal(loaded.state_dict()[name], expected), name
            assert loaded.state_dict()[name].dtype == value.dtype

    def test_is_frozen(self, package, part):
        network = loaders()[part]()
        assert not network.training
        assert not any(parameter.requires_grad for parameter in network.parameters())

    def test_missing(self, package, part):
        (package / f"{part}.safetensors").unlink()
        with pytest.raises(ModelUnavailableError, match=f"{part}.safetensors is missing") as caught:
            loaders()[part]()
        assert "\n" not in str(caught.value)

    def test_tampered(self, package, part):
        file = package / f"{part}.safetensors"
        data = bytearray(file.read_bytes())
        data[-1] ^= 1
        file.write_bytes(data)
        with pytest.raises(
            ModelUnavailableError, match=r"changed or is damaged.*install"
        ) as caught:
            loaders()[part]()
        assert "\n" not in str(caught.value)

    def test_without_a_manifest(self, package, part):
        (package / "SHA256SUMS").unlink()
        with pytest.raises(ModelUnavailableError, match=f"bundled-{part} is missing") as caught:
            loaders()[part]()
        assert "\n" not in str(caught.value)

    def test_not_in_the_manifest(self, package, part):
        manifest = package / "SHA256SUMS"
        others = [line for line in manifest.read_text().splitlines(True) if part not in line]
        assert len(others) == 2
        manifest.write_text("".join(others))
        with pytest.raises(ModelUnavailableError, match=f"bundled-{part} is missing.*install"):
            loaders()[part]()
        for other in set(loaders()) - {part}:
            assert loaders()[other]() is not None


@torch.no_grad()
def test_key_extractor_by_name(package, networks):
    images = torch.rand(1, 3, 32, 48, generator=torch.Generator().manual_seed(0))
    half = BundledVit().eval()
    half.load_state_dict(
        {
            k: v.half().float() if v.is_floating_point() else v
            for k, v in networks["vit"].state_dict().items()
        }
    )
    torch.testing.assert_close(load_key_extractor("bundled")(images), half(images))
    with pytest.raises(InputError, match=r"'dino'.*dino-vits16"):
        load_key_extractor("dino")


class TinyNet(torch.nn.Module):
    name = "tiny"


class TestFamily:
    def test_networks_load_on_first_use_and_once(self, tiny_family, make_family):
        built = []

        def build():
            built.append(1)
            return tiny_family.clip

        family = make_family(clip=build)
        assert (built, family.loaded()) == ([], {})
        assert family.clip is family.clip
        assert (built, family.loaded()) == ([1], {"clip": "tiny-clip"})
        assert family.key_extractor.name == "tiny-keys"
        assert family.loaded() == {"clip": "tiny-clip", "key_extractor": "tiny-keys"}

    def test_networks_are_frozen(self, tiny_family):
        for network in (tiny_family.clip, tiny_family.key_extractor, tiny_family.content):
            assert not network.training
            assert not any(parameter.requires_grad for parameter in network.parameters())

    def test_settings_are_its_own_over_the_published_ones(self, make_family):
        family = make_family(settings={"steps": 3})
        assert family.settings == {**PUBLISHED_SETTINGS, "steps": 3}
        assert load_family("bundled", "cpu").settings == {**PUBLISHED_SETTINGS, **BUNDLED_SETTINGS}
        assert load_family("paper", "cpu").settings == PUBLISHED_SETTINGS

    def test_image_text_models_by_name(self, make_family):
        built = []

        def build():
            built.append(1)
            return make_family().clip

        family = make_family(clip_variants={"RN50": build})
        assert family.clip_for(None) is family.clip_for("RN101") is family.clip
        assert family.clip_for("RN50") is family.clip_for("RN50") is not family.clip
        assert built == [1]
        assert family.loaded() == {"clip": "tiny-clip", "clip RN50": "tiny-clip"}

    def test_the_paper_family_has_the_programs_model_for_two_texts(self, monkeypatch):
        asked = []
        monkeypatch.setattr(
            "semcs.models.paper_clip.load_paper_clip", lambda name: asked.append(name) or TinyNet()
        )
        load_family("paper", "cpu").clip_for("RN50")
        assert asked == ["RN50"]

    def test_the_painter_takes_the_bundled_familys_own_text_encoder(self):
        family = load_family("bundled", "cpu")
        assert family.painter.encoder is family.clip
        assert family.loaded() == {"clip": "semcs CLIP", "painter": "semcs painter"}

    def test_a_device_by_name(self, tiny_family):
        family = ModelFamily(
            "own",
            clip=lambda: tiny_family.clip,
            key_extractor=lambda: tiny_family.key_extractor,
            content=lambda: tiny_family.content,
            device="meta",
        )
        assert family.device == torch.device("meta")
        assert next(family.clip.parameters()).is_meta


class TestAuto:
    def test_bundled_on_a_cpu(self, caplog):
        with caplog.at_level(logging.INFO, logger="semcs"):
            assert load_family("auto", "cpu").name == "bundled"
        assert "bundled" in caplog.text
        assert "CPU" in caplog.text

    @pytest.fixture
    def gpu(self, monkeypatch):
        monkeypatch.setattr(families, "choose_device", lambda _: torch.device("cuda"))

    def test_paper_on_a_gpu_where_all_weights_can_be_had(self, gpu, monkeypatch, caplog):
        fetched = []
        monkeypatch.setattr(cache, "ensure", lambda source: fetched.append(source.name))
        with caplog.at_level(logging.INFO, logger="semcs"):
            family = load_family()
        assert (family.name, family.device.type) == ("paper", "cuda")
        assert fetched == ["ViT-B-32", "dino-vits16", "vgg19"]
        assert "paper" in caplog.text

    def test_bundled_on_a_gpu_without_them(self, gpu, monkeypatch, caplog):
        def fetch(source):
            raise ModelUnavailableError(f"{source.name} isn't on this machine")

        monkeypatch.setattr(cache, "ensure", fetch)
        assert load_family().name == "bundled"
        assert "ViT-B-32 isn't on this machine" in caplog.text

    def test_paper_where_it_is_asked_for(self, gpu):
        assert load_family("paper").name == "paper"


def test_a_family_is_one_already(tiny_family):
    assert as_family(tiny_family) is tiny_family
    assert as_family("bundled", "cpu").name == "bundled"
    with pytest.raises(InputError, match="give it to ModelFamily"):
        as_family(tiny_family, "cpu")


def test_unknown_models():
    with pytest.raises(InputError, match="'papers': choose from auto, bundled, paper"):
        load_family("papers", "cpu")


class TestDevice:
    def test_by_default_the_gpu_where_there_is_one(self, monkeypatch):
        for there, expected in ((True, "cuda"), (False, "cpu")):
            monkeypatch.setattr(torch.cuda, "is_available", lambda there=there: there)
            assert choose_device() == torch.device(expected)

    def test_by_name(self):
        assert choose_device("cpu") == choose_device(torch.device("cpu")) == torch.device("cpu")

    @pytest.mark.parametrize("device", ["abacus", "cuda:77", "cpu:-2", ""])
    def test_not_there(self, device):
        with pytest.raises(InputError, match=f"device '{device}'") as caught:
            choose_device(device)
        assert "\n" not in str(caught.value)
