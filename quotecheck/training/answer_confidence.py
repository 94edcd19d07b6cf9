"""Fits what a whole answer's confidence is made of (`quotecheck.pipeline.answer_confidence`).

Three logistic models, each over what is known of an answer and of its text: whether the content is
a quotation's, whether its source is right as well, and whether the name is right where the content
is. News tells of content and source (PolNeAR train: the held-out tenth, which the span tagger never
saw; of names where the source is one, or was decided by hand), novels and web texts of all three
(LitBank train, GUM train: quotations with the names of who speaks). The models are small, so that
they carry over to texts of other kinds.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from quotecheck.errors import InputError, needing
from quotecheck.evaluation.gold import GoldDocument, MarkedSpans, read_gold, read_text
from quotecheck.evaluation.metrics.attribution import verdicts
from quotecheck.evaluation.metrics.calibration import reliability
from quotecheck.language.person_names import same_person
from quotecheck.language.person_nouns import titles
from quotecheck.parsing.parser import load_parser
from quotecheck.pipeline.answer_confidence import Features, answer_features, probability
from quotecheck.pipeline.attributor import Attributor
from quotecheck.reading.documents import document_of
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from quotecheck.tagging import load_tagger
from quotecheck.training.models_in_turn import models_in_turn, part_of
from quotecheck.training.news_examples import decided
from quotecheck.training.span_examples import held_out

__all__ = ["Example", "Spoken", "examples_of", "fit_answers", "fitted", "is_named", "read_spoken"]

_READING: Final = ("bias", "share", "reading", "kind", "no cue", "no source")
PARTS: Final = {
    "content": _READING,
    "source": _READING,
    "name": ("bias", "share", "reading", "form", "certain", "name", "no capital", "joint"),
}
"""The models, each with the beginnings of the names of its features."""
_BELIEVED: Final = {
    "content": {"reading": 1.0},
    "source": {"reading": 1.0},
    "name": {"name": 1.0, "certain": 2.5, "reading": 0.5},
}
"""Weights that hold except for evidence: what the stage before it says, in log odds, and that of
names in the source itself twelve in thirteen are right."""
_LEAST_BELIEF: Final = 0.6
"""The least share of those weights that evidence leaves: who is likelier stays likelier."""
_NEWS_STEP: Final = 4
"""Of the documents of news every fourth is read: its answers are many, and much alike."""
_MOST: Final = {"litbank": None, "gum": 36}
"""How many documents are read, those with the most quotations first; None: all."""
_OVERLAP: Final = 0.5
"""The share of characters (intersection over union) from which two contents are one."""
_STRENGTH: Final = 1.0
"""The variance of the weights that is expected; the smaller, the less is believed of the data."""
_FOLDS: Final = 5  # Parts of cross-validation, by document.
_SMALL: Final = frozenset({"the", "a", "an", "of", "old", "little", "poor", "dear", "young"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation of the gold: its place, its source, and all names of who speaks; none: nobody."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    names: frozenset[str]


@dataclass(slots=True)
class Example:
    """What is known of an answer, and which of its parts are right; a part left out is not told.

    ``reading`` is the probability of the reading where its model was fitted to this very document,
    else None: there it is right more often than it says.
    """

    document: str
    features: Features
    right: dict[str, bool] = field(default_factory=dict)
    reading: float | None = None


def fit_answers(data: Path, out: Path, *, short: bool = False) -> Path:
    """Fit the models and write ``out/answers.json``.

    Args:
        data: has beyond/litbank and beyond/gum, each with train.jsonl and text/, and what
            `quotecheck.training.models_in_turn` wants.
        out: the folder to write to.
        short: use a few documents, to try the recipe.

    Returns:
        The file written.

    Raises:
        MissingExtraError: scipy or scikit-learn is not installed.
        InputError: the data is not there.
    """
    parser, tagger = load_parser(), load_tagger()
    attributor = Attributor(parser, tagger, rated=False)
    news = data / "polnear" / "train"
    examples = list(_news(news, attributor, 4 if short else None))
    examples += _described(news, attributor, 4 if short else None)
    for part, ranker, dialogue in models_in_turn(data, short=short):
        attributor = Attributor(parser, tagger, rated=False, ranker=ranker, dialogue=dialogue)
        examples += _of_part(data, part, attributor, short=short)
    record = fitted(examples)
    out.mkdir(parents=True, exist_ok=True)
    target = out / "answers.json"
    target.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return target


def read_spoken(path: Path) -> dict[str, list[Spoken]]:
    """The quotations of a file with speakers, by document; one whose reading is open is left out.

    Raises:
        InputError: the file is missing, or is not of this form.
    """
    spoken: dict[str, list[Spoken]] = defaultdict(list)
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record.get("optional"):
                continue
            names = {record["speaker"], *record.get("aliases", ())} - {None}
            content, source = (
                tuple(Span(*pair) for pair in record.get(part) or ())
                for part in ("content", "source")
            )
            spoken[record["doc"]].append(Spoken(content, source, frozenset(names)))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"cannot be read ({type(error).__name__}: {error})",
            where=str(path),
            remedy="Lay the data out as quotecheck/training/parts.py says.",
        ) from error
    return dict(spoken)


def _news(folder: Path, attributor: Attributor, most: int | None) -> Iterator[Example]:
    """The answers in news: whether content and source are right."""
    _, waiting = held_out(read_gold(folder))
    gold_of = {document.id: document for document in waiting[::_NEWS_STEP][:most]}
    texts = {name: document.text for name, document in gold_of.items()}
    for name, quotations in _attributed(texts, attributor):
        document, feature_rows = gold_of[name], answer_features(quotations)
        scored = [
            (quotation, features)
            for quotation, features in zip(quotations, feature_rows, strict=True)
            if quotation.is_speech and not quotation.parent and (quotation.cue or quotation.source)
        ]
        spans = [
            MarkedSpans(quotation.content, quotation.cue, quotation.source)
            for quotation, _ in scored
        ]
        right, _ = verdicts(document, spans)
        for (quotation, features), both in zip(scored, right, strict=True):
            answer = _news_answer(document, quotation, both=both)
            yield Example(document.id, features, answer, quotation.confidence)


def _described(folder: Path, attributor: Attributor, most: int | None) -> Iterator[Example]:
    """The names that descriptions in news ("the governor") stand for, where somebody has decided.

    Novels and web texts have next to none, and what a description tells there is not what it tells
    in news. The trees know these texts, but they are small.
    """
    gold_of = {document.id: document for document in read_gold(folder) if document.id in decided()}
    texts = {name: gold_of[name].text for name in list(gold_of)[:most]}
    for name, quotations in _attributed(texts, attributor):
        for quotation, features in zip(quotations, answer_features(quotations), strict=True):
            right = _news_answer(gold_of[name], quotation, both=False)
            if quotation.source_form == "nominal" and features.get("name") and "name" in right:
                yield Example(name, features, {"name": right["name"]})


def _news_answer(document: GoldDocument, quotation: Quotation, *, both: bool) -> dict[str, bool]:
    """Which parts of an answer in news are right.

    Its annotation has no names: a name is judged where the source is a name itself, or a pronoun or
    a description that somebody has decided (``antecedents.tsv``).
    """
    gold = document.attributions
    best = max(gold, key=lambda other: _share(quotation.content, other.content), default=None)
    content = best is not None and _share(quotation.content, best.content) >= _OVERLAP
    right = {"content": both or content, "source": both}
    names = [speaker.name for speaker in quotation.speakers if speaker.name]
    if not names or best is None or not content or not best.source:
        return right
    source = Span.cover(best.source)
    decision = decided().get(document.id, {}).get(source.start)
    if decision is not None:
        right["name"] = is_named(names, [decision])
    elif quotation.source_form in ("name", "partial-name"):
        words = _words(source.of(document.text))
        right["name"] = any(_words(name) & words for name in names)
    return right


def _of_part(
    data: Path, part: int, attributor: Attributor, *, short: bool = False
) -> Iterator[Example]:
    """The answers in those novels and web texts of a part whose quotations have speakers."""
    for collection, most in _MOST.items():
        folder = data / "beyond" / collection
        gold = read_spoken(folder / "train.jsonl")
        names = sorted(gold, key=lambda name: (-len(gold[name]), name))[: 8 if short else most]
        texts = {
            name: read_text(folder / "text" / f"{name}.txt")
            for name in names
            if part_of(name) == part
        }
        for name, quotations in _attributed(texts, attributor):
            yield from examples_of(name, quotations, gold[name])


def _attributed(
    texts: Mapping[str, str], attributor: Attributor
) -> Iterator[tuple[str, tuple[Quotation, ...]]]:
    """The quotations of each text, before their confidence is made."""
    documents = (replace(document_of(text), id=name) for name, text in texts.items())
    for document, quotations in attributor.each(documents):
        if isinstance(quotations, InputError):
            raise quotations
        yield document.id, quotations


def examples_of(
    document: str, quotations: Sequence[Quotation], gold: Sequence[Spoken]
) -> Iterator[Example]:
    """The answers of a document that the gold covers: its quotations in marks, and what it has.

    The gold need not have every report without marks, so that a further one is neither right nor
    wrong.
    """
    for quotation, features in zip(quotations, answer_features(quotations), strict=True):
        if not quotation.is_speech or quotation.parent:
            continue
        best = max(gold, key=lambda other: _share(quotation.content, other.content), default=None)
        if best is None or _share(quotation.content, best.content) < _OVERLAP:
            if quotation.kind == "direct":
                yield Example(document, features, {"content": False, "source": False})
            continue
        same = _share(quotation.source, best.source) > 0 or not (quotation.source or best.source)
        right = {"content": True, "source": same}
        names = [speaker.name for speaker in quotation.speakers if speaker.name]
        if names:
            right["name"] = is_named(names, best.names)
        yield Example(document, features, right)


def is_named(names: Iterable[str], known: Iterable[str]) -> bool:
    """Whether one of some names is a person's: their words, titles apart, are some of the others.

    >>> is_named(["Mr. Orr"], ["Tom Orr"]), is_named(["Mr. Orr"], ["Mrs. Orr"])
    (True, False)
    """
    named = [(name, _words(name)) for name in known]
    for name_here in names:
        words = _words(name_here)
        for name, others in named:
            alike = words <= others or others <= words
            if alike and same_person(name_here, name) is not False:
                return True
    return False


def _words(name: str) -> frozenset[str]:
    """The words of a name without its titles; all of them where it has no other."""
    words = frozenset(re.findall(r"[^\W_]+", re.sub(r"[’']s?\b", "", name.casefold())))
    return words - _SMALL - titles().keys() or words


def _share(left: Sequence[Span], right: Sequence[Span]) -> float:
    """Intersection over union of two lists of spans, in code points; 0 for nothing."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in right)
    union = sum(span.end - span.start for span in (*left, *right)) - both
    return both / union if union else 0.0


