"""Check the cases of a benchmark one after another, and write each answer as scorers read it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotecheck.checking.checker import Checker
from quotecheck.checking.paraphrase_search import semantic_search
from quotecheck.checking.verdict import DEFAULT_GATE, is_at_fault
from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.misquotes import read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quotecheck.library.library import Library
    from quotecheck.records.check import Check

__all__ = ["answer_cases", "answer_line", "read_cases"]

_FIELDS = ("id", "quote", "verdict", "kind", "doc")


def read_cases(gold: Path, further: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Read the cases of a benchmark, JSON Lines.

    Args:
        gold: the file.
        further: fields that a case needs beside id, quote, verdict, kind and doc.

    Raises:
        InputError: when the file cannot be read or a case lacks a field; names the case.
    """
    cases = list(read_lines(gold))
    for number, case in enumerate(cases, 1):
        missing = [f for f in (*_FIELDS, *further) if f not in case]
        if missing:
            raise InputError(
                f"case {number} has no {', no '.join(missing)}",
                where=str(gold),
                remedy=f"A case needs {', '.join((*_FIELDS, *further))} (null where there is "
                "none).",
            )
    return cases


def answer_cases(
    cases: Sequence[Mapping[str, Any]],
    library: Library,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[dict[str, Any]], float]:
    """Check every case against a library.

    Args:
        cases: each with id, quote and perhaps claimed_speaker.
        library: holds the documents of the benchmark.
        progress: called after each case with (cases done, cases in all).

    Returns:
        A line for each case (`answer_line`), and CPU milliseconds a case, opening the library
        left out.
    """
    checker = Checker(library, semantic=semantic_search(library))
    lines: list[dict[str, Any]] = []
    started = time.process_time()
    for done, case in enumerate(cases, 1):
        speaker = case.get("claimed_speaker")
        try:
            check = checker.check(case["quote"], speaker=speaker)
        except InputError as error:
            check = checker.unanswered(case["quote"], speaker, error.what)
        lines.append(answer_line(case["id"], check))
        if progress is not None:
            progress(done, len(cases))
    return lines, (time.process_time() - started) * 1000 / max(1, len(cases))


def answer_line(case: str, check: Check) -> dict[str, Any]:
    """Return a check as a line for scorers.

    ``candidates`` are the places nearest in meaning, the likeliest first, where they were asked
    for. ``exit`` is the exit code of `quotecheck check` for this quotation at its default gate.
    """
    first = check.spans[0] if check.spans else None
    return {
        "id": case,
        "verdict": check.verdict,
        "wording": check.wording,
        "severity": check.severity,
        "exit": int(is_at_fault(check, DEFAULT_GATE)),
        "doc": check.document,
        "start": first.start if first else None,
        "end": first.end if first else None,
        "speaker": check.speaker,
        "score": check.score,
        "reasons": [str(reason) for reason in check.reasons],
        "candidates": [[document, start, end] for document, start, end, _ in check.nearest],
    }
