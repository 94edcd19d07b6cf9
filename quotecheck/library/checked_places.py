"""Which kept checks are about a place: about its own words, or about words that were found there.

Functions over an open connection that only read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from quotecheck.library.kept_checks import CheckStatus
    from quotecheck.library.sql import Connection
    from quotecheck.records.check import Severity, Verdict

__all__ = ["CheckedPlace", "DocumentSpan", "checked_places"]

_PER_DOCUMENT: Final = 500
"""Kept checks of a document that are looked at, the newest."""
_SAME_FILE: Final = (
    "(article IN (?1, ?2) OR substr(replace(article, '\\', '/'), -length(?2) - 1) = '/' || ?2)"
)
"""Whether a kept check is of the article with this key or file name; its words tell the rest."""
_GAP: Final = " … "
"""Between the pieces of a quotation that the article splits."""


class DocumentSpan(NamedTuple):
    """A half-open place in the text of the document with this key, in code points."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CheckedPlace:
    """A kept check that is about a place.

    ``own`` is whether the words of the place were checked themselves, in the article that they
    stand in; else an article quotes them, and the verdict is on what it made of them.
    """

    id: int
    verdict: Verdict
    severity: Severity
    status: CheckStatus
    article: str | None
    own: bool


def checked_places(
    db: Connection, places: Sequence[DocumentSpan], *, limit: int = 3
) -> list[list[CheckedPlace]]:
    """The kept checks about each place, those of its own words first, then the newest.

    Of checks of the same words in the same article with the same verdict only the newest is given.

    Args:
        db: the library's connection.
        places: where to look.
        limit: how many to give for each place at most.
    """
    checks = {key: _checks_of(db, key) for key in {place.document for place in places}}
    return [_at(db, place, checks[place.document], limit) for place in places]


class _Kept(NamedTuple):
    """A kept check with its words in the article and the places where they were found."""

    check: CheckedPlace
    words: str
    spans: list[tuple[int, int]]


def _checks_of(db: Connection, key: str) -> list[_Kept]:
    """The kept checks of an article's quotations, and those whose words were found in it."""
    document = db.execute("SELECT id, path FROM documents WHERE key = ?", [key]).fetchone()
    if document is None:
        return []
    number, path = document
    rows = db.execute(
        "SELECT id, verdict, severity, status, coalesce(article_title, article), quotation, record,"
        f" coalesce({_SAME_FILE}, 0) FROM kept_checks WHERE {_SAME_FILE} OR document_id = ?3"
        " ORDER BY id DESC LIMIT ?4",
        [key, _file_name(path), number, _PER_DOCUMENT],
    )
    return [
        _Kept(
            CheckedPlace(check, verdict, severity, status, name, bool(same)), words, _spans(record)
        )
        for check, verdict, severity, status, name, words, record, same in rows
    ]


def _file_name(path: str | None) -> str | None:
    """The last part of a path: an article may be checked from one folder and built from another."""
    return re.split(r"[/\\]", path)[-1] or None if path else None


def _spans(record: str) -> list[tuple[int, int]]:
    return [(span["start"], span["end"]) for span in json.loads(record)["spans"]]


def _at(
    db: Connection, place: DocumentSpan, checks: Sequence[_Kept], limit: int
) -> list[CheckedPlace]:
    """Those of a document's kept checks that are about a place."""
    if not checks:
        return []
    row = db.execute(
        "SELECT substr(text, ?, ?) FROM documents WHERE key = ?",
        [place.start + 1, place.end - place.start, place.document],
    ).fetchone()
    text = " ".join(str(row[0] or "").split())
    by_quotation: dict[object, CheckedPlace] = {}
    for check, words, spans in checks:
        if check.own:
            pieces = (" ".join(piece.split()) for piece in words.split(_GAP))
            about = all(piece in text for piece in pieces)
        else:
            about = any(start < place.end and place.start < end for start, end in spans)
        if about:
            same = (check.own, check.article, words, check.verdict, check.severity)
            by_quotation.setdefault(same, check)
    return sorted(by_quotation.values(), key=lambda check: not check.own)[:limit]
