"""Words that were made unreadable on purpose: d--n, b******t, f***."""

from __future__ import annotations

import re
from typing import Final

from quotecheck.comparison.stretches import WordRun
from quotecheck.comparison.words import fold

__all__ = ["is_bleeped"]

_BLEEPED = re.compile(
    r"(?P<first>[^\W\d_]+)(?P<mask>[*•#@$!%&_]+|-{2,}|[–—]+)(?P<last>[^\W\d_]*)[\s.,;:!?\"”’)\]]*"
)
"""A word with marks in place of letters; a single hyphen joins two words."""
_LEAST_HIDDEN: Final = 1  # Letters that the marks stand for.


def is_bleeped(word: WordRun, written: WordRun) -> bool:
    """Whether one word was written with marks in place of some letters, its ends as they are.

    What letters they were is not known: it may be another word ("f***" for "fine").

    >>> def run(*raw, gaps=()):
    ...     return WordRun(tuple(map(str.lower, raw)), raw, gaps=gaps)
    >>> is_bleeped(run("damn"), run("d", "n", gaps=("--", " ")))
    True
    >>> is_bleeped(run("fine"), run("f", gaps=("*** ",))), is_bleeped(run("fine"), run("f"))
    (True, False)
    >>> is_bleeped(run("town"), run("d", "n", gaps=("--", " ")))
    False
    """
    if len(word.forms) != 1:
        return False
    text = "".join(raw + written.gap(k) for k, raw in enumerate(written.raw))
    match = _BLEEPED.fullmatch(text)
    if match is None:
        return False
    whole, first, last = word.forms[0], fold(match["first"]), fold(match["last"])
    return (
        whole.startswith(first)
        and whole.endswith(last)
        and len(whole) >= len(first) + len(last) + _LEAST_HIDDEN
    )
