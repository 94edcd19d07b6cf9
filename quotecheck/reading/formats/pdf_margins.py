"""What stands on the margins of pages: heads and feet, page numbers, notes below the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

__all__ = ["Piece", "without_margins", "without_notes"]

_MARGIN: Final = 0.12  # of a page's height: running heads and page numbers stand within it
_EDGE_LINES: Final = 2
"""Lines at each edge of a page that may be a running head or foot."""
_NUMBERED_SHARE: Final = 0.5  # of the pages: those whose margins count them
_STANDS_OFF: Final = 1.3  # usual distances of two lines, between a second head and the text
_REPEATED: Final = 3  # pages with the same line on the margin
_LEVEL_POINTS: Final = 2.0
"""Two heads that stand no farther apart in height are set in one place of their pages."""
_SENTENCE = re.compile(r"[.!?][\"'”’)]*\s*\Z")
_NUMBER = re.compile(
    r"[\W_]*+(?:(?:page|p\.|seite)\s*+)?(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/|von)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
_FIGURE = (re.compile(r"\A\W{0,4}(\d{1,4})\b"), re.compile(r"\b(\d{1,4})\W{0,4}\Z"))
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3})[ .)]?\s*(?=[^\W\d_]|[\"“‘(])")
_SMALL: Final = 0.9
"""Of the height of the letters of the text: notes below it are smaller."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words side by side on one line. Edges are in points; y grows upwards."""

    text: str
    left: float
    right: float
    low: float
    high: float

    @property
    def size(self) -> float:
        """The height of its letters."""
        return max(self.high - self.low, 0.1)

    @property
    def middle(self) -> float:
        """How high it stands."""
        return (self.high + self.low) / 2


def without_margins(pages: list[tuple[float, list[Piece]]]) -> list[list[Piece]]:
    """The pages without page numbers and running heads."""
    candidates: list[dict[int, str]] = []
    orders = [sorted(range(len(lines)), key=lambda n: -lines[n].middle) for _, lines in pages]
    step = _usual_step(
        [[lines[n] for n in order] for (_, lines), order in zip(pages, orders, strict=True)]
    )
    for (height, lines), order in zip(pages, orders, strict=True):
        outer = {*_outer(lines, order, step), *_outer(lines, order[::-1], step)}
        outer = outer if len(lines) > 1 else set()
        low, high = _MARGIN * height, (1 - _MARGIN) * height
        candidates.append(
            {
                n: _masked(lines[n].text)
                for n in outer
                if not low < lines[n].middle % max(height, 1.0) < high  # turned pages lie below 0
            }
        )
    pages_with = Counter(key for keys in candidates for key in set(keys.values()))
    often = max(_REPEATED, 0.3 * len(pages))
    offsets = _page_offsets(pages, candidates)
    counted: list[set[int]] = [
        {
            n
            for n in keys
            if offsets & {figure - number for figure in _figures(lines[n].text)}
            and _stands_off(lines, orders[number], n, step)
        }
        for number, ((_, lines), keys) in enumerate(zip(pages, candidates, strict=True))
    ]
    taking_turns = _taking_turns(pages, candidates, orders, step)
    bodies = []
    for (_, lines), keys, numbers, turning in zip(
        pages, candidates, counted, taking_turns, strict=True
    ):
        dropped_lines = {
            n
            for n, key in keys.items()
            if pages_with[key] >= often
            or n in numbers
            or _NUMBER.fullmatch(lines[n].text)
            or n in turning
        }
        bodies.append([line for n, line in enumerate(lines) if n not in dropped_lines])
    return bodies


