"""Changes to the speakers: what was done, and how it is taken back.

Functions over an open connection. Those that write expect to be inside `Library.write`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotecheck.errors import InputError
from quotecheck.language.register_names import names_party, names_turn
from quotecheck.library.speakers import (
    HOLDERS,
    KEYS,
    ChangeKind,
    ChangeLog,
    alias_kind,
    forms_of,
    names_of,
    next_number,
    reassign,
    release,
    row_of,
    share_forms,
    speaker_by_name,
)

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["Change", "UndoReport", "changes", "undo_change"]

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the speakers: its number, what was done, by whom and when (UTC).

    ``undoes`` is the change that this one took back, ``undone_by`` the one that took this back.
    """

    id: int
    change: ChangeKind
    summary: str
    by: str
    at: str
    undoes: int | None
    undone_by: int | None


def changes(db: sqlite_utils.Database) -> list[Change]:
    """The changes, the newest first."""
    rows = db.execute("SELECT id, change, summary, by, at, undoes FROM speaker_changes").fetchall()
    undone: dict[int, int] = {}
    listed = []
    for number, change, summary, by, at, undoes in sorted(rows, reverse=True):
        # Later changes come first, so whether this one still holds is known by now.
        if undoes is not None and number not in undone:
            undone[undoes] = number
        listed.append(Change(number, change, summary, by, at, undoes, undone.get(number)))
    return listed


@dataclass(frozen=True, slots=True)
class UndoReport:
    """An undoing: its number, what it did in words, how many turns and quotations it moved."""

    id: int
    summary: str
    moved: int


def undo_change(db: sqlite_utils.Database, change: Change, *, by: str) -> UndoReport:
    """Put the rows of a change back as they were before it, as a change of its own.

    What was stored since goes where its name leads then.

    Raises:
        InputError: a later change has written the same rows; it must be taken back first.
    """
    rows = db.execute(
        'SELECT "table", before, after FROM speaker_change_rows WHERE change_id = ?'
        " ORDER BY position DESC",
        [change.id],
    ).fetchall()
    summary = f"undo {change.id}: {change.summary}"
    log = ChangeLog(db, "undo", summary, by=by, undoes=change.id)
    numbers: dict[int, str] = {}
    names: set[str] = set()
    for table, before_, after_ in rows:
        before: Row | None = None if before_ is None else json.loads(before_)
        after: Row | None = None if after_ is None else json.loads(after_)
        key = {name: (before or after or {})[name] for name in KEYS[table]}
        number = int(key["id"] if table == "speakers" else key["speaker_id"])
        if row_of(db, table, key) != after:
            raise _in_the_way(db, change, number, key.get("name"))
        if before is not None:
            _require_free(db, table, key, before, change)
        if table == "speakers":
            numbers[number] = "gone" if before is None else "back" if after is None else ""
        numbers.setdefault(number, "")
        names |= {row["name"] for row in (before, after) if row is not None}
        log.put(table, key, before)
    moved, tidied = 0, _root(db, change).change == "tidy"
    for name in sorted(names):  # what was stored under a name that leads to nobody any more
        if speaker_by_name(db, name) is None and _holds(db, numbers, name):
            if tidied or not (names_party(name) and names_turn(name)):
                moved += release(db, numbers, name)  # as it was before somebody had this name
                continue
            number = next_number(db)
            log.set_speaker(number, {"name": name, "identifier": None})
            numbers[number] = "back"
    moved += reassign(db, numbers, names)
    for number in [speaker for speaker, what in numbers.items() if what == "gone"]:
        if len(names_of(db, number)) > 0:
            raise _in_the_way(db, change, number)
        heir = next((speaker for speaker, what in numbers.items() if what != "gone"), None)
        for form in forms_of(db, number):
            log.set_alias(number, form, None)
            if heir is None:
                continue
            if alias_kind(db, heir, form) is None and form not in names_of(db, heir):
                log.set_alias(heir, form, "form")
    for number in [speaker for speaker, what in numbers.items() if what == "back"]:
        for other in [speaker for speaker, what in numbers.items() if what == ""]:
            share_forms(db, log, other, number)
    return UndoReport(log.id, summary, moved)


def _root(db: sqlite_utils.Database, change: Change) -> Change:
    """The change that a chain of undoings goes back to."""
    by_number = {each.id: each for each in changes(db)}
    while change.undoes is not None:
        change = by_number[change.undoes]
    return change


def _holds(db: sqlite_utils.Database, numbers: Iterable[int], name: str) -> bool:
    """Whether one of these speakers has something that came under this name."""
    return any(
        db.execute(
            f"SELECT 1 FROM {table} WHERE speaker_id = ? AND speaker_name = ? LIMIT 1",
            [number, name],
        ).fetchone()
        for number in numbers
        for table in HOLDERS
    )


def _require_free(
    db: sqlite_utils.Database, table: str, key: Mapping[str, Any], row: Row, change: Change
) -> None:
    """Whether a name that comes back has not been given to somebody else in between."""
    if table == "aliases" and row["kind"] != "name":
        return
    holder = db.execute(
        "SELECT id FROM speakers WHERE name = ?1 AND id != ?2"
        " UNION ALL SELECT speaker_id FROM aliases"
        " WHERE name = ?1 AND kind = 'name' AND speaker_id != ?2",
        [row["name"], key.get("id", key.get("speaker_id"))],
    ).fetchone()
    if holder is not None:
        raise _in_the_way(db, change, holder[0])


def _in_the_way(
    db: sqlite_utils.Database, change: Change, number: int | None, alias: str | None = None
) -> InputError:
    blocked = {
        later
        for (later,) in db.execute(
            "SELECT change_id FROM speaker_change_rows WHERE speaker = ?1 AND change_id > ?2"
            " AND (?3 IS NULL OR (name = ?3 AND \"table\" = 'aliases'))",
            [number, change.id, alias],
        )
    }
    reasons = [
        str(each.id)
        for each in changes(db)[1:]  # the first is the one that has just begun
        if each.id in blocked and each.undone_by is None and each.change != "undo"
    ]
    return InputError(
        f"change {change.id} cannot be taken back: what came after it concerns the same speakers",
        remedy=f"Undo {', '.join(reasons) or 'the later changes'} first"
        " (quotecheck speakers history lists them).",
    )
