"""Take documents out of a library, with everything that hangs on them.

Functions over an open connection. Those that write expect to be inside `Library.write`, except for
`wipe`, which is not possible inside a transaction.

What hangs on a document: its older versions, passages, turns, places, quotations of every run, what
the indexes of the search know of it, vectors, links to near copies, checks that a desk keeps of it
or of words found in it, notes about the file it came from; speakers of whom nothing is left;
spellings of other speakers' names that no other document has. Changes made to speakers of whom some
are still there stay in the history, names included.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from quotecheck.library.copies import drop_signatures
from quotecheck.library.forgotten_notes import forget_checks, forget_files, forget_settings
from quotecheck.library.speakers import attested_forms
from quotecheck.library.vectors import spare_other_passages

if TYPE_CHECKING:
    import sqlite_utils

__all__ = [
    "Holdings",
    "describe_documents",
    "find_documents",
    "finish_wiping",
    "forget_documents",
    "is_wiped",
    "speakers_only_in",
    "wipe",
]

_COMMAND: Final = "forget"
"""Of the run that is noted; it is finished when the words are nowhere in the file."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """A document and how much hangs on it.

    ``versions`` counts the document and its older versions. ``passages`` and ``quotations`` are
    those of all versions and runs, ``characters`` the length of all texts. ``checks`` are those
    that a desk keeps of it as an article, or of words that were found in it.
    """

    id: int
    key: str
    title: str | None
    path: str | None
    date: str | None
    versions: int
    characters: int
    passages: int
    quotations: int
    checks: int


def find_documents(db: sqlite_utils.Database, name: str) -> list[int]:
    """The current documents that a name stands for: an id, a path, an address, or a title.

    The first of these that any document has wins. The path of a folder or an archive stands for
    everything from within it. An older version is named by its id alone ("report@3").
    """
    rows = _ids(db, "SELECT id FROM documents WHERE key = ?", name)
    current = "SELECT id FROM documents WHERE replaced_by IS NULL AND"
    rows = rows or _ids(db, f"{current} path = ?", name)
    folder = name.rstrip(os.sep) + os.sep
    rows = rows or _ids(
        db, f"{current} path >= ? AND path < ?", folder, folder[:-1] + chr(ord(os.sep) + 1)
    )
    rows = rows or _ids(db, f"{current} url = ?", name)
    return rows or _ids(db, f"{current} title = ? COLLATE NOCASE", name)


def describe_documents(db: sqlite_utils.Database, documents: Sequence[int]) -> list[Holdings]:
    """Each of these documents, and how much hangs on it."""
    described = []
    for number in documents:
        key, title, path, date = db.execute(
            "SELECT key, title, path, date FROM documents WHERE id = ?", [number]
        ).fetchone()
        rows = _with_versions(db, [number])
        (characters,) = db.execute(
            f"SELECT sum(characters) FROM documents WHERE id IN ({_listed(rows)})"
        ).fetchone()
        passages, quotations = (
            db.execute(
                f"SELECT count(*) FROM {table} WHERE document_id IN ({_listed(rows)})"
            ).fetchone()[0]
            for table in ("passages", "quotations")
        )
        (checks,) = db.execute(
            "SELECT count(*) FROM kept_checks WHERE article IN (?, ?)"
            f" OR document_id IN ({_listed(rows)})",
            [key, path],
        ).fetchone()
        size = (len(rows), characters, passages, quotations, checks)
        described.append(Holdings(number, key, title, path, date, *size))
    return described


def speakers_only_in(db: sqlite_utils.Database, documents: Sequence[int]) -> list[str]:
    """The names of speakers of whom nothing is left without these documents, sorted."""
    rows = _listed(_with_versions(db, documents))
    names = db.execute(
        f"""
        WITH here (speaker) AS (
            SELECT speaker_id FROM segments WHERE document_id IN ({rows})
            UNION SELECT s.speaker_id FROM quotation_speakers AS s
            JOIN quotations AS q ON q.id = s.quotation_id WHERE q.document_id IN ({rows})
        )
        SELECT name FROM speakers WHERE id IN (SELECT speaker FROM here)
            AND NOT EXISTS (SELECT 1 FROM segments AS g
                WHERE g.speaker_id = speakers.id AND g.document_id NOT IN ({rows}))
            AND NOT EXISTS (SELECT 1 FROM quotation_speakers AS s
                JOIN quotations AS q ON q.id = s.quotation_id
                WHERE s.speaker_id = speakers.id AND q.document_id NOT IN ({rows}))
        ORDER BY name
        """
    )
    return [name for (name,) in names]


def forget_documents(db: sqlite_utils.Database, documents: Sequence[int]) -> int:
    """Remove documents, given by row, and all that hangs on them; those that are gone pass.

    Returns:
        How many documents went, older versions among them.
    """
    db.execute("PRAGMA secure_delete = ON").fetchone()
    rows = _with_versions(db, documents)
    words = _names(db, rows)
    spellings = _spellings(db, rows)
    paths = [path for (path,) in _of(db, "path", rows) if path is not None]
    keys = _of(db, "key", rows)
    drop_signatures(db, rows)
    for row in rows:
        _remove(db, row)
    forget_checks(db, {key for (key,) in keys}, paths)
    removed_names = _forget_speakers(db, spellings)
    forget_files(db, paths)
    forget_settings(db, words | removed_names, paths)
    for index in ("passages_fts", "quotations_fts"):
        # What was deleted stays in the index, marked as such, until its parts are merged.
        db.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
    return len(rows)


def is_wiped(db: sqlite_utils.Database) -> bool:
    """Whether every forgetting was finished: none was stopped before the file was rewritten."""
    sql = "SELECT 1 FROM runs WHERE command = ? AND status != 'finished' LIMIT 1"
    return db.execute(sql, [_COMMAND]).fetchone() is None


def finish_wiping(db: sqlite_utils.Database) -> None:
    """Note that nothing of what was forgotten is in the file any more."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    sql = "UPDATE runs SET finished = ?, status = 'finished' WHERE command = ? AND finished IS NULL"
    db.execute(sql, [now, _COMMAND])


