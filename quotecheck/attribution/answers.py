"""Words without a reporting clause after a sentence that tells who answers.

"He laughed. “I am in talks with my landlord.”"; "Asked about the penalty, Brekke turned to his
captain. “He took it.”" In a dialogue other evidence decides (`quotecheck.coreference.dialogue`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from quotecheck.attribution.text_view import TextView, Word
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import Span

__all__ = ["with_answerer"]

_BEATS: Final = frozenset(
    "laugh smile grin shrug nod sigh pause frown wince chuckle giggle snort blink hesitate beam "
    "smirk grimace".split()
)
"""What people do with their faces before they answer."""
_ASKED = re.compile(
    r"(?:When )?(?:asked|pressed|questioned|quizzed|challenged)\b[^,“”\"]{1,160},\s", re.IGNORECASE
)
_PASSING_ON: Final = frozenset(
    "decline refuse refer direct point leave walk hang say tell add reply answer".split()
)
"""What whoever is asked does instead of answering, and verbs that have words of their own."""
_SUBJECTS: Final = frozenset({"PROPN", "NOUN", "DET", "ADJ", "PUNCT"})
_FINITE: Final = frozenset({"VBD", "VBZ"})
_MOST_BEAT_WORDS: Final = 7
"""Words of a sentence that tells no more than such a beat; by eye."""
_CONFIDENCE: Final = 0.8
"""By eye; below that of a clause beside the words."""


def with_answerer(view: TextView, attribution: Attribution) -> Attribution:
    """A quotation without a source, given to whoever the sentence before it says answers.

    Whoever is named in a later paragraph, without a cue, is not a source.
    """
    if not attribution.is_speech or attribution.cue or view.is_dialogue:
        return attribution
    if attribution.source and _is_same_paragraph(view, attribution):
        return attribution
    if attribution.source:
        rule = "quoted:orphan" if attribution.kind == "direct" else attribution.rule
        attribution = replace(attribution, source=(), rule=rule)
    if attribution.rule != "quoted:orphan":
        return attribution
    words = _sentence_before(view, attribution.content[0].start)
    answerer = _who(view, words) if words else None
    if answerer is None:
        return attribution
    subject, verb = answerer
    return replace(
        attribution,
        source=(Span(subject[0].token.start, subject[-1].token.end),),
        cue=(verb.token.span,),
        cue_lemma=verb.token.lemma,
        rule="quoted:introduced",
        confidence=_CONFIDENCE,
    )


def _is_same_paragraph(view: TextView, attribution: Attribution) -> bool:
    """Whether no paragraph begins between the words and a source after them."""
    low, high = attribution.content[-1].end, attribution.source[0].start
    return view.paragraph_at(high) <= view.paragraph_at(low - 1)


def _sentence_before(view: TextView, place: int) -> list[Word]:
    """The words of the sentence that ends right before a place in the same paragraph."""
    paragraph = view.paragraphs[view.paragraph_at(place)]
    if view.text[paragraph.start : place].rstrip()[-1:] != ".":
        return []
    before = view.words_in(Span(paragraph.start, place))
    words = [word for word in before if word.tree is before[-1].tree] if before else []
    return [] if any(word.quoted for word in words) else words


def _who(view: TextView, words: Sequence[Word]) -> tuple[Sequence[Word], Word] | None:
    """Who answers, and the verb that tells what they did first."""
    asked = _ASKED.match(view.text, words[0].token.start, words[-1].token.end)
    clause = [w for w in words if asked is None or w.token.start >= asked.end()]
    place = 0
    while place < len(clause) and clause[place].token.upos in _SUBJECTS:
        place += 1
    if not place and clause and clause[0].token.text.lower() in {"he", "she"}:
        place = 1
    while place < len(clause) and clause[place].token.upos == "ADV":
        place += 1
    subject = [w for w in clause[:place] if w.token.upos not in {"ADV", "PUNCT"}]
    verb = clause[place] if place < len(clause) else None
    if verb is None or not subject or verb.token.xpos not in _FINITE:
        return None
    lemma = verb.token.lemma.lower()
    if asked is not None:
        return None if lemma in _PASSING_ON or verb.token.upos != "VERB" else (subject, verb)
    if lemma not in _BEATS or len(clause) > _MOST_BEAT_WORDS:
        return None
    # "Lee laughed and Orr blushed.": either may go on.
    others = any(_begins_a_clause(clause, number) for number in range(place + 1, len(clause)))
    return None if others else (subject, verb)


def _begins_a_clause(clause: Sequence[Word], number: int) -> bool:
    """Whether a verb has a noun or a name right in front of it: "… and Orr blushed"."""
    token, before = clause[number].token, clause[number - 1].token
    return token.xpos in _FINITE and before.upos in {"PROPN", "NOUN", "PRON"}
