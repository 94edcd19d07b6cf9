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
        ("five per cent, per  Cent. per cents", "five percent percent per cents"),
        ("was in 't, was in the tent", "was in't was in the tent"),
        ("so_called and so-called, well.(sic) ok", "so called and so called well ok"),
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


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("$4.3 billion, US$500", "$ 4.3 billion us $ 500"),
        ("-3 or −3 or –3, 3-2, 3–2", "minus 3 or minus 3 or minus 3 3-2 3-2"),
        ("1,200,000 and 12,34,567 and .5", "1200000 and 1234567 and 0.5"),
        ("6:30 p.m., 1/2, ½, 2½", "6:30 p m 1/2 1/2 2+1/2"),
        ("12 per cent, 12 Per Cent, 12%", "12 percent 12 percent 12 percent"),
        ("30°C", "30 degrees c"),
        ("10-year-old, 8th, 4.3bn", "10 year old 8th 4.3bn"),
        ("the rule¹ of 1990²", "the rule of 1990"),
        ("A$AP and Ke$ha", "a ap and ke ha"),
        ("6:30 PM is late", "6:30 pm is late"),
        ("resolution 217 (VII)", "resolution 217 vii"),
        ("the Treaty (CTBT) of 1996", "the treaty ctbt of 1996"),
    ],
)
def test_numbers_and_their_marks(text: str, forms: str) -> None:
    assert " ".join(source_words(text).forms) == forms
    assert " ".join(quotation_words(text).forms) == forms


def test_raw_text_keeps_its_places() -> None:
    text = "It cost 5 (LAUGHTER) million dollars."
    words = join([source_words(text[:20], offset=10), source_words(text[21:], offset=31)])
    raw = words.raw(10, 10 + len(text))
    assert len(raw) == len(text)
    assert raw.split() == ["It", "cost", "5", "million", "dollars."]
    assert raw.index("million") == text.index("million")
