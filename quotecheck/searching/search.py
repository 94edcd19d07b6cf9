"""What was said: in turns and passages of the library, and in quotations attributed in articles.

`search_library` gives the places that hold all the words, best first or by date; `over_time` counts
them by year or month. Words are words: nothing in them is search syntax but double quotes, which
keep a phrase together.
"""

from __future__ import annotations

import heapq
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from quotecheck.errors import InputError
from quotecheck.library.library import explained
from quotecheck.records.text import Span
from quotecheck.searching.query import KINDS, Hit, Order, Query

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["KINDS", "Hit", "Order", "Period", "SearchResults", "Timeline", "over_time",
           "search_library"]  # fmt: skip

By = Literal["year", "month", "auto"]

_COUNTED: Final = 1000
"""Places of either sort that are counted; from there on it is "at least"."""

_FUSED: Final = 60
"""Of two rankings, the first of each comes before the second of each (reciprocal rank fusion)."""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What a search found.

    ``speaker`` are the names of the library that the speaker asked for goes by. ``hits`` begin at
    ``offset``. ``total`` is how many places there are; with ``complete`` False there are more.
    ``searched`` says what was looked through ("312 documents (1789 to 2016-11-08)").
    """

    words: str
    speaker: tuple[str, ...]
    hits: tuple[Hit, ...]
    offset: int
    total: int
    complete: bool
    searched: str


@dataclass(frozen=True, slots=True)
class Period:
    """How often in a year ("1861") or month ("1861-03"): in quotations, in turns and passages.

    ``documents`` is in how many documents.
    """

    label: str
    quotations: int
    passages: int
    documents: int

    @property
    def total(self) -> int:
        """Places of both sorts."""
        return self.quotations + self.passages


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts over time, for a chart.

    ``periods`` are those with at least one place, in order of time. ``undated`` is how many places
    are in documents without a date, ``imprecise`` in such whose month is not known (by month).
    ``copies`` is how many documents were left out as near copies of one that is counted.
    """

    words: str
    speaker: tuple[str, ...]
    by: Literal["year", "month"]
    periods: tuple[Period, ...]
    undated: int
    imprecise: int
    searched: str
    copies: int = 0

    def every_period(self, most: int = 1200) -> tuple[Period, ...]:
        """The same with the empty periods in between; without them if that makes too many."""
        if not self.periods:
            return ()
        periods = {period.label: period for period in self.periods}
        first, last = self.periods[0].label, self.periods[-1].label
        labels = list(itertools.islice(_labels(first, last), most + 1))
        if len(labels) > most:
            return self.periods
        return tuple(periods.get(label, Period(label, 0, 0, 0)) for label in labels)


def search_library(
    library: Library,
    words: str,
    *,
    speaker: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    publication: str | None = None,
    kinds: Sequence[str] | None = None,
    order: Order = "best",
    limit: int = 20,
    offset: int = 0,
) -> SearchResults:
    """Places of the library where all these words were said.

    A passage that a quotation found too lies in is given only as the quotation.

    Args:
        library: open for reading or writing.
        words: words and "phrases", in any case and with or without accents.
        speaker: only what this speaker said, by any of their names. In a text without turns that is
            its author, unless it is an article, whose author passes on what others say.
        date_from: only documents of this date or later: a year, month or day. Dates are compared
            as precisely as both are known: a document of 1861 may be of March 1861.
        date_to: only documents of this date or earlier.
        publication: only from publications with these words in their name.
        kinds: only these of `KINDS`; without, all but titles and words in scare quotes.
        order: the best first, or by date. Undated ones come last.
        limit: how many places to give, at least 0.
        offset: how many to leave out in front.

    Raises:
        InputError: no word to look for, a date that is not one, a kind that is not one, an unknown
            or ambiguous speaker (with the nearest names), or an unknown publication.
        LibraryError: the library cannot be read.
    """
    with explained(library.path):
        query = Query(library, speaker, date_from, date_to, publication, kinds)
        query.look_for(words)
        quotations = list(itertools.islice(query.quotations(order), _COUNTED + 1))
        spans: dict[str, list[Span]] = {}
        for hit in quotations:
            spans.setdefault(hit.document, []).append(Span(hit.start, hit.end))
        free = (
            hit
            for hit in query.passages(order)
            if not any(
                Span(hit.start, hit.end).overlaps(span) for span in spans.get(hit.document, ())
            )
        )
        passages = list(itertools.islice(free, _COUNTED + 1))
        complete = max(len(quotations), len(passages)) <= _COUNTED
        quotations, passages = quotations[:_COUNTED], passages[:_COUNTED]
        merged = _merged(quotations, passages, order)
        hits = tuple(itertools.islice(merged, offset, offset + limit))
        total = len(quotations) + len(passages)
        return SearchResults(words, query.names, hits, offset, total, complete, query.searched())


