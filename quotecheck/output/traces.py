"""The trace of a quotation for programs: JSON, and JSON Lines with one occurrence a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.output.serialising import dumps
from quotecheck.records.plain import Record

if TYPE_CHECKING:
    from quotecheck.checking.trace import Occurrence, Trace

__all__ = [
    "TRACE",
    "trace_json",
    "trace_lines",
    "trace_record",
    "trace_schema",
]

TRACE = "quotecheck/trace/1"


def _occurrence(occurrence: Occurrence) -> Record:
    return {
        "n": occurrence.number,
        "document": occurrence.document,
        "title": occurrence.title,
        "author": occurrence.author,
        "date": occurrence.date,
        "locator": occurrence.locator,
        "start": occurrence.span.start,
        "end": occurrence.span.end,
        "speaker": occurrence.speaker,
        "words": occurrence.words,
        "verdict": occurrence.verdict,
        "severity": occurrence.severity,
        "variant": occurrence.variant,
        "quoted": list(occurrence.quoted),
        "in_marks": occurrence.in_marks,
        "copies": occurrence.copies,
        "evidence": occurrence.evidence,
        "reprint_of": occurrence.reprint_of,
        "derived": occurrence.derived,
        "origin": occurrence.origin,
        "diff": [
            {"operation": operation, "earliest": before, "here": after}
            for operation, before, after in occurrence.diff
        ],
    }


def trace_record(trace: Trace) -> Record:
    """A whole trace; offsets are code points of the document named."""
    return {
        "schema": TRACE,
        "quotecheck": __version__,
        "quote": trace.quote,
        "searched": trace.searched,
        "earliest": trace.earliest,
        "best": trace.best,
        "left_out": trace.left_out,
        "independent_origins": trace.independent_origins,
        "variants": [
            {
                "n": variant.number,
                "words": variant.words,
                "occurrences": list(variant.occurrences),
                "independent": variant.independent,
                "first_date": variant.first_date,
            }
            for variant in trace.variants
        ],
        "occurrences": [_occurrence(variant) for variant in trace.occurrences],
    }


def trace_schema() -> Record:
    """The JSON Schema of `trace_json`.

    >>> trace_schema()["$id"]
    'urn:quotecheck:schema:trace:1'
    """
    text = (files("quotecheck") / "schemas" / "trace-1.json").read_text(encoding="utf-8")
    schema: Record = json.loads(text)
    return schema


def trace_json(trace: Trace) -> str:
    """One JSON object."""
    return dumps(trace_record(trace), indent=2) + "\n"


def trace_lines(trace: Trace) -> Iterator[str]:
    """JSON Lines: one occurrence a line, with ``schema`` and ``quote``."""
    for occurrence in trace.occurrences:
        yield dumps({"schema": TRACE, "quote": trace.quote} | _occurrence(occurrence)) + "\n"
