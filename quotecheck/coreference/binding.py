"""What the grammar of a sentence says of whom a pronoun in it can mean.

Two principles of binding (Chomsky 1981) as numbers: "him" is not the subject of its own clause,
also where that subject is understood ("Lind chose to replace him"), and whoever is named within the
clause of "she" ("she tried to stop Lind") is not who "she" is. Beside them stand how far apart two
words are in the tree, and how a clause hangs on another.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotecheck.coreference.discourse import Discourse, Query, Reference
from quotecheck.coreference.grammatical_roles import OBJECT, OBLIQUE, POSSESSOR, SUBJECT
from quotecheck.records.text import Sentence, Span
from quotecheck.syntax.tree import Tree, tree_of

__all__ = ["BINDING_FEATURES", "Binding"]

BINDING_FEATURES = (
    "reflexive",
    "understood_subject",
    "bound_to_subject",
    "bound_to_object",
    "named_within",
    "named_after",
    "dominates",
    "tree_distance",
    "clause_depth",
    "last_depth",
    "clause_relation",
    "words_before",
    "joined",
    "called",
    "in_brackets",
    "fitting_of_gender",
)
_REFLEXIVES = frozenset({"himself", "herself"})
_RELATIONS = {
    "ccomp": 1, "xcomp": 2, "advcl": 3, "acl": 4, "conj": 5, "parataxis": 6, "csubj": 7, "appos": 8,
}  # fmt: skip
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis", "root"})
_CALLING = frozenset({"as", "called", "named", "dubbed", "nicknamed", "born", "known"})
_FARTHEST = 16
"""Steps in a tree from which on distance is the same; also that to another sentence."""
_MOST_WORDS = 20  # Words before a mention; more tell no more. The trees were fitted with it.
_DEEPEST = 6  # Clauses above a word; more tell no more. The trees were fitted with it.


class Binding:
    """The sentence of a mention as its grammar sees it.

    Args:
        discourse: the references of the document.
        query: the mention.
    """

    def __init__(self, discourse: Discourse, query: Query) -> None:
        self._discourse, self._query = discourse, query
        sentence = discourse.sentences[query.sentence]
        self._tree = tree = tree_of(sentence)
        self._here = _token_at(tree, query.place)
        known = self._here >= 0 and tree.parsed
        self._above = [self._here, *tree.ancestors(self._here)] if known else []
        self._steps = {index: number for number, index in enumerate(self._above)}
        word = tree.texts[self._here] if self._here >= 0 else ""
        self.reflexive = word in _REFLEXIVES
        self._clause = query.syntax.clause
        subject = tree.subject(self._clause) if known and self._clause >= 0 else None
        self._subject = -1 if subject is None or subject == self._here else subject
        self._object = -1
        self._within: set[int] = set()
        if known and self._clause >= 0:
            self._object = next(iter(tree.relation(self._clause, "obj")), -1)
            if query.syntax.role == SUBJECT:
                verb = tree.tokens[self._here].head
                joined = tree.relation(verb, "conj") if verb >= 0 else []
                others = [child for child in joined if tree.relation(child, "nsubj")]
                self._within = tree.subtree(verb, others) if verb >= 0 else set()
            elif query.syntax.role in {OBJECT, OBLIQUE}:
                self._within = {
                    member
                    for child in tree.relation(self._clause, "ccomp", "xcomp", "advcl", "obl")
                    for member in (tree.subtree(child) if child > self._here else ())
                }
        relation = tree.tokens[self._clause].deprel.split(":")[0] if self._clause >= 0 else ""
        self._relation = _RELATIONS.get(relation, 0)
        self._depth = _depth(tree, self._here) if known else 0

    def numbers(
        self, references: Sequence[Reference], later: Sequence[Reference], alike: int
    ) -> dict[str, float]:
        """The numbers of one candidate, in order of `BINDING_FEATURES`.

        Args:
            references: where the candidate was named or meant before, the last first.
            later: where they are named after the mention, in its sentence.
            alike: how many candidates are known to be of the gender that is asked for.
        """
        query, last = self._query, references[0]
        here = [r for r in references if r.sentence == query.sentence]
        tokens = {id(r): self._tree.inside(Span(r.start, r.end)) for r in here}
        subject = any(self._subject in tokens[id(r)] for r in here if self._subject >= 0)
        objects = any(self._object in tokens[id(r)] for r in here if self._object >= 0)
        free = query.syntax.role in {SUBJECT, POSSESSOR} or self.reflexive
        distance = min((self._distance(tokens[id(r)]) for r in here), default=_FARTHEST)
        last_depth, joined, called, in_brackets = self._standing(last)
        return {
            "reflexive": self.reflexive,
            "understood_subject": subject,
            "bound_to_subject": subject and not free,
            "bound_to_object": objects and query.syntax.role == SUBJECT,
            "named_within": any(
                index in self._within
                for r in later
                for index in self._tree.beginning_in(Span(r.start, r.end))
            ),
            "named_after": bool(later),
            "dominates": any(i in self._above for r in here for i in tokens[id(r)]),
            "tree_distance": distance,
            "clause_depth": self._depth,
            "last_depth": last_depth,
            "clause_relation": self._relation,
            "words_before": min(_MOST_WORDS, max(0, self._here)),
            "joined": joined,
            "called": called,
            "in_brackets": in_brackets,
            "fitting_of_gender": min(8, alike),
        }

    def _standing(self, reference: Reference) -> tuple[int, bool, bool, bool]:
        """How a reference stands in its sentence, whoever is asked for: found out once."""
        place = reference.start, reference.end
        standing = self._discourse.standings.get(place)
        if standing is None:
            before = self._discourse.text[max(0, reference.start - 1) : reference.start]
            standing = self._discourse.standings[place] = (
                self._depth_of(reference),
                self._is_joined(reference),
                self._is_called(reference),
                before in {"(", "["},
            )
        return standing

    def _distance(self, tokens: range) -> int:
        """Steps in the tree from the mention to the head of a reference in its sentence."""
        if not self._above or not tokens:
            return _FARTHEST
        steps = self._steps
        best = _FARTHEST
        for token in tokens:
            path = [token, *self._tree.ancestors(token)]
            shared = next((n for n, index in enumerate(path) if index in steps), None)
            if shared is not None:
                best = min(best, shared + steps[path[shared]])
        return best

    def _sentence(self, reference: Reference) -> tuple[Sentence, Tree]:
        sentence = self._discourse.sentences[reference.sentence]
        return sentence, tree_of(sentence)

    def _depth_of(self, reference: Reference) -> int:
        sentence, tree = self._sentence(reference)
        index = _token_at(tree, reference.start)
        return _depth(tree, index) if sentence.parsed and index >= 0 else 0

    def _is_joined(self, reference: Reference) -> bool:
        """Whether a reference stands in a list: one of several, whom "she" seldom takes up."""
        _, tree = self._sentence(reference)
        members = tree.inside(Span(reference.start, reference.end))
        return any(
            tree.tokens[i].deprel == "conj"
            or any(tree.tokens[c].upos in {"PROPN", "NOUN"} for c in tree.relation(i, "conj"))
            for i in members
        )

    def _is_called(self, reference: Reference) -> bool:
        """Whether a name is what somebody is called, or whom an actor plays: "as Hamlet"."""
        _, tree = self._sentence(reference)
        first = _token_at(tree, reference.start)
        return first > 0 and tree.texts[first - 1] in _CALLING


def _token_at(tree: Tree, place: int) -> int:
    """The index of the token that begins at an offset; -1 when none does."""
    return next(iter(tree.beginning_in(Span(place, place + 1))), -1)


def _depth(tree: Tree, index: int) -> int:
    """How many clauses stand above a word."""
    relations = (tree.tokens[i].deprel.split(":")[0] for i in (index, *tree.ancestors(index)))
    return min(_DEEPEST, sum(relation in _CLAUSES for relation in relations))
