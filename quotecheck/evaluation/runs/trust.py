"""Measures whether checks of a library's own quotations can be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from quotecheck.evaluation.metrics.trust import is_failure, outcome_of, score_trust
from quotecheck.evaluation.runs.case_answers import answer_cases, read_cases
from quotecheck.evaluation.synthetic.trust import trust_cases

if TYPE_CHECKING:
    from pathlib import Path

    from quotecheck.library.library import Library

__all__ = ["evaluate_trust"]

_LEAST: Final = ("stopped", "lost")
"""Outcomes that are not failures, and yet of no use to the reader."""


def evaluate_trust(
    library: Library,
    *,
    seed: int = 1,
    per_kind: int = 6,
    gold: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """Make cases from a library by a seed (or read them), check them, and score the answers.

    Args:
        library: whose quotations are changed, and against which they are checked.
        seed: of the choice of quotations and of changes.
        per_kind: cases of each kind, at most.
        gold: cases to be read instead, JSON Lines.
        progress: called after each case with (cases done, cases in all).

    Returns:
        The figures (`score_trust`, and ``worst``: the kinds with failures, worst first, each with
        an example), the cases, and the answers in the form that scorers read.

    Raises:
        InputError: when the library has nothing to quote, or the gold file cannot be read.
    """
    if gold is None:
        cases = trust_cases(library, seed, per_kind=per_kind)
    else:
        cases = read_cases(gold, ("group", "accept", "severity"))
    answers, spent = answer_cases(cases, library, progress=progress)
    figures = {
        **({"seed": seed, "per_kind": per_kind} if gold is None else {}),
        "documents": len({case["doc"] for case in cases} - {None}),
        **score_trust(cases, answers),
        "worst": _worst(cases, answers),
        "cpu_ms_per_query": round(spent, 2),
    }
    return figures, cases, answers


def _worst(
    cases: Sequence[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Kinds with failures by their number and rate, then those that are stopped or lost."""
    count: dict[tuple[str, str], int] = defaultdict(int)
    failed: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    useless: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for case, answer in zip(cases, answers, strict=True):
        kind = (case["group"], case["kind"])
        outcome = outcome_of(case, answer)
        count[kind] += 1
        if is_failure(case, outcome):
            failed[kind].append(_example(case, answer, outcome))
        elif outcome in _LEAST:
            useless[kind].append(_example(case, answer, outcome))
    rows: list[dict[str, Any]] = []
    for groups, are_failures in ((failed, True), (useless, False)):
        order = sorted(groups, key=lambda k: (-len(groups[k]), -len(groups[k]) / count[k], k))
        rows += [
            {
                "group": group,
                "kind": kind,
                "failures": are_failures,
                "cases": len(groups[group, kind]),
                "n": count[group, kind],
                "example": groups[group, kind][0],
            }
            for group, kind in order
        ]
    return rows


def _example(case: Mapping[str, Any], answer: Mapping[str, Any], outcome: str) -> dict[str, Any]:
    names = ("id", "quote", "source", "claimed_speaker", "speaker", "note", "accept")
    return {
        **{name: case.get(name) for name in names},
        "right_severity": case["severity"],
        "outcome": outcome,
        "verdict": answer["verdict"],
        "severity": answer["severity"],
        "found_speaker": answer["speaker"],
        "reasons": answer["reasons"][:6],
    }
