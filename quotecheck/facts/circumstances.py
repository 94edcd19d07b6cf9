"""To whom, when and where something was said, as the clause of the cue tells it."""

from __future__ import annotations

from typing import Final

from quotecheck.facts.addressees import (
    NOUNS_TO,
    SPEAKING,
    add_listener,
    can_be_addressee,
    leads_to_listener,
    objects,
)
from quotecheck.facts.time_expressions import is_time_noun, times_in
from quotecheck.language.outlets import is_outlet
from quotecheck.records.text import Span
from quotecheck.syntax.clause import Clause
from quotecheck.syntax.phrases import (
    NAMED_PLACES,
    WHERE,
    governed,
    phrase_end,
    spans,
    with_state,
    words_of,
)
from quotecheck.syntax.tree import Tree, runs

__all__ = ["circumstances_of"]

# What a place or a time may hang on and still be that of the utterance.
_OCCASIONS: Final = NOUNS_TO | frozenset(
    "interview news-conference conversation call post op-ed article column video press-release "
    "release exchange discussion talk".split()
)
# Places and occasions that need no name.
_PLACES: Final = frozenset(
    "rally podium stage floor conference meeting hearing debate event house hall court courtroom "
    "headquarters studio convention summit ceremony dinner lunch breakfast luncheon fundraiser "
    "forum town-hall trail campus street office airport church school university hotel stop visit "
    "trip tour appearance gathering session briefing speech march vigil funeral party reception "
    "trial lecture panel plane car bus train city town village state country county region capital "
    "square park stadium arena center centre museum library theater theatre restaurant bar home "
    "room kitchen farm factory lobby steps pulpit lectern platform bench sermon service parade "
    "protest demonstration".split()
)
# Occasions that hold words rather than people when they follow "in" ("in a speech").
_NOT_WITH_IN: Final = frozenset("speech lecture sermon appearance visit party session".split())
_ON_PLACES: Final = frozenset(
    "stage floor trail campus street podium plane bus train tour step steps platform bench farm "
    "capitol hill".split()
)
# Relations that lead out of the cue's clause.
_AWAY: Final = frozenset(
    "nsubj ccomp csubj conj cc punct aux cop mark parataxis discourse vocative appos expl list dep "
    "xcomp acl advcl".split()
)
_REPORTED: Final = frozenset("release post publish issue send air broadcast record".split())
_OF: Final = frozenset({"of", "'s", "'"})
_STOPS: Final = frozenset({"VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"})
_BESIDE_TOKENS = 6
"""Tokens beside the cue that may be a time without a preposition."""
_FURTHEST_TOKENS = 14
"""Tokens from the cue within which a time or place still belongs to it."""


def circumstances_of(
    clause: Clause, text: str
) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    """Addressee, time and place of an utterance, each as spans in text order."""
    sentence = clause.sentence
    region = _region(clause)
    times = [pair for run in runs(region) for pair in times_in(sentence, run)]
    in_times = {i for first, last in times for i in range(first, last + 1)}
    free = region - in_times
    listeners: list[tuple[int, int]] = []
    places: list[tuple[int, int]] = []
    for head in objects(clause):
        if head not in in_times:
            add_listener(clause, head, free, in_times, listeners, text, is_object=True)
    for index in sorted(free):
        token = sentence.tokens[index]
        if token.upos not in {"ADP", "SCONJ"} and token.deprel != "case":
            continue
        head = governed(sentence, index, free)
        if head < 0:
            continue
        word = sentence.texts[index]
        if leads_to_listener(clause, word, head, index):
            add_listener(clause, head, free, in_times, listeners, text, is_object=False)
        elif word in WHERE and _is_place(sentence, word, head):
            last = with_state(clause, phrase_end(sentence, head, free, places=True))
            if places and places[-1][1] == index - 1:  # "at a forum in Virginia" is one place
                places[-1] = (places[-1][0], last)
            elif not any(index <= b and last >= a for a, b in places):
                places.append((index, last))
    said_to = [pair for pair in listeners if not any(_meet(pair, p) for p in places)]
    return (
        spans(sentence, said_to),
        spans(sentence, times),
        spans(
            sentence, [p for p in places if not is_outlet(words_of(sentence, text, p[0] + 1, p[1]))]
        ),
    )


