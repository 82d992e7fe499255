"""Any picture in, float RGB to work with, and the same kind of picture back.

`load` reads a PIL image, an array, a tensor, a path, bytes or a binary file into a `Picture`;
`Picture.restore` turns a result of the same size into what came in: type, dtype, shape, device,
alpha and metadata. Paths, bytes and files come back as PIL images, which `save` writes.
"""

from semcs.image.files import (
    check_output_path,
    check_writable,
    encode,
    save,
    write_bytes_atomic,
)
from semcs.image.masks import load_mask, masks_of_batch
from semcs.image.memory import out_of_memory_told
from semcs.image.picture import MAX_PIXELS, Picture
from semcs.image.reading import Source, load, load_batch, restore_batch
from semcs.image.resize import MIN_WORKING_SIDE, resize_rgb, working_size
from semcs.image.tensors import to_array, to_tensor
from semcs.image.visible import fill_hidden, hide

__all__ = [
    "MAX_PIXELS",
    "MIN_WORKING_SIDE",
    "Picture",
    "Source",
    "check_output_path",
    "check_writable",
    "encode",
    "fill_hidden",
    "hide",
    "load",
    "load_batch",
    "load_mask",
    "masks_of_batch",
    "out_of_memory_told",
    "resize_rgb",
    "restore_batch",
    "save",
    "to_array",
    "to_tensor",
    "working_size",
    "write_bytes_atomic",
]
