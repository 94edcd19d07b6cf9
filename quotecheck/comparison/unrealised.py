"""Words that keep what they stand before from being so: tried to, is said to, a possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quotecheck.comparison.stretches import WordRun
from quotecheck.language.privatives import PREFIXES, PRIVATIVES
from quotecheck.language.word_classes import ATTEMPTS, DEGREES, HEARSAY, IMPLICATIVES, WISHES

__all__ = ["is_hearsay", "is_not_done", "is_only_meant", "leaves_open", "names_another"]

_BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being", "am"})
_TURNS: Final = (" far from ", " anything but ", " instead of ")
_ALLEGED: Final = HEARSAY - {"said", "thought", "reported", "claimed", "understood", "believed"}
"""Words that leave it open by themselves, whatever stands beside them."""
_MAY: Final = frozenset(
    "entitled obliged allowed permitted required able free ready willing likely bound authorised "
    "authorized empowered eligible forbidden prepared".split()
)
"""Words that say of a deed that it may or must be done, not that it is: "are entitled to sell"."""


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


def leaves_open(words: Sequence[str]) -> bool:
    """Whether words left out said that it is only alleged, or only so in part or up to a bound."""
    return (
        bool((DEGREES | _ALLEGED) & set(words))
        or tuple(words) == ("up", "to")
        or (len(words) > 1 and bool(HEARSAY & set(words)) and words[-1] in ("to", "of", "as"))
        or (words[-1] == "to" and bool(_MAY & set(words[-2:])))
    )


def names_another(stretch: WordRun) -> bool:
    """Whether without these words the one after them names something else."""
    last = stretch.forms[-1]
    hyphen = stretch.gap(len(stretch.forms) - 1) in ("-", "‐", "‑")
    return (
        last in PRIVATIVES
        or (hyphen and last in PREFIXES)
        or stretch.forms[-2:] == ("so", "called")
    )
