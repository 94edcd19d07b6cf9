"""Persons, the places where they are named, and which of several a bare surname means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from quotecheck.annotations import Span
from quotecheck.resolve.naming import given_gender, surname_of

__all__ = ["Appearance", "Person", "likely_bearer"]

_NEAR = 1500
"""Characters within which the last bearer of a surname is likely to be meant again."""
_FADING = 150
"""Characters after which having been named counts half."""


@dataclass(slots=True)
class Appearance:
    """One place where a person is named: the bare name's span, and the sentence's number."""

    span: Span
    sentence: int
    name: str
    subject: bool = False
    quoted: bool = False


@dataclass(slots=True)
class Person:
    """A cluster of names. ``name`` is the fullest of them; ``gender`` "m", "f" or "".

    ``starts`` are the offsets of ``appearances`` that were clustered, in order; ``full`` says how
    many of them are more than a bare name.
    """

    name: str
    appearances: list[Appearance] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    gender: str = ""
    full: int = 0

    @property
    def surname(self) -> str:
        """The last word of the name that is not "Jr."."""
        return surname_of(self.name)

    @property
    def mention(self) -> Span:
        """Where the fullest name first stands."""
        full = (a for a in self.appearances if a.name == self.name)
        return next(full, self.appearances[0]).span


def likely_bearer(
    people: Sequence[Person], before: int, told: str, subjects: Collection[int]
) -> Person:
    """Which of those who share a surname a bare name at ``before`` means.

    Papers keep the bare surname for the one who was introduced first or is named most in full, and
    give others of the family their given names, unless they were introduced just now.

    Args:
        people: the bearers, at least one.
        before: the offset of the bare name.
        told: the gender of the pronoun that follows it, "" when none does.
        subjects: the offsets of names that are subjects.
    """
    first = min(people, key=lambda p: p.starts[0])
    fresh = _just_introduced(people, before, subjects)

    def weight(person: Person) -> tuple[float, int]:
        last = bisect_left(person.starts, before) - 1
        nearness = 0.0
        if last >= 0 and before - person.starts[last] <= _NEAR:
            nearness = 2.0 / (1.0 + (before - person.starts[last]) / _FADING)
            nearness /= 1.0 if person.starts[last] in subjects else 2.0
        gender = person.gender or given_gender(person.name)
        agrees = 0.0 if not told or not gender else 1.0 if told == gender else -1.0
        named = min(4, person.full) * 0.5 + (person is first) + (person is fresh)
        return named + nearness + agrees, -person.starts[0]

    return max(people, key=weight)


def _just_introduced(
    people: Sequence[Person], before: int, subjects: Collection[int]
) -> Person | None:
    """Of these, the subject named last, if that was shortly before."""
    held = [
        (person.starts[at], person)
        for person in people
        if (at := bisect_left(person.starts, before) - 1) >= 0
        and before - person.starts[at] < 2 * _FADING
        and person.starts[at] in subjects
    ]
    return max(held, key=lambda item: item[0])[1] if held else None
