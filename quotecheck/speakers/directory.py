"""Everybody who speaks in a library, with what it holds of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.library.library import explained
from quotecheck.library.speaker_lookup import Aliases, aliases_by_speaker, authored
from quotecheck.library.speaker_totals import speaker_totals
from quotecheck.speakers.lookup import folded

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["Person", "list_speakers"]


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker with what the library holds of them.

    ``documents`` are those that they wrote; somebody may be an author alone, and never speak.
    ``names`` are the further names whose turns and quotations are theirs, ``forms`` how else
    articles write them. ``identifier`` is that of the speaker, else the one that all their
    quotations with one agree on.
    """

    name: str
    turns: int
    quotations: int
    documents: int
    names: tuple[str, ...]
    forms: tuple[str, ...]
    identifier: str | None


def list_speakers(
    library: Library, words: str = "", *, by_number: bool = False
) -> Iterator[Person]:
    """Everybody who speaks in the library or wrote something in it.

    Args:
        library: open for reading or writing.
        words: only those whose names, aliases or identifier hold all of these, in any case.
        by_number: those with the most turns and quotations first, rather than by name.
    """
    terms = folded(words).split()
    with explained(library.path):
        aliases = aliases_by_speaker(library.db)
        rows = list(speaker_totals(library.db, by_number=by_number))
        written = authored(library.db)
    entries = []
    for row in rows:
        others = aliases.get(row.id, Aliases())
        documents = sum(written.pop(name, 0) for name in (row.name, *others.names))
        counts = (row.turns, row.quotations, documents)
        entries.append(Person(row.name, *counts, others.names, others.forms, row.identifier))
    authors = [Person(name, 0, 0, number, (), (), None) for name, number in written.items()]
    if by_number:
        entries += sorted(authors, key=lambda entry: (-entry.documents, entry.name))
    else:
        entries = sorted([*entries, *authors], key=lambda entry: entry.name)
    for entry in entries:
        searchable = folded(
            " ".join([entry.name, *entry.names, *entry.forms, entry.identifier or ""])
        )
        if all(word in searchable for word in terms):
            yield entry
