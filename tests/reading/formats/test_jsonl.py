"""JSON Lines: ids, metadata and places; bad lines do not hide good ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotecheck.errors import InputError
from quotecheck.reading.documents import read_documents
from quotecheck.records.document import Document, Segment
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex
from tests.support.reading_checks import written


def lines(folder: Path, *objects: Any) -> Path:
    return written(folder, "docs.jsonl", "\n".join(json.dumps(o) for o in objects) + "\n")


def test_json_lines_keep_ids_metadata_and_places(tmp_path: Path) -> None:
    path = lines(
        tmp_path,
        {
            "id": "talk-1", "title": "Talk", "date": "2024-03-10", "author": "Ann Lee",
            "publication": "Tarn Post", "url": "https://tarn.example/1", "genre": "interview",
            "licence": "CC0", "origin": "own", "group": "x", "text": "Is it so? It is. Good.",
            "segments": [[10, 16, "Rudi Koss"], [0, 9, "Ann Lee"],
                         {"start": 17, "end": 22, "speaker": None}],
            "blocks": [[0, 9]], "headline": [0, 9],
        },
        {"id": 7, "text": "Another."},
        {"text": "A third."},
    )  # fmt: skip
    first, second, third = read_documents(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert first.id == "talk-1"
    assert first.segments == (
        Segment(0, 9, "Ann Lee"), Segment(10, 16, "Rudi Koss"), Segment(17, 22, None),
    )  # fmt: skip
    assert first.blocks == (Span(0, 9),)
    assert first.headline == Span(0, 9)
    assert (first.publication, first.url, first.genre) == (
        "Tarn Post", "https://tarn.example/1", "interview",
    )  # fmt: skip
    assert first.metadata_origin["title"] == "json lines"
    assert first.reader == "jsonl"
    assert first.path == str(path)
    assert first.bytes_sha256 == sha256_hex(path.read_bytes())
    assert second.id == "7"
    assert third.id == f"docs-{third.text_sha256[:8]}"


def test_options_win_in_json_lines(tmp_path: Path) -> None:
    path = lines(tmp_path, {"text": "One.", "author": "Ann Lee"})
    (document,) = read_documents(path, defaults={"author": "Rudi Koss", "speaker": "Rudi Koss"})
    assert isinstance(document, Document)
    assert document.author == "Rudi Koss"
    assert document.metadata_origin == {"author": "option"}
    assert document.segments == (Segment(0, 4, "Rudi Koss"),)


def test_bad_lines_do_not_hide_the_good_ones(tmp_path: Path) -> None:
    bad: list[str] = [
        "{", "[1]", "{}", '{"text": ""}', '{"text": 5}', '{"text": "a\\u0000b"}',
        '{"text": "\\ud800"}', '{"text": "One.", "segments": [[0, 9, "x"]]}',
        '{"text": "One.", "segments": [[-1, 2, "x"]]}', '{"text": "One.", "segments": "all"}',
        '{"text": "One.", "segments": [[0, 2]]}', '{"text": "One.", "segments": [[0, 2, 5]]}',
        '{"text": "One.", "segments": [[0, true, "x"]]}', '{"text": "One.", "blocks": [[2, 1]]}',
        '{"text": "One.", "headline": [0, 1, 2]}', "[" * 100_000,
    ]  # fmt: skip
    content = "\n".join(f'{line}\n\n{{"text": "Good {n}."}}' for n, line in enumerate(bad))
    found = list(read_documents(written(tmp_path, "docs.jsonl", content)))
    errors = [item for item in found if isinstance(item, InputError)]
    assert len(errors) == len(bad)
    assert [e.where for e in errors] == [
        f"{tmp_path / 'docs.jsonl'}:{3 * n + 1}" for n in range(len(bad))
    ]
    assert all(e.remedy and len(str(e)) < 600 for e in errors)
    assert [d.text for d in found if isinstance(d, Document)] == [
        f"Good {n}." for n in range(len(bad))
    ]


def test_json_lines_in_other_encodings(tmp_path: Path) -> None:
    record = json.dumps({"text": "“Café”, she said."}, ensure_ascii=False)
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        path = written(tmp_path, "docs.jsonl", f"{record}\r\n{record}\r\n".encode(encoding))
        texts = [d.text for d in read_documents(path) if isinstance(d, Document)]
        assert texts == ["“Café”, she said."] * 2


@pytest.mark.shared("misquotes")
def test_the_shared_form_is_read_whole(shared: Path) -> None:
    """The corpora that quotecheck is measured on: every id and every turn comes through."""
    for path in sorted((shared / "misquotes" / "corpus").glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for line, document in zip(file, read_documents(path), strict=True):
                assert isinstance(document, Document)
                record = json.loads(line)
                assert document.id == record["id"]
                assert document.text == record["text"]
                assert len(document.segments) == len(record["segments"])
