"""Word documents of people who speak in turn: tables, bold questions, labels with line breaks."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.support.reading_checks import read_one

TALK = (
    ("Dora Quill", "Thank you for coming. There was no rope."),
    ("Rudi Koss", "The gate was shut at six. I had leaned on it."),
    ("Dora Quill", "Your back is not a lock."),
)


def turns(path: Path) -> list[tuple[str | None, str]]:
    document = read_one(path)
    return [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.segments]


def test_a_table_of_speakers_and_words(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(rows=0, cols=2)
    for speaker, words in TALK:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = speaker, words
    made.save(str(tmp_path / "a.docx"))
    assert turns(tmp_path / "a.docx") == list(TALK)


def test_a_recorder_s_names_and_times_with_a_line_break(tmp_path: Path) -> None:
    made = docx.Document()
    for number, (speaker, words) in enumerate(TALK):
        paragraph = made.add_paragraph()
        paragraph.add_run(speaker).bold = True
        paragraph.add_run(f"   {number}:05").add_break()
        paragraph.add_run(words)
    made.save(str(tmp_path / "a.docx"))
    assert turns(tmp_path / "a.docx") == list(TALK)


def test_questions_in_bold(tmp_path: Path) -> None:
    made = docx.Document()
    made.core_properties.title = "Dora Quill on gates"
    made.core_properties.author = "Rudi Koss"
    for question, answer in (
        ("What would you do with the gate?", "I would paint it."),
        ("And the rope?", "My sister has it."),
    ):
        made.add_paragraph().add_run(question).bold = True
        made.add_paragraph(answer)
    made.save(str(tmp_path / "a.docx"))
    assert turns(tmp_path / "a.docx") == [
        ("Rudi Koss", "What would you do with the gate?"),
        ("Dora Quill", "I would paint it."),
        ("Rudi Koss", "And the rope?"),
        ("Dora Quill", "My sister has it."),
    ]


def test_bold_words_within_paragraphs_ask_nothing(tmp_path: Path) -> None:
    made = docx.Document()
    for words in ("Why?", "And then?", "So?"):
        paragraph = made.add_paragraph()
        paragraph.add_run(words).bold = True
        paragraph.add_run(" I ask myself that, and the hens ask it too.")
    made.save(str(tmp_path / "a.docx"))
    assert turns(tmp_path / "a.docx") == []
