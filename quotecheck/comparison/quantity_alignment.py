"""Quantities among aligned words: where they stand, and which of them stand for one another.

An alignment compares words. Where it finds a difference within a quantity of either side, the whole
of the quantity is what differs or is dressed otherwise: "half past six" stands for "6:30", and of
"$4.3 billion" and "$43 billion" not the figures alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from quotecheck.comparison.quantities import (
    Difference,
    Quantity,
    difference,
    is_fair_cut,
    pair_quantities,
)
from quotecheck.comparison.quantity_parsing import (
    find_quantities,
    is_number_form,
    may_hold_quantity,
)
from quotecheck.comparison.word_alignment import AlignmentBlock, Op
from quotecheck.comparison.words import Words
from quotecheck.comparison.words_beside import with_words_beside
from quotecheck.language.units import is_currency

__all__ = [
    "QuantityWords",
    "quantities_of",
    "quantities_of_both",
    "same_quantities",
    "with_whole_quantities",
]

_CONTEXT_WORDS: Final = 8
"""Words around a stretch that may tell what a number in it is, or belong to it."""
_CONTEXT_CHARS: Final = 3
"""Code points after the last word: the stop of "p.m.", the second of 5'10"."""
_REACH_WORDS: Final = 4
"""How far beyond an end that differs the same quantity is looked for."""
_FAR_WORDS: Final = 6
"""Words between a quantity and the rest of the quotation from which on it may be another one."""


class QuantityWords(NamedTuple):
    """A quantity and the words that it is written in, ``first`` up to ``last``.

    ``figure`` is the index after the words of its number proper.
    """

    first: int
    last: int
    figure: int
    quantity: Quantity


class _Column(NamedTuple):
    """Source words ``a0:a1`` against quotation words ``b0:b1``; one each where they are equal."""

    a0: int
    a1: int
    b0: int
    b1: int
    equal: bool


def quantities_of(
    words: Words, first: int = 0, last: int | None = None, *, weak: bool = False
) -> list[QuantityWords]:
    """Find the quantities in some words, those that reach beyond them included.

    Args:
        words: words with the text that they stand in.
        first: index of the first word that matters.
        last: index after the last one; all by default.
        weak: whether to look also where no number is written ("a mile").
    """
    last = len(words) if last is None else last
    if first >= last or not words.texts:
        return []
    low, high = max(0, first - _CONTEXT_WORDS), min(len(words), last + _CONTEXT_WORDS)
    start = words.starts[low]
    raw = words.raw(start, words.ends[high - 1] + _CONTEXT_CHARS)
    if not weak and not may_hold_quantity(raw):
        return []
    quantities: list[QuantityWords] = []
    for quantity in _quantities_in(raw):
        from_word = bisect_right(words.ends, quantity.start + start)
        to_word = bisect_left(words.starts, quantity.end + start)
        figure = bisect_left(words.starts, quantity.figure + start)
        if from_word < to_word and from_word < last and to_word > first:
            quantities.append(QuantityWords(from_word, to_word, figure, quantity))
    return quantities


@lru_cache(maxsize=256)
def _quantities_in(raw: str) -> tuple[Quantity, ...]:
    """The quantities of a stretch; one quotation is aligned with many places, and judged at one."""
    return tuple(find_quantities(raw))


def quantities_of_both(
    source: Words, first: int, last: int, quote: Words
) -> tuple[list[QuantityWords], list[QuantityWords]]:
    """The quantities in the words ``first`` up to ``last`` of a source, and in a quotation."""
    in_source, in_quote = quantities_of(source, first, last), quantities_of(quote)
    if in_quote and not in_source:
        in_source = quantities_of(source, first, last, weak=True)
    elif in_source and not in_quote:
        in_quote = quantities_of(quote, weak=True)
    return in_source, in_quote


def same_quantities(
    source: Sequence[QuantityWords], quote: Sequence[QuantityWords]
) -> list[tuple[QuantityWords, QuantityWords, Difference]]:
    """Pair the quantities of two stretches in their order; those that stand alone are left out."""
    pairs = pair_quantities([x.quantity for x in source], [y.quantity for y in quote])
    return [
        (source[pair.first], quote[pair.second], pair.difference)
        for pair in pairs
        if pair.first is not None and pair.second is not None
    ]


