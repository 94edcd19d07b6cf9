"""Which words are mostly finite verbs, told without a parse.

``verb_forms.txt`` is made by ``python -m quotecheck.training.verb_forms`` from treebanks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from quotecheck.language.clause_operators import AUXILIARIES
from quotecheck.language.tables import table_words
from quotecheck.language.word_classes import DETERMINERS, PREPOSITIONS

__all__ = ["is_finite"]

_PAST = re.compile(r"[a-z]{3,}ed\Z")
_NO_PAST: Final = frozenset(
    "indeed hundred speed breed creed greed steed sacred naked wicked rugged ragged jagged "
    "wretched crooked hatred kindred bloodshed".split()
)
"""Words in -ed that are not verbs in the past."""
_SUBJECTS: Final = frozenset("this that these those any all some no".split())
"""Determiners that are subjects by themselves as well: "that is"."""
_NOT_FINITE_ITSELF: Final = frozenset({"be", "been"})


def is_finite(word: str, before: str = "") -> bool:
    """Whether a folded word is most likely a finite verb.

    Args:
        word: the word.
        before: the one before it: after a determiner, a preposition or "to" stands no finite verb.

    >>> is_finite("threatens"), is_finite("is", "that"), is_finite("may", "in"), is_finite("lamp")
    (True, True, False, False)
    """
    if before in PREPOSITIONS or before in DETERMINERS - _SUBJECTS:
        return False
    if word in AUXILIARIES:
        return word not in _NOT_FINITE_ITSELF
    return before not in DETERMINERS and (
        word in _forms() or (word not in _NO_PAST and bool(_PAST.match(word)))
    )


@cache
def _forms() -> frozenset[str]:
    return table_words("verb_forms.txt")
