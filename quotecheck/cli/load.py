"""`quotecheck load`: parts that many machines made, into a library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.console import show
from quotecheck.cli.libraries import WriteDb
from quotecheck.cli.progress import stage_bars

__all__ = ["load_command"]


def load_command(
    parts: Annotated[
        list[Path], typer.Argument(help="Parts (part-N-of-M.parquet), or folders of them.")
    ],
    db: WriteDb,
    copies: Annotated[
        bool,
        typer.Option(
            "--copies/--no-copies", help="Link documents that are near copies of earlier ones."
        ),
    ] = True,
) -> None:
    """Bring parts that `build --shard` or `--cluster` made into a library.

    May be stopped and started again: what is already in the library is skipped. A part that is
    damaged is reported, the others are loaded.

    Examples:

      quotecheck load parts/ --db library.db

      quotecheck load parts/part-00003-of-00064.parquet --db library.db --no-copies
    """
    from quotecheck.cluster.loading import load_parts
    from quotecheck.output.terminal.builds import render_build

    with stage_bars("loading") as progress:
        report = load_parts(parts, db, link_copies=copies, progress=progress)
    show(lambda console: render_build(report, console))
    if report.failed:
        raise typer.Exit(1)
