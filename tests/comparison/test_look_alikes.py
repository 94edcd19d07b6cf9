"""Equal letters that are other words, by their capitals or by where a hyphen stands."""

from __future__ import annotations

import pytest

from quotecheck.comparison.alignment import align
from quotecheck.comparison.context import MatchContext
from quotecheck.comparison.look_alikes import look_alikes
from quotecheck.comparison.words import quotation_words, source_words


def edits(
    source: str, quotation: str, *, offset: int = 0, quote_first: int = 0
) -> list[tuple[str, str, str]]:
    """Before, after and severity of each edit, the source from an offset of its document on."""
    words, read = quotation_words(quotation), source_words(source, offset=offset)
    aligned = quotation_words(quotation.split("|")[-1]) if quote_first else words
    found = align(aligned, read, lambda form: 1.0 if len(form) < 4 else 6.0)
    assert found is not None
    part = MatchContext(source, offset, read, found, quote_first, "case")
    return [(e.before, e.after, e.severity) for e in look_alikes(quotation, words, part)]


MAY = ("May", "may", "wording")


@pytest.mark.parametrize(
    ("source", "quotation", "expected"),
    [
        # The capital of a month, a people, a name, within the sentence.
        ("They met in May to mend the weir.", "may to mend the weir", [MAY]),
        ("A May morning is best for Ann Rook.", "A may morning is best for Ann Rook.", [MAY]),
        ("They have a march ahead of them.", "A March ahead of them",
         [("march", "March", "wording")]),
        # An accent that is written on one side alone is no other style of capitals.
        ("The école was mended in May by Ann Rook.", "The ecole was mended in may by Ann Rook.",
         [MAY]),
        # The capital that opens the source is the sentence's.
        ("May was warm on the lower quay.", "And Koss says may was warm on the lower quay", []),
        # An editor's bracket gives a capital, but not to the next word.
        ("He gave a mark to the ferry.", "He gave a [Mark] to the ferry.", []),
        ("He gave a mark to the ferry.", "He gave [a] Mark to the ferry.",
         [("mark", "Mark", "wording")]),
    ],
)  # fmt: skip
def test_a_capital_makes_another_word(
    source: str, quotation: str, expected: list[tuple[str, str, str]]
) -> None:
    assert edits(source, quotation) == expected
    assert edits(source, quotation, offset=40) == expected


@pytest.mark.parametrize(
    ("source", "quotation", "expected"),
    [
        ("They say US forces left in Rook.", "us forces left in Rook", [("US", "us", "wording")]),
        ("A US vote was held in Rook.", "us vote was held in Rook", [("US", "us", "wording")]),
        # After an article nothing but the acronym stands: the us.
        ("The US said so to Koss.", "The us said so to Koss.", []),
        # Capitals around it are an emphasis, before or after, of two letters or more.
        ("Koss said to TELL US now.", "Koss said to tell us now.", []),
        ("Koss said to tell US NOW please.", "Koss said to tell us now please.", []),
        ("Give it TO US now, Koss.", "Give it to us now, Koss.", []),
        ("Koss said to tell us now.", "Koss said to TELL US now.", []),
        ("Koss said to tell us now please.", "Koss said to tell US NOW please.", []),
        ("Koss said to tell us now.", "Koss said to tell US now.", [("us", "US", "wording")]),
    ],
)  # fmt: skip
def test_an_acronym_is_another_word(
    source: str, quotation: str, expected: list[tuple[str, str, str]]
) -> None:
    assert edits(source, quotation) == expected


@pytest.mark.parametrize(
    ("source", "quotation", "expected"),
    [
        ("They saw a man-eating shark there.", "They saw a man eating shark there.",
         [("man-eating shark", "man eating shark", "wording")]),
        ("They saw a man-eating, big shark.", "They saw a man eating, big shark.",
         [("man-eating", "man eating", "wording")]),
        ("They keep three-year-old ponies here.", "They keep three year-old ponies here.",
         [("three-year-old", "three year-old", "wording")]),
        ("They keep a three-year-old sales plan.", "They keep a three year-old sales plan.", []),
        ("They keep three-year-old wine here.", "They keep three year-old wine here.", []),
        ("The light-house keeper saw it.", "The light house-keeper saw it.",
         [("light-house keeper", "light house-keeper", "wording")]),
        ("They sold twenty-one hundred of it.", "They sold twenty one-hundred of it.",
         [("twenty-one hundred", "twenty one-hundred", "meaning")]),
        ("They mend well-known walls there.", "They mend well known walls there.", []),
    ],
)  # fmt: skip
def test_a_hyphen_at_another_place(
    source: str, quotation: str, expected: list[tuple[str, str, str]]
) -> None:
    assert edits(source, quotation) == expected


def test_the_second_part_of_a_quotation_is_looked_at_in_its_own_words() -> None:
    source = "They met in May to mend the weir."
    quotation = "Koss was late today … | met in may to mend the weir"
    assert edits(source, quotation, quote_first=4) == [MAY]
