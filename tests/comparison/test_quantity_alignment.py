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
        # A quantity at the beginning belongs to the rest, not to words like it that stand far off.
        (
            "They lost 12 percent of the wool in fires at the old mill. Half of the herd was sold.",
            "50 percent of the herd was sold.",
            [("half", "50 percent")],
        ),
        (
            "They gave ten percent of it to the old ferry by the quay. Half of the herd was sold.",
            "50 percent of the herd was sold.",
            [("half", "50 percent")],
        ),
        (
            "They lost percent of the wool in a fire at the lower mill. Half of the herd was sold.",
            "50 percent of the herd was sold.",
            [("half", "50 percent")],
        ),
        (
            "They lost 50 percent of the wool in fires at the old mill. Half of the herd was sold.",
            "50 percent of the herd was sold.",
            [("half", "50 percent")],
        ),
        # An end that differs goes on to the same quantity just beyond it.
        (
            "The ferry sailed over 5 years. We stayed.", "ferry sailed over 5yr",
            [("5 years", "5yr")],
        ),
        ("Five years ago the ferry sailed.", "5yr ago the ferry sailed", [("five years", "5yr")]),
        (
            "It was half past six when the ferry sailed.", "6:30 when the ferry sailed",
            [("half past six", "6:30")],
        ),
        (
            "We saw in half an hour that the ferry sailed.", "30 minutes that the ferry sailed",
            [("half an hour", "30 minutes")],
        ),
        (
            "We saw the ferry sail for half an hour.", "the ferry sail for 30 minutes",
            [("half an hour", "30 minutes")],
        ),
        # A number that is not written as one is looked for where the other side has one.
        (
            "We saw the ferry sail for a mile.", "the ferry sail for one mile",
            [("a mile", "one mile")],
        ),
        (
            "We saw the ferry sail for one mile.", "the ferry sail for a mile",
            [("one mile", "a mile")],
        ),
        (
            "We saw the ferry sail for a mile.", "the ferry sail for two miles",
            [("a mile", "two miles")],
        ),
        ("A mile it was to the ferry.", "One mile it was to the ferry.", [("a mile", "one mile")]),
        # What a cut leaves of a quantity: the whole is told, unless it says as much.
        ("It cost us 20 years of work.", "20 years of work", []),
        ("It cost us 20 years of work.", "years of work", []),
        ("It lasted from 5 to 10 weeks.", "10 weeks", [("from 5 to 10 weeks", "10 weeks")]),
        ("It lasted from 5 to 10 weeks.", "It lasted from 5", [("from 5 to 10 weeks", "from 5")]),
        ("He came at 6:30 p.m. to the quay.", "He came at 6:30", []),
        (
            "He came at 6:30 p.m. to the quay.", "He came at six thirty",
            [("6:30 p m", "six thirty")],
        ),
        ("He came at half past six to the quay.", "He came at half", [("half past six", "half")]),
        ("He came at half past six to the quay.", "six to the quay", [("half past six", "six")]),
        # Each quantity for itself, and the whole of one that is written otherwise.
        (
            "They sold 300 sheep, and 20 goats were lost.",
            "They sold three hundred sheep, and twenty goats were lost.",
            [("300", "three hundred"), ("20", "twenty")],
        ),
        (
            "They sold 300 sheep, and 20 goats were lost.",
            "They sold 301 sheep, and twenty goats were lost.",
            [("300", "301"), ("20", "twenty")],
        ),
        (
            "They spent two million five hundred thousand pounds on it.",
            "They spent two million … thousand pounds on it.",
            [("five hundred", "")],
        ),
        (
            "They spent two million five hundred thousand pounds on it.",
            "They spent 2.5 million pounds on it.",
            [("two million five hundred thousand pounds", "2.5 million pounds")],
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
