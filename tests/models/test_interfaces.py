"""The examples in the docstrings fill the interfaces in, as they say."""

from __future__ import annotations

import inspect
import textwrap
from types import SimpleNamespace

import open_clip
import pytest
import timm
import torch
from torch import nn
from torchvision.models import vgg

from semcs.models import normalise as sizes
from semcs.models import paper_clip
from semcs.models.interfaces import ContentNetwork, ImageTextModel, KeyExtractor
from semcs.models.paper_vit import PaperVit


def example(interface):
    """The class that a docstring shows."""
    _, shown = inspect.getdoc(interface).split("Example:\n")
    names = {
        interface.__name__: interface,
        "normalise": sizes.normalise,
        "OPENAI_MEAN": paper_clip.OPENAI_MEAN,
        "OPENAI_STD": paper_clip.OPENAI_STD,
    }
    exec(textwrap.dedent(shown), names)
    (made,) = [made for made in names.values() if getattr(made, "__base__", None) is interface]
    return made


@pytest.fixture(autouse=True)
def _seeded():
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(0)
        yield


def rand(*shape):
    return torch.rand(*shape, generator=torch.Generator().manual_seed(1))


def test_an_image_text_model():
    config = open_clip.get_model_config("ViT-B-32-quickgelu")
    config["vision_cfg"] = {"image_size": 224, "layers": 1, "width": 64, "patch_size": 32}
    config["text_cfg"] |= {"layers": 1, "width": 64, "heads": 2}
    network = open_clip.CLIP(**config).eval()
    model = example(ImageTextModel)(network, open_clip.get_tokenizer("ViT-L-14"))
    images, texts = rand(2, 3, 100, 150), ["gold", "snow"]
    reference = paper_clip.PaperClip("the same", network, 224)
    torch.testing.assert_close(model.encode_image(images), reference.encode_image(images))
    torch.testing.assert_close(model.encode_text(texts), reference.encode_text(texts))
    assert (model.name, model.input_size) == ("ViT-L-14", 224)


def test_a_key_extractor():
    vit = timm.create_model(
        "vit_tiny_patch16_224", num_classes=0, dynamic_img_size=True, depth=2
    ).eval()
    extractor, images = example(KeyExtractor)(vit), rand(2, 3, 48, 80)
    keys = extractor(images)
    assert keys.shape == (2, 3 * 5, 192)
    torch.testing.assert_close(keys, PaperVit("the same", vit)(images), atol=1e-5, rtol=1e-4)
    assert extractor.patch_size == 16


def test_a_content_network():
    features = vgg.make_layers(vgg.cfgs["D"])
    network, images = (
        example(ContentNetwork)(SimpleNamespace(features=features)),
        rand(1, 3, 32, 48),
    )
    (maps,) = network(images)
    # The third stage of VGG16: all its convolutions, up to its pool.
    assert maps.shape == (1, 256, 32 // 4, 48 // 4)
    assert sum(isinstance(layer, nn.Conv2d) for layer in network.layers) == 2 + 2 + 3
    assert isinstance(features[16], nn.MaxPool2d)
    torch.testing.assert_close(maps, features[:16](sizes.normalise(images)))
