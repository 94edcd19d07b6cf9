"""Calibration of reported confidences: of a hundred answers given .8, eighty should be right.

The expected calibration error is that of Naeini and others (2015): ten bins of equal width, the
distance of each one's mean confidence from its share of right answers, weighted by its size.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["reliability"]

_BINS = 10  # Bins of equal width, as usual for the expected calibration error.


def reliability(answers: Iterable[tuple[float, bool]]) -> dict[str, Any]:
    """The reliability table of some answers.

    Args:
        answers: confidence (0..1) of each, and whether it was right.

    Returns:
        ``ece`` in 0..1; ``answers``, how many there were; ``bins``, those that hold any, with
        ``from``, ``to``, ``answers``, ``confidence`` (the mean) and ``right`` (the share).

    >>> reliability([(0.9, True), (0.9, True), (0.9, False), (0.1, False)])["ece"]
    0.2
    """
    by_bin: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in answers:
        by_bin[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    total = sum(map(len, by_bin))
    bins = []
    error = 0.0
    for number, group in enumerate(by_bin):
        if not group:
            continue
        mean = sum(confidence for confidence, _ in group) / len(group)
        share = sum(right for _, right in group) / len(group)
        error += abs(mean - share) * len(group) / total
        bins.append(
            {
                "from": number / _BINS,
                "to": (number + 1) / _BINS,
                "answers": len(group),
                "confidence": round(mean, 4),
                "right": round(share, 4),
            }
        )
    return {"ece": round(error, 4), "answers": total, "bins": bins}
