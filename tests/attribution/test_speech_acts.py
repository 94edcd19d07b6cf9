"""Acts of speech in small texts, through the whole pipeline: whose words these are, and how far."""

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

CASES = cases("speech_acts", "speech_acts-negative")


@pytest.fixture(scope="module")
def found(attributor: Attributor) -> dict[str, tuple[Quotation, ...]]:
    documents = [replace(document_of(case["text"]), id=case["label"]) for case in CASES]
    return {
        document.id: quotations
        for document, quotations in attributor.each(documents)
        if isinstance(quotations, tuple)
    }


@pytest.mark.weights
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_whose_words_and_how_far(
    case: dict[str, Any], found: dict[str, tuple[Quotation, ...]]
) -> None:
    text = case["text"]
    held = {
        tuple(span.of(text) for span in quotation.content): quotation
        for quotation in found[case["label"]]
    }
    if not case["expect"]:
        assert held == {}
    for expected in case["expect"]:
        content = tuple(expected["content"])
        assert content in held
        assert held[content].speaker == expected["speaker"]
        assert held[content].kind == expected.get("kind", held[content].kind)
