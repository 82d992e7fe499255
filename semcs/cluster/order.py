"""What is asked for of all pictures, where they are, and what that makes of one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from semcs.cluster.storage import is_uri, join, local_path
from semcs.errors import InputError, shown
from semcs.folder.asked import Asked, check_asked
from semcs.folder.columns import check_columns, read_values
from semcs.folder.names import output_name
from semcs.folder.task import Task

STAMPS = ("source_size", "source_mtime")  # bytes and nanoseconds, where a manifest tells them


_STYLES = ("style", "fg", "bg", "regions")


@dataclass(frozen=True)
class Order:
    """What holds for all pictures. It can be pickled.

    Attributes:
        asked: How they should look.
        output: Folder or URI that the outputs go to; None where they aren't written.
        source: Folder or URI that relative paths are in, and that is left out of outputs' names.
        base: Folder that masks and style pictures of rows are relative to.
    """

    asked: Asked
    output: str | None = None
    source: str | None = None
    base: str = ""

    def task(self, values: Mapping[str, Any]) -> Task:
        """What one row asks for.

        Args:
            values: Plain values by column, as in JSON; None says nothing.

        Raises:
            InputError: The row can't be used.
        """
        path = path_of(values)
        said = {name: value for name, value in values.items() if name not in STAMPS}
        # `read_values` knows paths of files alone.
        own = read_values({**said, "path": "picture"}, self.base)
        del own["path"]
        name = self._name_of(path)
        inside = own.pop("output", None) or output_name(name, self.asked.form, lambda _: None)
        whole = self.source is None or path.startswith("/") or "://" in path
        return self.asked.task(
            name,
            path if whole or self.source is None else join(self.source, path),
            "",  # outputs may go to a store, whose names aren't joined as paths are
            inside,
            own,
        )

    def _name_of(self, path: str) -> str:
        """What status rows call a picture: its path within the source, or without its scheme."""
        start = "" if self.source is None else join(self.source, "")
        if start and path.startswith(start):
            return path[len(start) :]
        return path.partition("://")[2] if is_uri(path) else local_path(path)


def order_of(
    options: Mapping[str, Any],
    *,
    output: str | None,
    source: str | None = None,
    base: str = "",
    models: str = "auto",
    device: str | None = None,
    **products: Any,
) -> Order:
    """Check what is asked for, without the pictures.

    Args:
        options: Keywords of `semcs.Stylizer.__call__`.
        output: As of `Order`.
        source: As of `Order`.
        base: As of `Order`.
        models: As of `semcs.load_family`, but that "auto" doesn't depend on what each node has:
            it is "paper" where a GPU is asked for by `device`, and otherwise "bundled".
        device: Such as "cpu" or "cuda"; None is the CPU. Nodes need it, and this process doesn't.
        **products: As of `semcs.folder.asked.check_asked`.

    Raises:
        InputError: Something can't be used; the message names it and says what is allowed.
        ModelUnavailableError: The paper models were asked for and can't be had.
    """
    device = device or "cpu"
    if models == "auto":
        models = "bundled" if device == "cpu" else "paper"
    asked = check_asked(options, models=models, device="cpu", **products)
    styled = asked.products.only_mask or any(name in options for name in _STYLES)
    asked.task("", "", "", "", {} if styled else {"style": "gold"})  # an option may be unknown
    return Order(replace(asked, device=device), output, source, base)


def path_of(values: Mapping[str, Any]) -> str:
    """The path or URI of a row's picture.

    Raises:
        InputError: There is none.
    """
    path = values.get("path")
    if not isinstance(path, str) or not path.strip() or "\0" in path:
        raise InputError(f"path is {shown(path)}: the path or URI of a picture is allowed")
    return path


def check_manifest_columns(names: Sequence[str]) -> None:
    """Find out before any work whether a manifest has columns that mean nothing.

    Raises:
        InputError: There is one, or none is `path`.
    """
    check_columns(names, STAMPS)
    if "path" not in names:
        raise InputError("the manifest has no column path: say which pictures they are")