def wipe(db: sqlite_utils.Database) -> bool:
    """Rewrite the file, so that nothing of what was deleted stays in it, and empty its log.

    Returns:
        False where another program still reads the file as it was: then the log has to wait.
    """
    db.execute("PRAGMA secure_delete = ON").fetchone()
    db.execute("VACUUM")
    (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


# Documents


def _ids(db: sqlite_utils.Database, sql: str, *values: str) -> list[int]:
    return [int(row) for (row,) in db.execute(f"{sql} ORDER BY id", list(values))]


def _listed(rows: Collection[int]) -> str:
    """Row numbers as SQL: there may be more of them than values can be bound."""
    return ", ".join(str(int(row)) for row in rows)


def _of(db: sqlite_utils.Database, columns: str, rows: Collection[int]) -> list[Any]:
    sql = f"SELECT {columns} FROM documents WHERE id IN ({_listed(rows)})"
    return list(db.execute(sql))


def _with_versions(db: sqlite_utils.Database, documents: Sequence[int]) -> list[int]:
    """Documents with the older versions of those that are current; the oldest version first."""
    listed = _listed(documents)
    return _ids(
        db,
        f"""
        WITH RECURSIVE version (id) AS (
            SELECT id FROM documents WHERE id IN ({listed}) AND replaced_by IS NULL
            UNION SELECT d.id FROM documents AS d JOIN version AS v ON d.replaced_by = v.id
        )
        SELECT id FROM documents WHERE id IN (SELECT id FROM version) OR id IN ({listed})
        """,
    )


def _remove(db: sqlite_utils.Database, row: int) -> None:
    with spare_other_passages(db, row):
        db.execute("DELETE FROM passages WHERE document_id = ?", [row])
    quotation_ids = "SELECT id FROM quotations WHERE document_id = ?"
    for table, column in _references(db, "quotations"):
        if table != "quotations":
            db.execute(f'DELETE FROM "{table}" WHERE "{column}" IN ({quotation_ids})', [row])
    db.execute("DELETE FROM quotations WHERE document_id = ?", [row])
    for table, column in _references(db, "documents"):
        if table not in ("documents", "passages", "quotations"):
            db.execute(f'DELETE FROM "{table}" WHERE "{column}" = ?', [row])
    db.execute(
        "UPDATE documents SET replaced_by = (SELECT replaced_by FROM documents WHERE id = ?1)"
        " WHERE replaced_by = ?1",
        [row],
    )
    db.execute("DELETE FROM documents WHERE id = ?", [row])


def _references(db: sqlite_utils.Database, parent: str) -> Iterator[tuple[str, str]]:
    """The tables, with the column, whose rows refer to rows of another."""
    rows = db.execute(
        'SELECT t.name, f."from" FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS f'
        " WHERE t.type = 'table' AND f.\"table\" = ? ORDER BY t.name",
        [parent],
    )
    yield from rows.fetchall()


# Speakers


def _spellings(db: sqlite_utils.Database, rows: Collection[int]) -> dict[int, set[str]]:
    """The speakers in some documents, and how these write their names."""
    spellings: dict[int, set[str]] = {}
    listed = _listed(rows)
    for (speaker,) in db.execute(
        f"SELECT DISTINCT speaker_id FROM segments WHERE document_id IN ({listed})"
        " AND speaker_id IS NOT NULL"
    ):
        spellings[speaker] = set()
    for row in rows:
        ((text,),) = _of(db, "text", [row])
        for speaker, start, end in db.execute(
            "SELECT s.speaker_id, s.mention_start, s.mention_end FROM quotation_speakers AS s"
            " JOIN quotations AS q ON q.id = s.quotation_id"
            " WHERE q.document_id = ? AND s.speaker_id IS NOT NULL",
            [row],
        ):
            forms = spellings.setdefault(speaker, set())
            if start is not None:
                forms.add(" ".join(text[start:end].split()))
    return spellings


def _forget_speakers(db: sqlite_utils.Database, spellings: dict[int, set[str]]) -> set[str]:
    """Remove speakers with nothing left, and spellings that only what is gone had; the names."""
    removed_names: set[str] = set()
    numbers = []
    for speaker, forms in spellings.items():
        if _has_anything(db, speaker):
            kept_speakers = {
                name
                for (name,) in db.execute(
                    "SELECT name FROM aliases WHERE speaker_id = ? AND kind = 'form'", [speaker]
                )
            }
            for form in kept_speakers & forms and kept_speakers & forms - attested_forms(
                db, speaker
            ):
                sql = "DELETE FROM aliases WHERE speaker_id = ? AND name = ? AND kind = 'form'"
                db.execute(sql, [speaker, form])
            continue
        rows = db.execute(
            "SELECT name FROM speakers WHERE id = ?1"
            " UNION SELECT name FROM aliases WHERE speaker_id = ?1",
            [speaker],
        )
        removed_names |= {name for (name,) in rows}
        db.execute("DELETE FROM aliases WHERE speaker_id = ?", [speaker])
        db.execute("DELETE FROM speakers WHERE id = ?", [speaker])
        numbers.append(speaker)
    _forget_changes(db, numbers)
    return removed_names


def _has_anything(db: sqlite_utils.Database, speaker: int) -> bool:
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM segments WHERE speaker_id = ?1)"
        " OR EXISTS (SELECT 1 FROM quotation_speakers WHERE speaker_id = ?1)",
        [speaker],
    ).fetchone()
    return bool(row[0])


def _forget_changes(db: sqlite_utils.Database, speakers: Collection[int]) -> None:
    """Remove the changes that concern none but speakers who are gone."""
    concerned = db.execute(
        "SELECT DISTINCT change_id FROM speaker_change_rows AS r"
        f" WHERE speaker IN ({_listed(speakers)}) AND NOT EXISTS"
        " (SELECT 1 FROM speaker_change_rows AS o JOIN speakers AS s ON s.id = o.speaker"
        " WHERE o.change_id = r.change_id)"
    )
    changes = _listed([number for (number,) in concerned.fetchall()])
    db.execute(f"DELETE FROM speaker_change_rows WHERE change_id IN ({changes})")
    db.execute(f"UPDATE speaker_changes SET undoes = NULL WHERE undoes IN ({changes})")
    db.execute(f"DELETE FROM speaker_changes WHERE id IN ({changes})")


def _names(db: sqlite_utils.Database, rows: Collection[int]) -> set[str]:
    """What the settings of a run may call these documents."""
    names = {name for row in _of(db, "key, title, url", rows) for name in row if name}
    return names | {key.rpartition("@")[0] for (key,) in _of(db, "key", rows) if "@" in key}
