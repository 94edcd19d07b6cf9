"""Boosted trees that were fitted elsewhere and travel as JSON: only the sums are done here.

A tree is a list of nodes ``[feature, threshold, left, right, missing]`` and leaves ``[value]``: a
value above the threshold goes right, the others left, and NaN where ``missing`` says. The sum of
the leaves and the base is in log odds; a table of isotonic steps may turn it into a calibrated
probability.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Forest", "Trees"]


class Forest:
    """A sum of trees over named features.

    Args:
        table: ``features`` (names, in order), ``base``, ``trees`` and, if calibrated, ``steps``:
            pairs of (log odds, probability), both rising.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.features: tuple[str, ...] = tuple(table["features"])
        self._base = float(table["base"])
        trees: list[list[Sequence[float]]] = table["trees"]
        size = max(map(len, trees), default=0)
        # A leaf leads to itself, so that every row may take the same number of steps.
        self._feature = np.zeros((len(trees), size), dtype=np.int64)
        self._limit = np.zeros((len(trees), size))
        self._next = np.zeros((len(trees), size, 3), dtype=np.int64)
        self._value = np.zeros((len(trees), size))
        for row, tree in enumerate(trees):
            for place, node in enumerate(tree):
                if len(node) == 1:
                    self._value[row, place] = node[0]
                    self._next[row, place] = place
                else:
                    self._feature[row, place], self._limit[row, place] = int(node[0]), node[1]
                    self._next[row, place] = [int(n) for n in node[2:5]]
        self._depth = max(map(_depth, trees), default=0)
        steps = table.get("steps") or []
        self._at = [float(step[0]) for step in steps]
        self._gives = [float(step[1]) for step in steps]

    def log_odds(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The sum for each row of features, in the order of ``features``."""
        if not len(rows):
            return []
        table = np.asarray(rows, dtype=np.float64)
        each, tree = np.arange(len(table))[:, None], np.arange(len(self._value))[None]
        place = np.zeros((len(table), len(self._value)), dtype=np.int64)
        for _ in range(self._depth):
            value = table[each, self._feature[tree, place]]
            way = np.where(np.isnan(value), 2, value > self._limit[tree, place])
            place = self._next[tree, place, way.astype(np.int64)]
        total = self._value[tree, place].sum(1) + self._base
        return [float(odds) for odds in total]

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


def _depth(tree: Sequence[Sequence[float]]) -> int:
    """The longest way from a tree's first node to a leaf, in steps."""
    deepest, waiting = 0, [(0, 0)]
    while waiting:
        place, steps = waiting.pop()
        node = tree[place]
        deepest = max(deepest, steps)
        if len(node) > 1:
            waiting += [(int(node[2]), steps + 1), (int(node[3]), steps + 1)]
    return deepest


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted regression trees as plain lists: what scikit-learn fitted, without scikit-learn.

    A tree is (feature, threshold, left, right, value) by node; feature -1 marks a leaf. A number
    that is at most the threshold goes left.
    """

    start: float
    rate: float
    trees: tuple[tuple[tuple[int, float, int, int, float], ...], ...]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Trees:
        """The trees of a record as it is stored: nodes as lists of five."""
        trees = tuple(
            tuple((int(f), float(t), int(a), int(b), float(v)) for f, t, a, b, v in nodes)
            for nodes in record["trees"]
        )
        return cls(float(record["start"]), float(record["rate"]), trees)

    def score(self, numbers: Sequence[float]) -> float:
        """The score of one row, in log odds."""
        total = 0.0
        for nodes in self.trees:
            feature, threshold, left, right, value = nodes[0]
            while feature >= 0:
                feature, threshold, left, right, value = nodes[
                    left if numbers[feature] <= threshold else right
                ]
            total += value
        return self.start + self.rate * total
