"""`quotecheck export`: what a library holds, for other programs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.cli.console import DateFrom, DateTo, OnlySpeaker, write_pieces
from quotecheck.cli.output_files import check_output, write_results

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotecheck.library.library import Library, StoredQuotation
    from quotecheck.records.document import Document

__all__ = ["ExportFormat", "export_command"]


class ExportFormat(StrEnum):
    """How the library is written."""

    PROV = "prov"
    PROV_JSON = "prov-json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    TEI = "tei"
    W3C = "w3c"
    SCHEMA_ORG = "schema-org"


_PROVENANCE = (ExportFormat.PROV, ExportFormat.PROV_JSON)


def export_command(
    library: Annotated[Path, typer.Argument(help="The library (see build).")],
    format: Annotated[  # noqa: A002 - the option's name
        ExportFormat,
        typer.Option(
            "--format",
            "-f",
            help="The newest quotations: one a line (jsonl), a row (csv, parquet), a TEI corpus "
            "(tei), a collection of W3C annotations with their selectors (w3c), a graph in "
            "schema.org's words (schema-org). Or where all came from (prov, the same as "
            "prov-json).",
        ),
    ] = ExportFormat.JSONL,
    document: Annotated[
        str | None,
        typer.Option("--document", metavar="KEY", help="Only this document (by its key)."),
    ] = None,
    speaker: OnlySpeaker = None,
    date_from: DateFrom = None,
    date_to: DateTo = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Write there instead: a file. For tei, w3c and schema-org also a folder (a name "
            "without a suffix), which gets a file for each document.",
        ),
    ] = None,
) -> None:
    """Write what a library holds for other programs: quotations, or the provenance of everything.

    A file takes its name only when it is whole. Everything in it is of one moment, even if a build
    goes on. PROV-JSON (W3C) has files, texts, quotations of all runs, weights, runs and speakers,
    and which of them came from which. Checks are not kept in a library: to write them as
    ClaimReview, check an article with `--format claim-review`.

    Examples:

      quotecheck export library.db > quotations.jsonl

      quotecheck export library.db --format csv --output quotations.csv

      quotecheck export library.db --format parquet --output quotations.parquet

      quotecheck export library.db --format tei --speaker "Ilse Norran" --from 2030 -o norran.xml

      quotecheck export library.db --format prov --document two-mayors-1f0c2a9b
    """
    from quotecheck.errors import InputError
    from quotecheck.library.library import open_library
    from quotecheck.output.export import one_moment, quoted_documents

    if format in _PROVENANCE and (speaker or date_from or date_to):
        raise InputError(
            "provenance is of whole documents",
            remedy="Leave out --speaker, --from and --to; --document may be given.",
        )
    if format is ExportFormat.PARQUET:
        from quotecheck.output.interchange.parquet import require_parquet

        require_parquet()
        if output is None or str(output) == "-" or output.is_dir():
            raise InputError(
                "Parquet goes into a file", remedy="Name one: --output quotations.parquet"
            )
    elif format not in _PROVENANCE:
        check_output(format.value, output)
    with open_library(library) as opened, one_moment(opened):
        if format in _PROVENANCE:
            from quotecheck.output.interchange.prov import prov_json

            write_pieces(output, prov_json(opened, document))
        else:
            results = quoted_documents(
                opened, document=document, speaker=speaker, date_from=date_from, date_to=date_to
            )
            _write(opened, format, results, output)


def _write(
    library: Library,
    format: ExportFormat,  # noqa: A002
    results: Iterator[tuple[Document, list[StoredQuotation]]],
    output: Path | None,
) -> None:
    from quotecheck.output.export import export_pieces, export_weights, with_quotations

    if format is ExportFormat.PARQUET and output is not None:
        from quotecheck.output.interchange.parquet import write_parquet

        write_parquet(output, results, weights=export_weights(library))
    elif format not in (ExportFormat.JSONL, ExportFormat.CSV) and _is_folder(output):
        write_results(format.value, with_quotations(results), output, export_weights(library))
    else:
        write_pieces(output, export_pieces(library, format.value, with_quotations(results)))


def _is_folder(output: Path | None) -> bool:
    if output is None or str(output) == "-":
        return False
    return output.is_dir() or not (output.suffix or output.exists())
