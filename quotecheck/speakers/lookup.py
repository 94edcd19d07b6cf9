"""Find the person that a name refers to in a library.

An ambiguous or unknown name is an error that lists the people who may be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotecheck.errors import InputError
from quotecheck.language.folding import without_accents
from quotecheck.library.library import explained
from quotecheck.library.registering import Register
from quotecheck.library.speaker_lookup import (
    all_names,
    authored,
    speakers_with_alias,
    stored_names,
)
from quotecheck.library.speakers import SpeakerRow, forms_of, names_of, speaker_by_name, speaker_row
from quotecheck.speakers.name_matching import LibraryNames

if TYPE_CHECKING:
    import sqlite_utils

    from quotecheck.library.library import Library
    from quotecheck.records.quotation import Quotation, Speaker

__all__ = [
    "LibraryPerson",
    "UnknownNameError",
    "find_author",
    "find_person",
    "find_speaker",
    "folded",
    "listed",
    "with_library_names",
]

_MAX_SUGGESTIONS = 5
"""Names that an error suggests."""


class UnknownNameError(InputError):
    """Nobody in the library has a name."""


@dataclass(frozen=True, slots=True)
class LibraryPerson:
    """The person that a name refers to in a library.

    ``names`` are all names and forms they go by, that of the library first; ``speakers`` the rows
    in ``speakers``, none for somebody who is only the author of documents.
    """

    names: tuple[str, ...]
    speakers: tuple[int, ...]


def find_speaker(library: Library, name: str) -> SpeakerRow:
    """The speaker with this name or alias, or this name except for case and accents.

    Never by a surname alone: that may be somebody else.

    Raises:
        InputError: nobody has it, with the nearest names; or several do, with theirs.
    """
    db = library.db
    with explained(library.path):
        speaker = speaker_by_name(db, name)
        if speaker is not None:
            return speaker
        candidates = speakers_with_alias(db, name)
        if not candidates:
            key = folded(name)
            alike = {stored.speaker for stored in stored_names(db) if folded(stored.name) == key}
            rows = (speaker_row(db, number) for number in sorted(alike))
            candidates = [row for row in rows if row is not None]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise InputError(
            f"{name!r} may be {listed(row.name for row in candidates)}",
            where=str(library.path),
            remedy="Give the name just as quotecheck speakers list shows it.",
        )
    raise _unknown(library, name)


def find_author(library: Library, name: str) -> str | None:
    """Return the only author with this name, ignoring case and accents; None if there are more."""
    with explained(library.path):
        written = authored(library.db)
    if name in written:
        return name
    alike = [author for author in written if folded(author) == folded(name)]
    return alike[0] if len(alike) == 1 else None


def find_person(library: Library, name: str) -> LibraryPerson:
    """Whom somebody means who asks for the words of ``name``, speaker or author.

    The name or alias of just one counts first. Else a surname, initials or a form of the name will
    do where only one person of the library can be meant.

    Raises:
        InputError: nobody can be meant, with the nearest names; or several, with theirs.
    """
    db = library.db
    with explained(library.path):
        exact = speaker_by_name(db, name)
        if exact is not None:
            return _bearer(db, [exact.name])
        known = LibraryNames(db.conn)
        names = known.names_for(name)
        bearers = known.people_named(name)
    if len(bearers) > 1:
        raise InputError(
            f"{name!r} may be {listed(bearers)}",
            where=str(library.path),
            remedy="Give the whole name.",
        )
    if not names:
        raise _unknown(library, name)
    with explained(library.path):
        return _bearer(
            db, [*bearers, *(candidate for candidate in names if candidate not in bearers)]
        )


def _bearer(db: sqlite_utils.Database, names: Sequence[str]) -> LibraryPerson:
    distinct_names = dict.fromkeys(names)
    numbers: dict[int, None] = {}
    for name in names:
        row = speaker_by_name(db, name)
        if row is not None:
            numbers[row.id] = None
            distinct_names |= dict.fromkeys([*names_of(db, row.id), *forms_of(db, row.id)])
    return LibraryPerson(tuple(distinct_names), tuple(numbers))


def with_library_names(
    library: Library, text: str, quotations: Sequence[Quotation]
) -> list[Quotation]:
    """Quotations of a text with their speakers called as they will be once they are stored.

    A name that belongs to another speaker, into whom it was merged, becomes that speaker's, and
    joint speakers who are one are named once. What names nobody is a description.
    """
    register = Register(text)
    renamed = []
    for quotation in quotations:
        speakers: dict[object, Speaker] = {}
        for place, speaker in enumerate(quotation.speakers):
            row = speaker_by_name(library.db, speaker.name) if speaker.name else None
            known = speaker if row is None else replace(speaker, name=row.name)
            if (
                row is None
                and speaker.name
                and not register.names(speaker, quotation.source_form, quotation.source)
            ):
                known = replace(speaker, name=None, description=speaker.description or speaker.name)
            speakers.setdefault(place if row is None else row.name, known)
        renamed.append(replace(quotation, speakers=tuple(speakers.values())))
    return renamed


def _unknown(library: Library, name: str) -> UnknownNameError:
    from rapidfuzz import fuzz, process

    near = process.extract(
        name,
        all_names(library.db),
        scorer=fuzz.WRatio,
        processor=folded,
        limit=_MAX_SUGGESTIONS,
        score_cutoff=60,
    )
    suggestions = listed((near_name[0] for near_name in near), last="or")
    return UnknownNameError(
        f"nobody here is called {name!r}",
        where=str(library.path),
        remedy=f"Perhaps {suggestions}?"
        if suggestions
        else "quotecheck speakers list shows who speaks.",
    )


def folded(name: str) -> str:
    """A name without case, accents and doubled spaces."""
    return " ".join(without_accents(name).casefold().split())


def listed(names: Iterable[str], last: str = "or") -> str:
    """Names in a row: “A”, “B” or “C”; at most twenty."""
    shown = [f"“{name}”" for name in names][:20]
    return f" {last} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
