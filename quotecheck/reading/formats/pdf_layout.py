"""Pieces of text on pages to running text: columns, paragraphs, divided words, page numbers.

A PDF page has no paragraphs. What is one is inferred from where lines begin and end, how far
apart they are and how high their letters; a line ended on purpose is one on which the next word
would have found room.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import mean, median

from quotecheck.reading.extraction import joined_locators
from quotecheck.reading.formats.pdf_line_numbers import numbered_lines
from quotecheck.reading.formats.pdf_margins import Piece, without_margins, without_notes
from quotecheck.reading.transcripts.speaker_labels import label_of
from quotecheck.records.document import Locator

__all__ = ["lay_out"]

_MIN_GAPS = 4
"""Gaps above one another from which on they are a gutter between columns."""
_MOST_GAPS = 300  # looked at on a page; what has more is a table
_WORDY = 15  # characters of a line in a column of prose; cells of tables are shorter
_HYPHENS = "-\u00ad\u2010\u2011"
_LABEL = re.compile(r"([^\W\d_][^:]{0,59}):(?=\s|\Z)")
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIVIDED = re.compile(  # the word, with its hyphens, that a line breaks off in
    r"(?<![^\W\d_])(?<![^\W\d_][-\u2010\u2011])"
    r"([^\W\d_]++(?:[-\u2010\u2011][^\W\d_]++)*+)[-\u00ad\u2010\u2011]\Z"
)
# First parts that keep their hyphen when a line ends after it.
_KEEP = frozenset(
    "well self ex non half all cross vice twenty thirty forty fifty sixty seventy eighty ninety"
    " two three four five six seven eight nine ten one so long short high low full part mid"
    " anti then now".split()
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a column. ``column`` counts up whenever the text goes on elsewhere."""

    piece: Piece
    page: int
    column: int


def lay_out(
    pages: Sequence[tuple[str, float, Sequence[Piece]]],
) -> tuple[str, tuple[Locator, ...]]:
    """The running text of some pages.

    Args:
        pages: each page's label, its height in points, and its pieces in the file's own order.

    Returns:
        The text, paragraphs separated by blank lines, and a locator of kind "page" for each page
        that has text. A word that goes over to the next page belongs to the first.
    """
    pages_left = without_margins([(height, _ordered(pieces)) for _, height, pieces in pages])
    if (numbered := numbered_lines(pages_left)) is not None:
        return _as_record(numbered, pages)
    bodies, notes = without_notes(pages_left)
    lines = list(_numbered([*bodies, *notes]))
    if not lines:
        return "", ()
    whole = _Words(line.piece.text for line in lines)
    edges = _edges(lines)
    leading = _leading(lines)
    labels = _labels(lines)
    parts: list[str] = [lines[0].piece.text]
    locators: list[list[int]] = [[lines[0].page, 0, len(parts[0])]]
    length = len(parts[0])
    for number, (line, after) in enumerate(pairwise(lines)):
        following = lines[number + 2] if number + 2 < len(lines) else None
        words = after.piece.text
        labelled = (match := _LABEL.match(words)) is not None and match[1] in labels
        gap = "\n" if labelled else _gap(line, after, following, edges, leading)
        if gap == " " and line.piece.text[-1] in _HYPHENS:
            cut, joint = whole.joint(line.piece.text, words)
            last = parts[-1]
            if cut:
                parts[-1] = last[:-cut]
                length -= cut
                locators[-1][2] = length
            gap = joint
        parts += [gap, words]
        start = length + len(gap)
        length = start + len(words)
        if locators[-1][0] == after.page:
            locators[-1][2] = length
        else:
            locators.append([after.page, start, length])
    text = "".join(parts)
    if "\u00ad" in text:  # a soft hyphen within a line shows nothing
        return _without_soft_hyphens(text, locators, pages)
    return text, _labelled(locators, pages)


def _as_record(
    stretches: Sequence[tuple[int, str, str]],
    pages: Sequence[tuple[str, float, Sequence[Piece]]],
) -> tuple[str, tuple[Locator, ...]]:
    """The text of pages whose lines were numbered."""
    parts: list[str] = []
    places: list[list[int]] = []
    length = 0
    for page, gap, words in stretches:
        gap = gap if parts else ""
        parts += [gap, words]
        start, length = length + len(gap), length + len(gap) + len(words)
        places.append([page, start, length])
    return "".join(parts), _labelled(places, pages)


