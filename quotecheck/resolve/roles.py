"""What a person is in the article's words: "Kremlin spokesman", "head of the union"."""

from __future__ import annotations

import re

from quotecheck.annotations import Sentence, Span, Token
from quotecheck.resolve.people import person_nouns, titles

__all__ = ["core_phrase", "head_of", "is_person_noun", "role_at", "role_words"]

_MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_NO_ROLE = frozenset({"mr", "mrs", "ms", "miss", "sir", "lord", "lady", "dame", "then", "ex"})
_LONGEST = 14
_IN_FULL = {
    "amb": "ambassador", "capt": "captain", "cmdr": "commander", "col": "colonel", "dr": "doctor",
    "gen": "general", "gov": "governor", "lt": "lieutenant", "maj": "major", "prof": "professor",
    "rep": "representative", "rev": "reverend", "sen": "senator", "sgt": "sergeant",
}  # fmt: skip
_STOPS = frozenset({",", ";", ".", "“", '"'})


def is_person_noun(token: Token) -> bool:
    """Whether a noun, singular or plural, is one for persons by office, work or kin."""
    known = person_nouns()
    low, lemma = token.text.lower(), token.lemma.lower()
    return low in known or lemma in known or low.removesuffix("s") in known


def head_of(sentence: Sentence, span: Span) -> int:
    """The index of the head of the words in ``span``; -1 when it holds no word."""
    inside = [i for i, t in enumerate(sentence.tokens) if span.start <= t.start < span.end]
    members = set(inside)
    words = [i for i in inside if sentence.tokens[i].upos != "PUNCT"]
    for index in words:
        if sentence.tokens[index].head not in members:
            return index
    return words[-1] if words else -1


def core_phrase(sentence: Sentence, span: Span, head: int) -> Span:
    """Modifiers and head, without article, possessive pronoun and what follows the head."""
    tokens = sentence.tokens
    first = head
    while (
        first > 0
        and tokens[first - 1].start >= span.start
        and (
            tokens[first - 1].upos in _MODIFIERS
            or tokens[first - 1].text in {"'s", "’s", "'", "’", "-", "/", "&"}
            or (
                tokens[first - 1].deprel in {"amod", "compound", "nmod:poss", "flat"}
                and tokens[first - 1].upos not in {"PRON", "DET"}
            )
        )
    ):
        first -= 1
    last = head
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].start < span.end
        and (tokens[last + 1].deprel.startswith("flat") and tokens[last + 1].head in {head, last})
    ):
        last += 1
    return Span(tokens[first].start, tokens[last].end)


def role_at(text: str, sentence: Sentence, name: Span) -> str | None:
    """The role that the words around a name give; None when they give none.

    Args:
        text: the raw text.
        sentence: the sentence the name stands in.
        name: where the bare name stands, without titles.
    """
    tokens = sentence.tokens
    inside = [i for i, t in enumerate(tokens) if name.start <= t.start < name.end]
    if not inside:
        return None
    return (
        _before(text, sentence, inside[0])
        or _apposition(text, sentence, inside)
        or _named_after(text, sentence, inside[0])
        or _copula(text, sentence, inside)
        or _title(text, sentence, inside[0])
    )


def _before(text: str, sentence: Sentence, first: int) -> str | None:
    """Modifiers and a person noun right before the name: "Kremlin spokesman Dmitry Peskov"."""
    tokens = sentence.tokens
    last = first - 1
    if last < 0:
        return None
    noun = tokens[last]
    is_title = noun.text.lower().strip(".") in titles() and noun.text[:1].isupper()
    if not (is_person_noun(noun) or is_title) or noun.text.lower().strip(".") in _NO_ROLE:
        return None
    here = last
    while (
        here > 0
        and last - here < _LONGEST
        and (
            tokens[here - 1].upos in _MODIFIERS
            or tokens[here - 1].text in {"'s", "’s", "-", "&", "of"}
            or (
                tokens[here - 1].upos in {"VERB", "ADV"}
                and tokens[here - 1].deprel in {"amod", "advmod"}
            )
        )
    ):
        if tokens[here - 1].text == "of" and here - 1 == 0:
            break
        here -= 1
    while here < last and tokens[here].upos in {"PART", "PUNCT", "ADP", "ADV"}:
        here += 1
    return _words(text, tokens[here].start, tokens[last].end)


