"""Measure how often an answer is right beyond its place: its verdict, and its choice of a place.

``thresholds.json`` keeps both beside the probability of the place (`match_probability`): how often
each verdict with its severity was right where the place was, and how the chance of the place falls
with the number of places that have the same words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from quotecheck.checking.checker import Checker
from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.misquotes import is_retrieved, read_lines
from quotecheck.library.library import open_library

__all__ = ["Answer", "answers", "equal_places_exponent", "measured", "verdict_rates"]

_EXPONENTS: Final = tuple(n / 100 for n in range(151))
_PRIOR: Final = 1.0
"""Weight of the prior belief that every equal place is as likely as another (exponent 1)."""


class Answer(NamedTuple):
    """One answer: its verdict and severity, equal places, and what of it was right.

    ``place`` says whether it is any of the right places, ``first_place`` whether it is the one
    that the quotation was taken from (None where it was taken from none).
    """

    verdict: str
    severity: str
    rivals: int
    place: bool
    first_place: bool | None
    right: bool


def answers(gold: Path, library: Path) -> Iterator[Answer]:
    """The answers to a benchmark's quotations that were found."""
    with open_library(library) as opened:
        checker = Checker(opened)
        for case in read_lines(gold):
            try:
                check = checker.check(case["quote"], speaker=case.get("claimed_speaker"))
            except InputError:
                continue
            if check.verdict == "not_found" or not check.spans:
                continue
            first = check.spans[0]
            location = {"doc": check.document, "start": first.start, "end": first.end}
            known = case["doc"] is not None
            accepted = case.get("accept") or [case["verdict"]]
            graded = case.get("group") in ("changed", "faithful")
            yield Answer(
                check.verdict,
                check.severity,
                len(check.others),
                known and is_retrieved(case, location),
                is_retrieved(case | {"alts": []}, location) if known else None,
                check.verdict in accepted and (not graded or check.severity in case["severity"]),
            )


def verdict_rates(examples: Iterable[Answer]) -> Mapping[str, float]:
    """How often each "verdict severity" was right where the place was; "" for all of them."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for answer in examples:
        if answer.place:
            for key in (f"{answer.verdict} {answer.severity}", ""):
                total[key] += 1
                right[key] += answer.right
    return {key: round((right[key] + 0.5) / (total[key] + 1), 4) for key in sorted(total)}


def equal_places_exponent(examples: Iterable[Answer]) -> float:
    """The exponent b for which one of n equal places is right with probability n ** -b."""
    counts: Counter[tuple[int, bool]] = Counter()
    for answer in examples:
        if answer.rivals and answer.first_place is not None:
            counts[answer.rivals + 1, answer.first_place] += 1

    def likelihood(exponent: float) -> float:
        total = -_PRIOR * abs(exponent - 1.0)
        for (size, is_right), count in counts.items():
            chance = min(0.999, max(0.001, size**-exponent))
            total += count * math.log(chance if is_right else 1 - chance)
        return total

    return max(_EXPONENTS, key=likelihood)


def measured(benchmarks: Iterable[tuple[Path, Path]]) -> dict[str, Any]:
    """The entries of ``thresholds.json`` for some benchmarks, each with its library."""
    examples = [answer for gold, library in benchmarks for answer in answers(gold, library)]
    return {
        "equal_places": equal_places_exponent(examples),
        "verdicts": verdict_rates(examples),
    }
