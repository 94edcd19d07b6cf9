"""`quotecheck search`: what was said about something, by whom, and when."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from quotecheck.cli.console import DateFrom, DateTo, OnlySpeaker
from quotecheck.cli.formats import SearchFormat
from quotecheck.cli.libraries import ReadDb
from quotecheck.cli.results import write

__all__ = ["search_command"]


class Kind(StrEnum):
    """What is looked through."""

    TEXT = "text"
    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    SCARE = "scare"
    TITLE = "title"


class OrderBy(StrEnum):
    """Which comes first."""

    BEST = "best"
    OLDEST = "oldest"
    NEWEST = "newest"


class Unit(StrEnum):
    """What is counted together."""

    AUTO = "auto"
    YEAR = "year"
    MONTH = "month"


def search_command(
    db: ReadDb,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help='Words that must all be there; a "phrase" in double quotes is one.',
            show_default=False,
        ),
    ] = None,
    speaker: OnlySpeaker = None,
    date_from: DateFrom = None,
    date_to: DateTo = None,
    publication: Annotated[
        str | None,
        typer.Option("--publication", help="Only publications with these words in their name."),
    ] = None,
    kind: Annotated[
        list[Kind] | None,
        typer.Option(
            "--kind",
            help="Turns and passages (text), or quotations of a kind; may be given several times. "
            "Without, all but titles and scare quotes.",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="How many places to show at most.")
    ] = 20,
    order: Annotated[
        OrderBy, typer.Option("--order", help="The best first, or by date.")
    ] = OrderBy.BEST,
    chart: Annotated[
        bool, typer.Option("--chart", help="Count over time instead: when it was said.")
    ] = False,
    by: Annotated[
        Unit,
        typer.Option(
            "--by", help="With --chart: by year or month; auto chooses by the span of time."
        ),
    ] = Unit.AUTO,
    format: Annotated[  # noqa: A002 - the option's name
        SearchFormat, typer.Option("--format", "-f", help="Table, or data for programs.")
    ] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write there.")] = None,
) -> None:
    """Search what was said: in turns and texts of the library, and in quotations of its articles.

    Words are looked for as they are, whatever their case and accents; nothing in them is search
    syntax. With --chart and --speaker the words may be left out. Exit code 0, also where
    nothing is found, and 2 for an error.

    Examples:

      quotecheck search dam village --db library.db

      quotecheck search '"north bank"' --speaker "Ilse Norran" --from 2030-06 --db library.db

      quotecheck search ferry --kind direct --format csv --output ferry.csv --db library.db

      quotecheck search dam --speaker "Ilse Norran" --chart --by year --db library.db
    """
    from quotecheck.library.attribution_age import older_attributions
    from quotecheck.library.library import open_library
    from quotecheck.library.listings import document_names, markdown_documents
    from quotecheck.output.plain_text import older_words
    from quotecheck.output.readable_places import readable_search
    from quotecheck.searching.search import over_time, search_library

    query = " ".join(words or ())
    kinds = [choice.value for choice in kind or ()]
    chosen: dict[str, Any] = {
        "speaker": speaker, "date_from": date_from, "date_to": date_to,
        "publication": publication, "kinds": kinds,
    }  # fmt: skip
    with open_library(db) as library:
        if chart:
            timeline = over_time(library, query, by=by.value, **chosen)
        else:
            results = search_library(library, query, order=order.value, limit=limit, **chosen)
            if format == "table":
                keys = [hit.document for hit in results.hits]
                results = readable_search(
                    results, document_names(library.db, keys), markdown_documents(library.db, keys)
                )
        note = older_words(older_attributions(library.db), str(db))
    if chart:
        write("timeline", format, timeline, output)
    else:
        write("search", format, results, output)
    if note:
        typer.echo(note, err=True)
