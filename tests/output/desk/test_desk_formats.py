"""Sheets, notes, Word comments and findings: what each says, and that each can be opened."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from quotecheck.errors import InputError
from quotecheck.output.desk.findings import as_annotations, as_junit, as_sarif
from quotecheck.output.desk.notes import as_markdown, as_text
from quotecheck.output.desk.sheets import sheet_rows, write_workbook
from quotecheck.output.desk.summaries import COLUMNS, summaries
from quotecheck.output.desk.word_comments import write_commented
from quotecheck.output.registry import ArticleChecks
from quotecheck.reading.documents import read_documents
from quotecheck.records.document import Document
from tests.support.desk_checks import QUOTES, TEXT, listed, result

openpyxl = pytest.importorskip("openpyxl", reason="the extra [office] is not installed")
docx = pytest.importorskip("docx", reason="the extra [office] is not installed")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_says_all_that_a_person_asks() -> None:
    rows = [row for _, row, _, _ in summaries(result())]
    assert [row.number for row in rows] == [1, 2, 3]
    second = rows[1]
    assert (second.verdict, second.severity, second.difference) == (
        "altered", "other meaning", "“ten” for “nine”",
    )  # fmt: skip
    assert (second.source, second.publication, second.date) == (
        "The timetable", "The Post", "1901-05-02",
    )  # fmt: skip
    assert rows[0].link == "https://example.org/t.pdf#page=12"
    assert "which does not make it false" in rows[2].in_words
    assert rows[2].source == rows[2].link == ""


def test_the_sheet_is_csv_without_formulas() -> None:
    rows = rows_of("".join(sheet_rows(result())))
    assert [row["quotation"] for row in rows][:2] == list(QUOTES[:2])
    assert rows[2]["quotation"].startswith("'=")
    assert set(rows[0]) == set(COLUMNS.values())
    carried = rows_of("".join(sheet_rows(listed())))
    assert [row["page"] for row in carried] == ["3", "4", ""]
    assert carried[0]["desk"] == "'=1+1"


def test_the_workbook_has_a_sheet_for_people_and_one_for_machines(tmp_path: Path) -> None:
    path = tmp_path / "checks.xlsx"
    write_workbook(result(), path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Checks", "Data"]
    sheet = book["Checks"]
    head = [cell.value for cell in sheet[1]]
    assert head == list(COLUMNS.values())
    assert sheet.max_row == 4
    cell = sheet.cell(4, head.index("quotation") + 1)
    assert (cell.value, cell.data_type) == (QUOTES[2], "s")  # a text, never a formula
    link = sheet.cell(2, head.index("link") + 1)
    assert link.hyperlink.target == "https://example.org/t.pdf#page=12"
    assert sheet.freeze_panes == "A2"
    assert book["Data"]["C3"].value == "altered"
    assert [one.name for one in tmp_path.iterdir()] == ["checks.xlsx"]
    write_workbook(listed(), path)
    assert openpyxl.load_workbook(path)["Checks"].cell(2, len(COLUMNS) + 1).value == "3"
    with pytest.raises(InputError, match="cannot be written"):
        write_workbook(result(), tmp_path / "none" / "checks.xlsx")


def test_notes_say_the_same() -> None:
    markdown = "".join(as_markdown(result()))
    assert markdown.startswith("# The ferry is late\n")
    assert "| 2 | **altered, other meaning** |" in markdown
    assert "<b>" not in markdown.replace("\\<b\\>", "")
    assert "[The timetable, 1901-05-02](https://example.org/t.pdf#page=12)" in markdown
    text = "".join(as_text(result()))
    assert (
        "3 quotations checked: 1 verbatim, 1 altered, 1 not found. 1 with another meaning." in text
    )
    assert "Difference: “ten” for “nine”." in text
    assert "".join(as_text(ArticleChecks([]))) == ""
    empty = ArticleChecks([(result().articles[0][0], [])])
    assert "No quotations to check." in "".join(as_markdown(empty))


# ------------------------------------------------------------------------------------------- Word


def draft_of(path: Path) -> Document:
    (document,) = read_documents(path)
    assert isinstance(document, Document)
    return document


def word_result(path: Path) -> ArticleChecks:
    """The checks of the draft's quotations, placed in the text as it was read."""
    from dataclasses import replace

    from quotecheck.records.text import Span

    document = draft_of(path)
    _, pairs = result().articles[0]
    placed: list[Any] = []
    for (check, quotation), words in zip(pairs, QUOTES, strict=True):
        at = document.text.index(words)
        assert quotation is not None
        placed.append((check, replace(quotation, content=(Span(at - 1, at + len(words) + 1),))))
    return ArticleChecks([(document, placed)], sources=result().sources)


def comments_of(path: Path) -> list[list[str]]:
    return [[p.text for p in one.paragraphs] for one in docx.Document(str(path)).comments]


def commented_words(path: Path) -> list[str]:
    """The words between the beginning and the end of each comment."""
    body = docx.Document(str(path)).element.body
    found: dict[str, str] = {}
    open_ids: set[str] = set()
    for element in body.iter():
        name = etree.QName(element).localname
        own = element.get(docx.oxml.ns.qn("w:id")) or ""
        if name == "commentRangeStart":
            open_ids.add(own)
            found[own] = ""
        elif name == "commentRangeEnd":
            open_ids.discard(own)
        elif name == "t":
            for one in open_ids:
                found[one] += element.text or ""
    return list(found.values())


