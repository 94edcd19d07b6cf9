"""Speakers, pairs that may be one, and changes for programs: JSON, JSON Lines and CSV."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from quotecheck.output.serialising import csv_row, dumps
from quotecheck.records.plain import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotecheck.library.speaker_history import Change
    from quotecheck.output.registry import Listing
    from quotecheck.speakers.directory import Person
    from quotecheck.speakers.merge_suggestions import MergeSuggestion

__all__ = [
    "CHANGE_COLUMNS",
    "MERGE_SUGGESTION_COLUMNS",
    "PERSON_COLUMNS",
    "change_cells",
    "change_json",
    "change_lines",
    "change_record",
    "change_rows",
    "merge_suggestion_cells",
    "merge_suggestion_record",
    "person_cells",
    "person_record",
    "speaker_json",
    "speaker_lines",
    "speaker_rows",
    "suggestion_json",
    "suggestion_lines",
    "suggestion_rows",
]

PERSON_COLUMNS: Final = ("name", "turns", "quotations", "identifier", "names", "forms", "documents")
MERGE_SUGGESTION_COLUMNS: Final = ("score", "into", "other", "reasons", "doubts")
CHANGE_COLUMNS: Final = ("id", "at", "by", "change", "summary", "undoes", "undone_by")


def person_record(person: Person) -> Record:
    """A speaker as a record."""
    return asdict(person)


def person_cells(person: Person) -> tuple[object, ...]:
    """A speaker as a row of `PERSON_COLUMNS`; several names are separated by "; "."""
    lists = ("; ".join(person.names), "; ".join(person.forms))
    counts = (person.turns, person.quotations)
    return (person.name, *counts, person.identifier, *lists, person.documents)


def merge_suggestion_record(pair: MergeSuggestion) -> Record:
    """A pair as a record."""
    return asdict(pair)


def merge_suggestion_cells(pair: MergeSuggestion) -> tuple[object, ...]:
    """A pair as a row of `MERGE_SUGGESTION_COLUMNS`."""
    cells = ("; ".join(pair.reasons), "; ".join(pair.doubts))
    return (f"{pair.score:.2f}", pair.into, pair.other, *cells)


def change_record(change: Change) -> Record:
    """A change as a record."""
    return asdict(change)


def change_cells(change: Change) -> tuple[object, ...]:
    """A change as a row of `CHANGE_COLUMNS`."""
    return tuple(getattr(change, name) for name in CHANGE_COLUMNS)


def speaker_json(listing: Listing) -> str:
    """Speakers as one JSON array."""
    return _json(listing, person_record)


def speaker_lines(listing: Listing) -> Iterator[str]:
    """Speakers as JSON Lines."""
    return _lines(listing, person_record)


def speaker_rows(listing: Listing) -> Iterator[str]:
    """Speakers as CSV with a header."""
    return _rows(listing, PERSON_COLUMNS, person_cells)


def suggestion_json(listing: Listing) -> str:
    """Pairs that may be one speaker as one JSON array."""
    return _json(listing, merge_suggestion_record)


def suggestion_lines(listing: Listing) -> Iterator[str]:
    """Pairs that may be one speaker as JSON Lines."""
    return _lines(listing, merge_suggestion_record)


def suggestion_rows(listing: Listing) -> Iterator[str]:
    """Pairs that may be one speaker as CSV with a header."""
    return _rows(listing, MERGE_SUGGESTION_COLUMNS, merge_suggestion_cells)


def change_json(listing: Listing) -> str:
    """Changes as one JSON array."""
    return _json(listing, change_record)


def change_lines(listing: Listing) -> Iterator[str]:
    """Changes as JSON Lines."""
    return _lines(listing, change_record)


def change_rows(listing: Listing) -> Iterator[str]:
    """Changes as CSV with a header."""
    return _rows(listing, CHANGE_COLUMNS, change_cells)


def _json(listing: Listing, record_of: Callable[[Any], Record]) -> str:
    return dumps([record_of(person) for person in listing.items], indent=2) + "\n"


def _lines(listing: Listing, record_of: Callable[[Any], Record]) -> Iterator[str]:
    for person in listing.items:
        yield dumps(record_of(person)) + "\n"


def _rows(
    listing: Listing, columns: Sequence[str], cells_of: Callable[[Any], Sequence[object]]
) -> Iterator[str]:
    yield csv_row(columns)
    for person in listing.items:
        yield csv_row(cells_of(person))
