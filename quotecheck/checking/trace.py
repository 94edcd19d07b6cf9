"""Where words come from and how they went on: every occurrence in a library, in order of time.

Occurrences are sorted into variants (the same words, whatever the typography). A copy is recognised
by its evidence: the same text around it, the same departure from the earliest wording, or quotation
marks with the name of who is quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quotecheck.checking.checker import Checker
from quotecheck.checking.matches import Match
from quotecheck.checking.thresholds import thresholds
from quotecheck.checking.trace_evidence import (
    OccurrenceDraft,
    find_source_occurrence,
    group_reprints,
    opcodes,
)
from quotecheck.comparison.alignment import Alignment, Anchors
from quotecheck.comparison.context import squeeze
from quotecheck.comparison.edit_classes import TYPOGRAPHIC, classify_edit
from quotecheck.comparison.stretches import WordRun
from quotecheck.comparison.word_alignment import AlignmentBlock
from quotecheck.comparison.wording import compare_wording, strip_marks
from quotecheck.comparison.words import Words, bare, quotation_words, source_words
from quotecheck.errors import InputError
from quotecheck.library.passage_index import search_terms
from quotecheck.records.check import Severity, Verdict
from quotecheck.records.text import Span

__all__ = ["Occurrence", "Trace", "Variant", "trace_quote"]

_ENOUGH: Final = 0.62
"""Share of the quotation (weight of words) that an occurrence must hold."""
_SHORT: Final = 5
"""Words below which an occurrence must hold the exact share: few words stand everywhere."""
_AROUND: Final = 220
"""Code points on either side whose likeness tells that a text was copied whole."""
_ROWS: Final = 400
"""Passages that are looked at; five times as many with exactly the words. Bounds the time."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where the words stand.

    ``number`` counts from 1 in order of time (undated ones come last). ``verdict`` and
    ``severity`` say how the quotation asked for stands to this wording. ``variant`` is the number
    of its `Variant`. ``quoted`` are the names whom the document gives as the ones it quotes,
    ``in_marks`` whether the words stand in quotation marks there. ``copies`` is the number of the
    earlier occurrence that it seems to take its words from, ``evidence`` the reasons for that.
    ``diff`` goes from the earliest wording to this one. ``locator`` is its page or time, as in
    `Check`. ``reprint_of`` is the number of an occurrence whose document this one's is a near copy
    of, word for word except for a headline or an end cut off. ``derived`` tells that its document
    repeats others, ``origin`` is the number of the earliest occurrence that it is linked with, by
    copies and reprints: itself where there is none.
    """

    number: int
    document: str
    title: str | None
    author: str | None
    date: str | None
    span: Span
    speaker: str | None
    words: str
    verdict: Verdict
    severity: Severity
    variant: int
    quoted: tuple[str, ...]
    in_marks: bool
    copies: int | None
    evidence: str
    diff: tuple[tuple[str, str, str], ...]
    locator: str | None = None
    reprint_of: int | None = None
    derived: bool = False
    origin: int = 0


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording: its words as they first stand, the occurrences, and how many are not copies."""

    number: int
    words: str
    occurrences: tuple[int, ...]
    independent: int
    first_date: str | None


@dataclass(frozen=True, slots=True)
class Trace:
    """All that a library knows of a quotation's way.

    ``earliest`` and ``best`` are numbers of variants: the first in time, and the one that most
    documents have on their own. ``left_out`` counts further occurrences beyond the limit.
    ``independent_origins`` counts groups of occurrences that are not linked: copies and near copies
    count as one with what they copy, and documents that repeat others add none.
    """

    quote: str
    occurrences: tuple[Occurrence, ...]
    variants: tuple[Variant, ...]
    earliest: int | None
    best: int | None
    left_out: int
    searched: str
    independent_origins: int = 0

    @property
    def only_derived(self) -> bool:
        """Whether all the words' places stand in documents that repeat others."""
        return bool(self.occurrences) and all(occurrence.derived for occurrence in self.occurrences)


