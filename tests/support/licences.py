"""The licences of what is installed with quotecheck, read from the metadata of the distributions.

``python -m tests.support.licences`` (from the project's root, with the extras installed) writes the
list at the end of NOTICE again.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.paths import ROOT

NOTICE = ROOT / "NOTICE"
HEADING = "What is installed with it"
REMEDY = "write the list again: python -m tests.support.licences"
NOT_FOR_USE = frozenset({"dev", "fuzz"})
"""The extras for development, which are nobody's installation."""
_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
}
"""What distributions write for a licence, by its identifier of SPDX."""
_TORCH_PARTS = ("torch", "triton", "nvidia-", "cuda-")


@dataclass(frozen=True)
class Installed:
    """A distribution, its licence, and what asks for it ("base" or an extra)."""

    name: str
    licence: str
    asked_by: str


def installed() -> list[Installed]:
    """Everything that the package and its extras bring along, as far as it is installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found: dict[str, Installed] = {}
    extras = sorted(set(project["optional-dependencies"]) - NOT_FOR_USE)
    for group in ("base", *extras):
        base = group == "base"
        asked = project["dependencies"] if base else project["optional-dependencies"][group]
        for name, distribution in sorted(_closure(asked).items()):
            found.setdefault(name, Installed(name, licence_of(distribution.metadata), group))
    return list(found.values())


def _closure(requirements: Iterable[str]) -> dict[str, importlib.metadata.Distribution]:
    """The distributions that requirements bring along, by name; those not installed are left."""
    left = [Requirement(text) for text in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    found: dict[str, importlib.metadata.Distribution] = {}
    while left:
        asked = left.pop()
        key = (str(canonicalize_name(asked.name)), frozenset(asked.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            distribution = importlib.metadata.distribution(asked.name)
        except importlib.metadata.PackageNotFoundError:
            continue
        found[key[0]] = distribution
        for text in distribution.requires or ():
            further = Requirement(text)
            if _is_wanted(further, asked.extras):
                left.append(further)
    return found


def _is_wanted(requirement: Requirement, extras: Iterable[str]) -> bool:
    marker, here = requirement.marker, default_environment()
    environments: list[dict[str, Any]] = [here | {"extra": extra} for extra in ("", *extras)]
    return marker is None or any(map(marker.evaluate, environments))


def licence_of(metadata: Any) -> str:
    """The licence by its identifier of SPDX where it can be told, "" where nothing says it."""
    expression = metadata.get("License-Expression")
    if expression:
        return str(expression)
    words = (metadata.get("License") or "").strip()
    if words in _SPDX:
        return _SPDX[words]
    told = [
        _SPDX.get(name, name)
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License ::")
        for name in [line.rpartition("::")[2].strip()]
        if name != "OSI Approved"
    ]
    if told:
        return " OR ".join(dict.fromkeys(told))
    return words if len(words) <= 60 and "\n" not in words and words != "UNKNOWN" else ""


def is_of_torch(name: str) -> bool:
    """Whether a distribution is torch or belongs to one of its builds, which readers choose."""
    return name.startswith(_TORCH_PARTS)


def listing() -> Iterator[str]:
    """The lines of the list: a group of what is asked for, then a distribution a line."""
    group = ""
    for one in installed():
        if one.asked_by != group:
            group = one.asked_by
            yield ""
            yield "always:" if group == "base" else f"with the extra {group}:"
        yield f"- {one.name}: {one.licence}"


def listed() -> dict[str, str]:
    """The licences that NOTICE gives, by distribution."""
    behind = NOTICE.read_text(encoding="utf-8").partition(HEADING)[2]
    return dict(re.findall(r"^- ([\w.-]+): (.+)$", behind, re.MULTILINE))


def main() -> None:
    """Write the list at the end of NOTICE again."""
    text = NOTICE.read_text(encoding="utf-8")
    head, heading, behind = text.partition(HEADING)
    about = behind.partition("\n\nalways:")[0]
    NOTICE.write_text("\n".join([head + heading + about, *listing()]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
