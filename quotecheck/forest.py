"""Boosted trees that were fitted elsewhere and travel as JSON: only the sums are done here.

A tree is a list of nodes ``[feature, threshold, left, right, missing]`` and leaves ``[value]``: a
value above the threshold goes right, the others left, and NaN where ``missing`` says. The sum of
the leaves and the base is in log odds; a table of isotonic steps may turn it into a calibrated
probability.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["Forest"]

Node = Sequence[float]


class Forest:
    """A sum of trees over named features.

    Args:
        table: ``features`` (names, in order), ``base``, ``trees`` and, if calibrated, ``steps``:
            pairs of (log odds, probability), both rising.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.features: tuple[str, ...] = tuple(table["features"])
        self._base = float(table["base"])
        self._trees: list[list[Node]] = table["trees"]
        steps = table.get("steps") or []
        self._at = [float(step[0]) for step in steps]
        self._gives = [float(step[1]) for step in steps]

    @classmethod
    def load(cls, path: Path) -> Forest:
        """A forest from a JSON file."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def log_odds(self, row: Sequence[float]) -> float:
        """The sum for one row of features, in the order of ``features``."""
        total = self._base
        for tree in self._trees:
            node = tree[0]
            while len(node) > 1:
                value = row[int(node[0])]
                if math.isnan(value):
                    node = tree[int(node[4])]
                else:
                    node = tree[int(node[3] if value > node[1] else node[2])]
            total += node[0]
        return total

    def probability(self, row: Sequence[float]) -> float:
        """In 0..1; calibrated where the table has steps, interpolated between them."""
        return self.calibrated(self.log_odds(row))

    @staticmethod
    def plain(odds: float) -> float:
        """The logistic function: the probability that the trees themselves mean."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))

    def calibrated(self, odds: float) -> float:
        """The probability that belongs to a sum."""
        if not self._at:
            return self.plain(odds)
        place = bisect_right(self._at, odds)
        if place == 0:
            return self._gives[0]
        if place == len(self._at):
            return self._gives[-1]
        low, high = self._at[place - 1], self._at[place]
        share = (odds - low) / (high - low) if high > low else 0.0
        return self._gives[place - 1] + share * (self._gives[place] - self._gives[place - 1])
