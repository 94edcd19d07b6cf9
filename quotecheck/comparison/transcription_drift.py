"""Differences made by a machine that writes down speech: fillers, stutters, words that sound alike.

Such a difference is reported and weighs less. What differs in value, denies, or names somebody else
is not such a difference, whatever it sounds like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from quotecheck.comparison.words import fold
from quotecheck.language.homophones import FILLERS, sound_alike
from quotecheck.records.check import Edit

__all__ = ["DRIFT", "drifted", "is_stutter", "told_of"]

DRIFT: Final = "transcription drift"
"""The kind of such an edit, and of the reason that reports it."""

_MAY_SOUND_ALIKE: Final = frozenset({"word", "function word", "inflection", "synonym", "spelling"})
"""Classes of edit that may be a matter of sound; numbers, names and denials have classes of their
own."""
_MAY_BE_FILLERS: Final = frozenset({"omission", "insertion", "function word", "word"})


def drifted(edit: Edit) -> Edit:
    """The edit as drift where it is such, else as it was.

    A filler left out or put in costs nothing ("none"); a word that sounds alike is another word
    still ("wording").
    """
    before, after = _spoken(edit.before), _spoken(edit.after)
    if edit.kind in _MAY_BE_FILLERS and before == after:
        return replace(edit, kind=DRIFT, severity="none")
    if edit.kind in _MAY_SOUND_ALIKE and before and len(before) == len(after):
        pairs = zip(before, after, strict=True)
        if all(
            before_word == after_word or sound_alike(before_word, after_word)
            for before_word, after_word in pairs
        ):
            return replace(edit, kind=DRIFT, severity="wording")
    return edit


def is_stutter(words: Sequence[str], first: int, last: int) -> bool:
    """Whether the words from ``first`` up to ``last`` say again what stands beside them."""
    size = last - first
    repeated = list(words[first:last])
    return repeated in (list(words[max(0, first - size) : first]), list(words[last : last + size]))


def told_of(edit: Edit) -> str:
    """The ground of such an edit, in words."""
    if edit.kind == "numeral":
        return f"has “{edit.after}” for “{edit.before}”, the same number as a machine wrote it down"
    if not edit.after:
        return f"drops “{edit.before}”, which a machine wrote down"
    if not edit.before:
        return f"puts in “{edit.after}”, which a machine may leave out"
    return f"has “{edit.after}” for “{edit.before}”, which sounds alike; a machine wrote it down"


def _spoken(text: str) -> list[str]:
    """The folded words of a text without fillers."""
    words = (fold(word.strip(".,;:!?…-–—")) for word in text.split())
    return [word for word in words if word and word not in FILLERS]
