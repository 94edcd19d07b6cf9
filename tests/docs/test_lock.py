"""requirements.lock pins what is installed, with hashes, and holds nothing of one machine."""

from __future__ import annotations

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.licences import NOT_FOR_USE, is_of_torch
from tests.support.paths import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
_ENTRY = re.compile(
    r"^([\w.\[\]-]+)==(\S+)( ; .+?)? \\\n((?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)
ENTRIES = _ENTRY.findall(LOCK)
REMEDY = "write it again: make lock"


def test_every_line_is_a_pin_a_hash_or_a_comment() -> None:
    rest = [line for line in _ENTRY.sub("", LOCK).splitlines() if not line.startswith("#")]
    assert rest == []


def test_nothing_of_a_machine_or_an_index() -> None:
    assert not re.search(
        r"--(?:extra-)?index|--find-links|--trusted|file:|://|@ |/(?:home|tmp|opt)/", LOCK
    )


def test_torch_is_left_to_the_reader() -> None:
    assert [name for name, *_ in ENTRIES if is_of_torch(name)] == []


def test_what_the_package_asks_for_is_pinned_as_it_allows() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    locked = set(extras) - NOT_FOR_USE - {"train"}
    asked = [*project["dependencies"], *(text for name in locked for text in extras[name])]
    pinned: dict[str, list[str]] = {}
    for name, version, *_ in ENTRIES:
        pinned.setdefault(str(canonicalize_name(name.partition("[")[0])), []).append(version)
    for text in asked:
        requirement = Requirement(text)
        versions = pinned.get(str(canonicalize_name(requirement.name)), [])
        assert versions, f"{text} is missing; {REMEDY}"
        assert all(requirement.specifier.contains(version) for version in versions), REMEDY
