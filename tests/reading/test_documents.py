"""Plain text and standard input: the raw text, its headline, its turns, its digests."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from quotecheck.reading.documents import read_documents
from quotecheck.text.digest import sha256_hex
from quotecheck.text.paragraphs import decode
from tests.support.reading_checks import BODY, read_one, written


def test_plain_text_is_read_as_it_is(tmp_path: Path) -> None:
    text = f"Ferry To Sail Again\r\n\r\n{BODY}\r\n"
    document = read_one(written(tmp_path, "ferry.txt", text))
    assert document.text == text
    assert document.reader == "text"
    assert document.encoding == "utf-8"
    assert document.path == str(tmp_path / "ferry.txt")
    assert document.bytes_sha256 == document.text_sha256 == sha256_hex(text.encode())
    assert document.id == f"ferry-{document.text_sha256[:8]}"
    assert document.headline is not None
    assert document.headline.of(text) == "Ferry To Sail Again"
    assert document.metadata_origin == {}


@pytest.mark.parametrize(
    "first",
    [
        "The ferry sails again, and nobody knows for how long it will do so this time.",
        "“We have mended it,” she said.",
        "By Ann Lee",
        "and so it goes",
        "The following is a list of ferries:",
        "Word " * 60,
    ],
)
def test_first_paragraphs_that_are_no_headline(first: str, tmp_path: Path) -> None:
    assert read_one(written(tmp_path, "x.txt", f"{first}\n\n{BODY}")).headline is None


def test_the_title_in_the_metadata_tells_the_headline(tmp_path: Path) -> None:
    path = written(tmp_path, "x.txt", f"The ferry sails again.\n\n{BODY}")
    document = read_one(path, title="The Ferry Sails Again")
    assert document.title == "The Ferry Sails Again"
    document = read_one(
        written(tmp_path, "y.txt", f"---\ntitle: The ferry sails again\n---\n{document.text}")
    )
    assert document.headline is not None
    assert document.headline.of(document.text) == "The ferry sails again."


def test_one_paragraph_has_no_headline(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, "x.txt", "Ferry To Sail Again")).headline is None


def test_turns_become_segments(tmp_path: Path) -> None:
    text = "ANN LEE: Will it sail?\nRUDI KOSS: It will sail.\nLEE: When will it?\nKOSS: On Monday."
    document = read_one(written(tmp_path, "talk.txt", text))
    assert [s.speaker for s in document.segments] == ["Ann Lee", "Rudi Koss"] * 2
    assert text[document.segments[3].start : document.segments[3].end] == "On Monday."


def test_a_speaker_in_the_metadata_holds_all_but_the_title(tmp_path: Path) -> None:
    text = f"---\nspeaker: Rudi Koss\ntitle: On Ferries\n---\nOn Ferries\n\n{BODY}\n"
    document = read_one(written(tmp_path, "speech.txt", text))
    (segment,) = document.segments
    assert segment.speaker == "Rudi Koss"
    assert document.text[segment.start : segment.end] == BODY
    untitled = read_one(written(tmp_path, "other.txt", text.replace("title: On Ferries\n", "")))
    (segment,) = untitled.segments
    assert untitled.text[segment.start : segment.end] == f"On Ferries\n\n{BODY}"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def given_bytes(data: bytes) -> list[Any]:
        stream = io.TextIOWrapper(io.BytesIO(data))
        monkeypatch.setattr("sys.stdin", stream)
        return list(read_documents("-"))

    (document,) = given_bytes(BODY.encode())
    assert document.text == BODY
    assert document.path is None
    assert document.id.startswith("stdin-")
    (document,) = given_bytes(f"<!DOCTYPE html><p>{BODY}</p>".encode())
    assert document.reader == "html"
    first, second = given_bytes(b'{"text": "One."}\n{"text": "Two."}\n')
    assert (first.text, second.text) == ("One.", "Two.")
    assert first.path is None


def test_the_decoded_text_is_the_files_own(tmp_path: Path) -> None:
    data = BODY.encode("cp1252")
    document = read_one(written(tmp_path, "x.txt", data))
    assert document.encoding == "cp1252"
    assert document.text == decode(data)[0] == BODY
    assert document.bytes_sha256 == sha256_hex(data)
    assert document.text_sha256 == sha256_hex(BODY.encode())
