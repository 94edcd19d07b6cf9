"""Lays a quotation over a source text, word by word. Pure functions on words.

Equal runs of words are chained first, so that a gap or a jump costs little where the words around
it agree; what lies between two runs is then compared word by word, and likeness of letters decides
which word stands for which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import Levenshtein

from quotecheck.words import Words, bare

__all__ = ["Alignment", "Block", "align", "alike"]

Weight = Callable[[str], float]

_CONTENT: Final = 2.5
"""Weight from which a single word may anchor an alignment."""
_LOOK_BACK: Final = 60
_SMALL: Final = 4_000
"""Cells up to which a gap is filled by likeness of letters; larger ones by equal words alone."""
_FAR: Final = 400


class Block(NamedTuple):
    """One stretch: source words ``a0:a1`` stand for quotation words ``b0:b1``."""

    op: Literal["equal", "replace", "delete", "insert"]
    a0: int
    a1: int
    b0: int
    b1: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a stretch of quotation lies over a stretch of source.

    ``blocks`` run in order over source words ``first:last`` and over all words of the quotation
    that were given; a block of source words alone stands between two blocks, never at either end.
    ``score`` orders rival places; ``matched`` is the weight of quotation words that found their
    like, out of ``total``.
    """

    blocks: tuple[Block, ...]
    first: int
    last: int
    score: float
    matched: float
    total: float

    @property
    def share(self) -> float:
        """Matched weight out of all, 0..1."""
        return self.matched / self.total if self.total else 0.0


class _Run(NamedTuple):
    q: int
    s: int
    size: int
    worth: float


def alike(a: str, b: str) -> float:
    """Likeness of two folded words by letters, 0..1; 1 where only apostrophes differ."""
    if a == b:
        return 1.0
    a, b = bare(a), bare(b)
    if a == b:
        return 1.0
    return float(Levenshtein.normalized_similarity(a, b))


def align(quote: Words, source: Words, weight: Weight) -> Alignment | None:
    """Lay ``quote`` over the best stretch of ``source``.

    Args:
        quote: words of the quotation, or of a part of it.
        source: words of the text around a candidate passage.
        weight: how much a folded word tells (rarer: more); positive.

    Returns:
        The alignment, or None where not one telling word is shared.

    >>> from quotecheck.words import quotation_words, source_words
    >>> found = align(quotation_words("will deploy troops"),
    ...               source_words("We will not deploy any troops."), lambda word: 3.0)
    >>> [(b.op, b.a0, b.a1) for b in found.blocks]
    [('equal', 1, 2), ('delete', 2, 3), ('equal', 3, 4), ('delete', 4, 5), ('equal', 5, 6)]
    """
    weights = [weight(form) for form in quote.forms]
    total = sum(weights)
    chain = _chain(quote, source, weights)
    if not chain:
        return None
    worth, runs = chain
    blocks: list[Block] = []
    head = _fill_head(quote.forms[: runs[0].q], source.forms[: runs[0].s])
    blocks.extend(head)
    for k, run in enumerate(runs):
        if k:
            before = runs[k - 1]
            blocks.extend(
                _fill(
                    source.forms, before.s + before.size, run.s,
                    quote.forms, before.q + before.size, run.q,
                )
            )  # fmt: skip
        blocks.append(Block("equal", run.s, run.s + run.size, run.q, run.q + run.size))
    end_q, end_s = runs[-1].q + runs[-1].size, runs[-1].s + runs[-1].size
    blocks.extend(_fill_tail(quote.forms[end_q:], source.forms[end_s:], end_q, end_s))
    merged = _merge(blocks)
    held = [b for b in merged if b.a1 > b.a0]
    matched = 0.0
    for block in merged:
        if block.op == "equal":
            matched += sum(weights[block.b0 : block.b1])
        elif block.op == "replace":
            matched += _likeness(block, quote.forms, source.forms, weights)
    return Alignment(tuple(merged), held[0].a0, held[-1].a1, worth, matched, total)


