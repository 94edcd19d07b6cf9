"""Clauses that look like reports and tell what is: silence, what is known, what a picture shows."""

from __future__ import annotations

import re
from typing import Final

from quotecheck.language.cue_classes import class_of, group_of
from quotecheck.language.person_nouns import person_nouns
from quotecheck.language.quotation_characters import ANY_MARK
from quotecheck.language.register_names import is_plural_person_noun
from quotecheck.records.quotation import Attribution

__all__ = ["tells_what_is"]

_FEW_WORDS: Final = 2
"""Words in marks, and no more, that are held at arm's length: "what he considers “smart”"."""
_SILENCE: Final = re.compile(
    r"(?:nothing|no more|little|not a word|not much|nothing (?:more|else|further))"
    r"(?:,?\s+(?:and|but|as|when|until|while|before|after|at|for|to|about|in)\b.*)?",
    re.IGNORECASE | re.DOTALL,
)
_ASKED: Final = re.compile(r"(?:asked|pressed|questioned|quizzed|challenged)\b", re.IGNORECASE)
_SAYING: Final = frozenset({"say", "speak", "add", "reply", "answer", "tell"})
_QUOTING: Final = frozenset({"quote", "cite"})
_SOMEBODY: Final = re.compile(
    r"(?:an?|the|its|his|her|their|one|two|three|several|some)(?: [a-z-]+){1,4}"
)
_KNOWN: Final = re.compile(r"\bknown\b", re.IGNORECASE)
_FOR_WHAT: Final = re.compile(r"(?<!\s)\s++(?:\w++\s++)?(?:for|as)\b", re.IGNORECASE)
_AS_IT_IS: Final = re.compile(r"\bas\s[^.;:]{1,60}\Z", re.IGNORECASE)
_BEFORE: Final = 70
"""Characters before a cue in which "as his shed is known" begins."""
_NO_SIGN: Final = re.compile(
    r"(?:no|little|few|every|any)\s+(?:signs?|interest|mercy|emotions?|remorse)\b"
)
_PICTURES: Final = re.compile(
    r"\b(?:photo(?:graph)?s?|pictures?|images?|footage|paintings?|drawings?|sketch(?:es)?|maps?|charts?|"
    r"graphs?|diagrams?|screens?|films?|movies?|cartoons?|murals?|statues?|posters?|stamps?|shelf|shelves|windows?)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"\b(?:that|how|whether|where|why|what|is|are|was|were|has|have|had|will|would|can|could|did|\w+ed|"
    r"\w+ing)\b"
)


def _is_person(content: str) -> bool:
    """Whether the last word is a noun for a person or people: "an unnamed aide"."""
    last = content.rpartition(" ")[2].lower()
    return last in person_nouns() or is_plural_person_noun(last)


def tells_what_is(text: str, attribution: Attribution) -> bool:
    """Whether a reading takes for a report what only tells how things are.

    "said nothing", "what he considers “smart”", "is known for her temper", "as the shed is known",
    "has shown no sign of age", "asked about the vote, she laughed", "quoting an unnamed aide",
    and a picture that shows a thing: "the photo shows a boy", not "the photo shows that he fell".

    Args:
        text: the raw text.
        attribution: one reading.
    """
    if not attribution.cue or not attribution.content:
        return False
    content = attribution.content[-1].of(text).strip()
    cue = " ".join(span.of(text) for span in attribution.cue)
    if content[:1] and content[0] in ANY_MARK:
        is_short = sum(len(span.of(text).split()) for span in attribution.content) <= _FEW_WORDS
        return is_short and group_of(class_of(attribution.cue_lemma or cue)) == "attitude"
    end = attribution.cue[-1].end
    if _ASKED.match(cue) and attribution.source:
        behind, place = attribution.content[-1].end, attribution.source[0].start
        return end <= attribution.content[0].start and text[behind:place].strip() == ","
    if attribution.cue_lemma in _QUOTING and _SOMEBODY.fullmatch(content):
        return _is_person(content)
    known = _KNOWN.search(cue)
    if known is not None:
        start = max(0, attribution.cue[0].start - _BEFORE)
        if _FOR_WHAT.search(cue, known.end()) or _FOR_WHAT.match(text, end):
            return True
        return bool(_AS_IT_IS.search(text, start, attribution.cue[0].start))
    if attribution.cue_lemma in _SAYING or cue.lower() in {"said", "says", "say", "saying"}:
        return bool(_SILENCE.fullmatch(content))
    if attribution.cue_lemma == "show" or re.search(r"\bsh[oe]w", cue):
        source = " ".join(span.of(text) for span in attribution.source)
        shown = bool(_PICTURES.search(source)) and not _CLAUSE.search(content)
        return shown or bool(_NO_SIGN.match(content.lower()))
    return False
