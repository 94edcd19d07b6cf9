"""PDF: columns, divided words, paragraphs, pages; on files that reportlab sets."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from quotecheck.errors import InputError
from quotecheck.reading.formats.pdf import read_pdf
from quotecheck.reading.formats.pdf_layout import lay_out
from quotecheck.reading.formats.pdf_margins import Piece
from tests.support.reading_checks import located, read_all, read_one

if TYPE_CHECKING:
    from pathlib import Path

LEFT = (
    "The harbour board met in the old ware-",
    "house on Monday. “We shall dredge be-",
    "fore the winter storms,” said the mas-",
    "ter, whose well-known temper did not",
    "spare the clerk. The eastern quay was",
    "closed at noon, and the western quay",
)
RIGHT = (
    "closed an hour after it, although the",
    "fishermen had been told that it would",
    "stay open. “Nobody asked us,” said the",
    "eldest of them, and went home to the",
    "village where she has kept her boats",
    "since the year of the well-",
)
OVER = ("known flood, and her mother before.",)
RUNNING = (
    "The harbour board met in the old warehouse on Monday. “We shall dredge before the winter"
    " storms,” said the master, whose well-known temper did not spare the clerk. The eastern quay"
    " was closed at noon, and the western quay closed an hour after it, although the fishermen had"
    " been told that it would stay open. “Nobody asked us,” said the eldest of them, and went home"
    " to the village where she has kept her boats since the year of the well-known flood, and her"
    " mother before."
)


def canvas(**options: object) -> tuple[io.BytesIO, Canvas]:
    file = io.BytesIO()
    return file, Canvas(file, pagesize=A4, **options)


def newspaper(path: Path, *, by_rows: bool, **options: object) -> None:
    """Two pages in two columns, drawn column by column or row by row."""
    file, page = canvas(**options)
    page.setTitle("The Quay Gazette")
    page.setAuthor("Ann Lee")
    for number, columns in enumerate(((LEFT, RIGHT), (OVER, ())), 1):
        page.setFont("Times-Roman", 9)
        page.drawString(60, 810, f"THE QUAY GAZETTE   {number}")
        page.drawString(290, 25, f"– {number} –")
        page.setFont("Times-Roman", 11)
        lines = [
            (60 + 200 * column, 700 - 14 * row, words)
            for column, rows in enumerate(columns)
            for row, words in enumerate(rows)
        ]
        if by_rows:
            lines.sort(key=lambda line: (-line[1], line[0]))
        for x, y, words in lines:
            page.drawString(x, y, words)
        page.showPage()
    page.save()
    path.write_bytes(file.getvalue())


@pytest.mark.parametrize("by_rows", [False, True], ids=["by column", "by row"])
def test_columns_divided_words_and_pages(tmp_path: Path, by_rows: bool) -> None:
    path = tmp_path / "gazette.pdf"
    newspaper(path, by_rows=by_rows)
    document = read_one(path)
    text = document.text.replace("THE QUAY GAZETTE 1\n\n", "").replace("THE QUAY GAZETTE 2\n\n", "")
    body = " ".join(text.split())
    assert RUNNING.partition(" since")[0] in body
    assert "before the winter storms,” said the master" in body
    assert "well-known temper" in body
    assert "warehouse" in body
    assert located(document, "The harbour board") == ["1"]
    assert located(document, "mother before") == ["2"]
    assert "–" not in document.text  # the page numbers
    assert (document.title, document.author, document.reader) == (
        "The Quay Gazette", "Ann Lee", "pdf",
    )  # fmt: skip
    assert document.metadata_origin["title"] == "pdf"
    assert document.date is not None


def test_a_book_with_running_heads_labels_and_paragraphs(tmp_path: Path) -> None:
    file, page = canvas()
    for number in range(1, 6):
        page.setFont("Times-Roman", 9)
        page.drawString(
            60, 805, f"{number}   Nights at the Quay" if number % 2 else f"Ann Lee {number}"
        )
        page.setFont("Times-Roman", 12)
        y = 760
        for words, indent in (
            (f"Night {number} began with rain upon the roofs of the village, and it was", 0),
            ("long before anybody thought of sleep in the houses along the water.", 0),
            ("“Who is there?” asked the keeper of the light, and nobody answered for", 20),
            (f"a while. It was the clerk with the lamp number {number}, who would not say", 0),
            ("why he had come.", 0),
        ):
            page.drawString(60 + indent, y, words)
            y -= 15
        page.showPage()
    page.save()
    path = tmp_path / "book.pdf"
    path.write_bytes(file.getvalue())
    document = read_one(path)
    assert "Nights at the Quay" not in document.text
    paragraphs = document.text.split("\n\n")
    assert len(paragraphs) == 10
    assert paragraphs[1] == (
        "“Who is there?” asked the keeper of the light, and nobody answered for a while. It was the"
        " clerk with the lamp number 1, who would not say why he had come."
    )
    assert [at.label for at in document.locators] == ["1", "2", "3", "4", "5"]
    assert located(document, "lamp number 4") == ["4"]


def test_lines_that_end_on_purpose_stay_lines(tmp_path: Path) -> None:
    file, page = canvas()
    verse = ("The tide comes in,", "The tide goes out,", "And what was in it stays about.")
    for row, words in enumerate(verse):
        page.drawString(80, 700 - 15 * row, words)
    page.drawString(80, 640, "So sang the men who mend the nets upon the quay in winter time.")
    page.save()
    path = tmp_path / "verse.pdf"
    path.write_bytes(file.getvalue())
    assert read_one(path).text.startswith("\n".join(verse) + "\n\nSo sang")


def test_a_transcript_in_a_pdf_has_turns(tmp_path: Path) -> None:
    file, page = canvas()
    for row, words in enumerate(
        ("ANN LEE: Will the bridge open in the month of May, as it was told to the whole",
         "town by the board?", "RUDI KOSS: It will not.", "ANN LEE: When will it?",
         "RUDI KOSS: Nobody knows.")
    ):  # fmt: skip
        page.drawString(60, 700 - 15 * row, words)
    page.save()
    path = tmp_path / "talk.pdf"
    path.write_bytes(file.getvalue())
    document = read_one(path)
    turns = [(s.speaker, document.text[s.start : s.end]) for s in document.segments]
    assert turns[0][0] == "Ann Lee"
    assert turns[0][1].endswith("told to the whole town by the board?")
    assert turns[3] == ("Rudi Koss", "Nobody knows.")


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_shown(tmp_path: Path, turned: int) -> None:
    file, page = canvas()
    for number in range(3):
        page.setPageRotation(turned)
        width, height = A4  # as it is shown; reportlab lays the page down for this
        if turned == 90:
            page.translate(height, 0)
        elif turned == 180:
            page.translate(width, height)
        else:
            page.translate(0, width)
        page.rotate(turned)
        page.drawString(60, height - 30, "A running head")
        page.drawString(60, 400, "The harbour board met in the old ware-")
        page.drawString(60, 386, f"house on day {number}.")
        page.drawString(width / 2, 20, str(number + 1))
        page.showPage()
    page.save()
    path = tmp_path / "turned.pdf"
    path.write_bytes(file.getvalue())
    document = read_one(path)
    assert document.text == "\n\n".join(
        f"The harbour board met in the old warehouse on day {number}." for number in range(3)
    )


def test_signs_of_notes_are_left_out_and_powers_stay(tmp_path: Path) -> None:
    file, page = canvas()
    line = page.beginText(60, 700)
    for words, raised in (
        ("“It is late,” she said.", "12"),
        (" A quay of 40 m", "2"),
        (" is wide", "3"),
        (" enough.", ""),
    ):
        line.setFont("Times-Roman", 12)
        line.textOut(words)
        line.setFont("Times-Roman", 7)
        line.setRise(4)
        line.textOut(raised)
        line.setRise(0)
    page.drawText(line)
    page.save()
    path = tmp_path / "notes.pdf"
    path.write_bytes(file.getvalue())
    assert read_one(path).text == "“It is late,” she said. A quay of 40 m2 is wide enough."


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    newspaper(path, by_rows=False, encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    (error,) = read_all(path)[1]
    assert "password" in error.what


def test_pages_without_text_are_pictures(tmp_path: Path) -> None:
    file, page = canvas()
    page.rect(100, 100, 200, 200)
    page.showPage()
    page.save()
    path = tmp_path / "scan.pdf"
    path.write_bytes(file.getvalue())
    (error,) = read_all(path)[1]
    assert "no text on its 1 page" in error.what
    assert "OCR" in (error.remedy or "")


def test_damaged_files_end_in_words(tmp_path: Path) -> None:
    whole = tmp_path / "whole.pdf"
    newspaper(whole, by_rows=False)
    data = whole.read_bytes()
    path = tmp_path / "bad.pdf"
    for number in range(12):
        cut = len(data) * number // 12
        path.write_bytes(data[:cut])
        documents, errors = read_all(path)
        assert len(documents) + len(errors) == 1
        path.write_bytes(
            data[:cut] + bytes((n * 73 + number) % 256 for n in range(300)) + data[cut:]
        )
        documents, errors = read_all(path)
        assert len(documents) + len(errors) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300))
def test_any_bytes_behind_the_mark_of_a_pdf(data: bytes) -> None:
    with pytest.raises(InputError):
        read_pdf(b"%PDF-1.4\n" + data)


WORDS = st.text(alphabet="abAB -\u00ad.“”1\u2010é", min_size=1, max_size=12).filter(str.strip)
PIECES = st.lists(
    st.builds(
        lambda words, x, y, w, h: Piece(" ".join(words.split()), x, x + w, y, y + h),
        WORDS, st.integers(0, 500), st.integers(0, 800), st.integers(1, 300), st.integers(4, 40),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["1", "ii", "A-3"]), st.just(842.0), PIECES), max_size=4))
def test_whatever_stands_on_pages_every_locator_is_in_the_text(
    pages: list[tuple[str, float, list[Piece]]],
) -> None:
    text, locators = lay_out(pages)
    end = 0
    for at in locators:
        assert end <= at.start < at.end <= len(text)
        end = at.end
    assert "\u00ad" not in text


def test_a_page_of_twenty_thousand_pieces_takes_linear_time() -> None:
    pieces = [
        Piece(f"word{n}", 50.0 * (n % 10), 50.0 * (n % 10) + 20, 800 - n // 10, 805 - n // 10)
        for n in range(20_000)
    ]
    text, _ = lay_out([("1", 842.0, pieces)])
    assert "word19999" in text
