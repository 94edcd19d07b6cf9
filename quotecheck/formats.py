"""Attributions for machines: JSON, JSON Lines and CSV; brat's standoff is in `standoff`.

Every writer yields pieces of text as results come, so that a folder of ten thousand articles never
stands in memory. What the fields mean is in ``docs/json-schema.md``; the JSON Schemas themselves
travel with the package and `schema` gives them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from quotecheck import __version__
from quotecheck.annotations import Document, Quotation, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "ATTRIBUTIONS",
    "ATTRIBUTION_COLUMNS",
    "CHECKS",
    "Form",
    "attribution_lines",
    "attribution_rows",
    "attributions_json",
    "csv_row",
    "document_record",
    "dumps",
    "dumps_within",
    "offsets_cell",
    "quotation_record",
    "schema",
]

ATTRIBUTIONS = "quotecheck/attributions/1"
"""The schema of what `quotecheck attribute` writes. The number grows when a reader could break."""

CHECKS = "quotecheck/checks/1"
"""The schema of what `quotecheck check` writes."""

Form = Literal["json", "jsonl", "csv", "brat"]

Record = dict[str, Any]

# What json.dumps leaves as it is and yet does harm: control characters that a terminal obeys, line
# ends that str.splitlines sees inside a line of JSON Lines, marks that turn the direction of
# writing, and halves of surrogate pairs, which no encoding of Unicode can write.
_HARMFUL = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# The same for CSV, which has no escapes: these become U+FFFD. Tabs and line ends are kept.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

# A spreadsheet takes a cell that begins so for a formula, also in full-width form.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def dumps(value: object, *, indent: int | None = None) -> str:
    r"""JSON text that any terminal, pipe and reader by lines can take; `json.loads` gives it back.

    >>> print(dumps({"a": "«ja»\x9b31m"}))
    {"a": "«ja»\u009b31m"}
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _HARMFUL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def schema(name: Literal["attributions", "checks"]) -> Record:
    """The JSON Schema of ``name``, of the version that this package writes.

    >>> schema("checks")["$id"]
    'urn:quotecheck:schema:checks:1'
    """
    folder = files("quotecheck") / "schemas"
    version = {"attributions": ATTRIBUTIONS, "checks": CHECKS}[name].rpartition("/")[2]
    found: Record = json.loads((folder / f"{name}-{version}.json").read_text(encoding="utf-8"))
    return found


def document_record(document: Document) -> Record:
    """The facts of a document, without its text."""
    return {
        "id": document.id,
        "path": document.path,
        "url": document.url,
        "title": document.title,
        "publication": document.publication,
        "author": document.author,
        "date": document.date,
        "genre": document.genre,
        "licence": document.licence,
        "origin": document.origin,
        "encoding": document.encoding,
        "reader": document.reader,
        "characters": len(document.text),
        "bytes_sha256": document.bytes_sha256,
        "text_sha256": document.text_sha256,
        "headline": _place(document.text, document.headline),
        "metadata_origin": dict(document.metadata_origin),
    }


def quotation_record(text: str, quotation: Quotation, number: int) -> Record:
    """One quotation with every field. ``number`` counts the document's quotations from 1."""
    speaker = quotation.speaker
    return {
        "n": number,
        "kind": quotation.kind,
        "speaker": list(speaker) if isinstance(speaker, tuple) else speaker,
        "role": quotation.role,
        "via": list(quotation.via),
        "cue_lemma": quotation.cue_lemma,
        "content": _places(text, quotation.content),
        "cue": _places(text, quotation.cue),
        "source": _places(text, quotation.source),
        "via_spans": _places(text, quotation.via_spans),
        "source_form": quotation.source_form,
        "speakers": [
            {
                "name": one.name,
                "mention": _place(text, one.mention),
                "role": one.role,
                "label": one.label,
            }
            for one in quotation.speakers
        ],
        "candidates": [
            {"name": name, "probability": round(chance, 4)} for name, chance in quotation.candidates
        ],
        "confidence": round(quotation.confidence, 4),
        "rule": quotation.rule,
    }