def trace_quote(checker: Checker, quote: str, *, limit: int = 100) -> Trace:
    """Every occurrence of a quotation, its variants, and who took it from whom.

    Args:
        checker: of the library to look through.
        quote: the words, with or without quotation marks around them.
        limit: occurrences to tell at most, the earliest.

    Raises:
        InputError: when the quotation holds no word.
    """
    shown = strip_marks(quote)
    words = quotation_words(shown)
    if not words:
        raise InputError(
            "the quotation holds no word to look for",
            where=repr(quote[:40]),
            remedy="Give the words to trace.",
        )
    places = sorted(_places(checker, shown, words), key=_in_time)
    left_out = max(0, len(places) - limit)
    drafts = [_look(checker, shown, words, place) for place in places[:limit]]
    variants = _sort_into_variants(drafts)
    for at in range(1, len(drafts)):
        find_source_occurrence(checker, drafts, at)
    group_reprints(checker, drafts)
    origins = _origins(drafts)
    occurrences = tuple(
        replace(
            _occurrence(drafts, at),
            locator=checker.finder.locator(drafts[at].place),
            origin=origins[at] + 1,
        )
        for at in range(len(drafts))
    )
    variant_records = tuple(
        _variant(number, members, drafts) for number, members in enumerate(variants, 1)
    )
    best = max(
        variant_records, key=lambda v: (v.independent, len(v.occurrences), -v.number), default=None
    )
    return Trace(
        quote,
        occurrences,
        variant_records,
        occurrences[0].variant if occurrences else None,
        best.number if best else None,
        left_out,
        checker.searched,
        len({each.origin for each in occurrences if not each.derived}),
    )


def _origins(drafts: Sequence[OccurrenceDraft]) -> list[int]:
    """For each occurrence the earliest that it is linked with, by their indices.

    What one person says twice in one document is linked, too.
    """
    first = list(range(len(drafts)))

    def root(at: int) -> int:
        while first[at] != at:
            first[at] = first[first[at]]
            at = first[at]
        return at

    first_by_speaker: dict[tuple[int, str | None], int] = {}
    for at, occurrence in enumerate(drafts):
        same = first_by_speaker.setdefault(
            (occurrence.place.origin.row, occurrence.place.speaker), at
        )
        for other in (same, occurrence.copies, occurrence.reprint_of):
            if other is not None:
                low, high = sorted((root(at), root(other)))
                first[high] = low
    return [root(at) for at in range(len(drafts))]


def _in_time(place: Match) -> tuple[str, str, int]:
    return place.origin.date or "9999", place.origin.key, place.start


def _places(checker: Checker, shown: str, words: Words) -> Iterator[Match]:
    """Every place that holds enough of the words, none twice."""
    finder = checker.finder
    if not finder.index.passages:
        return
    weights = [finder.index.weight(form) for form in words.forms]
    spans_of: dict[int, list[Span]] = {}
    rows = finder.index.exact(search_terms(shown), 5 * _ROWS)
    rows += finder.index.candidates_by_terms([search_terms(shown)], _ROWS)
    for document, source in finder.read_around(list(dict.fromkeys(rows)), len(words)):
        for alignment in _alignments(words, source, weights):
            place = finder.place_of(document, source, alignment)
            span = Span(place.start, place.end)
            spans = spans_of.setdefault(document, [])
            if not any(span.overlaps(other) for other in spans):
                spans.append(span)
                yield place


def _alignments(words: Words, source: Words, weights: Sequence[float]) -> Iterator[Alignment]:
    """The places in one stretch of text, from the best to the last that holds enough."""
    waiting = [(0, len(source))]
    total = sum(weights)
    while waiting:
        low, high = waiting.pop()
        piece = source.slice(low, high)
        anchors = Anchors(words, piece, weights)
        if anchors.score < 0.4 * total:
            continue
        alignment = anchors.alignment()
        if alignment is None or not _is_enough(alignment, words):
            continue
        moved = tuple(
            AlignmentBlock(b.op, b.a0 + low, b.a1 + low, b.b0, b.b1) for b in alignment.blocks
        )
        first, last = alignment.first + low, alignment.last + low
        yield replace(alignment, blocks=moved, first=first, last=last)
        waiting += [(low, first), (last, high)]


