"""Turns of transcripts; and texts that are none."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.reading.transcripts.turns import segments
from tests.support.cases import cases


def _turns(text: str, answers: str | None = None) -> list[tuple[str | None, str]]:
    return [(s.speaker, text[s.start : s.end]) for s in segments(text, answers=answers)]


@pytest.mark.parametrize(
    "case", cases("transcripts", "transcripts-negative"), ids=lambda case: case["label"]
)
def test_each_form_of_transcript(case: dict[str, Any]) -> None:
    found = _turns(case["text"])
    assert [list(turn[: len(told)]) for turn, told in zip(found, case["expect"], strict=True)] == (
        case["expect"]
    )


def test_much_prose_with_colons_has_no_turns() -> None:
    (prose,) = (
        case["text"]
        for case in cases("transcripts-negative")
        if case["label"] == "no transcript: prose with colons"
    )
    assert segments(prose * 20) == ()


def test_questions_and_answers() -> None:
    text = "Q. Were you on the quay?\nA. I was on the quay.\n\nQ. Alone?\nA. With a goat, yes."
    assert _turns(text)[:2] == [(None, "Were you on the quay?"), (None, "I was on the quay.")]
    assert [speaker for speaker, _ in _turns(text, "Rudi Koss")] == [None, "Rudi Koss"] * 2


def test_a_speech_with_calls_from_the_hall() -> None:
    paragraphs = "\n\n".join(["We shall build the bridge, and it shall be red."] * 60)
    text = f"RUDI KOSS: {paragraphs}\n\nAUDIENCE: Red! Red!\n\nRUDI KOSS: {paragraphs}"
    assert [speaker for speaker, _ in _turns(text)] == ["Rudi Koss", "Audience", "Rudi Koss"]


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


@pytest.mark.usefixtures("no_hang")
def test_long_and_hostile_texts_take_linear_time() -> None:
    for text in (
        "A" * 2_000_000,
        "A:" * 500_000,
        "ANN: x y z\nBOB: x y z\n" * 20_000,
        "ANN: (x)\n(y)\n" * 20_000,
        "ANN: (\n" * 20_000,
        "".join(f"NAME{n} SUR{n}: one two three\n" for n in range(20_000)),
    ):
        segments(text)