def attributions_json(
    results: Iterable[tuple[Document, Sequence[Quotation]]], *, weights: Mapping[str, str]
) -> Iterator[str]:
    """One JSON object with all documents and their quotations, in pieces.

    Args:
        results: each document with its quotations.
        weights: the sha256 of each file of weights, by file name (a parser's signature).
    """
    head = {"schema": ATTRIBUTIONS, "quotecheck": __version__, "weights": dict(weights)}
    yield dumps(head, indent=2).removesuffix("\n}") + ',\n  "documents": ['
    between = "\n"
    for document, quotations in results:
        record = document_record(document)
        record["quotations"] = [
            quotation_record(document.text, quotation, number)
            for number, quotation in enumerate(quotations, start=1)
        ]
        yield between + dumps_within(record, 4)
        between = ",\n"
    yield "\n  ]\n}\n" if between != "\n" else "]\n}\n"


def attribution_lines(
    results: Iterable[tuple[Document, Sequence[Quotation]]],
) -> Iterator[str]:
    """JSON Lines: one quotation a line, with ``schema``, ``doc`` (the id) and ``path`` in front.

    A document without quotations gives no line.
    """
    for document, quotations in results:
        head = {"schema": ATTRIBUTIONS, "doc": document.id, "path": document.path}
        for number, quotation in enumerate(quotations, start=1):
            yield dumps(head | quotation_record(document.text, quotation, number)) + "\n"


ATTRIBUTION_COLUMNS = (
    "doc",
    "n",
    "kind",
    "speaker",
    "role",
    "via",
    "cue",
    "cue_lemma",
    "source",
    "source_form",
    "content",
    "confidence",
    "rule",
    "candidates",
    "content_spans",
    "cue_spans",
    "source_spans",
    "path",
)


def attribution_rows(
    results: Iterable[tuple[Document, Sequence[Quotation]]],
) -> Iterator[str]:
    """CSV with a header: one quotation a row, places as ``start-end`` joined by ``;``.

    Several speakers, outlets or pieces are joined by "; ", " < " and " … ". A cell that a
    spreadsheet would run as a formula has an apostrophe in front.
    """
    yield csv_row(ATTRIBUTION_COLUMNS)
    for document, quotations in results:
        text = document.text
        for number, quotation in enumerate(quotations, start=1):
            speaker = quotation.speaker
            cells = (
                document.id,
                number,
                quotation.kind,
                "; ".join(speaker) if isinstance(speaker, tuple) else speaker,
                quotation.role,
                " < ".join(quotation.via),
                _words(text, quotation.cue),
                quotation.cue_lemma,
                _words(text, quotation.source),
                quotation.source_form,
                _words(text, quotation.content),
                f"{quotation.confidence:.4f}",
                quotation.rule,
                "; ".join(f"{name} {chance:.2f}" for name, chance in quotation.candidates),
                offsets_cell(quotation.content),
                offsets_cell(quotation.cue),
                offsets_cell(quotation.source),
                document.path,
            )
            yield csv_row(cells)


def _place(text: str, span: Span | None) -> Record | None:
    if span is None:
        return None
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _places(text: str, spans: Sequence[Span]) -> list[Record | None]:
    return [_place(text, span) for span in spans]


def _words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def offsets_cell(spans: Sequence[Span]) -> str:
    """Places for a cell of CSV: ``start-end`` joined by ``;``."""
    return ";".join(f"{span.start}-{span.end}" for span in spans)


def dumps_within(value: object, by: int) -> str:
    """JSON of ``value`` on several lines, each moved in by ``by`` spaces."""
    margin = " " * by
    return "\n".join(margin + line for line in dumps(value, indent=2).split("\n"))


def csv_row(cells: Iterable[object]) -> str:
    r"""One line of CSV that is safe to open: no control characters, and no formulas.

    >>> csv_row(["a, b", None, 0.5, "=1+1"])
    '"a, b",,0.5,\'=1+1\n'
    """
    held = io.StringIO()
    # with "\n" alone as the line end, csv would not quote a cell that holds a "\r"
    csv.writer(held, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return held.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> str:
    text = _UNPRINTABLE.sub("\ufffd", "" if value is None else str(value))
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
