"""Word documents and EPUB books: made by python-docx, by pandoc, and by hand."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.reading.formats.docx import read_docx
from quotecheck.reading.formats.epub import read_epub
from tests.support.reading_checks import located, read_all, read_one

if TYPE_CHECKING:
    from pathlib import Path

# ------------------------------------------------------------------------------------------- Word


def word_file(path: Path) -> None:
    made = docx.Document()
    made.core_properties.title = "On the harbour"
    made.core_properties.author = "Ann Lee"
    made.add_heading("On the harbour", 0)
    paragraph = made.add_paragraph("The master said ")
    paragraph.add_run("“we shall").bold = True
    paragraph.add_run(" dredge” & went home.")
    made.add_paragraph("Water is no friend of walls.", style="Quote")
    table = made.add_table(2, 2)
    for row, words in zip(table.rows, (("Quay", "Open"), ("East", "no")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    made.add_paragraph("After the table.")
    made.save(str(path))


def test_a_word_document(tmp_path: Path) -> None:
    path = tmp_path / "harbour.docx"
    word_file(path)
    document = read_one(path)
    assert document.text == (
        "On the harbour\n\nThe master said “we shall dredge” & went home.\n\n"
        "Water is no friend of walls.\n\nQuay | Open\n\nEast | no\n\nAfter the table."
    )
    assert [block.of(document.text) for block in document.blocks] == [
        "Water is no friend of walls."
    ]
    assert document.headline is not None
    assert document.headline.of(document.text) == "On the harbour"
    assert (document.title, document.author, document.reader) == (
        "On the harbour",
        "Ann Lee",
        "docx",
    )
    assert document.metadata_origin["author"] == "docx"


def test_a_word_document_without_its_ending_is_known(tmp_path: Path) -> None:
    path = tmp_path / "harbour"
    word_file(path)
    assert read_one(path).reader == "docx"


def test_turns_in_a_word_document(tmp_path: Path) -> None:
    made = docx.Document()
    for words in (
        "ANN LEE: Is it open?",
        "RUDI KOSS: It is not.",
        "ANN LEE: Why?",
        "RUDI KOSS: Ask.",
    ):
        made.add_paragraph(words)
    path = tmp_path / "talk.docx"
    made.save(str(path))
    assert [turn.speaker for turn in read_one(path).segments] == ["Ann Lee", "Rudi Koss"] * 2


def rewritten(data: bytes, name: str, change: object) -> bytes:
    """A ZIP file with one member's bytes changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for item in old.infolist():
            held = old.read(item)
            new.writestr(item.filename, change(held) if item.filename == name else held)  # type: ignore[operator]
    return out.getvalue()


DEEP = (
    b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"
)


@pytest.mark.parametrize(
    "change",
    [
        lambda _: DEEP + b"<w:sdt>" * 10_000 + b"</w:sdt>" * 10_000 + b"</w:body></w:document>",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"<w:p>", b"<w:p " + b"w:x='" + b"y" * 3_000_000 + b"'>", 1)[:-9],
        lambda _: b"",
        lambda _: b"<!DOCTYPE a [<!ENTITY b '" + b"c" * 999 + b"'><!ENTITY d '"
        + b"&b;" * 999 + b"'><!ENTITY e '" + b"&d;" * 999 + b"'>]><a>&e;</a>",
    ],
    ids=["deep", "cut off", "huge attribute", "empty", "entities"],
)  # fmt: skip
def test_a_damaged_part_of_a_word_document(tmp_path: Path, change: object) -> None:
    path = tmp_path / "bad.docx"
    word_file(path)
    path.write_bytes(rewritten(path.read_bytes(), "word/document.xml", change))
    documents, errors = read_all(path)
    assert not documents
    assert len(errors) == 1


def test_a_protected_word_document(tmp_path: Path) -> None:
    path = tmp_path / "locked.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "password" in read_all(path)[1][0].what


def test_a_word_document_that_is_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    word_file(path)
    path.write_bytes(rewritten(path.read_bytes(), "word/styles.xml", lambda _: b" " * (64 << 20)))
    assert "hundreds of times" in read_all(path)[1][0].what


