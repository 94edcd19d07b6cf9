"""Short answers for a language model: what was found, where to open it, and what that does not say.

Every answer is a dictionary of plain values. Words of documents are cut to a few hundred
characters; the places (document, ``start`` and ``end`` in code points of its text, file or address)
lead to the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from quotecheck.output.confidence import confidence_label
from quotecheck.output.links import safe_url
from quotecheck.output.plain_text import shorten
from quotecheck.output.verdict_labels import VERDICTS

if TYPE_CHECKING:
    from quotecheck.checking.trace import Occurrence, Trace
    from quotecheck.library.library import Library
    from quotecheck.records.check import Check, CheckedQuotation
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation
    from quotecheck.searching.search import Hit, SearchResults

__all__ = [
    "attribution_answer",
    "check_answer",
    "draft_answer",
    "origin_answer",
    "search_answer",
]

Answer = dict[str, Any]

_WORDS_CHARS: Final = 400
"""Code points of a document's words in an answer: about three sentences."""

_SEVERITY: Final = {
    "none": "the wording is faithful",
    "wording": "the wording differs, the sense does not",
    "meaning": "the difference changes the sense",
}

_NOT_FOUND: Final = (
    "Not in the library ({searched}). That does not make the quotation false: its source may not "
    "be among them."
)


def check_answer(check: Check, library: Library) -> Answer:
    """What a check says, in words and in data."""
    label, _, meaning = VERDICTS[check.verdict]
    if check.verdict == "not_found":
        meaning = _NOT_FOUND.format(searched=check.searched)
    answer: Answer = {
        "quotation": shorten(check.quote, _WORDS_CHARS),
        "verdict": check.verdict,
        "severity": check.severity,
        "in_words": f"{label}: {meaning}",
        "credited_to": check.claimed_speaker,
        "searched": check.searched,
    }
    if check.reasons:
        answer["reasons"] = [shorten(reason, _WORDS_CHARS) for reason in check.reasons]
    if check.fact_checks:  # what others found; the verdict is ours
        answer["fact_checks"] = [fact_check.to_dict() for fact_check in check.fact_checks]
    if check.document is None:
        return answer
    if check.verdict != "not_found":
        answer["in_words"] += f"; {_SEVERITY[check.severity]}"
    answer["probability"] = round(check.score, 2)
    answer["source"] = _place(
        library,
        check.document,
        title=check.title,
        date=check.date,
        said_by=check.speaker,
        locator=check.locator,
        start=check.spans[0].start if check.spans else None,
        end=check.spans[-1].end if check.spans else None,
        words=check.origin_text,
    )
    differences = [
        {
            "kind": edit.kind,
            "source": edit.before,
            "quotation": edit.after,
            "severity": edit.severity,
        }
        for edit in check.edits
    ]
    if differences:
        answer["differences"] = differences
    return answer


def draft_answer(
    pairs: Sequence[CheckedQuotation], quotations: Sequence[Quotation], library: Library
) -> Answer:
    """The checks of a draft, with how many there are of each verdict."""
    reported = sum(quotation.kind == "indirect" for quotation in quotations)
    answer: Answer = {
        "checked": len(pairs),
        "verdicts": dict(Counter(check.verdict for check, _ in pairs)),
        "quotations": [
            check_answer(check, library) | _span(quotation) for check, quotation in pairs
        ],
        "searched": library.statistics().describe(),
    }
    if not pairs:
        answer["in_words"] = "There is no quotation in quotation marks to check."
    if reported:
        answer["not_checked"] = f"{reported} reported without quotation marks: nobody's exact words"
    return answer


def attribution_answer(document: Document, quotations: Sequence[Quotation]) -> Answer:
    """Who said what in a text, and how sure that is."""
    items = [
        {
            "speaker": _names(quotation),
            "role": quotation.role,
            "kind": quotation.kind,
            "words": shorten(quotation.text, _WORDS_CHARS),
            "confidence": round(quotation.confidence, 2),
            "in_words": confidence_label(quotation.confidence),
            "via": list(quotation.via),
            "denied": quotation.facts.negated,
        }
        | _span(quotation)
        for quotation in quotations
        if quotation.is_speech
    ]
    return {
        "title": document.title,
        "quotations": items,
        "in_words": "No quotation was found."
        if not items
        else "A speaker of null means that the text does not make it sure who speaks.",
    }


def origin_answer(trace: Trace, library: Library, *, limit: int) -> Answer:
    """Where words stand, the earliest place first."""
    answer: Answer = {
        "quotation": shorten(trace.quote, _WORDS_CHARS),
        "occurrences": [
            _occurrence(occurrence, library) for occurrence in trace.occurrences[:limit]
        ],
        "left_out": trace.left_out + max(0, len(trace.occurrences) - limit),
        "independent_origins": trace.independent_origins,
        "wordings": [
            {
                "words": shorten(occurrence.words, _WORDS_CHARS),
                "independent_places": occurrence.independent,
            }
            for occurrence in trace.variants[:limit]
        ],
        "searched": trace.searched,
    }
    answer["in_words"] = (
        "The earliest place that is known here stands first; an earlier one may be elsewhere."
        if trace.occurrences
        else _NOT_FOUND.format(searched=trace.searched)
    )
    return answer


def search_answer(results: SearchResults, library: Library) -> Answer:
    """What was said about something."""
    return {
        "speaker": list(results.speaker),
        "total": results.total,
        "said": [_hit(hit, library) for hit in results.hits],
        "searched": results.searched,
        "in_words": "These are the library's own words; quote them with their place."
        if results.hits
        else f"Nothing of that is in the library ({results.searched}). That does not mean that it "
        "was never said.",
    }


def _occurrence(occurrence: Occurrence, library: Library) -> Answer:
    return _place(
        library,
        occurrence.document,
        title=occurrence.title,
        date=occurrence.date,
        said_by=occurrence.speaker,
        locator=occurrence.locator,
        start=occurrence.span.start,
        end=occurrence.span.end,
        words=occurrence.words,
    ) | {"verdict": occurrence.verdict, "copy_of": occurrence.copies or occurrence.reprint_of}


def _hit(hit: Hit, library: Library) -> Answer:
    return _place(
        library,
        hit.document,
        title=hit.title,
        date=hit.date,
        said_by="; ".join(hit.speakers) or None,
        locator=None,
        start=hit.start,
        end=hit.end,
        words=hit.text,
    ) | {"kind": hit.kind, "denied": hit.negated}


def _place(
    library: Library,
    key: str,
    *,
    title: str | None,
    date: str | None,
    said_by: str | None,
    locator: str | None,
    start: int | None,
    end: int | None,
    words: str | None,
) -> Answer:
    """A place that can be opened: the document's address on the web, or its file."""
    document = library.document(key)
    return {
        "document": key,
        "title": title,
        "date": date,
        "said_by": said_by,
        "locator": locator,
        "open": (safe_url(document.url) or document.path) if document else None,
        "start": start,
        "end": end,
        "words": shorten(words, _WORDS_CHARS) if words else None,
    }


def _span(quotation: Quotation) -> Answer:
    return {"start": quotation.content[0].start, "end": quotation.content[-1].end}


def _names(quotation: Quotation) -> str | list[str] | None:
    speaker = quotation.speaker
    return list(speaker) if isinstance(speaker, tuple) else speaker
