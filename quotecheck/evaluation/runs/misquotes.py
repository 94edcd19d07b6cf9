"""Measures `check` on a benchmark of misquotations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotecheck.evaluation.metrics.calibration import reliability
from quotecheck.evaluation.metrics.misquotes import is_retrieved, score_misquotes
from quotecheck.evaluation.runs.case_answers import answer_cases, read_cases

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
    cases = read_cases(gold)
    lines, spent = answer_cases(cases, library, progress=progress)
    figures = score_misquotes(cases, lines)
    answers = zip(cases, lines, strict=True)
    outcomes = [
        (float(line["score"]), case["doc"] is not None and is_retrieved(case, line))
        for case, line in answers
        if line["doc"] is not None
    ]
    figures["calibration_error"] = reliability(outcomes)["ece"]
    return figures, lines, spent
