"""What somebody who types into the one search box means: words to search for, or a quotation."""

from __future__ import annotations

import re
from typing import Final

from quotecheck.comparison.wording import strip_marks

__all__ = ["is_quotation"]

_SENTENCE_WORDS: Final = 5
"""From so many words on, a line is taken for a quotation: searches are shorter."""
_CLOSED_WORDS: Final = 3
"""From so many words on, where it stands in marks or ends as a sentence does."""
_UNSPACED_CHARS: Final = 12
"""Characters of a line without spaces, in scripts that use none, that make it one."""

_ENDING: Final = re.compile(r"[.!?…。！？,][\"'”’»」』)\]]*$")
_PHRASE: Final = re.compile(r"[\"“][^\"“”]+[\"”]")


def is_quotation(text: str) -> bool:
    """Whether a line is a quotation to check rather than words to search for.

    A “phrase” beside other words is a search.

    >>> is_quotation("We will close the gate in October"), is_quotation("gate October")
    (True, False)
    >>> is_quotation('"the gate" october steel pumps delta')
    False
    """
    line = " ".join(text.split())
    bare = strip_marks(line)
    in_marks = bare != line
    if not in_marks and _PHRASE.search(line):
        return False
    words = bare.split()
    if len(words) >= _SENTENCE_WORDS:
        return True
    ends = _ENDING.search(line) is not None
    if len(words) >= _CLOSED_WORDS:
        return in_marks or ends
    unspaced = any(ord(letter) > 0x2E7F for letter in bare)  # Chinese, Japanese and their like
    return unspaced and len(bare) >= _UNSPACED_CHARS
