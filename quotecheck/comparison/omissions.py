"""Whether words that a quotation leaves out in its middle may be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quotecheck.comparison.context import Part
from quotecheck.comparison.continuation import judgement_on
from quotecheck.comparison.stretches import Stretch
from quotecheck.comparison.word_alignment import Block
from quotecheck.comparison.words import Words, fold
from quotecheck.language.word_classes import LIMITING, NEGATIONS
from quotecheck.records.check import Edit

__all__ = [
    "changes_degree",
    "is_few",
    "is_grave",
    "limits_rest",
    "limits_there",
    "stands_there",
]

_DEGREES: Final = frozenset(
    "very quite all always every everybody everyone so too entirely only just merely enough "
    "much most necessarily both".split()
)
_NEGATION_REACH: Final = 6
"""Words before what was left out in which a negation holds for it."""
_LETTERS = re.compile(r"[^\W_]+")
_FINAL = re.compile(r"[.!?…]")


def is_grave(part: Part, block: Block, edit: Edit) -> bool:
    """Whether words left out at an ellipsis turn what is left.

    Whole sentences do not, nor a parenthesis, unless they call the rest false.
    """
    words = part.source
    before = part.raw(words.ends[block.a0 - 1], words.starts[block.a0])
    after = part.raw(words.ends[block.a1 - 1], words.starts[block.a1])
    whole = _FINAL.search(before) and _FINAL.search(after)
    if whole or ("(" in before and ")" in after):
        text = part.raw(words.starts[block.a0], words.ends[block.a1 - 1])
        return bool(judgement_on(text))
    return edit.kind == "negation" or limits_rest(edit.before.casefold().split())


def changes_degree(part: Part, first: int, words: Sequence[str]) -> bool:
    """Whether words left out make "little" of "a little", or are what a negation denies.

    Nobody was seriously hurt: without the adverb it says that nobody was hurt.

    Args:
        part: where the words stand.
        first: the index of the first word left out.
        words: the words left out, folded.
    """
    if is_few(part.source, first, words):
        return True
    if not all(word.endswith("ly") or word in _DEGREES for word in words):
        return False
    reach = min(_NEGATION_REACH, part.source.before_stop(first))
    near = part.source.forms[first - reach : first]
    return any(word in NEGATIONS for word in near)


def is_few(words: Words, at: int, changed: Sequence[str]) -> bool:
    """Whether an article put in or left out makes "a few" of "few", or "little" of "a little"."""
    return tuple(changed) == ("a",) and words.forms[at + 1 : at + 2] in (("few",), ("little",))


def limits_rest(words: Sequence[str]) -> bool:
    """Whether among words left out is one that limits the rest to a case."""
    return any(word in LIMITING for word in words)


def limits_there(words: Words, block: Block) -> bool:
    """Whether a long stretch left out limits the clauses beside it, in their own sentences."""
    head = words.forms[block.a0 : min(block.a1, block.a0 + words.to_stop(block.a0))]
    tail = words.forms[max(block.a0, block.a1 - words.before_stop(block.a1)) : block.a1]
    return limits_rest(head) or limits_rest(tail)


def stands_there(part: Part, block: Block, after: Stretch) -> bool:
    """Whether words put in stand in the source at that very place, passed over as not spoken."""
    if not 0 < block.a0 < len(part.source):
        return False
    between = part.raw(part.source.ends[block.a0 - 1], part.source.starts[block.a0])
    words = [fold(word) for word in _LETTERS.findall(between)]
    own = [fold(word) for word in _LETTERS.findall(after.text)]
    return any(words[k : k + len(own)] == own for k in range(len(words) - len(own) + 1))
