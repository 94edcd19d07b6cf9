"""Figures for pronouns and two names each, as the scorer of GAP counts them.

Webster, Recasens, Axelrod and Baldridge, Mind the GAP, TACL 2018: each name of each row is a
decision, true where the pronoun means it; F1 over all decisions, for masculine and feminine
pronouns, and the ratio of these two (bias).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["GapAnswer", "gap_figures"]


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """One row: the gender of its pronoun ("m", "f"), and for A and B the gold and the answers."""

    id: str
    gender: str
    gold: tuple[bool, bool]
    answers: tuple[bool, bool]


def gap_figures(answers: Iterable[GapAnswer]) -> dict[str, Any]:
    """Precision, recall and F1, all in 0..1, over all rows and by gender, and the bias."""
    rows = list(answers)
    figures: dict[str, Any] = {"rows": len(rows)}
    slices = {
        "overall": rows,
        "masculine": [r for r in rows if r.gender == "m"],
        "feminine": [r for r in rows if r.gender == "f"],
    }
    figures["scores"] = {name: _scores(some) for name, some in slices.items()}
    masculine = figures["scores"]["masculine"]["f1"]
    feminine = figures["scores"]["feminine"]["f1"]
    figures["bias"] = round(feminine / masculine, 4) if masculine else 0.0
    return figures


def _scores(rows: Iterable[GapAnswer]) -> dict[str, float]:
    pairs = [pair for row in rows for pair in zip(row.gold, row.answers, strict=True)]
    right = sum(gold and answered for gold, answered in pairs)
    false = sum(answered and not gold for gold, answered in pairs)
    missed = sum(gold and not answered for gold, answered in pairs)
    precision = right / (right + false) if right else 0.0
    recall = right / (right + missed) if right else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {
        "p": round(precision, 4),
        "r": round(recall, 4),
        "f1": round(f1, 4),
        "tp": right,
        "fp": false,
        "fn": missed,
    }
