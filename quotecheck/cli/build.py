"""`quotecheck build`: sources into a library."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.terminal import Package, StanzaDir, progress_bar, show

__all__ = ["build_command"]


def build_command(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Sources (.txt, .md, .html, .jsonl), folders, or - for standard input."
        ),
    ],
    db: Annotated[Path, typer.Option("--db", help="The library; made when it is missing.")],
    attribute: Annotated[
        bool | None,
        typer.Option(
            "--attribute/--no-attribute",
            help="Find who is quoted in every source, or in none. Without either: in articles, but "
            "not in speeches and transcripts whose speakers are known.",
            show_default=False,
        ),
    ] = None,
    speaker: Annotated[
        str | None,
        typer.Option("--speaker", help="Who speaks in sources without NAME: turns (a speech)."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the source.")] = None,
    author: Annotated[str | None, typer.Option("--author", help="Author of the source.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="Date, as 2015-11-23 or 1861.")] = None,
    publication: Annotated[
        str | None, typer.Option("--publication", help="Paper, site or series.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Where the source came from.")] = None,
    semantic: Annotated[
        bool,
        typer.Option(
            "--semantic",
            help="Keep vectors of sentences too, so that check finds statements in other words.",
        ),
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that attribute.")] = 1,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Bring sources into a library that quotations can be checked against.

    May be stopped and started again: what is in the library is passed over. A file that cannot be
    read is reported at the end; the rest is taken in.

    Examples:

      quotecheck build speeches/ --db library.db

      quotecheck build debates.jsonl columns/ --db library.db --no-attribute

      quotecheck build speeches/ --db library.db --semantic

      quotecheck build speech.txt --db library.db --speaker "Ilse Norran" --date 2031-04-02
    """
    from quotecheck.api.building import build
    from quotecheck.report import render_build

    given = {
        "title": title, "author": author, "date": date, "publication": publication, "url": url,
    }  # fmt: skip
    factory = None
    if attribute is not False:
        from quotecheck.api.attributing import attributor_factory

        factory = attributor_factory(stanza_dir=stanza_dir, package=package)
    with progress_bar("building") as progress:
        report = build(
            paths,
            db,
            attribute=attribute is not False,
            turns=attribute is True,
            attributor_factory=factory,
            jobs=jobs,
            defaults={name: value for name, value in given.items() if value},
            speaker=speaker,
            progress=progress,
        )
    show(lambda console: render_build(report, console))
    if semantic:
        from quotecheck.api.embedding import embed_passages

        with progress_bar("embedding") as progress:
            made = embed_passages(db, progress=lambda done, total: progress(done, total, ""))
        told = f"{made.vectors:,} of {made.passages:,} passages in {made.seconds:,.0f} s"
        typer.echo(f"Vectors of sentences: {told}.")
    if report.failed:
        raise typer.Exit(1)