def fitted(examples: Sequence[Example]) -> dict[str, Any]:
    """The record of the models: the weight of each feature by part, and how well they are held."""
    weights: dict[str, dict[str, float]] = {}
    figures: dict[str, Any] = {}
    for part in PARTS:
        labelled = [example for example in examples if part in example.right]
        weights[part] = _weights(labelled, part)
        figures[part] = _held_out(labelled, part)
    return {"figures": figures, "weights": weights}


def _weights(examples: Sequence[Example], part: str) -> dict[str, float]:
    """A logistic regression that is pulled towards its input (`_BELIEVED`)."""
    with needing("fitting needs scipy", "train"):
        import numpy as np
        from scipy.optimize import minimize
    names = sorted(
        name
        for name in {n for example in examples for n in example.features}
        if name.startswith(PARTS[part])
    )
    rows = np.array([[example.features.get(name, 0.0) for name in names] for example in examples])
    chances = np.array(_chances(examples, part))
    believed = np.array([_BELIEVED[part].get(name, 0.0) for name in names])

    def loss(weights: Any) -> tuple[float, Any]:
        logits = rows @ weights
        away = weights - believed
        value = (np.logaddexp(0.0, logits) - chances * logits).sum()
        surplus = 1.0 / (1.0 + np.exp(np.clip(-logits, -30, 30))) - chances
        return (
            float(value + (away @ away) / (2 * _STRENGTH)),
            (rows * surplus[:, None]).sum(0) + away / _STRENGTH,
        )

    least = {name: weight * _LEAST_BELIEF for name, weight in _BELIEVED[part].items()}
    bounds = [(least.get(name), None) for name in names]
    best = minimize(loss, believed, jac=True, method="L-BFGS-B", bounds=bounds)
    pairs = zip(names, best.x, strict=True)
    return {name: round(float(weight), 4) for name, weight in pairs if round(float(weight), 4)}


