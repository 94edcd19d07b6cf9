"""Fits the ranker of antecedents (`coreference.antecedent_ranker`) to annotated coreference.

GUM says of each mention which entity it is of; the persons are those that
`quotecheck.coreference.resolve` itself finds, and each pronoun and each nominal ("the senator")
gives an example: the candidates, and which of them it means, if any. News has more speakers than
GUM, so the pronouns in the texts of PolNeAR train that ``antecedents.tsv`` decides are examples as
well, and so is each surname there whose bearer was called something before: a description of his
might stand in its place. Boosted trees (scikit-learn) score the candidates one by one; how sharp
the scores are and how often "none of them" is right is fitted to documents held out in turn. Needs
the ``train`` extra.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quotecheck.coreference.antecedent_ranker import FEATURES, Ranker
from quotecheck.errors import MissingExtraError
from quotecheck.training.gum_examples import Example, gum_examples, read_gum
from quotecheck.training.news_examples import news_examples
from quotecheck.weights.boosted_trees import BoostedTrees

__all__ = ["exported", "fit", "fit_antecedents"]

_FOLDS = 5
_SAMPLES = 12
"""Rows whose scores, as scikit-learn gives them, are kept beside the trees for a test."""
_SETTINGS: dict[str, dict[str, Any]] = {
    "pronoun": {"n_estimators": 60, "max_depth": 5, "min_samples_leaf": 20},
    "nominal": {"n_estimators": 60, "max_depth": 3, "min_samples_leaf": 20},
    "orphan": {"n_estimators": 50, "max_depth": 3, "min_samples_leaf": 20},
}


def fit_antecedents(data: Path, out: Path, *, short: bool = False) -> Path:
    """Fit the ranker on GUM and PolNeAR train and write ``out/antecedents.json``.

    Args:
        data: has ud/gum-entities.train.conllu, polnear/train and, to measure,
            ud/gum-entities.dev.conllu.
        out: the folder to write to.
        short: use eight documents, to try the recipe.

    Returns:
        The file written.

    Raises:
        MissingExtraError: scikit-learn is not installed.
        InputError: the data is not there.
    """
    documents = read_gum(data / "ud" / "gum-entities.train.conllu")
    held_out = read_gum(data / "ud" / "gum-entities.dev.conllu")
    train = list(gum_examples(documents[:8] if short else documents))
    train += news_examples(data / "polnear" / "train", most=8 if short else None)
    dev = list(gum_examples(held_out[:2] if short else held_out))
    record = fit(train, dev)
    out.mkdir(parents=True, exist_ok=True)
    target = out / "antecedents.json"
    target.write_text(json.dumps(record, separators=(",", ":")) + "\n", encoding="utf-8")
    return target


def fit(train: Sequence[Example], dev: Sequence[Example]) -> dict[str, Any]:
    """The record of a ranker fitted to ``train``, with its figures on ``dev``."""
    forms: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    for form in _SETTINGS:
        rows = [e for e in train if e.form == form]
        trees = _fitted(rows, form)
        held_out = _held_out(rows, form)
        sharpness, none = _calibrated(held_out, form)
        forms[form] = {**trees, "sharpness": sharpness, "none": none}
        ranker = Ranker({form: BoostedTrees(trees)}, {form: sharpness}, {form: none})
        tested = [(ranker.trees[form].log_odds(e.rows), e) for e in dev if e.form == form]
        figures[form] = {
            "held out in turn": _measured(ranker, form, held_out),
            "GUM dev": _measured(ranker, form, tested),
        }
    return {"figures": figures, "forms": forms}


def _fitted(rows: Sequence[Example], form: str) -> dict[str, Any]:
    """Trees fitted to every candidate of every example, as plain lists."""
    try:
        from sklearn.ensemble import GradientBoostingClassifier
    except ImportError as error:
        raise MissingExtraError(
            "fitting needs scikit-learn", remedy="pip install 'quotecheck-toolkit[train]'"
        ) from error
    numbers = [row for example in rows for row in example.rows]
    right = [label for example in rows for label in example.right]
    weights = [e.weight for e in rows for _ in e.rows]
    model = GradientBoostingClassifier(
        learning_rate=0.1, subsample=0.6, max_features=0.2, init="zero", random_state=1,
        **_SETTINGS[form],
    )  # fmt: skip
    model.fit(numbers, right, sample_weight=weights)
    samples = numbers[:: max(1, len(numbers) // _SAMPLES)][:_SAMPLES]
    scores = model.decision_function(samples) if samples else []
    told = [[list(row), round(float(score), 6)] for row, score in zip(samples, scores, strict=True)]
    return {**exported(model, FEATURES), "samples": told}


def exported(model: Any, names: Sequence[str]) -> dict[str, Any]:
    """A fitted ``GradientBoostingClassifier`` (started at zero) as `BoostedTrees` reads it."""
    trees = []
    for estimator in model.estimators_[:, 0]:
        tree = estimator.tree_
        trees.append(
            [
                [int(f), round(float(t), 5), int(left), int(other), int(other)]
                if left >= 0
                else [round(float(v), 5)]
                for f, t, left, other, v in zip(
                    tree.feature,
                    tree.threshold,
                    tree.children_left,
                    tree.children_right,
                    tree.value[:, 0, 0],
                    strict=True,
                )
            ]
        )
    rate = float(model.learning_rate)
    return {"features": list(names), "base": 0.0, "rate": rate, "trees": trees}


_Scored = list[tuple[list[float], Example]]
"""Scores of an example's candidates, beside it."""


