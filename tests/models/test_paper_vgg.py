from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
import torchvision
from random_state import no_random_number_is_drawn
from safetensors.torch import save_file

from semcs.errors import InputError, ModelUnavailableError
from semcs.models.interfaces import ContentNetwork
from semcs.models.paper_vgg import load_paper_vgg

MEAN = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
CLASSIFIERS = {
    "timm": ("pre_logits.fc1.weight", "pre_logits.fc2.bias", "head.fc.weight"),
    "torchvision": ("classifier.0.weight", "classifier.3.bias", "classifier.6.weight"),
}


@pytest.fixture(scope="module")
def features():
    """The convolutions under torchvision's names, with seeded weights that keep the signal up."""
    with torch.device("meta"):
        shapes = torchvision.models.vgg19(weights=None).features.state_dict()
    generator = torch.Generator().manual_seed(0)
    return {
        f"features.{key}": torch.randn(value.shape, generator=generator)
        * ((2 / value[0].numel()) ** 0.5 if value.ndim > 1 else 0.1)
        for key, value in shapes.items()
    }


@pytest.fixture(scope="module", params=CLASSIFIERS)
def network(request, features, tmp_path_factory):
    file = tmp_path_factory.mktemp("vgg") / "model.safetensors"
    classifier = {key: torch.zeros(1) for key in CLASSIFIERS[request.param]}
    save_file({**features, **classifier}, file)
    with no_random_number_is_drawn():
        return load_paper_vgg(path=file)


def maps_by_hand(w, images):
    """VGG19 in the words of its paper: relu<stage>_<number>."""
    x = (images - MEAN) / STD
    maps, index = {}, 0
    for stage, convolutions in enumerate((2, 2, 4, 4, 4), 1):
        for number in range(1, convolutions + 1):
            x = F.conv2d(x, w[f"features.{index}.weight"], w[f"features.{index}.bias"], padding=1)
            x = x.clamp(min=0)
            maps[f"relu{stage}_{number}"] = x
            index += 2
        x = F.max_pool2d(x, 2)
        index += 1
    return maps


def test_maps_are_relu4_2_and_relu5_2_computed_by_hand(network, features):
    images = torch.rand(2, 3, 53, 38, generator=torch.Generator().manual_seed(1))
    maps = network(images)
    expected = maps_by_hand(features, images)
    assert [tuple(m.shape) for m in maps] == [(2, 512, 6, 4), (2, 512, 3, 2)]
    for found, name in zip(maps, ("relu4_2", "relu5_2")):
        torch.testing.assert_close(found, expected[name], atol=1e-4, rtol=1e-4)
        assert found.std() > 0.01


def test_pixels_get_gradients_and_weights_do_not(network):
    image = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(2)).requires_grad_()
    sum(m.square().mean() for m in network(image)).backward()
    assert image.grad.abs().sum() > 0
    assert not any(p.requires_grad for p in network.parameters())


def test_it_fills_the_interface(network):
    assert isinstance(network, ContentNetwork)
    assert network.name == "vgg19"


def test_images_that_the_pools_would_use_up_are_refused(network):
    assert network(torch.rand(1, 3, 16, 16))[1].shape == (1, 512, 1, 1)
    with pytest.raises(InputError, match="sides of at least 16 pixels, not 15 x 40"):
        network(torch.rand(1, 3, 15, 40))


def test_the_variant_with_batch_normalisation_is_refused(tmp_path):
    with torch.device("meta"):
        shapes = torchvision.models.vgg11_bn(weights=None).features.state_dict()
    state = {f"features.{key}": torch.zeros(value.shape) for key, value in shapes.items()}
    save_file(state, tmp_path / "model.safetensors")
    with pytest.raises(ModelUnavailableError, match=r"vgg19: .* isn't laid out as it should be"):
        load_paper_vgg(path=tmp_path / "model.safetensors")