def over_time(
    library: Library,
    words: str = "",
    *,
    speaker: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    publication: str | None = None,
    kinds: Sequence[str] | None = None,
    by: By = "auto",
) -> Timeline:
    """How often these words were said, by year or month; without words, how often somebody spoke.

    A time that somebody spoke is a quotation, a turn, or a whole text of theirs without turns.
    Without a speaker, a passage counts once however many turns of it hold the words.

    The arguments are those of `search_library`. What an article says was *not* said is not counted.
    Of near copies of a text, such as a wire story in several papers, the earliest counts alone.
    ``by`` "auto" takes months where everything lies within three years.

    Raises:
        InputError: as `search_library`; and where there are neither words nor a speaker.
        LibraryError: the library cannot be read.
    """
    with explained(library.path):
        query = Query(library, speaker, date_from, date_to, publication, kinds)
        if words.strip():
            query.look_for(words)
        elif speaker is None:
            raise InputError("there is nothing to count", remedy="Give words, a speaker, or both.")
        spans: dict[str, list[Span]] = {}
        documents: dict[str, _Counted] = {}
        for document, date, start, end, is_quotation in query.places():
            place = Span(start, end)
            if is_quotation:
                spans.setdefault(document, []).append(place)
            elif any(place.overlaps(span) for span in spans.get(document, ())):
                continue
            counted = documents.setdefault(document, _Counted(date))
            if is_quotation:
                counted.quotations += 1
            else:
                counted.passages += 1
        every = len(documents)
        _leave_out_copies(documents, query.copies())
        sought = query.searched()
    for period in documents.values():
        period.date = period.date if _is_dated(period.date) else None
    dates = [period.date for period in documents.values() if period.date]
    unit: Literal["year", "month"] = "year" if by == "year" else "month"
    if by == "auto":
        years = {int(date[:4]) for date in dates}
        exact = all(len(date) >= 7 for date in dates)
        unit = "month" if years and exact and max(years) - min(years) < 3 else "year"
    undated = imprecise = 0
    summed: dict[str, list[int]] = {}
    for period in documents.values():
        if not period.date:
            undated += period.quotations + period.passages
        elif unit == "month" and len(period.date) < 7:
            imprecise += period.quotations + period.passages
        else:
            row = summed.setdefault(period.date[: 7 if unit == "month" else 4], [0, 0, 0])
            row[0] += period.quotations
            row[1] += period.passages
            row[2] += 1
    periods = tuple(Period(label, row[0], row[1], row[2]) for label, row in sorted(summed.items()))
    left_out = every - len(documents)
    return Timeline(words, query.names, unit, periods, undated, imprecise, sought, left_out)


@dataclass(slots=True)
class _Counted:
    """How often in one document."""

    date: str | None
    quotations: int = 0
    passages: int = 0


def _leave_out_copies(counts: dict[str, _Counted], copies: Mapping[str, str]) -> None:
    """Of documents that are near copies of one another keep the earliest: one wire story is one."""
    groups: dict[str, list[str]] = {}
    for document in counts:
        groups.setdefault(copies.get(document, document), []).append(document)
    for original, group in groups.items():
        # Of two of one date that which is the original, then by key: the same on every machine.
        ordered = sorted(group, key=lambda key: (counts[key].date or "9", key != original, key))
        for copy in ordered[1:]:
            del counts[copy]


def _labels(first: str, last: str) -> Iterator[str]:
    """Years or months from the first to the last."""
    year, month = int(first[:4]), int(first[5:7] or 0)
    label = first
    while label <= last:
        yield label
        if month:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        else:
            year += 1
        label = f"{year:04}-{month:02}" if month else f"{year:04}"


def _merged(quotations: list[Hit], passages: list[Hit], order: Order) -> Iterator[Hit]:
    """Merge the hits among quotations and among passages into one order, by rank or by date.

    Their scores cannot be compared, their ranks can.
    """
    if order == "best":
        ranked = [
            [replace(hit, score=1 / (_FUSED + place)) for place, hit in enumerate(hits, start=1)]
            for hits in (quotations, passages)
        ]
        return heapq.merge(*ranked, key=lambda hit: -hit.score)
    dated = [[hit for hit in hits if _is_dated(hit.date)] for hits in (quotations, passages)]
    merged = heapq.merge(*dated, key=lambda hit: hit.date or "", reverse=order == "newest")
    undated = (hit for hit in (*quotations, *passages) if not _is_dated(hit.date))
    return itertools.chain(merged, undated)


def _is_dated(date: str | None) -> bool:
    """Whether a date begins with a year; "03/04/2024" may be any of two days."""
    return date is not None and re.match(r"[0-9]{4}", date) is not None
