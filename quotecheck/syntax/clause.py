"""The clause of a cue: which of its words is the head, which verbs stand over it, what class it is.

A cue is a span ("declined to say", "was widely expected to announce", "issued a statement saying").
Its head is the word that names the act ("say"); the verbs above ("declined") tell whether and how
it was done. Sentences without a parse are read from left to right instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from quotecheck.language.cue_classes import group_of, phrase_at, word_entry
from quotecheck.language.reporting_expressions import Expression
from quotecheck.records.text import Span
from quotecheck.syntax.tree import Tree

__all__ = ["Clause", "find_clause"]

_PREDICATES: Final = frozenset({"VERB", "AUX", "ADJ"})

# Verbs that are filled by their object: "made a statement", "voiced concern", "came under fire".
_LIGHT: Final = frozenset(
    "be bring cast come deal deliver draw earn express face get give have hold issue join launch "
    "level lodge make offer provide put raise receive release send share show sign take use voice "
    "win utter hear read publish post file spark prompt meet".split()
)
# Verbs under which another act is done or not: that one is the cue's head.
_LEADING: Final = frozenset(
    "go continue begin start proceed come get keep finish decide refuse decline fail neglect "
    "forget try attempt seek want wish hope like need have plan intend expect use manage dare "
    "bother rush move help happen tend seem appear threaten prepare agree choose avoid stop "
    "hesitate deny set resist struggle love hate prefer promise vow offer ask urge force allow be "
    "suppose say know quote cite hear see watch record report believe think take turn work aim "
    "step rise stand call write make note".split()
)
_BELOW: Final = frozenset({"xcomp", "ccomp", "advcl", "acl"})
_MAX_VERBS_ABOVE = 3
"""Verbs above the cue that may negate or shift it ("refused to begin to say")."""


@dataclass(slots=True)
class Clause:
    """A cue as its sentence has it.

    ``head`` is the token that names the act (-1 where the cue has no word), ``verb`` the one that
    carries its tense (the verb of "made a statement"), ``above`` the verbs over it, the nearest
    first. ``barred`` are the tokens of content, source and outlet.
    """

    sentence: Tree
    cue: list[int]
    head: int
    verb: int
    kind: str
    above: list[int] = field(default_factory=list)
    barred: set[int] = field(default_factory=set)
    content: set[int] = field(default_factory=set)
    source: set[int] = field(default_factory=set)

    @property
    def verbs(self) -> list[int]:
        """The verb and those above it, the highest last."""
        return [self.verb, *self.above]

    def relation(self, index: int) -> str:
        """The relation of a token to its head, without subtype."""
        return self.sentence.tokens[index].deprel.split(":")[0]

    def kids(self, index: int, *relations: str) -> list[int]:
        """Children with one of these relations (subtypes count), those in the content left out."""
        return [
            child
            for child in self.sentence.children[index]
            if child not in self.content and self.relation(child) in relations
        ]


def find_clause(
    sentence: Tree,
    cue: Sequence[Span],
    content: Sequence[Span],
    source: Sequence[Span],
    via: Sequence[Span],
    shape: str,
) -> Clause | None:
    """The clause of a cue; None when the sentence has no token of it.

    Args:
        sentence: the sentence in which the cue begins.
        cue: the cue.
        content: what was said.
        source: who said it.
        via: the outlets.
        shape: of the content: one of `facts.classes.SHAPES`, or "".
    """
    every = sorted(sentence.indices(cue))
    if not every:
        return None
    tokens = sentence.tokens
    words = [i for i in every if tokens[i].upos != "PUNCT"]
    inside = sentence.indices(content)
    from_source = sentence.indices(source)
    barred = inside | from_source | sentence.indices(via)
    hits = _hits(sentence, words or every)
    head = _head(sentence, words, hits) if words else -1
    kind = ""
    if head >= 0 and head in hits:
        kind = hits[head].reading(shape)
    elif hits:
        kind = next(iter(hits.values())).reading(shape)
    clause = Clause(
        sentence, every, head, head, kind, barred=barred, content=inside, source=from_source
    )
    if head >= 0:
        clause.verb = _verb_of(sentence, head, set(words))
        clause.above = _above(clause)
    return clause


def _hits(sentence: Tree, words: Sequence[int]) -> dict[int, Expression]:
    """The words of a cue that the lexicon knows, with their entries."""
    hits: dict[int, Expression] = {}
    last_word = -1
    end = words[-1] + 1
    following = sentence.tokens[end].deprel if end < len(sentence.tokens) else ""
    if following in {"compound:prt", "fixed"}:
        end += 1
    for index in words:
        if index <= last_word:
            continue
        several = phrase_at(sentence.lemmas, sentence.texts, index, end)
        if several is not None:
            hits[index], last_word = several
            continue
        token = sentence.tokens[index]
        if token.upos in {"DET", "PRON", "CCONJ"} or token.deprel in {"aux", "aux:pass", "cop"}:
            continue
        entry = word_entry(sentence.lemmas[index], token.upos)
        if entry is not None:
            hits[index] = entry
    return hits


def _head(sentence: Tree, words: Sequence[int], hits: dict[int, Expression]) -> int:
    if not sentence.parsed:
        return _head_in_line(sentence, words, hits)
    members = set(words)
    tokens = sentence.tokens
    tops = [i for i in words if tokens[i].head not in members]
    node = next((i for i in tops if tokens[i].upos == "VERB" and i in hits), -1)
    if node < 0:
        node = next((i for i in tops if tokens[i].upos in _PREDICATES), tops[0] if tops else -1)
    if node < 0:  # a cycle; no tree of a parser has one
        return words[0]
    for _ in range(4):
        lower = _below(sentence, node, members, hits)
        if lower < 0:
            break
        node = lower
    if node in hits:
        return node
    by_worth = sorted(
        (i for i in words if i in hits),
        key=lambda i: (
            group_of(hits[i].kind) != "statement" or hits[i].part == "p",
            tokens[i].upos not in _PREDICATES,
            hits[i].part == "p",
            i,
        ),
    )
    return by_worth[0] if by_worth else node


def _below(sentence: Tree, node: int, members: set[int], hits: dict[int, Expression]) -> int:
    """The word below ``node`` in the cue that names the act better; -1 when there is none."""
    tokens = sentence.tokens
    entry = hits.get(node)
    lemma = sentence.lemmas[node]
    stated = entry is not None and group_of(entry.kind) == "statement"
    kids = [c for c in sentence.children[node] if c in members and c in hits]
    for child in kids:
        relation = tokens[child].deprel.split(":")[0]
        if relation not in _BELOW or child < node or tokens[child].upos not in _PREDICATES:
            continue
        if entry is None or lemma in _LEADING or lemma in _LIGHT:
            return child
        if not stated and group_of(hits[child].kind) == "statement":
            return child
    if entry is None or (len(entry.words) == 1 and lemma in _LIGHT):
        for child in kids:
            relation = tokens[child].deprel.split(":")[0]
            if relation in {"obj", "obl", "nsubj"} and hits[child].part == "n":
                return child
    if tokens[node].upos == "NOUN":
        for child in kids:  # "a statement saying"
            if tokens[child].deprel == "acl" and tokens[child].xpos == "VBG":
                return child
    return -1


def _head_in_line(sentence: Tree, words: Sequence[int], hits: dict[int, Expression]) -> int:
    """The head where there is no tree: the first verb known, or the last of a chain of them."""
    tokens = sentence.tokens
    verbs = [i for i in words if i in hits and tokens[i].upos in _PREDICATES]
    if not verbs:
        known = [i for i in words if i in hits]
        return known[0] if known else words[0]
    node = verbs[0]
    for index in verbs[1:]:
        chained = tokens[index].xpos == "VBG" or sentence.texts[index - 1] == "to"
        if not chained or sentence.lemmas[node] not in _LEADING:
            break
        node = index
    return node


def _verb_of(sentence: Tree, head: int, members: set[int]) -> int:
    """The verb above a clause's head that is inflected: itself, or the light verb of a noun."""
    tokens = sentence.tokens
    if tokens[head].upos in _PREDICATES or not sentence.parsed:
        return head
    node = head
    for _ in range(3):
        node = tokens[node].head
        if node < 0:
            return head
        if tokens[node].upos == "VERB":
            return node if node in members else head
    return head


def _above(clause: Clause) -> list[int]:
    """The verbs over the cue's verb by which it is done, wanted or left undone."""
    tokens = clause.sentence.tokens
    if not clause.sentence.parsed:
        members = set(clause.cue)
        verbs = [i for i in clause.cue if i < clause.verb and tokens[i].upos in {"VERB", "ADJ"}]
        before = clause.verb - 2
        if not verbs and before >= 0 and clause.sentence.texts[before + 1] == "to":
            verbs = [before] if tokens[before].upos in {"VERB", "ADJ"} else []
        return [i for i in reversed(verbs) if i in members or i not in clause.barred]
    above: list[int] = []
    node = clause.verb
    while len(above) < _MAX_VERBS_ABOVE:
        token = tokens[node]
        head = token.head
        if head < 0 or head in clause.barred or head in above:
            break
        inside = head in clause.cue and token.deprel.split(":")[0] in _BELOW
        if not (inside or token.deprel == "xcomp"):
            break
        if tokens[head].upos not in _PREDICATES and tokens[head].upos != "NOUN":
            break
        above.append(head)
        node = head
    return above
