"""Names that are likely the same person: suggested with reasons, never merged unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotecheck.library.library import Library, open_library
from quotecheck.records.document import Segment
from quotecheck.speakers.changes import (
    identify,
)
from quotecheck.speakers.merge_suggestions import suggest_merges
from tests.support.speaker_samples import add, document, rows


def test_suggestions_have_reasons_and_nothing_is_merged(library: Library) -> None:
    before = rows(library)
    pairs = {(one.into, one.other): one for one in suggest_merges(library)}
    assert set(pairs) == {("Ilse Norran", "NORRAN"), ("Jonas Veld", "VELD")}
    assert "only one fuller name" in pairs["Jonas Veld", "VELD"].reasons[0]
    assert pairs["Jonas Veld", "VELD"].doubts
    assert rows(library) == before


@pytest.mark.parametrize(
    ("one", "other", "likely"),
    [
        ("Dmitri Halvorsen", "Dmitry Halvorsen", True),
        ("Anna Maria Sorel", "Anna Sorel", True),
        ("President Anna Sorel", "Anna Sorel", True),
        ("José Ruiz", "Jose Ruiz", True),
        ("A. Sorel", "Anna Sorel", True),
        ("Bob Tran", "Robert Tran", True),
        ("Anna Sorel", "Karl Sorel", False),  # one family
        ("John Holt", "Joan Holt", False),
        ("John Holt Jr.", "John Holt Sr.", False),
        ("Speaker 1", "Speaker 2", False),
        ("Anna Sorel", "Peter Quint", False),
    ],
)
def test_who_is_likely_the_same(tmp_path: Path, one: str, other: str, likely: bool) -> None:
    with open_library(tmp_path / "library.db", create=True) as library:
        add(library, document("a", "I speak.", Segment(0, 8, one)))
        add(library, document("b", "I speak too.", Segment(0, 8, other)))
        pairs = suggest_merges(library)
        assert bool(pairs) == likely
        if likely:
            assert {pairs[0].into, pairs[0].other} == {one, other}
            assert 0 < pairs[0].score < 1
            identify(library, one, "Q1")
            identify(library, other, "Q2")  # the user says that they are two
            assert suggest_merges(library) == []


def test_who_speaks_in_one_transcript_is_doubted(tmp_path: Path) -> None:
    with open_library(tmp_path / "library.db", create=True) as library:
        text = "I speak. I speak too."
        both = (Segment(0, 8, "Anna Sorel"), Segment(9, 21, "Ana Sorel"))
        add(library, document("a", text, *both))
        add(library, document("b", "No more.", Segment(0, 8, "Anna M. Sorel")))
        pairs = suggest_merges(library)
        assert pairs
        for pair in pairs:
            together = {pair.into, pair.other} == {"Anna Sorel", "Ana Sorel"}
            assert together == ("both have turns in one transcript" in pair.doubts)
