"""Bad files: a message with what, where and the remedy; never a traceback, never a hang."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.reading.documents import SUFFIXES, read_documents
from quotecheck.reading.formats.html import read_page
from quotecheck.records.document import Document
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages


def refused(path: Path | str) -> InputError:
    with pytest.raises(InputError) as caught:
        list(read_documents(path))
    error = caught.value
    assert error.what
    assert error.where
    assert error.remedy
    return error


BAD = {
    "empty": b"",
    "white space": b" \n\t\r\n ",
    "NUL bytes": b"She said\x00 no.\x00",
    "random": bytes((n * 197 + 31) % 256 for n in range(5000)),
    "control": b"\x01\x02\x03\x04" * 50,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "zip": b"PK\x03\x04\x14\x00\x08\x00word/document.xml",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00",
    "database": b"SQLite format 3\x00\x10\x00",
    "half of UTF-16": b"\xff\xfea",
}


def read(path: Path) -> list[Document | InputError]:
    """What a file gives, with the error that ends it as the last."""
    found: list[Document | InputError] = []
    try:
        found.extend(read_documents(path))
    except InputError as error:
        found.append(error)
    for item in found:
        if isinstance(item, InputError):
            assert item.where
            assert item.remedy
        else:
            assert item.text.strip()
            assert all(block.end <= len(item.text) for block in item.blocks)
    return found


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".xyz", ""])
@pytest.mark.parametrize("name", BAD)
def test_bad_files_of_every_kind(name: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"bad{suffix}"
    path.write_bytes(BAD[name])
    found = read(path)
    assert found
    assert all(isinstance(item, InputError) for item in found)


def test_a_page_without_text(tmp_path: Path) -> None:
    for number, page in enumerate(
        (
            "<html></html>",
            "<!-- only this -->",
            "<script>x = 1</script>",
            "<img src=x>",
            "<p>&nbsp;</p>",
        )
    ):
        path = tmp_path / f"{number}.html"
        path.write_text(page, encoding="utf-8")
        assert "no text" in refused(path).what


def test_front_matter_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("---\ntitle: x\n---\n\n", encoding="utf-8")
    assert "no text" in refused(path).what


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    assert "folder" in refused(tmp_path).what
    assert "no such file" in refused(tmp_path / "missing.txt").what
    assert refused("bad\0name").where == "bad\\0name"
    assert refused("x" * 5000)
    assert refused("")
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    assert refused(loop)
    if Path("/dev/zero").exists():
        assert "device" in refused("/dev/zero").what


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    assert "may not be read" in refused(path).what


def test_a_file_that_may_not_be_read_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.txt"
    path.write_text("x", encoding="utf-8")

    def forbidden(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert "may not be read" in refused(path).what


def test_json_lines_that_are_something_else(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("She said no.\n" * 100, encoding="utf-8")
    assert "first 20 lines" in refused(path).what
    path.write_text("[\n" * 5, encoding="utf-8")
    assert all(isinstance(item, InputError) for item in read_documents(path))


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert refused("-").where == "standard input"


@pytest.mark.usefixtures("no_hang")
def test_a_line_of_twenty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    line = "She said “no” to it, didn't she, and went on for 20 miles. " * 340_000
    path.write_text(line, encoding="utf-8")
    (document,) = read_documents(path)
    assert isinstance(document, Document)
    assert document.text == line
    limits = paragraphs(document.text)
    assert len(limits) == 1
    piece = line[: 1 << 20]
    assert len(quoted_passages(piece, paragraphs(piece))) == piece.count("“")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 30_000 + "She said no.",
        "<blockquote>" * 20_000 + "She said no. <q>No</q>",
        "<q>" * 5_000 + "no" + "</q>" * 5_000,
        "<" * 100_000 + "no",
        "<p" * 50_000,
        "&" * 100_000,
        "<!--" * 50_000,
        "<a href=\"" * 50_000,
        "<title>" * 20_000,
        "<script>" * 20_000 + "no",
        "<p>" + "She said no. " * 200_000,
        "<p a='" + "x" * 500_000 + "'>no",
        "<p>She said no.</div></span></p></p><<<>>& &bogus; <table><li>no<td>",
        "\x0c<html>\x0b<body>no",
    ],
    ids=range(14),
)  # fmt: skip
@pytest.mark.usefixtures("no_hang")
def test_broken_and_hostile_pages(page: str) -> None:
    found = read_page(page)
    for span in found.blocks:
        assert span.of(found.text)
    if found.headline:
        assert found.headline.of(found.text)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=60,
    deadline=None,  # the first file of a kind loads its reader
)
@given(
    data=st.binary(max_size=200)
    | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")),
    suffix=st.sampled_from([*SUFFIXES, ".x"]),
)
def test_any_file_is_read_or_refused(data: bytes, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    assert read(path)
