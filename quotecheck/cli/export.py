"""`quotecheck export`: what a library holds, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.cli.terminal import write_pieces
from quotecheck.cli.writing import check_output, write_results

if TYPE_CHECKING:
    from quotecheck.annotations import Document, Quotation
    from quotecheck.store import Library

__all__ = ["ExportFormat", "export_command"]


class ExportFormat(StrEnum):
    """How the library is written."""

    PROV_JSON = "prov-json"
    JSONL = "jsonl"
    CSV = "csv"
    W3C = "w3c"


def export_command(
    library: Annotated[Path, typer.Argument(help="The library (see build).")],
    format: Annotated[  # noqa: A002 - the option's name
        ExportFormat,
        typer.Option(
            "--format",
            "-f",
            help="Where all came from (prov-json), or the newest quotations: one a line (jsonl), a"
            " row (csv), or W3C annotations with their selectors, a file a document (w3c).",
        ),
    ] = ExportFormat.JSONL,
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="KEY", help="Only this document (by its key)."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write there instead: a file, or a folder for w3c."),
    ] = None,
) -> None:
    """Write what a library holds for other programs: quotations, or the provenance of everything.

    PROV-JSON (W3C) has files, texts, quotations of all runs, weights, runs and speakers, and which
    of them came from which.

    Examples:

      quotecheck export library.db > quotations.jsonl

      quotecheck export library.db --format csv --output quotations.csv

      quotecheck export library.db --format prov-json --document two-mayors-1f0c2a9b
    """
    from quotecheck.api.provenance import prov_json
    from quotecheck.store import open_library

    if format is not ExportFormat.PROV_JSON:
        check_output(format.value, output)
    with open_library(library) as opened:
        if format is ExportFormat.PROV_JSON:
            write_pieces(output, prov_json(opened, document))
        else:
            results = _results(opened, document)
            write_results(format.value, results, output, _weights(opened))


def _results(
    library: Library, document: str | None
) -> Iterator[tuple[Document, Sequence[Quotation]]]:
    from quotecheck.errors import InputError

    if document is None:
        for one in library.documents():
            found = [stored.quotation for stored in library.quotations(one.id)]
            if found:
                yield one, found
        return
    wanted = library.document(document)
    if wanted is None:
        raise InputError(
            f"there is no document {document!r}",
            where=str(library.path),
            remedy="The view what_is_here lists the documents by their keys.",
        )
    yield wanted, [stored.quotation for stored in library.quotations(document)]


def _weights(library: Library) -> dict[str, str]:
    """Those of the newest run that looked for quotations."""
    sql = "SELECT weights FROM runs WHERE id = (SELECT max(run_id) FROM attributed)"
    row = library.db.execute(sql).fetchone()
    return {} if row is None else dict(json.loads(row[0]))
