"""Fits the forests that choose among readings (`quotecheck.attribution.candidate_selection`).

Every reading of every document that the span tagger was not trained on is an example: right when a
gold content shares half of its letters and the source is right, exact when all three spans are.
Gradient boosting (scikit-learn) over the named evidence; what ships is the table of trees as JSON.
The calibration is isotonic, over readings that were chosen in five-fold cross-validation by
document. Needs the ``train`` extra.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotecheck.attribution.attribute import DOUBTFUL, by_rules
from quotecheck.attribution.candidate_features import FeatureExtractor
from quotecheck.attribution.candidate_selection import ScoredCandidate, by_rank, select_compatible
from quotecheck.attribution.candidates import Candidate, generate_candidates
from quotecheck.attribution.text_view import TextView
from quotecheck.errors import needing
from quotecheck.evaluation.gold import GoldDocument, MarkedSpans, read_gold
from quotecheck.evaluation.metrics.attribution import verdicts
from quotecheck.parsing.parser import load_parser
from quotecheck.tagging import load_tagger
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages
from quotecheck.training.span_examples import held_out
from quotecheck.weights.boosted_trees import BoostedTrees
from quotecheck.weights.logistic import logistic

__all__ = ["Read", "fit_attributions", "readings"]

_FOLDS = 5  # Parts of cross-validation, by document.
_STEP = 0.02
"""The least distance in log odds between two steps of the calibration."""


@dataclass(frozen=True, slots=True)
class Read:
    """A document's readings with their evidence and whether each is right, and exact."""

    document: GoldDocument
    generate_candidates: list[Candidate]
    features: list[dict[str, float]]
    right: list[bool]
    exact: list[bool]


def readings(documents: Sequence[GoldDocument], tagger: Any, parser: Any) -> Iterator[Read]:
    """Every reading of the documents, judged by the gold."""
    paragraph_lists = [paragraphs(document.text) for document in documents]
    texts = [(d.text, blocks) for d, blocks in zip(documents, paragraph_lists, strict=True)]
    parses = parser.parse_many(texts)
    for document, blocks, parsed in zip(documents, paragraph_lists, parses, strict=True):
        passages = quoted_passages(document.text, blocks)
        tagged = tagger.tag(document.text, blocks, passages)
        page = TextView(parsed, passages, blocks)
        rules, _ = by_rules(page, None, DOUBTFUL)
        candidates = generate_candidates(page, rules, tagged)
        extractor = FeatureExtractor(page, tagged)
        features = [extractor.features(candidate) for candidate in candidates]
        spans = [
            MarkedSpans(
                candidate.attribution.content,
                candidate.attribution.cue,
                candidate.attribution.source,
            )
            for candidate in candidates
        ]
        right, exact = verdicts(document, spans)
        yield Read(document, candidates, features, right, exact)


def fit_attributions(data: Path, out: Path, *, short: bool = False) -> Path:
    """Fit both forests on the held-out tenth of ``data/polnear/train``.

    Args:
        data: has polnear/train with text/ and attributions/.
        out: the folder to write attributions.json to.
        short: use ten documents, to try the recipe.

    Returns:
        The file written.

    Raises:
        MissingExtraError: scikit-learn is not installed.
        InputError: the data is not there.
    """
    _, waiting = held_out(read_gold(data / "polnear" / "train"))
    read = list(readings(waiting[:10] if short else waiting, load_tagger(), load_parser()))
    table = fitted(read)
    out.mkdir(parents=True, exist_ok=True)
    target = out / "attributions.json"
    target.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")
    return target


def fitted(read: Sequence[Read]) -> dict[str, Any]:
    """The two tables of trees, the first with its calibration."""
    names = sorted({name for document in read for row in document.features for name in row})
    right = _forest(read, names, lambda document: document.right)
    exact = _forest(read, names, lambda document: document.exact)
    right["steps"] = _steps(_out_of_fold(read, names))
    return {"right": right, "exact": exact}


def _matrix(read: Sequence[Read], names: Sequence[str]) -> Any:
    import numpy as np

    rows = [
        [row.get(n, float("nan")) for n in names] for document in read for row in document.features
    ]
    return np.array(rows, dtype=np.float64)


def _forest(
    read: Sequence[Read], names: Sequence[str], label: Callable[[Read], list[bool]]
) -> dict[str, Any]:
    with needing("fitting needs scikit-learn", "train"):
        from sklearn.ensemble import HistGradientBoostingClassifier
    model = HistGradientBoostingClassifier(
        max_iter=200,
        learning_rate=0.06,
        max_leaf_nodes=12,
        min_samples_leaf=20,
        l2_regularization=5.0,
        max_features=0.5,
        random_state=0,
    )
    model.fit(_matrix(read, names), [value for document in read for value in label(document)])
    return exported(model, names)


def exported(model: Any, names: Sequence[str]) -> dict[str, Any]:
    """A fitted model of two classes as the table that `quotecheck.weights.boosted_trees` reads."""
    trees = []
    for (predictor,) in model._predictors:
        nodes: list[list[float]] = []
        for node in predictor.nodes:
            if node["is_leaf"]:
                nodes.append([round(float(node["value"]), 5)])
                continue
            left, right = int(node["left"]), int(node["right"])
            missing = left if node["missing_go_to_left"] else right
            nodes.append(
                [int(node["feature_idx"]), float(node["num_threshold"]), left, right, missing]
            )
        trees.append(nodes)
    base = float(model._baseline_prediction.ravel()[0])
    return {"features": list(names), "base": round(base, 5), "trees": trees}


def _out_of_fold(read: Sequence[Read], names: Sequence[str]) -> list[tuple[float, bool]]:
    """Log odds and truth of the readings that were chosen in documents not fitted to."""
    pairs: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        rest = [document for n, document in enumerate(read) if n % _FOLDS != fold]
        right = BoostedTrees(_forest(rest, names, lambda document: document.right))
        exact = BoostedTrees(_forest(rest, names, lambda document: document.exact))
        for document in read[fold::_FOLDS]:
            pairs += _chosen(document, right, exact)
    return pairs


def _chosen(read: Read, right: BoostedTrees, exact: BoostedTrees) -> list[tuple[float, bool]]:
    rows = [[f.get(name, float("nan")) for name in right.features] for f in read.features]
    scored_candidates, truth = [], {}
    for candidate, odds, other, true in zip(
        read.generate_candidates,
        right.log_odds(rows),
        exact.log_odds(rows),
        read.right,
        strict=True,
    ):
        scored = ScoredCandidate(candidate, logistic(odds), logistic(other), 1.0)
        scored_candidates.append(scored)
        truth[id(scored)] = (odds, true)
    return [truth[id(scored)] for scored, _ in select_compatible(by_rank(scored_candidates), 0.0)]


def _steps(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """The isotonic curve through the pairs, thinned to where it bends."""
    from sklearn.isotonic import IsotonicRegression

    odds = [pair[0] for pair in pairs]
    curve = IsotonicRegression(y_min=0.005, y_max=0.995).fit(odds, [pair[1] for pair in pairs])
    steps: list[tuple[float, float]] = []
    for x, y in zip(curve.X_thresholds_, curve.y_thresholds_, strict=True):
        if not steps or x - steps[-1][0] > _STEP:
            steps.append((round(float(x), 4), round(float(y), 4)))
    return steps
