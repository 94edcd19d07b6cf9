"""Reported speech as the parse shows it: a cue, who stands behind it, what hangs on it.

A frame is a way in which a reporting expression takes its content, after the treatment of verbs
of communication in Levin (1993) and of attribution in the Penn Discourse Treebank:

========== ======================================== =================================
frame      example                                  content
========== ======================================== =================================
clause     she said (that) it rains                 the complement clause
aside      it rains, she said                       the clause the cue is set into
infinitive she asked him to stay                    object and infinitive
object     she criticised the plan                  the object
as         she described it as absurd               object and "as" phrase
oblique    she warned of rain                       the prepositional phrase
noun       her claim that it rains                  the clause under the noun
according  according to her, it rains               the clause it is set into
as said    it rains, as she put it                  the clause it is set into
adverb     it will reportedly rain                  the clause of the adverb
========== ======================================== =================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from quotecheck.language.outlets import MEDIUM_NOUNS
from quotecheck.language.reporting_verbs import introduces_speech, is_act
from quotecheck.syntax.tree import Tree

__all__ = ["ADVERBS", "Frame", "FrameName", "frames"]

_WHEN: Final = frozenset("on in at during after before when while as late early".split())
"""Words that end who is named and begin when or where: "said Ann Lee on Monday, adding"."""
_LONGEST_SUBJECT: Final = 16
"""Words of who is named after a cue; by eye: a name, a role and a place take twelve."""

FrameName = Literal[
    "clause",
    "aside",
    "infinitive",
    "object",
    "as",
    "oblique",
    "noun",
    "according",
    "as said",
    "adverb",
]

_NOUNS_WITH_CLAUSE = frozenset({"acl", "ccomp"})
_ASKED = frozenset("asked pressed questioned challenged quizzed".split())
"""Participles of verbs whose object is who answers."""
_LIGHT = frozenset({"make", "hold", "have", "take", "express", "give", "issue", "voice", "be"})
ADVERBS = frozenset({"allegedly", "purportedly", "reportedly", "supposedly"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading of one cue. Numbers are token indices of the sentence.

    ``key`` is the lemma under which the lexicon knows the cue ("say"; "warn of" with its
    preposition). ``source`` is the run of tokens that names who, empty when nobody is named.
    """

    name: FrameName
    key: str
    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: frozenset[int]


def frames(tree: Tree, hidden: Callable[[int], bool]) -> Iterator[Frame]:
    """Every frame in a sentence, sure or not: the lexicon decides which of them count.

    Args:
        tree: the parsed sentence.
        hidden: says of a token whether it stands in quotation marks; such a token is never a cue
            or a source.
    """
    for index, token in enumerate(tree.tokens):
        if hidden(index):
            continue
        if token.text.lower() in ADVERBS:
            yield from _adverbial(tree, index)
        elif token.text.lower() == "according":
            yield from _according(tree, index, hidden)
        elif token.upos == "VERB" or (token.upos == "AUX" and token.lemma != "be"):
            yield from _verbal(tree, index, hidden)
        elif token.upos in {"NOUN", "ADJ"}:
            yield from _nominal(tree, index, hidden)


def _cue(tree: Tree, verb: int) -> tuple[int, ...]:
    """The verb with its particle and the words fused to it ("point out")."""
    particles = [c for c in tree.relation(verb, "compound") if tree.tokens[c].upos == "ADP"]
    return (verb, *particles)


def _key(tree: Tree, cue: tuple[int, ...]) -> str:
    return " ".join(tree.tokens[i].lemma.lower() for i in cue)


def _source(tree: Tree, verb: int, hidden: Callable[[int], bool]) -> tuple[int, ...]:
    agent = [child for child in tree.agents(verb) if not hidden(child)]
    if agent:
        return tuple(tree.noun_phrase(agent[0], [verb]))
    if tree.is_passive(verb):
        return ()
    subject = tree.subject(verb)
    if subject is None or tree.tokens[subject].head != verb:
        nearer = tree.phrase_before(verb)
        if nearer and not any(hidden(i) for i in nearer):
            return tuple(nearer)
    if subject is None or hidden(subject):
        return _behind_cue(tree, verb, hidden)
    return tuple(tree.noun_phrase(subject, [verb]))


