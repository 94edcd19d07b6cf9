"""Readings of an attribution, the trees that weigh them, and whether confidence keeps its word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.attribution.candidate_selection import ScoredCandidate, by_rank, select_compatible
from quotecheck.attribution.candidates import Candidate, generate_candidates, overlap_share, shared
from quotecheck.attribution.text_view import TextView
from quotecheck.evaluation.metrics.calibration import reliability
from quotecheck.records.quotation import Attribution
from quotecheck.records.span_tags import TaggedDocument, TaggedSpan
from quotecheck.records.text import ParsedDocument, Span
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

TEXT = "The mayor said the bridge was “safe enough” to use."


def page_of(text: str) -> TextView:
    blocks = paragraphs(text)
    return TextView(ParsedDocument(text, ()), quoted_passages(text, blocks), blocks)


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def attribution(content: str, source: str = "", cue: str = "said") -> Attribution:
    return Attribution(
        content=(place(content),),
        cue=(place(cue),) if cue else (),
        source=(place(source),) if source else (),
        kind="mixed",
        rule="reported:clause",
        confidence=0.5,
    )


def tagged() -> TaggedDocument:
    return TaggedDocument(
        sources=(TaggedSpan("source", place("The mayor"), 0.9, ((0, 0.9),)),),
        cues=(TaggedSpan("cue", place("said"), 0.9),),
        contents=(TaggedSpan("content", place("the bridge was “safe"), 0.8, ((0, 0.9),)),),
    )


def test_readings_mix_what_rule_and_tagger_say():
    rules = [attribution("the bridge was “safe enough” to use")]
    found = {
        (p.attribution.content[0].of(TEXT), len(p.attribution.source))
        for p in generate_candidates(page_of(TEXT), rules, tagged())
    }
    assert ("the bridge was “safe enough” to use", 1) in found  # rule's content, tagger's source
    assert ("the bridge was “safe", 1) in found
    assert ("the bridge was “safe enough”", 1) in found  # marks made whole
    assert ("the bridge was “safe enough” to use", 0) in found


def test_no_reading_overlaps_itself():
    rules = [attribution("said the bridge", cue="")]
    candidates = list(generate_candidates(page_of(TEXT), rules, tagged()))
    assert candidates
    for candidate in candidates:
        one = candidate.attribution
        assert not shared(one.content, one.cue)
        assert not shared(one.content, one.source)


def judge(one: Attribution, right: float, exact: float = 0.0) -> ScoredCandidate:
    return ScoredCandidate(Candidate(one, None, None, None), right, exact, right)


def test_the_best_readings_stand_together():
    whole = judge(attribution("the bridge was “safe enough” to use", "The mayor"), 0.9)
    part = judge(attribution("the bridge", "The mayor"), 0.8)
    other = judge(attribution("the bridge was “safe enough” to use"), 0.3)
    ((kept, runner_up),) = select_compatible(by_rank([other, part, whole]), 0.4)
    assert kept is whole
    assert runner_up is other
    assert select_compatible([whole], 0.95) == []


spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda x: Span(x[0], x[0] + x[1])),
    max_size=3,
)


@given(spans, spans)
def test_shares_are_symmetric(left, right):
    assert shared(left, right) == shared(right, left)
    assert overlap_share(left, right) == overlap_share(right, left)


def test_reliability_of_honest_and_of_boasting_answers():
    honest = [(0.75, n % 4 != 0) for n in range(400)]
    assert reliability(honest)["ece"] == 0.0
    boasting = [(0.95, n % 2 == 0) for n in range(100)]
    assert reliability(boasting)["ece"] == pytest.approx(0.45)
    assert reliability([]) == {"ece": 0.0, "answers": 0, "bins": []}
