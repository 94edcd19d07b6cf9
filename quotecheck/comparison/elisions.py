"""What an ellipsis leaves out of a sentence: a modifier, a clause, or what the rest hangs on.

An ellipsis may leave out whole sentences, asides and modifiers. It may not join the subject of one
verb to the complement of another: "losses fell [by 12 percent, while theirs rose] by 21 percent".
Finite verbs and the limits of phrases are found by word lists, so that the answer is on the safe
side: what is not surely a modifier or an aside is a difference to be read.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from quotecheck.comparison.context import MatchContext
from quotecheck.comparison.framing import frame_before
from quotecheck.comparison.quoted_clause import QuotedClause
from quotecheck.comparison.word_alignment import AlignmentBlock
from quotecheck.language.clause_operators import AUXILIARIES, NOMINATIVES, TRANSPARENT
from quotecheck.language.verb_forms import is_finite
from quotecheck.language.word_classes import (
    ABBREVIATIONS,
    COORDINATORS,
    DETERMINERS,
    NEGATIONS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
)
from quotecheck.records.check import Severity

__all__ = ["severity_of_elision"]

_FINAL = re.compile(r"[.!?…]")
_OPENING, _CLOSING = re.compile(r"[,;:(\[—–-]\s*\Z|--"), re.compile(r"\A\s*[,;:)\]—–-]|--")
_READ: Final = 12
"""Words after the ellipsis that are read."""
_LEFT_HANGING: Final = PREPOSITIONS | DETERMINERS | COORDINATORS | AUXILIARIES | NEGATIONS | {"to"}
"""Words that need what comes after them."""
_JOINING: Final = COORDINATORS | SUBORDINATORS | RELATIVES
_READABLE: Final = _JOINING | frozenset("it he she they we i you".split())
"""What begins or ends the words left out where the rest may still be one statement."""
_ADDING: Final = frozenset(
    "and also too well so indeed however therefore thus moreover furthermore then".split()
)
"""Words that add nothing: of "we came, and we won" is left "we came … we won"."""
_ADVERBS: Final = frozenset("well ill fast slow late early hard".split())
_WITHIN_VERBS: Final = NEGATIONS | {"been", "be", "also", "already", "now", "then", "still"}
_OBJECTS: Final = frozenset({"it", "you", "that", "this", "these", "those", "one"})
"""Nominatives that are objects as well: by themselves they begin no clause."""


class _Elision(NamedTuple):
    """The folded words left out and those beside them; which ends lie at punctuation."""

    words: tuple[str, ...]
    before: str
    after: tuple[str, ...]
    opens: bool
    closes: bool
    starts_sentence: bool
    ends_sentence: bool
    spans_stop: bool

    @property
    def verbs(self) -> int:
        """How many finite verbs are left out, without those of relative clauses."""
        free = bound = 0
        within = False
        for word, before in zip(self.words, (self.before, *self.words), strict=False):
            if word in RELATIVES:
                bound += 1
            elif is_finite(word, before):
                if not within and bound:
                    bound -= 1
                elif not within:
                    free += 1
                within = True  # "has been opened" is one verb
            else:
                within = within and (word.endswith("ly") or word in _WITHIN_VERBS)
        return free

    @property
    def is_modifier(self) -> bool:
        """Whether whole phrases are left out that hang on the words before: "of the upper valley".

        Neither the word before nor the last one left out may need what follows.
        """
        first, last = self.words[0], self.words[-1]
        is_object = first in DETERMINERS and self.after[:1] and self.after[0] in PREPOSITIONS
        return (
            len(self.words) > 1
            and not self.verbs
            and bool(first in PREPOSITIONS | COORDINATORS or is_object)
            and not NOMINATIVES - _OBJECTS & set(self.words)
            and self.before not in _LEFT_HANGING
            and last not in _LEFT_HANGING | _JOINING
            and not (last.endswith("ing") and self.words[-2] in PREPOSITIONS - {"of"})
            and self.words[-2] != "to"
        )

    @property
    def joins_others(self) -> bool:
        """Whether the rest of one sentence is joined to the subject of another that is left out.

        Of a pronoun left out that cannot be told: it may be the same subject.
        """
        subject = self.words[-1]
        return (
            self.spans_stop
            and not (self.opens and self.closes)
            and not self.ends_sentence
            and is_finite(self.after[0], subject)
            and subject not in NOMINATIVES | _JOINING
            and not subject.endswith("ly")
        )

    @property
    def resumed(self) -> bool:
        """Whether a verb follows the words left out."""
        return is_finite(self.after[0], self.words[-1])

    @property
    def resumes_with_clause(self) -> bool:
        """Whether a new clause begins after the ellipsis."""
        first, second = (*self.after, "", "")[:2]
        if self.ends_sentence or first in _JOINING:
            return True
        if first in NOMINATIVES and first not in _OBJECTS:
            return True
        return first in _OBJECTS and is_finite(second)

    @property
    def gives_place(self) -> bool:
        """Whether what follows belongs to a second adverb that is left out.

        Of "badly [in Leith and superbly] everywhere else" is left "badly everywhere else".
        """
        joined = len(self.words) > 2 and self.words[-2] in COORDINATORS
        adverbs = (self.before, self.words[-1])
        return joined and all(w.endswith("ly") or w in _ADVERBS for w in adverbs)

    @property
    def has_relative(self) -> bool:
        """Whether a relative clause is left out, or a part of one."""
        return any(word in RELATIVES for word in self.words)


def severity_of_elision(part: MatchContext, block: AlignmentBlock, *, runs_on: bool) -> Severity:
    """How far words left out at an ellipsis change what is left.

    Args:
        part: the place in the source.
        block: the words left out, neither the first nor the last of the part.
        runs_on: the quotation goes on with a small letter.

    Returns:
        "none" for a modifier, an aside, or whole sentences; "meaning" where a subject is joined to
        what belongs to another verb, or where what was left out keeps the rest from being asserted;
        "wording" for what cannot be decided.
    """
    elision = _elision(part, block)
    if set(elision.words) <= _ADDING or elision.words in TRANSPARENT:
        return "none"
    if elision.starts_sentence:
        return "none" if elision.ends_sentence else _lead(part, block, elision)
    if elision.joins_others:
        return "meaning"
    if elision.spans_stop and elision.words[-1] in NOMINATIVES - _OBJECTS and elision.resumed:
        return "wording"  # "The warden [slept. He] was sober": it may be the same one
    starts_with_verb = is_finite(elision.words[0], elision.before)
    if starts_with_verb and not is_finite(elision.before):
        joined = elision.after[:1] and elision.after[0] in COORDINATORS
        return "wording" if joined or elision.ends_sentence else "meaning"
    if elision.ends_sentence:
        return "wording" if runs_on or elision.before in _LEFT_HANGING else "none"
    if elision.words[0] == "without":
        return "wording"
    if elision.gives_place:
        return "meaning"
    if elision.opens and elision.closes:
        return _aside(elision)
    if elision.verbs:
        # "The plan is bad, and it | should be stopped": it may be the plan, or something else.
        readable = elision.resumes_with_clause or {elision.words[0], elision.words[-1]} & _READABLE
        return "wording" if readable else "meaning"
    if elision.has_relative:
        return "none" if elision.closes and elision.words[0] in PREPOSITIONS else "wording"
    return "none" if elision.is_modifier else "wording"


def _aside(elision: _Elision) -> Severity:
    """Words between commas, dashes or brackets: an aside unless another clause begins in them."""
    if not elision.verbs or elision.resumes_with_clause:
        return "none"
    later = [
        at
        for at, word in enumerate(elision.words[1:], 1)
        if word in (SUBORDINATORS | COORDINATORS) - {"that", "as", "and", "or"}
    ]
    return "wording" if later and elision.words[0] not in _JOINING | NOMINATIVES else "none"


def _lead(part: MatchContext, block: AlignmentBlock, elision: _Elision) -> Severity:
    """The beginning of a sentence is left out, after another one that is quoted."""
    words = part.source
    lead = part.raw(words.starts[block.a0], words.starts[block.a1])
    named = part.raw(words.starts[block.a1], words.starts[block.a1] + 1).isupper()
    frame = frame_before(lead, QuotedClause(elision.after, False, named))
    if frame is not None:
        return "wording" if frame.kind == "contrast" else "meaning"
    return "none" if elision.closes or elision.words[-1] not in _LEFT_HANGING else "wording"


def _elision(part: MatchContext, block: AlignmentBlock) -> _Elision:
    words = part.source
    before = part.raw(words.ends[block.a0 - 1], words.starts[block.a0])
    after = part.raw(words.ends[block.a1 - 1], words.starts[block.a1])
    return _Elision(
        words.forms[block.a0 : block.a1],
        words.forms[block.a0 - 1],
        words.forms[block.a1 : block.a1 + _READ],
        bool(_OPENING.search(before.strip())),
        bool(_CLOSING.search(after.strip())),
        bool(_FINAL.search(before)),
        bool(_FINAL.search(after)),
        any(
            block.a0 < stop < block.a1 and words.forms[stop - 1] not in ABBREVIATIONS  # Mr.
            for stop in words.stops
        ),
    )
