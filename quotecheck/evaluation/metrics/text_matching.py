"""Texts as scorers see them: letters and digits, and what stands in quotation marks."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Letters", "marked_passages", "union"]

_MARK: Final = re.compile(r"''|[\"“”]")
_OPENERS: Final = ("“", '"', "''")


class Letters:
    """The letters and digits of a text as the bits of one number, so that sets of them are quick.

    Bit i stands for ``text[i]``.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        bits = "".join("1" if char.isalnum() else "0" for char in reversed(text))
        self._all = int(bits or "0", 2)

    def of(self, spans: Iterable[Span]) -> int:
        """Those in spans; what lies beyond the text holds none."""
        letters, size = 0, len(self.text)
        for span in spans:
            letters |= (1 << min(span.end, size)) - (1 << min(span.start, size))
        return letters & self._all

    def exact(self, spans: Sequence[Span]) -> int | tuple[Span, ...]:
        """What two lists of spans have in common exactly if they are the same; false if empty."""
        return self.of(spans) or tuple(spans)


def marked_passages(text: str) -> list[Span]:
    """What stands between double marks (“ ”, " or two apostrophes), the marks left out.

    Pairs stay within a line, so that a stray mark cannot turn a text inside out. A passage that
    is not closed counts to the end of its line if the next line that is not blank opens with a
    mark, as quotations of several paragraphs do.

    >>> marked_passages("Lee said “no” and “not yet.")
    [Span(start=10, end=12)]
    """
    passages: list[Span] = []
    unclosed: Span | None = None
    place = 0
    for line in text.split("\n"):
        if line.strip():
            if unclosed and line.strip().startswith(_OPENERS):
                passages.append(unclosed)
            opened: int | None = None
            for mark in _MARK.finditer(line):
                if opened is None and mark.group() != "”":
                    opened = place + mark.end()
                elif opened is not None and mark.group() != "“":
                    passages.append(Span(opened, place + mark.start()))
                    opened = None
            unclosed = None if opened is None else Span(opened, place + len(line))
        place += len(line) + 1
    return passages


def union(sets: Iterable[int]) -> int:
    """All letters of several sets."""
    return reduce(or_, sets, 0)