def with_whole_quantities(
    blocks: Sequence[AlignmentBlock], quote: Words, source: Words
) -> tuple[list[AlignmentBlock], frozenset[int]]:
    """Widen the blocks of an alignment, so that none ends within a quantity that differs.

    At either end, where a quotation stops within a quantity of its source, the rest of that
    belongs to the quotation's place too, unless what is left says the same (`is_fair_cut`).

    Args:
        blocks: blocks of words, in order, over all the words of the quotation.
        quote: the quotation's words.
        source: the source's.

    Returns:
        The blocks, and the quotation's words of quantities that the source has in another dress.
    """
    filled = [block for block in blocks if block.a1 > block.a0]
    if not filled:
        return list(blocks), frozenset()
    if not _is_any_at_stake(blocks, quote, source):
        return with_words_beside(list(blocks), quote, source), frozenset()
    low, high = filled[0].a0 - _REACH_WORDS, filled[-1].a1 + _REACH_WORDS
    in_source, in_quote = quantities_of_both(source, max(0, low), min(high, len(source)), quote)
    if not in_source and not in_quote:
        return with_words_beside(list(blocks), quote, source), frozenset()
    reached = _reaching(
        _anchored(list(blocks), in_quote, in_source, quote, source), in_quote, in_source
    )
    columns = _at_the_ends(list(_columns(reached)), in_quote, in_source)
    widened = _blocks(_with_differences(columns, in_quote, in_source, quote.gaps))
    same: set[int] = set()
    for k, block in enumerate(widened):
        if block.op != "replace":
            continue
        pairs = same_quantities(
            [x for x in in_source if block.a0 <= x.first and x.last <= block.a1],
            [y for y in in_quote if block.b0 <= y.first and y.last <= block.b1],
        )
        for _, y, change in pairs:
            if not change:
                same.update(range(y.first, y.last))
        widened[k] = _trimmed(block, pairs, first=k == 0, last=k == len(widened) - 1)
    return with_words_beside(widened, quote, source), frozenset(same)


def _anchored(
    blocks: list[AlignmentBlock],
    in_quote: Sequence[QuantityWords],
    in_source: Sequence[QuantityWords],
    quote: Words,
    source: Words,
) -> list[AlignmentBlock]:
    """The blocks, a quantity at the beginning taken from far off to the same one that is near.

    "50 percent of the herd" of "Half of the herd" met "percent of" in a sentence before.
    """
    if not in_quote or in_quote[0].first > blocks[0].b0:
        return blocks
    k = next((k for k, b in enumerate(blocks) if b.op == "delete" and b.a1 - b.a0 >= _FAR_WORDS), 0)
    if not k or k + 1 >= len(blocks):
        return blocks
    after, at = blocks[k + 1], in_quote[0].last
    between = quote.forms[at : after.b0]  # "of the"
    first = after.a0 - len(between)
    near = [x for x in in_source if x.last == first and _is_worth(x, in_quote[0])]
    if not near or source.forms[first : after.a0] != between:
        return blocks
    joined = AlignmentBlock("equal", first, after.a1, at, after.b1)
    replaced = AlignmentBlock("replace", near[0].first, first, blocks[0].b0, at)
    return [replaced, joined, *blocks[k + 2 :]]


def _reaching(
    blocks: list[AlignmentBlock],
    in_quote: Sequence[QuantityWords],
    in_source: Sequence[QuantityWords],
) -> list[AlignmentBlock]:
    """The blocks, an end that differs taken on to the same quantity just beyond it.

    Of "over 5 years" quoted as "over 5yr", the last word was taken to be put in.
    """
    first, last = blocks[0], blocks[-1]
    if last.op != "equal" and in_quote and in_quote[-1].last == last.b1:
        beyond = [x for x in in_source if last.a1 <= x.first < last.a1 + _REACH_WORDS]
        within = [x for x in in_source if last.a0 <= x.first < last.a1]
        if beyond and _is_same(in_quote[-1], beyond[:1]) and not _is_same(in_quote[-1], within):
            last = AlignmentBlock("replace", last.a0, beyond[0].last, last.b0, last.b1)
    if first.op != "equal" and in_quote and in_quote[0].first == first.b0:
        beyond = [x for x in in_source if first.a0 - _REACH_WORDS < x.last <= first.a0]
        within = [x for x in in_source if first.a0 < x.last <= first.a1]
        if beyond and _is_same(in_quote[0], beyond[-1:]) and not _is_same(in_quote[0], within):
            first = AlignmentBlock("replace", beyond[-1].first, first.a1, first.b0, first.b1)
    if len(blocks) == 1:
        return [AlignmentBlock("replace", first.a0, last.a1, first.b0, first.b1)] if (
            first != blocks[0] or last != blocks[0]
        ) else blocks  # fmt: skip
    return [first, *blocks[1:-1], last]


def _is_worth(x: QuantityWords, y: QuantityWords) -> bool:
    return difference(x.quantity, y.quantity) in ("", "rendering")


def _is_same(quantity: QuantityWords, others: Sequence[QuantityWords]) -> bool:
    return any(not difference(x.quantity, quantity.quantity) for x in others)


def _is_any_at_stake(blocks: Sequence[AlignmentBlock], quote: Words, source: Words) -> bool:
    """Whether a number stands near a difference or near an end: quick, for mostly none does."""
    near = _CONTEXT_WORDS

    def holds(words: Words, first: int, last: int) -> bool:
        return any(map(is_number_form, words.forms[max(0, first - near) : last + near]))

    return (
        holds(source, blocks[0].a0, blocks[0].a0)
        or holds(source, blocks[-1].a1, blocks[-1].a1)
        or any(
            holds(source, block.a0, block.a1) or holds(quote, block.b0, block.b1)
            for block in blocks
            if block.op != "equal"
        )
    )


