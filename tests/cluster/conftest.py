"""What the tests of many machines need: sources, and the package that writes parts."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support import building_cases as cases


@pytest.fixture(autouse=True)
def needs_pyarrow() -> None:
    if find_spec("pyarrow") is None:
        pytest.skip("pyarrow is not installed")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Sources with everything that a build may meet."""
    folder = tmp_path / "sources"
    cases.write_sources(folder)
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.jsonl").write_text(
        '{"id": "ok", "text": "Fine words."}\n{"id": "bad", "te\n'
        '{"id": "m0-0", "text": "An id that another file has."}\n',
        encoding="utf-8",
    )
    # One text under one name in two folders: the first of them is the document's place.
    for name in ("x", "y"):
        (folder / name).mkdir()
        (folder / name / "twice.txt").write_text("“Twice,” said Ada Fenwick.\n", encoding="utf-8")
    (folder / "page.html").write_text(
        "<html><title>A page</title><meta name=date content=2031-02-03><body><article><p>“It"
        " holds,” said the pilot of the ferry, who had been asked.</p><blockquote><p>Set off, and"
        " long enough to be a paragraph of its own.</p></blockquote></article></body></html>",
        encoding="utf-8",
    )
    (folder / "play.txt").write_text("ADA: We meet.\n\nBEN: We part.\n\nADA: So be it.\n", "utf-8")
    return folder
