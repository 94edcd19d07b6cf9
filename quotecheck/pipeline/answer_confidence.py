"""One confidence for the whole answer, content, source and name; doubtful names become candidates.

Attribution says how likely a reading is right, coreference how likely the person behind its source
is the one named. Three logistic models (`weights/en/answers.json`, fitted to news and novels by
``python -m quotecheck.training answers``) make of both, and of what kind of text it is, the
probability of each part: the content, the source, the name. A name that is not likely enough
becomes a candidate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from quotecheck.records.quotation import ConfidenceParts, Quotation, outermost
from quotecheck.weights import verified_table
from quotecheck.weights.logistic import logistic

__all__ = [
    "LEAST_NAME",
    "Features",
    "answer_features",
    "probability",
    "undecided",
    "with_confidence",
    "with_least",
]

Features = dict[str, float]
"""Features of an answer that a model reads, by name; what is left out counts nothing."""

LEAST_NAME: Final = 2 / 3
"""The probability, where the content is right, below which no name is given: it has to be twice as
likely right as wrong, be it that the source is another or that it stands for another person. In
the texts that the models are fitted to, held out in turn, names between .6 and .7 are right six
times in ten, and hardly any name is less likely than that."""
_MOST_OPEN: Final = 0.5
"""The most that words are sure of which nobody is credited with: who said them is open."""
_NAMES: Final = frozenset({"name", "partial-name"})
"""Forms of sources in which the name itself stands."""
_FAR: Final = 0.005
"""No probability is taken for surer than this: nor do the models see an infinite weight."""


def with_confidence(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """The quotations with their confidence and its parts, doubtful names among the candidates.

    Args:
        quotations: all of a document, each with the confidence of its reading and, with each
            speaker, how likely the name is.
    """
    models = _models()
    rated = [
        _rated(models, quotation, features)
        for quotation, features in zip(quotations, answer_features(quotations), strict=True)
    ]
    return tuple(
        undecided(quotation) if _is_doubtful(quotation) else quotation
        for quotation in _within_bounds(rated)
    )


def _within_bounds(rated: Sequence[Quotation]) -> list[Quotation]:
    """Speech within speech, no surer than the quotation that it was read from."""
    outer_parts = {quotation.content: quotation.confidence_parts for quotation in rated}
    bounded = []
    for quotation in rated:
        parts = quotation.confidence_parts
        outer = outer_parts.get(quotation.parent) if quotation.parent else None
        if parts is not None and outer is not None:
            confidence = quotation.confidence * outer.span
            parts = replace(parts, span=parts.span * outer.span)
            quotation = replace(quotation, confidence=confidence, confidence_parts=parts)
        bounded.append(quotation)
    return bounded


def answer_features(quotations: Sequence[Quotation]) -> list[Features]:
    """The features of each quotation of a document that the models read."""
    text_features = _of_text(quotations)
    return [_of_answer(quotation) | text_features for quotation in quotations]


def _of_text(quotations: Sequence[Quotation]) -> Features:
    """Features of the whole text: a novel's lines are mostly direct, and many bare."""
    speech = [quotation for quotation in outermost(quotations) if quotation.is_speech]
    direct = [quotation for quotation in speech if quotation.kind == "direct"]
    bare = sum(not quotation.source for quotation in direct)
    return {
        "bias": 1.0,
        "share direct": len(direct) / max(1, len(speech)),
        "share bare": bare / max(1, len(direct)),
    }


def _of_answer(quotation: Quotation) -> Features:
    names = [speaker.name for speaker in quotation.speakers if speaker.name]
    chances = [speaker.probability for speaker in quotation.speakers if speaker.name]
    reading = _log_odds(quotation.confidence)
    features = {
        "reading": reading,
        f"reading, {quotation.kind}": reading,
        f"kind {quotation.kind}": 1.0,
        "no cue": float(not quotation.cue),
        "no source": float(not quotation.source),
    }
    if chances:
        sure = min(chances)
        features["joint"] = float(len(chances) > 1)
        features["no capital"] = float(not all(map(_has_capital, names)))
        if sure < 1.0:
            features["name"] = _log_odds(sure)
            features[f"form {quotation.source_form}"] = 1.0
        else:
            features["certain"] = 1.0
            features["certain, by name"] = float(quotation.source_form in _NAMES)
    return features


def _has_capital(name: str) -> bool:
    """Whether a name begins a word with a capital; "the porter" is a noun, however likely."""
    return any(word[:1].isupper() or word[:1].isdigit() for word in name.split())


def _log_odds(chance: float) -> float:
    bounded = min(1.0 - _FAR, max(_FAR, chance))
    return math.log(bounded / (1.0 - bounded))


@cache
def _models() -> Mapping[str, Mapping[str, float]]:
    """The weights of each feature, by the part that they are for."""
    models: dict[str, dict[str, float]] = verified_table("answers.json")["weights"]
    return models


def probability(weights: Mapping[str, float], features: Features) -> float:
    """The probability, in 0..1, that a logistic model gives an answer."""
    return logistic(sum(weights.get(name, 0.0) * value for name, value in features.items()))


def _rated(
    models: Mapping[str, Mapping[str, float]], quotation: Quotation, features: Features
) -> Quotation:
    """The quotation with its confidence. That of a name is given the content: P(name | content)."""
    if not quotation.is_speech:  # the models were taught speech alone
        return replace(quotation, confidence_parts=ConfidenceParts(quotation.confidence, 1.0))
    span, both, name = (
        probability(models[part], features) for part in ("content", "source", "name")
    )
    source = min(1.0, both / span)
    if not any(speaker.name for speaker in quotation.speakers):
        if not quotation.source:
            source = min(source, _MOST_OPEN / span)
        parts = ConfidenceParts(span, source)
        return replace(quotation, confidence=span * source, confidence_parts=parts)
    # A name may be right though the source is another mention of the same person.
    source = max(source, name)
    parts = ConfidenceParts(span, source, name / source)
    return replace(quotation, confidence=span * name, confidence_parts=parts)


def _is_doubtful(quotation: Quotation) -> bool:
    parts = quotation.confidence_parts
    return parts is not None and parts.name is not None and parts.source * parts.name < LEAST_NAME


def undecided(quotation: Quotation) -> Quotation:
    """The quotation without its name, which stands first among the candidates.

    A noun that stood for a name ("porter") becomes a description. The confidence is then that of
    content and source alone.
    """
    parts = quotation.confidence_parts
    if parts is None or parts.name is None:
        return quotation
    names = [speaker.name for speaker in quotation.speakers if speaker.name]
    guesses = [(name, round(parts.name, 3)) for name in names if _has_capital(name)]
    guesses += [guess for guess in quotation.candidates if guess[0] not in names]
    unnamed = tuple(
        replace(speaker, name=None, mention=None, description=speaker.description or speaker.name)
        for speaker in quotation.speakers
        if not (speaker.name and _has_capital(speaker.name))
    )
    return replace(
        quotation,
        speakers=unnamed,
        role=next((speaker.role for speaker in unnamed if speaker.role), None),
        candidates=tuple(guesses),
        confidence=parts.span * parts.source,
        confidence_parts=replace(parts, name=None),
    )


def with_least(quotations: Sequence[Quotation], least: float) -> list[Quotation]:
    """The quotations that are as sure as ``least`` (0..1), and no name less sure than that.

    Where content and source are sure enough and the name is not, the quotation stays, undecided.
    """
    decided = (
        quotation if quotation.confidence >= least else undecided(quotation)
        for quotation in quotations
    )
    return [quotation for quotation in decided if quotation.confidence >= least]
