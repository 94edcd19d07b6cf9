"""Documents that repeat others: told where the words stand nowhere else; they accuse nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quotecheck.building.near_copies import link_copies
from quotecheck.checking.checker import Checker
from quotecheck.checking.trace import trace_quote
from quotecheck.library.library import Library, open_library
from tests.support.commands import Run
from tests.support.documents import document, fill, turns

QUOTE = "A harbour that forgets its ferries will soon forget its children."
OTHER = "The lamp of the quay burns longer than any promise of the council."
SPEECH = (
    f"The winter has been long. {QUOTE} Let us vote the money tonight and mend the quay before"
    " the ice is gone, for the boats of the north are waiting and the ice will not wait."
)
LETTER = f"I write to you as a neighbour. I say it once more: {QUOTE} With regards to the parish."
QUOTES = f"GRETA FALK: {QUOTE}\n\nGRETA FALK: {OTHER}\n\nNILS BO: The fog was thick that day."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    quotes = document("quotes", QUOTES, title="Great words", segments=turns(QUOTES))
    documents = [
        document("speech", SPEECH, author="Greta Falk", date="1921-02-03"),
        document("reprint", SPEECH + " Printed by hand.", author="Greta Falk", date="1950"),
        replace(quotes, derived=True),
    ]
    with fill(tmp_path / "sources.db", documents) as library:
        yield library


def _grounds(library: Library, quote: str, speaker: str | None = None) -> list[str]:
    check = Checker(library).check(quote, speaker=speaker)
    return [getattr(reason, "kind", "") for reason in check.reasons]


def test_words_that_stand_only_there_are_told_so(library: Library) -> None:
    check = Checker(library).check(OTHER)
    assert (check.verdict, check.severity) == ("verbatim", "none")
    told = "found only in what repeats others (Great words), not in a source of its own"
    assert told in check.reasons
    trace = trace_quote(Checker(library), OTHER)
    assert trace.only_derived
    assert trace.independent_origins == 0


def test_words_of_a_source_are_shown_there_and_not_told_so(library: Library) -> None:
    check = Checker(library).check(QUOTE)
    assert check.document == "speech"
    assert "derived" not in _grounds(library, QUOTE)


def test_a_collection_accuses_nobody_and_a_source_still_does(library: Library) -> None:
    collected = Checker(library).check(OTHER, speaker="Nils Bo")
    assert (collected.verdict, collected.claim) == ("verbatim", "undecided")
    spoken = Checker(library).check(QUOTE, speaker="Nils Bo")
    assert (spoken.verdict, spoken.claim) == ("misattributed", "refuted")
    own = Checker(library).check(OTHER, speaker="Greta Falk")
    assert (own.verdict, own.claim) == ("verbatim", "confirmed")


def test_copies_and_collections_are_no_origins_of_their_own(library: Library) -> None:
    assert link_copies(library).copies == 1
    trace = trace_quote(Checker(library), QUOTE)
    assert len(trace.occurrences) == 3
    assert trace.independent_origins == 1
    assert [one.origin for one in trace.occurrences if not one.derived] == [1, 1]
    assert [one.document for one in trace.occurrences if one.derived] == ["quotes"]


def test_what_is_said_on_its_own_is_an_origin(tmp_path: Path) -> None:
    twice = f"BRANDT: {QUOTE}\n\nHOLM: Thank you for the tea.\n\nBRANDT: As I say. {QUOTE}"
    documents = [
        document("speech", SPEECH, author="Greta Falk", date="1921-02-03"),
        document("letter", LETTER, author="Ida Storm", date="1931"),
        document("hearing", twice, date="1970", segments=turns(twice)),
    ]
    with fill(tmp_path / "sources.db", documents) as library:
        trace = trace_quote(Checker(library), QUOTE)
        assert len(trace.occurrences) == 4
        assert trace.independent_origins == 3
        assert [one.origin for one in trace.occurrences] == [1, 2, 3, 3]


# On the command line


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "speech.txt").write_text(SPEECH, encoding="utf-8")
    (tmp_path / "quotes.txt").write_text(
        f"Great words of the harbour\n\n“{OTHER}” Greta Falk\n", encoding="utf-8"
    )
    return tmp_path


def test_build_marks_and_unmarks(files: Path, run: Run) -> None:
    library = files / "l.db"

    def build(*options: str) -> bool | None:
        ran = run("build", files / "quotes.txt", "--db", library, "--no-attribute", *options)
        assert ran.code == 0, ran.err
        with open_library(library) as held:
            (found,) = held.documents()
            return found.derived

    assert build() is None
    assert build("--derived") is True
    assert build() is True  # nobody has told otherwise
    assert build("--no-derived") is False


def test_a_sidecar_marks_one(files: Path, run: Run) -> None:
    (files / "quotes.meta.json").write_text('{"derived": true, "title": "Words"}', encoding="utf-8")
    library = files / "l.db"
    run("build", files / "quotes.txt", files / "speech.txt", "--db", library, "--no-attribute")
    with open_library(library) as held:
        assert {one.title: one.derived for one in held.documents()} == {"Words": True, None: None}


def test_check_and_trace_say_so(files: Path, run: Run) -> None:
    library = files / "l.db"
    run("build", files / "speech.txt", "--db", library, "--no-attribute", "--date", "1921")
    run("build", files / "quotes.txt", "--db", library, "--no-attribute", "--derived")
    ran = run("check", OTHER, "--db", library)
    assert ran.code == 0
    assert "found only in what repeats others" in " ".join(ran.out.split())
    ran = run("trace", OTHER, "--db", library)
    assert "no origin of their own, only documents that repeat others" in ran.out
    assert "repeats others" in ran.out
    ran = run("trace", QUOTE, "--db", library)
    assert "1 independent origin." in ran.out
    record = json.loads(run("trace", QUOTE, "--db", library, "--format", "json").out)
    assert record["independent_origins"] == 1
    assert [(one["origin"], one["derived"]) for one in record["occurrences"]] == [(1, False)]
