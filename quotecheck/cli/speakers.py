"""`quotecheck speakers`: who speaks in a library, and who is who."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.cli.console import show
from quotecheck.cli.formats import SpeakersFormat
from quotecheck.cli.guarding import GuardedCommand
from quotecheck.cli.libraries import WriteDb
from quotecheck.cli.results import write

if TYPE_CHECKING:
    from quotecheck.library.library import Library
    from quotecheck.speakers.changes import SpeakerChange

__all__ = ["speakers_app"]


speakers_app = typer.Typer(
    help="Who speaks in a library, and who is who: list speakers, merge those who are one person, "
    "split those who are not, give them identifiers. Every change is kept with who made it, and "
    "can be undone.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Db = WriteDb
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who makes the change, if not the user logged in."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write there, to this file.")]
Form = Annotated[
    SpeakersFormat, typer.Option("--format", "-f", help="Table, or data for programs.")
]


@speakers_app.command("list", cls=GuardedCommand)
def list_command(
    db: Db,
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Only those with these words in a name, alias or identifier."),
    ] = None,
    by_number: Annotated[
        bool, typer.Option("--by-number", help="Sort by how much they said, not by name.")
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="How many to show at most in a table.")
    ] = 500,
    format: Form = "table",  # noqa: A002 - the option's name
    output: Output = None,
) -> None:
    """List who speaks and who wrote: turns, quotations, documents, identifier, other names.

    Examples:

      quotecheck speakers list --db library.db

      quotecheck speakers list --db library.db norran --format csv -o norrans.csv
    """
    from quotecheck.output.registry import Listing
    from quotecheck.speakers.directory import list_speakers

    with _reading(db) as library:
        listed = list_speakers(library, " ".join(words or ()), by_number=by_number)
        write("speakers", format, Listing(listed, limit), output)


@speakers_app.command("merge", cls=GuardedCommand)
def merge_command(
    into: Annotated[str, typer.Argument(help="The speaker who stays.")],
    others: Annotated[list[str], typer.Argument(help="The names that mean the same person.")],
    db: Db,
    by: By = None,
) -> None:
    """Make several speakers one; the names of the others become names of the first.

    Their turns and quotations are then the first one's, and so is what later builds find under
    these names.

    Examples:

      quotecheck speakers merge "Ilse Norran" "I. Norran" "NORRAN" --db library.db
    """
    from quotecheck.speakers.changes import merge_speakers

    with _writing(db) as library:
        _print_change(merge_speakers(library, into, others, by=by))


@speakers_app.command("split", cls=GuardedCommand)
def split_command(
    name: Annotated[str, typer.Argument(help="The speaker.")],
    alias: Annotated[
        list[str],
        typer.Option(
            "--alias", help="A name that belongs to somebody else; the first is their main name."
        ),
    ],
    db: Db,
    by: By = None,
) -> None:
    """Make names of a speaker a speaker of their own, with all that came under them.

    Examples:

      quotecheck speakers split "Ilse Norran" --alias "I. Norran" --db library.db
    """
    from quotecheck.speakers.changes import split_speaker

    with _writing(db) as library:
        _print_change(split_speaker(library, name, alias, by=by))


@speakers_app.command("rename", cls=GuardedCommand)
def rename_command(
    name: Annotated[str, typer.Argument(help="The present name.")],
    new: Annotated[str, typer.Argument(help="The new name.")],
    db: Db,
    by: By = None,
) -> None:
    """Call a speaker something else; what comes under the old name stays theirs.

    Examples:

      quotecheck speakers rename "NORRAN" "Ilse Norran" --db library.db
    """
    from quotecheck.speakers.changes import rename_speaker

    with _writing(db) as library:
        _print_change(rename_speaker(library, name, new, by=by))


@speakers_app.command("identify", cls=GuardedCommand)
def identify_command(
    db: Db,
    name: Annotated[str | None, typer.Argument(help="The speaker.", show_default=False)] = None,
    identifier: Annotated[
        str | None,
        typer.Argument(help="Their identifier, such as Q42 of Wikidata.", show_default=False),
    ] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            "--from", help="Read them from this table: name, identifier (.csv, .tsv, .jsonl)."
        ),
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="Remove the identifier.")] = False,
    by: By = None,
) -> None:
    """Give a speaker an identifier, or all speakers those of a table of yours.

    Identifiers are never guessed nor fetched. Who has another one already keeps it, and is named.

    Examples:

      quotecheck speakers identify "Ilse Norran" Q42 --db library.db

      quotecheck speakers identify --from people.csv --db library.db

      quotecheck speakers identify "Ilse Norran" --none --db library.db
    """
    from quotecheck.errors import InputError
    from quotecheck.speakers.changes import identify, identify_from

    options = [name is not None, identifier is not None, table is not None, none]
    if options not in ([1, 1, 0, 0], [1, 0, 0, 1], [0, 0, 1, 0]):
        raise InputError(
            "it is not clear what to do",
            remedy="Give NAME IDENTIFIER, or NAME --none, or --from TABLE.",
        )
    with _writing(db) as library:
        if table is not None:
            from quotecheck.output.terminal.people import render_identified

            report = identify_from(library, table, by=by)
            show(lambda console: render_identified(report, console))
        elif name is not None:
            _print_change(identify(library, name, identifier, by=by))


@speakers_app.command("suggest", cls=GuardedCommand)
def suggest_command(
    db: Db,
    limit: Annotated[
        int, typer.Option("--limit", min=1, help="How many pairs to show at most in a table.")
    ] = 100,
    format: Form = "table",  # noqa: A002 - the option's name
    output: Output = None,
) -> None:
    """Show pairs who may be the same person, with the reasons. Nothing is merged automatically.

    Examples:

      quotecheck speakers suggest --db library.db
    """
    from quotecheck.output.registry import Listing
    from quotecheck.speakers.merge_suggestions import suggest_merges

    with _reading(db) as library:
        pairs = suggest_merges(library)
    write("merge suggestions", format, Listing(pairs, limit), output)


@speakers_app.command("tidy", cls=GuardedCommand)
def tidy_command(
    db: Db,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list what would be taken out.")
    ] = False,
    by: By = None,
) -> None:
    """Remove from the register the entries that name no person or organisation.

    Earlier versions entered words such as "evidence" or "prosecutors" as speakers. They become
    descriptions, each in its own document; nothing that is quoted goes. What somebody has merged,
    named or identified stays. It is one change, and can be undone.

    Examples:

      quotecheck speakers tidy --dry-run --db library.db

      quotecheck speakers tidy --db library.db
    """
    from quotecheck.output.terminal.people import render_tidied
    from quotecheck.speakers.tidying import descriptions, tidy

    with _reading(db) if dry_run else _writing(db) as library:
        report = descriptions(library) if dry_run else tidy(library, by=by)
    show(lambda console: render_tidied(report, console))


@speakers_app.command("history", cls=GuardedCommand)
def history_command(
    db: Db,
    format: Form = "table",  # noqa: A002 - the option's name
    output: Output = None,
) -> None:
    """Show what was changed, by whom and when, the newest first.

    Examples:

      quotecheck speakers history --db library.db
    """
    from quotecheck.output.registry import Listing
    from quotecheck.speakers.changes import history

    with _reading(db) as library:
        listed = history(library)
    write("speaker changes", format, Listing(listed), output)


@speakers_app.command("undo", cls=GuardedCommand)
def undo_command(
    db: Db,
    number: Annotated[
        int | None,
        typer.Argument(help="The change (see history); without it, the last.", show_default=False),
    ] = None,
    by: By = None,
) -> None:
    """Take a change back: everything is as it was before it.

    An undoing is a change too, and can be undone by its number.

    Examples:

      quotecheck speakers undo --db library.db

      quotecheck speakers undo 12 --db library.db
    """
    from quotecheck.speakers.changes import undo

    with _writing(db) as library:
        _print_change(undo(library, number, by=by))


def _reading(db: Path) -> Library:
    from quotecheck.library.library import open_library

    return open_library(db)


def _writing(db: Path) -> Library:
    from quotecheck.library.library import open_library

    if not db.is_file() or not db.stat().st_size:
        open_library(db).close()  # says so: a library that is missing is not made
    return open_library(db, create=True)  # one of an earlier version is brought up to date


def _print_change(done: SpeakerChange) -> None:
    from quotecheck.output.unprintable import visible

    moved = f" Turns and quotations reassigned: {done.moved:,}." if done.moved else ""
    typer.echo(f"Change {done.change}: {visible(done.summary)}.{moved}")
