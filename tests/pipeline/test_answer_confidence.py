"""One confidence for the whole answer, and what becomes of a name that is not likely enough."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from quotecheck.pipeline.answer_confidence import (
    LEAST_NAME,
    answer_features,
    undecided,
    with_confidence,
    with_least,
)
from quotecheck.records.quotation import ConfidenceParts, Quotation, Speaker
from quotecheck.records.text import Span

NAMED = Quotation(
    (Span(0, 9),), (Span(10, 14),), (Span(15, 17),), "direct", "r", 0.9 * 0.8 * 0.75,
    speakers=(Speaker("Ada Brill", role="clerk"),), role="clerk", source_form="pronoun",
    candidates=(("Ada Brill", 0.7), ("Ines Calder", 0.2)),
    confidence_parts=ConfidenceParts(0.9, 0.8, 0.75),
)  # fmt: skip


def test_an_undecided_name_is_the_first_candidate() -> None:
    one = undecided(NAMED)
    assert one.speaker is None
    assert one.role is None
    assert one.candidates == (("Ada Brill", 0.75), ("Ines Calder", 0.2))
    assert one.confidence == pytest.approx(0.72)
    assert one.confidence_parts == ConfidenceParts(0.9, 0.8, None)
    assert undecided(one) == one


def test_who_is_described_stays_described() -> None:
    joint = replace(NAMED, speakers=(*NAMED.speakers, Speaker(None, description="a porter")))
    assert [s.description for s in undecided(joint).speakers] == ["a porter"]


def test_a_noun_that_stood_for_a_name_is_a_description() -> None:
    one = undecided(replace(NAMED, speakers=(Speaker("porter", label="organisation"),)))
    assert [(s.name, s.description) for s in one.speakers] == [(None, "porter")]
    assert [name for name, _ in one.candidates] == ["Ada Brill", "Ines Calder"]


@pytest.mark.parametrize(
    ("least", "left"), [(0.0, ["Ada Brill"]), (0.5, ["Ada Brill"]), (0.7, [None]), (0.73, [])]
)
def test_a_name_less_sure_than_asked_is_not_given(least: float, left: list[str | None]) -> None:
    assert [one.speaker for one in with_least([NAMED], least)] == left


def said(at: int, confidence: float, chance: float | None, **more: Any) -> Quotation:
    speakers = () if chance is None else (Speaker("Ada Brill", probability=chance),)
    fields: dict[str, Any] = {"source": (Span(at + 5, at + 8),), "source_form": "pronoun"}
    fields |= {"kind": "direct", "rule": "r"} | more
    return Quotation(
        (Span(at, at + 4),), (Span(at + 9, at + 12),),
        confidence=confidence, speakers=speakers, **fields,
    )  # fmt: skip


def test_the_parts_make_the_confidence() -> None:
    found = [said(20 * n, chance, chance) for n, chance in enumerate((0.05, 0.3, 0.6, 0.9, 1.0))]
    found.append(said(200, 0.9, None))
    for one in with_confidence(found):
        parts = one.confidence_parts
        assert parts is not None
        whole = parts.span * parts.source * (1.0 if parts.name is None else parts.name)
        assert one.confidence == pytest.approx(whole)
        assert 0 < one.confidence < 1
        assert (parts.name is None) == (one.speaker is None)


def test_speech_within_speech_is_no_surer_than_what_it_was_read_from() -> None:
    outer, alone = said(0, 0.7, 0.98), said(60, 0.95, 0.98)
    inner = replace(alone, parent=outer.content)
    first, second = (one.confidence_parts for one in with_confidence([outer, inner]))
    assert first is not None
    assert second is not None
    assert second.name is not None
    assert second.span < first.span < 1.0
    bounded = with_confidence([outer, inner])[1]
    assert bounded.speaker == "Ada Brill"
    assert bounded.confidence == pytest.approx(second.span * second.source * second.name)


def test_marks_that_hold_no_speech_keep_their_confidence() -> None:
    (one,) = with_confidence([said(0, 0.6, None, kind="scare")])
    assert one.confidence == 0.6
    assert one.confidence_parts == ConfidenceParts(0.6, 1.0)


def test_a_name_that_is_not_likely_enough_is_a_candidate() -> None:
    (one,) = with_confidence([said(0, 0.9, 0.05)])
    assert one.speaker is None
    ((name, chance),) = one.candidates
    assert name == "Ada Brill"
    assert chance < LEAST_NAME


def test_a_sure_name_behind_a_doubtful_source_is_a_candidate() -> None:
    (one,) = with_confidence([said(0, 0.1, 0.6)])
    assert one.confidence_parts is not None
    assert one.speaker is None
    for one in with_confidence(
        [said(20 * n, n / 10, c / 10) for n in range(11) for c in range(11)]
    ):
        parts = one.confidence_parts
        assert parts is not None
        assert parts.name is None or parts.source * parts.name >= LEAST_NAME


def test_a_surer_reading_and_a_surer_name_make_a_surer_answer() -> None:
    low, high = with_confidence([said(0, 0.9, 0.9), said(20, 0.9, 0.98)])
    assert low.confidence < high.confidence
    low, high = with_confidence([said(0, 0.7, 0.98), said(20, 0.95, 0.98)])
    assert low.confidence < high.confidence


def test_the_models_are_told_of_the_text_and_of_the_answer() -> None:
    bare = said(40, 0.9, None, source=(), source_form="none")
    told = answer_features([said(0, 0.9, 1.0, source_form="name"), bare])
    assert {one["share bare"] for one in told} == {0.5}
    assert told[0]["certain, by name"] == 1.0
    assert "name" not in told[0]
    assert told[1]["no source"] == 1.0
    assert with_confidence([]) == ()
