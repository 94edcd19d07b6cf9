"""Reads the clause on which a quoted clause depends: does its predicate assert what follows?

"I doubt that", "nobody believes that" and "I used to think that" do not; nor do "critics say that"
(somebody else does) and "I hope that" (it is hoped). "It is clear that" and "we know that" do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quotecheck.language.clause_operators import (
    ASSERTED,
    COMPLEMENT_NOUNS,
    EVERYBODY,
    FACTIVE,
    HYPOTHETICAL,
    NEGATIVE_PREDICATES,
    NEGATORS,
    OWN,
    STRESS,
    is_past,
    predicate_class,
)
from quotecheck.language.hedges import DISCLAIMED, FICTION

__all__ = ["Matrix", "frame_of_matrix"]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The folded words before a quoted clause.

    ``has_that`` says whether they end in "that", ``has_colon`` whether a colon follows.
    """

    forms: tuple[str, ...]
    has_that: bool = False
    has_colon: bool = False


_TURN_WORDS: Final = 5
"""Words right before a clause among which a turn of assertion stands."""
_REACH: Final = 24
"""Words before the quoted clause that are read."""
_BARE: Final = frozenset(
    "say think believe hope know suppose guess claim wish feel doubt fear suspect swear bet insist "
    "pretend hear seem appear tell assume deny imagine reckon argue maintain expect likely "
    "unlikely possible".split()
)
"""Predicates that take a clause without "that"."""
_OPEN: Final = frozenset(("likely", "unlikely"))
"""Predicates that end as adverbs do."""
_TAKE_OBJECT: Final = frozenset(
    "tell warn assure remind inform convince persuade show teach notify advise promise".split()
)
_BETWEEN: Final = frozenset(
    "me us you him her them people everyone everybody here today again already often now still "
    "also yesterday once publicly to too there at length therefore last next week month year "
    "night morning evening weekend ago earlier monday tuesday wednesday thursday friday saturday "
    "sunday".split()
)
"""What may stand between a predicate and its clause."""
_CLAUSE_STARTS: Final = frozenset("that because although though when while if whether as".split())
_TRUTH: Final = frozenset(
    "true clear certain sure convinced obvious evident right plain fact truth confident proof "
    "show prove demonstrate mean natural satisfied".split()
)
"""Factive predicates that assert rather than presuppose: denied, they no longer do."""
_BE: Final = frozenset("is are was were".split())
_BEEN: Final = _BE | {"been"}
_REPORTING: Final = frozenset(
    "say claim admit answer agree promise warn order propose predict explain announce write quote "
    "think deny".split()
)
_UNVOUCHED: Final = frozenset(
    "understood believed thought rumoured rumored whispered alleged reported supposed "
    "mooted".split()
)
"""Participles of "it is understood that", by which nobody vouches for what follows."""
_LINKING: Final = _BE | {"remains", "remained", "goes", "went"}
_UNPROVEN: Final = frozenset(
    "claim claims allegation allegations accusation accusations charge rumour rumours rumor rumors "
    "myth lie illusion superstition dogma slogan motto mantra refrain creed propaganda insinuation "
    "gossip pretext excuse hypothesis assumption theory story legend complaint objection threat "
    "saying tale suspicion".split()
)
"""Nouns that do not vouch for the clause that they are said to be."""
_FEARED: Final = frozenset(
    "hope hopes fear fears wish dream danger risk worry concern hunch guess suspicion chance bet "
    "expectation ambition".split()
)
"""Nouns for what is hoped, feared or guessed; nobody says with them that it is so."""
_THEIRS: Final = frozenset(("his", "her", "their", "your"))
_ASIDE: Final = frozenset("now then again today here of course however".split())
"""What may stand between such a noun and its verb."""
_JOINING: Final = frozenset(("and", "but", "or", "so"))
_WITHIN_NOUN: Final = frozenset("among of in at from for on within here".split())
"""Prepositions of a phrase that belongs to the noun before it."""
_OWNED: Final = 3
"""Words before the linking verb among which "my" stands right before the noun, or its adjective."""
_LEARNING: Final = frozenset("learn hear find discover read gather".split())
_SPURNED: Final = frozenset(
    "resent resented object objected tired sick weary laugh laughed loathe despise abhor scorn "
    "condemn mock fight oppose combat attack dismiss dismissed reject spurn hate hated".split()
)
"""What the speaker does to a claim that is not his own: "I resent the suggestion that"."""
_ORDERS: Final = frozenset("do don't never always please just".split())
"""How an order begins: "do not forget that", which has no subject."""
_WITHDRAWN: Final = frozenset(
    "withdraw withdrew withdrawn retract retracted abandon abandoned recant recanted regret".split()
)
"""What the speaker does to a claim that he no longer makes."""
_QUESTIONING: Final = ("i", "we", "they", "you", "to", "must", "would", "not", "never", "don't")
"""Words behind which "question" is the verb: "we question that"."""
_OTHERS: Final = frozenset("he she they who those people you ye thou".split())