def _trimmed(
    block: AlignmentBlock,
    pairs: Sequence[tuple[QuantityWords, QuantityWords, Difference]],
    *,
    first: bool,
    last: bool,
) -> AlignmentBlock:
    """A block at an end of the quotation without the source's words beyond its quantity there."""
    if pairs and first and pairs[0][1].first == block.b0:
        block = block._replace(a0=pairs[0][0].first)
    if pairs and last and pairs[-1][1].last == block.b1:
        block = block._replace(a1=pairs[-1][0].last)
    return block


def _columns(blocks: Sequence[AlignmentBlock]) -> Iterator[_Column]:
    """The columns of an alignment: one for each pair of equal words, one for each other block."""
    for block in blocks:
        if block.op == "equal":
            for k in range(block.a1 - block.a0):
                yield _Column(block.a0 + k, block.a0 + k + 1, block.b0 + k, block.b0 + k + 1, True)
        else:
            yield _Column(block.a0, block.a1, block.b0, block.b1, False)


def _at_the_ends(
    columns: list[_Column], in_quote: Sequence[QuantityWords], in_source: Sequence[QuantityWords]
) -> list[_Column]:
    """The columns with the source's words that complete a quantity at either end."""
    low = next(c.a0 for c in columns if c.a1 > c.a0)
    high = next(c.a1 for c in reversed(columns) if c.a1 > c.a0)
    for whole in in_source:
        if whole.quantity.weak or (whole.first >= low and whole.last <= high):
            continue
        over = [k for k, c in enumerate(columns) if c.a0 < whole.last and whole.first < c.a1]
        if not over:
            continue
        b0, b1 = columns[over[0]].b0, columns[over[-1]].b1
        part = [x for x in in_quote if x.first < b1 and b0 < x.last]
        b0, b1 = min([b0, *(x.first for x in part)]), max([b1, *(x.last for x in part)])
        changed = any(not c.equal and _touches(c.b0, c.b1, b0 - 1, b1 + 1) for c in columns)
        if not _completes(whole, part, low, changed=changed):
            continue
        first, last = columns[over[0]], columns[over[-1]]
        if whole.first < low:
            columns[over[0]] = first._replace(a0=whole.first, equal=False)
        if whole.last > high:
            last = columns[over[-1]]
            columns[over[-1]] = last._replace(a1=whole.last, equal=False)
    return columns


def _completes(
    whole: QuantityWords, part: Sequence[QuantityWords], low: int, *, changed: bool
) -> bool:
    """Whether a quantity at the end of a place belongs to it as a whole."""
    if not part:
        return False
    changes = [difference(whole.quantity, x.quantity) for x in part]
    if any(d in ("", "rendering") for d in changes):
        return changed
    if whole.first < low and any(is_currency(r.unit) for r in whole.quantity.readings):
        return True  # the sign of the currency is cut off
    return not any(is_fair_cut(whole.quantity, x.quantity) for x in part)


def _with_differences(
    columns: Sequence[_Column],
    in_quote: Sequence[QuantityWords],
    in_source: Sequence[QuantityWords],
    gaps: frozenset[int],
) -> list[_Column]:
    """The columns, neighbours put together where a quantity reaches over them that differs.

    An ellipsis within a quantity leaves it divided.
    """
    covered = [
        [k for k, c in enumerate(columns) if _touches(c.a0, c.a1, x.first, x.last)]
        for x in in_source
    ] + [
        [k for k, c in enumerate(columns) if _touches(c.b0, c.b1, x.first, x.last)]
        for x in in_quote
    ]
    spans = [
        (numbers[0], numbers[-1])
        for numbers in covered
        if numbers
        and not any(columns[k].b0 in gaps for k in range(numbers[0] + 1, numbers[-1] + 1))
    ]
    differs = [not column.equal for column in columns]
    changed = True
    while changed:
        changed = False
        for low, high in spans:
            if any(differs[low : high + 1]) and not all(differs[low : high + 1]):
                differs[low : high + 1] = [True] * (high + 1 - low)
                changed = True
    merged: list[_Column] = []
    for column, other in zip(columns, differs, strict=True):
        last = merged[-1] if merged else None
        if last is not None and last.equal != other:
            merged[-1] = _Column(last.a0, column.a1, last.b0, column.b1, not other)
        else:
            merged.append(column._replace(equal=not other))
    return merged


def _touches(low: int, high: int, first: int, last: int) -> bool:
    """Whether a column of words (or a place between two) lies within a quantity's words."""
    return low < last and first < high if high > low else first < low < last


def _blocks(columns: Sequence[_Column]) -> list[AlignmentBlock]:
    out: list[AlignmentBlock] = []
    for c in columns:
        if c.equal:
            out.append(AlignmentBlock("equal", c.a0, c.a1, c.b0, c.b1))
        elif c.a1 > c.a0 or c.b1 > c.b0:
            op: Op = "insert" if c.a0 == c.a1 else "delete" if c.b0 == c.b1 else "replace"
            out.append(AlignmentBlock(op, c.a0, c.a1, c.b0, c.b1))
    return out
