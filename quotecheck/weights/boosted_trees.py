"""Evaluate boosted trees and the logistic function, with numpy alone.

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

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BoostedTrees", "logistic", "logistic_array"]

_MAX_LOG_ODDS = 30.0
"""Beyond it a probability is 0 or 1 to thirteen digits; the exponential must not overflow."""


def logistic(log_odds: float) -> float:
    """Return the probability, in 0..1, that belongs to log odds.

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-max(-_MAX_LOG_ODDS, min(_MAX_LOG_ODDS, log_odds))))


def logistic_array(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probabilities that belong to an array of log odds; the same shape."""
    bounded = np.clip(log_odds, -_MAX_LOG_ODDS, _MAX_LOG_ODDS)
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
        self._feature = np.zeros((len(trees), size), dtype=np.int64)
        self._threshold = np.zeros((len(trees), size))
        self._next = np.zeros((len(trees), size, 3), dtype=np.int64)
        self._value = np.zeros((len(trees), size))
        for row, tree in enumerate(trees):
            for column, node in enumerate(tree):
                if len(node) == 1:
                    self._value[row, column] = node[0]
                    self._next[row, column] = column
                else:
                    self._feature[row, column] = int(node[0])
                    self._threshold[row, column] = node[1]
                    self._next[row, column] = [int(child) for child in node[2:5]]
        self._depth = max(map(_depth, trees), default=0)
        steps = record.get("steps") or []
        self._step_log_odds = [float(step[0]) for step in steps]
        self._step_probabilities = [float(step[1]) for step in steps]

    def log_odds(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the log odds of each row of numbers, which stand in the order of ``features``."""
        if not len(rows):
            return []
        table = np.asarray(rows, dtype=np.float64)
        each, tree = np.arange(len(table))[:, None], np.arange(len(self._value))[None]
        node = np.zeros((len(table), len(self._value)), dtype=np.int64)
        for _ in range(self._depth):
            value = table[each, self._feature[tree, node]]
            branch = np.where(np.isnan(value), 2, value > self._threshold[tree, node])
            node = self._next[tree, node, branch.astype(np.int64)]
        totals = self._base + self._rate * self._value[tree, node].sum(1)
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
