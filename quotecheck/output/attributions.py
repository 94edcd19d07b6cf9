"""Attributions for programs: JSON, JSON Lines and CSV. `registry` has the other formats.

Every writer yields pieces of text as results come, so that a folder of ten thousand articles never
stands in memory. What the fields mean is in ``docs/json-schema.md``; the JSON Schemas are in the
package, and `quotecheck.output.serialising.schema` gives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from quotecheck._version import __version__
from quotecheck.output.serialising import ATTRIBUTIONS, csv_row, dumps, dumps_within, offsets_cell
from quotecheck.records.document import Document
from quotecheck.records.plain import document_record, quotation_records
from quotecheck.records.quotation import Quotation, numbers_of_parents
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "ATTRIBUTION_COLUMNS",
    "as_json",
    "as_lines",
    "as_rows",
    "attribution_lines",
    "attribution_rows",
    "attributions_json",
]


class _Documents(Protocol):
    """A result that is documents with their quotations."""

    @property
    def weights(self) -> Mapping[str, str]: ...
    def documents(self) -> Iterator[tuple[Document, Sequence[Quotation]]]: ...


def as_json(result: _Documents) -> Iterator[str]:
    """All of a result as one JSON object; see `attributions_json`."""
    return attributions_json(result.documents(), weights=result.weights)


def as_lines(result: _Documents) -> Iterator[str]:
    """All of a result as JSON Lines; see `attribution_lines`."""
    return attribution_lines(result.documents())


def as_rows(result: _Documents) -> Iterator[str]:
    """All of a result as CSV; see `attribution_rows`."""
    return attribution_rows(result.documents())


def attributions_json(
    results: Iterable[tuple[Document, Sequence[Quotation]]], *, weights: Mapping[str, str]
) -> Iterator[str]:
    """One JSON object with all documents and their quotations, in pieces.

    Args:
        results: each document with its quotations.
        weights: the sha256 of each file of weights, by file name (a parser's ``weights_sha256``).
    """
    head = {"schema": ATTRIBUTIONS, "quotecheck": __version__, "weights": dict(weights)}
    yield dumps(head, indent=2).removesuffix("\n}") + ',\n  "documents": ['
    between = "\n"
    for document, quotations in results:
        record = document_record(document)
        record["quotations"] = list(quotation_records(document.text, quotations))
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
        for record in quotation_records(document.text, quotations):
            yield dumps(head | record) + "\n"


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
    "parent",
    "confidence_span",
    "confidence_source",
    "confidence_name",
    "source_type",
    "report_probability",
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
        parents = numbers_of_parents(quotations)
        for number, (quotation, parent) in enumerate(zip(quotations, parents, strict=True), 1):
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
                parent,
                *_confidence_cells(quotation),
                quotation.source_type,
                f"{quotation.facts.report_probability:.4f}",
            )
            yield csv_row(cells)


def _fact_cells(text: str, quotation: Quotation) -> tuple[object, ...]:
    """The cells from "relay" on."""
    facts, speakers = quotation.facts, quotation.speakers
    return (
        " < ".join(f"{link.part}: {link.name}" for link in quotation.relay),
        "; ".join(link.description for link in speakers if link.description),
        "; ".join(link.identifier or "" for link in speakers).strip("; "),
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


def _confidence_cells(quotation: Quotation) -> tuple[str, ...]:
    """The three parts of the confidence; empty where they are not known."""
    parts = quotation.confidence_parts
    values = (None,) * 3 if parts is None else (parts.span, parts.source, parts.name)
    return tuple("" if value is None else f"{value:.4f}" for value in values)


def _words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)
