"""Words beside an ellipsis or in brackets: where a quotation says what it leaves out or puts in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quotecheck.comparison.word_alignment import AlignmentBlock
from quotecheck.comparison.words import Words

__all__ = ["after_ellipsis", "at_brackets", "at_ellipses", "before_ellipsis"]

_MAX_SHORT_RUN_WORDS: Final = 3
"""Words of a run beside an ellipsis that may belong to another place."""
_MAX_OMITTED_WORDS: Final = 3
"""Words left out after the first ones of a quotation up to which these are looked for."""
_NEAR: Final = 40
"""How far beyond an ellipsis a word or two are looked for."""


def before_ellipsis(quote: Words, source: Words, q: int, s: int) -> list[AlignmentBlock]:
    """Blocks for a word or two and an ellipsis before the first run; empty where they are not so.

    One common word is not a run by itself: before an ellipsis it stands some way off. Without one
    it may stand before a few words that were left out in the same sentence: of "we used to pay"
    quoted as "we pay" not "to" became "we".
    """
    if not 0 < q <= _MAX_SHORT_RUN_WORDS:
        return []
    low = s - q - _NEAR
    if q not in quote.gaps:
        low = s - min(q + _MAX_OMITTED_WORDS, source.before_stop(s)) - 1
    for p in range(s - q, max(-1, low), -1):
        if source.forms[p : p + q] == quote.forms[:q]:
            gone = [AlignmentBlock("delete", p + q, s, q, q)] if p + q < s else []
            return [AlignmentBlock("equal", p, p + q, 0, q), *gone]
    return []


def after_ellipsis(quote: Words, source: Words, q: int, s: int) -> list[AlignmentBlock]:
    """The same for an ellipsis and a word or two after the last run."""
    size = len(quote) - q
    if not 0 < size <= _MAX_SHORT_RUN_WORDS or q not in quote.gaps:
        return []
    for p in range(s, min(len(source) - size + 1, s + _NEAR)):
        if source.forms[p : p + size] == quote.forms[q:]:
            gone = [AlignmentBlock("delete", s, p, q, q)] if p > s else []
            return [*gone, AlignmentBlock("equal", p, p + size, q, len(quote))]
    return []


def at_ellipses(
    blocks: list[AlignmentBlock], source: Sequence[str], gaps: frozenset[int]
) -> list[AlignmentBlock]:
    """The blocks with what is left out moved to where the quotation has its ellipsis.

    Of "all the people of the world" quoted as "all … the world", either "the" may be the one that
    is left out: the ellipsis says which.
    """
    if not gaps:
        return blocks
    for k in range(1, len(blocks) - 1):
        before, block, after = blocks[k - 1 : k + 2]
        if block.op != "delete" or not before.op == after.op == "equal" or block.b0 in gaps:
            continue
        for step in (-1, 1):
            a0, a1, moved = block.a0, block.a1, 0
            room = (before if step < 0 else after).b1 - (before if step < 0 else after).b0 - 1
            while abs(moved) < room and (
                source[a0 - 1] == source[a1 - 1] if step < 0 else source[a0] == source[a1]
            ):
                a0, a1, moved = a0 + step, a1 + step, moved + step
                if block.b0 + moved in gaps:
                    b = block.b0 + moved
                    blocks[k - 1] = AlignmentBlock("equal", before.a0, a0, before.b0, b)
                    blocks[k] = AlignmentBlock("delete", a0, a1, b, b)
                    blocks[k + 1] = AlignmentBlock("equal", a1, after.a1, b, after.b1)
                    moved = room
            if blocks[k] != block:
                break
    return blocks


def at_brackets(
    blocks: list[AlignmentBlock], quote: Sequence[str], bracketed: frozenset[int]
) -> list[AlignmentBlock]:
    """The blocks with what is put in moved to where the quotation has its brackets.

    Of "gave him the keys" quoted as "gave him [the sexton] the keys", either "the" may be the one
    that is put in: the brackets say which.
    """
    if not bracketed:
        return blocks
    for k in range(1, len(blocks) - 1):
        before, block, after = blocks[k - 1 : k + 2]
        inside = [b in bracketed for b in range(block.b0, block.b1)]
        if block.op != "insert" or not before.op == after.op == "equal" or all(inside):
            continue
        for step in (-1, 1):
            moved = 0
            b0, b1 = block.b0, block.b1
            room = (before if step < 0 else after).b1 - (before if step < 0 else after).b0 - 1
            while abs(moved) < room and (
                quote[b0 - 1] == quote[b1 - 1] if step < 0 else quote[b0] == quote[b1]
            ):
                b0, b1, moved = b0 + step, b1 + step, moved + step
                if all(b in bracketed for b in range(b0, b1)):
                    a = block.a0 + moved
                    blocks[k - 1] = AlignmentBlock("equal", before.a0, a, before.b0, b0)
                    blocks[k] = AlignmentBlock("insert", a, a, b0, b1)
                    blocks[k + 1] = AlignmentBlock("equal", a, after.a1, b1, after.b1)
                    break
            if blocks[k] != block:
                break
    return blocks
