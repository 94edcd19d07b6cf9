"""Evaluate boosted trees, with numpy alone.

Trees were fitted by scikit-learn (`quotecheck.training`) and travel as JSON in one form, for all
models alike::

    {"features": [name, ...], "base": number, "rate": number, "trees": [[node, ...], ...],
     "steps": [[log odds, probability], ...]}

A node is ``[feature, threshold, left, right, missing]`` or a leaf ``[value]``: a value above the
threshold goes right, any other left, and NaN where ``missing`` says. The log odds of a row are
``base + rate * sum of its leaves``; ``rate`` is 1 where it is left out. ``steps``, if there are
any, are the isotonic curve that turns log odds into a calibrated probability.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from quotecheck.weights.logistic import MAX_LOG_ODDS, logistic

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BoostedTrees", "logistic_array"]


def logistic_array(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probabilities that belong to an array of log odds; the same shape."""
    bounded = np.clip(log_odds, -MAX_LOG_ODDS, MAX_LOG_ODDS)
    return np.asarray(1.0 / (1.0 + np.exp(-bounded)), dtype=np.float64)


class BoostedTrees:
    """A sum of regression trees over named features.

    Args:
        record: the trees in the form that the module describes; other keys are left alone.
    """

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.features: tuple[str, ...] = tuple(record["features"])
        self._base = float(record["base"])
        self._rate = float(record.get("rate", 1.0))
        trees: list[list[Sequence[float]]] = record["trees"]
        size = max(map(len, trees), default=0)
        # A leaf leads to itself, so that every row may take the same number of steps.
        # All trees stand behind one another in flat arrays, the ways of a node in a row: reading
        # those takes a third of the time of reading tables by two indices.
        self._first = np.arange(len(trees), dtype=np.int64) * size
        self._feature = np.zeros(len(trees) * size, dtype=np.int64)
        self._threshold = np.zeros(len(trees) * size)
        self._next = np.zeros(len(trees) * size * 3, dtype=np.int64)
        self._value = np.zeros(len(trees) * size)
        for row, tree in enumerate(trees):
            for column, node in enumerate(tree):
                place = row * size + column
                ways = slice(3 * place, 3 * place + 3)
                if len(node) == 1:
                    self._value[place] = node[0]
                    self._next[ways] = place
                else:
                    self._feature[place] = int(node[0])
                    self._threshold[place] = node[1]
                    self._next[ways] = [row * size + int(child) for child in node[2:5]]
        self._depth = max(map(_depth, trees), default=0)
        steps = record.get("steps") or []
        self._step_log_odds = [float(step[0]) for step in steps]
        self._step_probabilities = [float(step[1]) for step in steps]

    def log_odds(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the log odds of each row of numbers, which stand in the order of ``features``."""
        if not len(rows):
            return []
        table = np.asarray(rows, dtype=np.float64)
        width, flat = table.shape[1], table.ravel()
        unknown = np.isnan(flat)
        begin = (np.arange(len(table)) * width)[:, None]
        node = np.broadcast_to(self._first, (len(table), len(self._first)))
        for _ in range(self._depth):
            at = self._feature.take(node) + begin
            way = (flat.take(at) > self._threshold.take(node)).astype(np.int64)
            way[unknown.take(at)] = 2
            node = self._next.take(node * 3 + way)
        totals = self._base + self._rate * self._value.take(node).sum(1)
        return [float(total) for total in totals]

    def calibrated(self, log_odds: float) -> float:
        """Return the calibrated probability of log odds, in 0..1; uncalibrated without steps."""
        at, probabilities = self._step_log_odds, self._step_probabilities
        if not at:
            return logistic(log_odds)
        place = bisect_right(at, log_odds)
        if place == 0:
            return probabilities[0]
        if place == len(at):
            return probabilities[-1]
        low, high = at[place - 1], at[place]
        share = (log_odds - low) / (high - low) if high > low else 0.0
        return probabilities[place - 1] + share * (probabilities[place] - probabilities[place - 1])


def _depth(tree: Sequence[Sequence[float]]) -> int:
    """Return the longest path from a tree's root to a leaf, in steps."""
    deepest, waiting = 0, [(0, 0)]
    while waiting:
        place, steps = waiting.pop()
        node = tree[place]
        deepest = max(deepest, steps)
        if len(node) > 1:
            waiting += [(int(node[2]), steps + 1), (int(node[3]), steps + 1)]
    return deepest
