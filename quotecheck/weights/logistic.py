"""The logistic function, apart from the trees: what decides on a check needs no numpy."""

from __future__ import annotations

import math
from typing import Final

__all__ = ["MAX_LOG_ODDS", "logistic"]

MAX_LOG_ODDS: Final = 30.0
"""Beyond it a probability is 0 or 1 to thirteen digits; the exponential must not overflow."""


def logistic(log_odds: float) -> float:
    """Return the probability, in 0..1, that belongs to log odds.

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, log_odds))))
