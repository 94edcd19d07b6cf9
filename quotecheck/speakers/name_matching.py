"""Match the name of a claimed speaker with the people of a library.

A name may be given in many forms. What the names alone leave open (a surname, "Mrs. Clinton",
"HRC") is settled by the library where only one person in it can be meant, and else left open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache

from quotecheck.language.person_names import initials_of, same_person, surname_of
from quotecheck.language.person_nouns import fold_name
from quotecheck.library.speaker_lookup import (
    aliases_of,
    further_names,
    names_and_authors,
    speakers_with_alias,
)

__all__ = ["LibraryNames", "distinct_people"]


class LibraryNames:
    """Answer which people of one library a name may refer to.

    Args:
        connection: an open connection to a library.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._same: dict[tuple[str, str], bool | None] = {}
        self._letters: dict[str, str] | None = None
        self._aliases = lru_cache(maxsize=4096)(self._find_aliases)
        self._names = lru_cache(maxsize=4096)(self._find_names)
        self._called = further_names(connection)

    def matches_claim(
        self, claimed: str | None, speaker: str | None, author: str | None
    ) -> bool | None:
        """Whether the claimed speaker is the speaker or the author given; None when unsure."""
        if claimed is None:
            return None
        answers = [self.same_person(claimed, name) for name in (speaker, author) if name]
        if True in answers:
            return True
        return False if answers and None not in answers else None

    def same_person(self, claimed: str, name: str) -> bool | None:
        """Whether the claimed name refers to the person whom the library calls ``name``.

        None where two people of the library may be meant.
        """
        key = (claimed, name)
        if key not in self._same:
            same = same_person(claimed, name, aliases=self._aliases(name))
            if same is None:
                people = self.people_named(claimed)
                if len(people) == 1:
                    called = self._called.get(name, name)
                    same = True if people[0] == called else same_person(people[0], name)
                    if same is False and claimed not in self._aliases(people[0]):
                        same = None  # that another may be meant does not exclude this one
            self._same[key] = same
        return self._same[key]

    def people_named(self, claimed: str) -> tuple[str, ...]:
        """The people of the library that a name may refer to, by name."""
        names = self._names(claimed)
        return tuple(distinct_people([self._called.get(name, name) for name in names]))

    def names_for(self, claimed: str) -> tuple[str, ...]:
        """All the names of the library that may refer to the same person, however written."""
        names = dict.fromkeys(self._names(claimed))
        names |= dict.fromkeys(alias for alias, name in self._called.items() if name in names)
        return tuple(names)

    def _find_aliases(self, name: str) -> list[str]:
        return aliases_of(self._db, name)

    def _names_written(self) -> dict[str, str]:
        """The letters and digits of each name in the library, folded and without breaks."""
        if self._letters is None:
            self._letters = {name: _letters(name) for name in names_and_authors(self._db)}
        return self._letters

    def _find_names(self, claimed: str) -> tuple[str, ...]:
        surname = surname_of(claimed)
        written = _letters(surname)
        # Names are read with care only where the letters of the surname are among theirs.
        near = {
            name
            for name, letters in self._names_written().items()
            if surname and written in letters and surname_of(name) == surname
        }
        if claimed.isupper() and 2 <= len(claimed) <= 4:
            ends = claimed[0] + claimed[-1]
            for name in self._names_written():
                if (initials := initials_of(name)) and initials[0] + initials[-1] == ends:
                    near.add(name)
        if exact := {row.name for row in speakers_with_alias(self._db, claimed)}:
            return tuple(sorted(exact))
        return tuple(sorted(n for n in near if same_person(claimed, n) is not False))


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, fold_name(name)))


def distinct_people(names: Sequence[str]) -> list[str]:
    """Names of different people; of "Barack H. Obama" and "Barack Obama" the longer stays."""
    people: list[str] = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        if not any(same_person(name, other) is True for other in people):
            people.append(name)
    return people
