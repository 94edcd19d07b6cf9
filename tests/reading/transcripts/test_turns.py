"""Turns of transcripts; and texts that are none."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.reading.transcripts.turns import segments


def _turns(text: str, answers: str | None = None) -> list[tuple[str | None, str]]:
    return [(s.speaker, text[s.start : s.end]) for s in segments(text, answers=answers)]


def test_full_names_are_carried_to_later_turns() -> None:
    text = (
        "MARTA OYELARAN: Good evening.\n\nJON MCBRIDE: Good evening.\n\n"
        "OYELARAN: Mr. McBride, will the bridge open?\n\nMCBRIDE: It will not.\n\nIt cannot.\n\n"
        "OYELARAN: Thank you."
    )
    assert _turns(text) == [
        ("Marta Oyelaran", "Good evening."),
        ("Jon McBride", "Good evening."),
        ("Marta Oyelaran", "Mr. McBride, will the bridge open?"),
        ("Jon McBride", "It will not.\n\nIt cannot."),
        ("Marta Oyelaran", "Thank you."),
    ]


def test_full_names_come_from_the_introduction() -> None:
    text = (
        "Ann Lee of the Tarn Post spoke with Senator Rudi Koss.\n\n"
        "LEE: Will you resign?\nKOSS: I will not resign.\nLEE: Why not?\nKOSS: I like it here."
    )
    assert [speaker for speaker, _ in _turns(text)] == ["Ann Lee", "Rudi Koss"] * 2


def test_one_surname_of_two_people_stays_a_surname() -> None:
    text = (
        "ANN KOSS: We begin with the wall.\nRUDI KOSS: The wall is mine.\n"
        "ANN KOSS: It never was.\nKOSS: It was, once.\nRUDI KOSS: And will be again."
    )
    assert [speaker for speaker, _ in _turns(text)] == [
        "Ann Koss", "Rudi Koss", "Ann Koss", "Koss", "Rudi Koss",
    ]  # fmt: skip


def test_mixed_case_labels_and_single_speakers_among_them() -> None:
    text = (
        "Ann Lee: Will it rain on the harbour?\nRudi van Koss: It always rains there.\n"
        "Ann Lee: And tomorrow?\nAudience Member: Shame on you!\nRudi van Koss: Tomorrow too."
    )
    assert [speaker for speaker, _ in _turns(text)] == [
        "Ann Lee", "Rudi van Koss", "Ann Lee", "Audience Member", "Rudi van Koss",
    ]  # fmt: skip


def test_questions_and_answers() -> None:
    text = "Q. Were you on the quay?\nA. I was on the quay.\n\nQ. Alone?\nA. With a goat, yes."
    assert _turns(text)[:2] == [(None, "Were you on the quay?"), (None, "I was on the quay.")]
    assert [speaker for speaker, _ in _turns(text, "Rudi Koss")] == [None, "Rudi Koss"] * 2


def test_a_briefing_with_a_bare_q() -> None:
    text = (
        "THE PRESIDENT: Good morning to all of you.\n\nQ   Will the bridge open, Mr. President?\n\n"
        "THE PRESIDENT: It will open in May.\n\nQ   Of this year?\n\nTHE PRESIDENT: Of some year."
    )
    assert _turns(text)[:2] == [
        ("The President", "Good morning to all of you."),
        (None, "Will the bridge open, Mr. President?"),
    ]


def test_titles_brackets_and_markup_about_labels() -> None:
    text = (
        "**MR. SMITH:** We object to the bridge.\n**THE COURT:** On what ground?\n"
        "**MR. SMITH (continuing):** On the ground that there is none.\n**THE COURT:** Denied."
    )
    assert _turns(text)[:3] == [
        ("Mr. Smith", "We object to the bridge."),
        ("The Court", "On what ground?"),
        ("Mr. Smith", "On the ground that there is none."),
    ]


def test_nobody_known_has_no_name() -> None:
    text = (
        "ANN LEE: Questions, please.\nUNIDENTIFIED MALE: When will it open?\n"
        "ANN LEE: In May, we hope.\nQUESTION: Which May?\nANN LEE: The next but one."
    )
    assert [speaker for speaker, _ in _turns(text)] == ["Ann Lee", None, "Ann Lee", None, "Ann Lee"]


def test_stage_directions_at_the_ends_of_a_turn_are_left_out() -> None:
    text = (
        "ANN LEE: We won.\n\n(APPLAUSE)\n\nWe really won.\n\n(CHEERS)\n[MUSIC]\n\n"
        "RUDI KOSS: (APPLAUSE)\n\nANN LEE: Go home now.\n"
    )
    assert _turns(text) == [
        ("Ann Lee", "We won.\n\n(APPLAUSE)\n\nWe really won."),
        ("Ann Lee", "Go home now."),
    ]


def test_a_speech_with_calls_from_the_hall() -> None:
    paragraphs = "\n\n".join(["We shall build the bridge, and it shall be red."] * 60)
    text = f"RUDI KOSS: {paragraphs}\n\nAUDIENCE: Red! Red!\n\nRUDI KOSS: {paragraphs}"
    assert [speaker for speaker, _ in _turns(text)] == ["Rudi Koss", "Audience", "Rudi Koss"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ANN LEE: One line makes no talk.",
        "Mayor: Bridge To Close\n\nThe bridge will close, she said.\n\nNote: the bridge is red.\n\n"
        "He added one thing: the money is gone.",
        "Results:\n\nLee: 54%\nKoss: 46%\nLee: 60%\nKoss: 40%\nLee: 31%\nKoss: 69%",
        "Title: The bridge\nDate: Monday next\nSource: our own ears\nTitle: The wall\nDate: then\n"
        "Source: a cousin",
        "Q. Is this a talk between people?\nQ. Or only a list of questions?\nQ. Who answers them?",
        "Bridge: a thing over water\nWall: a thing on land\nTower: a thing in air\nRoad: a way",
        "https://example.org: a place\nhttps://example.net: another\n12:30: tea\n12:45: more tea",
    ],
)
def test_what_is_no_transcript(text: str) -> None:
    assert segments(text) == ()


LINES = st.sampled_from(
    [
        "ANN LEE: Will it rain?", "KOSS: It will, I fear.", "LEE: ", "Q. So?", "A. So it is.",
        "(X)", "(APPLAUSE)", "", "It rained all night.", "UNIDENTIFIED: No!", "Note: so", "KOSS:",
        "Ann Lee: x",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=14).map("\n".join) | st.text(max_size=60))
def test_turns_are_ordered_trimmed_and_within_the_text(text: str) -> None:
    found = segments(text)
    for segment in found:
        words = text[segment.start : segment.end]
        assert words
        assert words == words.strip()
        assert segment.speaker is None or segment.speaker.strip()
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_long_and_hostile_texts_take_linear_time() -> None:
    start = time.process_time()
    for text in (
        "A" * 2_000_000,
        "A:" * 500_000,
        "ANN: x y z\nBOB: x y z\n" * 20_000,
        "ANN: (x)\n(y)\n" * 20_000,
        "ANN: (\n" * 20_000,
        "".join(f"NAME{n} SUR{n}: one two three\n" for n in range(20_000)),
    ):
        segments(text)
    assert time.process_time() - start < 20
