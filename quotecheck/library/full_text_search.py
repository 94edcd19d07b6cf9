"""Full-text search: the quotations, turns and passages of a library that hold some words.

Functions over an open connection, for reading alone. What the words are, and how places are put
together, is decided in `quotecheck.searching`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from quotecheck.library.document_lookup import DocumentFilter
from quotecheck.library.sql import CURRENT_QUOTATION, DATED, Connection, placeholders
from quotecheck.records.text import Span

__all__ = [
    "AuthoredDocument",
    "DocumentLabel",
    "FoundPassage",
    "FoundQuotation",
    "FoundSpan",
    "Order",
    "SearchScope",
    "authored_documents",
    "find_passages",
    "find_quotations",
    "quotation_spans",
    "quotation_speakers",
    "turns_by",
]

Order = Literal["best", "oldest", "newest"]

_ORDERS: Final[dict[Order | None, str]] = {
    None: "",
    "best": " ORDER BY rank",
    "oldest": f" ORDER BY coalesce(d.date {DATED}, 0) DESC, d.date",
    "newest": f" ORDER BY coalesce(d.date {DATED}, 0) DESC, d.date DESC",
}


@dataclass(frozen=True, slots=True)
class SearchScope:
    """What is looked for, and where.

    ``match`` is a query in the syntax of FTS5; None for quotations of whatever words. ``kinds`` are
    the kinds of quotations. ``speakers`` are row numbers, and ``names`` all names of the same
    people, for documents of which they are the author; ``speakers`` is None for anybody.
    """

    match: str | None
    kinds: tuple[str, ...]
    documents: DocumentFilter
    speakers: tuple[int, ...] | None
    names: tuple[str, ...]


class DocumentLabel(NamedTuple):
    """What a list says of the document in which something was found."""

    key: str
    title: str | None
    publication: str | None
    author: str | None
    date: str | None


class FoundQuotation(NamedTuple):
    """A quotation of the newest run: its row number, words and place."""

    id: int
    kind: str
    content: str
    start: int
    end: int
    negated: bool
    document: DocumentLabel


class FoundPassage(NamedTuple):
    """A passage: the row number of its document, its first code point there, its words."""

    document_row: int
    start: int
    text: str
    document: DocumentLabel

    @property
    def span(self) -> Span:
        """Its place in the document."""
        return Span(self.start, self.start + len(self.text))


class FoundSpan(NamedTuple):
    """A place in the document with this key."""

    document: str
    date: str | None
    start: int
    end: int


class AuthoredDocument(NamedTuple):
    """A document by an author: row number, key, date, length in code points."""

    row: int
    author: str
    key: str
    date: str | None
    characters: int


_LABEL = "d.key, d.title, d.publication, d.author, d.date"


def find_quotations(
    db: Connection, scope: SearchScope, order: Order | None = None
) -> Iterator[FoundQuotation]:
    """Yield the quotations in a scope; ordered "best" only where words are looked for."""
    statement = _quotations(
        f'q.id, q.kind, q.content, q.start, q."end", coalesce(q.negated, 0), {_LABEL}', scope
    )
    if statement is not None:
        sql, values = statement
        for number, kind, content, start, end, negated, *label in db.execute(
            sql + _ORDERS[order], values
        ):
            document = DocumentLabel._make(label)
            yield FoundQuotation(number, kind, content, start, end, bool(negated), document)


def quotation_spans(db: Connection, scope: SearchScope) -> Iterator[FoundSpan]:
    """Yield the places of the quotations in a scope, without what was *not* said by the article."""
    statement = _quotations('d.key, d.date, q.start, q."end"', scope)
    if statement is not None:
        sql, values = statement
        rows = db.execute(f"{sql} AND coalesce(q.negated, 0) = 0", values)
        yield from map(FoundSpan._make, rows)


def _quotations(columns: str, scope: SearchScope) -> tuple[str, list[Any]] | None:
    """A statement for quotations and its values; None where there can be none."""
    if not scope.kinds or scope.speakers == ():
        return None
    where, dated = scope.documents.conditions()
    values: list[Any] = []
    if scope.match is None:
        sql = (
            f"SELECT {columns} FROM quotations AS q"
            " JOIN documents AS d ON d.id = q.document_id WHERE"
        )
    else:
        sql = (
            f"SELECT {columns} FROM quotations_fts"
            " CROSS JOIN quotations AS q ON q.id = quotations_fts.rowid"
            " CROSS JOIN documents AS d ON d.id = q.document_id"
            " WHERE quotations_fts MATCH ? AND"
        )
        values.append(scope.match)
    sql += f" {CURRENT_QUOTATION} AND q.kind IN ({placeholders(scope.kinds)}){where}"
    values += [*scope.kinds, *dated]
    if scope.speakers is not None:
        sql += (
            " AND q.id IN (SELECT quotation_id FROM quotation_speakers"
            f" WHERE speaker_id IN ({placeholders(scope.speakers)}))"
        )
        values += scope.speakers
    return sql, values


def find_passages(
    db: Connection, scope: SearchScope, order: Order | None = None
) -> Iterator[FoundPassage]:
    """Yield the passages that hold the words; of speakers, those in which one of them speaks."""
    if scope.match is None:
        return
    where, dated = scope.documents.conditions()
    sql = (
        f"SELECT p.document_id, p.start, p.text, {_LABEL}"
        " FROM passages_fts CROSS JOIN passages AS p ON p.id = passages_fts.rowid"
        " CROSS JOIN documents AS d ON d.id = p.document_id"
        f" WHERE passages_fts MATCH ? AND d.replaced_by IS NULL{where}"
    )
    values: list[Any] = [scope.match, *dated]
    if scope.speakers is not None:
        sql += (
            f" AND (d.author IN ({placeholders(scope.names)}) OR EXISTS (SELECT 1"
            " FROM segments AS g WHERE g.document_id = p.document_id"
            ' AND g.start < p."end" AND g."end" > p.start'
            f" AND g.speaker_id IN ({placeholders(scope.speakers)})))"
        )
        values += [*scope.names, *scope.speakers]
    for document, start, text, *label in db.execute(sql + _ORDERS[order], values):
        yield FoundPassage(document, start, text, DocumentLabel._make(label))


def turns_by(db: Connection, scope: SearchScope) -> Iterator[FoundSpan]:
    """Yield the turns of the speakers of a scope, whatever they say."""
    speakers = scope.speakers or ()
    where, dated = scope.documents.conditions()
    rows = db.execute(
        'SELECT d.key, d.date, g.start, g."end" FROM segments AS g'
        " JOIN documents AS d ON d.id = g.document_id WHERE d.replaced_by IS NULL"
        f" AND g.speaker_id IN ({placeholders(speakers)}){where}",
        [*speakers, *dated],
    )
    yield from map(FoundSpan._make, rows)


def authored_documents(db: Connection, scope: SearchScope) -> Iterator[AuthoredDocument]:
    """Yield the current documents whose author has one of the names of a scope."""
    where, dated = scope.documents.conditions()
    rows = db.execute(
        "SELECT d.id, d.author, d.key, d.date, d.characters FROM documents AS d"
        f" WHERE d.replaced_by IS NULL AND d.author IN ({placeholders(scope.names)}){where}",
        [*scope.names, *dated],
    )
    yield from map(AuthoredDocument._make, rows)


def quotation_speakers(db: Connection, quotation: int) -> tuple[tuple[str, ...], str | None]:
    """Return the names of who is quoted, and an article's words for those without a name."""
    rows = db.execute(
        "SELECT s.name, qs.description FROM quotation_speakers AS qs"
        " LEFT JOIN speakers AS s ON s.id = qs.speaker_id"
        " WHERE qs.quotation_id = ? ORDER BY qs.position",
        (quotation,),
    ).fetchall()
    names = tuple(dict.fromkeys(name for name, _ in rows if name))
    described = [words for name, words in rows if words and not name]
    return names, " and ".join(described) or None
