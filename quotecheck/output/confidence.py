"""Confidence in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotecheck.text.percentages import percent

if TYPE_CHECKING:
    from quotecheck.records.quotation import Quotation

__all__ = ["DOUBT", "confidence_label", "least_sure", "sure_words"]


DOUBT: Final = 0.5
"""Below this confidence a speaker is doubtful; no format states them as a fact."""
_SURE: Final = 0.9
"""Confidence, 0..1, that is called sure: calibrated, nine of ten such answers are right."""
_LIKELY: Final = 0.7
"""Confidence, 0..1, that is called likely. By eye, halfway between ``DOUBT`` and ``_SURE``."""

_SURENESS: Final = ((_SURE, "sure"), (_LIKELY, "likely"), (DOUBT, "unsure"), (0.0, "doubtful"))
_PARTS: Final = {"span": "the words", "source": "who said it", "name": "the name"}


def confidence_label(confidence: float) -> str:
    """How sure an attribution is, in a word.

    >>> confidence_label(0.93), confidence_label(0.3)
    ('sure', 'doubtful')
    """
    return next(words for least, words in _SURENESS if confidence >= least)


def least_sure(quotation: Quotation) -> str:
    """What of an answer is the least sure, in words; "" where that is not known.

    >>> from quotecheck.records.quotation import ConfidenceParts, Quotation
    >>> parts = ConfidenceParts(span=0.98, source=0.95, name=0.6)
    >>> least_sure(Quotation((), (), (), "direct", "r", 0.56, confidence_parts=parts))
    'the name'
    """
    parts = quotation.confidence_parts
    if parts is None:
        return ""
    values = {"name": parts.name, "source": parts.source, "span": parts.span}
    known = {name: chance for name, chance in values.items() if chance is not None}
    return _PARTS[min(known, key=lambda name: known[name])]


def sure_words(quotation: Quotation) -> str:
    """How sure an attribution is, for a line: "sure (95%)", "unsure of the name (61%)"."""
    word, weak = confidence_label(quotation.confidence), least_sure(quotation)
    if quotation.confidence < _LIKELY and weak:
        word += f" of {weak}" if word == "unsure" else f": {weak}"
    return f"{word} ({percent(quotation.confidence)})"
