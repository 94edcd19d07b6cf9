"""Blocks of an alignment end with quantities, never within one that differs."""

from __future__ import annotations

import pytest

from quotecheck.comparison.alignment import align
from quotecheck.comparison.quantity_alignment import quantities_of
from quotecheck.comparison.words import quotation_words, source_words


def differences(source: str, quote: str) -> list[tuple[str, str]]:
    """What stands for what, in the folded words of both."""
    there, here = source_words(source), quotation_words(quote)
    found = align(here, there, lambda word: 4.0 if len(word) > 3 else 1.5)
    assert found is not None
    covered = [k for block in found.blocks for k in range(block.b0, block.b1)]
    assert covered == list(range(len(here)))
    return [
        (" ".join(there.forms[b.a0 : b.a1]), " ".join(here.forms[b.b0 : b.b1]))
        for b in found.blocks
        if b.op != "equal"
    ]


@pytest.mark.parametrize(
    ("source", "quote", "told"),
    [
        (
            "They spent $4.3 billion on ferries.", "They spent $43 billion on ferries.",
            [("$ 4.3 billion", "$ 43 billion")],
        ),
        (
            "The harbour opened at half past six. We went in.", "The harbour opened at 6:30.",
            [("half past six", "6:30")],
        ),
        (
            "The harbour opened at 6:30. We went in.", "The harbour opened at half past six.",
            [("6:30", "half past six")],
        ),
        (
            "Fine. The twenty-first harbour opened.", "The 21st harbour opened.",
            [("twenty first", "21st")],
        ),
        ("They spent 4 million on ferries.", "They spent 4", [("4 million", "4")]),
        ("They sailed there over 5 years. We stayed.", "They sailed over 5yr", [
            ("there", ""), ("5 years", "5yr"),
        ]),
        (
            "Forty-one members of a house far away signed it late in the year. So the 41 members "
            "who signed letters came.",
            "So the forty-one members who signed letters came.",
            [("41", "forty one")],
        ),
        (
            "It was −3 degrees that winter.", "3 degrees that winter.",
            [("minus 3 degrees", "3 degrees")],
        ),
        ("They owe $500 for ferries.", "500 for ferries", [("$ 500", "500")]),
        ("On July 4, 1776, the harbour opened.", "On July 4", []),
        ("They worked for 20 years there.", "They worked for 20", []),
        (
            "A million people came on 12 ferries.", "A million people came on twelve ferries",
            [("12", "twelve")],
        ),
        (
            "They lost 300 sheep and 20 goats.", "They lost 300 … and twenty goats",
            [("sheep", ""), ("20", "twenty")],
        ),
    ],
)  # fmt: skip
def test_whole_quantities(source: str, quote: str, told: list[tuple[str, str]]) -> None:
    assert differences(source, quote) == told


def test_quantities_know_their_words() -> None:
    words = source_words("It cost $4.3 billion, or 12 % of it.")
    found = [
        (words.forms[q.first : q.last], words.forms[q.first : q.figure])
        for q in quantities_of(words)
    ]
    assert found == [
        (("$", "4.3", "billion"), ("$", "4.3", "billion")),
        (("12", "percent"), ("12",)),
    ]
