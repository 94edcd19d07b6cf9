"""Verbs above an infinitive that say that the deed was not done, only meant, or only said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quotecheck.language.word_classes import ATTEMPTS, HEARSAY, IMPLICATIVES, WISHES

__all__ = ["is_hearsay", "is_not_done", "is_only_meant"]

_BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being", "am"})
_TURNS: Final = (" far from ", " anything but ", " instead of ")


def is_not_done(words: Sequence[str]) -> bool:
    """Whether folded words turn a verb into its contrary: "fail to", "far from".

    >>> is_not_done(("failed", "to")), is_not_done(("failed", "at"))
    (True, False)
    """
    phrase = f" {' '.join(words)} "
    return any(
        word in IMPLICATIVES and (words[k + 1 : k + 2] or ("to",))[0] == "to"
        for k, word in enumerate(words)
    ) or any(turn in phrase for turn in _TURNS)


def is_only_meant(words: Sequence[str], *, behind_subject: bool = False) -> bool:
    """Whether folded words say of a deed that it was tried or planned, not that it was done.

    Args:
        words: the words, those of the infinitive with "to" among them.
        behind_subject: only such as nobody says of a deed that he does with these very words: "I
            want to thank you" thanks.

    >>> is_only_meant(("tried", "to", "burn")), is_only_meant(("managed", "to", "burn"))
    (True, False)
    """
    verbs = ATTEMPTS if behind_subject else ATTEMPTS | WISHES
    return any(word in verbs and words[k + 1] == "to" for k, word in enumerate(words[:-1]))


def is_hearsay(words: Sequence[str]) -> bool:
    """Whether folded words say that others say it: "is said to".

    >>> is_hearsay(("is", "said", "to", "beat")), is_hearsay(("he", "said", "to", "her"))
    (True, False)
    """
    return any(
        word in HEARSAY and k and words[k - 1] in _BE and words[k + 1 : k + 2] == ("to",)
        for k, word in enumerate(words)
    )
