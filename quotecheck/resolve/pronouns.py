"""Pronouns and nominals as sources: who "he", "the governor", "who" stand for.

Candidates are ranked by salience in the manner of Lappin and Leass (1994): nearness, subjecthood,
having just spoken, being in the same sentence; number and gender rule out. Weights are few and by
hand; a learned ranker may take their place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.annotations import Span
from quotecheck.resolve.people import Cast, Person

__all__ = ["Turn", "gender_of", "rank_persons"]

_MALE = frozenset({"he", "him", "his", "himself"})
_LOOK_BACK = 200
"""Names before a pronoun that are weighed; what stands further back is out of mind."""
_FEMALE = frozenset({"she", "her", "hers", "herself"})


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody who has spoken before: where, and who."""

    end: int
    paragraph: int
    person: Person


def gender_of(pronoun: str) -> str:
    """What gender a pronoun tells: "m", "f", or "" for none."""
    low = pronoun.lower()
    return "m" if low in _MALE else "f" if low in _FEMALE else ""


def rank_persons(
    cast: Cast,
    place: int,
    sentence: int,
    paragraph: int,
    paragraphs: Sequence[Span],
    turns: Sequence[Turn],
    gender: str,
    content: Sequence[Span],
) -> list[tuple[Person, float]]:
    """Persons that a pronoun at ``place`` may stand for, with probabilities that add up to 1.

    Args:
        cast: the persons of the document.
        place: offset of the pronoun.
        sentence: its sentence's number.
        paragraph: its paragraph's number.
        paragraphs: spans of the paragraphs.
        turns: who spoke before, in order.
        gender: "m", "f" or "" when anyone will do.
        content: the content of the attribution; a name in it is not its speaker.
    """
    last = turns[-1] if turns else None
    best: dict[int, float] = {}
    people: dict[int, Person] = {}
    for appearance, person in cast.before(place, _LOOK_BACK):
        if gender and person.gender and person.gender != gender:
            continue
        if any(c.start <= appearance.span.start < c.end for c in content):
            continue
        back = sentence - appearance.sentence
        apart = paragraph - _paragraph(paragraphs, appearance.span.start)
        weight = 1.0 / (1.0 + 0.5 * max(0, back)) / (1.0 + 0.35 * max(0, apart))
        weight *= 2.2 if appearance.subject else 1.0
        weight *= 0.35 if appearance.quoted else 1.0
        people[id(person)] = person
        best[id(person)] = max(best.get(id(person), 0.0), weight)
    if last is not None and (not gender or last.person.gender in {gender, ""}):
        key = id(last.person)
        people[key] = last.person
        best[key] = best.get(key, 0.0) + 1.6 / (1.0 + 0.7 * max(0, paragraph - last.paragraph))
    scored: list[tuple[Person, float]] = []
    for key, weight in best.items():
        person = people[key]
        weight *= 1.25 if gender and person.gender == gender else 1.0
        scored.append((person, weight + 0.04 * min(8, len(person.appearances))))
    total = sum(score**2 for _, score in scored)
    ranked = [(person, score**2 / total) for person, score in scored] if total else []
    return sorted(ranked, key=lambda item: -item[1])


def _paragraph(paragraphs: Sequence[Span], offset: int) -> int:
    return bisect_right(paragraphs, offset, key=lambda paragraph: paragraph.end)