def _labelled(
    locators: list[list[int]], pages: Sequence[tuple[str, float, Sequence[Piece]]]
) -> tuple[Locator, ...]:
    return joined_locators(
        [Locator(start, end, "page", pages[page][0]) for page, start, end in locators]
    )


def _without_soft_hyphens(
    text: str, locators: list[list[int]], pages: Sequence[tuple[str, float, Sequence[Piece]]]
) -> tuple[str, tuple[Locator, ...]]:
    moved = [
        [page, start - text.count("\u00ad", 0, start), end - text.count("\u00ad", 0, end)]
        for page, start, end in locators
    ]
    return text.replace("\u00ad", ""), _labelled(moved, pages)


# ------------------------------------------------------------------------------------------ columns


def _ordered(pieces: Sequence[Piece]) -> list[Piece]:
    """The lines of a page in the order in which they are read."""
    gutters = _gutters(pieces)
    if not gutters:
        return _merged(pieces)
    # The file goes from row to row across the columns: read column after column instead, but
    # what stands across them ends what is above it.
    ordered: list[Piece] = []
    columns: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]

    def flush() -> None:
        for column in columns:
            ordered.extend(_merged(column))
            column.clear()

    for row in _rows(pieces):
        if any(piece.left < gutter < piece.right for piece in row for gutter in gutters):
            flush()
            ordered.extend(_merged(row))
            continue
        for piece in row:
            columns[sum(gutter <= piece.left for gutter in gutters)].append(piece)
    flush()
    return ordered


