"""Words that keep what they stand before from being so: tried to, is said to, a possible."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from quotecheck.comparison.stretches import WordRun
from quotecheck.language.clause_operators import predicate_class
from quotecheck.language.hedges import HEARD
from quotecheck.language.privatives import PREFIXES, PRIVATIVES
from quotecheck.language.word_classes import (
    ATTEMPTS,
    CONTRACTIONS,
    COORDINATORS,
    DEGREES,
    HEARSAY,
    IMPLICATIVES,
    WISHES,
)

__all__ = [
    "is_hearsay",
    "is_not_done",
    "is_only_meant",
    "leaves_open",
    "names_another",
    "reference_change",
]

_BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being", "am"})
_FROM: Final = frozenset(
    "prevented prevent prevents stopped stop stops kept keep keeps barred bar bars banned "
    "prohibited discouraged restrained refrained refrain refrains abstained dissuaded".split()
)
"""Verbs before "from" that say of a deed that it is not done."""
_SUBJECTS: Final = frozenset("i he she they we".split())
_ONE_OF: Final = ("one", "of")
"""Words that take one out of several: "one of the best"."""
_BE_FINITE: Final = _BE - {"be", "been", "being"}
"""Before "to" and an infinitive these say what is planned: "the mill was to reopen"."""
_TURNS: Final = (" far from ", " anything but ", " instead of ")
_ALLEGED: Final = HEARSAY - {"said", "thought", "reported", "claimed", "understood", "believed"}
"""Words that leave it open by themselves, whatever stands beside them."""
_NEARLY: Final = frozenset((("as", "good", "as"), ("all", "but"), ("next", "to"), ("or", "so")))
"""Phrases that say that it is nearly so: "she all but confessed"."""
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
    return (
        any(
            word in IMPLICATIVES and (words[k + 1 : k + 2] or ("to",))[0] == "to"
            for k, word in enumerate(words)
        )
        or any(word in _FROM and words[k + 1] == "from" for k, word in enumerate(words[:-1]))
        or any(turn in phrase for turn in _TURNS)
    )


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
    return any(
        (word in verbs or word in _BE_FINITE) and words[k + 1] == "to"
        for k, word in enumerate(words[:-1])
    )


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
    """Whether words left out said that it is only alleged, or only so in part or up to a bound.

    >>> leaves_open(("i", "am", "told")), leaves_open(("said", "to", "be"))
    (True, True)
    >>> leaves_open(("i", "am", "sure"))
    False
    """
    return (
        bool((DEGREES | _ALLEGED) & set(words))
        or tuple(words) == ("up", "to")
        or tuple(words) in HEARD
        or tuple(words) in _NEARLY
        or (len(words) > 1 and bool(HEARSAY & set(words)) and words[-1] in ("to", "of", "as", "be"))
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


def reference_change(a: Sequence[str], b: Sequence[str]) -> str:
    """The class of an edit after which something or somebody else is spoken of, "" for none.

    >>> reference_change((), ("former",)), reference_change(("brother's", "keeper"), ("brother",))
    ('negation', 'person')
    >>> reference_change(("one", "of"), ()), reference_change(("old",), ())
    ('quantifier', '')
    """
    if not a and len(b) == 1 and b[0] in PRIVATIVES:
        return "negation"
    reports = len(a) > 1 and predicate_class(a[0])[1] in ("say", "claim", "think", "hope")
    if not b and reports and a[-1] in _SUBJECTS and a[-2] not in COORDINATORS:
        return "person"  # the police [said they] burned it
    if len(b) == 1 < len(a) and a[0] == f"{b[0]}'s" and a[0] not in CONTRACTIONS:
        return "person"
    return "quantifier" if (_ONE_OF in pairwise(a)) != (_ONE_OF in pairwise(b)) else ""
