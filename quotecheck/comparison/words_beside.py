"""Words at an end of a quotation that stand in the source beside what differs there."""

from __future__ import annotations

from typing import Final

from quotecheck.comparison.word_alignment import AlignmentBlock, Op
from quotecheck.comparison.words import Words
from quotecheck.language.clause_operators import NOMINATIVES

__all__ = ["with_words_beside"]

_SUBJECT_REACH: Final = 6
"""Words before an infinitive in which its subject may stand: "they often tried to", by eye."""


def with_words_beside(
    blocks: list[AlignmentBlock], quote: Words, source: Words
) -> list[AlignmentBlock]:
    """The blocks, words at either end that stand in the source beside what differs set apart.

    "The 21st century" of "the twenty-first century": a word was taken to be put in there, because
    the quotation has one less.
    """
    first = blocks[0] = _from_subject(blocks[0], quote, source)
    last = blocks[-1]
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


def _from_subject(first: AlignmentBlock, quote: Words, source: Words) -> AlignmentBlock:
    """The first block, begun after its subject, to which what stands before the verb belongs.

    "They burned the mill" of "They tried to burn the mill" met "to burn the mill".
    """
    subject = quote.forms[first.b0]
    if source.forms[first.a0 - 1 : first.a0 + 1] == ("no", "one") and subject == "nobody":
        return first._replace(a0=first.a0 - 1)
    infinitive = source.forms[first.a0 : first.a0 + 1] == ("to",)
    if first.op != "replace" or subject not in NOMINATIVES or not infinitive:
        return first  # they saw the mayor burn it
    reach = min(_SUBJECT_REACH, source.before_stop(first.a0))
    for at in range(first.a0 - 1, first.a0 - reach - 1, -1):
        if source.forms[at] == subject:
            # He said they burned it: another subject.
            other = NOMINATIVES & set(source.forms[at + 1 : first.a1])
            return first if other else first._replace(a0=at + 1)
    return first
