"""Reads a short stretch of source beside a short stretch of quotation, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from quotecheck.comparison.words import bare
from quotecheck.language.word_classes import CONTRACTIONS, VARIANTS

__all__ = ["AlignmentBlock", "Op", "alike", "between", "head", "merge", "tail"]

Op = Literal["equal", "replace", "delete", "insert"]

_SMALL: Final = 4_000
"""Cells up to which a gap is read by likeness of letters; larger ones by equal words alone."""
_UNLIKE_COST: Final = 1.2
"""Cost of two words that are not alike; a word on each side alone costs 1 each."""
_JOINED: Final = 0.05
"""Cost of two words for one that is both of them without the space."""
_OPS: Final[dict[str, Op]] = {
    "equal": "equal", "replace": "replace", "delete": "delete", "insert": "insert",
}  # fmt: skip


class AlignmentBlock(NamedTuple):
    """One stretch: source words ``a0:a1`` stand for quotation words ``b0:b1``."""

    op: Op
    a0: int
    a1: int
    b0: int
    b1: int


@lru_cache(maxsize=1 << 15)
def alike(a: str, b: str) -> float:
    """Likeness of two folded words by letters, 0..1; 1 where only apostrophes differ.

    Numbers are equal or nothing: 43 is not like 33.
    """
    if a == b:
        return 1.0
    if a[:1].isdigit() and b[:1].isdigit():
        return 0.0
    if VARIANTS.get(a, a) == VARIANTS.get(b, b):
        return 1.0
    a, b = bare(a), bare(b)
    if a == b:
        return 1.0
    return float(Levenshtein.normalized_similarity(a, b, score_cutoff=0.5))


def _costs(word: str, others: Sequence[str], near: bool | None) -> list[float]:
    """Cost of a source word standing for each of a quotation: 0 equal, 1.2 with nothing shared.

    ``near`` says, where the source may end anywhere, whether the word is of the quotation's
    sentence: then it is rather put for an unlike one than left out.
    """
    unlike = _UNLIKE_COST if near is None else 0.85 if near else 2.0
    costs = []
    for other in others:
        if word == other:
            costs.append(0.0)
            continue
        likeness = alike(word, other)
        costs.append(_UNLIKE_COST - likeness if likeness >= 0.5 else unlike)
    return costs


def _joined(twos: Sequence[str], words: Sequence[str]) -> set[tuple[int, int]]:
    """Where a word is two others written as one ("colla- boration"), read either way.

    As pairs of how many of ``twos`` and of ``words`` there are up to the end of both.

    >>> sorted(_joined(["we", "are", "not", "here"], ["we", "aren't", "here"]))
    [(3, 2)]
    """
    joined: set[tuple[int, int]] = set()
    places: dict[str, list[int]] = {}  # whichever way a word may be written that is these two
    for end in range(2, len(twos) + 1):
        first, last = twos[end - 2 : end]
        for written in {first + last, last + first, f"{first} {last}", f"{last} {first}"}:
            places.setdefault(written, []).append(end)
    for at, word in enumerate(words, start=1):
        for end in places.get(word, ()):
            first, last = twos[end - 2 : end]
            if len(word) == len(first) + len(last):
                joined.add((end, at))
        if contracted := CONTRACTIONS.get(word):  # isn't
            for end in places.get(contracted, ()):
                first, last = twos[end - 2 : end]
                if contracted in (f"{first} {last}", f"{last} {first}"):
                    joined.add((end, at))
        if variant := VARIANTS.get(word):  # UN
            for end in places.get(variant, ()):
                if variant == f"{twos[end - 2]} {twos[end - 1]}":
                    joined.add((end, at))
    return joined


def between(
    source: Sequence[str], a0: int, a1: int, quote: Sequence[str], b0: int, b1: int
) -> list[AlignmentBlock]:
    """Blocks between two runs: source words ``a0:a1`` against quotation words ``b0:b1``."""
    n, m = a1 - a0, b1 - b0
    if not n and not m:
        return []
    if not m:
        return [AlignmentBlock("delete", a0, a1, b0, b0)]
    if not n:
        return [AlignmentBlock("insert", a0, a0, b0, b1)]
    if n * m > _SMALL:
        return [
            AlignmentBlock(
                _OPS[op.tag],
                op.src_start + a0,
                op.src_end + a0,
                op.dest_start + b0,
                op.dest_end + b0,
            )
            for op in Levenshtein.opcodes(source[a0:a1], quote[b0:b1])
        ]
    steps = _trace(source[a0:a1], quote[b0:b1], n, free_end=False)
    return [AlignmentBlock(op, a0 + a, a0 + a_, b0 + b, b0 + b_) for op, a, a_, b, b_ in steps]


def head(quote: Sequence[str], source: Sequence[str], near: int) -> list[AlignmentBlock]:
    """Blocks for quotation words before the first run; the source may begin anywhere.

    Args:
        quote: those words.
        source: the source's words before the run.
        near: how many of them, counted from the run, stand in its sentence: one of these may be
            what another word replaces, one before is so only if it looks like it.
    """
    if not quote:
        return []
    reach = min(len(source), len(quote) + 3)
    if len(quote) * reach > _SMALL:
        reach = min(reach, len(quote))
        return [AlignmentBlock("replace", len(source) - reach, len(source), 0, len(quote))]
    a0 = len(source) - reach
    # Read backwards, a head is a tail.
    steps = _trace(source[a0:][::-1], quote[::-1], near, free_end=True)
    return [
        AlignmentBlock(
            op, a0 + reach - a, a0 + reach - start_a, len(quote) - b, len(quote) - start_b
        )
        for op, start_a, a, start_b, b in reversed(steps)
    ]


def tail(
    quote: Sequence[str], source: Sequence[str], near: int, b0: int, a0: int
) -> list[AlignmentBlock]:
    """Blocks for quotation words after the last run; the source may end anywhere.

    ``near`` counts the source's words up to the end of the run's sentence; ``b0`` and ``a0`` are
    where the two stretches begin.
    """
    if not quote:
        return []
    reach = min(len(source), len(quote) + 3)
    if len(quote) * reach > _SMALL:
        reach = min(reach, len(quote))
        return [
            AlignmentBlock("replace" if reach else "insert", a0, a0 + reach, b0, b0 + len(quote))
        ]
    steps = _trace(source[:reach], quote, near, free_end=True)
    return [AlignmentBlock(op, a0 + a, a0 + a_, b0 + b, b0 + b_) for op, a, a_, b, b_ in steps]


def _trace(
    a: Sequence[str], b: Sequence[str], near: int, *, free_end: bool
) -> list[AlignmentBlock]:
    """Cheapest word-by-word reading of two short stretches, from index 0 of both.

    ``free_end`` lets source words at the end stay out at no cost; then a word is rather put for one
    of the first ``near`` words than put in.
    """
    n, m = len(a), len(b)
    costs = [_costs(word, b, near > i if free_end else None) for i, word in enumerate(a)]
    ahead = _joined(a, b)  # two of the source for one of the quotation
    behind = {(i, j) for j, i in _joined(b, a)}
    rows = [[0.9 * j for j in range(m + 1)]]
    for i in range(1, n + 1):
        above, here = rows[-1], 0.9 * i
        row = [here]
        for j, change in enumerate(costs[i - 1], start=1):
            best = above[j - 1] + change
            if (left_out := above[j] + 0.9) < best:
                best = left_out
            if (put_in := here + 0.9) < best:
                best = put_in
            if (i, j) in ahead:
                best = min(best, rows[i - 2][j - 1] + _JOINED)
            if (i, j) in behind:
                best = min(best, above[j - 2] + _JOINED)
            row.append(best)
            here = best
        rows.append(row)
    i, j = n, m
    if free_end:
        i = min(range(n + 1), key=lambda k: (round(rows[k][m], 9), k))
    steps: list[AlignmentBlock] = []
    while i or j:
        here = rows[i][j]
        if (i, j) in ahead and abs(here - rows[i - 2][j - 1] - _JOINED) < 1e-9:
            i, j = i - 2, j - 1
            steps.append(AlignmentBlock("replace", i, i + 2, j, j + 1))
        elif (i, j) in behind and abs(here - rows[i - 1][j - 2] - _JOINED) < 1e-9:
            i, j = i - 1, j - 2
            steps.append(AlignmentBlock("replace", i, i + 1, j, j + 2))
        elif i and j and abs(here - rows[i - 1][j - 1] - costs[i - 1][j - 1]) < 1e-9:
            i, j = i - 1, j - 1
            op: Op = "equal" if a[i] == b[j] else "replace"
            steps.append(AlignmentBlock(op, i, i + 1, j, j + 1))
        elif j and abs(here - rows[i][j - 1] - 0.9) < 1e-9:
            j -= 1
            steps.append(AlignmentBlock("insert", i, i, j, j + 1))
        else:
            i -= 1
            steps.append(AlignmentBlock("delete", i, i + 1, j, j))
    steps.reverse()
    return steps


def merge(blocks: Sequence[AlignmentBlock]) -> list[AlignmentBlock]:
    """Join neighbours: equal with equal, and all that differs into one block between equals."""
    merged: list[AlignmentBlock] = []
    for block in blocks:
        if block.a0 == block.a1 and block.b0 == block.b1:
            continue
        last = merged[-1] if merged else None
        if last is not None and (last.op == "equal") == (block.op == "equal"):
            a0, a1, b0, b1 = last.a0, block.a1, last.b0, block.b1
            op: Op = last.op
            if op != "equal":
                op = "insert" if a0 == a1 else "delete" if b0 == b1 else "replace"
            merged[-1] = AlignmentBlock(op, a0, a1, b0, b1)
        else:
            merged.append(block)
    # Source words alone at an end were only looked at, not quoted.
    while merged and merged[0].op == "delete":
        merged.pop(0)
    while merged and merged[-1].op == "delete":
        merged.pop()
    return merged
