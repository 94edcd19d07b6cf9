"""Names that the entity tagger cut short, ran together or took for a person's, put right.

A company by the first word of its name ("Quillon" of Quillon Systems) looks like a surname, a firm
of several people like these people, a name that the tagger does not know like two names.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from quotecheck.coreference.full_names import TAILS
from quotecheck.language.bylines import COMPANY_FORMS, ORGANISATION_NOUNS
from quotecheck.language.person_nouns import is_given_name, titles
from quotecheck.records.text import Mention, ParsedDocument, Sentence, Span, Token

__all__ = ["with_corrected_mentions"]

_START = attrgetter("start")
_PERSON, _ORGANISATION = "Person", "Organization"
_PARTNERS = frozenset("sons daughters brothers sisters co company associates partners".split())
"""Words after "&" at the end of a firm's name."""
_OF_PEOPLE = ORGANISATION_NOUNS - frozenset("holdings group inc limited ltd corp bank".split())
"""Last words of bodies that are named for people, so that their first word may be a person's."""
_ADDRESSES = frozenset("mr mrs ms miss dr prof sir".split())
_PRONOUNS = frozenset("he she his her him himself herself".split())
_SIGHT = 12
"""Words after a name in which a pronoun tells that it is a person's."""
_LONGEST = 5
"""Words of a name that is taken for a company's."""


def with_corrected_mentions(parsed: ParsedDocument) -> ParsedDocument:
    """The document with the names of its sentences put right; the same one if none is wrong."""
    borne = {name for sentence in parsed.sentences for name in _surnames(sentence)}
    sentences = [_within(sentence, borne) for sentence in parsed.sentences]
    known = {_words(m, s) for s in sentences for m in s.mentions}
    sentences = [_with_names_divided(sentence, known) for sentence in sentences]
    short = _short_forms(sentences)
    if short:
        sentences = [_as_bodies(sentence, short) for sentence in sentences]
    if all(a is b for a, b in zip(sentences, parsed.sentences, strict=True)):
        return parsed
    return replace(parsed, sentences=tuple(sentences))


def _surnames(sentence: Sentence) -> Iterator[str]:
    """Words that a person bears, as what stands beside them shows: "Mr Banks", "Banks, who"."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        if not token.text[:1].isupper():
            continue
        behind = [t.text.lower() for t in tokens[index + 1 : index + 3]]
        titled = index > 0 and tokens[index - 1].text.lower().strip(".") in _ADDRESSES
        if titled or "who" in behind[:1] or behind == [",", "who"]:
            yield token.text


def _within(sentence: Sentence, borne: set[str]) -> Sentence:
    """Firms by their form ("Tolliver & Sons"), halves of one name, persons that are none."""
    mentions = list(sentence.mentions)
    for firm in _firms(sentence.tokens):
        mentions = [m for m in mentions if not m.span.overlaps(firm)]
        mentions.append(Mention(firm, _ORGANISATION))
    mentions.sort(key=lambda m: m.span)
    joined: list[Mention] = []
    for mention in mentions:
        if mention.label == _ORGANISATION and _is_persons(sentence, mention, borne):
            mention = replace(mention, label=_PERSON)
        elif mention.label == _PERSON and _is_companys(sentence, mention):
            mention = replace(mention, label=_ORGANISATION)
        if joined and _is_surname_of(sentence, joined[-1], mention):
            joined[-1] = Mention(Span(joined[-1].span.start, mention.span.end), _PERSON)
        else:
            joined.append(mention)
    return sentence if joined == list(sentence.mentions) else _with(sentence, joined)


def _is_persons(sentence: Sentence, mention: Mention, borne: set[str]) -> bool:
    """Whether two words that are marked as a body's name are a person's."""
    words = _words(mention, sentence).split()
    return len(words) == 2 and words[1] in borne and words[1].lower() not in ORGANISATION_NOUNS


def _is_companys(sentence: Sentence, mention: Mention) -> bool:
    """Whether the last word of a name, or "which" after it, is a company's: "Ridley Motors"."""
    words = _words(mention, sentence).split()
    behind = [t.text.lower() for t in sentence.tokens if t.start >= mention.span.end][:2]
    if behind == [",", "which"]:
        return True
    return len(words) > 1 and words[-1].lower() in TAILS and not is_given_name(words[0])


