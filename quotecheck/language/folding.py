"""Fold text for comparison: letters without their accents, and letters without case as well.

Every comparison of words or names in the package goes through `without_accents`; what else a
caller makes equal (apostrophes, hyphens, letters such as "ø"), it says at the call.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["folded", "in_latin_letters", "plain_letters", "without_accents"]

_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")
_FEW_MARKS: Final = 8
"""Different marks up to which it is quicker to take out one after another."""


def without_accents(text: str, *, ligatures: bool = False) -> str:
    """Return the text decomposed, without combining marks.

    Args:
        text: any text.
        ligatures: keep ligatures, superscripts and other compatibility characters as they are
            (NFD, as SQLite's tokenizer does), instead of writing their plain letters (NFKD).

    >>> without_accents("Ségolène ﬁrst Ø"), without_accents("Ségolène ﬁrst", ligatures=True)
    ('Segolene first Ø', 'Segolene ﬁrst')
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD" if ligatures else "NFKD", text)
    marks = [c for c in set(_FOREIGN.findall(decomposed)) if unicodedata.combining(c)]
    if len(marks) > _FEW_MARKS:
        return decomposed.translate(dict.fromkeys(map(ord, marks)))
    for mark in marks:
        decomposed = decomposed.replace(mark, "")
    return decomposed


_LOOK_ALIKES: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјорсхуԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα",
    "ABESIJKMHOPCTXYaesijopcxydqwhABEZHIKMNOPTYXoa",
)
"""Cyrillic and Greek letters that look like Latin ones."""
_LATIN = re.compile(r"[A-Za-z]")


def in_latin_letters(word: str) -> str:
    """Return a word of Latin letters with those that only look like such written as Latin ones.

    A word without any Latin letter is left as it is: it is of another alphabet.

    >>> in_latin_letters("w\u0430s") == "was", in_latin_letters("\u043e\u043d\u0430") == "oha"
    (True, False)
    """
    return word.translate(_LOOK_ALIKES) if _LATIN.search(word) else word


_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_WORDS = re.compile(r"\w+")


def plain_letters(text: str) -> str:
    """Return a text with ligatures, wide and look-alike letters as plain ones, without unseen ones.

    >>> plain_letters("ﬁne\u200bst w\u0430s ９") == "finest was 9"
    True
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return _WORDS.sub(lambda word: in_latin_letters(word[0]), plain)


def folded(text: str) -> str:
    """Return the text without accents and case.

    >>> folded("ÉCOLE Straße")
    'ecole strasse'
    """
    return without_accents(text).casefold()
