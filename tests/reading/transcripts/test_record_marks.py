"""Line numbers, page marks and times, which stand within sentences and are no words of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotecheck.reading.transcripts.interviews import interview_segments, interviewee
from quotecheck.reading.transcripts.record_marks import unmarked
from tests.support.reading_checks import read_one

DEPOSITION = """                                        41
 1          Q.   Did you see the weir
 2     that night?
 3          A.   I did not.  I saw the hens,
 4     and the hens saw me.
 5          MS. QUILL:  Objection.
 6                 (Recess taken.)
Harl Reporting 555-0100
                                        42
 1          Q.   Go on.
 2          A.   They were white
 3     hens.
Harl Reporting 555-0100
                                        43
 1          Q.   All of them?
 2          A.   All.
Harl Reporting 555-0100
"""
RECORD = """[Congressional Record Volume 190, Number 40 (Wednesday, March 6, 2024)]
[Senate]
[Pages S201-S203]

                         THE WEIR OF HARL

  Mr. TARR. Mr. President, the weir of Harl has been shut in every week of

[[Page S202]]

the year that has a Monday in it.
  Ms. QUILL. That is all of them.

[[Page S203]]

  Mr. TARR. So it is.
"""
CAPTIONS = """0:00
good morning the weir
0:04
was shut when I came in
0:09
and it stood there
"""


def test_line_numbers_and_heads_of_pages_are_left_out() -> None:
    found = unmarked(DEPOSITION)
    assert found is not None
    assert found.text.split("\n") == [
        "Q.   Did you see the weir that night?",
        "A.   I did not.  I saw the hens, and the hens saw me.",
        "MS. QUILL:  Objection.",
        "(Recess taken.)",
        "Q.   Go on.",
        "A.   They were white hens.",
        "Q.   All of them?",
        "A.   All.",
    ]
    places = {one.label: found.text[one.start : one.end] for one in found.locators}
    assert places["42"].startswith("Q.   Go on.")
    assert places["43"].endswith("All.")


def test_a_page_mark_cuts_no_sentence(tmp_path: Path) -> None:
    path = tmp_path / "record.txt"
    path.write_text(RECORD, encoding="utf-8")
    document = read_one(path)
    assert document.date == "2024-03-06"
    assert "in every week of\nthe year that has a Monday" in document.text
    assert [turn.speaker for turn in document.segments] == ["Mr. Tarr", "Ms. Quill", "Mr. Tarr"]
    pages = {one.label: document.text[one.start : one.end] for one in document.locators}
    assert pages["S202"].startswith("the year that")
    assert pages["S203"] == "Mr. TARR. So it is.\n"


@pytest.mark.parametrize("form", ["\n", " "])
def test_times_of_captions_are_left_out(form: str) -> None:
    lines = CAPTIONS.split("\n")
    text = "\n".join(f"{a}{form}{b}" for a, b in zip(lines[::2], lines[1::2], strict=False))
    found = unmarked(text)
    assert found is not None
    assert found.text == "good morning the weir was shut when I came in and it stood there"
    assert [one.label for one in found.locators] == ["00:00:00", "00:00:04", "00:00:09"]


@pytest.mark.parametrize(
    "text",
    [
        "1 Take flour\n2 Take water\n3 Stir\n4 Wait\n5 Bake\n",
        "1. In the beginning\n2. there was a weir\n3. and it was\n4. shut\n5. again\n",
        "10:00 Opening\n10:30 Coffee\n11:00 Hens\n11:30 Close\n",
        "10:32\nThe ferry sails.\n10:40\nIt comes back.\n10:50\nIt sinks.\n",
        "12 hens came.\n13 hens went.\nThe rest stayed, and they lay.\n",
        "Q. So?\nA. Yes.\n",
    ],
)
def test_numbers_and_times_that_are_words_stay(text: str) -> None:
    assert unmarked(text) is None


def test_the_title_tells_who_answers() -> None:
    assert interviewee("Interview with Dora Quill") == "Dora Quill"
    assert interviewee("A conversation with Dora Quill on hens") == "Dora Quill"
    assert interviewee("Dora Quill: “I never liked hens”") == "Dora Quill"
    assert interviewee("Harl Water Board on hens") is None
    assert interviewee("The weir: a history") is None


def test_questions_in_bold_are_asked_and_the_rest_answered() -> None:
    text = (
        "She keeps hens.\n\n**Why hens?**\n\nThey lay.\n\nOften.\n\n**And why not?**\n\nWhy not.\n"
    )
    turns = interview_segments(text, answers="Dora Quill", author="Bo Tarr")
    assert [(t.speaker, text[t.start : t.end]) for t in turns] == [
        ("Bo Tarr", "Why hens?"),
        ("Dora Quill", "They lay.\n\nOften."),
        ("Bo Tarr", "And why not?"),
        ("Dora Quill", "Why not."),
    ]
    assert interview_segments(text, answers=None) == ()
    headings = text.replace("?**", "**")
    assert interview_segments(headings, answers="Dora Quill") == ()


def test_a_given_speaker_holds_all_that_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "speech.txt"
    path.write_text("Friends of the weir, we are met\n\nWe have waited. We wait.\n\nIt is ours.\n")
    path.with_name("speech.meta.json").write_text('{"speaker": "Dora Quill"}')
    document = read_one(path)
    assert [(t.start, t.end, t.speaker) for t in document.segments] == [
        (0, len(document.text.rstrip()), "Dora Quill")
    ]
    assert document.headline is None
    path.with_name("speech.meta.json").write_text(
        '{"speaker": "Dora Quill", "title": "Friends of the weir, we are met"}'
    )
    (turn,) = read_one(path).segments
    assert turn.start == document.text.find("We have waited")


@pytest.mark.parametrize(
    "line",
    ["[20:0{0}] heron: it is wet in here", "20:0{0} <heron> and it drips", "(20:0{0}) P: so"],
)
def test_a_chat_keeps_its_times(line: str) -> None:
    """Each line has its writer, so the times are no interruption of running speech."""
    assert unmarked("\n".join(line.format(minute) for minute in range(6))) is None
