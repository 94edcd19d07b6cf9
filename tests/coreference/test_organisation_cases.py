"""Bodies, groups, documents, bystanders and roles in small texts, through the whole pipeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotecheck.language.register_names import names_members_of_party
from quotecheck.reading.documents import document_of
from tests.support.cases import cases
from tests.support.stored_quotations import bare

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.quotation import Quotation

CASES = cases("organisations")
KNOWN_FAILURES = cases("organisations-known-failures")


@pytest.fixture(scope="module")
def found(attributor: Attributor) -> dict[str, tuple[Quotation, ...]]:
    documents = [
        replace(document_of(case["text"]), id=case["label"]) for case in (*CASES, *KNOWN_FAILURES)
    ]
    return {
        document.id: quotations
        for document, quotations in attributor.each(documents)
        if isinstance(quotations, tuple)
    }


def assert_as_expected(case: dict[str, Any], quotations: Sequence[Quotation]) -> None:
    text = case["text"]
    held = {bare(one.content[0].of(text)): one for one in quotations}
    for expected in case["expect"]:
        assert bare(expected["content"]) in held
        quotation = held[bare(expected["content"])]
        names = quotation.speaker
        given = list(names) if isinstance(names, tuple) else names
        assert given == expected["speaker"] or (expected.get("or_null") and given is None)
        described = [one.description for one in quotation.speakers]
        assert expected.get("description") in {None, *described}
        assert expected.get("type") in {None, quotation.source_type}
        assert expected.get("role") in {None, quotation.role}
        assert [expected.get("via")] in ([None], list(quotation.via))
        assert not (expected.get("no_via") and quotation.via)


@pytest.mark.weights
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_who_speaks(case: dict[str, Any], found: dict[str, tuple[Quotation, ...]]) -> None:
    assert_as_expected(case, found[case["label"]])


@pytest.mark.weights
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="each case says why")
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda case: case["label"])
def test_known_failures(case: dict[str, Any], found: dict[str, tuple[Quotation, ...]]) -> None:
    assert_as_expected(case, found[case["label"]])


@pytest.mark.weights
def test_of_groups_the_members_of_a_party_alone_have_a_name(
    found: dict[str, tuple[Quotation, ...]],
) -> None:
    groups = [one for held in found.values() for one in held if one.source_type == "group"]
    names = [one.speaker for one in groups if one.speaker is not None]
    assert names
    assert all(isinstance(name, str) and names_members_of_party(name) for name in names)
