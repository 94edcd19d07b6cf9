"""`quotecheck evaluate translations`: statements quoted in another language than their source's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.figures import finish
from quotecheck.cli.progress import progress_bar

__all__ = ["translations_command"]


def translations_command(
    gold: Annotated[
        Path, typer.Argument(help="Statements in several languages, one a line (JSON Lines).")
    ],
    db: Annotated[
        Path | None,
        typer.Option("--db", help="A library with vectors, in a copy of which they are hidden."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as one JSON object.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write every answer there, JSON Lines.")
    ] = None,
) -> None:
    """How often the search finds a statement that is quoted in another language.

    Needs the extra multilingual.

    Examples:

      quotecheck evaluate translations corpora/translations/statements.jsonl

      quotecheck evaluate translations corpora/translations/statements.jsonl --db library.db
    """
    from quotecheck.evaluation.runs.translations import evaluate_translations

    with progress_bar("searching") as progress:
        figures, lines = evaluate_translations(
            gold, db, progress=lambda done, total: progress(done, total, "")
        )
    finish(figures, lines, as_json, output)
