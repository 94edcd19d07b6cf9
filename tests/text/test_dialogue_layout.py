"""Whether people talk to one another in a text, or are quoted by its writer."""

from __future__ import annotations

import pytest

from quotecheck.text.dialogue_layout import is_dialogue, may_be_dialogue
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages


def is_one(text: str) -> bool:
    limits = paragraphs(text)
    return is_dialogue(text, limits, [p.outer for p in quoted_passages(text, limits)])


@pytest.mark.parametrize(
    "text",
    [
        "“Is it far?” asked Ann Lee.\n\n“A mile,” said Tom.\n\n“Then we walk.”",
        "Ann Lee sat. “Is it far?”\n\nTom stood. “A mile.” He laughed. “Or two.”",
        "“I cannot stay.” Tom took his coat. “You said Sunday,” said Ann. “I said perhaps.”",
        "“It was on the quay that I saw him, in his old coat.”\n\n“Whom did you say?”\n\n"
        "“The man whom we had met upon the stairs that other night, in March.”",
    ],
)
def test_a_dialogue(text: str) -> None:
    assert is_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "“Is it far?” asked Ann Lee.",
        "“The roof was sound,” Ann Lee said.\n\n“It leaks now,” she said.\n\n“Badly,” she said.",
        "Ann Lee said it was “far,” “too far” and “unfair!” That was all.",
        "“You will see,” said Ann Lee, a spokeswoman, on Monday.\n\n“It is safe,” she said "
        "in a statement.\n\n“Is it?” the council asked. The company, which owns 12%, did not say.",
    ],
)
def test_no_dialogue(text: str) -> None:
    assert not is_one(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is late,” said Ann Lee.\n\n“The hens can wait.”", True),
        ("„Where is it?“ asked Ann Lee.\n\n„In the oven,“ said Tom.", True),
        ("“It is late,” said Ann Lee.", False),
        ("“It is late,” said Ann Lee, a spokeswoman, on Monday.\n\n“The hens can wait.”", False),
        (
            "“We have mended the roof and the wall behind it,” Ann Lee said.\n\n"
            "“It took the four of us a year and all that we had.”",
            False,
        ),
    ],
)
def test_two_short_lines_may_be_a_dialogue(text: str, *, expected: bool) -> None:
    limits = paragraphs(text)
    quoted = [p.outer for p in quoted_passages(text, limits)]
    assert may_be_dialogue(text, quoted) is expected
