"""Which pictures a folder holds."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from semcs.errors import InputError, refuse, shown

PICTURES = frozenset(
    (
        *(".avif", ".avifs", ".bmp", ".dib", ".gif", ".heic", ".heif", ".hif"),
        *(".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".qoi"),
        *(".jp2", ".j2k", ".jpc", ".jpf", ".jpx", ".j2c"),
        *(".pbm", ".pgm", ".ppm", ".pnm", ".pfm", ".tif", ".tiff", ".webp"),
    )
)
"""Extensions of the formats that are read, in small letters."""

_Wanted = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A picture of a folder.

    Attributes:
        name: Its path within the folder, with `/`; bytes of it that aren't UTF-8 are surrogates.
        path: Where to read it from.
        size: Bytes.
        mtime: When it was changed last, in nanoseconds.
    """

    name: str
    path: str
    size: int
    mtime: int


@dataclass
class Listing:
    """What was found in a folder.

    Attributes:
        found: The pictures, sorted by name.
        ignored: How many files are no pictures, or match no pattern.
        unreadable: Names of the folders within that can't be listed, and of the links that lead
            nowhere, each with the reason.
    """

    found: list[Found] = field(default_factory=list)
    ignored: int = 0
    unreadable: list[tuple[str, str]] = field(default_factory=list)


def find_pictures(
    folder: str | os.PathLike[str],
    *,
    patterns: Sequence[str] = (),
    recursive: bool = True,
    leave_out: str | None = None,
) -> Listing:
    """List the pictures of a folder; nothing is opened.

    Hidden files and folders, whose names begin with a dot, are left out, and whatever is no file,
    such as pipes and devices. Links to files are followed, and links to folders aren't.

    Args:
        folder: Path of the folder.
        patterns: Globs of names within the folder, such as "*.jpg" or "2024/**/*.png"; any of them
            has to match, in capital and small letters as they are. One without "/" matches in every
            folder, one that begins with "/" at the top alone, and one that ends with "/" all that
            is in a folder. "!" at the beginning leaves out what matches. Names that match are
            pictures whatever their extension, such as by "*.dat", unless the pattern ends with "*"
            or "/": there, and without patterns, the extension decides (`PICTURES`).
        recursive: Whether folders within are listed.
        leave_out: Path of a folder within that is skipped, such as that of the output.

    Raises:
        InputError: The folder can't be listed, or a pattern is empty or no text.
    """
    wanted = _matcher(patterns)
    top = os.fsdecode(folder)
    listing = Listing()
    left_out = _identity(leave_out)
    waiting = [("", top)]
    while waiting:
        prefix, path = waiting.pop()
        try:
            for entry in _entries(path):
                if entry.is_dir(follow_symlinks=False):
                    if recursive and not _is(entry, left_out):
                        waiting.append((f"{prefix}{entry.name}/", entry.path))
                elif wanted(prefix + entry.name, entry.name):
                    _add(listing, prefix + entry.name, entry)
                elif entry.is_file():
                    listing.ignored += 1
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            if not prefix:
                raise InputError(f"can't list folder {top!r}: {reason}") from error
            listing.unreadable.append((prefix[:-1], reason))
    listing.found.sort(key=lambda found: found.name)
    listing.unreadable.sort()
    return listing


def _entries(path: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(path) as entries:
        for entry in entries:
            if not entry.name.startswith("."):
                yield entry


def _add(listing: Listing, name: str, entry: os.DirEntry[str]) -> None:
    """Add a file that is wanted; what has gone since the folder was opened is no part of it."""
    try:
        status = entry.stat()
    except OSError as error:
        if entry.is_symlink():
            listing.unreadable.append((name, error.strerror or str(error)))
        return
    if stat.S_ISREG(status.st_mode):
        listing.found.append(Found(name, entry.path, status.st_size, status.st_mtime_ns))


def _identity(path: str | None) -> os.stat_result | None:
    """What tells a folder from all others by whatever path it is named; None where none is."""
    try:
        return None if path is None else os.stat(path)
    except (OSError, ValueError):
        return None


def _is(entry: os.DirEntry[str], folder: os.stat_result | None) -> bool:
    if folder is None or entry.inode() != folder.st_ino:  # costs nothing, and is mostly enough
        return False
    return os.path.samestat(os.stat(entry.path), folder)


def _matcher(patterns: Sequence[str]) -> _Wanted:
    """Whether a file is wanted, by its name within the folder and by the last part of that."""
    if isinstance(patterns, str) or not all(isinstance(one, str) for one in patterns):
        refuse("patterns", patterns, "a list of texts such as '*.jpg'")
    if empty := [one for one in patterns if not one.removeprefix("!").strip("/")]:
        raise InputError(f"pattern {shown(empty[0])} is empty: write one such as '*.jpg'")
    takes = [one for one in patterns if not one.startswith("!")]
    exact = _any_of([one for one in takes if not one.endswith(("*", "/"))])
    loose = _any_of([one for one in takes if one.endswith(("*", "/"))] if takes else ["*"])
    leaves_out = _any_of([one[1:] for one in patterns if one.startswith("!")])

    def wanted(name: str, last: str) -> bool:
        chosen = exact(name) or (os.path.splitext(last)[1].lower() in PICTURES and loose(name))
        return bool(chosen and not leaves_out(name))

    return wanted


def _any_of(globs: Sequence[str]) -> Callable[[str], object]:
    if not globs:
        return lambda _: False
    if list(globs) == ["*"]:
        return lambda _: True  # of 100,000 names, all of them
    return re.compile("|".join(f"(?:{expression_of(one)})" for one in globs), re.DOTALL).fullmatch


def expression_of(glob: str) -> str:
    """A regular expression of whole names within a folder; `**` stands for any folders."""
    if "/" not in glob:
        glob = f"**/{glob}"
    if glob.endswith("/"):
        glob = f"{glob}**"
    *folders, last = glob.removeprefix("./").removeprefix("/").split("/")
    before = "".join("(?:[^/]+/)*" if part == "**" else f"{_part(part)}/" for part in folders)
    return before + (".*" if last == "**" else _part(last))


def _part(glob: str) -> str:
    """A regular expression of one part of a name: `*`, `?`, and sets as `[a-z]` or `[!a-z]`."""
    pieces = re.findall(r"\[(?:!.|[^!])[^\]]*\]|.", glob, re.DOTALL)
    return "".join(map(_piece, pieces))


def _piece(piece: str) -> str:
    if piece == "*":
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if len(piece) == 1:
        return re.escape(piece)
    if piece[1] == "!":
        return f"(?!{_set(piece[2:-1])})[^/]"
    return _set(piece[1:-1])


def _set(inside: str) -> str:
    """A regular expression of one letter of a set; a range from high to low holds none."""
    spans = [(part[0], part[-1]) for part in re.findall(r".-.|.", inside, re.DOTALL)]
    letters = "".join(f"{re.escape(a)}-{re.escape(b)}" for a, b in spans if a <= b)
    return f"[{letters}]" if letters else "(?!)"
