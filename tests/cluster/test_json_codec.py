"""Records as JSON: what a part holds comes back as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.cluster.json_codec import (
    pack,
    pack_document,
    pack_outcome,
    unpack,
    unpack_document,
    unpack_outcome,
)
from quotecheck.errors import InputError, WeightsError
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from tests.support import building_cases as cases

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(
    lambda pair: Span(min(pair), max(pair))
)
st.register_type_strategy(Span, spans)


@settings(max_examples=60, deadline=None)
@given(st.from_type(Quotation))
def test_a_quotation_comes_back_as_it_was(quotation: Quotation) -> None:
    written = pack(quotation)
    assert written.isascii()
    assert repr(unpack(Quotation, written)) == repr(quotation)  # NaN is not equal to itself


@settings(max_examples=60, deadline=None)
@given(st.from_type(Document), st.text(st.characters(), max_size=20))
def test_a_document_comes_back_as_it_was(document: Document, text: str) -> None:
    document = replace(document, text=text)
    assert unpack_document(*pack_document(document)) == document


def test_text_that_utf_8_cannot_hold_comes_back_too() -> None:
    document = cases.invented("plain", path="a.txt")
    document = replace(document, text="half \ud83c of a pair")
    text, record = pack_document(document)
    assert text is None
    assert unpack_document(text, record) == document


def test_outcomes_come_back() -> None:
    found = tuple(cases.attribute(cases.invented("“Yes,” said Ada. “No.”", path="a.txt")))
    assert unpack_outcome(pack_outcome(found)) == found
    assert unpack_outcome(pack_outcome(())) == ()
    assert unpack_outcome(pack_outcome(None)) is None
    error = WeightsError("gone", where="here", remedy="mend it")
    back = unpack_outcome(pack_outcome(error))
    assert isinstance(back, WeightsError)
    assert (back.what, back.where, back.remedy) == ("gone", "here", "mend it")


@pytest.mark.parametrize("broken", ["", "{", "[1]", '[{"content": 3}]', '{"error": 1}', "[" * 9999])
def test_what_is_no_outcome_is_refused(broken: str) -> None:
    with pytest.raises(InputError, match="Build this part again"):
        unpack_outcome(broken)
