"""Turns of interviews, podcasts, hearings: each is a quotation of the one whose label it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotecheck.reading.documents import document_of

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor

TIMED = """The Kiln Hour, episode 3

[00:00:04] Wenna Stroud: Welcome back to the shed.

[00:00:07] Idris Pole: It smells of rain in here.

[00:00:11] Wenna Stroud: It always does. Why clay?

[00:00:15] Idris Pole: My uncle used to say, “Clay forgives.” It does not.
"""
SIDES = """Q. Did you see the car?
A. I did. The driver said, “Get in.”
Q. And what did you say?
A. I said I would walk.
Q. Was he angry?
A. He told me I would be sorry.
"""
BOLD = """**Interviewer:** Were you born here?

**Osei Lund:** In the back room. My aunt said the midwife was drunk.

**Interviewer:** And your sister?

**Osei Lund:** She was born in the boat.

**Interviewer:** Did she ever say why she left?

**Osei Lund:** She wrote that the fog got into her.
"""
RECORD = """Shore Voices: Interview 27
Recorded at Cloghan, 6 June 2011

ACHTERBERG: Could you say where you were born?

QUINLAN: Over the chandler’s. My name is Bartholomew Quinlan.

ACHTERBERG: And your father?

QUINLAN: [laughs] He was dry. Rosalind Achterberg, you ask a lot.
"""
HEARING = """The Chair (Baroness Ferris): Order. Mr Talbot, when was the sluice inspected?

Mr Gerald Talbot: In March, I am told.

Dame Ruth Kettle: By whom?

Mr Gerald Talbot: By my office.

The Chair: Order.
"""
BELOW = """Dana Whitcombe (00:03):
Thanks for joining us.

Pavel Roon (00:06):
My pleasure.

Dana Whitcombe (00:14):
And did it rain?

Pavel Roon (00:16):
A little.
"""


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            TIMED,
            [
                ("Wenna Stroud", "Welcome back to the shed."),
                ("Idris Pole", "It smells of rain in here."),
                ("Wenna Stroud", "It always does. Why clay?"),
                ("Idris Pole", "My uncle used to say, “Clay forgives.” It does not."),
            ],
        ),
        (
            SIDES,
            [
                (None, "Did you see the car?"),
                (None, "I did. The driver said, “Get in.”"),
                (None, "And what did you say?"),
                (None, "I said I would walk."),
                (None, "Was he angry?"),
                (None, "He told me I would be sorry."),
            ],
        ),
        (
            BOLD,
            [
                (None, "Were you born here?"),
                ("Osei Lund", "In the back room. My aunt said the midwife was drunk."),
                (None, "And your sister?"),
                ("Osei Lund", "She was born in the boat."),
                (None, "Did she ever say why she left?"),
                ("Osei Lund", "She wrote that the fog got into her."),
            ],
        ),
        (
            RECORD,
            [
                ("Rosalind Achterberg", "Could you say where you were born?"),
                ("Bartholomew Quinlan", "Over the chandler’s. My name is Bartholomew Quinlan."),
                ("Rosalind Achterberg", "And your father?"),
                ("Bartholomew Quinlan", "[laughs] He was dry. Rosalind Achterberg, you ask a lot."),
            ],
        ),
        (
            HEARING,
            [
                ("Ferris", "Order. Mr Talbot, when was the sluice inspected?"),
                ("Gerald Talbot", "In March, I am told."),
                ("Ruth Kettle", "By whom?"),
                ("Gerald Talbot", "By my office."),
                ("Ferris", "Order."),
            ],
        ),
        (
            BELOW,
            [
                ("Dana Whitcombe", "Thanks for joining us."),
                ("Pavel Roon", "My pleasure."),
                ("Dana Whitcombe", "And did it rain?"),
                ("Pavel Roon", "A little."),
            ],
        ),
    ],
    ids=["times", "sides", "bold", "head of a record", "offices", "labels above"],
)
def test_every_turn_is_a_quotation_of_its_speaker(
    text: str, turns: list[tuple[str | None, str]], attributor: Attributor
) -> None:
    found = [q for q in attributor(document_of(text)) if q.rule == "turn" and not q.parent]
    assert [(q.speaker, q.text) for q in found] == turns
    assert {q.kind for q in found} == {"direct"}


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "words", "speaker", "via"),
    [
        (TIMED, "“Clay forgives.”", None, ("Idris Pole",)),
        (SIDES, "“Get in.”", None, ()),
        (SIDES, "I would be sorry", None, ()),  # "he" is neither who asks nor who answers
        (BOLD, "the midwife was drunk", None, ("Osei Lund",)),
        (BOLD, "that the fog got into her", None, ("Osei Lund",)),
    ],
)
def test_words_within_a_turn_have_their_own_speaker(
    text: str, words: str, speaker: str | None, via: tuple[str, ...], attributor: Attributor
) -> None:
    inner = next(q for q in attributor(document_of(text)) if q.parent and q.text == words)
    assert (inner.speaker, inner.via) == (speaker, via)


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        "Three steps.\n\nCost: 4 million crowns.\nTime: two years.\nPlace: the quay.\n",
        "Ingredients: flour, salt.\nMethod: Rub the flour with salt.\nServes: four people.\n",
        "From: Ada Roon\nTo: Per Lodge\nSubject: gates\n\nThe gates are shut, she said.\n",
        "Tarn 2, Lund 1\n\nTarn: Holt, Bray.\nLund: Pole, Stroud, Roon.\nReferee: Kettle.\n",
        "Extract 3: the old quay.\n\nThe quay was built in 1806. Extract 3: it fell in 1911.\n",
        "Q. and A. are two letters that stand for question and answer in a record of a court.\n",
    ],
    ids=["steps", "recipe", "mail", "teams", "one label", "letters"],
)
def test_lines_with_a_colon_that_are_no_talk(text: str, attributor: Attributor) -> None:
    assert not [q for q in attributor(document_of(text)) if q.rule == "turn"]