def _taking_turns(
    pages: Sequence[tuple[float, Sequence[Piece]]],
    candidates: Sequence[Mapping[int, str]],
    orders: Sequence[Sequence[int]],
    step: float,
) -> list[set[int]]:
    """Lines on the margin that come again on another page at the same height, off the text.

    Left and right pages have heads of their own, each of which a short paper has but twice.
    """
    heights: dict[str, list[tuple[int, int, float]]] = {}
    for page, ((_, lines), keys) in enumerate(zip(pages, candidates, strict=True)):
        for n, key in keys.items():
            if not _SENTENCE.search(lines[n].text) and _stands_off(lines, orders[page], n, step):
                heights.setdefault(key, []).append((page, n, lines[n].middle))
    dropped_lines: list[set[int]] = [set() for _ in pages]
    for places in heights.values():
        level = median(height for _, _, height in places)
        alike = [(page, n) for page, n, height in places if abs(height - level) < _LEVEL_POINTS]
        if len({page for page, _ in alike}) > 1:
            for page, n in alike:
                dropped_lines[page].add(n)
    return dropped_lines


def _usual_step(pages: Sequence[Sequence[Piece]]) -> float:
    """How far apart the lines of most paragraphs are."""
    steps = sorted(
        line.middle - next_line.middle
        for lines in pages
        for line, next_line in pairwise(lines)
        if line.middle - next_line.middle > 0.5 * line.size
    )
    return steps[len(steps) // 4] if steps else 0.0  # short pages have more gaps than lines


def _outer(lines: Sequence[Piece], order: Sequence[int], step: float) -> list[int]:
    """The lines nearest to an edge that may be heads or feet: a second one stands off the text."""
    outer = list(order[:_EDGE_LINES])
    while len(outer) > 1 and len(order) > len(outer):
        gap = abs(lines[outer[-1]].middle - lines[order[len(outer)]].middle)
        if gap > _STANDS_OFF * step:
            break
        outer.pop()
    return outer


def _masked(words: str) -> str:
    """A line without its figures, which count the pages."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", words.casefold())


def _page_offsets(
    pages: Sequence[tuple[float, Sequence[Piece]]], candidates: Sequence[Mapping[int, str]]
) -> set[int]:
    """By how much figures on the margins exceed the numbers of their pages, on most pages alike."""
    on_pages: Counter[int] = Counter()
    for number, ((_, lines), keys) in enumerate(zip(pages, candidates, strict=True)):
        on_pages.update({figure - number for n in keys for figure in _figures(lines[n].text)})
    return {
        offset
        for offset, count in on_pages.items()
        if count > 1 and count > _NUMBERED_SHARE * len(pages)
    }


def _figures(line: str) -> set[int]:
    """The figures with which a line begins and ends."""
    return {int(match[1]) for pattern in _FIGURE if (match := pattern.search(line))}


def _stands_off(lines: Sequence[Piece], order: Sequence[int], n: int, step: float) -> bool:
    """Whether a line is farther from the text than lines of the text are from one another."""
    at = order.index(n)
    inner = order[at + 1 :] if at < len(order) / 2 else order[:at][::-1]
    away = [abs(lines[n].middle - lines[other].middle) for other in inner[:_EDGE_LINES]]
    return not away or max(away) > _STANDS_OFF * step * len(away)


def without_notes(
    pages: Sequence[Sequence[Piece]],
) -> tuple[list[tuple[int, list[Piece]]], list[tuple[int, list[Piece]]]]:
    """The pages without the notes below their text, and the notes, each with its page's number.

    A sentence goes on from one page to the next; what stands below it in small letters and begins
    with a note's sign is not one of it.
    """
    sizes = sorted(line.size for lines in pages for line in lines for _ in range(len(line.text)))
    body = median(sizes) if sizes else 0.0
    texts: list[tuple[int, list[Piece]]] = []
    notes: list[tuple[int, list[Piece]]] = []
    for number, lines in enumerate(pages):
        begin = len(lines)
        while begin > 0 and lines[begin - 1].size < _SMALL * body:
            begin -= 1
        while begin < len(lines) and not _NOTE.match(lines[begin].text):
            begin += 1
        if begin == 0:  # a page of nothing else
            begin = len(lines)
        texts.append((number, list(lines[:begin])))
        notes.append((number, list(lines[begin:])))
    return texts, notes