def _behind_cue(tree: Tree, verb: int, hidden: Callable[[int], bool]) -> tuple[int, ...]:
    """Who said what a participle goes on from: “…,” said Ann Lee, adding that nobody came."""
    tokens = tree.tokens
    if tokens[verb].xpos != "VBG" or verb < 3 or tokens[verb - 1].text != ",":
        return ()
    first = verb - 1
    while first and tokens[first - 1].upos not in {"VERB", "AUX"} and not hidden(first - 1):
        first -= 1
    cue = first - 1
    if cue < 0 or hidden(cue) or tokens[cue].xpos not in {"VBD", "VBZ"}:
        return ()
    if not introduces_speech(tokens[cue].lemma):
        return ()
    before = [i for i in tree.relation(cue, "nsubj") if i < cue and not hidden(i)]
    if before:  # “…,” Ann Lee said, adding that: some parses make it the content of "said"
        return tuple(tree.noun_phrase(before[0], [cue]))
    last = next((i for i in range(first, verb - 1) if tree.texts[i] in _WHEN), verb - 1)
    words = tokens[first:last]
    if not 0 < len(words) <= _LONGEST_SUBJECT:
        return ()
    nominal = words[0].upos in {"DET", "NOUN", "PROPN", "PRON", "ADJ"} and any(
        word.upos in {"NOUN", "PROPN", "PRON"} for word in words
    )
    return tuple(range(first, last)) if nominal else ()


def _verbal(tree: Tree, verb: int, hidden: Callable[[int], bool]) -> Iterator[Frame]:
    cue = _cue(tree, verb)
    key = _key(tree, cue)
    source = _source(tree, verb, hidden)
    cue_words = set(source) | set(cue)
    token = tree.tokens[verb]
    as_said = _as_clause(tree, verb)
    if as_said is not None:
        if not any(hidden(i) for i in as_said.source):
            yield as_said
        return
    if _is_asked(tree, verb):
        return
    objects = tree.relation(verb, "obj")
    clauses = [c for c in tree.relation(verb, "ccomp") if c != verb]
    if not clauses and (clause := _clause_apart(tree, verb)) is not None:
        clauses = [clause]
        source = tuple(index for index in source if index not in tree.subtree(clause))
        cue_words = set(source) | set(cue)
    if token.deprel.split(":")[0] == "parataxis" and token.head >= 0 and not clauses:
        whole = tree.subtree(token.head, [verb])
        yield Frame("aside", key, cue, source, frozenset(whole - cue_words))
        return
    for clause in clauses[:1]:
        content = tree.subtree(clause) - cue_words
        yield Frame("clause", key, cue, source, frozenset(content))
        return
    infinitives = [
        c
        for c in tree.relation(verb, "xcomp", "advcl")
        if any(tree.tokens[m].lemma == "to" for m in tree.relation(c, "mark"))
    ]
    if infinitives:
        content = set()
        for part in (*objects[:1], infinitives[0]):
            content |= tree.subtree(part)
        yield Frame("infinitive", key, cue, source, frozenset(content - cue_words))
        return
    complements = [c for c in tree.relation(verb, "xcomp") if c not in infinitives]
    by_as = [
        c
        for c in tree.relation(verb, "obl", "advcl", "xcomp")
        if any(tree.tokens[m].text.lower() == "as" for m in tree.relation(c, "case", "mark"))
    ]
    if objects and (complements or by_as):
        content = tree.subtree(objects[0]) | tree.subtree((complements or by_as)[0])
        yield Frame("as", key, cue, source, frozenset(content - cue_words))
        return
    if objects and is_act(token.lemma.lower(), tree.lemmas[objects[0]]):
        return
    if objects:
        yield Frame("object", key, cue, source, frozenset(tree.subtree(objects[0]) - cue_words))
        return
    for child in tree.relation(verb, "obl", "advcl"):
        prepositions = [
            m
            for m in tree.relation(child, "case", "mark")
            if tree.tokens[m].upos in {"ADP", "SCONJ"}
        ]
        if child > verb and prepositions and tree.tokens[child].deprel != "obl:agent":
            preposition = tree.tokens[prepositions[0]].text.lower()
            content = tree.subtree(child) - cue_words
            yield Frame("oblique", f"{key} {preposition}", cue, source, frozenset(content))
            return


def _is_asked(tree: Tree, verb: int) -> bool:
    """Whether a participle tells who was asked: "Solheim, asked if she would run, said …"."""
    tokens = tree.tokens
    if tokens[verb].text.lower() not in _ASKED or verb < 2 or tokens[verb - 1].text != ",":
        return False
    if tokens[verb - 2].upos not in {"PROPN", "NOUN", "PRON"}:
        return False
    return any(
        tokens[comma].text == "," and introduces_speech(tokens[comma + 1].lemma)
        for comma in range(verb + 2, len(tokens) - 1)
        if tokens[comma + 1].xpos in {"VBD", "VBZ"}
    )


def _clause_apart(tree: Tree, verb: int) -> int | None:
    """The clause with "that" that a parse ties to a phrase before it, and not to its verb.

    "It was claimed by the guild that …", "it was announced on Monday that …", "said in a letter
    that …".
    """
    subjects = tree.relation(verb, "nsubj", "expl", "csubj")
    impersonal = any(tree.texts[child] == "it" for child in subjects) and tree.is_passive(verb)
    for phrase in (*tree.agents(verb), *tree.relation(verb, "obl")):
        carries = tree.lemmas[phrase] in MEDIUM_NOUNS and introduces_speech(tree.lemmas[verb])
        if phrase < verb or not (impersonal or carries):
            continue
        below = (*tree.relation(phrase, "acl", "ccomp", "advcl"), *tree.relation(verb, "advcl"))
        for child in below:
            first = tree.extents[child][0]
            joined = [c for c in tree.children[child] if tree.texts[c] == "that" and c > phrase]
            if any(tree.tokens[c].upos == "SCONJ" or _has_subject(tree, child) for c in joined):
                return child if first > phrase else None
    return None


