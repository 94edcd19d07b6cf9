"""`quotecheck trace`: where words come from, and how they went on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.formats import TraceFormat
from quotecheck.cli.libraries import ReadDb
from quotecheck.cli.results import write

__all__ = ["trace_command"]


def trace_command(
    quote: Annotated[str, typer.Argument(help="The words, in shell quotes.")],
    db: ReadDb,
    format: Annotated[  # noqa: A002 - the option's name
        TraceFormat, typer.Option("--format", "-f", help="Table, data for programs, or a picture.")
    ] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write there.")] = None,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", min=1, help="How many occurrences to show at most, earliest first."
        ),
    ] = 100,
) -> None:
    """Show every occurrence of a quotation in order of time: who, where, what was changed.

    Copies are recognised by their evidence: the same text around, the same departure from the
    earliest wording, or quotation marks with a name. Exit code 0: found. 1: not in the library. 2:
    an error.

    Examples:

      quotecheck trace "No village will be asked to move twice." --db library.db

      quotecheck trace "No village will be asked to move." --db library.db --format svg -o out.svg
    """
    from quotecheck.checking.checker import Checker
    from quotecheck.checking.trace import trace_quote
    from quotecheck.library.library import open_library
    from quotecheck.library.listings import document_names, markdown_documents
    from quotecheck.output.readable_places import readable_trace

    with open_library(db) as library:
        trace = trace_quote(Checker(library), quote, limit=limit)
        if format in ("table", "svg"):
            keys = [occurrence.document for occurrence in trace.occurrences]
            trace = readable_trace(
                trace, document_names(library.db, keys), markdown_documents(library.db, keys)
            )
    write("trace", format, trace, output)
    if not trace.occurrences:
        raise typer.Exit(1)
