"""Arrays and tensors of every dtype, shape, layout and value, and what only looks like one."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import numpy as np
import torch

from fuzzing.outcome import check_mask, check_picture
from semcs.image import load, load_batch, load_mask, restore_batch

SIDES = (0, 1, 2, 3, 4, 5, 17)
SHAPES = ((8, 9), (8, 9, 3), (3, 8, 9), (1, 3, 8, 9), (8, 9, 4), (4, 8, 9), (2, 3, 8, 9))
DTYPES = (*np.typecodes["All"].replace("M", "").replace("m", ""), "M8[s]", "m8[s]", "U3", "S3")
DTYPES += (">u2", ">f4", ">f8", "V4", "u1,u1,u1")
ODD = (np.nan, np.inf, -np.inf, -1.0, 1.5, 1e30, -0.0, 1e-45, 255.0, 1.0005, 3e5)


def array(rng: Random) -> None:
    """An array as a picture, and as a mask of the right or another size."""
    source = any_array(rng)
    if rng.random() < 0.5:
        check_picture(load(source))
    else:
        size = source.shape[:2] if len(source.shape) > 1 else (8, 9)
        check_mask(load_mask(source, size), size)


def tensor(rng: Random) -> None:
    """A tensor as a picture, a mask or a batch."""
    source = any_tensor(rng)
    call = rng.choice(("load", "load_mask", "load_batch"))
    if call == "load":
        check_picture(load(source))
    elif call == "load_mask":
        check_mask(load_mask(source, (8, 9)), (8, 9))
    else:
        pictures = load_batch(source)
        for picture in pictures:
            check_picture(picture)
        restored = restore_batch(pictures, [picture.rgb for picture in pictures])
        assert restored.shape == source.shape, restored.shape


def stranger(rng: Random) -> None:
    """What is no picture, but may look like one."""
    source = rng.choice(STRANGERS)()
    load(source) if rng.random() < 0.5 else load_mask(source, (8, 9))


def any_array(rng: Random) -> np.ndarray:
    shape = any_shape(rng)
    values = np.random.default_rng(rng.getrandbits(64)).random(shape)
    if rng.random() < 0.5:
        values = values * rng.choice((1, 1, 255, 65535, -2))
    if rng.random() < 0.25 and values.size:
        values.flat[rng.randrange(values.size)] = rng.choice(ODD)
    kinds = ("?", "u1", "u2", "f2", "f4", "f8") if rng.random() < 0.5 else DTYPES
    # Which values a dtype refuses, and what can't be laid out so, is numpy's affair.
    with contextlib.suppress(Exception), np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = np.asarray(values.astype(rng.choice(kinds)))
    with contextlib.suppress(Exception):
        values = rng.choice(LAYOUTS)(values)
    return values


def any_shape(rng: Random) -> tuple[int, ...]:
    if rng.random() < 0.7:
        return rng.choice(SHAPES)
    return tuple(rng.choice(SIDES) for _ in range(rng.randrange(6)))


def _strided(values: np.ndarray) -> np.ndarray:
    return np.repeat(values, 2, axis=0)[::2] if values.ndim else values


def _broadcast(values: np.ndarray) -> np.ndarray:
    return np.broadcast_to(values[:1], values.shape) if values.ndim and len(values) else values


def _frozen(values: np.ndarray) -> np.ndarray:
    values.flags.writeable = False
    return values


LAYOUTS: tuple[Callable[[np.ndarray], np.ndarray], ...] = (
    lambda values: values,
    lambda values: values,
    lambda values: values.T,
    lambda values: values[::-1],
    lambda values: values[..., ::-1] if values.ndim else values,
    np.asfortranarray,
    _strided,
    _broadcast,
    _frozen,
    np.matrix,
    lambda values: np.ma.masked_array(values, mask=np.ones(values.shape, bool)),
    lambda values: values.view(np.recarray),
)


@cache
def torch_dtypes() -> tuple[torch.dtype, ...]:
    found = {value for value in vars(torch).values() if isinstance(value, torch.dtype)}
    return tuple(sorted(found, key=str))


def any_tensor(rng: Random) -> torch.Tensor:
    generator = torch.Generator().manual_seed(rng.getrandbits(32))
    values = torch.rand(any_shape(rng), generator=generator)
    if rng.random() < 0.25 and values.numel():
        values.view(-1)[rng.randrange(values.numel())] = rng.choice(ODD)
    kinds = (torch.bool, torch.uint8, torch.float32) if rng.random() < 0.4 else torch_dtypes()
    # Not every dtype can be converted to, and not every tensor laid out in every way.
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = (values * rng.choice((1, 1, 255))).to(rng.choice(kinds))
    with contextlib.suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = rng.choice(TENSOR_LAYOUTS)(values)
    return values


def _negated(values: torch.Tensor) -> torch.Tensor:
    return torch.complex(torch.zeros(values.shape), values.float()).conj().imag


def _inference(values: torch.Tensor) -> torch.Tensor:
    with torch.inference_mode():
        return values.clone()


TENSOR_LAYOUTS: tuple[Callable[[Any], Any], ...] = (
    lambda values: values,
    lambda values: values,
    lambda values: values.requires_grad_(),
    lambda values: values.mT,
    lambda values: values.to("meta"),
    lambda values: values.to_sparse(),
    lambda values: values.to_sparse_csr(),
    lambda values: values.to_mkldnn(),
    lambda values: torch.quantize_per_tensor(values.float(), 0.1, 0, torch.quint8),
    lambda values: torch.nested.nested_tensor([values, values]),
    lambda values: torch.nn.Parameter(values),
    lambda values: values[:1].expand(values.shape),
    lambda values: values.contiguous(memory_format=torch.channels_last),
    lambda values: torch.complex(values.float(), values.float()).conj(),
    _negated,
    _inference,
)


class _Pretends:
    """Has an array's attributes, and isn't one."""

    ndim, shape, dtype = 4, (1, 3, 8, 9), np.dtype(np.uint8)

    def __len__(self) -> int:
        return 1


class _Breaks:
    """A file whose reading fails, or gives no bytes."""

    def read(self, *_):
        raise RuntimeError("the disk has gone")

    def seek(self, *_):
        return 0

    def tell(self):
        return 0


class _Talks(_Breaks):
    def read(self, *_):
        return "text"


STRANGERS: tuple[Callable[[], Any], ...] = (
    lambda: None, lambda: 0, lambda: True, lambda: 1.5, lambda: [], lambda: [[0.5] * 9] * 8,
    lambda: {}, lambda: object(), lambda: "", lambda: "\0", lambda: "no such file.png",
    lambda: "/", lambda: b"", lambda: b"\0" * 100, lambda: memoryview(np.zeros((8, 9))),
    lambda: memoryview(b"12345678")[::2], lambda: np.float64(0.5), lambda: np.array(None),
    lambda: print, lambda: int, lambda: iter(()), lambda: "a" * 4000, lambda: "\ud800.png",
    _Pretends, _Breaks, _Talks,
)  # fmt: skip
