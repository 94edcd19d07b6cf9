"""Write a text's words divided otherwise (to-day, U.S.), so that an index of words finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quotecheck.language.compounds import SAME_SPLITS

__all__ = ["other_divisions"]

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])")
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.\s?){2,6}")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]{2,5}(?![^\W_])")
_WORD = re.compile(r"[^\W\d_]+")
_OPENED: Final = {phrase.replace(" ", ""): phrase for phrase in SAME_SPLITS}
_SPLIT = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(sorted(SAME_SPLITS, key=len, reverse=True))})(?![^\W_])",
    re.IGNORECASE,
)


def other_divisions(text: str) -> Iterator[str]:
    """Yield a text with its compounds closed, and with them opened, where that changes it.

    >>> list(other_divisions("The U.S. is to-day what it was."))
    ['The US is today what it was.']
    >>> list(other_divisions("The US is today what it was."))
    ['The U.S. is to day what it was.']
    """
    closed = _HYPHEN.sub("", text)
    closed = _INITIALS.sub(lambda m: re.sub(r"[.\s]", "", m[0]) + " " * m[0][-1].isspace(), closed)
    closed = _SPLIT.sub(lambda m: m[0].replace(" ", ""), closed)
    opened = _CAPITALS.sub(lambda m: ".".join(m[0]) + ".", text)
    opened = _WORD.sub(lambda m: _OPENED.get(m[0].lower(), m[0]), opened)
    yield from (other for other in dict.fromkeys((closed, opened)) if other != text)
