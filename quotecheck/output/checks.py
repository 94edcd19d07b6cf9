"""Checks for machines: JSON, JSON Lines and CSV, in the manner of `formats`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from quotecheck import __version__
from quotecheck.output.attributions import document_record, dumps, quotation_record
from quotecheck.output.serialising import CHECKS, csv_row, dumps_within, offsets_cell
from quotecheck.records.check import Check, Reason
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["CHECK_COLUMNS", "Checked", "check_lines", "check_record", "check_rows", "checks_json"]

Checked = tuple[Check, Quotation | None]
"""A check, with the quotation of the article that it is about where there is one."""

Record = dict[str, Any]


def check_record(check: Check) -> Record:
    """One check with every field; the places are code points of the document that is named."""
    return {
        "quote": check.quote,
        "verdict": check.verdict,
        "wording": check.wording,
        "severity": check.severity,
        "score": round(check.score, 4),
        "claimed_speaker": check.claimed_speaker,
        "document": check.document,
        "title": check.title,
        "date": check.date,
        "locator": check.locator,
        "speaker": check.speaker,
        "speaker_basis": check.speaker_basis,
        "speaker_confidence": check.speaker_confidence,
        "claim": check.claim,
        "spans": [{"start": span.start, "end": span.end} for span in check.spans],
        "origin_text": check.origin_text,
        "surroundings": check.surroundings,
        "edits": [
            {
                "kind": edit.kind,
                "before": edit.before,
                "after": edit.after,
                "severity": edit.severity,
            }
            for edit in check.edits
        ],
        "diff": [
            {"operation": operation, "origin": origin, "quotation": quoted}
            for operation, origin, quoted in check.diff
        ],
        "reasons": list(check.reasons),
        "grounds": [
            {
                "kind": reason.kind,
                "text": str(reason),
                "words": reason.words,
                "severity": reason.severity,
            }
            for reason in check.reasons
            if isinstance(reason, Reason)
        ],
        "others": [
            {"document": document, "start": start, "end": end, "speaker": speaker}
            for document, start, end, speaker in check.others
        ],
        "searched": check.searched,
    }


def checks_json(
    results: Iterable[Checked],
    *,
    article: Document | None = None,
    weights: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """One JSON object with all checks, and how many there are of each verdict.

    Args:
        results: the checks, each with its quotation in the article where there is one.
        article: the document whose quotations were checked; None for a quotation given by itself.
        weights: the sha256 of each file of weights that read the article.
    """
    head = {
        "schema": CHECKS,
        "quotecheck": __version__,
        "weights": dict(weights or {}),
        "article": document_record(article) if article else None,
    }
    yield dumps(head, indent=2).removesuffix("\n}") + ',\n  "checks": ['
    counts: Counter[str] = Counter()
    between = "\n"
    for check, quotation in results:
        counts[check.verdict] += 1
        record = check_record(check) | _quotation_of(article, quotation, counts.total())
        yield between + dumps_within(record, 4)
        between = ",\n"
    yield "\n  ],\n" if between != "\n" else "],\n"
    yield f'  "verdicts": {dumps_within(dict(counts), 2).lstrip()}\n}}\n'


def check_lines(results: Iterable[Checked], *, article: Document | None = None) -> Iterator[str]:
    """JSON Lines: one check a line, with ``schema`` and ``doc`` (the article's id, or null)."""
    head = {"schema": CHECKS, "doc": article.id if article else None}
    for number, (check, quotation) in enumerate(results, start=1):
        yield dumps(head | check_record(check) | _quotation_of(article, quotation, number)) + "\n"


CHECK_COLUMNS = (
    "doc",
    "n",
    "verdict",
    "severity",
    "wording",
    "score",
    "quote",
    "claimed_speaker",
    "origin_text",
    "speaker",
    "document",
    "title",
    "date",
    "locator",
    "spans",
    "edits",
    "reasons",
    "searched",
    "claim",
    "speaker_basis",
    "speaker_confidence",
)


def check_rows(results: Iterable[Checked], *, article: Document | None = None) -> Iterator[str]:
    """CSV with a header: one check a row, ``edits`` as "kind: origin > quotation" joined by ";"."""
    yield csv_row(CHECK_COLUMNS)
    for number, (check, _) in enumerate(results, start=1):
        cells = (
            article.id if article else None,
            number,
            check.verdict,
            check.severity,
            check.wording,
            f"{check.score:.4f}",
            check.quote,
            check.claimed_speaker,
            check.origin_text,
            check.speaker,
            check.document,
            check.title,
            check.date,
            check.locator,
            offsets_cell(check.spans),
            "; ".join(f"{edit.kind}: {edit.before} > {edit.after}" for edit in check.edits),
            "; ".join(check.reasons),
            check.searched,
            check.claim,
            check.speaker_basis,
            None if check.speaker_confidence is None else f"{check.speaker_confidence:.4f}",
        )
        yield csv_row(cells)


def _quotation_of(article: Document | None, quotation: Quotation | None, number: int) -> Record:
    if article is None or quotation is None:
        return {"quotation": None}
    return {"quotation": quotation_record(article.text, quotation, number)}
