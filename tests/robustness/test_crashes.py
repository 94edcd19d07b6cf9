"""Whatever has once made a fuzzed target fail is met here again, and so are the fuzzer's seeds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support import paths

FUZZ = paths.TESTS / "fuzz"
CRASHES = paths.CASES / "crashes"
sys.path.insert(0, str(FUZZ))
from targets import TARGETS, seeds  # noqa: E402 - found in the folder put in front above

sys.path.remove(str(FUZZ))

CASES = sorted(path for path in CRASHES.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_find_stays_mended(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_the_seeds_pass(name: str) -> None:
    for data in (b"", b"\0", b"\xff\xfe", *seeds(name)):
        TARGETS[name](data)
