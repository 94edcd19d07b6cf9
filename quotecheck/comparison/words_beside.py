"""Words at an end of a quotation that stand in the source beside what differs there."""

from __future__ import annotations

from quotecheck.comparison.word_alignment import AlignmentBlock, Op
from quotecheck.comparison.words import Words

__all__ = ["with_words_beside"]


def with_words_beside(
    blocks: list[AlignmentBlock], quote: Words, source: Words
) -> list[AlignmentBlock]:
    """The blocks, words at either end that stand in the source beside what differs set apart.

    "The 21st century" of "the twenty-first century": a word was taken to be put in there, because
    the quotation has one less.
    """
    first, last = blocks[0], blocks[-1]
    if first.op == "replace":
        n = 0
        while first.b0 + n < first.b1 and first.a0 > n:
            n += 1
            if quote.forms[first.b0 : first.b0 + n] == source.forms[first.a0 - n : first.a0]:
                op: Op = "replace" if first.b0 + n < first.b1 else "delete"
                rest = first._replace(op=op, b0=first.b0 + n)
                blocks[:1] = [
                    AlignmentBlock("equal", first.a0 - n, first.a0, first.b0, rest.b0),
                    rest,
                ]
                break
    if last.op == "replace" and len(blocks) > 1:
        n = 0
        while last.b1 - n > last.b0 + 1 and last.a1 + n < len(source):
            n += 1
            if quote.forms[last.b1 - n : last.b1] == source.forms[last.a1 : last.a1 + n]:
                rest = last._replace(b1=last.b1 - n)
                blocks[-1:] = [
                    rest,
                    AlignmentBlock("equal", last.a1, last.a1 + n, rest.b1, last.b1),
                ]
                break
    return blocks
