"""Measures `check` on a benchmark of misquotations."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotecheck.checking.checker import Checker
from quotecheck.checking.paraphrase_search import semantic_search
from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.calibration import reliability
from quotecheck.evaluation.metrics.misquotes import is_retrieved, read_lines, score_misquotes
from quotecheck.records.check import Check

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotecheck.library.library import Library

__all__ = ["evaluate_misquotes"]


def evaluate_misquotes(
    gold: Path, library: Library, *, progress: Callable[[int, int], None] | None = None
) -> tuple[dict[str, Any], list[dict[str, Any]], float]:
    """Check every case of a benchmark and score the answers.

    Args:
        gold: the cases, JSON Lines (see `quotecheck.evaluation.metrics.misquotes`).
        library: holds the benchmark's documents under their own ids.
        progress: called after each case with (cases done, cases in all).

    Returns:
        The figures (`score_misquotes`, and the calibration error of the scores of what was
        found), the system's lines in the form that scorers read, and CPU
        milliseconds a quotation, opening the library left out.

    Raises:
        InputError: when the gold file cannot be read or a case lacks its id, quotation or verdict.
    """
    cases = list(read_lines(gold))
    for number, case in enumerate(cases, 1):
        missing = [f for f in ("id", "quote", "verdict", "kind", "doc") if f not in case]
        if missing:
            raise InputError(
                f"case {number} has no {', no '.join(missing)}",
                where=str(gold),
                remedy="A case needs id, quote, verdict, kind and doc (null where there is none).",
            )
    checker = Checker(library, semantic=semantic_search(library))
    lines: list[dict[str, Any]] = []
    started = time.process_time()
    for done, case in enumerate(cases, 1):
        try:
            check = checker.check(case["quote"], speaker=case.get("claimed_speaker"))
        except InputError as error:
            check = checker.unanswered(case["quote"], case.get("claimed_speaker"), error.what)
        lines.append(_line(case["id"], check))
        if progress is not None:
            progress(done, len(cases))
    spent = (time.process_time() - started) * 1000 / max(1, len(cases))
    figures = score_misquotes(cases, lines)
    answers = zip(cases, lines, strict=True)
    kept = [
        (float(line["score"]), case["doc"] is not None and is_retrieved(case, line))
        for case, line in answers
        if line["doc"] is not None
    ]
    figures["calibration_error"] = reliability(kept)["ece"]
    return figures, lines, spent


def _line(case: str, check: Check) -> dict[str, Any]:
    first = check.spans[0] if check.spans else None
    return {
        "id": case,
        "verdict": check.verdict,
        "doc": check.document,
        "start": first.start if first else None,
        "end": first.end if first else None,
        "speaker": check.speaker,
        "score": check.score,
    }
