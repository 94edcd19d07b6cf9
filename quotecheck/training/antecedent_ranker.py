"""Fits the ranker of antecedents (`coreference.antecedent_ranker`) to annotated coreference.

GUM and LitBank say of each mention which entity it is of; the persons are those that
`quotecheck.coreference.resolve` itself finds, and each pronoun and each nominal ("the senator")
gives an example: the candidates, and which of them it means, if any. News has more speakers than
GUM, so the pronouns in the texts of PolNeAR train that ``antecedents.tsv`` decides are examples as
well, and so is each surname there whose bearer was called something before: a description of his
might stand in its place. GAP gives pronouns of Wikipedia between two names of one gender; the
pronouns before them are resolved by trees that were fitted without it. Boosted trees choose among
the candidates (`quotecheck.training.listwise_trees`); how sharp the scores are and how often "none
of them" is right is fitted to documents held out in turn. Needs the ``train`` extra.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from quotecheck.coreference.antecedent_features import FEATURES
from quotecheck.coreference.antecedent_ranker import Ranker
from quotecheck.coreference.binding import BINDING_FEATURES
from quotecheck.training.coreference_walk import Example
from quotecheck.training.gum_examples import gum_examples, read_gum
from quotecheck.training.listwise_trees import Group, Settings, fit_listwise
from quotecheck.training.news_examples import news_examples
from quotecheck.training.novel_examples import gap_examples, novel_examples, read_novels
from quotecheck.weights.boosted_trees import BoostedTrees

__all__ = ["antecedent_examples", "exported", "fit", "fit_antecedents", "pronoun_ranker"]

_FOLDS = 3  # Parts of cross-validation, by document; a fit takes minutes, so no more.
_SAMPLES = 12
"""Rows whose scores are kept beside the trees for a test."""
_PRONOUN: Final = "pronoun"
_FIRST_BINDING: Final = FEATURES.index(BINDING_FEATURES[0])
"""Where the numbers of binding begin; they are the last ones."""
_SETTINGS = {
    _PRONOUN: Settings(trees=300, depth=5, leaf=15, rate=0.06, features=0.35),
    "nominal": Settings(trees=60, depth=3, leaf=20, features=0.2),
    "orphan": Settings(trees=50, depth=3, leaf=20, features=0.2),
}
NOVELS, NEWS = 0.5, 4.0
"""What a pronoun of a novel and one of an article weighs beside one of GUM or GAP: there are six
times as many of the former, and articles are what most texts are."""
_FEW = Settings(trees=5, depth=3, leaf=5)
"""What is fitted when only the recipe is tried."""


def fit_antecedents(data: Path, out: Path, *, short: bool = False) -> Path:
    """Fit the ranker and write ``out/antecedents.json``.

    Args:
        data: has ud/gum-entities.train.conllu, polnear/train, beyond/litbank, beyond/gap/train.tsv
            and, to measure, ud/gum-entities.dev.conllu.
        out: the folder to write to.
        short: use eight documents of each, to try the recipe.

    Returns:
        The file written.

    Raises:
        MissingExtraError: scikit-learn is not installed.
        InputError: the data is not there.
    """
    train = antecedent_examples(data, short=short)
    dev = list(
        gum_examples(read_gum(data / "ud" / "gum-entities.dev.conllu")[: 2 if short else None])
    )
    settings = dict.fromkeys(_SETTINGS, _FEW) if short else _SETTINGS
    record = fit(train, dev, settings)
    out.mkdir(parents=True, exist_ok=True)
    target = out / "antecedents.json"
    target.write_text(json.dumps(record, separators=(",", ":")) + "\n", encoding="utf-8")
    return target


def antecedent_examples(data: Path, *, short: bool = False) -> list[Example]:
    """Every example of the data folder that `fit_antecedents` describes, those of GAP last."""
    most = 8 if short else None
    novels = read_novels(data / "beyond" / "litbank", "train")[:most]
    train = list(weighted(novel_examples(novels), NOVELS))
    train += gum_examples(read_gum(data / "ud" / "gum-entities.train.conllu")[:most])
    train += weighted(news_examples(data / "polnear" / "train", most=most), NEWS)
    first = pronoun_ranker(train, _FEW if short else _SETTINGS["pronoun"])
    train += gap_examples(data / "beyond" / "gap" / "train.tsv", first, most=most)
    return train


def weighted(examples: Iterable[Example], factor: float) -> Iterator[Example]:
    """The examples again, pronouns with so many times their weight."""
    for example in examples:
        times = factor if example.form == _PRONOUN else 1.0
        yield replace(example, weight=example.weight * times)


def pronoun_ranker(train: Sequence[Example], settings: Settings = _SETTINGS["pronoun"]) -> Ranker:
    """A ranker for pronouns alone: for those that GAP asks nothing of, and for texts left out."""
    trees, none = _fitted([e for e in train if e.form == _PRONOUN], settings)
    return Ranker({_PRONOUN: BoostedTrees(trees)}, {_PRONOUN: 1.0}, {_PRONOUN: none})


def fit(
    train: Sequence[Example], dev: Sequence[Example], settings: dict[str, Settings] | None = None
) -> dict[str, Any]:
    """The record of a ranker fitted to ``train``, with its figures on ``dev``."""
    forms: dict[str, Any] = {}
    figures: dict[str, Any] = {}
    for form, chosen in (settings or _SETTINGS).items():
        rows = [e for e in train if e.form == form]
        trees, _ = _fitted(rows, chosen)
        held_out = _held_out(rows, chosen)
        sharpness, none = _calibrated(held_out, form)
        numbers = [list(row) for e in rows for row in e.rows]
        samples = numbers[:: max(1, len(numbers) // _SAMPLES)][:_SAMPLES]
        scores = BoostedTrees(trees).log_odds(samples)
        sample_rows = [[row, round(s, 6)] for row, s in zip(samples, scores, strict=True)]
        forms[form] = {**trees, "samples": sample_rows, "sharpness": sharpness, "none": none}
        ranker = Ranker({form: BoostedTrees(trees)}, {form: sharpness}, {form: none})
        tested = [(ranker.trees[form].log_odds(e.rows), e) for e in dev if e.form == form]
        figures[form] = {
            "held out in turn": _measured(ranker, form, held_out),
            "GUM dev": _measured(ranker, form, tested),
        }
    return {"figures": figures, "forms": forms}


def _fitted(rows: Sequence[Example], settings: Settings) -> tuple[dict[str, Any], float]:
    groups = [Group(_features(e), e.right, e.weight) for e in rows]
    return fit_listwise(groups, FEATURES, settings)


def _features(example: Example) -> Sequence[Sequence[float]]:
    """The numbers that trees of an example's form may ask for, the others nought.

    Binding holds for pronouns. Of the few descriptions there are, trees learn chance from it: with
    it .88 of the roles of a dev set were right, without it .91.
    """
    if example.form == _PRONOUN:
        return example.rows
    return [row[:_FIRST_BINDING] + (0.0,) * len(BINDING_FEATURES) for row in example.rows]


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


def _held_out(rows: Sequence[Example], settings: Settings) -> _Scored:
    """Every example with the scores of trees that never saw its document."""
    names = sorted({example.document for example in rows})
    fold = {name: place % _FOLDS for place, name in enumerate(names)}
    scored: _Scored = []
    for number in range(_FOLDS):
        fitting_rows = [e for e in rows if fold[e.document] != number]
        tested = [e for e in rows if fold[e.document] == number]
        if not fitting_rows or not tested:
            continue
        trees = BoostedTrees(_fitted(fitting_rows, settings)[0])
        scored += [(trees.log_odds(e.rows), e) for e in tested]
    return scored


def _calibrated(scored: _Scored, form: str) -> tuple[float, float]:
    """Sharpness and the score of "none" that make held-out examples most likely."""
    from scipy.optimize import minimize

    def loss(parameters: Sequence[float]) -> float:
        ranker = Ranker({}, {form: float(parameters[0])}, {form: float(parameters[1])})
        return sum(
            e.weight * _surprise(ranker.shares(form, scores), e.right) for scores, e in scored
        )

    best = minimize(loss, [1.0, 0.0], method="Nelder-Mead", options={"maxiter": 200})
    return round(float(best.x[0]), 4), round(float(best.x[1]), 4)


def _surprise(shares: Sequence[float], right: Sequence[bool]) -> float:
    likelihood = sum(share for share, label in zip(shares, right, strict=True) if label)
    return -math.log(max(1e-9, likelihood if any(right) else 1.0 - sum(shares)))


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
