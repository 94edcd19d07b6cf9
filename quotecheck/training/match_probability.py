"""Fits the probability that a place is the origin: ``quotecheck.training.match_probability``.

Logistic regression with a small ridge, by Newton's method, on the labelled quotations of a
benchmark and on planted ones (`quotecheck.evaluation.synthetic.misquotes`), half of the weight
each. An answer is right when the place is; of what is not in the library every place is wrong.
Reported is the expected calibration error in five folds. The thresholds of "found" are kept as they
are and reported with their false alarms.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotecheck._version import __version__
from quotecheck.checking.checker import Checker, match_evidence
from quotecheck.checking.thresholds import FEATURES, MatchEvidence, thresholds
from quotecheck.comparison.wording import strip_marks
from quotecheck.comparison.words import quotation_words
from quotecheck.evaluation.metrics.calibration import reliability
from quotecheck.evaluation.metrics.misquotes import is_retrieved, read_lines
from quotecheck.evaluation.runs.library_growth import grown_library
from quotecheck.evaluation.synthetic.misquotes import plant, sentences_of
from quotecheck.library.library import Library, open_library
from quotecheck.training.answer_probability import measured
from quotecheck.weights.boosted_trees import logistic_array

__all__ = ["fit_probability", "fit_thresholds", "main"]

Example = tuple[MatchEvidence, bool]
Numbers = NDArray[np.float64]

_RIDGE = 0.3  # Strength of the penalty on squared weights. By eye.
_FOLDS = 5  # Parts of cross-validation.


def _search(
    checker: Checker, quote: str, speaker: str | None
) -> tuple[MatchEvidence, dict[str, Any]]:
    shown = strip_marks(quote)
    words = quotation_words(shown)
    result = checker.finder.find(shown, words, speaker)
    place = result.matches[0] if result.matches else None
    answer: dict[str, Any] = {"doc": None, "start": None, "end": None}
    if place is not None:
        answer = {"doc": place.origin.key, "start": place.start, "end": place.end}
    return match_evidence(result), answer


def labelled(library: Library, gold: Path) -> Iterator[Example]:
    """The benchmark's quotations."""
    checker = Checker(library)
    for case in read_lines(gold):
        evidence, answer = _search(checker, case["quote"], case.get("claimed_speaker"))
        if evidence.places:
            yield evidence, case["doc"] is not None and is_retrieved(case, answer)


def planted(library: Library, folder: Path, seed: int, count: int = 2700) -> Iterator[Example]:
    """Yield examples to fit on: planted quotations, searched in a library of 60,000 passages."""
    documents = [d for d in library.documents() if len(sentences_of(d.text[:20_000])) > 5]
    random.Random(seed).shuffle(documents)
    absent, present = documents[::6], [d for k, d in enumerate(documents) if k % 6]
    path = folder / "planted.db"
    grown_library(path, present, 60_000, seed)
    texts = [(d.id, d.text) for d in present]
    with open_library(path) as grown:
        checker = Checker(grown)
        for case in plant(texts, [(d.id, d.text) for d in absent], count, seed):
            evidence, answer = _search(checker, case.quote, None)
            if not evidence.places:
                continue
            if case.document is None:
                if str(answer["doc"]).startswith("recombined-"):
                    yield evidence, False  # else another document may well have it too
                continue
            gold = {"doc": case.document, "start": case.start, "end": case.end}
            right = is_retrieved(gold, answer) or bool(evidence.others)
            yield evidence, right