def _has_subject(tree: Tree, clause: int) -> bool:
    """Whether a clause has a subject of its own that is not "that"."""
    return any(tree.texts[c] != "that" for c in tree.relation(clause, "nsubj", "csubj", "expl"))


def _as_clause(tree: Tree, verb: int) -> Frame | None:
    """A cue in a clause of manner ("as Amadi put it"); its content is the clause around it."""
    tokens = tree.tokens
    token = tokens[verb]
    put_it = token.lemma == "put" and verb + 1 < len(tokens) and tokens[verb + 1].text == "it"
    if token.head < 0 or token.deprel.split(":")[0] != "advcl":
        return None
    if not put_it and not introduces_speech(token.lemma):
        return None
    first, last = tree.extents[verb]
    if tokens[first].text == "," and first < verb:
        first += 1
    if tokens[first].text.lower() != "as" or not first < verb:
        return None
    source = list(range(first + 1, verb))
    while source and tokens[source[-1]].upos in {"AUX", "ADV", "PART", "PUNCT"}:
        source.pop()
    if not source or tree.relation(verb, "ccomp"):
        return None
    if not any(tokens[i].upos in {"NOUN", "PROPN", "PRON"} for i in source):
        return None
    whole = tree.subtree(token.head, [verb]) - set(range(first, last + 1))
    cue = (verb, verb + 1) if put_it else (verb,)
    key = "put it" if put_it else token.lemma.lower()
    return Frame("as said", key, cue, tuple(source), frozenset(whole - set(cue)))


def _adverbial(tree: Tree, index: int) -> Iterator[Frame]:
    """The frame of "reportedly" and its like: somebody says so, and it is not said who."""
    head = tree.tokens[index].head
    if head < 0 or tree.tokens[head].upos not in {"VERB", "AUX", "ADJ", "NOUN"}:
        return
    content = tree.subtree(head, [index])
    key = tree.tokens[index].text.lower()
    yield Frame("adverb", key, (index,), (), frozenset(content))


def _nominal(tree: Tree, noun: int, hidden: Callable[[int], bool]) -> Iterator[Frame]:
    clauses = [
        c
        for c in tree.children[noun]
        if tree.tokens[c].deprel in _NOUNS_WITH_CLAUSE
        and c > noun
        and any(tree.tokens[m].lemma in {"that", "to"} for m in tree.relation(c, "mark"))
    ]
    if not clauses:
        return
    owners = [c for c in tree.relation(noun, "nmod") if tree.tokens[c].deprel == "nmod:poss"]
    source: tuple[int, ...] = ()
    token = tree.tokens[noun]
    if owners and not hidden(owners[0]):
        source = tuple(i for i in tree.noun_phrase(owners[0]) if tree.tokens[i].xpos != "POS")
    elif token.head >= 0 and tree.tokens[token.head].lemma in _LIGHT:
        source = _source(tree, token.head, hidden)
    elif token.upos == "ADJ" or tree.relation(noun, "cop"):
        subject = tree.subject(noun)
        if subject is not None and not hidden(subject):
            source = tuple(tree.noun_phrase(subject, [noun]))
    content = tree.subtree(clauses[0]) - set(source) - {noun}
    yield Frame("noun", token.lemma.lower(), (noun,), source, frozenset(content))


def _according(tree: Tree, index: int, hidden: Callable[[int], bool]) -> Iterator[Frame]:
    if index + 1 >= len(tree.tokens) or tree.tokens[index + 1].text.lower() != "to":
        return
    head = tree.tokens[index].head
    if head < 0:
        return
    # "according" is the case of the source noun in current UD; older parses make it the head.
    if tree.tokens[index].deprel in {"case", "fixed"}:
        noun, host = head, tree.tokens[head].head
    else:
        below = tree.relation(index, "obl", "nmod", "obj")
        noun, host = (below[0] if below else -1), head
    if noun < 0 or hidden(noun):
        return
    source = [i for i in tree.noun_phrase(noun, [index + 1]) if i > index + 1]
    if not source:
        return
    if host < 0:
        members = set(range(len(tree.tokens)))
    else:
        members = tree.subtree(host, [noun, index])
        if tree.tokens[host].upos not in {"VERB", "AUX", "ADJ"} and host > 0:
            above = list(tree.ancestors(host))
            members = tree.subtree(above[-1], [noun, index]) if above else members
    members -= {index, index + 1, *source}
    yield Frame("according", "according to", (index, index + 1), tuple(source), frozenset(members))
