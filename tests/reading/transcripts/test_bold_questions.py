"""Interviews on web pages: questions in bold or as headings; and articles that only look so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.reading_checks import read_one, written

QUESTIONS = ("Were you ever afraid of the weir?", "And of the hens?", "What do you miss?")
ANSWERS = (
    "Only once, and it was my own fault. I had left the gate open and gone to look for a rope.",
    "The hens came later, and I have nothing to say against them. They were here before us.",
    "I miss the slate. A number on a slate is a small thing, but somebody has to write it.",
)
INTRO = (
    "For nineteen years Dora Quill kept the gate. We met her on the bank, where she was counting."
)


def turns(
    tmp_path: Path, body: str, title: str = "Dora Quill on weirs"
) -> list[tuple[str | None, str]]:
    head = f'<title>{title}</title><meta name="author" content="Rudi Koss">'
    inside = f"<article><h1>{title}</h1><p>{INTRO}</p>{body}</article>"
    page = f"<html><head>{head}</head><body>{inside}</body></html>"
    document = read_one(written(tmp_path, "talk.html", page))
    return [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.segments]


def talk(question: str, answer: str = "<p>{}</p>") -> str:
    return "".join(
        question.format(q) + answer.format(a) for q, a in zip(QUESTIONS, ANSWERS, strict=True)
    )


EXPECTED = [
    turn
    for q, a in zip(QUESTIONS, ANSWERS, strict=True)
    for turn in (("Rudi Koss", q), ("Dora Quill", a))
]


@pytest.mark.parametrize(
    "question",
    [
        "<p><strong>{}</strong></p>",
        "<p><b>{}</b></p>",
        "<p><b><i>{}</i></b></p>",
        "<p><span style='font-weight: 700'>{}</span></p>",
        "<p style='font-weight:bold'>{}</p>",
        "<h3>{}</h3>",
        "<h2><span>{}</span></h2>",
        "<p><em>{}</em></p>",
    ],
)
def test_questions_that_are_set_apart(tmp_path: Path, question: str) -> None:
    assert turns(tmp_path, talk(question)) == EXPECTED


def test_a_question_and_its_answer_in_one_paragraph(tmp_path: Path) -> None:
    assert turns(tmp_path, talk("<p><strong>{}</strong><br>", "{}</p>")) == EXPECTED


def test_what_the_writer_adds_at_the_end_is_no_answer(tmp_path: Path) -> None:
    body = talk("<p><strong>{}</strong></p>")
    found = turns(tmp_path, f"{body}<p><em>“Slates” by Dora Quill is out in May.</em></p>")
    assert found == EXPECTED


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("“I was never afraid”: Dora Quill on weirs", "Dora Quill"),
        ("Interview with Dora Quill", "Dora Quill"),
        ("Three questions for Dora Quill", "Dora Quill"),
        ("The quiet gate of Dora Quill", "Dora Quill"),
        ("Weirs and hens", None),
        ("Dora Quill, Rudi Moor and the weir", None),
    ],
)
def test_who_answers_is_told_by_the_title(tmp_path: Path, title: str, who: str | None) -> None:
    found = turns(tmp_path, talk("<p><b>{}</b></p>"), title)
    assert [speaker for speaker, _ in found] == ["Rudi Koss" if who else None, who] * 3


EXPLAINED = (
    "The trial begins on Monday. Quill is accused of opening the gate in the night of the flood.",
    "“I opened nothing,” Quill said last week. The court has heard of nine hens and a rope.",
    "If the judges believe the rope, she goes free. A ruling is expected before the summer.",
)


@pytest.mark.parametrize("question", ["<h2>{}</h2>", "<p><strong>{}</strong></p>"])
def test_an_article_that_explains_by_questions_is_no_interview(
    tmp_path: Path, question: str
) -> None:
    body = "".join(
        question.format(q) + f"<p>{a}</p>" for q, a in zip(QUESTIONS, EXPLAINED, strict=True)
    )
    assert turns(tmp_path, body, "Dora Quill on trial") == []


def test_one_question_in_bold_is_no_interview(tmp_path: Path) -> None:
    body = f"<p><b>{QUESTIONS[0]}</b></p>" + "".join(f"<p>{a}</p>" for a in ANSWERS)
    assert turns(tmp_path, body) == []


def test_headings_that_ask_nothing_are_no_questions(tmp_path: Path) -> None:
    body = "".join(f"<h2>The gate {n}</h2><p>{a}</p>" for n, a in enumerate(ANSWERS))
    assert turns(tmp_path, body) == []
