"""Write probabilities for people."""

from __future__ import annotations

__all__ = ["percent"]


def percent(probability: float) -> str:
    """A probability as a percentage; what is not certain is never shown as 100% or 0%.

    >>> percent(0.693), percent(0.9999), percent(0.0001)
    ('69%', '99%', '1%')
    """
    return f"{min(99, max(1, round(100 * probability)))}%"
