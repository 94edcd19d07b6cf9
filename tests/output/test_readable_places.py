"""`search` and `trace` on the terminal: no marks of Markdown, and documents have names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotecheck.api import build
from tests.support.commands import Run

NOTE = """# A *small* note

The heron **stood upon** the [lamp of the pier](https://example.org) and sang until noon.
"""
PLAIN = """Herons seen in May

The heron * stood upon the lamp of the pier and sang until noon.
"""


@pytest.fixture
def library(tmp_path: Path) -> str:
    (tmp_path / "note.md").write_text(NOTE, "utf-8")
    (tmp_path / "plain.txt").write_text(PLAIN, "utf-8")
    path = tmp_path / "library.db"
    build([tmp_path / "note.md", tmp_path / "plain.txt"], path, attribute=False)
    return str(path)


def test_a_search_shows_no_marks_and_programs_get_the_text(library: str, run: Run) -> None:
    shown = " ".join(run("search", "heron", "lamp", "--db", library).out.split())
    assert "**" not in shown
    assert "example.org" not in shown
    assert "heron * stood" in shown  # of a plain text nothing is left out
    assert "Herons seen in May" in shown
    hits = json.loads(run("search", "heron", "--db", library, "--format", "json").out)["hits"]
    assert any("**stood upon** the [lamp" in hit["text"] for hit in hits)


def test_a_trace_shows_no_marks_and_names_its_documents(library: str, run: Run) -> None:
    words = "stood upon the lamp of the pier and sang until noon"
    for form in ("table", "svg"):
        shown = " ".join(run("trace", words, "--db", library, "--format", form).out.split())
        assert "**" not in shown
        assert "example.org" not in shown
        assert "Herons seen in May" in shown
        assert "plain-" not in shown
