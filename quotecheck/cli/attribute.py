"""`quotecheck attribute`: who said what in articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.cli.terminal import (
    Package,
    StanzaDir,
    name_of,
    progress_bar,
    report_failures,
    show,
)
from quotecheck.cli.writing import check_output, write_results
from quotecheck.errors import InputError, QuotecheckError

if TYPE_CHECKING:
    from rich.console import Console

    from quotecheck.annotations import Document, Quotation
    from quotecheck.api.attributing import Attributor

__all__ = ["Format", "attribute_command", "read_all"]


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"
    TEI = "tei"
    W3C = "w3c"
    SCHEMA_ORG = "schema-org"
    CITRON = "citron"
    BRAT = "brat"


def attribute_command(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Articles (.txt, .md, .html, .jsonl), folders, or - for standard input."
        ),
    ],
    format: Annotated[  # noqa: A002 - the option's name
        Format, typer.Option("--format", "-f", help="A table, a page (html), or one for programs.")
    ] = Format.TABLE,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write there instead: a file or a folder."),
    ] = None,
    db: Annotated[
        Path | None,
        typer.Option("--db", help="Store the articles and their quotations in this library too."),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out less sure quotations."),
    ] = 0.0,
    full_parse: Annotated[
        bool,
        typer.Option("--full-parse", help="Parse every sentence, not only the likely ones."),
    ] = False,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Find every quotation: who said it, to whom it is credited, through whom it came.

    Examples:

      quotecheck attribute article.txt

      quotecheck attribute news/ --format jsonl --output quotations.jsonl

      quotecheck attribute article.html --format html --output page.html

      quotecheck attribute article.html --db library.db

      cat article.txt | quotecheck attribute -
    """
    from quotecheck.api.attributing import load_attributor

    if format is not Format.TABLE:
        check_output(format.value, output)
    failures: list[QuotecheckError] = []
    documents = read_all(files, failures)
    first = next(documents, None)
    if first is None:
        report_failures(failures)
        raise typer.Exit(2 if failures else 0)
    attributor = load_attributor(stanza_dir=stanza_dir, package=package, full_parse=full_parse)

    def results() -> Iterator[tuple[Document, Sequence[Quotation]]]:
        with progress_bar("attributing") as progress:
            document: Document | None = first
            count = 0
            while document is not None:
                progress(count, 0, document.path or document.id)
                try:
                    found = attributor(document)
                except InputError as error:
                    failures.append(error)
                else:
                    yield document, [q for q in found if q.confidence >= min_confidence]
                count += 1
                document = next(documents, None)

    _write(_stored(results(), db, attributor), format, output, attributor)
    report_failures(failures)
    if failures:
        raise typer.Exit(1)


def read_all(files: Sequence[str], failures: list[QuotecheckError]) -> Iterator[Document]:
    """Every document of these files and folders; what cannot be read goes to ``failures``."""
    from quotecheck.reading import find_inputs, read_documents

    paths: list[Path | str] = []
    for name in files:
        try:
            paths.extend(["-"] if name == "-" else find_inputs([name]))
        except QuotecheckError as error:
            failures.append(error)
    for path in paths:
        try:
            for document in read_documents(path):
                if isinstance(document, QuotecheckError):
                    failures.append(document)
                else:
                    yield document
        except QuotecheckError as error:
            failures.append(error)


def _stored(
    results: Iterator[tuple[Document, Sequence[Quotation]]], db: Path | None, attributor: Attributor
) -> Iterator[tuple[Document, Sequence[Quotation]]]:
    if db is None:
        yield from results
        return
    from quotecheck.api.building import store_attributed

    yield from store_attributed(results, db, weights=attributor.signature)


def _write(
    results: Iterator[tuple[Document, Sequence[Quotation]]],
    format: Format,  # noqa: A002
    output: Path | None,
    attributor: Attributor,
) -> None:
    if format is Format.TABLE:
        _write_table(results, output)
    else:
        write_results(format.value, results, output, attributor.signature)


def _write_table(
    results: Iterator[tuple[Document, Sequence[Quotation]]], output: Path | None
) -> None:
    if output is not None and str(output) != "-":

        def render_all(console: Console) -> None:
            for document, quotations in results:
                _render(document.text, quotations, name_of(document), console)

        show(render_all, output)
        return
    for document, quotations in results:
        show(partial(_render, document.text, quotations, name_of(document)))


def _render(text: str, quotations: Sequence[Quotation], title: str, console: Console) -> None:
    from quotecheck.report import render_quotations

    render_quotations(text, quotations, console, title=title)