def _apposition(text: str, sentence: Sentence, inside: list[int]) -> str | None:
    """What stands between commas behind the name: "Hugh Hill, a doctor, said"."""
    tokens = sentence.tokens
    here = inside[-1] + 1
    if here < len(tokens) and tokens[here].text in {"(", "["}:
        while here < len(tokens) and tokens[here].text not in {")", "]"}:
            here += 1
        here += 1
    if here >= len(tokens) or tokens[here].text != ",":
        return None
    start = here + 1
    if start < len(tokens) and tokens[start].upos == "NUM" and start + 1 < len(tokens):
        if tokens[start + 1].text == ",":  # "Ann Lee, 55, a teacher, said"
            start += 2
        elif tokens[start + 1].upos == "PUNCT":
            return None
    if start >= len(tokens) or tokens[start].upos in {"VERB", "AUX", "CCONJ", "SCONJ", "PRON"}:
        return None
    if tokens[start].text.lower() in {"who", "whose", "which", "speaking", "then"}:
        return None
    end = start
    while end < len(tokens) and end - start < 24:
        token = tokens[end]
        if token.text in {",", ";", ":", ".", "—", "–", "”", '"', "''", ")"}:
            break
        if token.upos in {"VERB", "AUX"} and token.deprel not in {"amod", "acl"} and end > start:
            break
        if token.text.lower() in {"who", "which", "whose"}:
            break
        end += 1
    words = tokens[start:end]
    if not words:
        return None
    if not any(is_person_noun(t) and t.upos in {"NOUN", "PROPN"} for t in words[:8]):
        return None
    first = 1 if words[0].upos == "DET" and len(words) > 1 else 0
    return _words(text, words[first].start, words[-1].end)


def _named_after(text: str, sentence: Sentence, first: int) -> str | None:
    """A description before a comma: "Trump's campaign manager, Kellyanne Conway"."""
    tokens = sentence.tokens
    if first < 2 or tokens[first - 1].text != ",":
        return None
    head = tokens[first].head
    last = first - 2
    here = last
    while (
        here > 0 and last - here < _LONGEST and tokens[here].text not in {",", ";", ".", "“", '"'}
    ):
        if tokens[here].upos in {"VERB", "AUX", "SCONJ"} and tokens[here].deprel != "amod":
            break
        here -= 1
    start = here if here == 0 and tokens[0].upos not in {"VERB", "AUX", "PUNCT"} else here + 1
    while start < last and tokens[start].upos == "PUNCT":
        start += 1
    words = tokens[start : last + 1]
    if not words or not (start <= head <= last):
        return None
    if not is_person_noun(tokens[head]):
        return None
    begin = 0
    while begin < len(words) - 1 and words[begin].upos in {"CCONJ", "DET", "PRON"}:
        begin += 1
    return _words(text, words[begin].start, words[-1].end)


def _copula(text: str, sentence: Sentence, inside: list[int]) -> str | None:
    """What a sentence says the person is: "Henry Colm is the mayor of Aldry"."""
    tokens = sentence.tokens
    name = tokens[inside[0]]
    if name.deprel != "nsubj" or name.head < 0 or not is_person_noun(tokens[name.head]):
        return None
    verbs = [
        i
        for i, t in enumerate(tokens)
        if t.deprel == "cop" and t.head == name.head and t.xpos != "VB"
    ]
    if not verbs or not inside[-1] < verbs[0] < name.head:
        return None
    start = verbs[0] + 1
    while start < name.head and tokens[start].upos in {"DET", "ADV", "PRON", "PART"}:
        start += 1
    end = name.head
    while end + 1 < len(tokens) and tokens[end + 1].upos in {"ADP", "DET", *_MODIFIERS}:
        end += 1
    while end > name.head and tokens[end].upos in {"ADP", "DET"}:
        end -= 1
    return _words(text, tokens[start].start, tokens[end].end)


def role_words(role: str | None) -> set[str]:
    """The words of a role in lower case, abbreviated titles also in full ("Gov." -> governor)."""
    words = {w.strip(".,").lower() for w in role.split()} if role else set()
    return words | {_IN_FULL[w] for w in words if w in _IN_FULL}


def _title(text: str, sentence: Sentence, first: int) -> str | None:
    tokens = sentence.tokens
    if first == 0:
        return None
    title = tokens[first - 1]
    low = title.text.lower().strip(".")
    if low in titles() and low not in _NO_ROLE and title.text[:1].isupper():
        return _words(text, title.start, title.end)
    return None


def _words(text: str, start: int, end: int) -> str:
    return re.sub(r"\s+", " ", text[start:end]).strip()
