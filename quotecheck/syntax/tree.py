"""One sentence as an index: its tree, its words in lower case, what lies where, its noun phrases.

Rules, facts and coreference all read it; `tree_of` makes it once a sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from quotecheck.records.text import Sentence, Span, Token

__all__ = ["Tree", "runs", "spans_of", "tree_of"]

# What hangs on a noun without being part of the name of who speaks.
_NOT_OF_SOURCE = frozenset({"cop", "aux", "aux:pass", "mark", "cc", "parataxis", "discourse"})
_LONG_CLAUSE = 6
"""A relative clause after a comma with more words than this tells more than who is speaking."""
_EDGE_LEFT = frozenset({"PUNCT", "CCONJ", "ADP", "SCONJ"})
_EDGE_RIGHT = frozenset({"PUNCT", "CCONJ", "ADP", "SCONJ", "PART", "AUX"})


def tree_of(sentence: Sentence) -> Tree:
    """Return the index of a sentence, which is made when it is first asked for and kept with it."""
    tree: Tree | None = sentence.index
    if tree is None:
        tree = Tree(sentence)
        object.__setattr__(sentence, "index", tree)  # a cache: no part of the record's value
    return tree


class Tree:
    """One sentence with the children of each token; `tree_of` gives it.

    All methods take and give indices into ``tokens``. A sentence that was not parsed has no
    children, so every question about its tree is answered with "nothing". ``place`` is where the
    sentence stands.
    """

    __slots__ = ("__dict__", "children", "mentions", "parsed", "place", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        # The sentence itself is not kept: it keeps this, and a circle would outlive its document.
        self.place = sentence.span
        self.parsed = sentence.parsed
        self.mentions = sentence.mentions
        self.tokens: tuple[Token, ...] = sentence.tokens
        # Most words have none below them: they share one empty tuple.
        self.children: list[Sequence[int]] = [()] * len(self.tokens)
        if sentence.parsed:
            below: dict[int, list[int]] = {}
            for index, token in enumerate(self.tokens):
                if 0 <= token.head < len(self.tokens) and token.head != index:
                    below.setdefault(token.head, []).append(index)
            for head, children in below.items():
                self.children[head] = children

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins."""
        return [token.start for token in self.tokens]

    @cached_property
    def lemmas(self) -> list[str]:
        """Lemmas in lower case."""
        return [token.lemma.lower() for token in self.tokens]

    @cached_property
    def texts(self) -> list[str]:
        """Words in lower case, with straight apostrophes."""
        return [token.text.lower().replace("’", "'") for token in self.tokens]

    @cached_property
    def labels(self) -> dict[int, str]:
        """The type of the entity that a token is part of."""
        labels: dict[int, str] = {}
        for mention in self.mentions:
            for index in self.inside(mention.span):
                labels[index] = mention.label
        return labels

    def beginning_in(self, span: Span) -> range:
        """The tokens that begin in ``span``."""
        first = bisect_left(self.starts, span.start)
        return range(first, bisect_left(self.starts, span.end, lo=first))

    def inside(self, span: Span) -> range:
        """The tokens that begin in ``span``, or that hold its beginning."""
        inside = self.beginning_in(span)
        first = inside.start
        while first and self.tokens[first - 1].end > span.start:
            first -= 1
        return range(first, inside.stop)

    def indices(self, spans: Iterable[Span]) -> set[int]:
        """The tokens in any of ``spans``."""
        return {index for span in spans for index in self.inside(span)}

    def between(self, first: int, last: int) -> Span:
        """From the beginning of one token to the end of another."""
        return Span(self.tokens[first].start, max(self.tokens[first].end, self.tokens[last].end))

    @cached_property
    def extents(self) -> list[tuple[int, int]]:
        """For each token the first and last index of its subtree."""
        first = list(range(len(self.tokens)))
        last = first.copy()
        above = [-1] * len(first)
        for head, below in enumerate(self.children):
            for child in below:
                above[child] = head
        for index in range(len(first)):
            node = above[index]
            # What reaches as far already has it all the way up, or will when its own turn comes.
            while node >= 0 and not first[node] <= index <= last[node]:
                first[node] = min(first[node], index)
                last[node] = max(last[node], index)
                node = above[node]
        return list(zip(first, last, strict=True))

    def relation(self, index: int, *relations: str) -> list[int]:
        """Children of ``index`` with one of these relations (a subtype counts with its type)."""
        children = []
        for child in self.children[index]:
            deprel = self.tokens[child].deprel
            if deprel in relations or deprel.partition(":")[0] in relations:
                children.append(child)
        return children

    def subtree(self, index: int, without: Iterable[int] = ()) -> set[int]:
        """Indices below and with ``index``, not going down into ``without``."""
        barred = set(without)
        members: set[int] = set()
        stack = [index]
        while stack:
            node = stack.pop()
            if node in members or node in barred:
                continue
            members.add(node)
            stack.extend(self.children[node])
        return members

    def ancestors(self, index: int) -> Iterator[int]:
        """The heads above ``index``, nearest first."""
        visited = {index}
        head = self.tokens[index].head
        while head >= 0 and head not in visited:
            yield head
            visited.add(head)
            head = self.tokens[head].head

    def subject(self, verb: int) -> int | None:
        """The subject of ``verb``, its own or the one it shares with the verb it is joined to.

        A participle that describes a noun ("the senator, calling it absurd") has that noun for its
        subject; an open complement or adverbial clause without a subject takes its head's.
        """
        node, visited = verb, {verb}
        while True:
            subjects = [c for c in self.relation(node, "nsubj", "csubj") if not self._is_outer(c)]
            if subjects:
                return subjects[0]
            token = self.tokens[node]
            head = token.head
            relation = token.deprel.split(":")[0]
            if head < 0 or head in visited:
                return None
            if relation == "acl" and self.tokens[head].upos in {"NOUN", "PROPN", "PRON"}:
                return head
            if relation not in {"conj", "xcomp", "advcl", "parataxis", "cop"}:
                return None
            if relation in {"conj", "parataxis", "advcl"} and self.tokens[head].upos in {
                "NOUN",
                "PROPN",
            }:
                return self.relation(head, "nsubj")[0] if self.relation(head, "nsubj") else None
            visited.add(head)
            node = head

    def _is_outer(self, index: int) -> bool:
        return self.tokens[index].deprel == "nsubj:outer"

    def noun_phrase(self, head: int, barred: Iterable[int] = ()) -> list[int]:
        """The indices of the phrase that ``head`` heads: a run without gaps around the head.

        Appositions and relative clauses belong to it; the verb of which it is the subject (give it
        as ``barred``), a preposition in front, a participle clause set off by a comma ("Obama,
        speaking Sunday in Lima") and edge punctuation do not.
        """
        loose = [child for child in self.children[head] if self._is_loose(child, head)]
        members = self.subtree(head, loose) - self._beyond(head, set(barred))
        first = last = head
        while first - 1 in members:
            first -= 1
        while last + 1 in members:
            last += 1
        while first < head and self.tokens[first].upos in _EDGE_LEFT:
            first += 1
        while last > head and self.tokens[last].upos in _EDGE_RIGHT:
            last -= 1
        return list(range(first, last + 1))

    def _is_loose(self, child: int, head: int) -> bool:
        """Whether ``child`` hangs on a noun without being part of who speaks."""
        token = self.tokens[child]
        if token.deprel.split(":")[0] in _NOT_OF_SOURCE:
            return True
        if token.deprel in {"acl", "advcl", "acl:relcl"} and child > head:
            first, last = self.extents[child]
            before = self.tokens[first - 1].text if first else ""
            set_off = before == "," or self.tokens[first].text == ","
            return set_off and (token.deprel != "acl:relcl" or last - first > _LONG_CLAUSE)
        return False

    def _beyond(self, head: int, barred: set[int]) -> set[int]:
        """All indices cut off from ``head`` by a barred one."""
        cut: set[int] = set()
        for index in barred:
            if index > head:
                cut |= set(range(index, len(self.tokens)))
            elif index < head:
                cut |= set(range(index + 1))
        return cut

    def is_passive(self, verb: int) -> bool:
        """Whether ``verb`` has a passive auxiliary."""
        return any(self.tokens[c].deprel == "aux:pass" for c in self.children[verb])

    def agents(self, verb: int) -> list[int]:
        """Those by whom a passive is done."""
        return [c for c in self.children[verb] if self.tokens[c].deprel == "obl:agent"]

    def phrase_after(self, index: int) -> list[int]:
        """The noun phrase that begins right after ``index``, whatever the parser ties it to."""
        start = index + 1
        if start >= len(self.tokens) or self.tokens[start].upos in {"PUNCT", "ADP", "SCONJ"}:
            return []
        nominal = {"NOUN", "PROPN", "PRON"}
        node = start
        while node < len(self.tokens) and self.tokens[node].upos not in nominal:
            token = self.tokens[node]
            if token.upos not in {"DET", "ADJ", "NUM", "ADV"} and token.deprel != "amod":
                break
            node += 1
        if node >= len(self.tokens) or self.tokens[node].upos not in nominal:
            node -= 1
            if node <= start or self.tokens[start].upos != "DET":
                return []  # "said the 46-year-old" has a head without being a noun
        head = node
        for above in self.ancestors(node):
            if self.tokens[above].upos not in nominal or above < start:
                break
            head = above
        phrase = [i for i in self.noun_phrase(head) if i >= start]
        return phrase if phrase and phrase[0] == start else list(range(start, node + 1))

    def phrase_before(self, verb: int) -> list[int]:
        """The nominal run right before a finite verb that joins clauses: "…, but A and B say".

        For a verb that the parser gave no subject of its own. The run must begin where a clause can
        (sentence start, "but", a comma and "and"), so that an object is not taken for a subject.
        """
        nominal = {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"}
        if self.tokens[verb].xpos not in {"VBD", "VBZ", "VBP"}:
            return []
        node = verb - 1
        while node >= 0 and self.tokens[node].upos in {"ADV", "AUX", "PART"}:
            node -= 1
        last = node
        while node >= 0 and (
            self.tokens[node].upos in nominal
            or (self.tokens[node].text.lower() == "and" and node < last)
        ):
            node -= 1
        first = node + 1
        if first > last or not any(
            self.tokens[i].upos in {"NOUN", "PROPN", "PRON"} for i in range(first, last + 1)
        ):
            return []
        if self.tokens[first].upos == "CCONJ":
            first += 1
        opens = node < 0 or self.tokens[node].text.lower() in {"but", "while", "though", "because"}
        return list(range(first, last + 1)) if opens else []

    def span(self, indices: Sequence[int]) -> Span:
        """The smallest span over these tokens."""
        return Span(
            min(self.tokens[i].start for i in indices), max(self.tokens[i].end for i in indices)
        )


def runs(indices: Iterable[int]) -> list[list[int]]:
    """Sorted indices as runs without gaps.

    >>> runs({4, 1, 2})
    [[1, 2], [4]]
    """
    result: list[list[int]] = []
    for index in sorted(indices):
        if result and result[-1][-1] == index - 1:
            result[-1].append(index)
        else:
            result.append([index])
    return result


def spans_of(tree: Tree, indices: Iterable[int]) -> tuple[Span, ...]:
    """One span for each run of token indices."""
    return tuple(tree.span(run) for run in runs(indices))
