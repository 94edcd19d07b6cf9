"""Who speaks in small dialogues, through the whole pipeline: a name where it is sure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotecheck.reading.documents import document_of
from quotecheck.records.text import Span
from tests.support.cases import cases

if TYPE_CHECKING:
    from typing import Any

    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.quotation import Quotation

CASES = cases("dialogue")
FAILURES = cases("dialogue-known-failures")


@pytest.fixture(scope="module")
def found(attributor: Attributor) -> dict[str, tuple[Quotation, ...]]:
    documents = [
        replace(document_of(case["text"]), id=case["label"]) for case in (*CASES, *FAILURES)
    ]
    return {
        document.id: quotations
        for document, quotations in attributor.each(documents)
        if isinstance(quotations, tuple)
    }


@pytest.mark.weights
@pytest.mark.parametrize(
    "case",
    [
        *CASES,
        *(pytest.param(c, marks=pytest.mark.xfail(reason="is still wrong")) for c in FAILURES),
    ],
    ids=lambda case: case["label"],
)
def test_who_speaks(case: dict[str, Any], found: dict[str, tuple[Quotation, ...]]) -> None:
    text, place = case["text"], 0
    for expected in case["expect"]:
        start = text.index(expected["content"], place)
        place = start + len(expected["content"])
        speakers = {
            quotation.speaker
            for quotation in found[case["label"]]
            if not quotation.parent
            and any(span.overlaps(Span(start, place)) for span in quotation.content)
        } - {None}
        allowed = {expected["speaker"]} - {None}
        assert speakers <= allowed, expected["content"]
        if not expected.get("or_null"):
            assert speakers == allowed, expected["content"]


@pytest.mark.weights
def test_most_lines_without_a_clause_are_named(found: dict[str, tuple[Quotation, ...]]) -> None:
    """Of the lines where a name or nobody is right, a fair share is given the name."""
    named = asked = 0
    for case in CASES:
        text, place = case["text"], 0
        for expected in case["expect"]:
            start = text.index(expected["content"], place)
            place = start + len(expected["content"])
            if expected.get("or_null"):
                asked += 1
                named += any(
                    quotation.speaker is not None and quotation.content[0].start == start
                    for quotation in found[case["label"]]
                )
    assert named >= asked / 3
