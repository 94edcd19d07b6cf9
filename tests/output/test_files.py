"""A folder with a file for each document: every document has its own, on any file system."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotecheck.output.files import write_result
from quotecheck.output.registry import Attributions, format_of
from tests.support.documents import document

KEYS = ["a/b", "a_b", "A_B", "a:b", "con", "x" * 5000, "x" * 5001, "..", "é", "annotation", "a_b-2"]


@pytest.mark.parametrize(("name", "suffix"), [("brat", ".txt"), ("tei", ".xml"), ("html", ".html")])
def test_no_document_takes_the_file_of_another(tmp_path: Path, name: str, suffix: str) -> None:
    documents = [document(key, f"Words of number {n}.") for n, key in enumerate(KEYS)]
    folder = tmp_path / "out"
    result = Attributions([(one, []) for one in documents])
    write_result(format_of("attributions", name), result, folder)
    files = [path for path in folder.iterdir() if path.suffix == suffix]
    assert len(files) == len(KEYS)
    assert len({path.name.casefold() for path in files}) == len(KEYS)
    texts = "".join(path.read_text(encoding="utf-8") for path in files)
    for number in range(len(KEYS)):
        assert f"Words of number {number}." in texts


def test_a_thousand_documents_of_one_name_are_numbered_at_once(tmp_path: Path) -> None:
    documents = [document("a" + "/" * n, f"Words {n}.") for n in range(1, 1001)]
    folder = tmp_path / "out"
    write_result(
        format_of("attributions", "brat"), Attributions([(one, []) for one in documents]), folder
    )
    names = {path.name for path in folder.glob("*.txt")}
    assert names == {"a_.txt", *(f"a_-{n}.txt" for n in range(2, 1001))}
