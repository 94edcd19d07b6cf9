"""Attributions for machines: JSON, JSON Lines and CSV. The others are in `formats_registry`.

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
from typing import TYPE_CHECKING, Literal

from quotecheck import __version__
from quotecheck.output.records import Record, document_record, dumps, quotation_record
from quotecheck.records.text import Document, Quotation, Span

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

# What JSON escapes, CSV has no escapes for: these become U+FFFD. Tabs and line ends are kept.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

# A spreadsheet takes a cell that begins so for a formula, also in full-width form.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def schema(name: Literal["attributions", "checks"]) -> Record:
    """The JSON Schema of ``name``, of the version that this package writes.

    >>> schema("checks")["$id"]
    'urn:quotecheck:schema:checks:1'
    """
    folder = files("quotecheck") / "schemas"
    version = {"attributions": ATTRIBUTIONS, "checks": CHECKS}[name].rpartition("/")[2]
    found: Record = json.loads((folder / f"{name}-{version}.json").read_text(encoding="utf-8"))
    return found


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
    "relay",
    "description",
    "identifier",
    "cue_class",
    "negated",
    "tense",
    "modality",
    "addressee",
    "time",
    "place",
    "via_spans",
    "negation_spans",
    "addressee_spans",
    "time_spans",
    "place_spans",
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
                *_fact_cells(text, quotation),
            )
            yield csv_row(cells)


def _fact_cells(text: str, quotation: Quotation) -> tuple[object, ...]:
    """The cells from "relay" on."""
    facts, speakers = quotation.facts, quotation.speakers
    return (
        " < ".join(f"{one.part}: {one.name}" for one in quotation.relay),
        "; ".join(one.description for one in speakers if one.description),
        "; ".join(one.identifier or "" for one in speakers).strip("; "),
        facts.cue_class,
        "yes" if facts.negated else "no",
        facts.tense,
        facts.modality,
        _words(text, facts.addressee),
        _words(text, facts.time),
        _words(text, facts.place),
        offsets_cell(quotation.via_spans),
        offsets_cell(facts.negation),
        offsets_cell(facts.addressee),
        offsets_cell(facts.time),
        offsets_cell(facts.place),
    )


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
