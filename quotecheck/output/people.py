"""Speakers, suggestions and changes for programs: records for JSON, cells for CSV."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from quotecheck.library.speaker_history import Change
    from quotecheck.speakers.directory import Person
    from quotecheck.speakers.merge_suggestions import Likeness

__all__ = [
    "CHANGE_COLUMNS",
    "LIKENESS_COLUMNS",
    "PERSON_COLUMNS",
    "change_cells",
    "change_record",
    "likeness_cells",
    "likeness_record",
    "person_cells",
    "person_record",
]

PERSON_COLUMNS: Final = ("name", "turns", "quotations", "identifier", "names", "forms")
LIKENESS_COLUMNS: Final = ("score", "into", "other", "reasons", "doubts")
CHANGE_COLUMNS: Final = ("id", "at", "by", "change", "summary", "undoes", "undone_by")

Record = dict[str, object]


def person_record(person: Person) -> Record:
    """A speaker as a record."""
    return asdict(person)


def person_cells(person: Person) -> tuple[object, ...]:
    """A speaker as a row of `PERSON_COLUMNS`; several names are parted by "; "."""
    lists = ("; ".join(person.names), "; ".join(person.forms))
    return (person.name, person.turns, person.quotations, person.identifier, *lists)


def likeness_record(pair: Likeness) -> Record:
    """A pair as a record."""
    return asdict(pair)


def likeness_cells(pair: Likeness) -> tuple[object, ...]:
    """A pair as a row of `LIKENESS_COLUMNS`."""
    told = ("; ".join(pair.reasons), "; ".join(pair.doubts))
    return (f"{pair.score:.2f}", pair.into, pair.other, *told)


def change_record(change: Change) -> Record:
    """A change as a record."""
    return asdict(change)


def change_cells(change: Change) -> tuple[object, ...]:
    """A change as a row of `CHANGE_COLUMNS`."""
    return tuple(getattr(change, name) for name in CHANGE_COLUMNS)
