"""Whole articles of many kinds, through the whole pipeline: who says what, and in what role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotecheck.language.quotation_characters import ANY_MARK
from quotecheck.reading.documents import document_of
from tests.support.cases import cases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.quotation import Quotation

CASES = cases("articles")
KNOWN_FAILURES = cases("articles-known-failures")


@pytest.fixture(scope="module")
def found(attributor: Attributor) -> dict[str, tuple[Quotation, ...]]:
    texts = {case["text"] for case in (*CASES, *KNOWN_FAILURES)}
    documents = [replace(document_of(text), id=text) for text in sorted(texts)]
    return {
        document.id: quotations
        for document, quotations in attributor.each(documents)
        if isinstance(quotations, tuple)
    }


def assert_as_expected(case: dict[str, Any], quotations: Sequence[Quotation]) -> None:
    for expected in case["expect"]:
        words = expected["content"]
        place = case["text"].index(words) + (words[0] in ANY_MARK)
        holding = [
            quotation
            for quotation in quotations
            if quotation.is_speech and any(s.start <= place < s.end for s in quotation.content)
        ]
        assert holding, words
        innermost = min(holding, key=lambda one: sum(s.end - s.start for s in one.content))
        names = innermost.speaker
        given = list(names) if isinstance(names, tuple) else names
        no_name = expected.get("or_null") and given is None
        assert given == expected["speaker"] or no_name, words
        if "role" in expected:
            assert (innermost.role or "").lower() == expected["role"].lower(), words


@pytest.mark.weights
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_who_says_what(case: dict[str, Any], found: dict[str, tuple[Quotation, ...]]) -> None:
    assert_as_expected(case, found[case["text"]])


@pytest.mark.weights
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="each case says why")
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda case: case["label"])
def test_known_failures(case: dict[str, Any], found: dict[str, tuple[Quotation, ...]]) -> None:
    assert_as_expected(case, found[case["text"]])
