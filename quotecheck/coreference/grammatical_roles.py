"""What a mention is in its sentence: subject, object or possessor, and of which clause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.language.reporting_verbs import introduces_speech
from quotecheck.records.text import Sentence, Token
from quotecheck.syntax.tree import tree_of

__all__ = [
    "NOWHERE",
    "OBJECT",
    "OBLIQUE",
    "OTHER",
    "POSSESSOR",
    "SUBJECT",
    "ClauseRole",
    "is_above",
    "is_subject",
    "place_of",
    "speaks_in_apposition",
]

SUBJECT, OBJECT, POSSESSOR, OBLIQUE, OTHER = 1, 2, 3, 4, 5
"""Numbers of the roles, 0 where the parse does not tell."""
_BY_RELATION = {
    "nsubj": SUBJECT, "csubj": SUBJECT, "obj": OBJECT, "iobj": OBJECT, "obl": OBLIQUE,
    "nmod": OBLIQUE, "root": OTHER, "vocative": OTHER, "appos": OTHER,
}  # fmt: skip
_CLAUSES = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
_JOINED = frozenset({"flat", "fixed", "conj", "appos", "goeswith", "compound"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NO_SUBJECT = frozenset("compound nmod nmod:poss obl obj vocative".split())
_SKIPPED = frozenset({"ADV", "PUNCT"})


@dataclass(frozen=True, slots=True)
class ClauseRole:
    """The role of a mention (0: not known), and the index of its clause's head (-1: not known)."""

    role: int
    clause: int


NOWHERE = ClauseRole(0, -1)


def place_of(sentence: Sentence, start: int, end: int) -> ClauseRole:
    """The place of the mention that begins at the offset ``start`` and ends at ``end``."""
    tokens = sentence.tokens
    first = bisect_left(tokens, start, key=lambda t: t.start)
    if first >= len(tokens) or tokens[first].start >= end:
        return NOWHERE
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].start < end:
        last += 1
    if not sentence.parsed:
        return ClauseRole(_role_unparsed(tokens, first, last), -1)
    top = next(
        (i for i in range(first, last + 1) if not first <= tokens[i].head <= last), first
    )  # the head of the mention
    return ClauseRole(_role(sentence, top), _clause(sentence, top))


def is_above(sentence: Sentence, high: int, low: int) -> bool:
    """Whether the clause with the head ``low`` stands within that of ``high``, and is another."""
    return high >= 0 and low >= 0 and high != low and high in tree_of(sentence).ancestors(low)


def is_subject(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the tokens of a name are a subject; without a parse, by the verb after them."""
    tokens = sentence.tokens
    if any(t.deprel.startswith("nsubj") for t in tokens[first : last + 1]):
        return True
    # "Tom Ellis, a ferryman who lives here, was blunter": often parsed incorrectly.
    stop = tokens[last + 1].text if last + 1 < len(tokens) else ""
    leading = first == 0 and stop == "," and tokens[0].deprel not in _NO_SUBJECT
    if sentence.parsed or leading:
        return leading
    if first and tokens[first - 1].upos in {"ADP", "VERB"}:
        return False
    behind = last + 1
    while behind < len(tokens) and tokens[behind].upos in {"ADV", "PUNCT"} and behind < last + 3:
        behind += 1
    return behind < len(tokens) and tokens[behind].xpos in _FINITE


def speaks_in_apposition(sentence: Sentence, start: int) -> bool:
    """Whether the name at an offset says something, after a noun: "his son, Al Ray, said"."""
    tokens = sentence.tokens
    first = bisect_left(tokens, start, key=lambda t: t.start)
    if first >= len(tokens) or tokens[first].deprel != "appos":
        return False
    noun = tokens[tokens[first].head]
    verb = tokens[noun.head] if noun.head >= 0 else noun
    return noun.deprel.startswith("nsubj") and introduces_speech(verb.lemma)


def _role(sentence: Sentence, index: int) -> int:
    tokens = sentence.tokens
    visited: set[int] = set()
    while tokens[index].deprel.split(":")[0] in _JOINED and index not in visited:
        visited.add(index)
        if tokens[index].head < 0:
            break
        index = tokens[index].head
    token = tokens[index]
    if token.deprel == "nmod:poss" or token.xpos == "PRP$":
        return POSSESSOR
    return _BY_RELATION.get(token.deprel.split(":")[0], OTHER)


def _clause(sentence: Sentence, index: int) -> int:
    tokens = sentence.tokens
    for above in tree_of(sentence).ancestors(index):
        relation = tokens[above].deprel.split(":")[0]
        if relation in _CLAUSES or (relation == "conj" and tokens[above].upos in {"VERB", "AUX"}):
            return above
    return index if tokens[index].head < 0 else -1


def _role_unparsed(tokens: Sequence[Token], first: int, last: int) -> int:
    """A finite verb after makes a subject, a preposition before an oblique."""
    if tokens[first].xpos == "PRP$":
        return POSSESSOR
    if last + 1 < len(tokens) and tokens[last + 1].xpos == "POS":
        return POSSESSOR
    before = tokens[first - 1].upos if first else ""
    if before == "ADP":
        return OBLIQUE
    if before == "VERB":
        return OBJECT
    behind = last + 1
    while behind < min(len(tokens), last + 3) and tokens[behind].upos in _SKIPPED:
        behind += 1
    return SUBJECT if behind < len(tokens) and tokens[behind].xpos in _FINITE else 0
