"""One confidence for the whole answer, and what becomes of a name that is not likely enough."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotecheck.pipeline.answer_confidence import undecided, with_least
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


@pytest.mark.parametrize(
    ("least", "left"), [(0.0, ["Ada Brill"]), (0.5, ["Ada Brill"]), (0.7, [None]), (0.73, [])]
)
def test_a_name_less_sure_than_asked_is_not_given(least: float, left: list[str | None]) -> None:
    assert [one.speaker for one in with_least([NAMED], least)] == left
