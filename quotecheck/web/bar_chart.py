"""Small bar charts in SVG, drawn with attributes alone: no script, no style of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Bar", "Bars", "bars"]

_WIDTH: Final = 640  # Units of the drawing; the page scales it.
_HEIGHT: Final = 110  # Units of the drawing.
_MOST: Final = 80  # Bars; more are put together, for they would be narrower than eight units.


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label and number, and its place and size in the picture."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart: bars, the labels at its two ends, its highest number."""

    bars: Sequence[Bar]
    first: str
    last: str
    most: int
    width: int = _WIDTH
    height: int = _HEIGHT


def bars(counts: Sequence[tuple[str, int]]) -> Bars | None:
    """A chart of numbers over time; None where there is nothing to compare.

    Years between the first and the last that have no number get an empty place; where there are
    too many for a bar each, neighbours are added up.

    >>> chart = bars([("1901", 2), ("1903", 4)])
    >>> [(bar.label, bar.count) for bar in chart.bars]
    [('1901', 2), ('1902', 0), ('1903', 4)]
    """
    if len(counts) < 2:
        return None
    filled = _filled(counts)
    step = -(-len(filled) // _MOST)
    grouped = [filled[at : at + step] for at in range(0, len(filled), step)]
    rows = [
        (
            group[0][0] if len(group) == 1 else f"{group[0][0]} to {group[-1][0]}",
            sum(n for _, n in group),
        )
        for group in grouped
    ]
    most = max(number for _, number in rows) or 1
    place = _WIDTH / len(rows)
    drawn = []
    for at, (label, number) in enumerate(rows):
        height = round(number / most * (_HEIGHT - 6), 1)
        if number:
            height = max(height, 2.0)
        drawn.append(
            Bar(
                label,
                number,
                round(at * place + place * 0.1, 1),
                round(_HEIGHT - height, 1),
                round(min(place * 0.8, 48), 1),
                height,
            )
        )
    return Bars(drawn, filled[0][0], filled[-1][0], most)


def _filled(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    labels = [label for label, _ in counts]
    if not all(label.isascii() and label.isdigit() and len(label) == 4 for label in labels):
        return list(counts)
    counted = dict(counts)
    years = range(int(min(labels)), int(max(labels)) + 1)
    return [(f"{year:04}", counted.get(f"{year:04}", 0)) for year in years]
