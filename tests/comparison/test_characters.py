"""Equal words: which characters around and between them make a difference."""

from __future__ import annotations

import pytest

from quotecheck.comparison.alignment import align
from quotecheck.comparison.characters import character_edits, strip_marks
from quotecheck.comparison.context import MatchContext
from quotecheck.comparison.wording import compare_wording
from quotecheck.comparison.words import quotation_words, source_words


def verdict(source: str, quotation: str) -> str:
    words, read = quotation_words(quotation), source_words(source)
    found = align(words, read, lambda form: 1.0 if len(form) < 4 else 6.0)
    assert found is not None
    part = MatchContext(source, 0, read, found, 0, "case")
    return compare_wording(quotation, words, [part]).verdict


@pytest.mark.parametrize(
    ("source", "quotation", "expected"),
    [
        # A comma or a stop that the article set is taken off once, and nothing else is.
        ("The weir holds and now we wait!", "now we wait!,", "verbatim"),
        ("The weir holds and now we wait.", "now we wait!,", "typographic"),
        ("The weir holds and now we wait.", "now we wait!", "typographic"),
        ("The weir holds and now we wait.", "now we wait", "verbatim"),
        # What was not spoken is passed over, at the end as well.
        ("The weir holds and now we wait.", "The weir holds and now we wait (LAUGHTER)",
         "verbatim"),
        ("The weir holds and now we wait.", "The weir (LAUGHTER) holds and now we wait",
         "verbatim"),
        # The source's own words between two halves of a speech, and the comma that they hold.
        ("“The lock held,” Koss said, “and the old wall fell on us.”",
         "The lock held, and the old wall fell on us.", "verbatim"),
        ("“The lock held,” Koss said, “and the old wall fell on us.”",
         "The lock held and the old wall fell on us.", "typographic"),
        ("“The lock held”, Koss said, “and the old wall fell on us.”",
         "The lock held and the old wall fell on us.", "verbatim"),
        ("“The lock held”, Koss said, “and the old wall fell on us.”",
         "The lock held, and the old wall fell on us.", "typographic"),
    ],
)  # fmt: skip
def test_characters_around_equal_words(source: str, quotation: str, expected: str) -> None:
    assert verdict(source, quotation) == expected


@pytest.mark.parametrize(
    ("quotation", "stripped"),
    [
        ("“Go”", "Go"), ("“Go", "Go"), ("Go”", "Go"), ("“”", ""), ("“", "“"), ("“a", "“a"),
        ("““Go", "““Go"), ("Go””", "Go””"), ("“Go” and go", "“Go” and go"),
        ("He said “go”", "He said “go”"), ("Go &amp; see", "Go & see"),
    ],
)  # fmt: skip
def test_marks_around_a_quotation(quotation: str, stripped: str) -> None:
    assert strip_marks(quotation) == stripped


def test_words_divided_otherwise_are_one_edit_where_both_texts_are_short() -> None:
    short = character_edits("the well-built wall", "the well built wall")
    assert [(e.before, e.after) for e in short] == [("the well-built wall", "the well built wall")]
    for tokens, edits in ((28, 1), (29, 0), (90, 0)):
        source = "the wall " * (tokens // 2) + "the " * (tokens % 2)
        assert len(character_edits(source, f"{source} the old wall")) == edits
