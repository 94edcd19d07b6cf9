"""What an article says in its own words beside those that it quotes.

Of «nobody there “wanted the ferry to close”» the marks leave out "nobody", and the article says it:
nothing was turned. Works on words alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from quotecheck.comparison.spelling import stem
from quotecheck.comparison.words import Words, fold
from quotecheck.language.clause_operators import (
    HYPOTHETICAL,
    NEGATIVE_PREDICATES,
    NEGATORS,
    predicate_class,
)
from quotecheck.language.hedges import DISCLAIMED, HEDGES_BEHIND
from quotecheck.language.limiting_phrases import CONDITION_OPENERS, TIME_OPENERS
from quotecheck.language.word_classes import (
    FUNCTION_WORDS,
    HEARSAY,
    IMPLICATIVES,
    NEGATIONS,
    NEGATIVE_FRAMES,
)

__all__ = ["ARTICLE_GAP", "NO_ARTICLE", "ArticleReport", "denial_before", "is_denied"]

ARTICLE_GAP: Final = "[…]"
"""What stands in a quotation for the article's own words between two pairs of marks."""

_DENIED_NEXT = re.compile(
    r"(?:\b\w+ )?(?:\b(?:not|never|cannot)|\b\w+n['’]t)"
    r"(?: (?:be|been|being|to|going|a|an|the|even|simply|really))*\s*\Z",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"(?:\A|[,;\"”])\s*(?:had|were)\s(?:s?he|it|they|we|there|the|an?|any|his|her|its|their)\s",
    re.IGNORECASE,
)
"""A condition without "if": "had she known"."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DENIAL: Final = NEGATORS | NEGATIVE_FRAMES | NEGATIONS | IMPLICATIVES
_CONDITIONS: Final = (
    *CONDITION_OPENERS,
    *TIME_OPENERS,
    *((word,) for word in "otherwise should depend depends depended hinge hinged".split()),
)
_ASKING: Final = frozenset("whether if ask asks asked asking wonder wonders wondered why".split())
_POSSIBLE: Final = frozenset(
    "may might could perhaps maybe probably possibly likely potentially".split()
)
_OPEN: Final = HEARSAY | _POSSIBLE
_ALLOWED: Final = frozenset("can able allowed permitted free".split())
"""In these words an article gives "may"."""
_SET_ASIDE: Final = (
    ("rather", "than"),
    ("instead", "of"),
    ("anything", "but"),
    *((word,) for word in "dismissed lack lacks lacked lacking".split()),
)
"""Words with which an article denies, beside negations."""
_REPORTED: Final = frozenset(
    "say tell claim think believe argue insist maintain allege expect predict call".split()
)
"""Verbs with which an article gives what others say, beside its reporting clause."""
_OTHERS: Final = frozenset(
    "others critics opponents rivals detractors sceptics skeptics people some many".split()
)
"""Who says something in a reporting clause that leaves it to others than the speaker."""
_SHARED: Final = 0.5
"""The share of the telling words left out that the article must have for it to have said them."""


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """How an article reports a quotation.

    ``beside`` are its own words in the report, outside of all quotation marks and without
    ``clause``, the source and the reporting expression; empty where the quotation stands alone.
    ``denied`` tells that it says that this was not said; ``denial`` are the words right before the
    quoted ones with which it denies them ("did not").
    """

    beside: str = ""
    clause: str = ""
    denied: bool = False
    denial: str = ""
    _forms: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_forms", tuple(map(fold, _WORD.findall(self.beside))))

    def says(self, words: str, kind: str) -> bool:
        """Whether the article's own words say what the quoted ones leave out.

        Args:
            words: what was left out.
            kind: what it was there: that of an edit or of a frame ("negation", "condition", …).

        >>> report = ArticleReport("that nobody in the room")
        >>> report.says("No one at all", "negation"), report.says("unless it rains", "condition")
        (True, False)
        """
        forms = tuple(map(fold, _WORD.findall(words)))
        clause = tuple(map(fold, _WORD.findall(self.clause)))
        if kind == "question":
            return bool(_ASKING & {*self._forms, *clause})
        if kind == "condition" or _has(forms, CONDITION_OPENERS):
            inverted = _INVERTED.search(self.beside) is not None
            return inverted or _has(self._forms, _CONDITIONS) or self._supposes()
        if kind == "negation" or _DENIAL & set(forms):
            return any(map(_denies, (*self._forms, *clause))) or _has(self._forms, _SET_ASIDE)
        if kind in ("hedge", "modality") and (
            self._leaves_open() or any(predicate_class(f)[0] in HYPOTHETICAL for f in clause)
        ):
            return True
        reported = any(predicate_class(form)[0] in _REPORTED for form in self._forms)
        if kind == "report" and (reported or _OTHERS & set(clause)):
            return True
        telling = {stem(form) for form in forms} - FUNCTION_WORDS
        stems = {stem(form) for form in (*self._forms, *(clause if kind == "report" else ()))}
        return bool(telling) and len(telling & stems) >= _SHARED * len(telling)

    def _leaves_open(self) -> bool:
        """Whether the article says that something may be, is hoped, or is said by others."""
        hedges = _has(self._forms, HEDGES_BEHIND) or bool((_OPEN | _ALLOWED) & set(self._forms))
        return hedges or self._supposes()

    def _supposes(self) -> bool:
        """Whether the article says that something may be, or is hoped."""
        return any(
            form in _POSSIBLE or predicate_class(form)[0] in HYPOTHETICAL for form in self._forms
        )


NO_ARTICLE: Final = ArticleReport()
"""Of a quotation that comes without an article."""


def denial_before(lead: str) -> str:
    """The words at the end of an article's lead that deny what is quoted after it, or "".

    >>> denial_before("the levee was not "), denial_before("She said it had never been the")
    ('was not', 'had never been the')
    >>> denial_before("not only "), denial_before("who did not say whether it was")
    ('', '')
    """
    denial = _DENIED_NEXT.search(lead)
    return " ".join(denial[0].split()) if denial else ""


def is_denied(words: Words, at: int) -> bool:
    """Whether the sentence that holds a word, or the first word after it, denies anything.

    Args:
        words: of the source.
        at: the index of the word.
    """
    sentence = words.forms[at - words.before_stop(at) : at + words.to_stop(at)]
    following = words.forms[at + words.to_stop(at) : at + words.to_stop(at) + 1]
    return any(map(_denies, (*sentence, *following))) or _has(sentence, DISCLAIMED)


def _denies(form: str) -> bool:
    return form in _DENIAL or predicate_class(form)[0] in NEGATIVE_PREDICATES


def _has(forms: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    """Whether one of some phrases stands among folded words."""
    heads = {phrase[0] for phrase in phrases}
    return any(
        form in heads and any(tuple(forms[k : k + len(p)]) == p for p in phrases)
        for k, form in enumerate(forms)
    )
