"""A timeline as a picture: a dot for each dated document, drawn with attributes alone."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

__all__ = ["Dot", "Dots", "dots"]

_WIDTH: Final = 640  # Units of the drawing; the page scales it.
_EDGE: Final = 12  # Units left free at either end, for half of the largest dot.
_LARGEST: Final = 10.0  # Units, the radius of the largest dot.
_STACKED: Final = 5
"""Dots that stand on one another at most; what is above them would leave the picture."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot: what it stands for, its place and its size in the picture."""

    label: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Dots:
    """A timeline: its dots and the dates at its two ends."""

    dots: Sequence[Dot]
    first: str
    last: str
    height: float
    width: int = _WIDTH


def dots(entries: Sequence[tuple[str | None, str, int]]) -> Dots | None:
    """A timeline of (date, what it is, how much is said); None where nothing has a date.

    Dates are ISO 8601, as precise as known: a year stands at its first day.

    >>> line = dots([("2024-03", "Speech", 1), ("2024-06-20", "Hearing", 4), (None, "Note", 1)])
    >>> line.first, line.last, [dot.label for dot in line.dots]
    ('2024-03', '2024-06-20', ['Speech, 2024-03', 'Hearing, 2024-06-20'])
    """
    known = [
        (_day(day_text), day_text, label, number)
        for day_text, label, number in entries
        if day_text and _day(day_text) is not None
    ]
    if not known:
        return None
    known.sort(key=lambda entry: (entry[0] or 0, entry[2]))
    first, last = known[0][0] or 0, known[-1][0] or 0
    most = max(number for *_, number in known) or 1
    room = _WIDTH - 2 * _EDGE
    heights: dict[int, float] = defaultdict(float)
    stacked: dict[int, int] = defaultdict(int)
    drawn = []
    for day, day_text, label, number in known:
        share = ((day or 0) - first) / (last - first) if last > first else 0.5
        column = round(share * 60)
        radius = round(max(4.0, _LARGEST * math.sqrt(number / most)), 1)
        if stacked[column] == _STACKED:
            continue
        y = -3 - heights[column] - radius
        heights[column] += 2 * radius + 2
        stacked[column] += 1
        drawn.append(
            Dot(f"{label}, {day_text}", round(_EDGE + share * room, 1), round(y, 1), radius)
        )
    height = max(heights.values()) + 6
    placed = [replace(dot, y=round(height + dot.y, 1)) for dot in drawn]
    return Dots(placed, known[0][1], known[-1][1], round(height, 1))


def _day(day_text: str) -> int | None:
    parts = [int(part) for part in day_text[:10].split("-") if part.isascii() and part.isdigit()]
    if not parts:
        return None
    year, month, day = (*parts, 1, 1)[:3]
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None
