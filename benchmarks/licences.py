"""The licences of what is installed for semcs: of its dependencies, and of theirs.

    python -m benchmarks.licences [--extras metrics bench …] [--json]

They are read from the metadata of the installed packages, which no network is needed for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from benchmarks.commands import add_json, command_parser

UNKNOWN = "unknown"
LONGEST = 60  # letters of a licence that is named; longer ones are its whole text

# A line of a package's needs (PEP 508): name[extras]>=version; marker and extra == "own extra".
NEED = re.compile(r"(?P<name>[\w.-]+)\s*(\[(?P<extras>[^]]*)\])?")
OWN_EXTRA = re.compile(r"extra\s*==\s*['\"](?P<extra>[^'\"]+)")


@dataclass(frozen=True)
class Need:
    """What a package needs: a name as `canonical` writes it, its extras, and for which own extra.

    Of markers only the extra counts: what other systems need isn't installed here.
    """

    name: str
    extras: tuple[str, ...]
    own_extra: str


@dataclass(frozen=True)
class Licence:
    """The licence of a package, as its metadata says."""

    package: str
    version: str
    licence: str


def licences(root: str = "semcs", extras: Sequence[str] = ()) -> list[Licence]:
    """The licences of a package's dependencies that are installed, and of all that they need."""
    found: dict[str, Licence] = {}
    waiting = [(root, tuple(extras))]
    while waiting:
        name, wanted = waiting.pop()
        try:
            package = distribution(name)
        except PackageNotFoundError:  # needed on other systems, or by extras alone
            continue
        for need in needs_of(package):
            if need.own_extra in ("", *wanted) and need.name not in (*found, root):
                waiting.append((need.name, need.extras))
                found |= _entry(need.name)
    return sorted(found.values(), key=lambda each: each.package)


def licence_of(package: Distribution) -> str:
    """What a package's metadata says: an SPDX expression, a short field, or classifiers."""
    metadata = package.metadata
    expression = metadata.get("License-Expression")
    if expression:
        return str(expression)
    kinds = [each for each in metadata.get_all("Classifier") or () if each.startswith("License ::")]
    named = [kind.rsplit(" :: ", 1)[-1] for kind in kinds if kind.count(" :: ") > 1]
    stated = (metadata.get("License") or "").strip().split("\n")[0]
    if 0 < len(stated) <= LONGEST and not re.match(r"(?i)copyright|unknown", stated):
        return str(stated)
    return ", ".join(named) or UNKNOWN


def needs_of(package: Distribution) -> Iterator[Need]:
    """What a package's metadata says that it needs, always and for its extras."""
    for line in package.requires or ():
        need, own = NEED.match(line), OWN_EXTRA.search(line)
        assert need is not None, line
        extras = tuple(each.strip() for each in (need["extras"] or "").split(",") if each)
        yield Need(canonical(need["name"]), extras, own["extra"] if own else "")


def canonical(name: str) -> str:
    """A package's name in the one spelling that counts (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _entry(name: str) -> dict[str, Licence]:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return {}
    return {name: Licence(name, package.version, licence_of(package))}


def main(arguments: list[str] | None = None) -> None:
    """List from the command line."""
    parser = command_parser("licences", __doc__)
    parser.add_argument("--extras", nargs="*", default=(), help="of semcs, such as metrics")
    add_json(parser)
    asked = parser.parse_args(arguments)
    found = licences(extras=asked.extras)
    if asked.json:
        print(json.dumps([asdict(each) for each in found]))
        return
    width = max(len(each.package) for each in found)
    for each in found:
        print(f"{each.package:{width}}  {each.version:14}  {each.licence}")


if __name__ == "__main__":
    main()
