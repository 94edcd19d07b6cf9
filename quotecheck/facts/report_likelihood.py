"""How likely words without marks are a report: somebody says or writes, rather than does or is.

"signed", "was charged with", "is known for" and "the map shows" look like reports to a tagger of
spans. A logistic model over the cue's word and class, its voice, the shape of the content and the
kind of source tells them apart; ``python -m quotecheck.training reports`` fits it on news with gold
attributions and on sentences of both kinds. Here its weights (``weights/en/reports.json``) are
summed.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from quotecheck.language.cue_classes import group_of
from quotecheck.records.quotation import Quotation
from quotecheck.syntax.clause import Clause
from quotecheck.weights import verified_table
from quotecheck.weights.logistic import logistic

__all__ = ["features", "load_report_weights", "report_probability"]

_EMPTY = frozenset("nothing anything something it this that so much more less little".split())
_LENGTHS = (1, 2, 4, 8, 16)
_LEAST, _MOST = 0.02, 0.98
"""Confidences are kept within these before their log odds are taken."""


@cache
def load_report_weights() -> dict[str, float]:
    """Load the weight of each feature."""
    table: dict[str, float] = verified_table("reports.json")["weights"]
    return table


def features(
    clause: Clause | None, quotation: Quotation, kind: str, shape: str
) -> dict[str, float]:
    """The evidence for and against a report, by name.

    Args:
        clause: the clause of the cue, None where no sentence holds it.
        quotation: the words without marks.
        kind: the class of its cue.
        shape: of its content: "clause", "infinitive", "gerund" or "".
    """
    group = group_of(kind) or "none"
    confidence = min(_MOST, max(_LEAST, quotation.confidence))
    values = {"bias": 1.0, "confidence": math.log(confidence / (1 - confidence))}
    names = [f"class={kind}", f"group={group}", f"shape={shape}", f"shape={shape}|{kind}"]
    names.append(f"source={_source(quotation)}")
    names.append(f"source={_source(quotation)}|{group}")
    if clause is not None and clause.head >= 0:
        names += _of_clause(clause, kind, shape, bool(quotation.source))
    return values | dict.fromkeys(names, 1.0)


def _source(quotation: Quotation) -> str:
    if not quotation.source:
        return "none"
    if quotation.source_form == "pronoun":
        return "pronoun"
    return next((speaker.label for speaker in quotation.speakers if speaker.label), "unknown")


def _of_clause(clause: Clause, kind: str, shape: str, sourced: bool) -> list[str]:
    sentence = clause.sentence
    token = sentence.tokens[clause.head]
    lemma = sentence.lemmas[clause.head]
    passive = clause.verb >= 0 and sentence.is_passive(clause.verb)
    voice = "passive" if passive else "active"
    names = [
        f"lemma={lemma}",
        f"lemma={lemma}|{shape}",
        f"lemma={lemma}|{voice}",
        f"voice={voice}|{shape}|{'sourced' if sourced else 'bare'}",
        f"voice={voice}|{kind}",
        f"cue={token.upos}|{voice}",
        f"cue words={min(4, len(clause.cue))}",
    ]
    inside = [i for i in clause.content if sentence.tokens[i].upos != "PUNCT"]
    names.append(f"length={sum(len(inside) > n for n in _LENGTHS)}|{shape}")
    if any(i < clause.head for i in inside) and any(i > clause.head for i in inside):
        names.append(f"around|{voice}")
    if inside and all(sentence.texts[i] in _EMPTY for i in inside):
        names.append("empty content")
    if any(sentence.tokens[i].upos in {"VERB", "AUX"} for i in inside):
        names.append(f"verb inside|{kind}")
    else:
        names.append(f"no verb inside|{kind}")
        names.append(f"lemma={lemma}|no verb")
    if any(sentence.texts[i] == "that" for i in sorted(inside)[:1]):
        names.append("that")
    return names


def report_probability(values: dict[str, Any]) -> float:
    """The probability, in 0..1, that a quotation with these features is a report."""
    table = load_report_weights()
    return logistic(sum(table.get(name, 0.0) * value for name, value in values.items()))