def _likeness(
    block: Block, quote: Sequence[str], source: Sequence[str], weights: Sequence[float]
) -> float:
    """Weight of replaced words that look like what they replace: misprints, joined words."""
    a, b = source[block.a0 : block.a1], quote[block.b0 : block.b1]
    if alike("".join(a), "".join(b)) >= 0.75:
        return sum(weights[block.b0 : block.b1])
    if len(a) == len(b):
        return sum(
            w
            for x, y, w in zip(a, b, weights[block.b0 : block.b1], strict=True)
            if alike(x, y) >= 0.6
        )
    return sum(
        w
        for y, w in zip(b, weights[block.b0 : block.b1], strict=True)
        if any(alike(x, y) >= 0.75 for x in a)
    )


def _runs(quote: Words, source: Words, weights: Sequence[float]) -> list[_Run]:
    """Longest runs of equal words that tell something, by place in the quotation."""
    wanted = set(quote.forms)
    places: dict[str, list[int]] = {}
    for j, form in enumerate(source.forms):
        if form in wanted:
            places.setdefault(form, []).append(j)
    open_runs: dict[int, int] = {}
    found: list[_Run] = []

    def close(end: int, size: int, j: int) -> None:
        start = end - size
        worth = sum(weights[start:end])
        if size > 1 or worth >= _CONTENT:
            found.append(_Run(start, j - size + 1, size, worth))

    for i, form in enumerate(quote.forms):
        here = {j: open_runs.get(j - 1, 0) + 1 for j in places.get(form, ())}
        for j, size in open_runs.items():
            if j + 1 not in here:
                close(i, size, j)
        open_runs = here
    for j, size in open_runs.items():
        close(len(quote.forms), size, j)
    if not found and len(quote) <= 3:
        for i, form in enumerate(quote.forms):
            found.extend(_Run(i, j, 1, weights[i]) for j in places.get(form, ()))
    found.sort()
    if len(found) > 3_000:  # a very long quotation: its telling runs are enough to hold it
        found = sorted(sorted(found, key=lambda run: -run.worth)[:3_000])
    return found


def _link(quote: Words, before: _Run, after: _Run) -> tuple[float, int] | None:
    """What it costs to go from one run to a later one, and how many words to trim from it."""
    trim = max(0, before.q + before.size - after.q, before.s + before.size - after.s)
    if trim >= after.size:
        return None
    skipped_q = after.q + trim - before.q - before.size
    skipped_s = after.s + trim - before.s - before.size
    if skipped_s > _FAR:
        return None
    jump = abs(skipped_s - skipped_q)
    if not jump:
        return 0.3 * skipped_q, trim
    start = before.q + before.size
    if any(start <= gap <= after.q + trim for gap in quote.gaps):
        return 0.5 + 0.3 * skipped_q + 0.02 * jump, trim
    return 0.8 + 0.3 * skipped_q + min(8.0, 0.15 * jump) + 0.01 * jump, trim


def _chain(
    quote: Words, source: Words, weights: Sequence[float]
) -> tuple[float, list[_Run]] | None:
    """The best sequence of runs, in order in both texts."""
    runs = _runs(quote, source, weights)
    if not runs:
        return None
    best = [run.worth for run in runs]
    came: list[int] = [-1] * len(runs)
    trims = [0] * len(runs)
    for k, run in enumerate(runs):
        for p in range(max(0, k - _LOOK_BACK), k):
            before = runs[p]
            if before.s >= run.s + run.size:
                continue
            link = _link(quote, before, run)
            if link is None:
                continue
            cost, trim = link
            worth = run.worth - sum(weights[run.q : run.q + trim]) if trim else run.worth
            score = best[p] + worth - cost
            if score > best[k]:
                best[k], came[k], trims[k] = score, p, trim
    at = max(range(len(runs)), key=lambda k: (best[k], -runs[k].s))
    score = best[at]
    chain: list[_Run] = []
    while at >= 0:
        run, trim = runs[at], trims[at]
        chain.append(_Run(run.q + trim, run.s + trim, run.size - trim, run.worth))
        at = came[at]
    chain.reverse()
    return score, chain


def _cost(a: str, b: str) -> float:
    """Cost of one word standing for another: 0 equal, up to 1.2 for words with nothing shared."""
    if a == b:
        return 0.0
    likeness = alike(a, b)
    return 1.2 - likeness if likeness >= 0.5 else 1.2


