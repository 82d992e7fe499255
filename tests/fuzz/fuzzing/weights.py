"""Damaged files of weights of each kind, the package's manifest, and the record of downloads.

The loaders are the public ones; the networks behind them are tiny stand-ins of the same layout.
"""

from __future__ import annotations

import contextlib
import io
import json
import struct
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from unittest import mock

import h5py
import numpy as np
import torch
from safetensors.torch import save
from torch import nn

from fuzzing.mutations import damaged
from semcs.metrics import dists_vgg, load_dists, load_nima, nima_model
from semcs.models import cache, checking, paper_vgg, registry
from semcs.models.registry import ModelSource

HOSTILE_HEADERS = (
    b"", b"{}", b"[]", b"null", b"1", b'"text"', b"{" * 5000, b"[" * 100_000, b'{"a":1}',
    b'{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
    b'{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}',
    b'{"a":{"dtype":"F32","shape":[-1],"data_offsets":[8,0]}}',
    b'{"a":{"dtype":"XXX","shape":[],"data_offsets":[0,0]}}',
    b'{"__metadata__":{"format":3}}', b"\xff\xfe\xfd", b'{"\\ud800":{}}',
)  # fmt: skip


def vgg_file(rng: Random) -> None:
    """A damaged or hostile safetensors file, into the content network."""
    with small_networks(), a_file(safetensors_data(rng)) as file:
        network = paper_vgg.load_paper_vgg(path=file)
        assert all(value.dtype == torch.float32 for value in network.state_dict().values())


def nima_file(rng: Random) -> None:
    """A damaged HDF5 file, into NIMA."""
    with small_networks(), a_file(damaged(keras(), [vgg(), keras(), alphas()], rng)) as file:
        load_nima(file)


def dists_file(rng: Random) -> None:
    """A damaged pickle of torch, into DISTS."""
    data = hostile_pickle() if rng.random() < 0.1 else damaged(alphas(), [vgg(), keras()], rng)
    with small_networks(), a_file(vgg_of_dists()) as whole, a_file(data) as file:
        load_dists(vgg=whole, weights=file)


def unknown_hash(rng: Random) -> None:
    """A file without a published hash, checked with a damaged record of first downloads."""
    source = ModelSource(
        name="m", summary="", role="content", licence="", file="m.safetensors", repo="a/b"
    )
    known = f"{'0' * 64}  m.safetensors".encode()
    known = rng.choice((known, json.dumps({"a/b/m.safetensors@main": "0" * 64}).encode()))
    data = rng.choice((damaged(known, [known, vgg()], rng), b"[]", b"3", b"null", b""))
    with (
        tempfile.TemporaryDirectory() as folder,
        a_file(safetensors_data(rng)) as file,
        mock.patch.object(checking, "assets_folder", return_value=Path(folder)),
        mock.patch.object(cache, "path", return_value=file),
    ):
        record = checking.record_file(source)
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_bytes(data)
        cache.read(source)


def manifest(rng: Random) -> None:
    """A damaged list of the package's files."""
    whole = registry.BUNDLED_FOLDER.joinpath("SHA256SUMS").read_bytes()
    data = damaged(whole, [whole, vgg()], rng)
    with a_file(data) as file, mock.patch.object(registry, "BUNDLED_MANIFEST", file):
        registry.sources()


def safetensors_data(rng: Random) -> bytes:
    """A damaged file, one whose header is damaged text, or one with a hostile header."""
    kind, data = rng.randrange(4), vgg()
    length = int.from_bytes(data[:8], "little")
    if kind == 0:
        header = rng.choice(HOSTILE_HEADERS)
    elif kind == 1:
        header = damaged(data[8 : 8 + length], [data, keras()], rng)
    else:
        return damaged(data, [data, keras(), alphas()], rng)
    said = rng.choice((len(header), len(header), 0, 2**63, 2**64 - 1, 10**8, len(header) + 1))
    return struct.pack("<Q", said) + header + data[8 + length :]


@contextlib.contextmanager
def small_networks() -> Iterator[None]:
    """Networks of the same layout as the published ones, and tiny."""
    with (
        mock.patch.object(paper_vgg, "_layers", _small_layers),
        mock.patch.object(dists_vgg, "_layers", _small_layers),
        mock.patch.object(nima_model, "BLOCKS", ((8, 1),)),
    ):
        yield


def _small_layers() -> list[nn.Module]:
    with torch.random.fork_rng(devices=[]):
        return [nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1)]


@lru_cache
def vgg() -> bytes:
    return save({f"features.{name}": value for name, value in _state()} | {"head.x": torch.ones(1)})


@lru_cache
def vgg_of_dists() -> bytes:
    return save({f"features.{name}": value for name, value in _state()})


def _state() -> list[tuple[str, torch.Tensor]]:
    return [*nn.Sequential(*_small_layers()).state_dict().items()]


@lru_cache
def alphas() -> bytes:
    file = io.BytesIO()
    values = torch.full((1, sum(dists_vgg.CHANNELS), 1, 1), 0.1)
    torch.save({"alpha": values, "beta": values}, file)
    return file.getvalue()


def hostile_pickle() -> bytes:
    """A pickle that would start a program if it were believed."""
    return b"\x80\x02cos\nsystem\nX\x04\x00\x00\x00true\x85R."


@lru_cache
def keras() -> bytes:
    file, shapes = io.BytesIO(), {"conv1": (3, 3, 3, 32), "conv_pw_1": (1, 1, 32, 8)}
    with h5py.File(file, "w") as stored:
        stored.attrs["keras_version"] = "2.1.6"
        for layer, shape in {**shapes, "conv_dw_1": (3, 3, 32, 1), "dense_1": (8, 10)}.items():
            kernel = "depthwise_kernel" if "dw" in layer else "kernel"
            stored[f"{layer}/{layer}/{kernel}:0"] = np.full(shape, 0.1, np.float32)
        stored["dense_1/dense_1/bias:0"] = np.zeros(10, np.float32)
        for layer, channels in (("conv1_bn", 32), ("conv_dw_1_bn", 32), ("conv_pw_1_bn", 8)):
            for name in ("gamma", "beta", "moving_mean", "moving_variance"):
                stored[f"{layer}/{layer}/{name}:0"] = np.ones(channels, np.float32)
    return file.getvalue()


@contextlib.contextmanager
def a_file(data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights"
        path.write_bytes(data)
        yield path
