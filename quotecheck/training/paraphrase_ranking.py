"""Fits what weighs sentences that may say the same: ``quotecheck.training.paraphrase_ranking``.

``paraphrases.jsonl`` beside this module holds 45 written for it, of sentences drawn by lot from a
benchmark's documents, with their places; ``paraphrases_kept.jsonl`` 46 more, freer ones that are
only measured (``--measured``). Cases are paraphrases with the place they go back to, and
quotations that go back to nothing. The weights come from a softmax over the candidates of each
paraphrase, with a ridge; the probability from a logistic regression on the best candidate's
features and its lead. Reported is how often the best candidate is right when the case was held out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from quotecheck.checking.paraphrase_search import SemanticIndex
from quotecheck.comparison.wording import strip_marks
from quotecheck.evaluation.metrics.misquotes import is_retrieved, read_lines
from quotecheck.library.library import open_library
from quotecheck.paraphrase.contradictions import clashes, statement
from quotecheck.paraphrase.ranking import FEATURES, LEAD
from quotecheck.weights.boosted_trees import logistic, logistic_array

__all__ = ["fit_ranking", "main"]

_RIDGE = 0.02
_FOLDS = 15
_STEPS = 150

_CALM = 3.0
_FEWEST = 4

Case = tuple[Any, Any, Any]
"""Of a quotation's candidates the numbers, which are right, and which no guard stands against."""
Answer = tuple[bool, bool, list[float]]
"""Whether the best is right, whether no guard stands against it, its numbers with its lead."""


def candidates(index: SemanticIndex, cases: Sequence[dict[str, Any]]) -> list[Case]:
    """Return the candidates of each case; their order by the present ranking does not matter."""
    found: list[Case] = []
    for case in cases:
        hits = index.hits(strip_marks(case["quote"]), case.get("claimed_speaker"))
        right, open_to = [], []
        mine = statement(case["quote"])
        for hit in hits:
            place = hit.sentence
            answer = {"doc": index.key(place.document), "start": place.start, "end": place.end}
            right.append(case["doc"] is not None and is_retrieved(case, answer))
            apart = clashes(mine, statement(place.text), statement(place.passage))
            open_to.append(not apart and place.said is not False)
        numbers = np.array([hit.numbers for hit in hits]).reshape(-1, len(FEATURES))
        found.append((numbers, np.array(right, dtype=bool), np.array(open_to, dtype=bool)))
    return found


def fit_weights(cases: Sequence[Case]) -> Any:
    """Weights that put the right candidates first (Adam on the softmax's likelihood)."""
    cases = [case for case in cases if case[1].any()]
    every = np.concatenate([numbers for numbers, _, _ in cases])
    mean, spread = every.mean(0), every.std(0) + 1e-6
    longest = max(len(numbers) for numbers, _, _ in cases)
    table = np.zeros((len(cases), longest, every.shape[1]))
    absent = np.full((len(cases), longest), -1e9)
    right = np.zeros((len(cases), longest))
    for n, (numbers, hit, _) in enumerate(cases):
        table[n, : len(numbers)] = (numbers - mean) / spread
        absent[n, : len(numbers)] = 0
        right[n, : len(numbers)] = hit
    weights = np.zeros(every.shape[1])
    first = second = np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        chance = _softmax(table @ weights + absent)
        wanted = right * chance
        wanted /= wanted.sum(1, keepdims=True)
        slope = np.einsum("ncf,nc->f", table, chance - wanted) / len(cases) + 2 * _RIDGE * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        rate = 0.1 / (1 - 0.9**step)
        weights = weights - rate * first / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights / spread


def _softmax(scores: Any) -> Any:
    scores = np.exp(scores - scores.max(1, keepdims=True))
    return scores / scores.sum(1, keepdims=True)


def best_of(case: Case, weights: Any) -> Answer:
    """Whether the best candidate is right, and its features with its lead over the second."""
    numbers, right, _ = case
    scores = numbers @ weights
    order = np.argsort(-scores)
    lead = scores[order[0]] - scores[order[1]] if len(scores) > 1 else LEAD
    found = int(order[0])
    return bool(right[found]), bool(case[2][found]), [*numbers[found], min(LEAD, lead)]


def held_out(cases: Sequence[Case]) -> list[Answer]:
    """`best_of` of each case with weights fitted to the other folds."""
    answers: list[Answer] = [(False, False, [])] * len(cases)
    for fold in range(_FOLDS):
        weights = fit_weights([case for n, case in enumerate(cases) if n % _FOLDS != fold])
        for n in range(fold, len(cases), _FOLDS):
            answers[n] = best_of(cases[n], weights)
    return answers


