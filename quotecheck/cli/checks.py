"""`quotecheck checks`: the checks that a desk keeps, and where each of them stands."""

from __future__ import annotations

import getpass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from quotecheck.cli.formats import KeptFormat
from quotecheck.cli.guarding import GuardedCommand
from quotecheck.cli.libraries import ReadDb, WriteDb
from quotecheck.cli.results import check_output, write
from quotecheck.records.check import Verdict

__all__ = ["checks_app"]

checks_app = typer.Typer(
    help="The checks that were kept (check --keep): list them, set their status, publish them.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


class Status(StrEnum):
    """Where a kept check stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DISPUTED = "disputed"


if TYPE_CHECKING:
    KeptVerdict = Status
else:
    KeptVerdict = StrEnum("KeptVerdict", {name.upper(): name for name in get_args(Verdict)})


@checks_app.command("list", cls=GuardedCommand)
def list_command(
    db: ReadDb,
    status: Annotated[Status | None, typer.Option("--status", help="Only these.")] = None,
    verdict: Annotated[
        KeptVerdict | None, typer.Option("--verdict", help="Only those with this verdict.")
    ] = None,
    article: Annotated[
        str | None, typer.Option("--article", help="Only of articles with these words in the name.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only those kept since that day.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Only those that this person set last."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", help="Who publishes the ClaimReviews.")
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        KeptFormat, typer.Option("--format", "-f", help="Table, data for programs, ClaimReview.")
    ] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write there.")] = None,
) -> None:
    """List kept checks, the newest first.

    Examples:

      quotecheck checks list --db library.db --status open

      quotecheck checks list --db library.db --format claim-review --publisher "The Saal Desk"
    """
    from quotecheck.library.kept_checks import kept_checks
    from quotecheck.library.library import open_library
    from quotecheck.output.kept_checks import KeptChecks

    check_output("kept checks", format, output)
    with open_library(db) as library:
        checks = kept_checks(
            library.db,
            status=None if status is None else status.value,
            verdict=None if verdict is None else verdict.value,
            article=article,
            since=since,
            who=by,
        )
    write("kept checks", format, KeptChecks(checks, publisher), output)


@checks_app.command("show", cls=GuardedCommand)
def show_command(
    number: Annotated[int, typer.Argument(help="The number of the check (see list).")],
    db: ReadDb,
) -> None:
    """Show a kept check in full: its answer, and every status it had.

    Examples:

      quotecheck checks show 3 --db library.db
    """
    from quotecheck.errors import InputError
    from quotecheck.library.kept_checks import changes_of, kept_checks
    from quotecheck.library.library import open_library
    from quotecheck.output.kept_checks import KeptChecks
    from quotecheck.output.unprintable import visible

    with open_library(db) as library:
        checks = kept_checks(library.db, [number])
        changes = changes_of(library.db, number)
    if not checks:
        raise InputError(
            f"there is no kept check {number}", remedy="See which there are: quotecheck checks list"
        )
    write("kept checks", "table", KeptChecks(checks))
    for reason in checks[0].record["reasons"]:
        typer.echo(f"because: {visible(reason)}")
    typer.echo(f"kept on {checks[0].made} by quotecheck {checks[0].version}")
    for change in changes:
        by = f" by {visible(change.who)}" if change.who else ""
        note = f": {visible(change.note)}" if change.note else ""
        typer.echo(f"{change.made}{by}: {change.status}{note}")


@checks_app.command("set", cls=GuardedCommand)
def set_command(
    numbers: Annotated[list[int], typer.Argument(help="The numbers of checks (see list).")],
    db: WriteDb,
    status: Annotated[Status | None, typer.Option("--status", help="Their status now.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="A note about it.")] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", help="Who says so, if not the user logged in."),
    ] = None,
) -> None:
    """Set where kept checks stand: open, confirmed, corrected or disputed.

    Examples:

      quotecheck checks set 3 4 --status corrected --note "Corrected online" --db library.db
    """
    from quotecheck.errors import InputError
    from quotecheck.library.kept_checks import set_status
    from quotecheck.library.library import open_library

    if status is None and note is None:
        raise InputError("there is nothing to set", remedy="Give --status, --note or both.")
    with open_library(db, create=True) as library, library.write() as connection:
        set_status(
            connection,
            numbers,
            status=None if status is None else status.value,
            note=note,
            who=by or _user(),
        )
    typer.echo(f"Set: {', '.join(map(str, numbers))}.")


@checks_app.command("forget", cls=GuardedCommand)
def forget_command(
    numbers: Annotated[list[int], typer.Argument(help="The numbers of checks (see list).")],
    db: WriteDb,
) -> None:
    """Remove kept checks from the library, with their notes.

    Examples:

      quotecheck checks forget 3 --db library.db
    """
    from quotecheck.library.kept_checks import forget_checks
    from quotecheck.library.library import open_library

    with open_library(db, create=True) as library:
        with library.write() as connection:
            forget_checks(connection, numbers)
        library.empty_log()
    typer.echo(f"Removed: {', '.join(map(str, numbers))}.")


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None
