"""Quotations that are cut, joined, bracketed, hyphenated, very short and very long."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.checking.checker import Checker, check_quote
from quotecheck.comparison.words import quotation_words
from quotecheck.evaluation.synthetic.misquotes import KINDS, plant, recombined, sentences_of
from quotecheck.library.library import Library
from quotecheck.library.passage_index import CandidateIndex, search_terms
from quotecheck.records.document import Segment
from tests.support.documents import document, fill
from tests.support.prose import prose

TEXTS = {f"d{seed}": prose(seed) for seed in range(8)}
PLAY = (
    "NORRAN: 3:16 was the verse, she said. (LAUGHTER) The colla-\nbo­ration of the mills [of the "
    "north] was never cheap, and the miller's daughter kept the ledger.\n\n"
    "VANE: (CROSSTALK) The dam will hold until the thaw, whatever the council says of it."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [document(key, text, date="2001") for key, text in TEXTS.items()]
    at = PLAY.index("VANE")
    turns = (Segment(8, at - 2, "Norran"), Segment(at + 6, len(PLAY), "Vane"))
    documents.append(document("play", PLAY, segments=turns))
    with fill(tmp_path_factory.mktemp("spans") / "sources.db", documents) as library:
        yield library


@pytest.mark.parametrize(
    ("quote", "verdict", "origin"),
    [
        ("The collaboration of the mills was never cheap", "typographic",
         "The colla- bo­ration of the mills [of the north] was never cheap"),
        ("of the mills [of the north] was never cheap", "verbatim",
         "of the mills [of the north] was never cheap"),
        ("NORRAN: 3:16 was the verse, she said. (LAUGHTER) The colla-\nbo­ration", "verbatim",
         "3:16 was the verse, she said. (LAUGHTER) The colla- bo­ration"),
        ("The dam will hold [applause] until the thaw", "verbatim",
         "The dam will hold until the thaw"),
        ("The dam will hold [firm] until the thaw", "altered",
         "The dam will hold until the thaw"),
        ("the miller's daughter … the dam will hold", "truncated", None),
    ],
)  # fmt: skip
def test_what_is_not_spoken_is_no_edit(
    library: Library, quote: str, verdict: str, origin: str | None
) -> None:
    check = check_quote(library, quote)
    if origin is None:
        assert check.verdict in ("truncated", "spliced")
        return
    assert (check.verdict, check.origin_text) == (verdict, origin), check
    assert check.spans[0].of(PLAY).split() == origin.split()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 40), st.integers(2, 12), st.data())
def test_an_ellipsis_joins_what_stands_apart(
    library: Library, key: str, first: int, apart: int, data: st.DataObject
) -> None:
    """Two stretches of one text with an ellipsis between them: both places, and their words."""
    text = TEXTS[key]
    places = sentences_of(text)
    one, two = places[first], places[first + apart]
    quote = f"{text[one[0] : one[1] - 1]} … {text[two[0] : two[1]]}"
    check = Checker(library).check(quote)
    assert check.document == key
    held = " ".join(span.of(text) for span in check.spans)
    assert text[one[0] : one[1] - 1] in held
    assert text[two[0] : two[1] - 1] in held
    assert check.verdict in ("truncated", "spliced")
    assert all(0 <= span.start < span.end <= len(text) for span in check.spans)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(sorted(TEXTS)), min_size=2, max_size=2, unique=True),
       st.integers(0, 50), st.integers(0, 50))  # fmt: skip
def test_a_splice_of_two_documents_has_both_places(
    library: Library, keys: list[str], i: int, j: int
) -> None:
    (a, b), (c, d) = sentences_of(TEXTS[keys[0]])[i], sentences_of(TEXTS[keys[1]])[j]
    one, two = TEXTS[keys[0]][a:b], TEXTS[keys[1]][c:d]
    check = Checker(library).check(f"{one} {two}")
    assert check.verdict == "spliced"
    assert len(check.spans) == 2
    assert check.document == keys[0]
    assert check.spans[0].of(TEXTS[keys[0]]) == one[:-1]
    assert check.spans[1].of(TEXTS[keys[1]]) == two[:-1]


@pytest.mark.parametrize("words", [2, 3, 4])
def test_short_phrases_are_found_as_they_stand_or_not_at_all(library: Library, words: int) -> None:
    text = TEXTS["d3"].split()
    at = next(k for k, word in enumerate(text) if word.startswith("pier3x17"))
    phrase = " ".join(text[at - words + 2 : at + 2]).strip(".")
    check = check_quote(library, phrase)
    assert (check.verdict, check.document) == ("verbatim", "d3")
    other = " ".join([*phrase.split()[:-1], "velvet"])
    assert check_quote(library, other).verdict == "not_found"


def test_very_long_quotations_are_found_by_their_parts(library: Library) -> None:
    text = TEXTS["d5"]
    check = check_quote(library, text)
    assert (check.verdict, check.document) == ("verbatim", "d5")
    assert check.spans[0].of(text) == text[:-1]
    changed = text.replace("near pier5x31 again", "near pier5x31 never")
    check = check_quote(library, changed)
    assert (check.verdict, check.severity) == ("altered", "meaning")
    assert [(edit.before, edit.after) for edit in check.edits] == [("again", "never")]


def test_planted_quotations_are_told_right(library: Library) -> None:
    """All kinds in turn; the words are few here, so a change may make another quotation."""
    cases = list(plant(list(TEXTS.items()), [], 150, seed=2))
    kinds = {case.kind for case in cases}
    assert kinds == {*KINDS, "long", "joined"} - {"a number changed", "clauses turned round"} - (
        {"a negation put in"}
    )
    assert cases == list(plant(list(TEXTS.items()), [], 150, seed=2))
    checker = Checker(library)
    checks = [checker.check(case.quote) for case in cases]
    found = [
        check.document == case.document for check, case in zip(checks, cases, strict=True)
        if case.kind != "phrase of two to four words"
    ]  # fmt: skip
    assert sum(found) >= 0.95 * len(found)


def test_recombined_text_is_made_of_real_stretches() -> None:
    sentences = [TEXTS["d1"][a:b] for a, b in sentences_of(TEXTS["d1"])]
    text = recombined(sentences, random.Random(4), 2_000)
    assert text == recombined(sentences, random.Random(4), 2_000)
    known = {tuple(s.lower().strip(".").split()[k : k + 2]) for s in sentences for k in range(14)}
    told = [s.lower().strip(" .").split() for s in text.split(".") if s.strip()]
    pairs = [tuple(words[k : k + 2]) for words in told for k in range(len(words) - 1)]
    assert sum(pair in known for pair in pairs) > 0.6 * len(pairs)


def test_candidates_of_common_phrases_are_those_that_have_two(library: Library) -> None:
    index = CandidateIndex(library.db.conn)
    terms = search_terms(TEXTS["d2"][:120])
    rows = index.candidates_by_terms([terms])
    assert index.fetch(rows[:1])[0].document == str(
        library.db.execute("SELECT id FROM documents WHERE key = 'd2'").fetchone()[0]
    )
    assert index.rank_by_overlap(terms, rows, 1) == rows[:1]


def test_insertions_in_brackets_stay_insertions() -> None:
    words = quotation_words("We will [exit polls] go (NATO) on [laughter] (Applause.) again")
    assert words.forms == ("we", "will", "exit", "polls", "go", "nato", "on", "again")
    assert sorted(words.bracketed) == [2, 3]
