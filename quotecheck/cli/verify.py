"""`quotecheck verify`: does a library hold together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.cli.console import show, write_pieces
from quotecheck.cli.formats import LinesFormat
from quotecheck.cli.libraries import LibraryArgument
from quotecheck.cli.progress import progress_bar

if TYPE_CHECKING:
    from quotecheck.library.integrity import Finding
    from quotecheck.library.verification import Verification

__all__ = ["verify_command"]

_SHOWN = 200
"""Findings that are printed; more are counted, so that a damaged library fills no terminal."""


def verify_command(
    library: LibraryArgument,
    format: Annotated[  # noqa: A002 - the option's name
        LinesFormat, typer.Option("--format", "-f", help="Table, or JSON Lines for programs.")
    ] = "table",
    upgrade: Annotated[
        bool,
        typer.Option("--upgrade", help="First bring a library of an older quotecheck up to date."),
    ] = False,
) -> None:
    """Verify that everything in a library is still what was put there.

    The sha256 of each text, the words at every kept place, references between rows, the index of
    the search, the schema, the file itself. Nothing is changed but by --upgrade, which makes the
    tables that a library of an older quotecheck lacks and keeps all that it holds. To compare with
    the files that the texts came from, see recheck. Exit code 0: all is well. 1: something is
    wrong. 2: an error.
    Attributions that an older version made are listed, and do not count as a finding.

    Examples:

      quotecheck verify library.db

      quotecheck verify library.db --format jsonl > findings.jsonl
    """
    from quotecheck.library.verification import Verification
    from quotecheck.output.plain_text import older_words

    if upgrade:
        _upgrade(library)
    findings = 0
    with Verification(library) as verification, progress_bar("verifying") as progress:
        if format == "table":
            shown: list[Finding] = []
            for finding in verification.findings(progress):
                findings += 1
                if findings <= _SHOWN:
                    shown.append(finding)
            note = older_words(verification.older(), str(library))
        else:
            write_pieces(None, _lines(verification))
            findings = verification.found
    if format == "table":
        from quotecheck.output.terminal.library import render_findings

        looked = (
            f"{verification.documents:,} documents, {verification.passages:,} passages,"
            f" {verification.quotations:,} quotations"
        )
        show(
            lambda console: render_findings(
                shown, console, library=str(library), number=findings, looked=looked, note=note
            )
        )
    if findings:
        raise typer.Exit(1)


def _upgrade(path: Path) -> None:
    """Bring an older library up to date; what is missing or empty is left for `verify` to tell."""
    from quotecheck.library.library import open_library

    if path.is_file() and path.stat().st_size:
        open_library(path, create=True).close()


def _lines(verification: Verification) -> Iterator[str]:
    from quotecheck.output.serialising import dumps

    for finding in verification.findings():
        record = {
            "type": "finding",
            "check": finding.check,
            "place": finding.place,
            "what": finding.what,
        }
        yield dumps(record) + "\n"
    summary = {
        "type": "summary",
        "library": str(verification.path),
        "schema": verification.version,
        "documents": verification.documents,
        "passages": verification.passages,
        "quotations": verification.quotations,
        "findings": verification.found,
        "older_attributions": [finding._asdict() for finding in verification.older()],
    }
    yield dumps(summary) + "\n"
