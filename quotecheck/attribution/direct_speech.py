"""Direct quotations: whole sentences in quotation marks, and to whom their surroundings give them.

Rules in order, surest first, each with a name that the result carries (the sieves of Muzny et al.
2017 are the model): the credit after the quotation, the credit before it, a quotation that goes
on, a paragraph that introduces the next. What no rule takes stays without a source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotecheck.attribution.adjacent_cue import (
    CueAndSource,
    credit_after,
    credit_before,
    interruption,
)
from quotecheck.attribution.speech_acts import stand_adjacent
from quotecheck.attribution.text_view import QuotedSentence, TextPart, TextView, Word
from quotecheck.language.reporting_verbs import introduces_speech
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import QuotedPassage, Span

__all__ = ["direct_quotations", "is_sentence"]

_INTRODUCERS = frozenset({",", ":", ";", "—", "–", "--", "-", "..."})


_NEAR = 60
"""Code points within which a cue after a quotation is closer to it than one before."""


@dataclass(slots=True)
class _CreditedQuotation:
    """A credit and the passages it holds for."""

    credit: CueAndSource
    passages: list[QuotedPassage]


@dataclass(slots=True)
class _Open:
    """A quotation under construction, and where it may still go on."""

    attribution: Attribution
    place: int
    paragraph: int
    whole: bool
    unclosed: bool


def direct_quotations(view: TextView) -> tuple[list[Attribution], list[QuotedPassage]]:
    """Direct quotations with their credits, and the passages that are none.

    Returns:
        The attributions in text order, and the passages left for the rules on mixed quotations,
        scare quotes and titles.
    """
    attributions: list[Attribution] = []
    left: list[QuotedPassage] = []
    last: _Open | None = None
    lead: CueAndSource | None = None
    for number in range(len(view.paragraphs)):
        waiting: list[QuotedPassage] = []
        stretches = view.stretches(number)
        for place, stretch in enumerate(stretches):
            passages = [p.passage for p in stretch.parts if p.passage is not None]
            if not passages:
                lead = _introduction(stretch) if stretch is stretches[-1] else None
                continue
            credited, rest = _credits(view, stretch)
            if credited:
                while waiting and (
                    _is_anothers(view, waiting[-1], credited[0].passages[0])
                    or _is_reply(view, waiting)
                ):
                    attributions.append(_orphan(waiting.pop()))
                credited[0].passages[:0] = waiting
                waiting = []
                for quotation in credited:
                    content = tuple(p.outer for p in quotation.passages)
                    attributions.append(_attribution(content, quotation.credit))
                last = _Open(
                    attributions[-1],
                    len(attributions) - 1,
                    number,
                    True,
                    not credited[-1].passages[-1].closed,
                )
                left.extend(rest)
            elif _alone(stretch):
                passage = passages[0]
                beside = _in_dialogue(view, stretches, place)
                joined = _goes_on(last, passage, number, len(waiting) > 0 or beside)
                if joined is not None and last is not None:
                    attributions[last.place] = joined
                    last = _Open(joined, last.place, number, True, not passage.closed)
                elif lead is not None and lead.source:
                    rule = lead.rule if lead.rule == "words of" else "introduced"
                    attributions.append(_attribution((passage.outer,), replace(lead, rule=rule)))
                    last = _Open(
                        attributions[-1], len(attributions) - 1, number, True, not passage.closed
                    )
                elif is_sentence(view, passage):
                    waiting.append(passage)
                else:
                    left.append(passage)
            else:
                left.extend(p for p in passages if p is not None)
                last = None
            lead = None
        for passage in waiting:
            attributions.append(_orphan(passage))
            last = _Open(attributions[-1], len(attributions) - 1, number, False, not passage.closed)
    return sorted(attributions, key=lambda a: a.content[0]), left


def is_sentence(view: TextView, passage: QuotedPassage) -> bool:
    """Whether a passage reads as a sentence of its own rather than as a phrase."""
    words = passage.inner.of(view.text).split()
    if not words:
        return False
    first = next((c for c in words[0] if c.isalnum()), "")
    ends = passage.inner.of(view.text).rstrip("”\"’'»")[-1:] in set(".?!,…—-")
    return len(words) >= 2 and (first.isupper() or first.isdigit()) and (ends or len(words) >= 5)


def _in_dialogue(view: TextView, stretches: Sequence[QuotedSentence], place: int) -> bool:
    """Whether words without a credit are answered by words right after them."""
    if place + 1 >= len(stretches):
        return False
    first, second = stretches[place].parts[-1].passage, stretches[place + 1].parts[0].passage
    return first is not None and second is not None and stand_adjacent(view.text, first, second)


def _is_anothers(view: TextView, passage: QuotedPassage, following: QuotedPassage) -> bool:
    """Whether words without a credit are separate from what follows them in the paragraph.

    A question is asked of somebody else, and words beside words have another speaker.
    """
    asks = passage.inner.of(view.text).rstrip("”\"’'»").endswith("?")
    return asks or stand_adjacent(view.text, passage, following)


def _is_reply(view: TextView, waiting: Sequence[QuotedPassage]) -> bool:
    """Whether the last of some words without a credit answers the one before it."""
    return len(waiting) > 1 and stand_adjacent(view.text, waiting[-2], waiting[-1])


def _attribution(content: tuple[Span, ...], credit: CueAndSource) -> Attribution:
    return Attribution(
        content=tuple(sorted(content)),
        cue=credit.cue,
        source=credit.source,
        kind="direct",
        rule=f"quoted:{credit.rule}",
        confidence=credit.confidence,
        cue_lemma=credit.lemma,
    )


def _orphan(passage: QuotedPassage) -> Attribution:
    return Attribution(
        content=(passage.outer,),
        cue=(),
        source=(),
        kind="direct",
        rule="quoted:orphan",
        confidence=0.3,
    )


def _alone(stretch: QuotedSentence) -> bool:
    """Whether nothing but passages, punctuation and a connective stands in the stretch."""
    return all(
        part.passage is not None or all(w.token.upos in {"PUNCT", "CCONJ"} for w in part.words)
        for part in stretch.parts
    )


def _introduction(stretch: QuotedSentence) -> CueAndSource | None:
    """The credit of a sentence that ends in a colon and so introduces what follows."""
    words = stretch.parts[-1].words
    if not words or words[-1].token.text != ":":
        return None
    return credit_before(words, strong=True)


def _goes_on(
    last: _Open | None, passage: QuotedPassage, paragraph: int, waiting: bool
) -> Attribution | None:
    """The quotation that ``passage`` continues, grown by it; None when it begins a new one."""
    if last is None or waiting or not last.whole:
        return None
    if (
        passage.continues
        or (last.unclosed and paragraph == last.paragraph + 1)
        or paragraph == last.paragraph
    ):
        rule = last.attribution.rule
    else:
        return None
    grown = (*last.attribution.content, passage.outer)
    return replace(last.attribution, content=grown, rule=rule)


def _credits(
    view: TextView, stretch: QuotedSentence
) -> tuple[list[_CreditedQuotation], list[QuotedPassage]]:
    """The credits of a stretch with the passages each holds for, and the passages without one."""
    parts = stretch.parts
    first = next(i for i, p in enumerate(parts) if p.passage is not None)
    passage = parts[first].passage
    lead = parts[first - 1].words if first else ()
    following = parts[first + 1].words if len(parts) > first + 1 else ()
    if len(parts) > first + 1 and parts[first + 1].passage is not None:
        following = ()
    bare_lead = all(w.token.upos in {"PUNCT", "CCONJ", "ADV", "INTJ"} for w in lead)
    credit = None
    beat = interruption(parts[first:]) if bare_lead else None
    if beat is not None and passage is not None:
        later = [p.passage for p in parts[first + 1 :] if p.passage is not None]
        return [_CreditedQuotation(beat, [passage, later[0]])], later[1:]
    if bare_lead:
        credit = credit_after(following) if following else None
        if credit is not None and not credit.source and credit.rule != "cue-alone":
            credit = None
    elif passage is not None and _is_introduced(view, lead[-1].token.text, passage):
        credit = _closer(following) or credit_before(lead, strong=True)
    if credit is None or passage is None:
        return [], [p.passage for p in parts if p.passage is not None]
    credited = [_CreditedQuotation(credit, [passage])]
    return credited, _share(view, parts, first, credited)


def _closer(words: Sequence[Word]) -> CueAndSource | None:
    """A full credit right after a quotation that was also introduced: 'He was blunt: "No," …'."""
    if not words or words[0].token.upos == "CCONJ":
        return None
    credit = credit_after(words)
    good = {"subject-cue", "inverted"}
    if credit is None or credit.rule not in good or not introduces_speech(credit.lemma):
        return None
    return credit if credit.cue[0].start - words[0].token.start < _NEAR else None


def _share(
    view: TextView, parts: tuple[TextPart, ...], first: int, credited: list[_CreditedQuotation]
) -> list[QuotedPassage]:
    """Gives the later passages of a stretch their credit: the same, or that of a new cue.

    "A," he said, "B" is one quotation; "A," he said, adding, "B" are two by one speaker.
    """
    rest: list[QuotedPassage] = []
    for number in range(first + 1, len(parts)):
        passage = parts[number].passage
        if passage is None:
            continue
        words = parts[number - 1].words if parts[number - 1].passage is None else ()
        known = {span.start for h in credited for span in h.credit.cue}
        fresh = [
            w
            for w in words
            if w.token.upos == "VERB"
            and introduces_speech(w.token.lemma)
            and w.token.start not in known
        ]
        mark = words[-1].token if words else None
        resumed = mark is None or mark.text in _INTRODUCERS or mark.upos == "VERB"
        answer = _answer(parts, number) if mark is not None else None
        if answer is not None:
            credited.append(_CreditedQuotation(answer, [passage]))
        elif len(passage.inner.of(view.text).split()) < 2 or not resumed:
            rest.append(passage)
        elif fresh and mark is not None and mark.text in _INTRODUCERS | {fresh[-1].token.text}:
            cue = fresh[-1]
            later = [w for w in words if w.token.start > credited[-1].credit.cue[-1].start]
            credit = credit_before(later, strong=True) if later else None
            source = credit.source if credit else ()
            if cue.token.xpos == "VBG" or not source:
                source = credited[-1].credit.source
            credited.append(
                _CreditedQuotation(
                    CueAndSource((cue.token.span,), source, cue.token.lemma, "added", 0.9),
                    [passage],
                )
            )
        else:
            credited[-1].passages.append(passage)
    return rest


def _answer(parts: tuple[TextPart, ...], number: int) -> CueAndSource | None:
    """The credit right after a passage that another's words lead to: "A," said Lee; "B," said Orr.

    None where the words in front do not end with what joins two clauses.
    """
    mark = parts[number - 1].words[-1].token
    if mark.text != ";" and mark.upos not in {"CCONJ", "SCONJ"}:
        return None
    behind = parts[number + 1] if number + 1 < len(parts) else None
    if behind is None or behind.passage is not None:
        return None
    credit = _closer(behind.words)
    return credit if credit is not None and credit.source else None


def _is_introduced(view: TextView, before: str, passage: QuotedPassage) -> bool:
    """Whether the quotation stands apart from the clause that leads up to it."""
    inner = passage.inner.of(view.text)
    first = next((c for c in inner if c.isalnum()), "")
    if before == ":":
        return True
    return before in _INTRODUCERS and (first.isupper() or first.isdigit() or len(inner) > 60)
