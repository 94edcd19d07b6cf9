"""Speech within speech in small texts, through the whole pipeline: who tells what of whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotecheck.reading.documents import document_of
from tests.support.cases import cases

if TYPE_CHECKING:
    from typing import Any

    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.quotation import Quotation

NESTED = cases("nested_speech")
FLAT = cases("nested_speech-negative")


@pytest.fixture(scope="module")
def found(attributor: Attributor) -> dict[str, tuple[Quotation, ...]]:
    documents = [replace(document_of(case["text"]), id=case["label"]) for case in [*NESTED, *FLAT]]
    return {
        document.id: quotations
        for document, quotations in attributor.each(documents)
        if isinstance(quotations, tuple)
    }


@pytest.mark.weights
@pytest.mark.parametrize("case", NESTED, ids=lambda case: case["label"])
def test_who_tells_what_of_whom(
    case: dict[str, Any], found: dict[str, tuple[Quotation, ...]]
) -> None:
    text = case["text"]
    held = {tuple(s.of(text) for s in one.content): one for one in found[case["label"]]}
    for expected in case["expect"]:
        content = tuple(expected["content"])
        assert content in held, list(held)
        one = held[content]
        if not expected.get("any_speaker") and not (expected.get("or_null") and not one.speaker):
            assert one.speaker == expected["speaker"]
        within = expected["within"] and tuple(expected["within"])
        assert (tuple(s.of(text) for s in one.parent) or None) == within
        assert one.kind == expected.get("kind", one.kind)
        assert one.facts.negated == expected.get("negated", one.facts.negated)
        assert one.facts.modality == expected.get("modality", one.facts.modality)
        outer = held.get(within) if within else None
        if outer is not None and isinstance(outer.speaker, str):
            assert (outer.speaker in one.via) == (one.speaker != outer.speaker)
            assert one.parent_number == outer.number


@pytest.mark.weights
@pytest.mark.parametrize("case", FLAT, ids=lambda case: case["label"])
def test_what_is_one_report_alone(
    case: dict[str, Any], found: dict[str, tuple[Quotation, ...]]
) -> None:
    text = case["text"]
    held = {tuple(s.of(text) for s in one.content): one for one in found[case["label"]]}
    assert [one.text for one in held.values() if one.parent] == []
    for expected in case["expect"]:
        content = tuple(expected["content"])
        assert content in held, list(held)
        speaker = expected["speaker"]
        assert held[content].speaker == (tuple(speaker) if isinstance(speaker, list) else speaker)
