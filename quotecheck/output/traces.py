"""The way of a quotation for programs: JSON, and JSON Lines with one occurrence a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

from quotecheck import __version__
from quotecheck.output.attributions import dumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotecheck.records.check import Severity, Verdict
    from quotecheck.records.text import Span

__all__ = [
    "TRACE",
    "Step",
    "Traced",
    "Wording",
    "trace_json",
    "trace_lines",
    "trace_record",
    "trace_schema",
]

TRACE = "quotecheck/trace/1"


class Step(Protocol):
    """An occurrence (`quotecheck.checking.trace.Occurrence`)."""

    @property
    def number(self) -> int: ...
    @property
    def document(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def author(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...
    @property
    def locator(self) -> str | None: ...
    @property
    def span(self) -> Span: ...
    @property
    def speaker(self) -> str | None: ...
    @property
    def words(self) -> str: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def variant(self) -> int: ...
    @property
    def quoted(self) -> tuple[str, ...]: ...
    @property
    def in_marks(self) -> bool: ...
    @property
    def copies(self) -> int | None: ...
    @property
    def evidence(self) -> str: ...
    @property
    def reprint_of(self) -> int | None: ...
    @property
    def diff(self) -> tuple[tuple[str, str, str], ...]: ...


class Wording(Protocol):
    """A variant (`quotecheck.checking.trace.Variant`)."""

    @property
    def number(self) -> int: ...
    @property
    def words(self) -> str: ...
    @property
    def occurrences(self) -> tuple[int, ...]: ...
    @property
    def independent(self) -> int: ...
    @property
    def first_date(self) -> str | None: ...


class Traced(Protocol):
    """A trace (`quotecheck.checking.trace.Trace`)."""

    @property
    def quote(self) -> str: ...
    @property
    def occurrences(self) -> Sequence[Step]: ...
    @property
    def variants(self) -> Sequence[Wording]: ...
    @property
    def earliest(self) -> int | None: ...
    @property
    def best(self) -> int | None: ...
    @property
    def left_out(self) -> int: ...
    @property
    def searched(self) -> str: ...


Record = dict[str, Any]


def _step(one: Step) -> Record:
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
        "diff": [
            {"operation": operation, "earliest": before, "here": after}
            for operation, before, after in one.diff
        ],
    }


def trace_record(trace: Traced) -> Record:
    """A whole trace; offsets are code points of the document named."""
    return {
        "schema": TRACE,
        "quotecheck": __version__,
        "quote": trace.quote,
        "searched": trace.searched,
        "earliest": trace.earliest,
        "best": trace.best,
        "left_out": trace.left_out,
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
        "occurrences": [_step(one) for one in trace.occurrences],
    }


def trace_schema() -> Record:
    """The JSON Schema of `trace_json`.

    >>> trace_schema()["$id"]
    'urn:quotecheck:schema:trace:1'
    """
    text = (files("quotecheck") / "schemas" / "trace-1.json").read_text(encoding="utf-8")
    held: Record = json.loads(text)
    return held


def trace_json(trace: Traced) -> str:
    """One JSON object."""
    return dumps(trace_record(trace), indent=2) + "\n"


def trace_lines(trace: Traced) -> Iterator[str]:
    """JSON Lines: one occurrence a line, with ``schema`` and ``quote``."""
    for one in trace.occurrences:
        yield dumps({"schema": TRACE, "quote": trace.quote} | _step(one)) + "\n"
