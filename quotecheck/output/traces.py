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


def _occurrence(one: Occurrence) -> Record:
    return {
        "n": one.number,
        "document": one.document,
        "title": one.title,
        "author": one.author,
        "date": one.date,
        "locator": one.locator,
        "start": one.span.start,
        "end": one.span.end,
        "speaker": one.speaker,
        "words": one.words,
        "verdict": one.verdict,
        "severity": one.severity,
        "variant": one.variant,
        "quoted": list(one.quoted),
        "in_marks": one.in_marks,
        "copies": one.copies,
        "evidence": one.evidence,
        "reprint_of": one.reprint_of,
        "derived": one.derived,
        "origin": one.origin,
        "diff": [
            {"operation": operation, "earliest": before, "here": after}
            for operation, before, after in one.diff
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
                "n": one.number,
                "words": one.words,
                "occurrences": list(one.occurrences),
                "independent": one.independent,
                "first_date": one.first_date,
            }
            for one in trace.variants
        ],
        "occurrences": [_occurrence(one) for one in trace.occurrences],
    }


def trace_schema() -> Record:
    """The JSON Schema of `trace_json`.

    >>> trace_schema()["$id"]
    'urn:quotecheck:schema:trace:1'
    """
    text = (files("quotecheck") / "schemas" / "trace-1.json").read_text(encoding="utf-8")
    held: Record = json.loads(text)
    return held


def trace_json(trace: Trace) -> str:
    """One JSON object."""
    return dumps(trace_record(trace), indent=2) + "\n"


def trace_lines(trace: Trace) -> Iterator[str]:
    """JSON Lines: one occurrence a line, with ``schema`` and ``quote``."""
    for one in trace.occurrences:
        yield dumps({"schema": TRACE, "quote": trace.quote} | _occurrence(one)) + "\n"
