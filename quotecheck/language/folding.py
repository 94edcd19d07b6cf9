"""Fold text for comparison: letters without their accents, and letters without case as well.

Every comparison of words or names in the package goes through `without_accents`; what else a
caller makes equal (apostrophes, hyphens, letters such as "ø"), it says at the call.
"""

from __future__ import annotations

import unicodedata

__all__ = ["folded", "without_accents"]


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
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def folded(text: str) -> str:
    """Return the text without accents and case.

    >>> folded("ÉCOLE Straße")
    'ecole strasse'
    """
    return without_accents(text).casefold()
