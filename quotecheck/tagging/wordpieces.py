"""Cuts a text into word pieces and says of each how it stands on the page.

The encoder's vocabulary knows neither line ends nor capitals, and a mark alone does not say whether
it opens or closes. Each piece therefore carries three small numbers beside its own: the white space
before it, its letters' case, and where it stands towards the quotation marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from quotecheck.records.text import QuotedPassage, Span

__all__ = ["CASES", "MARKS", "SPACES", "Pieces", "cut", "tokenizer_at", "windows"]

SPACES: Final = ("none", "space", "line", "paragraph")
CASES: Final = ("other", "capital", "capitals", "digit")
MARKS: Final = ("outside", "open", "inside", "close", "block")

_LONGEST_TEXT: Final = 100_000
"""Characters given to the tokenizer at once; a cut falls between paragraphs or at white space."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text, one array an aspect, all of one length.

    ``start`` and ``end`` are code-point offsets; ``space``, ``case`` and ``mark`` index `SPACES`,
    `CASES` and `MARKS`; ``wordlike`` is True for letters and digits.
    """

    ids: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    space: NDArray[np.int8]
    case: NDArray[np.int8]
    mark: NDArray[np.int8]
    wordlike: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, begin: int, end: int) -> Pieces:
        """Some of the pieces, offsets as they are."""
        return Pieces(*(getattr(self, name)[begin:end] for name in self.__slots__))

    def aspects(self, begin: int, end: int) -> NDArray[np.int64]:
        """``ids``, ``space``, ``case`` and ``mark`` of some pieces, shape (4, end - begin)."""
        part = slice(begin, end)
        rows = (self.ids[part], self.space[part], self.case[part], self.mark[part])
        return np.stack([row.astype(np.int64) for row in rows])


def tokenizer_at(path: Path) -> Tokenizer:
    """The tokenizer of an encoder, without the padding and the limit that its file may ask for."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def cut(
    text: str, paragraphs: Sequence[Span], quoted: Sequence[QuotedPassage], tokenizer: Tokenizer
) -> Pieces:
    """Cut a text into pieces.

    Args:
        text: the raw text.
        paragraphs: its paragraphs in order, as `quotecheck.text.paragraphs.paragraphs` gives them;
            what lies between them is passed over.
        quoted: its quoted passages, as `quotecheck.text.quotation_marks` pairs them.
        tokenizer: a fast tokenizer whose offsets count code points.
    """
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    for begin, end in _stretches(text, paragraphs):
        encoded = tokenizer.encode(text[begin:end], add_special_tokens=False)
        ids += encoded.ids
        for first, last in encoded.offsets:
            starts.append(begin + first)
            ends.append(begin + last)
    start = np.asarray(starts, dtype=np.int32)
    end_of = np.asarray(ends, dtype=np.int32)
    space: list[int] = []
    case: list[int] = []
    wordlike: list[bool] = []
    before = 0
    opening = {paragraph.start for paragraph in paragraphs}
    kinds: dict[str, tuple[int, bool]] = {}  # of the words of this text: most occur again
    for first, last in zip(starts, ends, strict=True):
        if first in opening:
            space.append(3)
        elif first > before:
            space.append(2 if "\n" in text[before:first] else 1)
        else:
            space.append(0)
        word = text[first:last]
        kind = kinds.get(word)
        if kind is None:
            kind = kinds[word] = _case(word), word[:1].isalnum()
        case.append(kind[0])
        wordlike.append(kind[1])
        before = last
    return Pieces(
        np.asarray(ids, dtype=np.int32),
        start,
        end_of,
        np.asarray(space, dtype=np.int8),
        np.asarray(case, dtype=np.int8),
        _marks(start, end_of, quoted),
        np.asarray(wordlike, dtype=np.bool_),
    )


def _stretches(text: str, paragraphs: Sequence[Span]) -> list[tuple[int, int]]:
    """Whole paragraphs, as many as the tokenizer is given at once; longer ones in parts."""
    result: list[tuple[int, int]] = []
    for paragraph in paragraphs:
        if result and paragraph.end - result[-1][0] <= _LONGEST_TEXT:
            result[-1] = (result[-1][0], paragraph.end)
            continue
        begin = paragraph.start
        while paragraph.end - begin > _LONGEST_TEXT:
            space = text.rfind(" ", begin + 1, begin + _LONGEST_TEXT)
            stop = space if space > begin else begin + _LONGEST_TEXT
            result.append((begin, stop))
            begin = stop
        result.append((begin, paragraph.end))
    return result


def _case(word: str) -> int:
    if word[:1].isupper():
        return 2 if len(word) > 1 and word.isupper() else 1
    return 3 if word[:1].isdigit() else 0


def _marks(
    start: NDArray[np.int32], end: NDArray[np.int32], quoted: Sequence[QuotedPassage]
) -> NDArray[np.int8]:
    mark = np.zeros(len(start), dtype=np.int8)
    for passage in sorted(quoted, key=lambda passage: passage.depth):
        outer, inner = passage.outer, passage.inner
        first, last = np.searchsorted(start, [outer.start, outer.end])
        if passage.block:
            mark[first:last] = np.where(mark[first:last] == 0, 4, mark[first:last])
            continue
        if passage.depth:
            continue  # marks within marks are words of the quotation
        where = np.full(last - first, 2, dtype=np.int8)
        where[start[first:last] < inner.start] = 1
        if passage.closed:
            where[end[first:last] > inner.end] = 3
        mark[first:last] = where
    return mark


def windows(pieces: Pieces, longest: int, overlap: int) -> list[tuple[int, int]]:
    """Stretches of at most ``longest`` pieces that cover all of them, cut between paragraphs.

    Each ends at the paragraph that parts what is left most evenly. The next one has before its own
    pieces the whole paragraphs that fit into ``overlap``: beginning in the middle of a paragraph
    costs more than what stands before it brings. Only where a paragraph is longer than a window
    does the cut fall inside it, and what stands before is then part of it.

    >>> import numpy as np
    >>> flat = np.zeros(10, dtype=np.int8)
    >>> windows(Pieces(*[flat] * 7), 6, 2)
    [(0, 4), (2, 8), (6, 10)]
    """
    total = len(pieces)
    if total <= longest:
        return [(0, total)] if total else []
    breaks = np.append(np.flatnonzero(pieces.space >= 2), total)
    stride = max(1, longest - overlap)
    result: list[tuple[int, int]] = []
    begin = 0
    while begin < total:
        first, last = np.searchsorted(breaks, (begin + stride // 3, begin + stride), side="right")
        ends = breaks[first:last]
        part = (total - begin) / -(-(total - begin) // stride)
        end = begin + stride
        if len(ends):
            end = int(ends[np.abs(ends - begin - part).argmin()])
        first, last = np.searchsorted(breaks, (begin - overlap, begin))
        if last > first:
            start = int(breaks[first])
        else:
            start = begin if breaks[last] == begin else max(0, begin - overlap)
        result.append((start, min(end, total)))
        begin = end
    return result
