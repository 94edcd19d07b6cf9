"""Fixtures of the tests of speakers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotecheck.library.library import Library, open_library
from tests.support.speaker_samples import add, debate, report


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library.db", create=True) as library:
        add(library, debate())
        add(library, *report())
        yield library
