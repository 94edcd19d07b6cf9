"""`quotecheck export`: what a library holds, for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.console import DateFrom, DateTo, OnlySpeaker
from quotecheck.cli.formats import LibraryFormat
from quotecheck.cli.libraries import LibraryArgument
from quotecheck.cli.progress import progress_bar
from quotecheck.cli.results import target_of

__all__ = ["export_command"]


def export_command(
    library: LibraryArgument,
    format: Annotated[  # noqa: A002 - the option's name
        LibraryFormat,
        typer.Option(
            "--format",
            "-f",
            help="The newest quotations: one a line (jsonl), a row (csv, parquet), a TEI corpus "
            "(tei), a collection of W3C annotations with their selectors (w3c), a graph in "
            "schema.org's words (schema-org). Or where all came from (prov, the same as "
            "prov-json).",
        ),
    ] = "jsonl",
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

    The file appears only when it is complete, and shows the library at one moment even while a
    build is running. PROV-JSON (W3C) has files, texts, quotations of all runs, weights, runs and
    speakers, and which of them came from which. An export has no checks: `quotecheck checks list`
    writes kept ones and `quotecheck check` those of an article, both with `--format claim-review`.

    Examples:

      quotecheck export library.db > quotations.jsonl

      quotecheck export library.db --format csv --output quotations.csv

      quotecheck export library.db --format parquet --output quotations.parquet

      quotecheck export library.db --format tei --speaker "Ilse Norran" --from 2030 -o norran.xml

      quotecheck export library.db --format prov --document two-mayors-1f0c2a9b
    """
    from quotecheck.library.document_lookup import count_quoted
    from quotecheck.library.library import open_library
    from quotecheck.output.library_export import Selection, check_export, export_library

    selection = Selection(document, speaker, date_from, date_to)
    target = target_of(output)
    check_export(format, target, selection)
    with open_library(library) as opened:
        if not isinstance(target, Path) and sys.stdout.isatty():
            # Beside what is written to a terminal, a line that moves would be in the way.
            export_library(opened, format, target, selection)
        else:
            total = count_quoted(opened.db) if selection == Selection() else 0
            with progress_bar("exporting") as tell:
                export_library(
                    opened, format, target, selection,
                    progress=lambda done, name: tell(done, total, name),
                )  # fmt: skip
    sys.stdout.flush()
