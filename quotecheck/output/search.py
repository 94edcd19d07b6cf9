"""What a search found, and counts over time, for programs: JSON, JSON Lines and CSV."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from quotecheck.output.serialising import csv_row, dumps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotecheck.searching.search import Hit, SearchResults, Timeline

__all__ = [
    "HIT_COLUMNS",
    "PERIOD_COLUMNS",
    "hit_record",
    "search_json",
    "search_lines",
    "search_rows",
    "search_schema",
    "timeline_json",
    "timeline_lines",
    "timeline_record",
    "timeline_rows",
]

HIT_COLUMNS: Final = (
    *("date", "speaker", "description", "kind", "negated", "text", "document", "start", "end"),
    *("title", "publication", "author", "quotation"),
)
PERIOD_COLUMNS: Final = ("period", "quotations", "passages", "total", "documents")

Record = dict[str, Any]


def hit_record(hit: Hit) -> Record:
    """A place as a record. ``matches`` are half-open ranges of code points of ``text``."""
    return {
        "kind": hit.kind,
        "speakers": list(hit.speakers),
        "description": hit.description,
        "text": hit.text,
        "matches": [[span.start, span.end] for span in hit.matches],
        "negated": hit.negated,
        "document": hit.document,
        "start": hit.start,
        "end": hit.end,
        "date": hit.date,
        "title": hit.title,
        "publication": hit.publication,
        "author": hit.author,
        "quotation": hit.quotation,
    }


def search_json(results: SearchResults) -> str:
    """All that a search found, as one object."""
    record = {
        "words": results.words,
        "speaker": list(results.speaker),
        "searched": results.searched,
        "total": results.total,
        "complete": results.complete,
        "offset": results.offset,
        "hits": [hit_record(hit) for hit in results.hits],
    }
    return dumps(record, indent=2) + "\n"


def search_schema() -> Record:
    """The JSON Schema of `search_json`.

    >>> search_schema()["$id"]
    'urn:quotecheck:schema:search:1'
    """
    text = (files("quotecheck") / "schemas" / "search-1.json").read_text(encoding="utf-8")
    schema: Record = json.loads(text)
    return schema


def search_lines(results: SearchResults) -> Iterator[str]:
    """One place a line."""
    for hit in results.hits:
        yield dumps(hit_record(hit)) + "\n"


def search_rows(results: SearchResults) -> Iterator[str]:
    """CSV with a header: one place a row, several speakers separated by "; "."""
    yield csv_row(HIT_COLUMNS)
    for hit in results.hits:
        record = hit_record(hit) | {
            "speaker": "; ".join(hit.speakers),
            "negated": "yes" if hit.negated else "no",
        }
        yield csv_row(record[name] for name in HIT_COLUMNS)


def timeline_record(timeline: Timeline) -> Record:
    """Counts over time as a record; periods in which nothing was said are among them."""
    return {
        "words": timeline.words,
        "speaker": list(timeline.speaker),
        "by": timeline.by,
        "searched": timeline.searched,
        "periods": [
            {
                "period": period.label,
                "quotations": period.quotations,
                "passages": period.passages,
                "total": period.total,
                "documents": period.documents,
            }
            for period in timeline.every_period()
        ],
        "undated": timeline.undated,
        "imprecise": timeline.imprecise,
        "copies": timeline.copies,
    }


def timeline_json(timeline: Timeline) -> str:
    """Counts over time as one JSON object."""
    return dumps(timeline_record(timeline), indent=2) + "\n"


def timeline_lines(timeline: Timeline) -> Iterator[str]:
    """JSON Lines: one year or month a line."""
    for period in timeline_record(timeline)["periods"]:
        yield dumps(period) + "\n"


def timeline_rows(timeline: Timeline) -> Iterator[str]:
    """CSV with a header: one year or month a row."""
    yield csv_row(PERIOD_COLUMNS)
    for period in timeline_record(timeline)["periods"]:
        yield csv_row(period[name] for name in PERIOD_COLUMNS)