def _chances(examples: Sequence[Example], part: str) -> list[float]:
    """How likely each answer is right: 1 or 0 where that was seen without the reading's help.

    Where the model of readings was fitted to the document, its probability is believed instead: it
    was calibrated on documents left out in turn, while it is right more often in those it knows.
    """
    known = [example for example in examples if example.reading is not None]
    wrong = [example for example in known if not example.right["source"]]
    share = sum(example.right["content"] for example in wrong) / max(1, len(wrong))
    chances = []
    for example in examples:
        if example.reading is None or part == "name":
            chances.append(float(example.right[part]))
        else:
            rest = share if part == "content" else 0.0
            chances.append(example.reading + (1.0 - example.reading) * rest)
    return chances


def _held_out(examples: Sequence[Example], part: str) -> dict[str, Any]:
    """How far the probabilities are off in documents that were not fitted to.

    Those to which the model of readings was fitted are left out, except for names.
    """
    documents = sorted({example.document for example in examples})
    fold = {name: place % _FOLDS for place, name in enumerate(documents)}
    answers: list[tuple[float, bool]] = []
    for number in range(_FOLDS):
        weights = _weights(
            [example for example in examples if fold[example.document] != number], part
        )
        tested = (
            example
            for example in examples
            if fold[example.document] == number and (example.reading is None or part == "name")
        )
        answers += [
            (probability(weights, example.features), example.right[part]) for example in tested
        ]
    calibration = reliability(answers)
    return {
        "examples": len(examples),
        "right": round(sum(example.right[part] for example in examples) / max(1, len(examples)), 4),
        "calibration error, held out in turn": calibration["ece"],
    }