def _region(clause: Clause) -> set[int]:
    """The tokens around the cue that name its circumstances: no source, content or outlet."""
    sentence, tokens = clause.sentence, clause.sentence.tokens
    if not sentence.parsed:
        return _region_in_line(clause)
    region: set[int] = set()
    stack = [i for i in {clause.head, *clause.verbs} if i >= 0]
    stack += _main_verbs(clause)
    tops = set(stack)
    visited: set[int] = set(stack)
    leading = _shared_adjuncts(clause)
    stack += leading
    visited.update(leading)
    region.update(leading)
    cue = set(clause.cue)

    def carries(index: int) -> bool:
        """Whether time and place of this word are those of the utterance."""
        return (
            index in tops
            or index in cue
            or sentence.lemmas[index] in _OCCASIONS
            or sentence.lemmas[index] in _PLACES
            or can_be_addressee(sentence, index)
            or tokens[index].upos in {"VERB", "ADP", "ADV"}
            or is_time_noun(sentence.texts[index])  # "on Sunday night in Leeds"
        )

    while stack:
        node = stack.pop()
        for child in sentence.children[node]:
            if child in visited or child in clause.content or child in clause.source:
                continue
            relation = clause.relation(child)
            if relation in _AWAY and not _stays(clause, child, relation, node in tops):
                continue
            if relation in {"nmod", "obl"} and not carries(node) and not _is_of(sentence, child):
                continue
            visited.add(child)
            stack.append(child)
            if child not in clause.barred:
                region.add(child)
    region |= _beside(clause)
    region.update(i for i in clause.cue if i not in clause.barred and tokens[i].upos != "PUNCT")
    # A comma that stands inside an expression ("Tuesday, Nov. 8") holds it together.
    commas = {i + 1 for i in region if i + 2 in region and _is_comma(sentence, i + 1)}
    return region | (commas - clause.barred)


def _is_of(sentence: Tree, index: int) -> bool:
    """Whether a phrase with "of", or a possessive, is a part of the one before it."""
    cases = [sentence.texts[k] for k in sentence.children[index] if sentence.texts[k] in _OF]
    return bool(cases) or sentence.tokens[index].deprel != "nmod"


def _stays(clause: Clause, child: int, relation: str, at_top: bool) -> bool:
    """Whether a clause below still says how the cue's act was done."""
    token, lemma = clause.sentence.tokens[child], clause.sentence.lemmas[child]
    if relation == "advcl":
        return at_top and token.xpos == "VBG" and lemma in SPEAKING
    if relation == "acl":
        return token.deprel == "acl" and token.xpos in {"VBN", "VBG"} and lemma in _REPORTED
    if relation == "xcomp":
        return child in clause.cue
    return False


def _main_verbs(clause: Clause) -> list[int]:
    """The main verb of a participle clause: "He spoke on Tuesday, saying that …"."""
    if clause.verb < 0:
        return []
    tokens = clause.sentence.tokens
    verb = clause.above[-1] if clause.above else clause.verb
    token = tokens[verb]
    head = token.head
    if head < 0 or head in clause.barred or token.xpos != "VBG":
        return []
    if token.deprel in {"advcl", "conj"} and tokens[head].upos == "VERB":
        return [head]
    return []


def _shared_adjuncts(clause: Clause) -> list[int]:
    """What stands in front of the first of joined verbs: "On Monday, he came and said that …"."""
    if clause.verb < 0:
        return []
    tokens = clause.sentence.tokens
    verb = clause.verbs[-1]
    head = tokens[verb].head
    if tokens[verb].deprel != "conj" or head < 0 or head in clause.barred:
        return []
    subjects = clause.kids(head, "nsubj")
    if not subjects or clause.kids(verb, "nsubj"):
        return []
    return [i for i in clause.kids(head, "obl") if i < subjects[0] and i not in clause.barred]


def _beside(clause: Clause) -> set[int]:
    """The words right beside the cue, whatever the parser ties them to.

    In "Dahl on Tuesday rejected it" and "told CNN Tuesday" the day often hangs on the name.
    """
    tokens = clause.sentence.tokens
    beside: set[int] = set()
    for step in (-1, 1):
        node = clause.cue[0 if step < 0 else -1] + step
        run: list[int] = []
        while 0 <= node < len(tokens) and len(run) <= _BESIDE_TOKENS:
            if node in clause.content or node in clause.source:
                break
            if tokens[node].upos in _STOPS:
                run = run if step > 0 else []  # in front, only what joins source and cue
                break
            run.append(node)
            node += step
        else:
            run = []
        beside.update(i for i in run if i not in clause.barred)
    return beside


def _region_in_line(clause: Clause) -> set[int]:
    """The same without a tree: the words on either side of the cue, up to a mark or a content."""
    tokens = clause.sentence.tokens
    region = {i for i in clause.cue if i not in clause.barred}
    for step in (-1, 1):
        node = clause.cue[0 if step < 0 else -1] + step
        passed = 0
        while 0 <= node < len(tokens) and passed < _FURTHEST_TOKENS:
            if node in clause.content or tokens[node].text in {";", ":", "“", "”", '"', "—", "("}:
                break
            if tokens[node].text == "," and step > 0:
                break
            if node not in clause.barred:
                region.add(node)
            node += step
            passed += 1
    return region


def _is_place(sentence: Tree, word: str, head: int) -> bool:
    lemma = sentence.lemmas[head]
    if word == "on":
        return lemma in _ON_PLACES
    if sentence.labels.get(head) in NAMED_PLACES:
        return True
    if word == "in" and lemma in _NOT_WITH_IN:
        return False
    return lemma in _PLACES and sentence.tokens[head].upos in {"NOUN", "PROPN"}


def _is_comma(sentence: Tree, index: int) -> bool:
    return sentence.texts[index] == ","


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]
