"""Whether words that a quotation leaves out in its middle may be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecheck.comparison.context import Part
from quotecheck.comparison.continuation import judgement_on
from quotecheck.comparison.word_alignment import Block
from quotecheck.language.word_classes import LIMITING
from quotecheck.records.check import Edit

__all__ = ["is_grave", "is_set_off", "limits_rest"]

_FINAL = re.compile(r"[.!?…]")


def is_set_off(part: Part, block: Block) -> bool:
    """Whether punctuation stands on both sides of the words left out."""
    words = part.source
    before = part.raw(words.ends[block.a0 - 1], words.starts[block.a0])
    after = part.raw(words.ends[block.a1 - 1], words.starts[block.a1])
    return bool(before.strip() and after.strip())


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


def limits_rest(words: Sequence[str]) -> bool:
    """Whether among words left out is one that limits the rest to a case."""
    return any(word in LIMITING for word in words)
