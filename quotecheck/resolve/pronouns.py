"""Pronouns: the gender they tell, where they stand, and the noun that "who" belongs to."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.annotations import ParsedDocument, Sentence, Span

__all__ = ["GENDERS", "Echo", "echoes", "relative_antecedent"]

GENDERS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
"""Pronouns for one person with the gender they tell: "m" or "f"."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A pronoun for one person outside quotation marks."""

    span: Span
    sentence: int
    gender: str
    subject: bool
    possessive: bool


def echoes(parsed: ParsedDocument, quoted: Sequence[Span]) -> deque[Echo]:
    """The pronouns for one person in a document, in text order, those in quotations left out."""
    found: deque[Echo] = deque()
    marks = sorted(quoted)
    here = 0
    for number, sentence in enumerate(parsed.sentences):
        for token in sentence.tokens:
            if token.upos != "PRON" or token.text.lower() not in GENDERS:
                continue
            while here < len(marks) and marks[here].end <= token.start:
                here += 1
            if here < len(marks) and marks[here].start <= token.start:
                continue
            low = token.text.lower()
            possessive = token.xpos == "PRP$" or token.deprel == "nmod:poss"
            subject = token.deprel.startswith("nsubj") or (
                not sentence.parsed and low in {"he", "she"}
            )
            found.append(Echo(token.span, number, GENDERS[low], subject, possessive))
    return found


def relative_antecedent(sentence: Sentence, pronoun: Span) -> Span | None:
    """The noun with its modifiers that a relative pronoun stands for, by the parse."""
    tokens = sentence.tokens
    for token in tokens:
        if token.start != pronoun.start or token.head < 0:
            continue
        verb = tokens[token.head]
        if verb.deprel.startswith("acl") and verb.head >= 0:
            noun = tokens[verb.head]
            left = [t for t in tokens if t.head == verb.head and t.end <= noun.start] or [noun]
            last = [t for t in tokens if t.head == verb.head and t.deprel.startswith("flat")]
            return Span(min(t.start for t in left), max(t.end for t in [noun, *last]))
    return None