def fit_probability(answers: Sequence[Answer]) -> Any:
    """Intercept and weights by Newton's method, with a ridge on numbers of one spread."""
    right = np.array([float(answer[0]) for answer in answers])
    table = np.array([answer[2] for answer in answers])
    mean, spread = table.mean(0), table.std(0) + 1e-9
    table = np.column_stack([np.ones(len(table)), (table - mean) / spread])
    ridge = np.array([1e-6, *[_CALM] * (table.shape[1] - 1)])
    found = np.zeros(table.shape[1])
    for _ in range(80):
        chance = logistic_array(table @ found)
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        found = found + np.linalg.solve(bend, table.T @ (right - chance) - ridge * found)
    weights = found[1:] / spread
    return np.array([found[0] - weights @ mean, *weights])


def likelihoods(answers: Sequence[Answer]) -> list[float]:
    """The probability of each answer by the other folds; 0 where a guard stands against it."""
    result = [0.0] * len(answers)
    for fold in range(10):
        fitted = fit_probability([a for n, a in enumerate(answers) if n % 10 != fold])
        for n in range(fold, len(answers), 10):
            if answers[n][1]:
                result[n] = logistic(float(fitted @ [1.0, *answers[n][2]]))
    return result


def fit_ranking(
    gold: Sequence[Path],
    library_path: Path,
    *,
    told: float,
    shown: float,
    measured: Sequence[Path] = (),
) -> dict[str, Any]:
    """Fit to the paraphrases and the quotations not found of some files of cases.

    Args:
        gold: cases as `quotecheck.evaluation.metrics.misquotes` has them.
        measured: more of them, whose paraphrases are only measured with what the others give.
        library_path: a library with their documents and with vectors.
        told: the probability from which a candidate is called the same statement.
        shown: that from which it is shown.
    """
    files = [list(read_lines(path)) for path in (*gold, *measured)]
    with open_library(library_path) as library:
        index = SemanticIndex(library, None)
        paraphrases = [[c for c in cases if c["verdict"] == "paraphrase"] for cases in files]
        absent = [
            c
            for cases in files
            for c in cases
            if c["verdict"] == "not_found" and len(c["quote"].split()) >= _FEWEST
        ]
        by_file = [candidates(index, cases) for cases in paraphrases]
        kept_back = by_file[len(gold) :]
        by_file = by_file[: len(gold)]
        lost = candidates(index, absent)
    every = [case for cases in by_file for case in cases]
    weights = fit_weights(every)
    answers = [*held_out(every), *(best_of(case, weights) for case in lost)]
    chance = fit_probability(answers)
    sure = likelihoods(answers)
    wrong = sorted(sure[len(every) :], reverse=True)
    pairs = [(p, a[0]) for p, a in zip(sure, answers[: len(every)], strict=False)]
    how: dict[str, Any] = {
        "command": "python -m quotecheck.training.paraphrase_ranking --gold "
        + " ".join(path.name for path in gold)
        + (f" --measured {' '.join(path.name for path in measured)}" if measured else "")
        + " --db corpus.db",
        "gold_sha256": [
            hashlib.sha256(path.read_bytes()).hexdigest() for path in (*gold, *measured)
        ],
        "paraphrases": [len(cases) for cases in by_file],
        "not_found": len(lost),
        "right_first_held_out": round(float(np.mean([a[0] for a in answers[: len(every)]])), 3),
        "among_candidates": round(float(np.mean([bool(hit.any()) for _, hit, _ in every])), 3),
        "likeliest_of_not_found": [round(p, 3) for p in wrong[:8]],
        "told_of_not_found": sum(p >= told for p in wrong),
        "told_of_paraphrases": sum(p >= told for p, _ in pairs),
        "told_and_right": sum(p >= told and right for p, right in pairs),
    }
    for path, cases in zip(measured, kept_back, strict=True):
        found = [best_of(case, weights)[0] for case in cases]
        how[f"right first of {path.name}, not fitted to"] = round(float(np.mean(found)), 3)
    for n, cases in enumerate(by_file):
        if len(by_file) > 1:
            others = [case for m, rest in enumerate(by_file) if m != n for case in rest]
            fitted = fit_weights(others)
            share = np.mean([best_of(case, fitted)[0] for case in cases])
            how[f"file {n + 1} by the others"] = round(float(share), 3)
    return {
        "about": "What weighs sentences that may say the same as a quotation in other words.",
        "weights": {n: round(float(w), 4) for n, w in zip(FEATURES, weights, strict=True)},
        "probability": {
            "intercept": round(float(chance[0]), 4),
            "lead": round(float(chance[-1]), 4),
            "weights": {n: round(float(w), 4) for n, w in zip(FEATURES, chance[1:-1], strict=True)},
            "told": told,
            "shown": shown,
        },
        "how": how,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes paraphrase_ranking.json."""
    parser = argparse.ArgumentParser(prog="python -m quotecheck.training.paraphrase_ranking")
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--measured", type=Path, nargs="*", default=[])
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("weights-new/paraphrase_ranking.json"))
    parser.add_argument("--told", type=float, default=0.65)
    parser.add_argument("--shown", type=float, default=0.02)
    given = parser.parse_args(arguments)
    found = fit_ranking(
        given.gold, given.db, told=given.told, shown=given.shown, measured=given.measured
    )
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found["how"], indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
