"""Determine who uttered the text at a location: the turn's speaker, one they quote, the author."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Final

from quotecheck.records.text import Span
from quotecheck.speakers.name_matching import LibraryNames
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

__all__ = ["Quoted", "UtteranceSpeakers"]

_AROUND: Final = 900
"""Code points of text read on either side of a place, to see whether it stands in marks."""
_NEAR: Final = 140
_TURN: Final = 300
_NAME: Final = (
    r"(?:(?:President|Senator|Sen\.|Governor|Gov\.|Secretary|Mr\.|Mrs\.|Ms\.|Dr\.|Pope|King|Queen|"
    r"General|Gen\.|Prime Minister|Judge|Justice) )?"
    r"[A-Z][\w’'.-]*[\w.](?: (?:[A-Z][\w’'.-]*|de|van|von|bin|al|la))*"
)
_SAID: Final = (
    r"(?:said|says|wrote|writes|put it|declared|asked|answered|replied|told (?:us|me|you|them|\w+)|"
    r"warned|promised|tweeted|argued|remarked|observed|called it|cried|exclaimed|added)"
)
_BEFORE = re.compile(
    rf"(?:(?P<a>{_NAME})(?:,? (?:once|also|famously|then|himself|herself|recently|just))* {_SAID}"
    rf"|(?:[Qq]uot\w+|(?:in the )?words of|as|[Aa]ccording to|from)(?: now| from)? (?P<b>{_NAME}))"
    r"[^.!?\"“”]{0,60}\Z"
)
_AFTER = re.compile(
    rf"[\s,]*(?:as )?(?:(?P<a>{_NAME}) {_SAID}|{_SAID} (?P<b>{_NAME})"
    rf"|—\s*(?P<c>{_NAME})\s*(?:\n|\Z))"
)
_NO_NAMES: Final = frozenset(
    "he she they it we i you and but so then who that this the a an as when if what there here now "
    "well one another people somebody everyone mr mrs".split()
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A place in quotation marks: ``by`` are the names whose words they are, empty if not told.

    ``before`` is the text that leads to the opening mark.
    """

    by: tuple[str, ...]
    before: str


class UtteranceSpeakers:
    """Determine who uttered the text at a location of one library.

    Args:
        connection: an open connection to a library.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.names = LibraryNames(connection)

    def speaker(self, document: int, start: int, end: int, author: str | None) -> str | None:
        """Who speaks in the middle of a stretch: the turn's speaker, else the author."""
        middle = (start + end) // 2
        row = self._db.execute(
            'SELECT g."end", s.name FROM segments AS g LEFT JOIN speakers AS s ON'
            " s.id = g.speaker_id WHERE g.document_id = ? AND g.start <= ?"
            " ORDER BY g.start DESC LIMIT 1",
            (document, middle),
        ).fetchone()
        if row is not None and (row[0] > middle or row[0] >= start):
            return str(row[1]) if row[1] is not None else None
        return author if row is None else None

    def quoted(self, document: int, start: int, end: int) -> Quoted | None:
        """Whether a place stands in quotation marks, and whose words the document says they are."""
        names = self._attributed(document, start, end)
        low = max(0, start - _AROUND)
        row = self._db.execute(
            "SELECT substr(text, ?, ?), genre FROM documents WHERE id = ?",
            (low + 1, end - low + _AROUND, document),
        ).fetchone()
        text = str(row[0])
        place = Span(start - low, end - low)
        inside = None
        for passage in quoted_passages(text, paragraphs(text)):
            inner = passage.inner
            held = inner.start <= place.start + 1 and place.end <= inner.end + 2
            if (
                held
                and _opens(text, passage.outer.start)
                and passage.closed
                and '"' not in inner.of(text)  # straight marks paired amiss
                and (inside is None or passage.depth > inside.depth)
            ):
                inside = passage
        if inside is None:
            return Quoted(names, "") if names else None
        before = text[max(0, inside.outer.start - _TURN) : inside.outer.start]
        if not names:
            names = _names_around(before[-_NEAR:], text[inside.outer.end :][:_NEAR])
        return Quoted(names, before)

    def _attributed(self, document: int, start: int, end: int) -> tuple[str, ...]:
        """The speakers of the stored quotation that holds a place, by the newest attribution."""
        middle = (start + end) // 2
        rows = self._db.execute(
            "SELECT DISTINCT s.name FROM quotations AS q"
            " JOIN quotation_spans AS p ON p.quotation_id = q.id AND p.part = 'content'"
            " JOIN quotation_speakers AS qs ON qs.quotation_id = q.id"
            " JOIN speakers AS s ON s.id = qs.speaker_id"
            " WHERE q.document_id = ? AND q.kind IN ('direct', 'mixed')"
            ' AND p.start <= ? AND p."end" > ? AND q.run_id ='
            " (SELECT max(run_id) FROM attributed WHERE document_id = q.document_id)"
            " ORDER BY qs.position",
            (document, middle, middle),
        )
        return tuple(row[0] for row in rows)


def _opens(text: str, mark: int) -> bool:
    """Whether a quotation mark stands where one opens: a lone closing one may look like it."""
    return (mark == 0 or (not text[mark - 1].isalnum() and text[mark - 1] not in ".!?,")) and not (
        text[mark + 1 : mark + 2].isspace()
    )


def _names_around(before: str, after: str) -> tuple[str, ...]:
    """The name that the words beside quotation marks give as the one who is quoted."""
    before = before.rstrip().rstrip(":,").rstrip()
    found = None
    for match in _BEFORE.finditer(before):
        found = match
    found = found or _AFTER.match(after)
    if found is None:
        return ()
    name = next(group for group in found.groups() if group)
    name = re.sub(r"^(?:As|And|But|So|When|Then|Even|Like) ", "", name).strip(" ,.’'")
    if not name or name.split()[0].lower().strip(".") in _NO_NAMES:
        return ()
    return (name,)
