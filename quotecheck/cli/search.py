"""`quotecheck search`: what was said about something, by whom, and when."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.console import DateFrom, DateTo, OnlySpeaker, show, write_pieces, write_text
from quotecheck.cli.speakers import TableFormat

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
    db: Annotated[Path, typer.Option("--db", help="The library to look through (see build).")],
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help='Words that must all be there; a "phrase" in double quotes stands together.',
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
    limit: Annotated[int, typer.Option("--limit", min=1, help="The most places to give.")] = 20,
    order: Annotated[
        OrderBy, typer.Option("--order", help="The best first, or by date.")
    ] = OrderBy.BEST,
    chart: Annotated[
        bool, typer.Option("--chart", help="Count over time instead: when was it said.")
    ] = False,
    by: Annotated[
        Unit, typer.Option("--by", help="With --chart: by year or month; auto is what fits.")
    ] = Unit.AUTO,
    format: Annotated[  # noqa: A002 - the option's name
        TableFormat, typer.Option("--format", "-f", help="Table, or data for programs.")
    ] = TableFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write there.")] = None,
) -> None:
    """Search what was said: in turns and texts of the library, and in quotations of its articles.

    Words are looked for as they are, whatever their case and accents; nothing in them is search
    syntax. With --chart and --speaker the words may be left out. Finding nothing is no error: exit
    code 0, and 2 for an error.

    Examples:

      quotecheck search dam village --db library.db

      quotecheck search '"north bank"' --speaker "Ilse Norran" --from 2030-06 --db library.db

      quotecheck search ferry --kind direct --format csv --output ferry.csv --db library.db

      quotecheck search dam --speaker "Ilse Norran" --chart --by year --db library.db
    """
    from quotecheck.library.library import open_library
    from quotecheck.searching.search import over_time, search_library

    told = " ".join(words or ())
    kinds = [one.value for one in kind or ()]
    with open_library(db) as library:
        if chart:
            timeline = over_time(
                library, told, speaker=speaker, date_from=date_from, date_to=date_to,
                publication=publication, kinds=kinds, by=by.value,
            )  # fmt: skip
        else:
            found = search_library(
                library, told, speaker=speaker, date_from=date_from, date_to=date_to,
                publication=publication, kinds=kinds, order=order.value, limit=limit,
            )  # fmt: skip
    from quotecheck.output import search as formats_search
    from quotecheck.output.serialising import dumps
    from quotecheck.output.terminal import search as report_search

    if chart:
        record = formats_search.timeline_record(timeline)
        if format is TableFormat.TABLE:
            show(lambda console: report_search.render_timeline(timeline, console), output)
        elif format is TableFormat.CSV:
            write_pieces(output, formats_search.timeline_rows(timeline))
        elif format is TableFormat.JSONL:
            write_pieces(output, (dumps(one) + "\n" for one in record["periods"]))
        else:
            write_text(output, dumps(record, indent=2) + "\n")
    elif format is TableFormat.TABLE:
        show(lambda console: report_search.render_search(found, console), output)
    elif format is TableFormat.CSV:
        write_pieces(output, formats_search.search_rows(found))
    elif format is TableFormat.JSONL:
        write_pieces(output, formats_search.search_lines(found))
    else:
        write_text(output, formats_search.search_json(found))
