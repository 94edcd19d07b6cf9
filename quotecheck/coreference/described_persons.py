"""Persons whom a text describes and does not name: "the landlord", "a tall girl", the narrator.

They take part in what a text tells like any other, so a pronoun may mean them; who is described
has no name to give, and so nobody else is given for them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.coreference.mention_heads import is_person_noun
from quotecheck.coreference.persons import Person, PersonMention
from quotecheck.language.person_nouns import noun_gender
from quotecheck.records.text import ParsedDocument, Sentence, Span
from quotecheck.syntax.tree import tree_of

__all__ = ["described_persons"]

_INDEFINITE = frozenset("a an another one".split())
_DEFINITE = frozenset("the this that his her their its my our your".split())
_LINKING = frozenset("be become as like remain seem".split())
_MODIFIERS = frozenset({"ADJ", "NUM", "ADV", "NOUN"})
_LONGEST = 6
"""Words that may stand between an article and its noun."""
_RIVALS = 8
"""Persons with the same noun among whom the one that is meant again is looked for."""
_NARRATOR = frozenset("i me my myself mine".split())
_LEAST_NARRATED = 3
"""Times that "I" stands outside quotation marks in a text that is told by somebody in it."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True)
class _Phrase:
    first: int
    last: int
    noun: str
    definite: bool
    others: frozenset[str]


def described_persons(
    parsed: ParsedDocument, quoted: Sequence[Span]
) -> list[tuple[PersonMention, Person]]:
    """Where persons are described without a name, outside quotation marks, in text order.

    "a man" is somebody new, "the man" the last of whom that was said, unless the words beside the
    noun tell another ("the old man", "the young man").
    """
    quotations = sorted(quoted)
    starts = [span.start for span in quotations]
    last: dict[str, list[tuple[Person, frozenset[str]]]] = {}
    described: list[tuple[PersonMention, Person]] = []
    narrator: list[PersonMention] = []
    for number, sentence in enumerate(parsed.sentences):
        tokens = sentence.tokens
        for index, token in enumerate(tokens):
            pronoun = token.upos == "PRON" and token.text.lower() in _NARRATOR
            if not pronoun and (token.upos != "NOUN" or token.xpos != "NN"):
                continue
            place = bisect_right(starts, token.start) - 1
            if place >= 0 and token.start < quotations[place].end:
                continue
            if pronoun:
                subject = token.text == "I"
                narrator.append(PersonMention(token.span, number, "I", subject))
                continue
            phrase = _phrase(sentence, index)
            if phrase is None:
                continue
            span = Span(tokens[phrase.first].start, tokens[phrase.last].end)
            person = _bearer(last, phrase, span.of(parsed.text))
            subject = _is_subject(sentence, phrase.last)
            appearance = PersonMention(span, number, person.name, subject)
            person.appearances.append(appearance)
            person.starts.append(span.start)
            described.append((appearance, person))
    if sum(a.subject for a in narrator) >= _LEAST_NARRATED:
        teller = Person("I", narrator, [a.span.start for a in narrator], described=True)
        described += [(appearance, teller) for appearance in narrator]
        described.sort(key=lambda item: item[0].span)
    return described


def _bearer(
    last: dict[str, list[tuple[Person, frozenset[str]]]], phrase: _Phrase, words: str
) -> Person:
    described = last.setdefault(phrase.noun, [])
    if phrase.definite:
        for person, others in reversed(described[-_RIVALS:]):
            if not phrase.others or not others or phrase.others & others:
                return person
    person = Person(" ".join(words.split()), gender=noun_gender(phrase.noun), described=True)
    described.append((person, phrase.others))
    return person


def _phrase(sentence: Sentence, index: int) -> _Phrase | None:
    """The noun phrase of a singular noun for a person; None where it describes somebody named."""
    tokens = sentence.tokens
    head = tokens[index]
    if not is_person_noun(head) or head.deprel in {"compound", "amod"}:
        return None
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is not None and following.upos in {"PROPN", "NOUN"}:
        return None
    behind = (
        tokens[index + 2 : index + 4] if following is not None and following.text == "," else ()
    )
    if any(t.upos == "PROPN" for t in behind):
        return None
    first = index
    while first and index - first < _LONGEST and tokens[first - 1].upos in _MODIFIERS:
        first -= 1
    if not first:
        return None
    article = tokens[first - 1].text.lower()
    if article in {"'s", "’s"}:
        owner = first - 2
        while owner > 0 and tokens[owner - 1].upos == "PROPN":
            owner -= 1
        return _Phrase(max(0, owner), index, head.lemma.lower(), True, frozenset())
    if article not in _INDEFINITE | _DEFINITE or _is_said_of(sentence, first - 1, index):
        return None
    words = frozenset(t.text.lower() for t in tokens[first:index])
    return _Phrase(first - 1, index, head.lemma.lower(), article in _DEFINITE, words)


def _is_said_of(sentence: Sentence, article: int, head: int) -> bool:
    """Whether a description stands beside somebody ("Tom Lee, the cook"; "he was a cook")."""
    tokens = sentence.tokens
    if tokens[head].deprel == "appos":
        return True
    if any(tokens[child].deprel == "cop" for child in tree_of(sentence).children[head]):
        return True
    if not article:
        return False
    before = tokens[article - 1]
    if before.lemma.lower() in _LINKING:
        return True
    return before.text == "," and article > 1 and tokens[article - 2].upos == "PROPN"


def _is_subject(sentence: Sentence, last: int) -> bool:
    tokens = sentence.tokens
    if tokens[last].deprel.startswith("nsubj"):
        return True
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    return not sentence.parsed and behind is not None and behind.xpos in _FINITE
