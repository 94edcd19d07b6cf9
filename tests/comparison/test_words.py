from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.comparison.words import fold, join, quotation_words, source_words
from quotecheck.records.text import Span

ANYTHING = st.text(max_size=300) | st.text(alphabet="aB'’.-…[]() :\n1,0é", max_size=200)


@given(ANYTHING)
def test_every_word_stands_where_it_says(text: str) -> None:
    for words in (source_words(text), quotation_words(text)):
        places = list(zip(words.starts, words.ends, strict=True))
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))
    words = source_words(text, offset=100)
    for form, start, end in zip(words.forms, words.starts, words.ends, strict=True):
        assert fold(text[start - 100 : end - 100]) == form


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("AMADI: The lock is sound.", "the lock is sound"),
        ("It held. (LAUGHTER AND APPLAUSE) KOSS: It did.", "it held it did"),
        ("It held [laughter], it did (inaudible) hold.", "it held it did hold"),
        ("3:16 The lock held.\n3:17 The wall held.", "the lock held the wall held"),
        ("The lock held.\n 27 \nThe wall held.", "the lock held the wall held"),
        ("The _old_ lock of *1861*", "the old lock of 1861"),
        ("the end (which nobody saw) of it", "the end which nobody saw of it"),
        ("at 3:16 in the morning", "at 3:16 in the morning"),
        ("620,000 tons, 1.5 miles, 5%", "620000 tons 1.5 miles 5 percent"),
        ("donâ€™t В– go", "don't go"),
        ("Remember: the lock", "remember the lock"),
    ],
)
def test_what_was_not_spoken_is_passed_over(text: str, spoken: str) -> None:
    assert " ".join(source_words(text).forms) == spoken


def test_stretches_between_turns_are_passed_over() -> None:
    text = "Osric Vane\nThe river waits."
    words = source_words(text, skip=[Span(0, 11)])
    assert words.forms == ("the", "river", "waits")


def test_ellipses_and_brackets_of_a_quotation_are_noted() -> None:
    words = quotation_words("… [T]he river . . . waits [for us] [...] now.")
    assert words.forms == ("the", "river", "waits", "for", "us", "now")
    assert words.gaps == {0, 2, 5}
    assert words.bracketed == {3, 4}


def test_neighbouring_pieces_are_read_as_one() -> None:
    text = "The river waits. The dam does not."
    whole = source_words(text)
    pieces = [source_words(text[:16]), source_words(text[4:], offset=4)]
    assert join(pieces).forms == whole.forms
    assert join(pieces).starts == whole.starts
