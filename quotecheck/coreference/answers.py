"""What the resolver finds out of one source, on its way to a quotation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quotecheck.coreference.person_clusters import Person
from quotecheck.coreference.role_index import joined_roles, words_at
from quotecheck.records.quotation import Attribution, Evidence, Speaker
from quotecheck.records.text import Span

__all__ = ["FIRST", "LEAST_GUESS", "Answer", "first_person", "guesses", "with_descriptions"]

FIRST = frozenset("i we me us my our myself ourselves mine ours".split())
"""Pronouns of the one who speaks or writes."""
_NESTED = 24
"""Contents looked back at for the one that "I" stands in."""

LEAST_GUESS = 0.05
"""The probability below which nobody is a candidate worth showing."""
_MOST_GUESSES = 5  # Candidates that are shown. By eye.


@dataclass(frozen=True, slots=True)
class Answer:
    """Who stands behind a source.

    ``person`` is the one after the speaker, if it is a single one; ``ranked`` are all who may be
    meant by a pronoun or a description, with their probabilities. ``confidence`` replaces that of
    the attribution, where what is known of the dialogue says more than the words beside the marks.
    """

    speakers: tuple[Speaker, ...] = ()
    form: str = "none"
    role: str | None = None
    candidates: tuple[tuple[str, float], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    person: Person | None = None
    ranked: tuple[tuple[Person, float], ...] = ()
    confidence: float | None = None


def guesses(ranked: Sequence[tuple[Person, float]]) -> tuple[tuple[str, float], ...]:
    """The names that are shown as candidates, best first."""
    named = [(p.name, round(share, 3)) for p, share in ranked if not p.described]
    return tuple(guess for guess in named[:_MOST_GUESSES] if guess[1] >= LEAST_GUESS)


def with_descriptions(text: str, described: Mapping[Span, Span], answer: Answer) -> Answer:
    """The answer with the roles that only a description elsewhere tells ("the billionaire").

    Args:
        text: the raw text.
        described: where descriptions stand, by the mention of the person they mean.
        answer: what was found out.
    """
    if not any(s.mention in described and s.role is None for s in answer.speakers):
        return answer
    speakers = []
    for speaker in answer.speakers:
        role = described.get(speaker.mention) if speaker.mention else None
        if role is not None and speaker.role is None:
            speaker = replace(speaker, role=words_at(text, role), role_span=role)
        speakers.append(speaker)
    return replace(answer, speakers=tuple(speakers), role=joined_roles(speakers))


def first_person(
    text: str, attributions: Sequence[Attribution], answers: Sequence[Answer]
) -> list[Answer]:
    """The answers again: after "I" and "we" in a quotation stands its speaker."""
    contents = sorted(
        (span.start, span.end, number)
        for number, attribution in enumerate(attributions)
        for span in attribution.content
    )
    completed = []
    for attribution, answer in zip(attributions, answers, strict=True):
        source = attribution.source[0] if attribution.source else None
        first = source is not None and source.of(text).lower().strip(" ,") in FIRST
        if source is not None and first and answer.form == "pronoun":
            place = bisect_right(contents, (source.start, len(text), 0))
            for start, end, number in reversed(contents[max(0, place - _NESTED) : place]):
                outer = answers[number]
                if outer is not answer and start <= source.start and source.end <= end:
                    answer = replace(answer, speakers=outer.speakers, role=outer.role)
                    break
        completed.append(answer)
    return completed