def frame_of_matrix(matrix: Matrix) -> str | None:
    """The kind of frame that a matrix clause makes: negation, hedge, report; None for none.

    >>> frame_of_matrix(Matrix(("nobody", "believes", "that"), has_that=True))
    'negation'
    >>> frame_of_matrix(Matrix(("nobody", "doubts", "that"), has_that=True))
    >>> frame_of_matrix(Matrix(("we", "hope", "that"), has_that=True))
    'hedge'
    """
    body = matrix.forms[:-1] if matrix.has_that else matrix.forms
    if matrix.has_that and body[-1:] in (("and",), ("or",), ("but",)) and "that" in body:
        body = body[: len(body) - 1 - body[::-1].index("that")]  # "I doubt that A and that B"
    body = body[-_REACH:]
    if not body or (matrix.has_colon and _BE & set(body)):
        return None
    if _holds(body[-_TURN_WORDS:], ASSERTED):
        return None
    if _holds(body, DISCLAIMED):
        return "hedge"
    if matrix.has_that and (kind := _of_noun(body)):
        return kind
    at = _predicate(body, bare=not matrix.has_that and not matrix.has_colon)
    if at is None:
        if matrix.has_that and sum(_is_negative(body, k) for k in range(len(body))) % 2:
            return "negation"
        supposed = matrix.has_that and body[-1] == "be"  # "it may well be that"
        return "hedge" if supposed and {"may", "might", "could"} & set(body[-5:]) else None
    start = max((k + 1 for k in range(at) if body[k] in _CLAUSE_STARTS), default=0)
    clause = body[start : at + 1]
    return _outcome(clause, body[at])


def _of_noun(body: Sequence[str]) -> str | None:
    """What a noun with "is" does to the clause behind it: "the rumour was that", "my hope is that".

    What the speaker claims is asserted; "the fact is that" is no such noun.
    """
    at = len(body) - 1
    while at > 0 and (body[at] in _BETWEEN or body[at].endswith("ly")):
        at -= 1
    if at < 1 or body[at] not in _LINKING:
        return None
    at -= 1
    while at > 0 and body[at] in _ASIDE:
        at -= 1
    start = max((k + 1 for k in range(at) if body[k] in _CLAUSE_STARTS | _JOINING), default=0)
    # the fear among the brewers; the cause of the fear
    at = next((k for k in range(start + 1, at) if body[k] in _WITHIN_NOUN), at + 1) - 1
    noun, owner = body[at], body[max(0, at - _OWNED) : at]
    is_own = bool(OWN & set(owner)) and not any(word.endswith("'s") for word in owner)
    if noun in _FEARED:
        return "hedge"
    others = bool(_THEIRS & set(owner)) or any(word.endswith("'s") for word in owner)
    reports = (
        noun in _UNPROVEN
        or predicate_class(noun)[1] in ("say", "claim")
        or (others and noun in COMPLEMENT_NOUNS)
    )
    return "report" if reports and not is_own and "not" not in body[at:] else None


