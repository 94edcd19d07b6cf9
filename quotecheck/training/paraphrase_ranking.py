"""Fits what weighs sentences that may say the same: ``quotecheck.training.paraphrase_ranking``.

Cases are quotations with the place that says the same in other words, and quotations that are near
a sentence and say something else: another number, name, yes or no, other persons in the parts, a
neighbour that is not there. Three models come of them (`quotecheck.paraphrase.ranking`): a sum that
orders all candidates by wording (a softmax over the candidates of each case, with a ridge), trees
that order those that were read by the encoder, trees for the probability that the first of them is
the same statement, calibrated. Each rests on what the ones before it say of documents that they
were not fitted to; reported is what all say of such documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from quotecheck.errors import needing
from quotecheck.evaluation.metrics.misquotes import read_lines
from quotecheck.library.library import open_library
from quotecheck.paraphrase.features import WORDING_FEATURES
from quotecheck.paraphrase.ranking import (
    CHANCE_FEATURES,
    LEAD,
    REACH,
    READ_FEATURES,
    chance_numbers,
    from_table,
    lacks_a_like,
    without_gaps,
)
from quotecheck.training.candidate_ranker import exported
from quotecheck.training.listwise_trees import Group, Settings, fit_listwise
from quotecheck.training.paraphrase_examples import FOLDS, Example, drawn, gather
from quotecheck.weights.boosted_trees import BoostedTrees, logistic_array
from quotecheck.weights.logistic import logistic

__all__ = ["fit_ranking", "fitted", "main"]

READ: Final = 4
"""Sentences at most that are read piece by piece: each costs about 10 ms."""
_RIDGE: Final = 0.003  # Strength of the penalty on squared weights. By eye.
_STEPS: Final = 200  # Steps of the descent. By eye.
_SECOND: Final = Settings(trees=60, depth=3, leaf=15, rate=0.1)


def fit_sum(examples: Sequence[Example]) -> Any:
    """Weights of `WORDING_FEATURES` that put the right candidates first (Adam on the softmax)."""
    cases = [(_table(e), e.wanted) for e in examples if e.wanted.any()]
    every = np.concatenate([rows for rows, _ in cases])
    mean, spread = every.mean(0), every.std(0) + 1e-6
    longest = max(len(rows) for rows, _ in cases)
    table = np.zeros((len(cases), longest, every.shape[1]), np.float32)
    absent = np.full((len(cases), longest), -1e9, np.float32)
    right = np.zeros((len(cases), longest), np.float32)
    for n, (rows, right_places) in enumerate(cases):
        table[n, : len(rows)] = (rows - mean) / spread
        absent[n, : len(rows)] = 0
        right[n, : len(rows)] = right_places
    weights = np.zeros(every.shape[1])
    first = second = np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        chance = _softmax(table @ weights.astype(np.float32) + absent)
        right_places = right * chance
        right_places /= right_places.sum(1, keepdims=True) + 1e-12
        slope = (
            np.einsum("ncf,nc->f", table, chance - right_places) / len(cases) + 2 * _RIDGE * weights
        )
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        rate = 0.1 / (1 - 0.9**step)
        weights = weights - rate * first / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights / spread


def _table(example: Example) -> Any:
    rows = [without_gaps(row) for row in example.rows]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(WORDING_FEATURES))


def _softmax(scores: Any) -> Any:
    scores = np.exp(scores - scores.max(1, keepdims=True))
    return scores / scores.sum(1, keepdims=True)


def _others(examples: Sequence[Example], fold: int) -> list[Example]:
    return [e for e in examples if e.fold != fold]


def lead_by_wording(examples: Sequence[Example], weights: Any) -> None:
    """Note the scores of all candidates, and which of them are read: those near the first."""
    for e in examples:
        e.first = _table(e) @ weights
        e.led = _near_first(e.first)


def _near_first(scores: Any) -> list[int]:
    """The candidates that a search reads, by number, the best first."""
    order = _foremost(scores)
    return [n for n in order if scores[n] >= scores[order[0]] - REACH]


def _foremost(scores: Any) -> list[int]:
    order: list[int] = np.argsort(-scores, kind="stable")[:READ].tolist()
    return [n for n in order if np.isfinite(scores[n])]


def read_pieces(example: Example) -> None:
    """Note the numbers of the candidates that lead, in the order of `READ_FEATURES`."""
    rows = []
    top = _foremost(example.first)
    for n in example.led:
        score = float(example.first[n])
        rest = max((float(example.first[m]) for m in top if m != n), default=score)
        rows.append([*example.rows[n], *example.pieces(n), score, score - rest])
    example.read = np.array(rows, dtype=np.float64).reshape(len(rows), len(READ_FEATURES))


def fit_trees(examples: Sequence[Example]) -> dict[str, Any]:
    """Trees that order the candidates that were read."""
    groups = [Group(e.read, e.wanted[e.led]) for e in examples if e.led and e.wanted[e.led].any()]
    record, _ = fit_listwise(groups, READ_FEATURES, _SECOND)
    return record


@dataclass(frozen=True, slots=True)
class Answer:
    """The first candidate of a case, by number: whether it is right, and its numbers.

    ``is_open`` tells that nothing but its probability keeps it from being called the same;
    ``numbers`` are in the order of `CHANCE_FEATURES`.
    """

    example: Example
    place: int
    is_right: bool
    is_open: bool
    numbers: list[float]


def answer(example: Example, trees: BoostedTrees) -> Answer | None:
    """What comes first; None where there is no candidate."""
    if not example.led:
        return None
    scores = trees.log_odds(example.read)
    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    best = order[0]
    lead = scores[best] - scores[order[1]] if len(order) > 1 else LEAD
    place = example.led[best]
    clashes = example.clashes(place)
    numbers = chance_numbers(
        example.read[best].tolist(), scores[best], lead, clashes, example.least(place)
    )
    is_hollow = lacks_a_like(example.read[best].tolist())
    is_open = (
        not clashes
        and not is_hollow
        and (
            not example.claimed_speaker_matches
            or example.claimed_speaker_matches[place] is not False
        )
    )
    return Answer(example, place, bool(example.right[place]), is_open, numbers)


def without_right(example: Example) -> Example | None:
    """The same quotation in a library that lacks its sentence: whatever comes first is wrong.

    None where the sentence is not read, or there is no other.
    """
    first = np.where(example.right, -np.inf, example.first)
    if not example.right[example.led].any() or not np.isfinite(first).any():
        return None
    right = np.zeros_like(example.right)
    bare = replace(example, first=first, led=_near_first(first), right=right)
    read_pieces(bare)
    return bare


def fit_chance(answers: Sequence[Answer]) -> dict[str, Any]:
    """Trees for the probability that the first candidate is the same statement."""
    with needing("fitting needs scikit-learn", "train"):
        from sklearn.ensemble import HistGradientBoostingClassifier
    model = HistGradientBoostingClassifier(
        max_iter=90,
        learning_rate=0.06,
        max_leaf_nodes=8,
        min_samples_leaf=20,
        l2_regularization=5.0,
        max_features=0.4,
        random_state=0,
    )
    model.fit(np.array([a.numbers for a in answers]), [a.is_right for a in answers])
    return exported(model, CHANCE_FEATURES)


def _calibrated(record: dict[str, Any], pairs: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """The trees with a slope and an intercept that make held-out log odds probabilities (Platt)."""
    odds = np.array([pair[0] for pair in pairs])
    right = np.array([float(pair[1]) for pair in pairs])
    table = np.column_stack([np.ones(len(odds)), odds])
    coefficients = np.array([0.0, 1.0])
    for _ in range(50):
        chance = logistic_array(table @ coefficients)
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + np.eye(2) * 1e-6
        coefficients = coefficients + np.linalg.solve(bend, table.T @ (right - chance))
    intercept, slope = (round(float(number), 5) for number in coefficients)
    return record | {"base": round(intercept + slope * record["base"], 5), "rate": slope}


def fitted(
    examples: Sequence[Example], *, precision: float, shown: float
) -> tuple[dict[str, Any], list[tuple[Answer, float]]]:
    """The three models, and of each case the answer with its probability, held out.

    Args:
        examples: cases with their candidates.
        precision: of those called the same statement, the share that is to be right.
        shown: the probability from which a candidate is shown at all.
    """
    for fold in range(FOLDS):
        weights = fit_sum(_others(examples, fold))
        lead_by_wording([e for e in examples if e.fold == fold], weights)
    for e in examples:
        read_pieces(e)
    answered: list[Answer] = []
    lacking: list[Answer] = []
    bare = [e for e in map(without_right, examples) if e is not None]
    for fold in range(FOLDS):
        trees = BoostedTrees(fit_trees(_others(examples, fold)))
        answered += [a for e in examples if e.fold == fold if (a := answer(e, trees)) is not None]
        lacking += [a for e in bare if e.fold == fold if (a := answer(e, trees)) is not None]
    odds: list[tuple[Answer, float]] = []
    for fold in range(FOLDS):
        known = [a for a in (*answered, *lacking) if a.example.fold != fold]
        chance = BoostedTrees(fit_chance(known))
        own_answers = [a for a in answered if a.example.fold == fold]
        odds += zip(own_answers, chance.log_odds([a.numbers for a in own_answers]), strict=True)
    pairs = [(x, a.is_right) for a, x in odds]
    record = _calibrated(fit_chance([*answered, *lacking]), pairs)
    slope = record["rate"]
    shift = _calibrated({"base": 0.0}, pairs)["base"]
    answers = [(a, logistic(shift + slope * x)) for a, x in odds]
    weights = fit_sum(examples)
    table = {
        "about": "What weighs sentences that may say the same as a quotation in other words.",
        "read": READ,
        "told": least_for(answers, precision),
        "shown": shown,
        "first": {n: round(float(w), 5) for n, w in zip(WORDING_FEATURES, weights, strict=True)},
        "second": fit_trees(examples),
        "probability": record,
    }
    return table, answers


def least_for(answers: Sequence[tuple[Answer, float]], precision: float) -> float:
    """The least probability from which on so many of those called the same are right."""
    ordered = sorted(((p, a.is_right) for a, p in answers if a.is_open), reverse=True)
    right, least = 0, 1.0
    for n, (p, is_right) in enumerate(ordered, 1):
        right += is_right
        if right / n >= precision:
            least = p
    return round(least, 4)


def report(
    examples: Sequence[Example], answers: Sequence[tuple[Answer, float]], threshold: float
) -> Any:
    """What the models say of documents they were not fitted to, by kind."""
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for e in examples:
        by[e.kind]["cases"] += 1
        by[e.kind]["among candidates"] += bool(e.right.any())
    for a, p in answers:
        count = by[a.example.kind]
        is_told = p >= threshold and a.is_open
        count["first"] += a.is_right
        count["told"] += is_told and a.is_right
        count["told wrongly"] += is_told and not a.is_right
    return {kind: dict(count) for kind, count in sorted(by.items())}


def fit_ranking(
    gold: Path,
    library_path: Path,
    *,
    precision: float = 0.97,
    shown: float = 0.01,
    measured: Sequence[Path] = (),
) -> dict[str, Any]:
    """Fit to a file of cases, of which no more of a kind than `MOST` says are taken.

    Args:
        gold: cases as `quotecheck.evaluation.metrics.misquotes` has them; ``near`` is the place
            that one that is not there was made from.
        library_path: a library with their documents and with vectors.
        precision: of those called the same statement, the share that is to be right.
        shown: the probability from which a candidate is shown.
        measured: files of paraphrases that are not fitted to; reported is how often the right
            place comes first.
    """
    with open_library(library_path) as library:
        examples = gather(drawn(read_lines(gold)), library)
        record, answers = fitted(examples, precision=precision, shown=shown)
        figures = how(gold, examples, answers, record["told"])
        for path in measured:
            share = _first(gather(read_lines(path), library), record)
            figures[f"right first of {path.name}, not fitted to"] = round(share, 3)
    return record | {"how": figures}


def _first(examples: Sequence[Example], record: dict[str, Any]) -> float:
    """How often the right place comes first."""
    rank = from_table(record)
    lead_by_wording(examples, np.array(rank.first))
    right = 0
    for e in examples:
        read_pieces(e)
        best = answer(e, rank.second)
        right += best is not None and best.is_right
    return right / max(1, len(examples))


def how(
    gold: Path,
    examples: Sequence[Example],
    answers: Sequence[tuple[Answer, float]],
    threshold: float,
) -> dict[str, Any]:
    """How the weights came about, and what they say of documents they were not fitted to."""
    kinds = report(examples, answers, threshold)
    right = sum(k.get("told", 0) for k in kinds.values())
    wrong = sum(k.get("told wrongly", 0) for k in kinds.values())
    loss = np.mean([(p - a.is_right) ** 2 for a, p in answers])
    return {
        "command": f"python -m quotecheck.training.paraphrase_ranking --gold {gold.name} "
        "--db otherwords.db",
        "gold_sha256": hashlib.sha256(gold.read_bytes()).hexdigest(),
        "cases": len(examples),
        "told_right_held_out": right,
        "told_wrongly_held_out": wrong,
        "brier_held_out": round(float(loss), 4),
        "kinds_held_out": kinds,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes paraphrase_ranking.json."""
    parser = argparse.ArgumentParser(prog="python -m quotecheck.training.paraphrase_ranking")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("weights-new/paraphrase_ranking.json"))
    parser.add_argument("--precision", type=float, default=0.97)
    parser.add_argument("--shown", type=float, default=0.01)
    options = parser.parse_args(arguments)
    ranking = fit_ranking(
        options.gold, options.db, precision=options.precision, shown=options.shown
    )
    options.out.write_text(json.dumps(ranking) + "\n", encoding="utf-8")
    print(json.dumps(ranking["how"], indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
