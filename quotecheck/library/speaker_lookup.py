"""Look up the names of speakers: who is called what, and who may share a name.

Functions over an open connection, for reading alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from quotecheck.language.person_names import persons_in
from quotecheck.library.speakers import SpeakerRow
from quotecheck.library.sql import Connection

__all__ = [
    "Aliases",
    "StoredName",
    "aliases_by_speaker",
    "aliases_of",
    "all_names",
    "all_speakers",
    "authored",
    "further_names",
    "names_and_authors",
    "share_a_transcript",
    "speakers_with_alias",
    "stored_names",
]


class StoredName(NamedTuple):
    """A name under which turns and quotations of a speaker (row number) are stored."""

    speaker: int
    name: str


@dataclass(frozen=True, slots=True)
class Aliases:
    """Other names of a speaker: those things are stored under, and forms that articles write."""

    names: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


def all_speakers(db: Connection) -> list[SpeakerRow]:
    """Return every speaker, by name."""
    rows = db.execute("SELECT id, name, identifier FROM speakers ORDER BY name")
    return [SpeakerRow(*row) for row in rows.fetchall()]


def speakers_with_alias(db: Connection, alias: str) -> list[SpeakerRow]:
    """Return the speakers who have just this alias, of either kind, by row number."""
    rows = db.execute(
        "SELECT s.id, s.name, s.identifier FROM aliases AS a JOIN speakers AS s"
        " ON s.id = a.speaker_id WHERE a.name = ? ORDER BY s.id",
        (alias,),
    )
    return [SpeakerRow(*row) for row in rows]


def aliases_of(db: Connection, name: str) -> list[str]:
    """Return the aliases, of either kind, of the speaker whom the library calls ``name``.

    Of somebody's further name it is what the library calls them.
    """
    rows = db.execute(
        "SELECT a.name FROM aliases AS a JOIN speakers AS s ON s.id = a.speaker_id"
        " WHERE s.name = ?1 UNION SELECT s.name FROM aliases AS a JOIN speakers AS s"
        " ON s.id = a.speaker_id WHERE a.name = ?1 AND a.kind = 'name'",
        (name,),
    )
    return [alias for (alias,) in rows]


def further_names(db: Connection) -> dict[str, str]:
    """Return whose each further name is: from an alias that names somebody to what they are called.

    Such a name may be an author's, whom no row of ``speakers`` is called by.
    """
    rows = db.execute(
        "SELECT a.name, s.name FROM aliases AS a JOIN speakers AS s ON s.id = a.speaker_id"
        " WHERE a.kind = 'name'"
    )
    return dict(rows)


def authored(db: Connection) -> dict[str, int]:
    """Return how many current documents each author wrote, each of several by themselves."""
    rows = db.execute(
        "SELECT author, count(*) FROM documents"
        " WHERE author IS NOT NULL AND replaced_by IS NULL GROUP BY author"
    )
    counts: Counter[str] = Counter()
    for author, number in rows:
        for name in dict.fromkeys(map(str.strip, persons_in(author))):
            counts[name] += number
    return dict(counts)


def aliases_by_speaker(db: Connection) -> dict[int, Aliases]:
    """Return the aliases of all speakers who have some, by row number, each list by name."""
    gathered: dict[int, tuple[list[str], list[str]]] = {}
    for speaker, name, kind in db.execute(
        "SELECT speaker_id, name, kind FROM aliases ORDER BY name"
    ):
        gathered.setdefault(speaker, ([], []))[kind == "form"].append(name)
    return {
        speaker: Aliases(tuple(names), tuple(forms)) for speaker, (names, forms) in gathered.items()
    }


def stored_names(db: Connection) -> Iterator[StoredName]:
    """Yield every name under which something is stored, with whose it is."""
    rows = db.execute(
        "SELECT id, name FROM speakers UNION ALL"
        " SELECT speaker_id, name FROM aliases WHERE kind = 'name'"
    )
    yield from map(StoredName._make, rows)


def names_and_authors(db: Connection) -> Iterator[str]:
    """Yield what the library calls its speakers, and the authors of its current documents."""
    rows = db.execute(
        "SELECT name FROM speakers UNION"
        " SELECT DISTINCT author FROM documents WHERE author IS NOT NULL AND replaced_by IS NULL"
    )
    for (name,) in rows:
        yield name


def all_names(db: Connection) -> list[str]:
    """Return all names and aliases of speakers, and all authors."""
    sql = (
        "SELECT name FROM speakers UNION SELECT name FROM aliases"
        " UNION SELECT author FROM documents WHERE author IS NOT NULL"
    )
    return [name for (name,) in db.execute(sql)]


def share_a_transcript(db: Connection, first: str, second: str) -> bool:
    """Return whether two speakers, by name, have turns in one document."""
    row = db.execute(
        "SELECT 1 FROM segments AS a JOIN segments AS b ON b.document_id = a.document_id"
        " WHERE a.speaker_id = (SELECT id FROM speakers WHERE name = ?)"
        " AND b.speaker_id = (SELECT id FROM speakers WHERE name = ?) LIMIT 1",
        (first, second),
    ).fetchone()
    return row is not None
