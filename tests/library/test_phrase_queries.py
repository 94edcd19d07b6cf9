"""Which phrases of a quotation are asked for, and in what order."""

from __future__ import annotations

import math
import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from quotecheck.library.passage_index import search_terms
from quotecheck.library.phrase_queries import extended, grams, pairs, single

COMMON = {"the": 900_000, "of": 800_000, "and": 850_000, "we": 300_000}
TOTAL = math.log(1_000_001)
QUOTE = search_terms("The challenge of the greatest harbour and the ferrymen of Norrvik")
COUNTS = COMMON | {
    "challenge": 9_000, "greatest": 12_000, "harbour": 700, "ferrymen": 40, "norrvik": 3,
}  # fmt: skip


def frequency(term: str) -> int:
    return COUNTS.get(term, 0)


def test_telling_words_are_asked_for_over_the_function_words_between_them() -> None:
    found = grams(QUOTE, frequency, TOTAL)
    best = found[0]
    assert {QUOTE[k] for k in best.places} <= {"harbour", "ferrymen", "norrvik"}
    assert best.query.startswith("NEAR(")
    assert best.work < 100_000
    slow = next(gram for gram in found if gram.query == '"challenge of the"')
    assert slow.work > 1_000_000
    assert found.index(slow) > found.index(best)


def test_a_word_that_was_changed_can_be_passed_over() -> None:
    places = {gram.places for gram in grams(QUOTE, frequency, TOTAL)}
    challenge, harbour = QUOTE.index("challenge"), QUOTE.index("harbour")
    assert (challenge, harbour) in places


def test_words_that_the_library_does_not_hold_are_in_no_phrase() -> None:
    terms = ["velvet", "harbour", "velvet", "norrvik"]
    assert all("velvet" not in gram.query for gram in grams(terms, frequency, TOTAL))


def test_a_phrase_grows_by_a_telling_word_on_either_side() -> None:
    harbour = single(QUOTE, QUOTE.index("harbour"), frequency, TOTAL)
    assert harbour.query == '"harbour"'
    longer = [gram.query for gram in extended(harbour, QUOTE, frequency, TOTAL)]
    assert [sorted(search_terms(query.split(", ")[0])) for query in longer] == [
        ["ferrymen", "harbour", "near"], ["greatest", "harbour"],
    ]  # fmt: skip


def test_pairs_share_no_word_and_read_no_long_lists() -> None:
    some = [single(QUOTE, QUOTE.index(w), frequency, TOTAL) for w in ("harbour", "norrvik")]
    slow = next(g for g in grams(QUOTE, frequency, TOTAL) if g.query == '"of the greatest"')
    assert list(pairs([*some, slow], QUOTE)) == ['"harbour" AND "norrvik"']
    assert list(pairs([some[0], some[0]], QUOTE)) == []


@given(st.lists(st.sampled_from([*COUNTS, "near", "and", "not", "or", "é", "42"]), max_size=12))
def test_every_query_is_one_that_sqlite_reads(words: list[str]) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (text)")
    db.execute("INSERT INTO t VALUES ('the harbour and the ferrymen')")
    terms = search_terms(" ".join(words))
    found = grams(terms, lambda _: 5, TOTAL)
    for gram in found:
        assert list(gram.places) == sorted(set(gram.places))
        db.execute("SELECT rowid FROM t WHERE t MATCH ?", (gram.query,)).fetchall()
        for longer in extended(gram, terms, lambda _: 5, TOTAL):
            db.execute("SELECT rowid FROM t WHERE t MATCH ?", (longer.query,)).fetchall()
    for query in pairs(found, terms):
        db.execute("SELECT rowid FROM t WHERE t MATCH ?", (query,)).fetchall()
    db.close()
