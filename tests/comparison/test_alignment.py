from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.comparison.alignment import Anchors, align
from quotecheck.comparison.word_alignment import alike
from quotecheck.comparison.words import quotation_words, source_words
from tests.support.prose import COMMON, NOUNS


def weight(form: str) -> float:
    return 1.0 if form in COMMON else 6.0


sources = st.lists(st.sampled_from(NOUNS + COMMON * 3), min_size=30, max_size=120)


@given(sources, st.data())
def test_a_planted_quotation_is_found_where_it_stands(
    source: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(source) - 1))
    planted = ["zebra", "violin", "saffron", "walnut", "comet", "velvet"]
    text = " ".join([*source[:first], *planted, *source[first:]])
    found = align(quotation_words(" ".join(planted)), source_words(text), weight)
    assert found is not None
    assert found.share == 1.0
    words = source_words(text)
    span = words.span(found.first, found.last)
    assert span.of(text) == " ".join(planted)


@settings(deadline=2000)
@given(sources, sources)
def test_blocks_cover_the_quotation_in_order(source: list[str], quote: list[str]) -> None:
    quoted, words = quotation_words(" ".join(quote)), source_words(" ".join(source))
    found = align(quoted, words, weight)
    if found is None:
        assert not {w for w in quote if w not in COMMON} & set(source)
        return
    at_b, at_a = 0, found.first
    for block in found.blocks:
        assert (block.b0, block.a0) == (at_b, at_a)
        at_b, at_a = block.b1, block.a1
        a, b = words.forms[block.a0 : block.a1], quoted.forms[block.b0 : block.b1]
        assert (block.op == "equal") == (a == b)
        assert (block.op == "delete") == (not b)
        assert (block.op == "insert") == (not a)
    assert at_b == len(quoted)
    assert at_a == found.last
    assert found.blocks[0].op != "delete" != found.blocks[-1].op
    assert 0 <= found.matched <= found.total + 1e-9


@settings(deadline=2000)
@given(sources, sources, st.integers(0, 120))
def test_two_halves_are_worth_no_less_than_the_whole_less_its_links(
    source: list[str], quote: list[str], cut: int
) -> None:
    quoted = quotation_words(" ".join(quote))
    anchors = Anchors(quoted, source_words(" ".join(source)), [weight(f) for f in quoted.forms])
    cut = min(cut, len(quoted))
    assert anchors.before(len(quoted)) == pytest.approx(anchors.score)
    assert anchors.after(0) == pytest.approx(anchors.score)
    assert anchors.before(0) == anchors.after(len(quoted)) == 0
    assert anchors.before(cut) <= anchors.score + 1e-9
    assert anchors.after(cut) <= anchors.score + 1e-9


def test_a_repeated_phrase_is_not_stretched_over_both_places() -> None:
    text = "The mill waits. The gate is shut and the mill waits for the tide."
    words = source_words(text)
    found = align(quotation_words("the mill waits for the tide"), words, weight)
    assert found is not None
    assert words.span(found.first, found.last).of(text) == "the mill waits for the tide"


def test_misread_and_divided_words_find_their_like() -> None:
    words = source_words("The council thanked the harbour pilot yesterday.")
    found = align(quotation_words("The c0uncil thanked the har- bour pil0t"), words, weight)
    assert found is not None
    assert found.share == 1.0


def test_numbers_are_equal_or_nothing() -> None:
    assert alike("43", "33") == 0.0
    assert alike("43", "43") == 1.0
    assert alike("ok", "okay") == 1.0
    assert alike("don't", "dont") == 1.0


def test_nothing_shared_gives_none() -> None:
    assert align(quotation_words("velvet comet"), source_words("the mill waits"), weight) is None
    assert align(quotation_words("velvet"), source_words(""), weight) is None


def test_one_word_before_or_after_an_ellipsis_is_found() -> None:
    words = source_words("There is no way, in the moment, that you have to mend every gate today.")
    for quote in ("There … you have to mend every gate", "you have to mend … today"):
        found = align(quotation_words(quote), words, weight)
        assert found is not None
        assert {block.op for block in found.blocks} == {"equal", "delete"}


@pytest.mark.parametrize(
    "quote", ["all … the world mends", "all the … world mends", "all the people … world mends"]
)
def test_what_is_left_out_stands_where_the_ellipsis_is(quote: str) -> None:
    words = source_words("Let all the people of the world mends gates.")
    quoted = quotation_words(quote)
    found = align(quoted, words, weight)
    assert found is not None
    gone = [block for block in found.blocks if block.op == "delete"]
    assert [block.b0 for block in gone] == sorted(quoted.gaps)
    kept = [w for b in found.blocks if b.op == "equal" for w in words.forms[b.a0 : b.a1]]
    assert tuple(kept) == quoted.forms