def _rows(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces by the height at which they stand, from the top, each row from the left."""
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if row and row[0].middle - piece.middle > 0.5 * min(row[0].size, piece.size):
            yield sorted(row, key=lambda piece_in_row: piece_in_row.left)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda piece_in_row: piece_in_row.left)


def _same_row(first: Piece, second: Piece) -> bool:
    return abs(first.middle - second.middle) < 0.5 * max(first.size, second.size)


def _gutters(pieces: Sequence[Piece]) -> list[float]:
    """Where the file's own order jumps across the same gap on line after line of prose."""
    gaps = [
        (left_piece, next_piece)
        for left_piece, next_piece in pairwise(pieces)
        if _same_row(left_piece, next_piece) and next_piece.left > left_piece.right
    ]
    gaps = gaps[:_MOST_GAPS]
    gutters: list[float] = []
    while len(gaps) >= _MIN_GAPS:
        middles = sorted(
            (left_piece.right + next_piece.left) / 2 for left_piece, next_piece in gaps
        )
        counts = [sum(a.right < x < b.left for a, b in gaps) for x in middles]
        best = max(counts)
        at = median(x for x, count in zip(middles, counts, strict=True) if count == best)
        across = [(a, b) for a, b in gaps if a.right < at < b.left]
        crossed = sum(piece.left < at < piece.right for piece in pieces)
        if len(across) < max(_MIN_GAPS, crossed):
            break
        left, right = (mean(len(pair[side].text) for pair in across) for side in (0, 1))
        if min(left, right) >= _WORDY:
            gutters.append(at)
        gaps = [pair for pair in gaps if pair not in across]
    return sorted(gutters)


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces that follow one another on one row made one line."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last is not None and last.text[-1] != "\u00ad":
            if _same_row(last, piece) and piece.left >= last.right - 0.5 * last.size:
                merged[-1] = _joined(last, piece, " ")
                continue
            if (
                len(last.text) == 1
                and last.text.isupper()
                and last.size > 1.6 * piece.size
                and last.low - piece.size < piece.middle < last.high
            ):
                # A large first letter; the line is the one beside its top.
                merged[-1] = replace(piece, text=last.text + piece.text)
                continue
        merged.append(piece)
    return merged


def _joined(first: Piece, second: Piece, gap: str) -> Piece:
    return Piece(
        first.text + gap + second.text,
        min(first.left, second.left),
        max(first.right, second.right),
        min(first.low, second.low),
        max(first.high, second.high),
    )


# --------------------------------------------------------------------------------------- paragraphs


def _labels(lines: list[_Line]) -> frozenset[str]:
    """What stands before a colon at the beginning of several lines, as labels of speakers do."""
    starts = Counter(match[1] for line in lines if (match := _LABEL.match(line.piece.text)))
    return frozenset(
        words for words, count in starts.items() if count > 1 and label_of(words) is not None
    )


def _numbered(pages: Iterable[tuple[int, list[Piece]]]) -> Iterator[_Line]:
    column = 0
    for number, lines in pages:
        column += 1
        before: Piece | None = None
        for line in lines:
            if before is not None and line.middle > before.middle + 0.5 * before.size:
                column += 1  # up again: another column
            yield _Line(line, number, column)
            before = line


def _edges(lines: list[_Line]) -> dict[int, float]:
    """How far the lines of each column reach to the right."""
    edges = {}
    for column, group in groupby(lines, key=lambda line: line.column):
        rights = sorted(line.piece.right for line in group)
        edges[column] = rights[min(len(rights) - 1, int(0.95 * len(rights)))]
    return edges


def _leading(lines: list[_Line]) -> float:
    """How far apart lines of a paragraph are, in heights of their letters."""
    steps = [
        (line.piece.middle - next_line.piece.middle) / line.piece.size
        for line, next_line in pairwise(lines)
        if line.column == next_line.column and _alike(line, next_line)
    ]
    return median(steps) if steps else 1.2


def _alike(first: _Line, second: _Line) -> bool:
    return 0.85 < first.piece.size / second.piece.size < 1.18


def _gap(
    line: _Line, after: _Line, following: _Line | None, edges: dict[int, float], leading: float
) -> str:
    """What stands between two lines of a PDF page: a space, a line break, or a blank line."""
    first, second = line.piece, after.piece
    divided = first.text[-1] in _HYPHENS and len(first.text) > 1 and first.text[-2].isalpha()
    goes_on = second.text[:1].islower() or (divided and second.text[:1].isalpha())
    if not _alike(line, after):
        return "\n\n"
    full = first.right + _first_word(second) > edges[line.column] - 0.3 * first.size
    if line.column != after.column:
        return " " if goes_on or (full and not _ENDS.search(first.text)) else "\n\n"
    if (first.middle - second.middle) / first.size > 1.3 * leading:
        return "\n\n"
    if divided and second.text[:1].islower():
        return " "
    indent = second.left - first.left
    if 0.7 * first.size < indent < 12 * first.size and (
        _ENDS.search(first.text)
        or following is None
        or following.column != after.column
        or second.left - following.piece.left > 0.7 * first.size
    ):
        return "\n\n"
    # A sentence that goes on in lower case was not ended there, however ragged the edge is.
    return " " if full or (goes_on and not _ENDS.search(first.text)) else "\n"


def _first_word(piece: Piece) -> float:
    """The width of its first word and of the space before it, roughly."""
    word = len(piece.text.split(None, 1)[0]) + 1
    return (piece.right - piece.left) * word / max(len(piece.text), 1)


class _Words:
    """The words of a document, to tell what a hyphen at the end of a line is.

    Args:
        lines: all its lines.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._known: set[str] = set()
        for line in lines:
            words = [word.casefold() for word in _WORD.findall(line.replace("\u00ad", ""))]
            self._known.update(words)

    def joint(self, line: str, after: str) -> tuple[int, str]:
        """How many characters to cut from the end of a line, and what to put there instead."""
        before = _DIVIDED.search(line)
        behind = _WORD.match(after)
        if before is None or behind is None:
            return (1, "-") if line[-1] == "\u00ad" else (0, "" if line[-2:-1].isdigit() else " ")
        last_word, next_word = before[1].casefold(), behind[0].casefold()
        if last_word + next_word in self._known:
            return 1, ""
        keeps_hyphen = (
            f"{last_word}-{next_word}" in self._known
            or not after[0].islower()
            or last_word in _KEEP
            or "-" in last_word
        )
        return (1, "-") if keeps_hyphen else (1, "")