def test_a_word_draft_comes_back_with_comments_and_nothing_else_changed(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("The ferry is late", 1)
    paragraph = word.add_paragraph("So it is. “The ferry ")
    paragraph.add_run("sails").bold = True
    paragraph.add_run(" at nine,” said Ada Bell. “The ferry sails at ten,” she said.")
    word.add_table(1, 1).cell(0, 0).text = "“=HYPERLINK(0)|<b>nobody</b>,” said no one."
    path, out = tmp_path / "draft.docx", tmp_path / "checked.docx"
    word.save(str(path))
    write_commented(word_result(path), out)
    told = comments_of(out)
    assert [lines[0] for lines in told] == ["VERBATIM", "ALTERED – other meaning", "NOT FOUND"]
    assert "Difference: “ten” for “nine”." in told[1]
    assert "https://example.org/t.pdf#page=12" in told[0]
    assert commented_words(out) == [f"“{words}”" for words in QUOTES]
    assert draft_of(out).text == draft_of(path).text
    bold = [run.text for p in docx.Document(str(out)).paragraphs for run in p.runs if run.bold]
    assert bold == ["sails"]
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out) as after:
        changed = {n for n in before.namelist() if before.read(n) != after.read(n)}
        assert changed == {
            "[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels",
        }  # fmt: skip
        assert set(after.namelist()) - set(before.namelist()) == {"word/comments.xml"}
        assert after.testzip() is None


def test_comments_beside_those_that_are_there(tmp_path: Path) -> None:
    word = docx.Document()
    run = word.add_paragraph(TEXT.split("\n\n", 1)[1].replace("\n", " ")).runs[0]
    word.add_comment(run, text="Is this right?", author="Editor", initials="ed")
    path, out = tmp_path / "draft.docx", tmp_path / "checked.docx"
    word.save(str(path))
    write_commented(word_result(path), out)
    assert [lines[0] for lines in comments_of(out)] == [
        "Is this right?", "VERBATIM", "ALTERED – other meaning", "NOT FOUND",
    ]  # fmt: skip


def test_another_draft_becomes_a_word_document(tmp_path: Path) -> None:
    out = tmp_path / "checked.docx"
    write_commented(result(), out)
    assert commented_words(out) == [f"“{words}”" for words in QUOTES]
    paragraphs = [p.text for p in docx.Document(str(out)).paragraphs]
    assert paragraphs == [line for line in TEXT.split("\n") if line]


def test_what_has_no_place_in_word_is_said(tmp_path: Path) -> None:
    for wrong in (listed(), ArticleChecks([*result().articles, *result().articles])):
        with pytest.raises(InputError, match="one draft"):
            write_commented(wrong, tmp_path / "out.docx")
    path = tmp_path / "draft.docx"
    docx.Document().save(str(path))
    word = docx.Document()
    word.add_paragraph(TEXT.split("\n\n", 1)[1].replace("\n", " "))
    word.save(str(path))
    checked = word_result(path)
    empty = docx.Document()
    empty.add_paragraph("It was all deleted since.")
    empty.save(str(path))
    write_commented(checked, tmp_path / "out.docx")
    told = comments_of(tmp_path / "out.docx")
    assert len(told) == 3
    assert all("whose place was not found" in lines[0] for lines in told)
    path.unlink()
    with pytest.raises(InputError, match="cannot be read again"):
        write_commented(checked, tmp_path / "out.docx")


# ---------------------------------------------------------------------------------------- findings


def test_sarif_has_lines_and_levels() -> None:
    (run,) = json.loads(as_sarif(result()))["runs"]
    assert [one["level"] for one in run["results"]] == ["none", "error", "warning"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "ferry.txt"
    line = TEXT.split("\n")[place["region"]["startLine"] - 1]
    start, end = place["region"]["startColumn"] - 1, place["region"]["endColumn"] - 1
    assert line[start:end] == f"“{QUOTES[1]}”"
    assert {one["ruleId"] for one in run["results"]} <= {
        rule["id"] for rule in run["tool"]["driver"]["rules"]
    }
    (run,) = json.loads(as_sarif(result(gate="meaning")))["runs"]
    assert [one["level"] for one in run["results"]] == ["none", "error", "none"]


def test_annotations_are_one_line_each_and_only_for_findings() -> None:
    lines = "".join(as_annotations(result(path="a,b:c.txt"))).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=a%2Cb%3Ac.txt,line=4,endLine=4,col=1,endColumn=26,")
    assert lines[1].startswith("::warning ")
    assert "".join(as_annotations(listed())).count("file=") == 0


def test_junit_counts_its_failures() -> None:
    root = etree.fromstring(as_junit(result()).encode())
    assert (root.get("tests"), root.get("failures")) == ("3", "2")
    (suite,) = root
    assert suite.get("name") == "ferry.txt"
    assert [len(case) for case in suite] == [0, 1, 1]
    assert suite[1][0].get("type") == "altered"
    assert etree.fromstring(as_junit(ArticleChecks([])).encode()).get("tests") == "0"
