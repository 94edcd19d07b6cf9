"""What a search covered: the ground that a "not found" stands on."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from quotecheck.library.utterances import speaker_documents_searched
from quotecheck.speakers.name_matching import LibraryNames

__all__ = ["Coverage", "coverage_of"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many documents of somebody were searched, and from when to when.

    ``speaker`` is the name claimed, ``names`` the names of the library that mean the same person,
    ``undecided`` those that may or may not. Dates are the earliest and latest of the documents
    that they wrote or speak in.
    """

    speaker: str
    names: tuple[str, ...]
    undecided: tuple[str, ...]
    documents: int
    first_date: str | None
    last_date: str | None

    def describe(self) -> str:
        """The same in words, to follow "not in these 312 documents".

        >>> Coverage("Maud Ellis", ("Maud Ellis",), (), 2, "1901", "1903").describe()
        '2 of them are by or with Maud Ellis (1901 to 1903)'
        >>> Coverage("Ellis", (), ("Maud Ellis", "Jon Ellis"), 0, None, None).describe()
        'whom “Ellis” means is not sure: Maud Ellis or Jon Ellis'
        >>> Coverage("Ann Lee", (), (), 0, None, None).describe()
        'none of them is by or with Ann Lee, so this says little'
        """
        if self.documents:
            dates = [d for d in dict.fromkeys((self.first_date, self.last_date)) if d]
            when = f" ({' to '.join(dates)})" if dates else ""
            verb = "is" if self.documents == 1 else "are"
            return f"{self.documents:,} of them {verb} by or with {self.speaker}{when}"
        if self.undecided:
            return f"whom “{self.speaker}” means is not sure: {' or '.join(self.undecided[:4])}"
        return f"none of them is by or with {self.speaker}, so this says little"


def coverage_of(
    connection: sqlite3.Connection,
    known: LibraryNames,
    speaker: str,
    *,
    left_out: Collection[int] = (),
) -> Coverage:
    """What a library holds by or with a speaker, as claimed, except for some documents."""
    names = tuple(name for name in known.names_for(speaker) if known.same_person(speaker, name))
    undecided = tuple(name for name in known.people_named(speaker) if name not in names)
    if not names:
        return Coverage(speaker, (), undecided, 0, None, None)
    documents = speaker_documents_searched(connection, names, left_out)
    return Coverage(
        speaker, names, undecided, documents.documents, documents.first_date, documents.last_date
    )
