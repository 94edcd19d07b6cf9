"""The rules of attribution on stored parses: source, cue, content, kind, and which rule it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from quotecheck.attribution.attribute import needs_parse
from quotecheck.records.quotation import Attribution, outermost
from quotecheck.records.text import ParsedDocument, Sentence, Span, Token
from tests.support.cases import cases
from tests.support.store_parses import REMEDY, parsed
from tests.support.stored_quotations import bare, found_in

CASES = cases("attribution")
NEGATIVE = cases("attribution-negative")
KNOWN_FAILURES = cases("attribution-known-failures")


def words_of(text: str, spans: Sequence[Span]) -> list[str]:
    return [bare(span.of(text)) for span in spans]


def assert_as_expected(case: dict[str, Any], found: Sequence[Attribution]) -> None:
    text = case["text"]
    assert [words_of(text, a.content) for a in found] == [
        [bare(words) for words in expected["content"]] for expected in case["expect"]
    ]
    for attribution, expected in zip(found, case["expect"], strict=True):
        sources = [span.of(text) for span in attribution.source]
        assert sources == ([expected["source"]] if expected["source"] else [])
        if expected["kind"]:
            assert attribution.kind == expected["kind"]
        if expected["rule"]:
            assert attribution.rule == expected["rule"]
        if expected["cue"]:
            # The cue may take in its negation and its auxiliaries ("was said", "never said").
            assert expected["cue"] in " ".join(span.of(text) for span in attribution.cue)
        elif expected["kind"] in {"scare", "title"}:
            assert attribution.cue == ()
        if "via" in expected:
            assert [span.of(text) for span in attribution.via] == expected["via"]
        assert 0 < attribution.confidence <= 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_each_way_of_reporting_speech(case: dict[str, Any]) -> None:
    parse = parsed("attribution", case["label"])
    assert parse.text == case["text"], REMEDY
    assert_as_expected(case, found_in(parse))


@pytest.mark.parametrize("case", NEGATIVE, ids=lambda case: case["label"])
def test_what_looks_like_a_report_and_is_none(case: dict[str, Any]) -> None:
    parse = parsed("attribution-negative", case["label"])
    assert parse.text == case["text"], REMEDY
    assert_as_expected(case, found_in(parse))


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="each case says why")
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda case: case["label"])
def test_known_failures(case: dict[str, Any]) -> None:
    parse = parsed("attribution-known-failures", case["label"])
    assert_as_expected(case, found_in(parse))


def test_every_rule_has_a_case() -> None:
    held = {expected["rule"] for case in CASES for expected in case["expect"]}
    assert held >= {
        "headline", "turn", "relay", "scare", "title", "quoted:inverted", "quoted:subject-cue",
        "quoted:lead", "quoted:lead-verb", "quoted:dash", "quoted:added", "quoted:introduced",
        "quoted:orphan", "reported:clause", "reported:infinitive", "reported:object",
        "reported:as", "reported:noun", "reported:according",
    }  # fmt: skip


def test_contents_of_the_sample_lie_apart(
    stored_parse: Callable[[str, str], ParsedDocument],
) -> None:
    found = found_in(stored_parse("sample", "article"))
    contents = sorted(span for attribution in outermost(found) for span in attribution.content)
    assert all(not a.overlaps(b) for a, b in pairwise(contents))
    assert list(found) == sorted(found, key=lambda a: a.content[0])


def test_scare_quotes_and_titles_have_no_source(
    stored_parse: Callable[[str, str], ParsedDocument],
) -> None:
    found = found_in(stored_parse("sample", "article"))
    bare_ones = [a for a in found if a.kind in {"scare", "title"}]
    assert bare_ones
    assert all(a.source == () and a.cue == () for a in bare_ones)


def test_a_higher_minimum_leaves_only_surer_reports(
    stored_parse: Callable[[str, str], ParsedDocument],
) -> None:
    parse = stored_parse("sample", "article")
    few, many = found_in(parse, minimum=0.9), found_in(parse, minimum=0.2)
    assert len(few) < len(many)
    surest = [a for a in outermost(few) if a.rule.startswith("reported")]
    assert all(a.confidence >= 0.9 for a in surest)


def test_a_known_headline_needs_no_capitals() -> None:
    text = "Mayor says market must stay open\n\nThe stalls were full."
    parse = ParsedDocument(text, ())
    headline = Span(0, text.index("\n"))
    assert found_in(parse) == ()
    capital = "Mayor Says Market Must Stay Open\n\nThe stalls were full."
    (attribution,) = found_in(ParsedDocument(capital, ()), headline=headline)
    assert attribution.rule == "headline"
    assert attribution.content[0].of(capital) == "Market Must Stay Open"


def test_a_headline_with_a_mark_of_markdown_is_read_once() -> None:
    text = "# Oyelaran: Kiln Is Cold\n\nThe stalls were full."
    found = found_in(ParsedDocument(text, ()), headline=Span(2, text.index("\n")))
    assert [[span.of(text) for span in a.source] for a in found] == [["Oyelaran"]]


def test_unparsed_sentences_still_give_what_marks_and_order_tell() -> None:
    """Without a tree the words around the marks are enough for "said Oyelaran"."""
    parse = parsed("attribution", "the verb before its subject names the source")
    flat = tuple(
        replace(s, parsed=False, tokens=tuple(replace(t, head=-1, deprel="") for t in s.tokens))
        for s in parse.sentences
    )
    (attribution,) = found_in(ParsedDocument(parse.text, flat))
    assert attribution.source[0].of(parse.text) in {"Marta", "Marta Oyelaran"}
    assert attribution.cue[0].of(parse.text) == "said"


def sentence(*words: tuple[str, str, str]) -> Sentence:
    """A sentence of (word, lemma, UPOS), a space between the words, not parsed."""
    tokens, at = [], 0
    for word, lemma, upos in words:
        tokens.append(Token(at, at + len(word), word, lemma, upos, "", "", -1, ""))
        at += len(word) + 1
    return Sentence(Span(0, at - 1), tuple(tokens), (), parsed=False)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([("She", "she", "PRON"), ("said", "say", "VERB"), ("no", "no", "INTJ")], True),
        ([("According", "accord", "VERB"), ("to", "to", "ADP"), ("her", "she", "PRON")], True),
        ([("“", "“", "PUNCT"), ("Clay", "clay", "NOUN"), ("”", "”", "PUNCT")], True),
        ([("It", "it", "PRON"), ("rained", "rain", "VERB"), ("today", "today", "NOUN")], False),
    ],
)
def test_only_sentences_that_may_report_are_parsed(
    words: list[tuple[str, str, str]], wanted: bool
) -> None:
    assert needs_parse(sentence(*words)) is wanted
