"""What of an article's quotation is to be looked for, and what the article says beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from quotecheck.comparison.article_words import ARTICLE_GAP
from quotecheck.comparison.wording import strip_marks
from quotecheck.language.quotation_characters import ANY_MARK
from quotecheck.language.word_classes import COORDINATORS
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.span_set import SpanSet
from quotecheck.records.text import Span

__all__ = ["QuotedWords", "quoted_words"]

_LEAD: Final = 200
"""Code points in front of a fragment, or after it, in which the rest of its sentence is read."""
_APPOSITION = re.compile(r"[,(—–]")
_STOP = re.compile(r"[.!?;:]\s|\n|[\"“”]")


class QuotedWords(NamedTuple):
    """The words of a quotation.

    ``readings`` are the ways in which the words may be meant, as printed first. ``passages`` are
    the words between which the article says something of its own: one where it does not.
    ``beside`` is what the article says itself, empty where it only quotes; ``clause`` who reports
    it, and by what expression. ``lead`` are the article's words up to the quoted ones, in the same
    clause.
    """

    readings: tuple[str, ...]
    passages: tuple[str, ...]
    beside: str
    clause: str
    lead: str


def quoted_words(document: Document, quotation: Quotation, marked: SpanSet) -> QuotedWords:
    """The words that an article prints as somebody's own, and its own words in the same report.

    Of «that “maps are for tourists”» the words in marks are looked for: the rest is the article's
    paraphrase. Content without any mark (a turn of a transcript) counts whole.

    Args:
        document: the article.
        quotation: one of its quotations.
        marked: what stands in quotation marks there.
    """
    text = document.text
    spans = _spans(text, quotation, marked)
    groups: list[list[Span]] = []
    for span in spans:
        if groups and not _goes_between(text, quotation, groups[-1][-1].end, span.start):
            groups[-1].append(span)
        else:
            groups.append([span])
    ways = [_readings(text, group) for group in groups]
    passages = tuple(way[0] for way in ways)
    named = [_APPOSITION.split(span.of(text), maxsplit=1)[0] for span in quotation.source]
    clause = " ".join((*named, *(span.of(text) for span in quotation.cue)))
    beside = _beside(text, quotation, spans)
    lead = _lead(text, quotation, spans[0]).of(text)
    if len(ways) == 1:
        return QuotedWords(ways[0], passages, beside, clause, lead)
    ends = [way[-1].rstrip(" ,") for way in ways[:-1]]
    joined = f" {ARTICLE_GAP} ".join((*ends, passages[-1]))
    return QuotedWords((joined,), passages, beside, clause, lead)


def _spans(text: str, quotation: Quotation, marked: SpanSet) -> list[Span]:
    """The places of the words in marks; the whole content where it has none."""
    inside = [part for span in quotation.content for part in marked.within(span)]
    letters = [p for p in inside if any(c.isalnum() for c in p.of(text))]
    return letters or list(quotation.content)


def _goes_between(text: str, quotation: Quotation, start: int, end: int) -> bool:
    """Whether the article says something of its own between two pairs of marks.

    A reporting clause ("she said") does not count; "and" does, for it joins what stood apart.
    """
    between = Span(start, end)
    if text[start:end].strip(" ,\"'“”‘’").casefold() in COORDINATORS:
        return True
    parts_between = SpanSet(quotation.content).within(between)
    return any(c.isalnum() for part in parts_between for c in part.of(text))


def _readings(text: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """The words as printed; and, when a cue splits them, without the commas before it.

    Such a comma may also stand where the speaker made a full stop: "We paid," she said. "Twice."
    """
    pieces = [strip_marks(span.of(text)) for span in spans]
    pieces = [piece for piece in pieces if piece]
    bare = [piece.rstrip(" ,") for piece in pieces[:-1]] + pieces[-1:]
    ended = [
        piece + "." * (was != piece and after[:1].isupper())
        for was, piece, after in zip(pieces, bare, [*bare[1:], ""], strict=True)
    ]
    return tuple(dict.fromkeys(" ".join(form) for form in (pieces, bare, ended)))


def _beside(text: str, quotation: Quotation, spans: Sequence[Span]) -> str:
    """The article's words in the report: of its content and its sentence, not who reports how.

    The sentence counts where the marks hold a fragment: a quoted sentence stands by itself.
    """
    first, last = spans[0], spans[-1]
    clause = (*quotation.source, *quotation.cue)
    article_parts = [part for span in quotation.content for part in _without(span, spans)]
    if first.of(text).lstrip("\"'“”‘’ ")[:1].islower():
        after = _STOP.search(text, last.end + 1, last.end + 1 + _LEAD)
        article_parts += [
            _lead(text, quotation, first),
            Span(last.end, after.start() if after else min(len(text), last.end + _LEAD)),
        ]
    parts = [part for span in article_parts for part in _without(span, clause)]
    return " ".join(" ".join(part.of(text) for part in parts).split())


def _lead(text: str, quotation: Quotation, first: Span) -> Span:
    """What stands before the first quoted words in their clause.

    Of "Ann, who never lies, said it “was” so" only "it" is about what was said.
    """
    before = text[max(0, first.start - _LEAD) : max(0, first.start - 1)]
    begin = max((stop.end() for stop in _STOP.finditer(before)), default=0)
    start = max(0, first.start - 1) - len(before) + begin
    clause = (*quotation.source, *quotation.cue)
    ends = [span.end for span in clause if start < span.end <= first.start]
    end = first.start - (text[first.start - 1 : first.start] in tuple(ANY_MARK))
    return Span(max([start, *ends]), max([start, end, *ends]))


def _without(span: Span, others: Sequence[Span]) -> list[Span]:
    """The parts of a span that lie outside of others, which are in order."""
    parts, at = [], span.start
    for other in sorted(others):
        if other.end <= at or other.start >= span.end:
            continue
        if other.start > at:
            parts.append(Span(at, other.start))
        at = max(at, other.end)
    if at < span.end:
        parts.append(Span(at, span.end))
    return parts
