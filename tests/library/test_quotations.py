"""Quotations in the library: what goes in comes out, with every span."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.language.register_names import names_party
from quotecheck.library.library import Library
from quotecheck.library.utterances import attributed_speakers
from quotecheck.records.document import Locator, Segment
from quotecheck.records.quotation import (
    ConfidenceParts,
    Evidence,
    Facts,
    Quotation,
    RelayLink,
    Speaker,
)
from quotecheck.records.text import Span
from tests.support.library_samples import QUOTATION, TEXT, assert_consistent, make, texts


def test_a_quotation_comes_back_with_its_selectors(library: Library) -> None:
    added = library.add_document(make(), passages=None, run=1)
    assert library.add_quotations(added.id, [QUOTATION], run=1) == 1
    (stored,) = library.quotations("log")
    assert stored.quotation == QUOTATION
    assert (stored.document, stored.run) == ("log", 1)
    assert stored.exact == "Then,” I said, “we wait for it"
    assert TEXT[stored.start : stored.end] == stored.exact
    assert TEXT[: stored.start].endswith(stored.prefix)
    assert TEXT[stored.end :].startswith(stored.suffix)
    assert 0 < len(stored.prefix) <= 32
    rows = library.db.execute(
        "SELECT part, exact FROM quotation_spans ORDER BY part, position"
    ).fetchall()
    assert rows == [
        ("addressee", "HARBOUR"),
        ("addressee", "MASTER"),
        ("content", "Then"),
        ("content", "we wait for it"),
        ("cue", "said"),
        ("negation", "turns"),
        ("place", "The tide"),
        ("source", "I"),
        ("time", "at six"),
        ("via", "HARBOUR"),
    ]
    assert library.db.execute("SELECT name FROM aliases").fetchall() == [("PILOT",)]
    assert_consistent(library)


def test_speech_within_speech_keeps_its_place_and_its_confidence(library: Library) -> None:
    text = "Koss said that Amadi had told her: “Sign it.” She did."
    outer = Quotation((Span(10, 45),), (Span(5, 9),), (Span(0, 4),), "indirect", "r", 0.8)
    parts = ConfidenceParts(0.9, 0.8, 0.5)
    inner = Quotation(
        (Span(35, 45),), (Span(25, 29),), (Span(15, 20),), "direct", "r", 0.36,
        speakers=(Speaker("Amadi"),), confidence_parts=parts, parent=outer.content,
    )  # fmt: skip
    added = library.add_document(make("told", text), passages=None, run=1)
    library.add_quotations(added.id, [outer, inner], run=1)
    first, second = library.quotations("told")
    assert [first.quotation, second.quotation] == [outer, inner]
    assert (first.parent, second.parent) == (None, first.id)
    assert first.quotation.confidence_parts is None
    rows = library.db.execute("SELECT quotation, within, confidence_name FROM who_said_what")
    assert rows.fetchall() == [(first.id, None, None), (second.id, first.id, 0.5)]
    assert_consistent(library)


def test_words_in_marks_are_the_innermost_speakers(library: Library) -> None:
    text = "“He told me, ‘Sign it,’ and I did,” said Ruth Amadi."
    outer = Quotation(
        (Span(0, 35),), (Span(36, 40),), (Span(41, 51),), "direct", "r", 0.9,
        speakers=(Speaker("Ruth Amadi"),),
    )  # fmt: skip
    inner = Quotation(
        (Span(13, 23),), (Span(4, 8),), (Span(1, 3),), "direct", "r", 0.8,
        speakers=(Speaker("Ola Brandt"),), parent=outer.content,
    )  # fmt: skip
    added = library.add_document(make("told", text), passages=None, run=1)
    library.add_quotations(added.id, [outer, inner], run=1)
    said = [attributed_speakers(library.db.conn, added.id, place) for place in (5, 15, 30)]
    assert [one.name for (one,) in said] == ["Ruth Amadi", "Ola Brandt", "Ruth Amadi"]


def quotations_of(text: str) -> st.SearchStrategy[Quotation]:
    """Quotations with anything in any of their fields, in ``text``."""
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(
        lambda pair: Span(min(pair), max(pair))
    )
    spans = st.lists(span, max_size=3).map(tuple)
    name, maybe = texts.map("Ada {}".format).filter(names_party), st.none() | texts
    number = st.floats(allow_nan=False)
    small = st.floats(0, 1) | st.floats(0, 1, width=32)
    return st.builds(
        Quotation,
        content=st.lists(span, min_size=1, max_size=3).map(tuple),
        cue=spans,
        source=spans,
        kind=st.sampled_from(["direct", "mixed", "indirect", "scare", "title"]),
        rule=texts,
        confidence=small,
        cue_lemma=texts,
        speakers=st.lists(
            st.builds(
                Speaker,
                st.none() | name,
                st.none() | span,
                maybe,
                texts,
                st.none() | span,
                maybe,
                maybe,
            ),
            max_size=3,
        ).map(tuple),
        role=maybe,
        via=st.lists(texts, max_size=2).map(tuple),
        via_spans=spans,
        source_form=texts,
        candidates=st.lists(st.tuples(texts, number), max_size=3).map(tuple),
        facts=st.builds(Facts, texts, st.booleans(), texts, texts, spans, spans, spans, spans),
        relay=st.lists(st.builds(RelayLink, texts, span, texts), max_size=3).map(tuple),
        evidence=st.lists(
            st.builds(Evidence, texts, st.none() | number, texts, texts), max_size=3
        ).map(tuple),
    )


def test_any_quotation_comes_back_equal(library: Library) -> None:
    @settings(max_examples=80, deadline=None)
    @given(st.lists(quotations_of(TEXT), max_size=3))
    def holds(quotations: list[Quotation]) -> None:
        key = f"log {next(number)}"
        added = library.add_document(make(key), passages=None, run=1)
        library.add_quotations(added.id, quotations, run=1)
        assert [q.quotation for q in library.quotations(key)] == quotations

    number = itertools.count()
    holds()
    assert_consistent(library)


def test_a_quotation_behind_the_end_in_any_part_is_refused(library: Library) -> None:
    added = library.add_document(make(), passages=None, run=1)
    far = Span(0, 1000)
    for bad in (
        replace(QUOTATION, facts=Facts(time=(far,))),
        replace(QUOTATION, relay=(RelayLink("The Post", far, "outlet"),)),
        replace(QUOTATION, speakers=(Speaker("A", role_span=far),)),
    ):
        with pytest.raises(InputError, match="beyond the end"):
            library.add_quotations(added.id, [bad], run=1)


def test_the_turn_and_the_page_of_a_quotation_are_shown(library: Library) -> None:
    pilot = TEXT.index("PILOT")
    document = make(
        segments=(Segment(0, 39, "Harbour Master"), Segment(pilot, 79, "The Pilot")),
        locators=(Locator(0, 30, "page", "1"), Locator(30, 79, "page", "2")),
    )
    added = library.add_document(document, passages=None, run=1)
    library.add_quotations(added.id, [QUOTATION], run=1)
    assert library.document(document.id) == document
    (said,) = library.db.query("SELECT turn, locator FROM who_said_what")
    assert (said["turn"], said["locator"]) == (2, "page 2")


def test_a_document_is_looked_through_once_unless_asked_again(library: Library) -> None:
    document = make()
    added = library.add_document(document, passages=None, run=1)
    assert library.add_quotations(added.id, [], run=1) == 0
    held = library.holds(document)
    assert held is not None
    assert held.attributed
    assert library.add_quotations(added.id, [QUOTATION], run=1) == 0
    later = library.start_run("build", version="2")
    assert library.add_quotations(added.id, [QUOTATION], run=later) == 0
    assert library.add_quotations(added.id, [QUOTATION], run=later, again=True) == 1
    assert library.add_quotations(added.id, [QUOTATION], run=later, again=True) == 0
    assert [q.run for q in library.quotations()] == [later]
    latest = library.start_run("build", version="3")
    library.add_quotations(added.id, [], run=latest, again=True)
    assert list(library.quotations()) == []  # the newest opinion: nobody is quoted
    assert library.db.execute("SELECT count(*) FROM quotations").fetchone() == (1,)


def test_a_quotation_of_another_text_is_refused_whole(library: Library) -> None:
    added = library.add_document(make(text="Short."), passages=None, run=1)
    good = Quotation((Span(0, 5),), (), (), "direct", "r", 1)
    for bad in (QUOTATION, replace(good, content=())):
        with library.write(), pytest.raises(InputError):
            library.add_quotations(added.id, [good, bad], run=1)
    assert library.db.execute("SELECT count(*) FROM attributed").fetchone() == (0,)


def test_names_with_broken_characters_are_mended(library: Library) -> None:
    added = library.add_document(make(), passages=None, run=1)
    quotation = replace(QUOTATION, speakers=(Speaker("A\0B\ud83c"),), role="\ud83c")
    assert library.add_quotations(added.id, [quotation], run=1) == 1
    (stored,) = library.quotations()
    assert stored.quotation.speaker == "A\ufffdB\ufffd"
