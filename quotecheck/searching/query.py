"""The statements of a search: its filters, its words, and the places of a library that hold them.

`quotecheck.searching.search` puts them in order and counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from quotecheck.errors import InputError
from quotecheck.library.library import Statistics
from quotecheck.library.listings import relays_others
from quotecheck.records.text import Span
from quotecheck.searching.terms import SearchWords
from quotecheck.speakers.lookup import find_bearer

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["KINDS", "Hit", "Order", "Query", "date_conditions"]

Order = Literal["best", "oldest", "newest"]

KINDS: Final = ("text", "direct", "mixed", "indirect", "scare", "title")
"""What a hit can be: ``text`` is a turn or passage of the library, the others are quotations."""

_SAID: Final = ("text", "direct", "mixed", "indirect")
"""The kinds that are looked through unless others are asked for: marks around a title or an
ironical word are nobody's saying."""

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that holds the words.

    ``kind`` is one of `KINDS`. ``start`` and ``end`` are its place in the document, in code points,
    ``text`` what stands there (of a quotation in pieces the pieces, joined by " … "), ``matches``
    the words that were sought in it. ``speakers`` are names, none where nobody knows or several
    voices hold the words; ``description`` are an article's words for a speaker without a name.
    ``negated`` is whether the article says that this was *not* said. ``quotation`` is the row of
    a quotation (``quotations.id``), None for a passage. ``score`` is higher for a better place.
    """

    kind: str
    document: str
    title: str | None
    publication: str | None
    author: str | None
    date: str | None
    speakers: tuple[str, ...]
    description: str | None
    start: int
    end: int
    text: str
    matches: tuple[Span, ...]
    negated: bool = False
    quotation: int | None = None
    score: float = 0.0


class Query:
    """A search: its filters, then its words, then the places that hold them."""

    def __init__(
        self,
        library: Library,
        speaker: str | None,
        date_from: str | None,
        date_to: str | None,
        publication: str | None,
        kinds: Sequence[str] | None,
    ) -> None:
        self._db = library.db
        self._path = library.path
        self._words: SearchWords | None = None
        self._kinds = _kinds(kinds)
        bearer = None if speaker is None else find_bearer(library, speaker)
        self.names: tuple[str, ...] = () if bearer is None else bearer.names
        self._speakers = None if bearer is None else bearer.speakers
        self._where, self._values = self._filter(date_from, date_to, publication)
        self._turned: dict[int, bool] = {}

    def look_for(self, words: str) -> None:
        """Take the words in: all of them must be said, phrases in double quotes as they stand.

        Raises:
            InputError: there is no word among them, or far too many.
        """
        self._words = SearchWords(words)

    def searched(self) -> str:
        """What was looked through, as `Statistics.describe` says it."""
        row = self._db.execute(
            "SELECT count(*), min(d.date), max(d.date) FROM documents AS d"  # noqa: S608
            f" WHERE d.replaced_by IS NULL{self._where}",
            self._values,
        ).fetchone()
        return Statistics(row[0], 0, 0, 0, 0, 0, row[1], row[2]).describe()

    def _filter(
        self, date_from: str | None, date_to: str | None, publication: str | None
    ) -> tuple[str, list[Any]]:
        """The conditions on a document ``d``."""
        where, values = date_conditions(date_from, date_to)
        if publication is not None:
            held = [
                name
                for (name,) in self._db.execute(
                    "SELECT DISTINCT publication FROM documents WHERE publication IS NOT NULL"
                )
            ]
            wanted = publication.casefold().split()
            names = [name for name in held if all(one in name.casefold() for one in wanted)]
            if not names:
                told = ", ".join(f"“{name}”" for name in sorted(held)[:10])
                raise InputError(
                    f"no publication here is called {publication!r}",
                    where=str(self._path),
                    remedy=f"There are {told}." if told else "No document here has one.",
                )
            where += f" AND d.publication IN ({_marks(names)})"
            values += names
        return where, values

    # Quotations

    def _of_quotations(self, columns: str) -> tuple[str, list[Any]] | None:
        kinds = [kind for kind in self._kinds if kind != "text"]
        if not kinds or self._speakers == ():
            return None
        sql = (
            f"SELECT {columns} FROM quotations AS q"  # noqa: S608 (constants)
            " JOIN documents AS d ON d.id = q.document_id WHERE"
        )
        values: list[Any] = []
        if self._words is not None:
            sql = (
                f"SELECT {columns} FROM quotations_fts"  # noqa: S608 (constants)
                " CROSS JOIN quotations AS q ON q.id = quotations_fts.rowid"
                " CROSS JOIN documents AS d ON d.id = q.document_id"
                " WHERE quotations_fts MATCH ? AND"
            )
            values.append(self._words.query)
        sql += (
            " d.replaced_by IS NULL AND q.run_id ="  # noqa: S608
            " (SELECT max(run_id) FROM attributed WHERE document_id = d.id)"
            f" AND q.kind IN ({_marks(kinds)}){self._where}"
        )
        values += [*kinds, *self._values]
        if self._speakers is not None:
            sql += (
                f" AND q.id IN (SELECT quotation_id FROM quotation_speakers"  # noqa: S608
                f" WHERE speaker_id IN ({_marks(self._speakers)}))"
            )
            values += self._speakers
        return sql, values

    def quotations(self, order: Order) -> Iterator[Hit]:
        """Quotations that hold the words."""
        asked = self._of_quotations(
            'q.id, q.kind, q.content, q.start, q."end", q.negated,'
            " d.key, d.title, d.publication, d.author, d.date"
        )
        if asked is None:
            return
        sql, values = asked
        for number, kind, content, start, end, negated, *told in self._db.execute(
            sql + _ORDERS[order], values
        ):
            key, title, publication, author, date = told
            speakers, description = self._said_by(number)
            yield Hit(
                kind, key, title, publication, author, date, speakers, description, start, end,
                content, tuple(self._places(content)), bool(negated), number,
            )  # fmt: skip

    def _said_by(self, quotation: int) -> tuple[tuple[str, ...], str | None]:
        rows = self._db.execute(
            "SELECT s.name, qs.description FROM quotation_speakers AS qs"
            " LEFT JOIN speakers AS s ON s.id = qs.speaker_id"
            " WHERE qs.quotation_id = ? ORDER BY qs.position",
            [quotation],
        ).fetchall()
        names = tuple(dict.fromkeys(name for name, _ in rows if name))
        described = [words for name, words in rows if words and not name]
        return names, " and ".join(described) or None

    # Turns and passages

    def passages(self, order: Order) -> Iterator[Hit]:
        """Turns, and passages of texts without turns, that hold the words."""
        asked = self._of_passages(
            "p.document_id, p.start, p.text, d.key, d.title, d.publication, d.author, d.date"
        )
        if asked is not None:
            sql, values = asked
            rows = self._db.execute(sql + _ORDERS[order], values)
            for document, start, text, *told in rows:
                yield from self._in_passage(document, Span(start, start + len(text)), text, told)

    def _of_passages(self, columns: str) -> tuple[str, list[Any]] | None:
        if "text" not in self._kinds or self._words is None:
            return None
        sql = (
            f"SELECT {columns}"  # noqa: S608 (constants)
            " FROM passages_fts CROSS JOIN passages AS p ON p.id = passages_fts.rowid"
            " CROSS JOIN documents AS d ON d.id = p.document_id"
            f" WHERE passages_fts MATCH ? AND d.replaced_by IS NULL{self._where}"
        )
        values: list[Any] = [self._words.query, *self._values]
        if self._speakers is not None:
            sql += (
                f" AND (d.author IN ({_marks(self.names)}) OR EXISTS (SELECT 1"  # noqa: S608
                " FROM segments AS g WHERE g.document_id = p.document_id"
                f' AND g.start < p."end" AND g."end" > p.start'
                f" AND g.speaker_id IN ({_marks(self._speakers)})))"
            )
            values += [*self.names, *self._speakers]
        return sql, values

    def _in_passage(
        self, document: int, passage: Span, text: str, told: list[Any]
    ) -> Iterator[Hit]:
        """The turns of a passage that have all the words, or the passage if several share them."""
        key, title, publication, author, date = told
        pieces = self._pieces(document, passage, author)
        whole = []
        for piece, speakers in pieces:
            words = text[piece.start - passage.start : piece.end - passage.start]
            matches = tuple(self._places(words))
            if matches:
                whole.append((piece, speakers, words, matches))
        if not whole and self._speakers is None:
            whole.append((passage, (), text, tuple(self._places(text))))
        for piece, speakers, words, matches in whole:
            if self._speakers is None or set(speakers) & set(self.names):
                yield Hit(
                    "text", key, title, publication, author, date, speakers, None, piece.start,
                    piece.end, words, matches,
                )  # fmt: skip

    def _pieces(
        self, document: int, passage: Span, author: str | None
    ) -> list[tuple[Span, tuple[str, ...]]]:
        """The parts of a passage with who speaks in each."""
        rows = self._db.execute(
            'SELECT g.start, g."end", s.name FROM segments AS g'
            " LEFT JOIN speakers AS s ON s.id = g.speaker_id"
            ' WHERE g.document_id = ? AND g.start < ? AND g."end" > ? ORDER BY g.start',
            [document, passage.end, passage.start],
        ).fetchall()
        if not rows:
            return [(passage, self._author(document, author))]
        return [
            (
                Span(max(start, passage.start), min(end, passage.end)),
                () if name is None else (name,),
            )
            for start, end, name in rows
        ]

    def _author(self, document: int, author: str | None) -> tuple[str, ...]:
        """Who speaks in a text without turns: its author, unless they tell what others say."""
        if author is None:
            return ()
        if document not in self._turned:
            sql = "SELECT 1 FROM segments WHERE document_id = ? LIMIT 1"
            turned = self._db.execute(sql, [document]).fetchone() is not None
            self._turned[document] = turned or relays_others(self._db.conn, document)
        return () if self._turned[document] else (author,)

    def _places(self, text: str) -> list[Span]:
        return self._words.places(text) if self._words is not None else []

    # Counts

    def copies(self) -> dict[str, str]:
        """The near copies of documents, by key, with the key of the earliest of each."""
        rows = self._db.execute(
            "SELECT d.key, o.key FROM document_copies AS c JOIN documents AS d"
            " ON d.id = c.document_id JOIN documents AS o ON o.id = c.copy_of"
        )
        return dict(rows.fetchall())

    def places(self) -> Iterator[tuple[str, str | None, int, int, bool]]:
        """Every place as (document, date, start, end, is it a quotation): quotations come first.

        Without a speaker a passage counts once, however many turns of it hold the words.
        """
        asked = self._of_quotations('d.key, d.date, q.start, q."end", 1')
        if asked is not None:
            sql, values = asked
            for row in self._db.execute(sql + " AND coalesce(q.negated, 0) = 0", values):
                yield (*row[:4], True)
        asked = self._of_passages(
            'd.key, d.date, p.start, p."end", p.document_id, p.text, d.author'
        )
        if asked is not None:
            for key, date, start, end, document, text, author in self._db.execute(*asked):
                if self._speakers is None:
                    yield key, date, start, end, False
                    continue
                told = [key, None, None, author, date]
                for hit in self._in_passage(document, Span(start, end), text, told):
                    yield key, date, hit.start, hit.end, False
        if "text" not in self._kinds or self._words is not None:
            return
        speakers = self._speakers or ()
        rows = self._db.execute(
            'SELECT d.key, d.date, g.start, g."end" FROM segments AS g'  # noqa: S608 (constants)
            " JOIN documents AS d ON d.id = g.document_id WHERE d.replaced_by IS NULL"
            f" AND g.speaker_id IN ({_marks(speakers)}){self._where}",
            [*speakers, *self._values],
        )
        for row in rows:
            yield (*row, False)
        rows = self._db.execute(
            "SELECT d.id, d.author, d.key, d.date, d.characters FROM documents AS d"  # noqa: S608
            f" WHERE d.replaced_by IS NULL AND d.author IN ({_marks(self.names)}){self._where}",
            [*self.names, *self._values],
        )
        for document, author, key, date, end in rows:
            if self._author(document, author):
                yield key, date, 0, end, False


_ORDERS: dict[Order, str] = {
    "best": " ORDER BY rank",
    "oldest": " ORDER BY d.date IS NULL, d.date",
    "newest": " ORDER BY d.date DESC",
}


def _kinds(kinds: Sequence[str] | None) -> tuple[str, ...]:
    if not kinds:
        return _SAID
    for kind in kinds:
        if kind not in KINDS:
            raise InputError(f"there is no kind {kind!r}", remedy=f"One of {', '.join(KINDS)}.")
    return tuple(dict.fromkeys(kinds))


def date_conditions(date_from: str | None, date_to: str | None) -> tuple[str, list[Any]]:
    """SQL that keeps documents ``d`` of a time, and its values.

    Dates are compared as precisely as both are known: 1861 may be in March 1861. What has no date
    is of no time.

    Raises:
        InputError: one of them is no date.
    """
    where: str = ""
    values: list[Any] = []
    if date_from is not None:
        where += " AND d.date >= substr(?, 1, length(d.date))"
        values.append(_date(date_from))
    if date_to is not None:
        last = _date(date_to)
        where += " AND substr(d.date, 1, ?) <= ?"
        values += [len(last), last]
    return where, values


def _date(text: str) -> str:
    told = text.strip()
    if not _DATE.fullmatch(told):
        raise InputError(
            f"{text!r} is no date", remedy="A year, month or day: 1861, 1861-03 or 1861-03-04."
        )
    return told


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
