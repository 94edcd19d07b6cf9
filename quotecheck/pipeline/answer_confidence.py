"""One confidence for the whole answer, content, source and name; doubtful names become candidates.

Attribution says how likely a reading is right, coreference how likely the person behind its source
is the one named. Here both become one probability with its parts, and a name that is not likely
enough becomes a candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from quotecheck.records.quotation import ConfidenceParts, Quotation

__all__ = ["LEAST_NAME", "undecided", "with_confidence", "with_least"]

LEAST_NAME: Final = 0.4
"""The probability below which no name is given; most of what else might be right is less likely."""


def with_confidence(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """The quotations with their confidence and its parts, doubtful names among the candidates.

    Args:
        quotations: with the confidence of content and source alone, and with speakers.
    """
    rated = map(_rated, quotations)
    return tuple(undecided(one) if _is_doubtful(one) else one for one in rated)


def _is_doubtful(quotation: Quotation) -> bool:
    parts = quotation.confidence_parts
    return parts is not None and parts.name is not None and parts.name < LEAST_NAME


def _rated(quotation: Quotation) -> Quotation:
    span = quotation.confidence
    named = [one.probability for one in quotation.speakers if one.name]
    if not named:
        return replace(quotation, confidence=span, confidence_parts=ConfidenceParts(span, 1.0))
    name = min(named)
    parts = ConfidenceParts(span, 1.0, name)
    return replace(quotation, confidence=span * name, confidence_parts=parts)


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
