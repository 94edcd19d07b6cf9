"""One confidence for the whole answer, content, source and name; doubtful names become candidates.

Attribution says how likely a reading is right, coreference how likely the person behind its source
is the one named. Here both become one probability with its parts, and a name that is not likely
enough becomes a candidate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from quotecheck.records.quotation import Attribution, ConfidenceParts, Quotation

__all__ = ["LEAST_NAME", "undecided", "with_confidence", "with_least"]

LEAST_NAME: Final = 0.5
"""The probability below which no name is given: it would be wrong more often than right."""


def with_confidence(
    attributions: Sequence[Attribution], quotations: Sequence[Quotation]
) -> tuple[Quotation, ...]:
    """The quotations with their confidence and its parts, doubtful names among the candidates.

    Args:
        attributions: what was found, with the confidence of each reading.
        quotations: the same with speakers, in the same order.
    """
    rated = (_rated(*pair) for pair in zip(attributions, quotations, strict=True))
    return tuple(undecided(one) if _is_doubtful(one) else one for one in rated)


def _is_doubtful(quotation: Quotation) -> bool:
    parts = quotation.confidence_parts
    return parts is not None and parts.name is not None and parts.name < LEAST_NAME


def _rated(attribution: Attribution, quotation: Quotation) -> Quotation:
    span = attribution.confidence
    named = [one.probability for one in quotation.speakers if one.name]
    if not named:
        return replace(quotation, confidence=span, confidence_parts=ConfidenceParts(span, 1.0))
    whole = min(span, round(math.sqrt(min(named)), 3))
    name = whole / span if span else 1.0
    return replace(quotation, confidence=whole, confidence_parts=ConfidenceParts(span, 1.0, name))


def undecided(quotation: Quotation) -> Quotation:
    """The quotation without its name, which stands first among the candidates.

    Its confidence is then that of content and source alone.
    """
    parts = quotation.confidence_parts
    if parts is None or parts.name is None:
        return quotation
    names = [one.name for one in quotation.speakers if one.name]
    guesses = [(name, round(parts.name, 3)) for name in names]
    guesses += [guess for guess in quotation.candidates if guess[0] not in names]
    unnamed = tuple(one for one in quotation.speakers if not one.name)
    return replace(
        quotation,
        speakers=unnamed,
        role=next((one.role for one in unnamed if one.role), None),
        candidates=tuple(guesses),
        confidence=parts.span * parts.source,
        confidence_parts=replace(parts, name=None),
    )


def with_least(quotations: Sequence[Quotation], least: float) -> list[Quotation]:
    """The quotations that are as sure as ``least`` (0..1), and no name less sure than that.

    Where content and source are sure enough and the name is not, the quotation stays, undecided.
    """
    decided = (one if one.confidence >= least else undecided(one) for one in quotations)
    return [one for one in decided if one.confidence >= least]