# ------------------------------------------------------------------------------------------- EPUB

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/content.opf"/></rootfiles></container>'
)
PACKAGE = """<?xml version="1.0"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Nights at the Quay</dc:title><dc:creator>Ann Lee</dc:creator>
<dc:creator>Rudi Koss</dc:creator><dc:date>1931-05</dc:date><dc:publisher>Tarn Press</dc:publisher>
<dc:rights>Nobody's</dc:rights><dc:identifier>https://example.org/nights</dc:identifier></metadata>
<manifest>
<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="b" href="text/second%20night.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/first.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="text/rest.xhtml" media-type="application/xhtml+xml"/>
<item id="p" href="cover.png" media-type="image/png"/></manifest>
<spine toc="n"><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/><itemref idref="p"/>
<itemref idref="none"/></spine></package>"""
NCX = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>
<navPoint><navLabel><text>The First Night</text></navLabel>
<content src="text/first.xhtml"/></navPoint>
<navPoint><navLabel><text>The Second Night</text></navLabel>
<content src="text/second%20night.xhtml#top"/></navPoint></navMap></ncx>"""
PARTS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "book/content.opf": PACKAGE,
    "book/toc.ncx": NCX,
    "book/text/first.xhtml": "<html><body><p>It rained. <q>Stay</q>, he said.</p>"
    "<blockquote><p>Rain is long.</p></blockquote></body></html>",
    "book/text/second night.xhtml": "<html><body><h2>II</h2><p>It rained again"
    '<a epub:type="noteref" href="#n1"><sup>1</sup></a>.</p></body></html>',
    "book/text/rest.xhtml": "<html><body><h1>Third</h1><p>Sun.</p><h2>Noon</h2><p>More sun.</p>"
    "<h1>Fourth</h1><p>Fog.</p></body></html>",
}


def book(changes: dict[str, str | None] | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, words in (PARTS | (changes or {})).items():
            if words is not None:
                made.writestr(name, words)
    return file.getvalue()


def test_a_book(tmp_path: Path) -> None:
    path = tmp_path / "nights.epub"
    path.write_bytes(book())
    document = read_one(path)
    assert document.text.startswith("It rained. “Stay”, he said.\n\nRain is long.\n\nII\n\n")
    assert "It rained again.\n\nThird" in document.text
    assert [at.label for at in document.locators] == [
        "The First Night", "The Second Night", "Third", "Fourth",
    ]  # fmt: skip
    assert located(document, "More sun") == ["Third"]
    assert [block.of(document.text) for block in document.blocks] == ["Rain is long."]
    assert (document.title, document.author, document.date, document.publication) == (
        "Nights at the Quay", "Ann Lee, Rudi Koss", "1931-05", "Tarn Press",
    )  # fmt: skip
    assert (document.url, document.licence) == ("https://example.org/nights", "Nobody's")
    assert set(document.metadata_origin.values()) == {"epub"}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"META-INF/container.xml": None}, "lacks its part"),
        ({"book/text/first.xhtml": None}, "lacks its part"),
        ({"book/content.opf": "<package/>"}, "names no pages"),
        ({"book/content.opf": "no XML"}, "not XML"),
        ({"META-INF/container.xml": "<container/>"}, "names no package"),
        ({name: "<html/>" for name in PARTS if "text" in name}, "no text"),
        (
            {
                "META-INF/encryption.xml": '<encryption xmlns="urn:x"><CipherReference'
                ' URI="book/text/first.xhtml"/></encryption>'
            },
            "protected",
        ),
    ],
)
def test_books_that_cannot_be_read(
    tmp_path: Path, changes: dict[str, str | None], what: str
) -> None:
    path = tmp_path / "bad.epub"
    path.write_bytes(book(changes))
    documents, (error,) = read_all(path)
    assert not documents
    assert what in error.what


def test_a_chapter_of_ten_thousand_nested_tags_and_one_of_huge_attributes() -> None:
    deep = "<html><body>" + "<div>" * 10_000 + "<p>Deep.</p>" + "</div>" * 10_000
    wide = f"<html><body><p class='{'x' * 3_000_000}'>Wide.</p><a {'y' * 100_000}>"
    found = read_epub(book({"book/text/first.xhtml": deep, "book/text/rest.xhtml": wide}))
    assert found.text.startswith("Deep.")
    assert found.text.endswith("Wide.")


def test_a_book_that_is_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.epub"
    path.write_bytes(book({"book/text/rest.xhtml": " " * (64 << 20)}))
    assert "hundreds of times" in read_all(path)[1][0].what


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_a_book_made_by_pandoc(tmp_path: Path) -> None:
    source = tmp_path / "nights.md"
    source.write_text(
        "---\ntitle: Nights at the Quay\nauthor: Ann Lee\ndate: 1931-05\n---\n\n# First Night\n\n"
        "It rained. “Stay,” he said.\n\n> A quotation set off.\n\n# Second Night\n\n"
        "It rained again.[^1] And again.\n\n[^1]: A note.\n",
        encoding="utf-8",
    )
    path = tmp_path / "nights.epub"
    subprocess.run(["pandoc", str(source), "-o", str(path)], check=True, timeout=120)
    document = read_one(path)
    assert located(document, "“Stay,”") == ["First Night"]
    assert located(document, "It rained again. And again.") == ["Second Night"]
    assert (document.title, document.author, document.date) == (
        "Nights at the Quay", "Ann Lee", "1931-05",
    )  # fmt: skip
    assert [block.of(document.text) for block in document.blocks] == ["A quotation set off."]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40), st.booleans())
def test_books_and_word_documents_with_bytes_written_over(at: int, other: bytes, cut: bool) -> None:
    data = book()
    at %= len(data)
    changed = data[:at] if cut else data[:at] + other + data[at + len(other) :]
    for read in (read_epub, read_docx):
        try:
            found = read(changed)
        except InputError:
            continue
        for place in (*found.locators, *found.blocks):
            assert 0 <= place.start <= place.end <= len(found.text)