def fit_probability(
    features: Numbers, right: Numbers, weights: Numbers
) -> tuple[float, list[float]]:
    """Intercept and weights of a logistic regression.

    Args:
        features: (examples, features).
        right: (examples,), 1 where the place is the origin.
        weights: (examples,), how much each counts.
    """
    x = np.hstack([np.ones((len(features), 1)), features])
    beta = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], _RIDGE)
    ridge[0] = 0.0
    for _ in range(100):
        p = logistic_array(x @ beta)
        gradient = x.T @ (weights * (right - p)) - ridge * beta
        hessian = (x * (weights * p * (1 - p))[:, None]).T @ x + np.diag(ridge + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if float(np.abs(step).max()) < 1e-8:
            break
    return float(beta[0]), [float(b) for b in beta[1:]]


def _probabilities(intercept: float, weights: Sequence[float], features: Numbers) -> Numbers:
    return logistic_array(intercept + features @ np.asarray(weights))


def _alarms(examples: Sequence[Example]) -> str:
    wrong = [evidence for evidence, right in examples if not right]
    return f"{sum(thresholds().is_found(evidence) for evidence in wrong)} of {len(wrong)}"


def fit_thresholds(
    gold: Path,
    library_path: Path,
    *,
    further: Sequence[tuple[Path, Path]] = (),
    seed: int = 11,
    short: bool = False,
) -> dict[str, Any]:
    """Fit the probability and return the record of ``thresholds.json``.

    Args:
        gold: labelled quotations, JSON Lines.
        library_path: the library that they are checked against.
        further: more benchmarks with their libraries, for how often verdicts are right.
        seed: of what is drawn by lot.
        short: plant a tenth of the quotations, to try the recipe.
    """
    with open_library(library_path) as library, tempfile.TemporaryDirectory() as folder:
        real = list(labelled(library, gold))
        planted_examples = list(planted(library, Path(folder), seed, 270 if short else 2700))
    examples = [*real, *planted_examples]
    x = np.array([evidence.features() for evidence, _ in examples], dtype=np.float64)
    y = np.array([right for _, right in examples], dtype=np.float64)
    w = np.array(
        [1.0] * len(real) + [len(real) / len(planted_examples)] * len(planted_examples),
        dtype=np.float64,
    )
    order = np.random.default_rng(seed).permutation(len(examples))
    probabilities = np.zeros(len(examples))
    for fold in range(_FOLDS):
        out = order[fold::_FOLDS]
        rest = np.setdiff1d(order, out)
        probabilities[out] = _probabilities(*fit_probability(x[rest], y[rest], w[rest]), x[out])
    intercept, weights = fit_probability(x, y, w)
    report = reliability(
        zip(probabilities[: len(real)].tolist(), (y[: len(real)] > 0).tolist(), strict=True)
    )
    now = thresholds()
    return {
        "about": "When a quotation counts as found, and how likely its place is the origin.",
        "found": {
            "share": now.share,
            "evidence": now.evidence,
            "exact": now.exact,
            "short": now.short,
            "not_theirs": now.not_theirs,
            "nearest": now.nearest,
            "faint": now.faint,
        },
        "probability": {"intercept": round(intercept, 4)}
        | {name: round(weight, 4) for name, weight in zip(FEATURES, weights, strict=True)},
        **measured([(gold, library_path), *further]),
        "how": {
            "quotecheck": __version__,
            "command": "python -m quotecheck.training.match_probability"
            " --gold dev.jsonl --db corpus.db",
            "gold_sha256": hashlib.sha256(gold.read_bytes()).hexdigest(),
            "labelled": len(real),
            "planted": len(planted_examples),
            "seed": seed,
            "found": "share and evidence were set on the benchmark's development set so that no "
            "quotation that is not in the corpus is called found (the highest share of one with "
            "the right or no speaker is .51); not_theirs so that nobody is accused because of "
            "ordinary words",
            "wrong_places_called_found": {
                "labelled": _alarms(real),
                "planted": _alarms(planted_examples),
            },
            "calibration_error_in_five_folds": report["ece"],
            "reliability": report["bins"],
        },
    }


def main(arguments: list[str] | None = None) -> int:
    """Fits, reports, and writes the file; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m quotecheck.training.match_probability")
    parser.add_argument("--gold", type=Path, required=True, help="labelled quotations, JSON Lines")
    parser.add_argument("--db", type=Path, required=True, help="the library they are asked of")
    parser.add_argument(
        "--also",
        type=Path,
        nargs=2,
        action="append",
        default=[],
        metavar=("GOLD", "DB"),
        help="a further benchmark, for how often verdicts are right",
    )
    parser.add_argument("--out", type=Path, required=True, help="thresholds.json to be written")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args(arguments)
    further = [(gold, library) for gold, library in options.also]
    record = fit_thresholds(options.gold, options.db, further=further, seed=options.seed)
    options.out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(record["how"], indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
