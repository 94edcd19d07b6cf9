"""From the words that name a source to the speaker, on stored parses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from quotecheck.coreference.resolve import resolve
from quotecheck.records.quotation import Attribution, Quotation
from quotecheck.records.text import ParsedDocument, Span
from quotecheck.text.paragraphs import paragraphs
from tests.support.cases import cases
from tests.support.store_parses import REMEDY, parsed
from tests.support.stored_quotations import bare, quotations_of

CASES = cases("speakers")
NEGATIVE = cases("speakers-negative")
KNOWN_FAILURES = cases("speakers-known-failures")


def assert_as_expected(case: dict[str, Any], found: Sequence[Quotation]) -> None:
    text = case["text"]
    held = {bare(q.content[0].of(text)): q for q in found}
    for expected in case["expect"]:
        quotation = held[bare(expected["content"])]
        names = quotation.speaker
        assert (list(names) if isinstance(names, tuple) else names) == expected["speaker"]
        if "role" in expected:
            assert quotation.role == expected["role"]
        if "form" in expected:
            assert quotation.source_form == expected["form"]
        if "via" in expected:
            assert list(quotation.via) == [expected["via"]]
        assert not (expected.get("no_via") and quotation.via)
        for speaker in quotation.speakers:
            # The name is given as the text has it, at a place that can be shown.
            assert speaker.mention is None or speaker.mention.end <= len(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_who_stands_behind_the_source(case: dict[str, Any]) -> None:
    parse = parsed("speakers", case["label"])
    assert parse.text == case["text"], REMEDY
    assert_as_expected(case, quotations_of(parse))


@pytest.mark.parametrize("case", NEGATIVE, ids=lambda case: case["label"])
def test_who_looks_like_a_speaker_with_a_name_and_is_none(case: dict[str, Any]) -> None:
    parse = parsed("speakers-negative", case["label"])
    assert parse.text == case["text"], REMEDY
    assert_as_expected(case, quotations_of(parse))


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="each case says why")
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda case: case["label"])
def test_known_failures(case: dict[str, Any]) -> None:
    assert_as_expected(case, quotations_of(parsed("speakers-known-failures", case["label"])))


def test_an_orphan_has_candidates_and_no_speaker() -> None:
    parse = parsed("speakers", "a name nearby is a candidate and not the speaker")
    (orphan,) = quotations_of(parse)
    assert orphan.speakers == ()
    assert [name for name, _ in orphan.candidates] == ["Marta Oyelaran"]
    assert all(0 <= chance <= 0.5 for _, chance in orphan.candidates)


@pytest.mark.parametrize("kind", ["scare", "title"])
def test_scare_quotes_and_titles_never_get_a_speaker(kind: Any) -> None:
    """Not even when a source is handed in."""
    parse = parsed("speakers", "a surname stands for the full name in front")
    at = parse.text.index("“")
    end = parse.text.index("”") + 1
    one = Attribution((Span(at, end),), (), (), kind, kind, 0.6)
    (quotation,) = resolve(parse, [one], paragraphs(parse.text))
    assert quotation.speakers == ()
    assert quotation.candidates == () or all(c <= 0.5 for _, c in quotation.candidates)


def test_no_attribution_gives_no_quotation() -> None:
    parse = parsed("speakers", "a name nearby is a candidate and not the speaker")
    assert resolve(parse, [], paragraphs(parse.text)) == ()
    assert resolve(ParsedDocument("", ()), [], ()) == ()


def test_the_author_is_behind_i_outside_quotations() -> None:
    parse = parsed("speakers", "“I” of the text is its author, who has no name")
    assert quotations_of(parse)[0].speaker is None
    assert quotations_of(parse, author="Marta Oyelaran")[0].speaker == "Marta Oyelaran"


def test_via_keeps_its_place() -> None:
    parse = parsed("speakers", "the outlet of a relay is kept beside the speaker")
    (quotation,) = quotations_of(parse)
    places = [span.of(parse.text) for span in quotation.via_spans]
    assert places in (["Valley Herald"], ["The Valley Herald"])
