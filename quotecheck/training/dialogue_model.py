"""Fits the model of dialogue (`coreference.dialogue_model`) to who speaks in novels.

LitBank's train part gives the lines and who speaks them. The first pass is fitted to what sources
and narration tell; its answers for documents held out in turn are what the second pass is fitted
to, as those of a text it never saw will be. The figures beside the trees are of such answers too.
How sharp the probabilities are is fitted last. Needs the ``train`` extra.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quotecheck.attribution.attribute import attribute
from quotecheck.coreference.antecedent_ranker import load_ranker
from quotecheck.coreference.dialogue_features import FEATURES, NOBODY, Sheet, sheets
from quotecheck.coreference.dialogue_model import (
    DialogueModel,
    Pass,
    Shares,
    known_shares,
    turn_numbers,
)
from quotecheck.training.dialogue_examples import Dialogue, Taught, dialogue_of, read_lines
from quotecheck.training.listwise_trees import Group, Settings, fit_listwise
from quotecheck.training.novel_examples import read_novels
from quotecheck.training.parsed_texts import parsed_as_usual
from quotecheck.weights.boosted_trees import BoostedTrees

__all__ = ["fit", "fit_dialogue", "novel_dialogues", "refitted"]

_FOLDS = 5  # Parts of cross-validation, by novel.
_ROUNDS = 3
"""Times that the model is fitted on its own held-out answers. By eye."""
_SETTINGS = Settings(trees=120, depth=3, leaf=8, rate=0.07, features=0.3)
_FEW = Settings(trees=5, depth=2, leaf=4)
"""What is fitted when only the recipe is tried."""
_SHARPNESS: tuple[float, ...] = tuple(0.5 + 0.05 * step for step in range(21))
_SURE = (0.5, 0.6, 0.7, 0.8, 0.9)
_SAMPLES = 12  # Rows whose scores are kept beside the trees for a test.

_Known = dict[str, dict[int, Shares]]
"""By document and line, what is known of who speaks it."""


def fit_dialogue(data: Path, out: Path, *, short: bool = False) -> Path:
    """Fit the model and write ``out/dialogue.json``.

    Args:
        data: has beyond/litbank (coref.train.jsonl, train.jsonl, text/).
        out: the folder to write to.
        short: use six documents, to try the recipe.

    Returns:
        The file written.

    Raises:
        MissingExtraError: scikit-learn is not installed.
        InputError: the data is not there.
    """
    dialogues = list(
        novel_dialogues(data / "beyond" / "litbank", "train", most=6 if short else None)
    )
    record = fit(dialogues, _FEW if short else _SETTINGS)
    out.mkdir(parents=True, exist_ok=True)
    target = out / "dialogue.json"
    target.write_text(json.dumps(record, separators=(",", ":")) + "\n", encoding="utf-8")
    return target


def novel_dialogues(folder: Path, part: str, *, most: int | None = None) -> Iterator[Dialogue]:
    """The conversations of a part of LitBank, their lines found as attribution finds them."""
    gold = read_lines(folder / f"{part}.jsonl")
    documents = [d for d in read_novels(folder, part) if d.id in gold][:most]
    for document, page in zip(documents, parsed_as_usual(documents), strict=True):
        attributions = attribute(page.parsed, page.passages, page.paragraphs, tagged=page.tagged)
        quoted = [p.outer for p in page.passages if p.depth == 0]
        yield dialogue_of(
            document,
            gold[document.id],
            page.parsed,
            attributions,
            page.paragraphs,
            quoted,
            load_ranker(),
        )


def fit(dialogues: Sequence[Dialogue], settings: Settings = _SETTINGS) -> dict[str, Any]:
    """The record of a model fitted to these documents, with its figures, held out in turn."""
    bench = _Bench(dialogues, settings)
    known = {d.id: known_shares(d.conversation) for d in dialogues}
    first = bench.held_out(known, rounds=1)
    sharp_first = bench.sharpness(first)
    first_answers = bench.held_out(known, rounds=1, sharpness=sharp_first)
    later = bench.held_out(first_answers, rounds=_ROUNDS)
    sharp_later = bench.sharpness(later)
    answers = bench.held_out(first_answers, rounds=_ROUNDS, sharpness=sharp_later)
    return {
        "figures": bench.figures(answers),
        "first": bench.record(known, sharp_first),
        "later": bench.record(first_answers, sharp_later),
    }


def refitted(dialogues: Sequence[Dialogue], shipped: DialogueModel) -> DialogueModel:
    """A model fitted to these documents alone, its probabilities as sharp as those of another."""
    bench = _Bench(dialogues, _SETTINGS)
    known = {d.id: known_shares(d.conversation) for d in dialogues}
    answers = bench.held_out(known, rounds=1, sharpness=shipped.first.sharpness)
    first, later = bench.trees(dialogues, known), bench.trees(dialogues, answers)
    return DialogueModel(
        Pass(BoostedTrees(first), shipped.first.sharpness),
        Pass(BoostedTrees(later), shipped.later.sharpness),
    )


class _Bench:
    """Fits to some documents and answers for others."""

    def __init__(self, dialogues: Sequence[Dialogue], settings: Settings) -> None:
        self.dialogues = dialogues
        self.settings = settings
        self.open: dict[str, list[Sheet]] = {d.id: sheets(d.conversation) for d in dialogues}
        names = sorted(d.id for d in dialogues)
        self.fold = {name: place % _FOLDS for place, name in enumerate(names)}

    def trees(self, dialogues: Sequence[Dialogue], known: _Known) -> dict[str, Any]:
        """Trees fitted to the taught lines of these documents."""
        groups = [
            Group(_rows(d, t.sheet, known), _right(t), t.weight)
            for d in dialogues
            for t in d.taught
        ]
        return fit_listwise(groups, FEATURES, self.settings)[0]

    def held_out(self, known: _Known, *, rounds: int, sharpness: float = 1.0) -> _Known:
        """The answers for every document of trees that never saw it."""
        answers: _Known = {}
        for number in range(_FOLDS):
            rest = [d for d in self.dialogues if self.fold[d.id] != number]
            tested = [d for d in self.dialogues if self.fold[d.id] == number]
            if not rest or not tested:
                continue
            fitted = Pass(BoostedTrees(self.trees(rest, known)), sharpness)
            answers_of = {d.id: known[d.id] for d in tested}
            for _ in range(rounds):
                answers_of = {
                    d.id: answers_of[d.id] | self._applied(fitted, d, answers_of) for d in tested
                }
            answers |= answers_of
        return {d.id: answers.get(d.id, known[d.id]) for d in self.dialogues}

    def _applied(self, fitted: Pass, dialogue: Dialogue, known: _Known) -> dict[int, Shares]:
        shares = {}
        for sheet in self.open[dialogue.id]:
            scores = fitted.trees.log_odds(_rows(dialogue, sheet, known))
            shares[sheet.line.number] = fitted.shares(sheet, scores)
        return shares

    def sharpness(self, answers: _Known) -> float:
        """The factor on the log odds that makes the right answers likeliest."""

        def loss(factor: float) -> float:
            total = 0.0
            for _, taught, shares in self._answered(answers):
                powers = {k: max(1e-9, p) ** factor for k, p in shares.items()}
                right = sum(powers.get(k, 0.0) for k in _keys(taught))
                total -= math.log(max(1e-9, right / sum(powers.values())))
            return total

        best: float = min(_SHARPNESS, key=loss)
        return round(best, 2)

    def _answered(self, answers: _Known) -> Iterator[tuple[Dialogue, Taught, Shares]]:
        for dialogue in self.dialogues:
            for taught in dialogue.taught:
                if not taught.sheet.hidden:
                    yield dialogue, taught, answers[dialogue.id][taught.sheet.line.number]

    def record(self, known: _Known, sharpness: float) -> dict[str, Any]:
        """Trees fitted to all documents, with rows and scores of a few candidates for a test."""
        trees = self.trees(self.dialogues, known)
        rows = [
            row for d in self.dialogues for t in d.taught[:2] for row in _rows(d, t.sheet, known)
        ]
        samples = rows[:: max(1, len(rows) // _SAMPLES)][:_SAMPLES]
        scores = BoostedTrees(trees).log_odds(samples)
        sample_rows = [[row, round(score, 6)] for row, score in zip(samples, scores, strict=True)]
        return {**trees, "sharpness": sharpness, "samples": sample_rows}

    def figures(self, answers: _Known) -> dict[str, Any]:
        """Shares of right answers by form; of names, how many are given at what probability."""
        figures: dict[str, Any] = {}
        for form in ("all", "orphan", "pronoun", "nominal"):
            rows = []
            for dialogue, taught, shares in self._answered(answers):
                if form in {"all", taught.sheet.line.form}:
                    best = max(shares, key=lambda key: shares[key])
                    person = dialogue.conversation.people.get(best)
                    named = person is not None and not person.described
                    rows.append((shares[best], best in _keys(taught), named))
            names = {
                str(least): [ok for share, ok, named in rows if named and share >= least]
                for least in _SURE
            }
            figures[form] = {
                "lines": len(rows),
                "right": round(sum(ok for _, ok, _ in rows) / max(1, len(rows)), 4),
                "names given, right": {
                    least: [len(correct), round(sum(correct) / max(1, len(correct)), 4)]
                    for least, correct in names.items()
                },
            }
        return figures


def _rows(dialogue: Dialogue, sheet: Sheet, known: _Known) -> list[list[float]]:
    shares = known[dialogue.id]
    if sheet.hidden:
        shares = {**shares, sheet.line.number: {}}
    return turn_numbers(dialogue.conversation, sheet, shares)


def _keys(taught: Taught) -> frozenset[int]:
    return taught.right or frozenset({NOBODY})


def _right(taught: Taught) -> list[bool]:
    return [key in _keys(taught) for key in taught.sheet.candidates]
