"""Forms of transcripts: parliaments, courts, plays; and prose that has colons and capitals."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.reading.transcripts.turns import segments


def turns(text: str, answers: str | None = None) -> list[tuple[str | None, str]]:
    return [(s.speaker, text[s.start : s.end]) for s in segments(text, answers=answers)]


def speakers(text: str) -> list[str | None]:
    return [speaker for speaker, _ in turns(text)]


def test_an_answer_without_a_witness_is_whose_the_metadata_say() -> None:
    text = "BY MR. KOSS:\nQ. Were you there?\nA. I was.\nQ. Alone?\nA. Yes, alone."
    assert [speaker for speaker, _ in turns(text, "Ida Moor")] == ["Mr. Koss", "Ida Moor"] * 2
    assert speakers(text) == ["Mr. Koss", None] * 2


LINES = st.sampled_from(
    [
        "KEEPER", "CLERK", "Who is there?", "", "ACT I", "[Exit.]", "BY MR. KOSS:", "Q. So?",
        "A. No.", "JOHN DOE, having been duly sworn,", "EXAMINATION OF IDA MOOR",
        "Mr Koss (Tarn) (Lab): Well?", "The Minister (Jane Doe): No.", "The Minister: Yes.",
        "MR. FELL.—So?", "[00:01] ANN: Hm?", "THE WITNESS: I?", "Q12 Chair: And?", "(", "[",
        "Hon. Members: Oh!",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=20).map("\n".join))
def test_turns_of_any_form_are_ordered_trimmed_and_within_the_text(text: str) -> None:
    found = segments(text)
    for segment in found:
        words = text[segment.start : segment.end]
        assert words
        assert words == words.strip()
        assert segment.speaker is None or segment.speaker.strip()
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.usefixtures("no_hang")
def test_hostile_texts_take_linear_time() -> None:
    for text in (
        "Q. a\nA. b\n" + "EXAMINATION BY MR. " * 30_000,
        "Q. a\nA. b\n" + "A B C D, \n" * 40_000,
        "KING\nWho?\n\nFOOL\nI.\n\n" * 10_000,
        "The Minister (" * 40_000 + ":",
        "Q. a\nA. b\n" + "CROSS-EXAMINATION\n" * 30_000 + "Q. c\nA. d\n" * 10_000,
        "[1:00] " * 60_000,
        "A." * 200_000 + "—",
    ):
        segments(text)
