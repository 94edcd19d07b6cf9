"""Where a turn of a transcript is labelled, and how times are written beside labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["DATE", "TIME", "TurnLabel"]

DATE: Final = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)"
"""A day in figures, as messages bear it."""
TIME: Final = r"\d{1,2}:\d{1,2}(?::\d\d?)?(?:[.,]\d{1,3})?"
"""A time of day or of a recording: ``0:03``, ``00:00:03.250``, ``0:0:0.27``."""


@dataclass(frozen=True, slots=True)
class TurnLabel:
    """A label: where its line begins, where the speech does, and the name it gives.

    ``name`` is "" where the text only marks that another person speaks. ``told`` is True where
    something else than the name makes it a label: a time, a sign, a seat in brackets.
    """

    line: int
    start: int
    name: str
    is_described: bool = False
