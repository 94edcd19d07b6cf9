"""The worked examples of the pages for contributors run, and the files that they name exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT

PAGES = sorted((ROOT / "docs").glob("adding-a-*.md"))
_BLOCK = re.compile(r"^```python\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`((?:quotecheck|tests|docs)/[\w/.-]+\.(?:py|md|jsonl))`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_worked_example_runs(page: Path) -> None:
    blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
    assert len(blocks) >= 2
    assert any("assert " in block for block in blocks)
    names: dict[str, Any] = {"__name__": page.stem}
    for block in blocks:
        exec(compile(block, page.name, "exec"), names)  # noqa: S102 - the project's own page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_files_that_it_names_exist(page: Path) -> None:
    names = _FILE.findall(page.read_text(encoding="utf-8"))
    assert len(set(names)) >= 3
    assert [n for n in names if "NAME" not in n and not (ROOT / n).exists()] == []


def test_there_are_three_pages() -> None:
    assert [page.stem for page in PAGES] == ["adding-a-format", "adding-a-reader", "adding-a-rule"]
