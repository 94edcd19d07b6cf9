"""Boosted trees that choose one of several candidates, or none of them.

The scores of a group's candidates and that of "none" become probabilities by a softmax; each tree
is fitted to what the right candidate's probability lacks (gradient boosting of the conditional
logit, Friedman 2001; the trees are scikit-learn's). So a candidate is weighed against its rivals,
and not against all candidates of all texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from quotecheck.errors import needing

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Group", "Settings", "fit_listwise"]

_RIDGE = 1.0
"""Added to the curvature in each leaf, so that few rows make no large step."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How many trees, how deep, how fast, and the share of groups and of features each sees."""

    trees: int = 150
    depth: int = 4
    leaf: int = 20
    rate: float = 0.1
    groups: float = 0.7
    features: float = 0.4
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates with their numbers; ``right`` are the right ones, none where nobody is meant."""

    rows: Sequence[Sequence[float]]
    right: Sequence[bool]
    weight: float = 1.0


def fit_listwise(
    groups: Sequence[Group], features: Sequence[str], settings: Settings
) -> tuple[dict[str, Any], float]:
    """Trees in the form of `quotecheck.weights.boosted_trees`, and the score of "none".

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    with needing("fitting needs scikit-learn", "train"):
        from sklearn.tree import DecisionTreeRegressor
    filled = [g for g in groups if len(g.rows)]
    table = np.asarray([row for g in filled for row in g.rows], dtype=np.float32)
    right = np.asarray([label for g in filled for label in g.right], dtype=np.float64)
    sizes = np.asarray([len(g.rows) for g in filled])
    group = np.repeat(np.arange(len(filled)), sizes)
    weight = np.asarray([g.weight for g in filled])
    known = np.bincount(group, right, len(filled)) > 0
    random = np.random.default_rng(settings.seed)
    scores, none = np.zeros(len(table)), 0.0
    trees: list[list[list[float]]] = []
    for number in range(settings.trees):
        shares, nobody = _shares(scores, none, group, len(filled))
        totals = np.bincount(group, shares * right, len(filled))
        target = np.where(known[group], shares * right / np.maximum(totals[group], 1e-12), 0.0)
        gradient, curvature = target - shares, shares * (1.0 - shares)
        drawn = random.random(len(filled)) < settings.groups
        rows = np.flatnonzero(drawn[group])
        tree = DecisionTreeRegressor(
            max_depth=settings.depth,
            min_samples_leaf=settings.leaf,
            max_features=settings.features,
            random_state=settings.seed + number,
        )
        tree.fit(table[rows], gradient[rows], sample_weight=weight[group][rows])
        leaves = tree.apply(table)
        size = tree.tree_.node_count
        upper = np.bincount(leaves[rows], (weight[group] * gradient)[rows], size)
        lower = np.bincount(leaves[rows], (weight[group] * curvature)[rows], size) + _RIDGE
        values = settings.rate * np.clip(upper / lower, -4.0, 4.0)
        scores += values[leaves]
        step = float((weight * (np.where(known, 0.0, 1.0) - nobody)).sum())
        none += settings.rate * step / (float((weight * nobody * (1 - nobody)).sum()) + _RIDGE)
        trees.append(_exported(tree.tree_, values))
    record = {"features": list(features), "base": 0.0, "rate": 1.0, "trees": trees}
    return record, none


def _shares(
    scores: NDArray[np.float64], none: float, group: NDArray[np.int64], count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    top = np.full(count, none)
    np.maximum.at(top, group, scores)
    powers = np.exp(scores - top[group])
    nobody = np.exp(none - top)
    whole = np.bincount(group, powers, count) + nobody
    return powers / whole[group], nobody / whole


def _exported(tree: Any, values: NDArray[np.float64]) -> list[list[float]]:
    nodes: list[list[float]] = []
    for place in range(tree.node_count):
        left, other = int(tree.children_left[place]), int(tree.children_right[place])
        if left < 0:
            nodes.append([round(float(values[place]), 5)])
        else:
            threshold = round(float(tree.threshold[place]), 5)
            nodes.append([int(tree.feature[place]), threshold, left, other, other])
    return nodes
