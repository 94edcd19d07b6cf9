"""A library that the version before this layout built opens, is brought up to date, checks alike.

``tests/data/library-0.1.db.xz`` was built by quotecheck 0.1.0.dev0 at b11c005 from the sample's
sources and its first article, with vectors; then one speaker was merged into another and one got an
identifier. ``library-0.1.checks.jsonl`` is what that version said of the sample's quotations.
"""

from __future__ import annotations

import json
import lzma
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from quotecheck.checking.checker import Checker
from quotecheck.checking.paraphrase_search import semantic_search
from quotecheck.library.copies import originals_by_copy
from quotecheck.library.library import Library, open_library
from quotecheck.library.schema.migrations import SCHEMA_VERSION
from quotecheck.library.speaker_totals import speaker_totals
from quotecheck.library.verification import Verification
from quotecheck.output.checks import check_record
from quotecheck.searching.search import search_library
from quotecheck.speakers.changes import history, undo
from tests.support.paths import TESTS

_DATA = TESTS / "data"
_KEPT: Final = [
    json.loads(line)
    for line in (_DATA / "library-0.1.checks.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("older") / "library.db"
    path.write_bytes(lzma.decompress((_DATA / "library-0.1.db.xz").read_bytes()))
    return path


@pytest.fixture(scope="module")
def library(stored: Path) -> Iterator[Library]:
    with open_library(stored, create=True) as opened:  # which takes the steps that it lacks
        yield opened


@pytest.fixture(scope="module")
def checker(library: Library) -> Checker:
    return Checker(library)


def test_it_is_brought_up_to_date_and_is_whole(stored: Path, library: Library) -> None:
    (version,) = library.db.execute("PRAGMA user_version").fetchone()
    assert version == SCHEMA_VERSION
    with Verification(stored) as verification:
        assert list(verification.findings()) == []
        assert (verification.documents, verification.quotations) == (13, 76)


def test_it_holds_what_it_held(library: Library) -> None:
    counts = library.statistics()
    assert (counts.documents, counts.passages, counts.characters) == (13, 33, 13802)
    assert (counts.quotations, counts.speakers) == (76, 24)
    totals = {row.name: row for row in speaker_totals(library.db)}
    assert (totals["Livia Moreno"].turns, totals["Livia Moreno"].quotations) == (2, 4)
    assert totals["Ilse Norran"].identifier == "Q1"
    assert len(originals_by_copy(library.db)) == 1
    assert semantic_search(library) is not None


@pytest.mark.parametrize("kept", _KEPT, ids=lambda kept: kept["quote"][:40])
def test_it_checks_the_same(checker: Checker, kept: dict[str, Any]) -> None:
    found = check_record(checker.check(kept["quote"], speaker=kept["claimed_speaker"]))
    # One of them shows the hearing where the speaker has the floor, no more the article that quotes
    # him: an accusation rests on the place where it is known who speaks.
    # Where nothing is found, how near the nearest passage came is no part of the answer.
    names = ("verdict", "searched") if kept["verdict"] == "not_found" else tuple(kept)
    assert {name: found[name] for name in names} == {name: kept[name] for name in names}


def test_it_is_searched(library: Library) -> None:
    results = search_library(library, "village twice")
    assert {hit.document for hit in results.hits} >= {"norran-tarn-speech-6c2f3730"}


def test_changes_to_its_speakers_can_be_taken_back(stored: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    source, target = sqlite3.connect(stored), sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    with open_library(copy, create=True) as library:
        assert [(change.change, change.by) for change in history(library)] == [
            ("identify", "editor"),
            ("merge", "editor"),
        ]
        undo(library, 1)
        totals = {row.name: row.turns for row in speaker_totals(library.db)}
        assert (totals["Livia Moreno"], totals["Moreno"]) == (1, 1)