def _firms(tokens: Sequence[Token]) -> Iterator[Span]:
    for index, token in enumerate(tokens):
        low = token.text.lower().strip(".")
        by_form = low in COMPANY_FORMS and token.text[:1].isupper()
        partners = low in _PARTNERS and index > 1 and tokens[index - 1].text == "&"
        if not (by_form or partners):
            continue
        first = index - 1 if partners else index
        while (
            first
            and index - first < _LONGEST
            and (tokens[first - 1].text[:1].isupper() or tokens[first - 1].text == "&")
            and tokens[first - 1].upos in {"PROPN", "NOUN", "ADJ", "CCONJ", "X", "SYM"}
        ):
            first -= 1
        if tokens[first].text[:1].isupper() and first < index:
            yield Span(tokens[first].start, token.end)


def _is_surname_of(sentence: Sentence, given_name: Mention, surname: Mention) -> bool:
    """Whether two persons side by side are one: "Constance" and "Ames" put the lamp down."""
    if given_name.label != _PERSON or surname.label != _PERSON:
        return False
    first, last = _words(given_name, sentence), _words(surname, sentence)
    beside = surname.span.start == given_name.span.end + 1
    single = " " not in first and " " not in last
    if not (beside and single and is_given_name(first)):
        return False
    before = [t.upos for t in sentence.tokens if t.end <= given_name.span.start][-1:]
    return not is_given_name(last) or before != ["VERB"]  # "gave Ann Tom’s letter"


def _with_names_divided(sentence: Sentence, known: set[str]) -> Sentence:
    """Two names that were marked as one, where the second also stands alone somewhere."""
    mentions: list[Mention] = []
    for mention in sentence.mentions:
        left, joint, right = _words(mention, sentence).partition(" and ")
        alone = joint and right in known and len(left.split()) > 1 and " and " not in right
        if not alone or mention.label != _ORGANISATION:
            mentions.append(mention)
            continue
        inside = [t for t in sentence.tokens if mention.span.contains(t.span)]
        at = next(i for i, t in enumerate(inside) if t.text == "and")
        mentions.append(Mention(Span(mention.span.start, inside[at - 1].end), mention.label))
        mentions.append(Mention(Span(inside[at + 1].start, mention.span.end), mention.label))
    return sentence if len(mentions) == len(sentence.mentions) else _with(sentence, mentions)


def _short_forms(sentences: Sequence[Sentence]) -> set[str]:
    """First words of companies by which these are called, and that nobody in the text bears."""
    longer: dict[str, set[str]] = {}
    called: set[str] = set()
    persons: set[str] = set()
    for sentence in sentences:
        for mention in sentence.mentions:
            words = _words(mention, sentence).split()
            if mention.label == _ORGANISATION and 1 < len(words) <= _LONGEST:
                if words[-1].lower().strip(".") not in _OF_PEOPLE:
                    longer.setdefault(words[0], set()).add(" ".join(words))
            elif mention.label == _PERSON and len(words) == 1:
                called.add(words[0])
                if _is_of_person(sentence, mention):
                    persons.add(words[0])
            elif mention.label == _PERSON:
                persons.update(words)
    return {
        word
        for word in called
        if len(longer.get(word, ())) == 1
        and word not in persons
        and not is_given_name(word)
        and len(word) > 2
    }


def _is_of_person(sentence: Sentence, mention: Mention) -> bool:
    """Whether what stands beside a single word shows that a person is called so."""
    before = [t for t in sentence.tokens if t.end <= mention.span.start]
    behind = [t.text.lower() for t in sentence.tokens if t.start >= mention.span.end]
    titled = bool(before) and before[-1].text.lower().strip(".") in titles()
    return titled or not _PRONOUNS.isdisjoint(behind[:_SIGHT])


def _as_bodies(sentence: Sentence, short: set[str]) -> Sentence:
    mentions = [
        replace(m, label=_ORGANISATION) if _words(m, sentence) in short else m
        for m in sentence.mentions
    ]
    return sentence if mentions == list(sentence.mentions) else _with(sentence, mentions)


def _with(sentence: Sentence, mentions: Sequence[Mention]) -> Sentence:
    return replace(sentence, mentions=tuple(sorted(mentions, key=lambda m: m.span)))


def _words(mention: Mention, sentence: Sentence) -> str:
    """The words of a mention, without article and possessive."""
    start, end = mention.span.start, mention.span.end
    tokens = sentence.tokens
    first = bisect_left(tokens, start, key=_START)
    inside = [t.text for t in tokens[first : bisect_right(tokens, end, key=_START)] if t.end <= end]
    if inside and inside[0].lower() == "the":
        inside = inside[1:]
    if inside and re.fullmatch(r"['’]s?", inside[-1]):
        inside = inside[:-1]
    return " ".join(inside)
