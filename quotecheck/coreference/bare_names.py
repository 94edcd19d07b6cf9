"""Whom a narrator means by a bare name that a longer name has too."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from typing import Final

from quotecheck.coreference.persons import Person
from quotecheck.language.name_parts import parts
from quotecheck.records.text import Sentence, Span

__all__ = ["NarratedNames", "is_author"]

_LONG_KNOWN: Final = 3
"""How often a narrator says a bare given name before it is somebody's whole name for the reader.
Chosen by hand: a name that is not grown is right all the same, so a low number costs little. Names
are looked for near quotations alone, so that a narrator says more of them than are counted."""
_HARDLY_NAMED: Final = 3
"""Full names below which their bearer is somebody who is hardly spoken of."""
_BY: Final = re.compile(r"\b[Bb]y\s+\Z")
_BY_CHARS: Final = 8
"""Code points in front of a name in which "by" stands."""
_VERBS: Final = frozenset({"VERB", "AUX"})


def is_author(text: str, sentence: Sentence, span: Span) -> bool:
    """Whether a name is the author's, on a title page or in a last line: "The Mill, by Ada Orr".

    Args:
        text: the raw text.
        sentence: the one that the name stands in.
        span: where the name stands.
    """
    if not _BY.search(text, max(0, span.start - _BY_CHARS), span.start):
        return False
    return not any(token.upos in _VERBS for token in sentence.tokens)


class NarratedNames:
    """The bare names by which the narrator of a novel calls people, and where."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}
        self._full: dict[int, tuple[int, int]] = {}

    def add(self, word: str, place: int) -> None:
        """The narrator says a bare name, in lower case, at an offset."""
        insort(self._places.setdefault(word, []), place)

    def know(self, people: Iterable[Person]) -> None:
        """Persons as their full names alone describe them, before bare names are given to them."""
        self._full = {id(person): (person.starts[0], person.full) for person in people}

    def without_relatives(self, people: Iterable[Person], surname: str) -> list[Person]:
        """The persons whom a narrator may mean by a bare surname, in lower case."""
        return [person for person in people if not self.means_relative(person, surname)]

    def means_relative(self, person: Person, surname: str) -> bool:
        """Whether a narrator who calls somebody Crane calls this one, named later, Ivy.

        Args:
            person: somebody with a longer name.
            surname: the bare name, in lower case.
        """
        places = self._places.get(surname)
        if not places or id(person) not in self._full:
            return False
        given_name = parts(person.name)[0]
        return given_name != surname and given_name in self._places and places[0] < person.starts[0]

    def known_as(
        self, words: Sequence[str], person: Person | None, bearers: Iterable[Person]
    ) -> Person | None:
        """The person, or who is called by the bare name alone, where that one is another.

        Args:
            words: a name, in lower case.
            person: who bears it in the text, whole or in part; None: nobody.
            bearers: everybody with its first word.
        """
        if person is None or len(words) > 1 or not self.hardly_knows(person, words[0]):
            return person
        return next((each for each in bearers if parts(each.name) == list(words)), None)

    def hardly_knows(self, person: Person, given_name: str) -> bool:
        """Whether a narrator has long said a bare name, and hardly ever this person's full one.

        Who has said Tessa for chapters need not mean Tessa Rook, of whom there is hardly a word.

        Args:
            person: somebody with a longer name.
            given_name: the bare name, in lower case.
        """
        places = self._places.get(given_name)
        if not places or id(person) not in self._full or parts(person.name)[0] != given_name:
            return False
        first, times = self._full[id(person)]
        return times < _HARDLY_NAMED and bisect_left(places, first) >= _LONG_KNOWN
