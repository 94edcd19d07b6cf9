"""Every format that attributions can be written in, by name: what a command or program picks from.

A format is a *stream*, one file for any number of documents (JSON, JSON Lines, CSV), or a *page*,
one file for each document (TEI, HTML, W3C, schema.org, Citron), or several files for each (brat).

>>> sorted(FORMATS)
['brat', 'citron', 'csv', 'html', 'json', 'jsonl', 'schema-org', 'tei', 'w3c']
>>> FORMATS["tei"].suffix
'.tei.xml'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation

__all__ = ["FORMATS", "OutputFormat", "file_stem"]

Results = Iterable[tuple[Document, Sequence[Quotation]]]
Weights = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """One way to write attributions down.

    Exactly one of the three writers is there. ``stream`` takes all results, ``page`` one document
    with its quotations, both with the sha256 of each file of weights; they give pieces of text.
    ``files`` gives names of files with their content. ``suffix`` is that of a page's file name.
    """

    name: str
    summary: str
    suffix: str = ""
    stream: Callable[[Results, Weights], Iterator[str]] | None = None
    page: Callable[[Document, Sequence[Quotation], Weights], Iterator[str]] | None = None
    files: Callable[[Document, Sequence[Quotation]], dict[str, str]] | None = None


def file_stem(document: Document) -> str:
    """What a document's file is called, without a suffix: safe on every file system.

    Different documents may get the same; who writes many keeps the names apart.
    """
    return (re.sub(r"[^\w.-]+", "_", document.id).lstrip(".") or "document")[:120]


# Each writer is imported when it is called: a table on a terminal needs neither lxml nor Jinja.


def _json(results: Results, weights: Weights) -> Iterator[str]:
    from quotecheck.output.attributions import attributions_json

    return attributions_json(results, weights=weights)


def _jsonl(results: Results, _weights: Weights) -> Iterator[str]:
    from quotecheck.output.attributions import attribution_lines

    return attribution_lines(results)


def _csv(results: Results, _weights: Weights) -> Iterator[str]:
    from quotecheck.output.attributions import attribution_rows

    return attribution_rows(results)


def _w3c(document: Document, found: Sequence[Quotation], weights: Weights) -> Iterator[str]:
    from quotecheck.output.interchange.w3c import annotation_pieces

    return annotation_pieces(document, found, weights=weights)


def _schema_org(document: Document, found: Sequence[Quotation], _weights: Weights) -> Iterator[str]:
    from quotecheck.output.interchange.schema_org import quotation_graph
    from quotecheck.output.serialising import dumps

    yield dumps(quotation_graph(document, found), indent=2) + "\n"


def _citron(document: Document, found: Sequence[Quotation], _weights: Weights) -> Iterator[str]:
    from quotecheck.output.interchange.citron import citron_record
    from quotecheck.output.serialising import dumps

    yield dumps(citron_record(document, found), indent=2) + "\n"


def _tei(document: Document, found: Sequence[Quotation], weights: Weights) -> Iterator[str]:
    from quotecheck.output.interchange.tei import tei

    return tei(document, found, weights=weights)


def _html(document: Document, found: Sequence[Quotation], weights: Weights) -> Iterator[str]:
    from quotecheck.output.html.article import page_html

    return page_html(document, found, weights=weights)


def _brat(document: Document, found: Sequence[Quotation]) -> dict[str, str]:
    from quotecheck.output.interchange.brat import standoff_files

    return standoff_files(document, found)


FORMATS: Mapping[str, OutputFormat] = MappingProxyType(
    {
        one.name: one
        for one in (
            OutputFormat("json", "one JSON object, every field", ".json", stream=_json),
            OutputFormat("jsonl", "one quotation a line", ".jsonl", stream=_jsonl),
            OutputFormat("csv", "one quotation a row", ".csv", stream=_csv),
            OutputFormat("html", "a page to read and to print", ".html", page=_html),
            OutputFormat("tei", "TEI P5, the text as it is", ".tei.xml", page=_tei),
            OutputFormat("w3c", "W3C Web Annotations", ".w3c.json", page=_w3c),
            OutputFormat(
                "schema-org", "schema.org Quotations", ".schema-org.json", page=_schema_org
            ),
            OutputFormat("citron", "Citron's interchange layout", ".citron.json", page=_citron),
            OutputFormat("brat", "brat standoff, a folder", files=_brat),
        )
    }
)
"""The formats by name. The table that a terminal shows is in `report`."""
