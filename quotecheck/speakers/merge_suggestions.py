"""Which speakers of a library are likely the same person: pairs with reasons, for people to judge.

Nothing is merged here. A surname shared by two full names is not a reason, and nothing stands
against two different identifiers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from quotecheck.language.bylines import ORGANISATION_NOUNS
from quotecheck.language.person_names import initials_of, same_person, surname_of
from quotecheck.language.register_names import is_body_of_somebody
from quotecheck.library.library import explained
from quotecheck.library.registering import misregistered
from quotecheck.library.speaker_lookup import share_a_transcript
from quotecheck.speakers.directory import Person, list_speakers
from quotecheck.speakers.lookup import folded

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["MergeSuggestion", "suggest_merges"]

_ALIKE: Final = 88.0
"""From which likeness on (rapidfuzz ratio, 0 to 100) two full names count as spelt alike."""

_CROWD: Final = 60
"""Bearers of one surname among whom spelling and lone surnames tell nothing more."""


@dataclass(frozen=True, slots=True)
class MergeSuggestion:
    """Two speakers who may be one. ``into`` is the one with the fuller name or with more to say.

    ``score`` is in 0..1 and orders the pairs: how strong the evidence is. ``reasons`` say what it
    is, ``doubts`` what a reader should look at first.
    """

    into: str
    other: str
    score: float
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Case:
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, score: float, reason: str) -> None:
        # Independent evidence adds up, and never to certainty.
        self.score = 1 - (1 - self.score) * (1 - score)
        self.reasons.append(reason)


def suggest_merges(library: Library) -> list[MergeSuggestion]:
    """Pairs of speakers who are likely one person, the likeliest first.

    Raises:
        LibraryError: the library cannot be read.
    """
    people = _named(library)
    cases: dict[tuple[int, int], _Case] = {}
    for a, b in sorted(set(_pairs(people))):
        if _numbers(people[a]) != _numbers(people[b]):
            continue  # Speaker 1 is not Speaker 2
        if is_body_of_somebody(people[a].name) != is_body_of_somebody(people[b].name):
            continue  # Norran is not the Norran campaign
        case = _compare(people[a], people[b])
        if case is not None:
            cases[a, b] = case
    for a, b in _lone_surnames(people):
        case = cases.setdefault((a, b), _Case())
        case.add(0.3, "a surname, and only one fuller name here has it")
    suggestions = []
    for (a, b), case in cases.items():
        first, second = people[a], people[b]
        if first.identifier and second.identifier and first.identifier != second.identifier:
            continue
        into, from_ = sorted((first, second), key=_standing, reverse=True)
        doubts = []
        if not (initials_of(first.name) and initials_of(second.name)):
            doubts.append("a lone name may be somebody else's too")
        if _together(library, first, second):
            doubts.append("both have turns in one transcript")
            case.score /= 2
        suggestions.append(
            MergeSuggestion(
                into.name, from_.name, round(case.score, 2), tuple(case.reasons), tuple(doubts)
            )
        )
    return sorted(suggestions, key=lambda pair: (-pair.score, pair.into, pair.other))


def _named(library: Library) -> list[Person]:
    """Those of the register who are named; an older one holds descriptions too ("prosecutors")."""
    with explained(library.path):
        described = {name for _, name in misregistered(library.db)}
    return [person for person in list_speakers(library) if person.name not in described]


def _numbers(person: Person) -> list[str]:
    return re.findall(r"\d+", person.name)


def _standing(person: Person) -> tuple[int, int, str]:
    """The fuller name first, then who has more to say."""
    return (len(person.name.split()) > 1, person.turns + person.quotations, person.name)


def _pairs(people: list[Person]) -> Iterator[tuple[int, int]]:
    """Those worth a look: who share an identifier, a surname, a form, or a beginning."""
    keys: dict[tuple[str, str], list[int]] = {}
    for index, person in enumerate(people):
        surname, initials = surname_of(person.name), initials_of(person.name)
        person_keys = {("name", folded(person.name)), ("surname", surname)}
        if person.identifier:
            person_keys.add(("identifier", person.identifier))
        if initials:
            person_keys.add(("spelling", f"{initials[0]}{surname[:2]}"))
            person_keys.add(("spelling", f"{initials[0]}{surname[-3:]}"))
        person_keys |= {("name", folded(form)) for form in (*person.names, *person.forms)}
        for both in person_keys:
            keys.setdefault(both, []).append(index)
    for (kind, key), indices in keys.items():
        if key and (len(indices) <= _CROWD or kind in ("identifier", "name")):
            yield from combinations(indices, 2)
        elif key:  # a crowd: only neighbours by name
            ordered = sorted(indices, key=lambda index: folded(people[index].name))
            yield from ((min(pair), max(pair)) for pair in pairwise(ordered))


def _compare(first: Person, second: Person) -> _Case | None:
    """The evidence for two being one; None where there is none, or their names deny it."""
    from rapidfuzz import fuzz

    case = _Case()
    if first.identifier and first.identifier == second.identifier:
        case.add(0.95, f"both are {first.identifier}")
    a, b = folded(first.name), folded(second.name)
    same = same_person(first.name, second.name)
    full = bool(initials_of(first.name) and initials_of(second.name))
    if a == b:
        case.add(0.9, "the same name but for case or accents")
    elif same and full:
        case.add(0.8, "the names agree in given name and surname")
    elif same:
        case.add(0.5, "the names agree but for title")
    elif same is None and full:
        case.add(0.4, "the surname is the same and a given name is only an initial or left out")
    elif full and (likeness := fuzz.ratio(a, b)) >= _ALIKE and not _relatives(a, b):
        case.add(0.6 * (likeness - 70) / 30, f"spelt alike ({likeness:.0f} of 100)")
    for who, whom in ((first, second), (second, first)):
        if full and folded(who.name) in {folded(form) for form in (*whom.names, *whom.forms)}:
            case.add(0.6, f"articles write “{who.name}” for “{whom.name}”")
    return case if case.reasons else None


def _relatives(a: str, b: str) -> bool:
    """Whether two names of one surname are a family's: John and Joan, or the older and the younger.

    A given name that differs by little more than a letter is one name in two spellings.
    """
    from rapidfuzz import fuzz

    if surname_of(a) != surname_of(b):
        return False
    first, second = a.split()[0], b.split()[0]
    return first == second or min(len(first), len(second)) < 5 or fuzz.ratio(first, second) < 80


def _lone_surnames(people: list[Person]) -> Iterator[tuple[int, int]]:
    """A name of one word with the only full name that ends in it, and not its family."""
    by_surname: dict[str, list[int]] = {}
    for index, person in enumerate(people):
        if initials_of(person.name):
            by_surname.setdefault(surname_of(person.name), []).append(index)
    for index, person in enumerate(people):
        bearers = by_surname.get(surname_of(person.name), [])
        if initials_of(person.name) or len(bearers) != 1:
            continue
        fuller = people[bearers[0]].name
        if is_body_of_somebody(person.name) != is_body_of_somebody(fuller):
            continue
        if surname_of(fuller) in ORGANISATION_NOUNS and not fuller.endswith(f" {person.name}"):
            continue  # two committees
        if same_person(person.name, fuller) is not False:
            a, b = sorted((index, bearers[0]))
            yield a, b


def _together(library: Library, first: Person, second: Person) -> bool:
    """Whether both have turns in one transcript: then they are two."""
    if not (first.turns and second.turns):
        return False
    with explained(library.path):
        return share_a_transcript(library.db, first.name, second.name)
