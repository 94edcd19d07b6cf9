"""A search as it was asked for: its filters, its words, and the places of a library that hold them.

`quotecheck.searching.search` puts the places in order and counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from quotecheck.errors import InputError
from quotecheck.library import full_text_search
from quotecheck.library.copies import originals_by_copy
from quotecheck.library.document_lookup import DocumentFilter, count_matching, publication_names
from quotecheck.library.full_text_search import FoundPassage, Order, SearchScope
from quotecheck.library.listings import relays_others
from quotecheck.library.utterances import has_turns, turns_within
from quotecheck.records.text import Span
from quotecheck.searching.terms import SearchWords
from quotecheck.speakers.lookup import find_person

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["KINDS", "Hit", "Order", "Query", "dated_between"]

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
        self._words: SearchWords | None = None
        self._kinds = _kinds(kinds)
        bearer = None if speaker is None else find_person(library, speaker)
        self.names: tuple[str, ...] = () if bearer is None else bearer.names
        self._speakers = None if bearer is None else bearer.speakers
        self._documents = dated_between(date_from, date_to)
        if publication is not None:
            names = _publications(library, publication)
            self._documents = replace(self._documents, publications=names)
        self._relays: dict[int, bool] = {}

    def look_for(self, words: str) -> None:
        """Take the words in: all of them must be said, phrases in double quotes as they stand.

        Raises:
            InputError: there is no word among them, or far too many.
        """
        self._words = SearchWords(words)

    def searched(self) -> str:
        """Say what was looked through, as `Statistics.describe` does."""
        return count_matching(self._db, self._documents).describe()

    @property
    def _scope(self) -> SearchScope:
        return SearchScope(
            None if self._words is None else self._words.query,
            tuple(kind for kind in self._kinds if kind != "text"),
            self._documents,
            self._speakers,
            self.names,
        )

    # Places

    def quotations(self, order: Order) -> Iterator[Hit]:
        """Yield the quotations that hold the words."""
        for quotation in full_text_search.find_quotations(self._db, self._scope, order):
            speakers, description = full_text_search.quotation_speakers(self._db, quotation.id)
            yield Hit(
                quotation.kind, *quotation.document, speakers, description,
                quotation.start, quotation.end, quotation.content,
                tuple(self._places(quotation.content)), quotation.negated, quotation.id,
            )  # fmt: skip

    def passages(self, order: Order) -> Iterator[Hit]:
        """Yield the turns, and the passages of texts without turns, that hold the words."""
        if "text" in self._kinds:
            for passage in full_text_search.find_passages(self._db, self._scope, order):
                yield from self._in_passage(passage)

    def _in_passage(self, passage: FoundPassage) -> Iterator[Hit]:
        """The turns of a passage that have all the words, or the passage if several share them."""
        pieces = self._pieces(passage)
        whole = []
        for piece, speakers in pieces:
            words = passage.text[piece.start - passage.start : piece.end - passage.start]
            matches = tuple(self._places(words))
            if matches:
                whole.append((piece, speakers, words, matches))
        if not whole and self._speakers is None:
            whole.append((passage.span, (), passage.text, tuple(self._places(passage.text))))
        for piece, speakers, words, matches in whole:
            if self._speakers is None or set(speakers) & set(self.names):
                yield Hit(
                    "text", *passage.document, speakers, None, piece.start, piece.end, words,
                    matches,
                )  # fmt: skip

    def _pieces(self, passage: FoundPassage) -> list[tuple[Span, tuple[str, ...]]]:
        """The parts of a passage with who speaks in each."""
        span = passage.span
        turns = turns_within(self._db, passage.document_row, span)
        if not turns:
            return [(span, self._author(passage.document_row, passage.document.author))]
        return [
            (
                Span(max(turn.start, span.start), min(turn.end, span.end)),
                () if turn.speaker is None else (turn.speaker,),
            )
            for turn in turns
        ]

    def _author(self, document: int, author: str | None) -> tuple[str, ...]:
        """Who speaks in a text without turns: its author, unless they report what others say."""
        if author is None:
            return ()
        if document not in self._relays:
            self._relays[document] = has_turns(self._db, document) or relays_others(
                self._db.conn, document
            )
        return () if self._relays[document] else (author,)

    def _places(self, text: str) -> list[Span]:
        return self._words.places(text) if self._words is not None else []

    # Counts

    def copies(self) -> dict[str, str]:
        """Return the near copies of documents, by key, with the key of the earliest of each."""
        return originals_by_copy(self._db)

    def places(self) -> Iterator[tuple[str, str | None, int, int, bool]]:
        """Every place as (document, date, start, end, is it a quotation): quotations come first.

        Without a speaker a passage counts once, however many turns of it hold the words.
        """
        scope = self._scope
        for place in full_text_search.quotation_spans(self._db, scope):
            yield (*place, True)
        if "text" not in self._kinds:
            return
        for passage in full_text_search.find_passages(self._db, scope):
            key, date = passage.document.key, passage.document.date
            if self._speakers is None:
                yield key, date, passage.span.start, passage.span.end, False
                continue
            for hit in self._in_passage(passage):
                yield key, date, hit.start, hit.end, False
        if self._words is not None:
            return
        for turn in full_text_search.turns_by(self._db, scope):
            yield (*turn, False)
        for written in full_text_search.authored_documents(self._db, scope):
            if self._author(written.row, written.author):
                yield written.key, written.date, 0, written.characters, False


def _publications(library: Library, words: str) -> tuple[str, ...]:
    """The publications of a library whose names hold all of some words."""
    publications = publication_names(library.db)
    terms = words.casefold().split()
    names = tuple(name for name in publications if all(word in name.casefold() for word in terms))
    if not names:
        known_names = ", ".join(f"“{name}”" for name in sorted(publications)[:10])
        raise InputError(
            f"no publication here is called {words!r}",
            where=str(library.path),
            remedy=f"There are {known_names}." if known_names else "No document here has one.",
        )
    return names


def _kinds(kinds: Sequence[str] | None) -> tuple[str, ...]:
    if not kinds:
        return _SAID
    for kind in kinds:
        if kind not in KINDS:
            raise InputError(f"there is no kind {kind!r}", remedy=f"One of {', '.join(KINDS)}.")
    return tuple(dict.fromkeys(kinds))


def dated_between(date_from: str | None, date_to: str | None) -> DocumentFilter:
    """Return the filter for documents of a time.

    Raises:
        InputError: one of them is not a date.
    """
    return DocumentFilter(
        None if date_from is None else _date(date_from), None if date_to is None else _date(date_to)
    )


def _date(text: str) -> str:
    written = text.strip()
    if not _DATE.fullmatch(written):
        raise InputError(
            f"{text!r} is not a date", remedy="A year, month or day: 1861, 1861-03 or 1861-03-04."
        )
    return written
