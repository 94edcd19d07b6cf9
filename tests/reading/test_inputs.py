"""Which files are read: named ones, and those of known kinds in folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.reading.documents import find_inputs
from tests.support.reading_checks import written


def test_folders_are_walked_in_order_and_known_kinds_kept(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.HTML",
        "c.pdf",
        "c.png",
        ".hidden.txt",
        "d.jsonl",
        "d.meta.json",
        "e.md",
    ):
        written(tmp_path, name, "x")
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    written(tmp_path / "sub" / "deep", "f.htm", "x")
    written(tmp_path / ".git", "g.txt", "x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = [str(path.relative_to(tmp_path)) for path in find_inputs([tmp_path])]
    assert found == [
        "a.HTML",
        "b.txt",
        "c.pdf",
        "d.jsonl",
        "e.md",
        str(Path("sub", "deep", "f.htm")),
    ]


def test_a_named_file_is_taken_whatever_its_kind(tmp_path: Path) -> None:
    odd = written(tmp_path, "speech.transcript", "x")
    hidden = written(tmp_path, ".x.txt", "x")
    assert find_inputs([odd, str(hidden)]) == [odd, hidden]


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    for name in (tmp_path / "no.txt", "no\0name.txt", tmp_path / ("x" * 5000)):
        with pytest.raises(InputError) as caught:
            find_inputs([name])
        assert caught.value.where
        assert caught.value.remedy
