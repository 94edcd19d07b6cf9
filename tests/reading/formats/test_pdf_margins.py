"""PDF: what stands around the text of a page, and pages that are held another way."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.support.reading_checks import located, read_one

WORDS = (
    "The weir was mended eleven times in nine years by people who had never seen",
    "a weir before. Each of them wrote in a book what he had done, and the book",
    "was lent to the choir in the spring. Nobody has seen it since. The clerk of",
    "the water believes that the hens have it, and that they have read it all to",
    "the end. It tells of planks and of nails, and of a bell that was hung in the",
    "gate to warn the boats. The bell was taken down when the boats had gone.",
)


def _saved(tmp_path: Path, file: io.BytesIO, page: Canvas) -> Path:
    page.save()
    path = tmp_path / "paper.pdf"
    path.write_bytes(file.getvalue())
    return path


@pytest.mark.parametrize(
    ("left", "right"),
    [("{n}   HARL WATER BOARD", "Cite as: 9 H. W. {n}"), ("{n}", "Report of the Clerk   {n}")],
)
def test_heads_that_take_turns_and_count_the_pages_cut_no_sentence(
    tmp_path: Path, left: str, right: str
) -> None:
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    for number in range(3):
        page.setFont("Times-Roman", 10)
        page.drawString(60, 805, (right if number % 2 else left).format(n=number + 12))
        page.setFont("Times-Roman", 12)
        for row in range(2):
            page.drawString(60, 760 - 15 * row, WORDS[2 * number + row])
        page.showPage()
    document = read_one(_saved(tmp_path, file, page))
    assert document.text == " ".join(WORDS)
    assert located(document, "was lent to the choir") == ["2"]


def test_a_line_of_the_text_that_comes_again_with_another_figure_stays(tmp_path: Path) -> None:
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    for number in range(1, 5):
        for row, words in enumerate((f"On day {number} the weir was shut.", *WORDS[:2])):
            page.drawString(60, 790 - 15 * row, words)
        page.showPage()
    text = read_one(_saved(tmp_path, file, page)).text
    assert text.count("the weir was mended") + text.count("The weir was mended") == 4


def test_a_note_below_a_page_stands_behind_the_text(tmp_path: Path) -> None:
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    for half in (0, 3):
        page.setFont("Times-Roman", 12)
        for row in range(3):
            page.drawString(60, 760 - 15 * row, WORDS[half + row])
        page.setFont("Times-Roman", 8)
        page.drawString(
            60, 120, f"{half + 1} See the book of hens, which is lent to nobody at all."
        )
        page.showPage()
    document = read_one(_saved(tmp_path, file, page))
    assert document.text.startswith(" ".join(WORDS))
    assert document.text.count("See the book of hens") == 2
    assert located(document, "4 See the book") == ["2"]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("shown", [0, 90])
def test_a_page_is_read_as_its_lines_run(tmp_path: Path, angle: int, shown: int) -> None:
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    page.setPageRotation(shown)
    page.translate(300, 400)
    page.rotate(angle)
    for row, words in enumerate(WORDS[:4]):
        page.drawString(-200, 100 - 15 * row, words)
    page.showPage()
    assert read_one(_saved(tmp_path, file, page)).text == " ".join(WORDS[:4])


def test_labels_begin_lines_however_even_the_leading(tmp_path: Path) -> None:
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    rows = (
        ("DORA QUILL:", WORDS[0]), ("", "a weir before."), ("MARTIN TARR:", "It was not so."),
        ("DORA QUILL:", "It was so: I saw it."), ("MARTIN TARR:", "Then it was."),
    )  # fmt: skip
    for row, (label, words) in enumerate(rows):
        page.drawString(60, 700 - 20 * row, label)
        page.drawString(170, 700 - 20 * row, words)
    document = read_one(_saved(tmp_path, file, page))
    assert [turn.speaker for turn in document.segments] == ["Dora Quill", "Martin Tarr"] * 2


def test_heads_that_a_short_paper_has_but_twice_cut_no_sentence(tmp_path: Path) -> None:
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    for number in range(4):
        page.setFont("Times-Roman", 10)
        page.drawString(60, 805, "QUILL v. TARR" if number % 2 else "Opinion of the Court")
        page.setFont("Times-Roman", 12)
        page.drawString(60, 760, WORDS[number])
        page.drawString(60, 745, WORDS[(number + 1) % 6][:30].rstrip() + ",")
        page.showPage()
    text = read_one(_saved(tmp_path, file, page)).text
    assert "QUILL v." not in text
    assert "Opinion" not in text


RECORD = (
    "DORA QUILL, having been first duly sworn,",
    "testified as follows:",
    "EXAMINATION",
    "BY MR. TARR:",
    "     Q.   Were you at the weir that night?",
    "     A.   I was at the weir.  I had gone there to",
    "look for the rope.",
    "          MS. MOOR:  Objection, vague.",
    "",
    "     Q.   Was it open?",
    "     A.   It was always open, as far as any-",
)
GOES_ON = ("body remembers.", "     Q.   Thank you.", "")


@pytest.mark.parametrize("step", [24, 14])
def test_numbers_of_lines_are_no_words_of_a_deposition(tmp_path: Path, step: int) -> None:
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    for number, lines in enumerate((RECORD, GOES_ON)):
        page.setFont("Courier", 11)
        page.drawString(480, 800, f"Page {number + 7}")
        for row in range(25):
            page.drawString(60, 760 - step * row, str(row + 1))
            words = lines[row] if row < len(lines) else ""
            if words:
                indent = 6.6 * (len(words) - len(words.lstrip()))
                page.drawString(95 + indent, 760 - step * row, words.lstrip())
        page.drawString(200, 60, "Harl Reporting 555-0100")
        page.showPage()
    document = read_one(_saved(tmp_path, file, page))
    assert "I had gone there to look for the rope." in document.text
    assert "Harl Reporting" not in document.text
    assert [turn.speaker for turn in document.segments] == [
        "Mr. Tarr", "Dora Quill", "Ms. Moor", "Mr. Tarr", "Dora Quill", "Mr. Tarr",
    ]  # fmt: skip
    assert located(document, "Thank you") == ["2"]


def test_a_list_with_numbers_is_no_record(tmp_path: Path) -> None:
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    page.setFont("Times-Roman", 12)
    for row, words in enumerate(WORDS[:3]):
        page.drawString(60, 760 - 30 * row, f"{row + 1} {words}")
    page.showPage()
    text = read_one(_saved(tmp_path, file, page)).text
    assert text.startswith("1 The weir")
    assert "3 was lent" in text
