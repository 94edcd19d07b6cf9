"""Fixtures of the tests of the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotecheck.library.library import Library, open_library

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library.db", create=True) as opened:
        opened.start_run("build", version="1")
        yield opened
