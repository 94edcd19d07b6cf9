"""Persons, the places where they are named, and which of several a bare surname means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from quotecheck.language.name_parts import parts, surname_of
from quotecheck.language.person_nouns import (
    SUFFIXES,
    given_name_gender,
    given_names_agree,
    likely_given_gender,
)
from quotecheck.records.text import Span

__all__ = [
    "Person",
    "PersonMention",
    "compatible",
    "given_gender",
    "is_fuller",
    "most_likely_people",
    "most_likely_person",
]

_LOWER_PARTS = frozenset("de la le van von der den di da del al el bin ibn ben dos du y e".split())
_WIFE = frozenset("mrs madame mme".split())
_NEAR = 1500
"""Characters within which the last bearer of a surname is likely to be meant again."""
_MOST_BEARERS = 64
"""Persons who share a word of a name and are all looked at, a word at a time."""
_CALLED = 2.0
"""What having been called by the bare given name before counts for it, and against the surname."""
_FADING = 150
"""Characters after which having been named counts half."""


@dataclass(slots=True)
class PersonMention:
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
    many of them are more than a bare name; ``called`` are the bare names outside quotation marks,
    folded. ``described`` is True for somebody without a name, whose ``name`` are the words for
    them ("the landlord", "I"): nobody is ever called that.
    """

    name: str
    appearances: list[PersonMention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    gender: str = ""
    full: int = 0
    called: set[str] = field(default_factory=set)
    described: bool = False

    @property
    def surname(self) -> str:
        """The last word of the name that is not "Jr."."""
        return surname_of(self.name)

    @property
    def mention(self) -> Span:
        """Where the fullest name first stands."""
        full = (a for a in self.appearances if a.name == self.name)
        return next(full, self.appearances[0]).span


def given_gender(name: str) -> str:
    """What the given name at the start of a name tells: "m", "f" or ""."""
    words = parts(name)
    if not words:
        return ""
    return given_name_gender(words[0]) or (likely_given_gender(words[0]) if words[1:] else "")


def is_fuller(name: str, other: str) -> bool:
    """Whether a name has more words than another, or the same not in capitals."""
    return len(parts(name)) > len(parts(other)) or (
        len(parts(name)) == len(parts(other)) and other.isupper() and not name.isupper()
    )


def compatible(a: list[str], b: list[str]) -> bool:
    """Whether two names may be the same person's, from their words (`parts`) alone.

    >>> compatible(["debbie", "wasserman", "schultz"], ["wasserman", "schultz"])
    True
    >>> compatible(["bill", "clinton"], ["hillary", "clinton"])
    False
    """
    sons = {w for w in a if w in SUFFIXES}, {w for w in b if w in SUFFIXES}
    a = [w for w in a if w not in SUFFIXES]
    b = [w for w in b if w not in SUFFIXES]
    if not a or not b or (sons[0] and sons[1] and sons[0] != sons[1]):
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(long) > 2 and long[0] in _WIFE and short != long:
        return short == long[-1:]  # "Mrs Robert Hale" is neither Robert nor Mrs Hale
    if len(short) == 1:
        return (
            short[0] == long[-1]
            or (short[0] == long[0] and len(long) > 1)
            or (short[0] in long and short[0] not in _LOWER_PARTS)
        )
    if a[-1] != b[-1] and not (short[-1] in long and "-" in short[-1] + long[-1]):
        return False
    if short == long[-len(short) :]:
        return True
    if len(a) > 2 and len(b) > 2 and a[1][0] != b[1][0]:
        return False  # George W. is not George H. W.
    if a[0] == b[0]:
        return True
    if len(a[0]) == 1 or len(b[0]) == 1:
        return a[0][0] == b[0][0]
    return given_names_agree(a[0], b[0]) is True


def most_likely_people(bearers: Sequence[Sequence[Person]]) -> Iterator[Person]:
    """The persons among whom the bearer of a name is looked for.

    Where more share a word than any article names, as in lists of a family or of voters, they are
    the first and the last of those who bear the rarest word of the name.

    Args:
        bearers: for each word of the name, those who bear it.
    """
    if sum(map(len, bearers)) <= _MOST_BEARERS:
        yield from chain.from_iterable(bearers)
        return
    rarest = min(bearers, key=len)
    yield from rarest[: _MOST_BEARERS // 2]
    yield from rarest[max(_MOST_BEARERS // 2, len(rarest) - _MOST_BEARERS // 2) :]


def most_likely_person(
    people: Sequence[Person],
    word: str,
    before: int,
    pronoun_gender: str,
    subjects: Collection[int],
) -> Person:
    """Which of those who share a word of their names a bare name at ``before`` means.

    Papers keep the bare surname for the one who was introduced first or is named most in full, and
    give others of the family their given names, unless they were introduced just now. A bare given
    name means the one who was called by it before.

    Args:
        people: the bearers, at least one.
        word: the folded bare name.
        before: the offset of the bare name.
        pronoun_gender: the gender of the pronoun that follows it, "" when none does.
        subjects: the offsets of names that are subjects.
    """
    first = min(people, key=lambda p: p.starts[0])
    fresh = _just_introduced(people, before, subjects)
    by_given = all(p.surname != word for p in people)

    def weight(person: Person) -> tuple[float, int]:
        last = bisect_left(person.starts, before) - 1
        nearness = 0.0
        if last >= 0 and before - person.starts[last] <= _NEAR:
            nearness = 2.0 / (1.0 + (before - person.starts[last]) / _FADING)
            nearness /= 1.0 if person.starts[last] in subjects else 2.0
        gender = person.gender or given_gender(person.name)
        agrees = (
            0.0 if not pronoun_gender or not gender else 1.0 if pronoun_gender == gender else -1.0
        )
        bare = word if by_given else parts(person.name)[0]
        called = bare != person.surname and bare in person.called
        agrees += (_CALLED if by_given else -_CALLED) * called
        named = min(2, person.full) * 0.5 + (person is first) + (person is fresh)
        return named + nearness + agrees, -person.starts[0]

    return max(people, key=weight)


def _just_introduced(
    people: Sequence[Person], before: int, subjects: Collection[int]
) -> Person | None:
    """Of these, the subject named last, if that was shortly before."""
    introduced = [
        (person.starts[at], person)
        for person in people
        if (at := bisect_left(person.starts, before) - 1) >= 0
        and before - person.starts[at] < 2 * _FADING
        and person.starts[at] in subjects
    ]
    return max(introduced, key=lambda item: item[0])[1] if introduced else None
