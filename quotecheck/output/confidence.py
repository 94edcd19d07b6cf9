"""Confidence in words."""

from __future__ import annotations

__all__ = ["DOUBT", "sureness"]


DOUBT = 0.5
"""Below this confidence a speaker is doubtful; no format states them as a fact."""


_SURENESS = ((0.9, "sure"), (0.7, "fairly sure"), (DOUBT, "not quite sure"), (0.0, "doubtful"))


def sureness(confidence: float) -> str:
    """How sure an attribution is, in words.

    >>> sureness(0.93), sureness(0.3)
    ('sure', 'doubtful')
    """
    return next(words for least, words in _SURENESS if confidence >= least)
