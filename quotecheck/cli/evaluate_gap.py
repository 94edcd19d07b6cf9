"""`quotecheck evaluate gap`: whom pronouns mean, on rows in the form of GAP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.console import Package, StanzaDir, write_pieces
from quotecheck.cli.figures import finish
from quotecheck.cli.progress import progress_bar

__all__ = ["gap_command"]


def gap_command(
    file: Annotated[Path, typer.Argument(help="Rows of GAP, tab-separated (gap-development.tsv).")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as one JSON object.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write ID, A and B there, for GAP's own scorer."),
    ] = None,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Which of two names a pronoun refers to, on rows in GAP's form.

    Example:

      quotecheck evaluate gap gap-development.tsv --output system.tsv
    """
    from quotecheck.evaluation.runs.gap import evaluate_gap
    from quotecheck.parsing.parser import load_parser

    parser = load_parser(stanza_dir=stanza_dir, package=package)
    with progress_bar("resolving") as progress:
        figures, rows = evaluate_gap(
            file, parser, progress=lambda done, total: progress(done, total, "")
        )
    if output is not None:
        write_pieces(output, (f"{row}\t{a}\t{b}\n" for row, a, b in rows))
    finish(figures, None, as_json, None)
