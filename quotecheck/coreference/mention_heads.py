"""What a source turns on: its head, the words around it, and whether that is a person."""

from __future__ import annotations

from collections.abc import Sequence

from quotecheck.language.person_nouns import person_nouns
from quotecheck.records.text import Sentence, Span, Token
from quotecheck.syntax.tree import tree_of

__all__ = ["core_phrase", "head_of", "is_person_noun", "is_singular", "role_words"]

_MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_IN_FULL = {
    "amb": "ambassador", "capt": "captain", "cmdr": "commander", "col": "colonel", "dr": "doctor",
    "gen": "general", "gov": "governor", "lt": "lieutenant", "maj": "major", "prof": "professor",
    "rep": "representative", "rev": "reverend", "sen": "senator", "sgt": "sergeant",
    "pres": "president", "sec": "secretary", "det": "detective", "supt": "superintendent",
}  # fmt: skip
_SAME_OFFICE = {
    "congressman": "representative", "congresswoman": "representative",
    "lawmaker": "representative",
    "chair": "chairman", "chairwoman": "chairman", "chairperson": "chairman",
    "lawyer": "attorney", "frontrunner": "front-runner", "runner": "front-runner",
    "spokesperson": "spokesman", "spokeswoman": "spokesman",
}  # fmt: skip


def is_person_noun(token: Token) -> bool:
    """Whether a noun, singular or plural, is one for persons by office, work or kin."""
    known = person_nouns()
    low, lemma = token.text.lower(), token.lemma.lower()
    return low in known or lemma in known or low.removesuffix("s") in known


def is_singular(token: Token) -> bool:
    """Whether a noun that the tagger calls plural is a known singular ("boss")."""
    return token.text.lower() in person_nouns()


def head_of(sentence: Sentence, span: Span) -> int:
    """The index of the head of the words in ``span``; -1 when it holds no word.

    Trailing punctuation does not count; in a span that the parse breaks up, the head is the first
    word that depends on something outside and is neither adverb nor preposition, if there is any.
    """
    inside = tree_of(sentence).beginning_in(span)
    members = set(inside)
    words = [i for i in inside if sentence.tokens[i].upos != "PUNCT"]
    tops = [i for i in words if sentence.tokens[i].head not in members]
    if not sentence.parsed:
        return _head_unparsed(sentence, words)
    for index in tops:
        if sentence.tokens[index].upos in {"NOUN", "PROPN", "PRON", "NUM"}:
            return index
    return _head_unparsed(sentence, words)  # "two officials close to the talks", a verb at its top


def _head_unparsed(sentence: Sentence, words: Sequence[int]) -> int:
    """The last noun before what may follow a head; -1 when there is no word."""
    best = -1
    for index in words:
        if best >= 0 and index > best + 1 and sentence.tokens[index - 1].upos == "PUNCT":
            break
        token = sentence.tokens[index]
        if token.upos in {"NOUN", "PROPN", "PRON"}:
            best = index
        elif best >= 0 and (token.upos in {"ADP", "VERB", "AUX", "PUNCT", "SCONJ"}):
            break
    return best if best >= 0 else (words[-1] if words else -1)


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


def role_words(role: str | None) -> set[str]:
    """The words of a role in lower case, abbreviated titles also in full ("Gov." -> governor)."""
    words = {w.strip(".,").lower() for w in role.split()} if role else set()
    words |= {_IN_FULL[w] for w in words if w in _IN_FULL}
    return words | {_SAME_OFFICE[w] for w in words if w in _SAME_OFFICE}
