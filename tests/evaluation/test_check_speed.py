"""Stages of a check are told apart, and the checker is left as it was."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from quotecheck.checking.checker import Checker
from quotecheck.errors import InputError
from quotecheck.evaluation.runs import check_speed
from quotecheck.evaluation.runs.check_speed import check_stages
from quotecheck.evaluation.runs.stage_watch import StageWatch
from quotecheck.library.library import Library, library_in_memory
from quotecheck.reading.documents import document_of
from quotecheck.text.passages import split_passages

PROSE = (
    "The harbour was dredged in the spring of that year by two old boats. Nobody in the town had"
    " asked for it, and few were told. The mayor wrote to the engineers and thanked them for their"
    " patience. They answered that the channel would silt up again within ten winters. "
)


def _library(*texts: str) -> Library:
    library = library_in_memory()
    run = library.start_run("test", version="0")
    with library.write():
        for text in texts:
            document = document_of(text)
            passages = split_passages(document.text, document.segments)
            library.add_document(document, passages=passages, run=run)
    return library


def test_every_stage_is_told_and_all_of_them_are_the_whole() -> None:
    with _library(PROSE, PROSE.replace("harbour", "canal").replace("mayor", "warden")) as library:
        figures = check_stages(library, queries=12)
    stages = figures["stages"]
    assert figures["quotations"] == 12
    assert {"word frequencies", "phrases", "passages into words", "the rest"} <= set(stages)
    assert sum(stage["share"] for stage in stages.values()) == pytest.approx(1, abs=0.02)
    assert all(stage["milliseconds"] >= 0 for stage in stages.values())


def test_a_library_without_prose_is_refused() -> None:
    with _library("Yes.") as library, pytest.raises(InputError, match="no running prose"):
        check_stages(library)


class Worker:
    """Does what its helper does, and a little more, by a clock of its own."""

    def __init__(self) -> None:
        self.clock = [0.0]

    def whole(self) -> None:
        self.clock[0] += 1
        self.part()
        self.clock[0] += 2

    def part(self) -> None:
        self.clock[0] += 10

    def broken(self) -> None:
        self.clock[0] += 5
        raise ValueError("broken")


def test_a_stage_is_charged_without_what_it_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    worker, watch = Worker(), StageWatch()
    monkeypatch.setattr(check_speed.time, "process_time", lambda: worker.clock[0])
    with ExitStack() as stack:
        watch.watch(stack, worker, {"whole": "outer", "part": "inner", "broken": "failed"})
        worker.whole()
        worker.clock[0] += 100  # of somebody else
        with pytest.raises(ValueError, match="broken"):
            worker.broken()
        worker.whole()
    assert watch.spent == {"outer": 6, "inner": 20, "failed": 5}
    assert set(vars(worker)) == {"clock"}  # it is left as it was


def test_the_checker_is_left_as_it_was() -> None:
    with _library(PROSE) as library:
        checker = Checker(library)
        before = set(vars(checker.finder))
        with ExitStack() as stack:
            StageWatch().watch(stack, checker.finder, {"find": "places"})
            assert checker.check("The harbour was dredged in the spring").verdict == "verbatim"
        assert set(vars(checker.finder)) == before