def _held_out(rows: Sequence[Example], form: str) -> _Scored:
    """Every example with the scores of trees that never saw its document."""
    names = sorted({example.document for example in rows})
    fold = {name: place % _FOLDS for place, name in enumerate(names)}
    scored: _Scored = []
    for number in range(_FOLDS):
        kept = [e for e in rows if fold[e.document] != number]
        tested = [e for e in rows if fold[e.document] == number]
        if len({label for e in kept for label in e.right}) < 2:
            continue
        trees = BoostedTrees(_fitted(kept, form))
        scored += [(trees.log_odds(e.rows), e) for e in tested]
    return scored


def _calibrated(scored: _Scored, form: str) -> tuple[float, float]:
    """Sharpness and the score of "none" that make held-out examples most likely."""
    from scipy.optimize import minimize

    def loss(given: Sequence[float]) -> float:
        ranker = Ranker({}, {form: float(given[0])}, {form: float(given[1])})
        return sum(
            e.weight * _surprise(ranker.shares(form, scores), e.right) for scores, e in scored
        )

    best = minimize(loss, [1.0, 0.0], method="Nelder-Mead", options={"maxiter": 200})
    return round(float(best.x[0]), 4), round(float(best.x[1]), 4)


def _surprise(shares: Sequence[float], right: Sequence[bool]) -> float:
    told = sum(share for share, label in zip(shares, right, strict=True) if label)
    return -math.log(max(1e-9, told if any(right) else 1.0 - sum(shares)))


def _measured(ranker: Ranker, form: str, scored: _Scored) -> dict[str, Any]:
    """Shares of right answers (none among them), and how far probabilities are off."""
    right = named = first = 0
    gaps: dict[int, list[tuple[float, bool]]] = {}
    for scores, example in scored:
        shares = ranker.shares(form, scores)
        best = max(range(len(shares)), key=lambda i: shares[i])
        nobody = 1.0 - sum(shares)
        ok = not any(example.right) if nobody > shares[best] else example.right[best]
        right += ok
        named += any(example.right)
        first += example.right[best]
        sure = max(nobody, shares[best])
        gaps.setdefault(min(9, int(sure * 10)), []).append((sure, ok))
    total = max(1, len(scored))
    off = sum(abs(sum(p for p, _ in g) - sum(ok for _, ok in g)) for g in gaps.values()) / total
    return {
        "examples": len(scored),
        "right": round(right / total, 4),
        "right of those named": round(first / max(1, named), 4),
        "calibration error": round(off, 4),
    }
