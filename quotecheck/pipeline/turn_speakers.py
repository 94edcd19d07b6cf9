"""Who holds the turns of a talk that is written down, as its labels say together.

`quotecheck.reading.transcripts` reads the labels of a whole talk at once: that "KEEL" is Andra Keel
and "Q." is who asks. What a label would tell by itself is less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from quotecheck.language.person_nouns import is_title, person_nouns
from quotecheck.language.register_names import names_turn
from quotecheck.reading.transcripts.turns import segments as transcript_segments
from quotecheck.records.document import Document, Segment
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span

__all__ = ["turns_of", "with_turn_speakers"]

_FIRST_PERSON: Final = frozenset({"i", "me", "myself"})


def turns_of(document: Document) -> tuple[Segment, ...]:
    """The turns of a document: those that were read with it, else those that its text shows."""
    return document.segments or transcript_segments(document.text, author=document.author)


def with_turn_speakers(
    quotations: Sequence[Quotation], turns: Sequence[Segment], text: str
) -> tuple[Quotation, ...]:
    """The quotations, each turn with the speaker that its talk gives it.

    What is reported in a turn is relayed by that speaker. A pronoun in it for a third person is
    neither the speaker nor one of those who speak next to them, who are "I" and "you".
    """
    speakers = {turn.start: turn.speaker for turn in turns}
    credited = [
        _credited(quotation, speakers[quotation.content[0].start])
        if _is_turn(quotation) and quotation.content[0].start in speakers
        else quotation
        for quotation in quotations
    ]
    talk = [quotation for quotation in credited if _is_turn(quotation)]
    around = {
        turn.content: {_name(other) for other in talk[max(0, number - 1) : number + 2]} - {None}
        for number, turn in enumerate(talk)
    }
    labels = {span: name for turn in talk if (name := _name(turn)) for span in turn.source}
    tellers = {turn.content: turn.speakers for turn in talk}
    return tuple(_within_turn(quotation, around, labels, tellers, text) for quotation in credited)


def _is_turn(quotation: Quotation) -> bool:
    return quotation.rule == "turn" and not quotation.parent


def _name(quotation: Quotation) -> str | None:
    return quotation.speaker if isinstance(quotation.speaker, str) else None


def _credited(quotation: Quotation, label: str | None) -> Quotation:
    """A turn with the name that its talk gives it; without one where nobody is named."""
    resolved = quotation.speakers[0] if len(quotation.speakers) == 1 else None
    name = _plain_name(label) if label and names_turn(label) else None
    if name is None:
        unnamed = tuple(replace(s, name=None, mention=None) for s in quotation.speakers)
        return replace(quotation, speakers=unnamed, candidates=())
    if resolved is not None and resolved.name and _is_fuller(resolved.name, name):
        return replace(quotation, speakers=(replace(resolved, probability=1.0),), candidates=())
    speaker = Speaker(name, label="person")
    if resolved is not None:
        speaker = replace(speaker, role=resolved.role, role_span=resolved.role_span)
    return replace(quotation, speakers=(speaker,), candidates=(), source_form="name")


def _plain_name(label: str) -> str | None:
    """The name without titles; None where a title or an office is all there is ("The Chair")."""
    words = label.split()
    while words and (is_title(words[0].strip(".").casefold()) or words[0].casefold() == "the"):
        words = words[1:]
    nouns = person_nouns()
    if not words or all(word.casefold() in nouns for word in words):
        return None
    return " ".join(words)


def _is_fuller(resolved: str, labelled: str) -> bool:
    """Whether coreference gives the same name in as many words or more, not in capitals."""
    left, right = resolved.casefold().split(), labelled.casefold().split()
    return right == left[-len(right) :] and (labelled.isupper() or not resolved.isupper())


def _within_turn(
    quotation: Quotation,
    around: Mapping[tuple[Span, ...], set[str | None]],
    labels: Mapping[Span, str],
    tellers: Mapping[tuple[Span, ...], tuple[Speaker, ...]],
    text: str,
) -> Quotation:
    """Speech within a turn, relayed by the turn's speaker under their name."""
    if labels and any(span in labels for span in quotation.via_spans):
        via = tuple(
            labels.get(span, name)
            for span, name in zip(quotation.via_spans, quotation.via, strict=True)
        )
        quotation = replace(quotation, via=via)
    beside = around.get(quotation.parent)
    if beside is None or quotation.source_form != "pronoun":
        return quotation
    words = " ".join(span.of(text) for span in quotation.source).casefold()
    if words in _FIRST_PERSON:
        return replace(quotation, speakers=tellers[quotation.parent], candidates=())
    if not any(speaker.name in beside for speaker in quotation.speakers if speaker.name):
        return quotation
    unnamed = tuple(replace(s, name=None, mention=None) for s in quotation.speakers)
    return replace(quotation, speakers=unnamed, candidates=())
