"""Noun phrases of a sentence: where they begin and end, and what an adposition governs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from quotecheck.records.text import Span
from quotecheck.syntax.clause import Clause
from quotecheck.syntax.tree import Tree

__all__ = [
    "NAMED_PLACES",
    "WHERE",
    "governed",
    "nominal_head",
    "phrase_end",
    "phrase_start",
    "spans",
    "with_state",
    "words_of",
]

WHERE: Final = frozenset(
    "in at from outside inside near aboard during on across behind beside throughout".split()
)
NAMED_PLACES: Final = frozenset({"Location", "Facility"})
_BITS: Final = frozenset("det amod compound nummod flat case fixed nmod advmod goeswith".split())


def phrase_start(sentence: Tree, head: int, members: set[int]) -> int:
    """The first token of a noun phrase, its adposition left out."""
    first = head
    while first and _is_modifier(sentence, first - 1, head):
        if first - 1 not in members and sentence.texts[first - 1] != "-":
            break
        first -= 1
    while first < head and sentence.tokens[first].upos in {"PUNCT", "ADP"}:
        first += 1
    return first


def _is_modifier(sentence: Tree, index: int, head: int) -> bool:
    token = sentence.tokens[index]
    if not sentence.parsed:
        return token.upos in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"}
    node = index
    for _ in range(4):
        if node == head:
            return True
        relation = sentence.tokens[node].deprel
        if relation in {"case"} and sentence.tokens[node].upos == "ADP":
            return False
        if relation.split(":")[0] not in _BITS and relation != "punct":
            return False
        node = sentence.tokens[node].head
        if node < 0:
            return False
    return False


def phrase_end(sentence: Tree, head: int, members: set[int], *, places: bool) -> int:
    """The last token of a noun phrase with what belongs to it.

    "of" phrases, parts of a name and coordinated nouns belong to it; of a place also the places
    that it lies in ("a rally in Ohio").
    """
    tokens = sentence.tokens
    last = head
    if not sentence.parsed:
        while last + 1 in members and tokens[last + 1].upos in {"PROPN", "NOUN"}:
            last += 1
        return last
    included = {head}
    stack = [head]
    joined = {"of", "for"} | (WHERE if places else set())
    while stack:
        node = stack.pop()
        for child in sentence.children[node]:
            if child not in members or child < node:
                if child < node and child > head and child in members:
                    included.add(child)
                continue
            relation = tokens[child].deprel.split(":")[0]
            if relation in {"flat", "compound", "fixed", "nummod", "nmod", "appos", "conj"}:
                cases = {
                    sentence.texts[k]
                    for k in sentence.children[child]
                    if tokens[k].deprel == "case"
                }
                if relation == "nmod" and not cases & joined and cases - {"'s", "'"}:
                    continue
                if relation == "appos" and child != node + 1:
                    continue
                if relation == "conj" and places:
                    continue
                included.add(child)
                stack.append(child)
                included.update(
                    k
                    for k in sentence.children[child]
                    if k < child and k in members and tokens[k].deprel != "punct"
                )
    last = max(included)
    # What lies between must be of the clause too, else the phrase ends before the gap.
    for index in range(head, last + 1):
        if index not in members and tokens[index].upos != "PUNCT":
            return max(i for i in included if i < index)
    return last


def with_state(clause: Clause, last: int) -> int:
    """Extend a place over the state after its comma ("in Fort Mill, S.C."): the new end."""
    sentence = clause.sentence
    after = last + 2
    if (
        sentence.labels.get(last) in NAMED_PLACES
        and after < len(sentence.tokens)
        and sentence.texts[last + 1] == ","
        and sentence.tokens[after].upos == "PROPN"
        and (sentence.labels.get(after) == "Location" or sentence.tokens[after].text.isupper())
    ):
        while after + 1 < len(sentence.tokens) and (
            sentence.labels.get(after + 1) == "Location" and after + 1 not in clause.barred
        ):
            after += 1
        return after if after not in clause.barred else last
    return last


def governed(sentence: Tree, adposition: int, free: set[int]) -> int:
    """The noun that an adposition belongs to; -1 when it is not one of the clause."""
    if sentence.parsed:
        token = sentence.tokens[adposition]
        if token.deprel not in {"case", "fixed"} or token.head < adposition:
            return -1
        return token.head if token.head in free else -1
    after = adposition + 1
    if after >= len(sentence.tokens) or after not in free:
        return -1
    return nominal_head(sentence, after)


def nominal_head(sentence: Tree, first: int) -> int:
    """The head of the noun phrase that begins at ``first``, where there is no tree; -1 if none."""
    node = first
    while node + 1 < len(sentence.tokens) and sentence.tokens[node].upos not in {"PRON"}:
        if sentence.tokens[node + 1].upos not in {"ADJ", "NOUN", "PROPN", "NUM"}:
            break
        node += 1
    return node if sentence.tokens[node].upos in {"NOUN", "PROPN", "PRON"} else -1


def spans(sentence: Tree, pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The places of pairs of tokens, in text order."""
    return tuple(sorted({sentence.between(a, b) for a, b in pairs}))


def words_of(sentence: Tree, text: str, first: int, last: int) -> str:
    """The words from one token to another, "" where the second is before the first."""
    if first > last:
        return ""
    return sentence.between(first, last).of(text)