def _holds(forms: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    """Whether one of some phrases stands among the last words."""
    tail = " " + " ".join(forms[-10:]) + " "
    return any(" " + " ".join(phrase) + " " in tail for phrase in phrases)


def _predicate(body: Sequence[str], *, bare: bool) -> int | None:
    """The index of the predicate that governs what follows, None where there is none."""
    k = len(body) - 1
    while (
        k >= 0
        and len(body) - k < 5
        and (body[k] in _BETWEEN or (body[k].endswith("ly") and body[k] not in _OPEN))
    ):
        k -= 1
    if k < 0:
        return None
    lemma, kind = predicate_class(body[k])
    if not bare and (body[k] in _UNVOUCHED or _are_claims(body[k])):
        return k
    if bare:
        return k if lemma in _BARE and k else None
    if kind in _REPORTING or lemma in (
        FACTIVE | HYPOTHETICAL | NEGATIVE_PREDICATES | COMPLEMENT_NOUNS | _LEARNING
    ):
        return k
    if kind in ("know", "hope", "feel", "show", "want"):
        return k
    nearest = range(k - 1, max(-1, k - 10), -1)  # "told the council that"
    return next((j for j in nearest if predicate_class(body[j])[0] in _TAKE_OBJECT), None)


def _are_claims(form: str) -> bool:
    """Whether a word is several of what takes a clause and does not vouch for it: allegations."""
    return form.endswith("s") and form[:-1] in COMPLEMENT_NOUNS and not predicate_class(form)[1]


def _outcome(clause: Sequence[str], form: str) -> str | None:
    """What a predicate does, given its clause up to itself."""
    lemma, kind = predicate_class(form)
    negative = _negations(clause)
    if form in _UNVOUCHED and "it" in clause and _BEEN & set(clause) and not _negations(clause):
        return "report"
    if lemma in FACTIVE and lemma not in _TRUTH and not _is_somebodys(clause):
        return None
    if negative % 2 or lemma in ("pretend", "imagine"):
        return "negation"
    if negative:
        return None
    if FICTION & set(clause[:-1]):
        return "hedge"
    if _is_own(clause):
        return _own(clause, form, lemma)
    if EVERYBODY & set(clause):
        return None
    if lemma in FACTIVE and (kind not in _REPORTING or not _is_somebodys(clause)):
        return None
    if lemma in HYPOTHETICAL:
        return "hedge"
    if lemma in COMPLEMENT_NOUNS or _are_claims(form):
        return "report"
    if "it" in clause and {"is", "was", "been"} & set(clause):
        return "report" if kind in _REPORTING else None  # "it is said that"
    if len(clause) < 2:
        return None  # an imperative: "note that"
    if kind in _REPORTING or lemma in _LEARNING:
        return "report"
    return None


def _negations(clause: Sequence[str]) -> int:
    """How many words of a clause negate its predicate, or are negative predicates themselves."""
    return sum(_is_negative(clause, k) for k in range(len(clause)))


def _is_negative(clause: Sequence[str], k: int) -> bool:
    """Whether the word at an index turns what the clause says of the one under it."""
    form = clause[k]
    before = clause[k - 1] if k else ""
    after = clause[k + 1] if k + 1 < len(clause) else ""
    if form in ("little", "few"):
        return before not in ("a", "the")
    if form in NEGATORS or form.endswith("n't"):
        return after not in ("only", "just")
    if form == "only":  # "only a fool would say that"
        return after in ("a", "an", "the", "fools", "idiots")
    if form in ("hard", "difficult", "too", "premature", "early") and "to" in clause[k + 1 :]:
        return before != "too"
    if form == "question":
        return before in ("no", "without", "beyond", "any", *_QUESTIONING)
    if form == "far":
        return after == "from"
    return form in NEGATIVE_PREDICATES or predicate_class(form)[0] in NEGATIVE_PREDICATES


def _is_own(clause: Sequence[str]) -> bool:
    """Whether the speaker is the subject of the clause's predicate."""
    subject = next((f for f in reversed(clause) if f in OWN or f in _OTHERS), "")
    return (
        subject in OWN - {"us", "me", "my", "our"}
        or (subject in ("us", "me") and "let" in clause)
        or (
            subject in ("my", "our")
            and (clause[-1] in COMPLEMENT_NOUNS or clause[-1] in ("belief", "conviction"))
            and clause[-2:-1] != ("of",)
        )
    )


def _is_somebodys(clause: Sequence[str]) -> bool:
    """Whether somebody else than the speaker is the subject of the predicate."""
    return (
        len(clause) > 1
        and clause[0] not in _ORDERS
        and not _is_own(clause)
        and "it" not in clause
        and not (EVERYBODY & set(clause))
        and "there" not in clause
    )


def _own(clause: Sequence[str], form: str, lemma: str) -> str | None:
    """What the speaker's own predicate does: asserted, only supposed, or no longer held."""
    words = set(clause)
    if lemma in HYPOTHETICAL:
        return "hedge"
    if lemma in COMPLEMENT_NOUNS and _WITHDRAWN & words:
        return "negation"
    if lemma in COMPLEMENT_NOUNS and _SPURNED & words and not {"my", "our"} & words:
        return "report"
    if {"could", "might"} & words and lemma in STRESS:
        return "hedge"
    if "wish" in words and lemma in STRESS and not _wishes_to_say(clause):
        return "hedge"
    markers = {"have", "has", "had", "i've", "we've", "always", "long", "never"} & words
    if lemma in ("think", "believe", "assume", "suppose") and is_past(form) and not markers:
        return "hedge"
    return None


def _wishes_to_say(clause: Sequence[str]) -> bool:
    """Whether "I wish to" only introduces what the speaker says: "I wish to stress that"."""
    at = len(clause) - 1 - list(reversed(clause)).index("wish")
    return "to" in clause[at + 1 : at + 2] and predicate_class(clause[-1])[1] == "say"
