"""Speakers as rows: who is meant by a name, and changes to it that can be taken back.

What a turn or quotation was stored under never changes (``speaker_name``). Whose it is follows from
that name: the speaker who is called so, or the one who has it as an alias of the kind "name". A
change is made of rows of ``speakers`` and ``aliases`` alone, each kept as it was before and after,
and then turns and quotations are given to whom their names lead. So to take a change back is to put
those rows back, whatever has been stored in between: see `quotecheck.library.speaker_history`.

Functions over an open connection. Those that write expect to be inside `Library.write`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    import sqlite_utils

__all__ = [
    "HOLDERS",
    "KEYS",
    "ChangeKind",
    "ChangeLog",
    "SpeakerRow",
    "alias_kind",
    "forms_of",
    "names_of",
    "next_number",
    "reassign",
    "release",
    "row_of",
    "share_forms",
    "speaker_by_name",
    "speaker_id",
    "speaker_row",
    "write_row",
]

ChangeKind = Literal["merge", "split", "rename", "identify", "tidy", "undo"]
Row = dict[str, Any]

KEYS: Final = {"speakers": ("id",), "aliases": ("speaker_id", "name")}
"""What tells a row of a table that a change may write."""

_COLUMNS: Final = {
    "speakers": ("id", "name", "identifier"),
    "aliases": ("speaker_id", "name", "kind"),
}
HOLDERS: Final = ("segments", "quotation_speakers")
"""The tables whose rows came under a name."""
_UNDESCRIBED: Final = {
    "segments": "",
    "quotation_speakers": ", description = nullif(description, speaker_name)",
}
_DESCRIBED: Final = {
    "segments": "",
    "quotation_speakers": ", description = coalesce(description, speaker_name)",
}


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker: row number, name, and the identifier of the user's table where there is one."""

    id: int
    name: str
    identifier: str | None


def speaker_by_name(db: sqlite_utils.Database, name: str) -> SpeakerRow | None:
    """Whose the quotations under just this name are; None where nobody has it."""
    row = db.execute(
        "SELECT id, name, identifier FROM speakers WHERE name = ?"
        " UNION ALL SELECT s.id, s.name, s.identifier FROM aliases AS a"
        " JOIN speakers AS s ON s.id = a.speaker_id WHERE a.name = ? AND a.kind = 'name'",
        [name, name],
    ).fetchone()
    return None if row is None else SpeakerRow(*row)


def speaker_id(db: sqlite_utils.Database, name: str) -> int:
    """The row of the speaker whose quotations under this name are, made when missing."""
    speaker = speaker_by_name(db, name)
    if speaker is not None:
        return speaker.id
    number = next_number(db)
    db.execute("INSERT INTO speakers (id, name) VALUES (?, ?)", [number, name])
    return number


def next_number(db: sqlite_utils.Database) -> int:
    """A row number for a new speaker; that of one who was merged is not given out again."""
    (number,) = db.execute(
        "SELECT 1 + max((SELECT coalesce(max(id), 0) FROM speakers),"
        " (SELECT coalesce(max(speaker), 0) FROM speaker_change_rows))"
    ).fetchone()
    return int(number)


def speaker_row(db: sqlite_utils.Database, number: int) -> SpeakerRow | None:
    """The speaker with this row number."""
    sql = "SELECT id, name, identifier FROM speakers WHERE id = ?"
    row = db.execute(sql, [number]).fetchone()
    return None if row is None else SpeakerRow(*row)


def names_of(db: sqlite_utils.Database, number: int) -> list[str]:
    """The names under which things are stored for a speaker: the own one, then the others."""
    rows = db.execute(
        "SELECT 0, name FROM speakers WHERE id = ? UNION ALL"
        " SELECT 1, name FROM aliases WHERE speaker_id = ? AND kind = 'name' ORDER BY 1, 2",
        [number, number],
    )
    return [name for _, name in rows]


def forms_of(db: sqlite_utils.Database, number: int) -> list[str]:
    """How articles write a speaker, where that is not one of the names."""
    sql = "SELECT name FROM aliases WHERE speaker_id = ? AND kind = 'form' ORDER BY name"
    return [name for (name,) in db.execute(sql, [number])]


class ChangeLog:
    """One change: rows of speakers and aliases that are written, each noted before and after.

    Args:
        db: the library, inside a transaction.
        change: what is done.
        summary: the same in words for people.
        by: who does it.
        undoes: the change that is taken back.
    """

    def __init__(
        self,
        db: sqlite_utils.Database,
        change: ChangeKind,
        summary: str,
        *,
        by: str,
        undoes: int | None = None,
    ) -> None:
        # Rows refer to one another in both directions while they are moved; at the end all is so.
        db.execute("PRAGMA defer_foreign_keys = ON")
        self._db = db
        self._position = 0
        cursor = db.execute(
            "INSERT INTO speaker_changes (change, summary, by, at, undoes) VALUES (?, ?, ?, ?, ?)",
            [change, summary, by, datetime.now(UTC).isoformat(timespec="seconds"), undoes],
        )
        self.id = int(cursor.lastrowid or 0)

    def set_speaker(self, number: int, after: Row | None) -> None:
        """Write the columns in ``after`` into the row of a speaker, make it, or remove it."""
        self.put("speakers", {"id": number}, after)

    def set_alias(self, number: int, name: str, kind: str | None) -> None:
        """Give an alias this kind, make it, or (None) remove it."""
        after = None if kind is None else {"kind": kind}
        self.put("aliases", {"speaker_id": number, "name": name}, after)

    def put(self, table: str, key: Mapping[str, Any], after: Row | None) -> None:
        """Write a row (None: remove it), and note how it was and is. No change is not noted."""
        before = row_of(self._db, table, key)
        if after is not None:
            after = (before or dict.fromkeys(_COLUMNS[table])) | dict(key) | after
        if before == after:
            return
        write_row(self._db, table, key, after)
        state = before or after or {}
        self._db.execute(
            'INSERT INTO speaker_change_rows (change_id, position, speaker, "table", name,'
            " before, after) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                self.id,
                self._position,
                key["id"] if table == "speakers" else key["speaker_id"],
                table,
                state["name"],
                None if before is None else json.dumps(before, ensure_ascii=False),
                None if after is None else json.dumps(after, ensure_ascii=False),
            ],
        )
        self._position += 1


