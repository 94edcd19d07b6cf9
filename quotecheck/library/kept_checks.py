"""Checks that a desk keeps: what was found, where each stands today, and who said so.

Functions over an open connection; those that write expect to be inside `Library.write`. A check is
kept as the record that ``check --format json`` writes. It hangs on the document that the words were
found in: where that is forgotten, the check goes with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from quotecheck.errors import InputError
from quotecheck.library.document_lookup import document_row
from quotecheck.library.sql import Connection, placeholders
from quotecheck.library.storable import storable

if TYPE_CHECKING:
    from quotecheck.records.document import Document

__all__ = [
    "STATUSES",
    "Change",
    "CheckStatus",
    "KeptCheck",
    "changes_of",
    "count_by_status",
    "forget_checks",
    "keep_check",
    "kept_checks",
    "set_status",
]

CheckStatus = Literal["open", "confirmed", "corrected", "disputed"]
STATUSES: Final[tuple[CheckStatus, ...]] = get_args(CheckStatus)
"""Where a kept check may stand: not looked at, right, corrected in the article, or disputed."""

_COLUMNS: Final = (
    "k.id, k.made, k.version, k.article, k.article_title, k.article_url, k.article_date, k.number,"
    " k.quotation, k.credited_to, k.verdict, k.severity, k.record, k.status, k.note, k.who,"
    " k.changed"
)
_RECORD: Final = 12
"""Which of these columns is JSON."""


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A kept check. ``article`` is the draft's path or id, None for words given by themselves.

    ``number`` is that of the quotation in its article, from 1. ``record`` is the whole check as
    JSON has it. ``changed`` is when the status was last set, by ``who``; times are ISO 8601 in UTC.
    """

    id: int
    made: str
    version: str
    article: str | None
    article_title: str | None
    article_url: str | None
    article_date: str | None
    number: int
    quotation: str
    credited_to: str | None
    verdict: str
    severity: str
    record: dict[str, Any]
    status: CheckStatus
    note: str | None
    who: str | None
    changed: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One setting of a status, with who did it and when."""

    status: CheckStatus
    note: str | None
    who: str | None
    made: str


def keep_check(
    db: Connection,
    record: dict[str, Any],
    *,
    article: Document | None,
    number: int,
    version: str,
) -> int:
    """Keep a check, and return its row number; one that was kept before is not kept twice.

    It is the same where article, words, claimed speaker and answer are the same. An article or a
    library that has changed since gives another answer, which stands beside the older one.

    Args:
        db: the library's connection.
        record: the check (`quotecheck.records.plain.check_record`).
        article: the draft; None for words given by themselves.
        number: that of the quotation in its article, from 1.
        version: of quotecheck.
    """
    name = (article.path or article.id) if article is not None else None
    body = storable(json.dumps(record, ensure_ascii=False, sort_keys=True))
    row = db.execute(
        "SELECT id FROM kept_checks WHERE article IS ? AND quotation = ? AND credited_to IS ?"
        " AND record = ? ORDER BY id DESC LIMIT 1",
        [_stored(name), storable(record["quote"]), _stored(record["claimed_speaker"]), body],
    ).fetchone()
    if row is not None:
        return int(row[0])
    document = record["document"]
    cursor = db.execute(
        "INSERT INTO kept_checks (made, version, article, article_title, article_url,"
        " article_date, number, quotation, credited_to, verdict, severity, document_id, record)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            _now(),
            version,
            _stored(name),
            _stored(article.title if article else None),
            _stored(article.url if article else None),
            _stored(article.date if article else None),
            number,
            storable(record["quote"]),
            _stored(record["claimed_speaker"]),
            record["verdict"],
            record["severity"],
            document_row(db, document) if document is not None else None,
            body,
        ],
    )
    return int(cursor.lastrowid or 0)


def kept_checks(
    db: Connection,
    numbers: Sequence[int] | None = None,
    *,
    status: str | None = None,
    verdict: str | None = None,
    article: str | None = None,
    since: str | None = None,
    who: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[KeptCheck]:
    """Return kept checks, the newest first.

    Args:
        db: the library's connection.
        numbers: only these.
        status: only those that stand so.
        verdict: only those with this verdict.
        article: only those whose article's name or title holds these words, in any case.
        since: only those kept on this day or later ("2026-11-30").
        who: only those whose status somebody with these words in the name set last, in any case.
        limit: how many at most; None for all.
        offset: how many to pass over.
    """
    where, values = ["1"], list[Any]()
    if numbers is not None:
        where.append(f"k.id IN ({placeholders(numbers)})")
        values += numbers
    if status is not None:
        where.append("k.status = ?")
        values.append(status)
    if verdict is not None:
        where.append("k.verdict = ?")
        values.append(verdict)
    if article is not None:
        where.append(
            "(instr(lower(coalesce(k.article, '')), lower(?))"
            " OR instr(lower(coalesce(k.article_title, '')), lower(?)))"
        )
        values += [article, article]
    if since is not None:
        where.append("k.made >= ?")
        values.append(since)
    if who is not None:
        where.append("instr(lower(coalesce(k.who, '')), lower(?))")
        values.append(who)
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM kept_checks AS k WHERE {' AND '.join(where)} ORDER BY k.id DESC"
        " LIMIT ? OFFSET ?",
        [*values, -1 if limit is None else limit, offset],
    )
    checks = []
    for row in rows:
        fields: list[Any] = list(row)
        fields[_RECORD] = json.loads(fields[_RECORD])
        checks.append(KeptCheck(*fields))
    return checks


def count_by_status(db: Connection) -> dict[CheckStatus, int]:
    """How many kept checks stand where, for every status."""
    counts = dict(db.execute("SELECT status, count(*) FROM kept_checks GROUP BY status").fetchall())
    return {status: counts.get(status, 0) for status in STATUSES}


def set_status(
    db: Connection,
    numbers: Sequence[int],
    *,
    status: CheckStatus | None,
    note: str | None,
    who: str | None,
) -> None:
    """Set where kept checks stand, with a note; what was set before stays in their history.

    Raises:
        InputError: there is no check of one of these numbers.
    """
    for number in numbers:
        row = db.execute("SELECT status, note FROM kept_checks WHERE id = ?", [number]).fetchone()
        if row is None:
            raise _unknown(number)
        values = [status or row[0], _stored(note) if note is not None else row[1], _stored(who)]
        now = _now()
        db.execute(
            "UPDATE kept_checks SET status = ?, note = ?, who = ?, changed = ? WHERE id = ?",
            [*values, now, number],
        )
        db.execute(
            "INSERT INTO kept_check_changes (check_id, status, note, who, made)"
            " VALUES (?, ?, ?, ?, ?)",
            [number, *values, now],
        )


def changes_of(db: Connection, number: int) -> list[Change]:
    """Return every setting of a check's status, the oldest first."""
    rows = db.execute(
        "SELECT status, note, who, made FROM kept_check_changes WHERE check_id = ? ORDER BY id",
        [number],
    )
    return [Change(*row) for row in rows]


def forget_checks(db: Connection, numbers: Iterable[int]) -> None:
    """Remove kept checks with their history.

    Raises:
        InputError: there is no check of one of these numbers.
    """
    db.execute("PRAGMA secure_delete = ON").fetchone()
    for number in numbers:
        db.execute("DELETE FROM kept_check_changes WHERE check_id = ?", [number])
        if not db.execute("DELETE FROM kept_checks WHERE id = ?", [number]).rowcount:
            raise _unknown(number)


def _unknown(number: int) -> InputError:
    return InputError(
        f"there is no kept check {number}", remedy="See which there are: quotecheck checks list"
    )


def _stored(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
