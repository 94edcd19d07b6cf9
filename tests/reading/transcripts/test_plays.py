"""Plays: who speaks which speech, with labels in capitals and in small letters."""

from __future__ import annotations

import json
from bisect import bisect_right
from pathlib import Path

import pytest

from quotecheck.reading.transcripts.turns import segments

PLAY = """The Ferrymen

ACT I

SCENE I. A landing.

DUKE
Who calls so late? The boat is out of the water.

First Ferryman
Nobody calls, my lord. The water
calls by itself.

DUKE
Bid it be still.

Ghost
It will not be still, who drowned in it.

FIRST LADY
Is that the Duke?

First Ferryman
It was the Duke.

SCENE II. The same.

Enter the DUKE and a Page

LADY
I know him not.

FIRST LADY
Nor I.

LADY
Then we are agreed.
"""


def _turns(text: str) -> list[tuple[str | None, str]]:
    return [(s.speaker, text[s.start : s.end].split("\n")[0]) for s in segments(text)]


def test_labels_in_small_letters_are_labels_among_labels_in_capitals() -> None:
    assert _turns(PLAY) == [
        ("Duke", "Who calls so late? The boat is out of the water."),
        ("First Ferryman", "Nobody calls, my lord. The water"),
        ("Duke", "Bid it be still."),
        ("Ghost", "It will not be still, who drowned in it."),
        ("First Lady", "Is that the Duke?"),
        ("First Ferryman", "It was the Duke."),
        ("Lady", "I know him not."),
        ("First Lady", "Nor I."),
        ("Lady", "Then we are agreed."),
    ]


def test_scenes_and_those_who_enter_are_no_words_of_a_speech() -> None:
    assert not [turn for turn in segments(PLAY) if "SCENE" in PLAY[turn.start : turn.end]]
    spoken = PLAY.replace("Bid it be still.", "Enter the boat, my lord.")
    assert ("Duke", "Enter the boat, my lord.") in _turns(spoken)


def test_a_line_of_verse_above_a_blank_line_is_no_label() -> None:
    verse = PLAY.replace("calls by itself.", "calls by itself.\n\nDeath\n\nand comes.")
    assert ("Death", "and comes.") not in _turns(verse)


def test_two_people_with_one_surname_are_two() -> None:
    text = "TARR\nGo.\n\nDECIUS TARR\nI stay, and you?\n\n" * 4
    assert {turn.speaker for turn in segments(text)} == {"Tarr", "Decius Tarr"}


@pytest.mark.parametrize("heading", ["Ingredients", "First Steps", "Nurse"])
def test_headings_in_small_letters_alone_make_no_play(heading: str) -> None:
    text = f"{heading}\nTake flour and wait.\n\nMethod\nStir it for an hour.\n\n" * 5
    assert segments(text) == ()


@pytest.mark.shared
def test_plays_of_shakespeare_go_to_their_speakers(shared: Path) -> None:
    """Less than one speech in a hundred may go to somebody else."""
    speeches = wrong = 0
    lines = (shared / "misquotes" / "corpus" / "open.jsonl").read_text("utf-8").splitlines()
    for row in filter(lambda row: row["genre"] == "play", map(json.loads, lines)):
        turns = segments(row["text"])
        starts = [turn.start for turn in turns]
        for start, _, speaker in row["segments"]:
            number = bisect_right(starts, start) - 1
            held = turns[number].speaker if number >= 0 else None
            speeches += 1
            wrong += " ".join((held or "").split()).casefold() != (
                " ".join(speaker.split()).casefold()
            )
    assert speeches > 6000
    assert wrong < 0.01 * speeches