def _is_enough(alignment: Alignment, words: Words) -> bool:
    if alignment.last - alignment.first > 2 * len(words) + 12:
        return False
    return alignment.share > (thresholds().exact if len(words) < _SHORT else _ENOUGH)


def _look(checker: Checker, shown: str, words: Words, place: Match) -> OccurrenceDraft:
    finder = checker.finder
    part = finder.part(place)
    judged = compare_wording(shown, words, [part], frequency=finder.index.frequency)
    raw = part.raw(place.start, place.end)
    low, high = place.start - part.offset, place.end - part.offset
    before = source_words(part.text[max(0, low - _AROUND) : low]).forms
    after = source_words(part.text[high : high + _AROUND]).forms
    quoted = finder.utterances.quoted(place.origin.row, place.start, place.end)
    forms = place.source.forms[place.alignment.first : place.alignment.last]
    return OccurrenceDraft(
        place, judged.verdict, judged.severity, forms, squeeze(raw), before, after, quoted
    )


# Variants


def _sort_into_variants(drafts: Sequence[OccurrenceDraft]) -> list[list[int]]:
    """Indices of occurrences by wording; the numbers of variants follow the order of time."""
    variants: list[list[int]] = []
    known: dict[tuple[str, ...], int] = {}
    for at, occurrence in enumerate(drafts):
        key = tuple(map(bare, occurrence.forms))
        number = known.get(key)
        if number is None:
            like = (
                k for k, members in enumerate(variants) if _same(drafts[members[0]], occurrence)
            )
            number = next(like, len(variants))
            known[key] = number
            if number == len(variants):
                variants.append([])
        variants[number].append(at)
        occurrence.variant = number + 1
    return variants


def _same(a: OccurrenceDraft, b: OccurrenceDraft) -> bool:
    """Whether two wordings differ in typography and spelling alone."""
    for op, a0, a1, b0, b1 in opcodes(a.forms, b.forms):
        if op == "equal":
            continue
        if op != "replace":
            return False
        edit = classify_edit(
            AlignmentBlock("replace", a0, a1, b0, b1),
            WordRun(a.forms[a0:a1], a.forms[a0:a1]),
            WordRun(b.forms[b0:b1], b.forms[b0:b1]),
        )
        if edit.kind not in TYPOGRAPHIC:
            return False
    return True


def _variant(number: int, members: Sequence[int], drafts: Sequence[OccurrenceDraft]) -> Variant:
    dates = [date for at in members if (date := drafts[at].place.origin.date)]
    alone = sum(drafts[at].copies is None for at in members)
    return Variant(
        number,
        drafts[members[0]].words,
        tuple(at + 1 for at in members),
        alone,
        min(dates, default=None),
    )


def _occurrence(drafts: Sequence[OccurrenceDraft], at: int) -> Occurrence:
    draft, first = drafts[at], drafts[0]
    origin = draft.place.origin
    return Occurrence(
        at + 1,
        origin.key,
        origin.title,
        origin.author,
        origin.date,
        Span(draft.place.start, draft.place.end),
        draft.place.speaker,
        draft.words,
        draft.verdict,
        draft.severity,
        draft.variant,
        draft.quoted.by if draft.quoted is not None else (),
        draft.quoted is not None,
        None if draft.copies is None else draft.copies + 1,
        draft.evidence,
        _diff(first, draft),
        reprint_of=None if draft.reprint_of is None else draft.reprint_of + 1,
        derived=origin.derived,
    )


def _diff(first: OccurrenceDraft, occurrence: OccurrenceDraft) -> tuple[tuple[str, str, str], ...]:
    """From the earliest words to these, as written."""
    a, b = _raw_words(first), _raw_words(occurrence)
    return tuple(
        (op, " ".join(a[a0:a1]), " ".join(b[b0:b1]))
        for op, a0, a1, b0, b1 in opcodes(first.forms, occurrence.forms)
    )


def _raw_words(occurrence: OccurrenceDraft) -> tuple[str, ...]:
    """The words as written; where the folded ones cannot be found in them, those."""
    read = source_words(occurrence.words)
    if read.forms != occurrence.forms:
        return occurrence.forms
    return tuple(occurrence.words[a:b] for a, b in zip(read.starts, read.ends, strict=True))
