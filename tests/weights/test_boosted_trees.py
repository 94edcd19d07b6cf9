"""Boosted trees and the logistic function: sums by hand, and those of scikit-learn."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest

from quotecheck.weights.boosted_trees import BoostedTrees, logistic_array
from quotecheck.weights.logistic import logistic


def test_the_logistic_function_is_one_for_numbers_and_arrays():
    log_odds = [-1e9, -30.0, -2.0, 0.0, 0.7, 30.0, 1e9]
    one_by_one = [logistic(x) for x in log_odds]
    assert one_by_one == pytest.approx(logistic_array(np.array(log_odds)), abs=1e-15)
    assert one_by_one == sorted(one_by_one)
    assert one_by_one[3] == 0.5
    assert 0.0 < one_by_one[0] < 1e-12


def test_a_forest_sums_its_leaves():
    tree = [[0, 0.5, 1, 2, 2], [-1.0], [1, 2.0, 3, 4, 3], [1.0], [3.0]]
    forest = BoostedTrees({"features": ["a", "b"], "base": 0.5, "trees": [tree, [[0.25]]]})
    rows = [[0.5, 9.0], [0.6, 2.1], [math.nan, math.nan]]
    assert forest.log_odds(rows) == [-0.25, 3.75, 1.75]
    assert forest.log_odds([]) == []
    halved = BoostedTrees({"features": ["a", "b"], "base": 0.5, "rate": 0.5, "trees": [tree]})
    assert halved.log_odds(rows) == [0.0, 2.0, 1.0]


def test_calibration_goes_through_its_steps():
    table = {
        "features": [],
        "base": 0.0,
        "trees": [],
        "steps": [(-1.0, 0.1), (0.0, 0.4), (2.0, 0.8)],
    }
    forest = BoostedTrees(table)
    assert [forest.calibrated(x) for x in (-5, 0, 1, 9)] == pytest.approx([0.1, 0.4, 0.6, 0.8])


def test_the_exported_trees_are_the_fitted_ones():
    np = pytest.importorskip("numpy")
    ensemble = pytest.importorskip("sklearn.ensemble", reason="needs the train extra")
    from quotecheck.training.candidate_ranker import exported

    random = Random(0)
    rows = [[random.random(), random.choice([0.0, 1.0, math.nan])] for _ in range(400)]
    truth = [row[0] + (0 if math.isnan(row[1]) else row[1]) > 0.8 for row in rows]
    model = ensemble.HistGradientBoostingClassifier(max_iter=20, random_state=0)
    model.fit(np.array(rows), truth)
    forest = BoostedTrees(exported(model, ["a", "b"]))
    wanted = model.predict_proba(np.array(rows))[:, 1]
    found = [logistic(odds) for odds in forest.log_odds(rows)]
    assert found == pytest.approx(list(wanted), abs=1e-3)
