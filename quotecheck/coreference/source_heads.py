"""Which of the persons in a source speak, and which only own or are described by it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
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
_WRITINGS = frozenset(
    "letter message text email e-mail note diary tweet post statement memoir op-ed column essay "
    "journal postcard reply telegram dissent opinion memo autobiography affidavit".split()
)
"""What somebody writes, so that its words are the writer's."""
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
    if first is None and head >= 0 and _is_writers(text, sentence.tokens[head], source, spans[0]):
        first = 0
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
    if (
        joint
        or _is_spoken_of(text, sentence, source, spans)
        or _is_aside(before)
        or not is_person_noun(before[-2])
    ):
        return None
    return len(spans) - 1


def _is_spoken_of(text: str, sentence: Sentence, source: Span, spans: Sequence[Span]) -> bool:
    """Whether whoever stands first speaks of the others: "Ann Lee of her landlord, Jo Marsh"."""
    before = text[source.start : spans[0].start].lower().replace(".", "").split()
    behind = next((t for t in sentence.tokens if t.start >= spans[0].end), None)
    free = all(word in titles() or word in person_nouns() or word == "the" for word in before)
    return len(spans) > 1 and free and behind is not None and behind.upos == "ADP"


def _is_aside(before: Sequence[Token]) -> bool:
    """Whether a phrase is set off in between: "The governor, in a speech read by his deputy,"."""
    return any(a.text == "," and b.upos == "ADP" for a, b in pairwise(before))


def _identified(text: str, source: Span, spans: list[Span]) -> int | None:
    """A name that a participle gives: "The man, identified as Curtis Vandermolen, 34"."""
    before = text[source.start : spans[0].start]
    owns = text[spans[0].end : spans[0].end + 2] in {"'s", "’s"}
    return 0 if _CALLED.search(before) and not owns else None


def _introduced(sentence: Sentence, source: Span, spans: list[Span]) -> int | None:
    """A name right after the noun for what the person is: "Stein spokeswoman Mel Figueroa"."""
    before = {t.end: t for t in sentence.tokens}
    owners = {t.start for t in sentence.tokens if t.text in {"'s", "’s", "'", "’"}}
    for number, span in enumerate(spans):
        if span.end in owners and span.end < source.end - 1:
            continue  # "Governor Ann Lee's spokesman"
        token = before.get(span.start - 1)
        if token is not None and token.start >= source.start and is_person_noun(token):
            named = [m.span for m in sentence.mentions]  # "Bank of Orland spokeswoman Ann Lee"
            if (
                not number
                and not _is_set_in(sentence, source, token)
                and any(
                    t.upos in _OPENERS and not any(m.contains(t.span) for m in named)
                    for t in sentence.tokens
                    if source.start <= t.start < token.start
                )
            ):
                return None  # "a spokesman for Mayor Ann Lee"
            joint = number and any(
                spans[number - 1].end <= t.start < span.start and t.text in _JOINTS
                for t in sentence.tokens
            )
            if not joint:  # but "Mayor Ann Lee and union secretary Jo Marsh"
                return number
    return None


def _is_set_in(sentence: Sentence, source: Span, noun: Token) -> bool:
    """Whether a name and its noun follow a clause with "who": "The man who built it, architect"."""
    words = [t for t in sentence.tokens if source.start <= t.start <= noun.start]
    opens = [t.text.lower() for t in words[:4]]
    return (
        "who" in opens and words[-2].text == "," and is_person_noun(words[opens.index("who") - 1])
    )


def _joined(text: str, source: Span, left: Span, right: Span) -> bool:
    between = _ASIDE.sub("", text[left.end : right.start])
    words = re.findall(r"[^\s,]+|,", between)
    rest = [w for w in words if w.lower() not in _JOINTS]
    described = words[:1] in (["and"], ["&"]) and rest and rest[-1].lower() in person_nouns()
    if len(rest) == len(words):
        return False
    if not described and any(w.lower().strip(".") not in titles() for w in rest):
        return False
    if re.search(r"\band\b|&", text[left.end : source.end]):
        return True
    # "Ann Lee, Jo Marsh", but "Stan Gough, Ardley" is a place and "The Oba of Lagun, Oba Adeyemi"
    # an office
    first, second = left.of(text).split(), right.of(text).split()
    if len(second) < len(first) == 2 or "of" in first or set(first) & set(second):
        return False
    return not text[right.end : source.end].strip(" ,")


def _described(
    text: str, sentence: Sentence, source: Span, head: int, spans: list[Span]
) -> int | None:
    """A name beside the noun that describes it: "a spokesman, Lee Ross"."""
    token = sentence.tokens[head]
    for number, span in enumerate(spans):
        gap = " ".join(
            w
            for w in text[token.end : span.start].replace(",", " , ").split()
            if w.strip(".") and w.lower().strip(".") not in titles()
            if w.lower() not in person_nouns()
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


def _is_writers(text: str, head: Token, source: Span, name: Span) -> bool:
    """Whether a name at the source's start owns what it wrote: "Miss Orr’s last message"."""
    before = text[source.start : name.start].lower().replace(".", "").split()
    owns = text[name.end : name.end + 2] in {"'s", "’s"} or (
        text[name.end - 1] == "s" and text[name.end : name.end + 1] in {"'", "’"}
    )
    titled = all(word in titles() or word in {"the", "late"} for word in before)
    return owns and titled and head.start > name.end and head.lemma.lower() in _WRITINGS


def _calls_persons(head: Token) -> bool:
    return is_person_noun(head) or head.text.lower().strip(".") in titles()


def _stands_free(text: str, sentence: Sentence, span: Span, source: Span) -> bool:
    """Whether a name neither owns, nor modifies, nor follows a preposition in its phrase.

    That is how "Former prosecutor and New York Mayor Lee Ross" differs from "a spokesman for Lee
    Ross", from "the widow of painter Lee Ross" and from "Lee Ross supporters", where the parse goes
    wrong.
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
        or (tokens[before].upos == "NOUN" and is_person_noun(tokens[before]))
        or tokens[before].text.lower().strip(".") in titles()
    ):
        before -= 1
    if before < 0:
        return True
    inside = [t for t in tokens[:first] if t.start >= source.start]
    if any(t.text.lower() in _CLAUSES for t in inside) or _is_aside(inside):
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
        if _belongs_to_other(tokens, head, index):
            continue
        return True
    return False


def _belongs_to_other(tokens: Sequence[Token], head: int, name: int) -> bool:
    """Whether a name is of whom the head is somebody's: "the widow of painter Lee Ross"."""
    between = tokens[head + 1 : name]
    if not between or between[-1].upos != "NOUN" or not is_person_noun(between[-1]):
        return False
    return any(t.upos == "ADP" for t in between) and all(t.text != "," for t in between)