def row_of(db: sqlite_utils.Database, table: str, key: Mapping[str, Any]) -> Row | None:
    """A row of ``speakers`` or ``aliases`` with just the columns that a change may write."""
    names, columns = KEYS[table], _COLUMNS[table]
    where = " AND ".join(f"{name} = ?" for name in names)
    values = db.execute(
        f"SELECT {', '.join(columns)} FROM {table} WHERE {where}",
        [key[name] for name in names],
    ).fetchone()
    return None if values is None else dict(zip(columns, values, strict=True))


def write_row(
    db: sqlite_utils.Database, table: str, key: Mapping[str, Any], row: Row | None
) -> None:
    """Put a row of ``speakers`` or ``aliases`` in the place of the one with this key, if any."""
    names, columns = KEYS[table], _COLUMNS[table]
    where = " AND ".join(f"{name} = ?" for name in names)
    values = [key[name] for name in names]
    if row is None:
        db.execute(f"DELETE FROM {table} WHERE {where}", values)
        return
    sets = ", ".join(f"{column} = ?" for column in columns)
    cursor = db.execute(
        f"UPDATE {table} SET {sets} WHERE {where}",
        [*(row[column] for column in columns), *values],
    )
    if not cursor.rowcount:
        question_marks = ", ".join("?" * len(columns))
        db.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({question_marks})",
            [row[column] for column in columns],
        )


def reassign(db: sqlite_utils.Database, numbers: Iterable[int], names: Iterable[str]) -> int:
    """Give turns and quotations of some speakers to those whom their names lead to.

    Args:
        db: the library, inside a transaction.
        numbers: the speakers who have them now.
        names: the names that lead to somebody else since; what came under others stays.

    What is a description so far, under a name that leads to somebody now, is theirs as well.

    Returns:
        How many turns and quotations changed hands.
    """
    moved = 0
    distinct = sorted(set(numbers))
    for name in sorted(set(names)):
        target = speaker_by_name(db, name)
        if target is None:
            continue
        for table in HOLDERS:
            moved += db.execute(
                f"UPDATE {table} SET speaker_id = ?{_UNDESCRIBED[table]}"
                " WHERE speaker_id IS NULL AND speaker_name = ?",
                [target.id, name],
            ).rowcount
            for number in distinct:
                if number != target.id:
                    cursor = db.execute(
                        f"UPDATE {table} SET speaker_id = ?"
                        " WHERE speaker_id = ? AND speaker_name = ?",
                        [target.id, number, name],
                    )
                    moved += cursor.rowcount
    return moved


def release(db: sqlite_utils.Database, numbers: Iterable[int], name: str | None = None) -> int:
    """Make what some speakers have, or have under one name, descriptions in their documents.

    Returns:
        How many turns and quotations are nobody's of the register since.
    """
    released = 0
    for number in sorted(set(numbers)):
        for table in HOLDERS:
            released += db.execute(
                f"UPDATE {table} SET speaker_id = NULL{_DESCRIBED[table]}"
                " WHERE speaker_id = ?1 AND speaker_name = coalesce(?2, speaker_name)",
                [number, name],
            ).rowcount
    return released


def attested_forms(db: sqlite_utils.Database, number: int) -> set[str]:
    """How articles write a speaker, read from the articles themselves."""
    rows = db.execute(
        "SELECT substr(d.text, qs.mention_start + 1,"
        " qs.mention_end - qs.mention_start)"
        " FROM quotation_speakers AS qs JOIN quotations AS q ON q.id = qs.quotation_id"
        " JOIN documents AS d ON d.id = q.document_id"
        " WHERE qs.speaker_id = ? AND qs.mention_start IS NOT NULL",
        [number],
    )
    forms = {" ".join(form.split()) for (form,) in rows}
    return forms - {""}


def alias_kind(db: sqlite_utils.Database, number: int, name: str) -> str | None:
    """The kind of a speaker's alias, "name" or "form"; None where it is not one of theirs."""
    row = row_of(db, "aliases", {"speaker_id": number, "name": name})
    return None if row is None else str(row["kind"])


def share_forms(db: sqlite_utils.Database, log: ChangeLog, old: int, new: int) -> None:
    """Give a speaker who was separated from another the forms in which articles write them.

    The other one keeps the forms that articles have for them as well.
    """
    shared = attested_forms(db, new).difference(names_of(db, new), forms_of(db, new))
    stay = attested_forms(db, old) if shared else set()
    for form in sorted(shared):
        log.set_alias(new, form, "form")
        if form not in stay and alias_kind(db, old, form) == "form":
            log.set_alias(old, form, None)
