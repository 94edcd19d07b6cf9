"""Which of the persons in a source speak, and which only own or are described by it."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from quotecheck.coreference.mention_heads import is_person_noun
from quotecheck.coreference.person_clusters import Person, PersonClusters
from quotecheck.language.person_nouns import person_nouns, titles
from quotecheck.records.text import Sentence, Span, Token
from quotecheck.syntax.tree import tree_of

__all__ = ["speaking_persons"]

_JOINTS = frozenset({"and", "&", ",", "both"})
_CLAUSES = frozenset({"who", "whose", "whom", "that", "which"})
_ASIDE = re.compile(r"(?:(?<!\s)\s++)?[(\[][^()\[\]]{0,200}+[)\]]")
"""What stands in brackets between two names: "(Ky.)"."""
_CALLED = re.compile(
    r"(?<!\bnot)(?<!\bmis)(?:^|\s)(?:later |only |since )?(?:identified|named|known)(?: by \w+)?"
    r"(?: only)? as (?:\w+\.? )?\Z"
)
"""What stands between a noun for somebody and their name."""
_OPENERS = frozenset({"ADP", "VERB", "AUX", "SCONJ", "PART", "CCONJ"})
_BESIDE = frozenset({"appos", "flat", "nmod", "dep", "conj", "compound"})


def speaking_persons(
    text: str, clusters: PersonClusters, source: Span, sentence: Sentence, head: int
) -> list[Person]:
    """The persons a source names as speaking, several when they speak jointly.

    Args:
        text: the raw text.
        clusters: the persons of the document.
        source: the words that name the source.
        sentence: the sentence they stand in.
        head: index of the source's head in it; -1 when there is none.
    """
    named = [(appearance.span, person) for appearance, person in clusters.within(source)]
    if not named:
        return []
    spans = [span for span, _ in named]
    first = _introduced(sentence, source, spans)
    if first is None:
        first = _identified(text, source, spans)
    if first is None:
        first = _set_off(text, sentence, source, spans)
    if first is None and head >= 0:
        place = sentence.tokens[head].span
        first = next((i for i, span in enumerate(spans) if span.overlaps(place)), None)
        if first is None:
            first = _described(text, sentence, source, head, spans)
    if first is None and head >= 0 and _calls_persons(sentence.tokens[head]):
        first = next(
            (i for i, s in enumerate(spans) if _stands_free(text, sentence, s, source)), None
        )
    if first is None:
        return []
    while (
        first
        and re.match(r"\s*(?:and|&)\s", text[spans[first - 1].end : spans[first].start])
        and _joined(text, source, spans[first - 1], spans[first])
    ):
        first -= 1  # the parse may take the last of joint speakers for the head
    chosen = [named[first][1]]
    for (left, _), (right, person) in pairwise(named[first:]):
        if not _joined(text, source, left, right):
            break
        if person not in chosen:
            chosen.append(person)
    return chosen


def _set_off(text: str, sentence: Sentence, source: Span, spans: list[Span]) -> int | None:
    """A name after the comma at the end of a description: "Ann Lee’s lawyer, Jo Marsh,"."""
    name = spans[-1]
    before = [t for t in sentence.tokens if source.start <= t.start < name.start]
    while before and before[-1].text.lower().strip(".") in titles():
        before.pop()
    if text[name.end : source.end].strip(" ,") or len(before) < 2 or before[-1].text != ",":
        return None
    joint = any(t.text.lower() in _JOINTS - {","} for t in before)
    return None if joint or not is_person_noun(before[-2]) else len(spans) - 1


def _identified(text: str, source: Span, spans: list[Span]) -> int | None:
    """A name that a participle gives: "The man, identified as Curtis Vandermolen, 34"."""
    before = text[source.start : spans[0].start]
    owns = text[spans[0].end : spans[0].end + 2] in {"'s", "’s"}
    return 0 if _CALLED.search(before) and not owns else None


def _introduced(sentence: Sentence, source: Span, spans: list[Span]) -> int | None:
    """A name right after the noun for what the person is: "Stein spokeswoman Mel Figueroa"."""
    before = {t.end: t for t in sentence.tokens}
    for number, span in enumerate(spans):
        token = before.get(span.start - 1)
        if token is not None and token.start >= source.start and is_person_noun(token):
            named = [m.span for m in sentence.mentions]  # "Bank of Orland spokeswoman Ann Lee"
            if not number and any(
                t.upos in _OPENERS and not any(m.contains(t.span) for m in named)
                for t in sentence.tokens
                if source.start <= t.start < token.start
            ):
                return None  # "a spokesman for Mayor Ann Lee"
            joint = number and any(
                spans[number - 1].end <= t.start < span.start and t.text in _JOINTS
                for t in sentence.tokens
            )
            if not joint:  # but "Mayor Ann Lee and union secretary Jo Marsh"
                return number
    return None


def _joined(text: str, source: Span, left: Span, right: Span) -> bool:
    between = _ASIDE.sub("", text[left.end : right.start])
    words = re.findall(r"[^\s,]+|,", between)
    rest = [w for w in words if w.lower() not in _JOINTS]
    described = words[:1] in (["and"], ["&"]) and rest and rest[-1].lower() in person_nouns()
    if len(rest) == len(words):
        return False
    if not described and any(w.lower().strip(".") not in titles() for w in rest):
        return False
    linked = re.search(r"\band\b|&", text[left.end : source.end])
    return bool(linked) or not text[right.end : source.end].strip(" ,")


def _described(
    text: str, sentence: Sentence, source: Span, head: int, spans: list[Span]
) -> int | None:
    """A name beside the noun that describes it: "a spokesman, Lee Ross"."""
    token = sentence.tokens[head]
    for number, span in enumerate(spans):
        gap = " ".join(
            w
            for w in text[token.end : span.start].replace(",", " , ").split()
            if w.lower().strip(".") not in titles() and w.lower() not in person_nouns()
        )
        titled = token.text.lower().strip(".") in titles()
        if (is_person_noun(token) or titled) and span.start >= token.end and gap in {"", ","}:
            return number
        ends = text[token.end : span.start] == " " and not text[span.end : source.end].strip(" ,")
        if ends and token.upos == "NOUN" and token.xpos == "NN":
            return number  # "harbour master Nils Brandt", a calling that no list has
        if _is_beside(text, sentence, head, span):
            return number
    tail = text[spans[0].end : source.end].strip()
    if spans[0].start == source.start and tail.startswith((",", "(")):
        return 0
    return None


def _calls_persons(head: Token) -> bool:
    return is_person_noun(head) or head.text.lower().strip(".") in titles()


def _stands_free(text: str, sentence: Sentence, span: Span, source: Span) -> bool:
    """Whether a name neither owns, nor modifies, nor follows a preposition in its phrase.

    That is how "Former prosecutor and New York Mayor Lee Ross" differs from "a spokesman for Lee
    Ross" and from "Lee Ross supporters", where the parse goes wrong.
    """
    tokens = sentence.tokens
    if text[span.end : span.end + 1] in {"'", "’"}:
        return False
    first = bisect_left(tokens, span.start, key=lambda t: t.start)
    behind = bisect_left(tokens, span.end, key=lambda t: t.start)
    if behind < len(tokens) and tokens[behind].upos == "NOUN":
        return False
    before = first - 1
    while before >= 0 and (
        tokens[before].upos in {"DET", "ADJ"}
        or tokens[before].text == "."
        or tokens[before].text.lower().strip(".") in titles()
    ):
        before -= 1
    if before < 0:
        return True
    inside = [t for t in tokens[:first] if t.start >= source.start]
    if any(t.text.lower() in _CLAUSES for t in inside):
        return False
    return tokens[before].upos not in {"ADP", "SCONJ", "VERB"} or (
        tokens[before].text.lower() in {"named", "called"}
    )


def _is_beside(text: str, sentence: Sentence, head: int, span: Span) -> bool:
    """Whether the parse hangs the name on the head, other than as its owner."""
    tokens = sentence.tokens
    token = tokens[head]
    for index in tree_of(sentence).beginning_in(span):
        top = tokens[index]
        if top.head != head or top.deprel.split(":")[0] not in _BESIDE:
            continue
        if text[span.end : span.end + 2] in {"'s", "’s"} or top.deprel == "nmod:poss":
            continue
        if top.deprel == "compound" and span.start < token.start:
            continue
        if top.deprel == "nmod" and span.start > token.end + 1:
            continue
        return True
    return False
