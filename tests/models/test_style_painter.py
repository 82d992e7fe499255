from __future__ import annotations

import pytest
import torch
from random_state import no_random_number_is_drawn

from semcs.models.directions import PLAIN, text_directions
from semcs.models.painter_code import CODE
from semcs.models.style_painter import load_style_painter


@pytest.fixture(scope="module")
def painter():
    return load_style_painter()


def picture(*size, seed=0):
    return torch.rand(1, 3, *size, generator=torch.Generator().manual_seed(seed))


def test_a_text_is_coded_by_its_direction_from_a_photo(painter):
    (direction,) = text_directions(painter.encoder, ["hammered gold"], PLAIN)
    code = painter.code_of("hammered gold")
    assert code.shape == (1, CODE) == (1, 109)
    assert torch.equal(code, painter.network.code_of_text(direction[None]))
    assert (painter.code_of("a blue snowfield") - code).abs().max() > 0.1


def test_a_picture_is_coded_by_how_it_looks(painter):
    style = picture(48, 64)
    assert torch.equal(painter.code_of(style), painter.network.code_of_picture(style))


def test_it_paints_as_its_network_does(painter):
    content = picture(40, 56)
    codes = torch.cat([painter.code_of("embroidery"), painter.code_of(picture(32, 32, seed=1))])
    masks = torch.zeros(2, 1, 40, 56)
    masks[0, ..., :20], masks[1, ..., 20:] = 1, 1
    painted = painter.paint(content, codes, masks)
    assert torch.equal(painted, painter.network.paint(content, codes, masks))
    assert not painted.requires_grad


def test_names_of_looks_are_embedded_once(painter, monkeypatch):
    assert (
        max(painter.rank("stained glass").items(), key=lambda item: item[1])[0] == "stained glass"
    )
    asked = []
    encode = painter.encoder.encode_text
    monkeypatch.setattr(painter.encoder, "encode_text", lambda t: asked.append(t) or encode(t))
    painter.rank("windows of a church")
    assert asked == [["windows of a church"]]


def test_its_name_is_that_of_the_network(painter):
    assert painter.name == painter.network.name == "semcs painter"


def test_an_encoder_that_is_loaded_already_is_used(painter):
    assert load_style_painter(painter.encoder).encoder is painter.encoder


def test_it_is_frozen(painter):
    assert not any(module.training for module in painter.network.modules())
    assert not any(module.training for module in painter.encoder.modules())
    assert not any(parameter.requires_grad for parameter in painter.parameters())


def test_what_it_is_given_follows_its_networks():
    elsewhere = load_style_painter().to("meta")
    assert elsewhere.device == torch.device("meta")
    code = elsewhere.code_of(picture(32, 32))
    painted = elsewhere.paint(picture(32, 32), torch.zeros(1, CODE), torch.ones(1, 1, 32, 32))
    assert code.device == painted.device == elsewhere.device


def test_use_draws_no_random_number(painter):
    with no_random_number_is_drawn():
        code = painter.code_of("lace")
        painter.rank("lace")
        painter.paint(picture(32, 32), code, torch.ones(1, 1, 32, 32))
