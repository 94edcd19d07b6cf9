"""How far the phrase of a body or a document reaches: what modifies its head, and what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecheck.language.register_names import is_plural_person_noun
from quotecheck.records.text import Span, Token

__all__ = ["end_of_body", "first_modifier", "is_body", "people_behind_dateline"]

_OPENING_CAPITALS = re.compile(r"[^\W\d_a-z]{4,}\s+([^\W\d_a-z][a-zà-ÿ-]+)")
_BEHIND_DASH = re.compile(r"(?:—|–|-)\s?\Z")
_DASH_CHARS = 3
"""Code points in front of a name in which the dash of a dateline stands."""
_BLANKS = 40
"""Blanks in front of a paragraph that are looked through."""

_MODIFIERS = frozenset({"PROPN", "NOUN", "ADJ", "NUM"})
_JOINTS = frozenset({"'s", "’s", "'", "’", "-", "&", "/"})
_BODIES = frozenset(
    "ministry department bank university institute society association council board office "
    "agency bureau commission committee authority chamber school college court church academy "
    "centre center league federation union confederation house trust fund port airport museum "
    "library hospital diocese city county".split()
)
"""Bodies named with "of" or "for": "the Ministry of Fisheries", taken up by "the ministry"."""


def is_body(token: Token) -> bool:
    """Whether a word in capitals is one for a body that "of" may name."""
    return token.lemma.lower() in _BODIES and token.text[:1].isupper()


def end_of_body(tokens: Sequence[Token], index: int) -> int:
    """The last word of a body named with "of" or "for", whose head is at ``index``."""
    if not is_body(tokens[index]):
        return index
    if index + 2 >= len(tokens) or tokens[index + 1].text not in {"of", "for"}:
        return index
    last = index + 2
    if tokens[last].text.lower() == "the" and last + 1 < len(tokens):
        last += 1
    if not tokens[last].text[:1].isupper():
        return index
    while last + 1 < len(tokens) and (
        tokens[last + 1].upos == "PROPN"
        or (
            tokens[last + 1].text in {"and", "&"}
            and last + 2 < len(tokens)
            and tokens[last + 2].upos == "PROPN"
        )
    ):
        last += 1
    return last


def first_modifier(tokens: Sequence[Token], index: int) -> int:
    """The first of the words that modify the head at ``index``; the head where there is none."""
    first = index
    while first > 0 and (tokens[first - 1].upos in _MODIFIERS or tokens[first - 1].text in _JOINTS):
        first -= 1
    while first < index and tokens[first].upos in {"PART", "PUNCT"}:
        first += 1
    return first


def people_behind_dateline(text: str, span: Span) -> str:
    """The people that a source names after a place that opens a paragraph; "" for others.

    >>> people_behind_dateline("STAVNES Coastguards said so.", Span(0, 19))
    'Coastguards'
    >>> people_behind_dateline("TARN (Wire) -- Traders said so.", Span(15, 22))
    'Traders'
    """
    words = span.of(text)
    if words.istitle() and words.isalpha() and is_plural_person_noun(words):
        line = text[max(0, span.start - _DASH_CHARS) : span.start]
        return words if _BEHIND_DASH.search(line) else ""
    opening = _OPENING_CAPITALS.fullmatch(words)
    before = text[max(0, span.start - _BLANKS) : span.start].rstrip(" ")
    if opening is None or (span.start > _BLANKS and not before) or before[-1:] not in {"", "\n"}:
        return ""
    people = is_plural_person_noun(opening[1]) or opening[1].endswith("guards")
    return opening[1] if people else ""
