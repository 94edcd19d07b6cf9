"""Whether an aside gives the sentence that it stands in to somebody else: "as critics say"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quotecheck.language.clause_operators import OWN, SOURCE_OPENERS, is_past, predicate_class
from quotecheck.language.limiting_phrases import HARMLESS_LIMITS, TIME_OPENERS
from quotecheck.language.word_classes import PREPOSITIONS

__all__ = ["is_told_aside"]

_MAX_ASIDE_WORDS: Final = 8
"""Words of an aside up to which its last may be its verb."""
_EVERYBODY: Final = ("you", "ye", "everybody", "everyone")
_NO_SUBJECT: Final = PREPOSITIONS | {"given", "considering"}
"""First words of a phrase that has no subject: "given these figures", "in all accounts"."""
_TELLING: Final = ("say", "claim", "think", "write", "warn", "predict")
_SPOKEN: Final = frozenset({"saith", "quoth"})
_EVENTS: Final = frozenset("close begin start open continue go run finish hold see sing".split())
"""Reporting verbs that behind a subject alone say what happens: "the mill will close"."""


def is_told_aside(forms: Sequence[str], *, may_interrupt: bool = False) -> bool:
    """Whether the folded words of an aside say that somebody else says so.

    Args:
        forms: the words.
        may_interrupt: whether a verb in the past may be a narrator's within direct speech ("the
            ice, he said, is thick"), which takes nothing back.

    >>> is_told_aside(("as", "critics", "say")), is_told_aside(("as", "i", "say"))
    (True, False)
    >>> is_told_aside(("he", "said")), is_told_aside(("he", "said"), may_interrupt=True)
    (True, False)
    """
    if tuple(forms[:2]) == ("or", "so") and len(forms) > 2:
        return True  # or so the jury will be told
    if _begins(forms, SOURCE_OPENERS):
        return True
    if not forms or _begins(forms, TIME_OPENERS) or _begins(forms, HARMLESS_LIMITS):
        return False
    core = forms[1:] if forms[0] == "as" else forms
    if not 2 <= len(core) <= _MAX_ASIDE_WORDS or core[0] in _EVERYBODY or core[0] in _NO_SUBJECT:
        return False
    if OWN & set(core) and not (core[0] in ("my", "our") and core[-1] == "it"):
        return False  # "as my rivals tell it" is not the speaker's own
    verb = core[-1] if core[-1] not in ("it", "us", "me") else core[-2]
    if may_interrupt and forms[0] != "as" and (is_past(verb) or _SPOKEN & set(core)):
        return False
    lemma, kind = predicate_class(verb)
    return kind in _TELLING and (lemma not in _EVENTS or forms[0] == "as")  # as the song goes


def _begins(forms: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(tuple(forms[: len(phrase)]) == phrase for phrase in phrases)