def _fill(
    source: Sequence[str], a0: int, a1: int, quote: Sequence[str], b0: int, b1: int
) -> list[Block]:
    """Blocks between two runs: source words ``a0:a1`` against quotation words ``b0:b1``."""
    n, m = a1 - a0, b1 - b0
    if not n and not m:
        return []
    if not m:
        return [Block("delete", a0, a1, b0, b0)]
    if not n:
        return [Block("insert", a0, a0, b0, b1)]
    if n * m > _SMALL:
        return [
            Block(op.tag, op.src_start + a0, op.src_end + a0, op.dest_start + b0, op.dest_end + b0)
            for op in Levenshtein.opcodes(source[a0:a1], quote[b0:b1])
        ]
    return _trace(source[a0:a1], quote[b0:b1], a0, b0, free_start=False, free_end=False)


def _fill_head(quote: Sequence[str], source: Sequence[str]) -> list[Block]:
    """Blocks for quotation words before the first run; the source may begin anywhere."""
    if not quote:
        return []
    reach = min(len(source), len(quote) + 3)
    if len(quote) * reach > _SMALL:
        reach = min(reach, len(quote))
        return [Block("replace", len(source) - reach, len(source), 0, len(quote))]
    a0 = len(source) - reach
    return _trace(source[a0:], quote, a0, 0, free_start=True, free_end=False)


def _fill_tail(quote: Sequence[str], source: Sequence[str], b0: int, a0: int) -> list[Block]:
    """Blocks for quotation words after the last run; the source may end anywhere."""
    if not quote:
        return []
    reach = min(len(source), len(quote) + 3)
    if len(quote) * reach > _SMALL:
        reach = min(reach, len(quote))
        return [Block("replace" if reach else "insert", a0, a0 + reach, b0, b0 + len(quote))]
    return _trace(source[:reach], quote, a0, b0, free_start=False, free_end=True)


def _trace(
    a: Sequence[str], b: Sequence[str], a0: int, b0: int, *, free_start: bool, free_end: bool
) -> list[Block]:
    """Cheapest word-by-word reading of two short stretches.

    ``free_start`` and ``free_end`` let source words at that end stay out at no cost.
    """
    n, m = len(a), len(b)
    rows = [[0.0] * (m + 1) for _ in range(n + 1)]
    for j in range(1, m + 1):
        rows[0][j] = rows[0][j - 1] + 0.9
    for i in range(1, n + 1):
        row, above = rows[i], rows[i - 1]
        row[0] = 0.0 if free_start else above[0] + 0.9
        x = a[i - 1]
        for j in range(1, m + 1):
            row[j] = min(above[j - 1] + _cost(x, b[j - 1]), above[j] + 0.9, row[j - 1] + 0.9)
    end = n
    if free_end:
        end = min(range(n + 1), key=lambda i: (rows[i][m], i))
    steps: list[Block] = []
    i, j = end, m
    while i or j:
        here = rows[i][j]
        if i and j and abs(here - rows[i - 1][j - 1] - _cost(a[i - 1], b[j - 1])) < 1e-9:
            i, j = i - 1, j - 1
            op: Literal["equal", "replace"] = "equal" if a[i] == b[j] else "replace"
            steps.append(Block(op, a0 + i, a0 + i + 1, b0 + j, b0 + j + 1))
        elif j and abs(here - rows[i][j - 1] - 0.9) < 1e-9:
            j -= 1
            steps.append(Block("insert", a0 + i, a0 + i, b0 + j, b0 + j + 1))
        else:
            i -= 1
            if j == 0 and free_start:
                break
            steps.append(Block("delete", a0 + i, a0 + i + 1, b0 + j, b0 + j))
    steps.reverse()
    return steps


def _merge(blocks: Sequence[Block]) -> list[Block]:
    """Join neighbours: equal with equal, and all that differs into one block between equals."""
    merged: list[Block] = []
    for block in blocks:
        if block.a0 == block.a1 and block.b0 == block.b1:
            continue
        last = merged[-1] if merged else None
        if last is not None and (last.op == "equal") == (block.op == "equal"):
            a0, a1, b0, b1 = last.a0, block.a1, last.b0, block.b1
            op = last.op
            if op != "equal":
                op = "insert" if a0 == a1 else "delete" if b0 == b1 else "replace"
            merged[-1] = Block(op, a0, a1, b0, b1)
        else:
            merged.append(block)
    # Source words alone at an end were only looked at, not quoted.
    while merged and merged[0].op == "delete":
        merged.pop(0)
    while merged and merged[-1].op == "delete":
        merged.pop()
    return merged
