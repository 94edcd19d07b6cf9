"""What is cut off of numbers, where two places are joined, and between an article's own words."""

from __future__ import annotations

import pytest

from quotecheck.comparison.alignment import align
from quotecheck.comparison.article_words import ArticleReport
from quotecheck.comparison.context import MatchContext
from quotecheck.comparison.cuts import cut_quantity, cuts_at_joint, find_cuts
from quotecheck.comparison.words import quotation_words, source_words
from quotecheck.language.word_classes import FUNCTION_WORDS
from quotecheck.records.check import Edit


def placed(quote: str, text: str, first: int, last: int, document: str = "speech") -> MatchContext:
    """Where some words of a quotation lie in a text."""
    words, source = quotation_words(quote).slice(first, last), source_words(text)
    found = align(words, source, lambda form: 1.0 if form in FUNCTION_WORDS else 5.0)
    assert found is not None
    return MatchContext(text, 0, source, found, first, document)


@pytest.mark.parametrize(
    ("kind", "before", "after", "first", "last", "expected"),
    [
        ("number", "4 million", "4", False, True, "ends within"),
        ("number", "4 million", "4", False, False, ""),
        ("number", "4.5", "4", True, True, "ends within"),
        ("number", "40 million", "4", True, True, ""),
        ("number", "43", "4", False, True, ""),
        ("number", "half a million", "million", True, False, "begins within"),
        ("number", "half a million", "million", False, True, ""),
        ("number", "1,040", "40", True, True, ""),
        ("number", "four", "", True, True, ""),
        ("name", "Ann Lee", "Ann", True, True, ""),
        ("word", "four boats", "", True, True, ""),
    ],
)
def test_numbers_that_are_cut(
    kind: str, before: str, after: str, first: bool, last: bool, expected: str
) -> None:
    edit = Edit(kind, before, after, "meaning")
    assert cut_quantity(edit, first=first, last=last) == expected


JOINED = "We mended the old roof … we will build another mill"
FIRST, SECOND = "We mended the old roof.", "If the harvest fails, we will build another mill."
CUT_BEHIND = "We mended the old roof unless it rained."
BETWEEN = " The crowd in the hall was silent." * 12


def kinds_at_joint(before: MatchContext, after: MatchContext) -> list[str]:
    cuts = cuts_at_joint(JOINED, quotation_words(JOINED), before, after)
    return [cut.reason.kind for cut in cuts]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (FIRST, SECOND, ["cut off: condition"]),
        (FIRST, "We will build another mill.", []),
        (FIRST, "But I think that we will build another mill", []),
        (CUT_BEHIND, "We will build another mill", ["cut off: condition"]),
        ("We mended the old roof, but it leaks.", "We will build another mill", []),
        ("We mended the old roof. That is a lie.", "We will build another mill", []),
    ],
)
def test_what_frames_two_documents(first: str, second: str, expected: list[str]) -> None:
    before, after = placed(JOINED, first, 0, 5, "one"), placed(JOINED, second, 5, 10, "two")
    assert kinds_at_joint(before, after) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{FIRST} {SECOND}", []),  # the words left out stand right there
        (f"{FIRST}{BETWEEN} {SECOND}", ["cut off: condition"]),
        (f"{SECOND} {FIRST}", ["cut off: condition"]),
    ],
)
def test_what_frames_two_places_of_a_document(text: str, expected: list[str]) -> None:
    assert kinds_at_joint(placed(JOINED, text, 0, 5), placed(JOINED, text, 5, 10)) == expected


def test_places_side_by_side_are_one() -> None:
    text = "We mended the old roof we will build another mill"
    source = placed(JOINED, text, 0, 5)
    assert kinds_at_joint(source, placed(JOINED, text, 5, 10)) == []


@pytest.mark.parametrize(
    ("text", "quote", "gaps", "expected"),
    [
        # Of one or two words between its own an article says what was said of them.
        ("We never saw the mill burn.", "saw the mill burn", (), ["cut off: negation"]),
        ("We never saw the mill burn.", "saw the mill burn", (2,), []),
        ("We never saw the mill burn.", "saw the mill burn", (3,), ["cut off: negation"]),
        ("The mill closes if it rains.", "the mill closes", (), ["cut off: condition"]),
        ("The mill closes if it rains.", "the mill closes", (1,), []),
        ("So the mill closes if it rains.", "so the mill closes", (1, 2), []),
        ("So the mill closes if it rains.", "so the mill closes", (1,), ["cut off: condition"]),
    ],
)
def test_an_article_between_quoted_words(
    text: str, quote: str, gaps: tuple[int, ...], expected: list[str]
) -> None:
    words, part = quotation_words(quote), placed(quote, text, 0, len(quotation_words(quote)))
    cuts = find_cuts(quote, words, part, part, gaps)
    assert [cut.reason.kind for cut in cuts] == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The mill was sold to my uncle.", True),
        ("The mill was never sold to my uncle.", False),
        ("The mill was sold to my uncle. We knew nobody there.", True),
        ("The mill was sold to my uncle. Never again.", False),  # taken back right behind
        ("Nobody knew. The mill was sold to my uncle. We did not.", True),
        ("Was the mill sold to my uncle?", False),
        ("I deny that the mill was sold to my uncle.", False),
    ],
)
def test_a_denial_that_the_source_does_not_have(text: str, told: bool) -> None:
    quote = "sold to my uncle"
    words, part = quotation_words(quote), placed(quote, text, 0, 4)
    cuts = list(find_cuts(quote, words, part, part, (), ArticleReport(denial="was not")))
    assert ("article denial" in [cut.reason.kind for cut in cuts]) is told


@pytest.mark.parametrize(
    ("beside", "clause", "left_out", "kind", "said"),
    [
        ("perhaps the mill", "", "might", "modality", True),
        ("perhaps the mill", "", "the old dam", "head", False),
        ("the council hoped", "", "Maybe", "hedge", True),
        ("the council expected", "", "might", "modality", False),
        ("the crew", "", "most of the harbour crews", "head", True),  # one of two telling words
        ("the town", "", "most of the harbour crews", "head", False),
        ("the harbour", "", "the old harbour crews of Sorrel", "head", False),  # one of four
        ("", "his rivals claim", "My rivals", "report", True),
        ("", "his rivals claim", "My rivals", "head", False),
        ("if so, he fears to be sold, as the critics have it", "", "perhaps", "hedge", True),
    ],
)
def test_what_an_article_says_itself(
    beside: str, clause: str, left_out: str, kind: str, said: bool
) -> None:
    assert ArticleReport(beside, clause).says(left_out, kind) is said
