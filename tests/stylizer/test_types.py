from __future__ import annotations

import io

import numpy as np
import pytest
import torch
from PIL import Image
from quick import quick

import semcs


class TestSameTypeBack:
    @pytest.mark.parametrize("mode", ["RGB", "RGBA"])
    def test_pil(self, photo, mode, tiny_family):
        image = photo.convert(mode)
        styled = semcs.stylize(image, "gold", models=tiny_family, **quick(progress=False))
        assert isinstance(styled, Image.Image)
        assert (styled.mode, styled.size) == (mode, image.size)
        assert np.asarray(styled).tolist() != np.asarray(image).tolist()

    @pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32, np.float64])
    @pytest.mark.parametrize("channels", [1, 3, 4])
    def test_array(self, pixels, dtype, channels, tiny_family):
        array = np.dstack([pixels, pixels[..., :1]])[..., :channels]
        array = (array / 255).astype(dtype) if dtype in (np.float32, np.float64) else array
        array = array.astype(dtype)
        styled = semcs.stylize(array, "gold", models=tiny_family, **quick(progress=False))
        assert isinstance(styled, np.ndarray)
        assert (styled.dtype, styled.shape) == (array.dtype, array.shape)
        assert not np.array_equal(styled, array)

    @pytest.mark.parametrize("shape", [(3, 64, 96), (1, 3, 64, 96)])
    def test_tensor(self, pixels, shape, tiny_family):
        tensor = torch.from_numpy(pixels / 255).float().permute(2, 0, 1).reshape(shape)
        styled = semcs.stylize(tensor, "gold", models=tiny_family, **quick(progress=False))
        assert isinstance(styled, torch.Tensor)
        assert (styled.dtype, styled.shape) == (torch.float32, tensor.shape)
        assert not torch.equal(styled, tensor)

    def test_batch_is_each_picture_by_itself(self, pixels, tiny_family):
        first = torch.from_numpy(pixels / 255).float().permute(2, 0, 1)
        batch = torch.stack([first, first.flip(2)])
        styled = semcs.stylize(batch, "gold", models=tiny_family, **quick(progress=False))
        alone = [
            semcs.stylize(p, "gold", models=tiny_family, **quick(progress=False)) for p in batch
        ]
        assert torch.equal(styled, torch.stack(alone))

    def test_path_bytes_and_file_give_pil(self, photo, tmp_path, tiny_family):
        photo.save(tmp_path / "photo.png")
        data = (tmp_path / "photo.png").read_bytes()
        sources = [tmp_path / "photo.png", str(tmp_path / "photo.png"), data, io.BytesIO(data)]
        styled = [
            semcs.stylize(s, "gold", models=tiny_family, **quick(progress=False)) for s in sources
        ]
        assert all(isinstance(image, Image.Image) for image in styled)
        assert len({image.tobytes() for image in styled}) == 1
