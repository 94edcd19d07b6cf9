"""`quotecheck forget`: documents out of a library, with everything that depends on them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from quotecheck.building.forgetting import Forgetting
    from quotecheck.library.library import Library

from quotecheck.cli.libraries import WriteDb

__all__ = ["forget_command"]


def forget_command(
    db: WriteDb,
    documents: Annotated[
        list[str] | None,
        typer.Argument(
            help="What is to be removed: ids, files, addresses or titles. A folder or an archive"
            " stands for everything from within it.",
            show_default=False,
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask; needed where nobody can be asked.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be removed, and remove nothing.")
    ] = False,
) -> None:
    """Remove documents from a library, and everything that depends on them. It cannot be undone.

    With a document go its older versions, passages, turns, quotations, vectors, its links to
    copies, kept checks of it or of words found in it, the notes about its file, and speakers who
    have nothing else there. It happens wholly or not at all; then the file is rewritten, so that no
    word of it stays there, which takes as much free disk as the library has, and some time for a
    large one. Where that was stopped, quotecheck forget --db LIBRARY completes it. Copies and
    exports of the library keep what they have, and a file that is still among your sources comes
    back with the next build that reads it. Exit code 0: removed. 1: you said no, or another program
    still reads the old words. 2: an error.

    Examples:

      quotecheck forget news/2031/flood.html --db library.db

      quotecheck forget "Hearing on the bridge" interview-12 --db library.db --yes

      quotecheck forget drafts/ --db library.db --dry-run
    """
    from quotecheck.building import forgetting
    from quotecheck.errors import InputError
    from quotecheck.library.library import open_library

    with open_library(db) as library:  # a library that is missing is not made
        if not documents:
            if not forgetting.is_unfinished(library):
                raise InputError("no document is named", remedy="Give its id, file or title.")
            plan = None
        else:
            plan = forgetting.plan(library, documents)
    if plan is not None:
        from quotecheck.cli.console import show
        from quotecheck.output.terminal.forgetting import render_forgetting

        show(lambda console: render_forgetting(plan, console))
        if dry_run:
            return
        if not yes and not _agrees():
            typer.echo("Nothing was removed.")
            raise typer.Exit(1)
    elif dry_run:
        typer.echo("The library's file has still to be rewritten after an earlier removal.")
        return
    with open_library(db, create=True) as library:
        is_gone = _forget(library, plan)
    if not is_gone:
        typer.echo(
            "Removed, but another program still reads the library as it was, so the words are still"
            " in its files.\n  When that program has ended: quotecheck forget --db "
            f"{db}",
            err=True,
        )
        raise typer.Exit(1)
    typer.echo("Removed, and the library's file rewritten without it.")


def _forget(library: Library, plan: Forgetting | None) -> bool:
    from quotecheck.building import forgetting

    if plan is None:
        return forgetting.finish(library)
    return forgetting.forget(library, plan)


def _agrees() -> bool:
    from quotecheck.errors import InputError

    if not sys.stdin.isatty():
        raise InputError(
            "a removal cannot be undone, and there is no terminal to confirm it on",
            remedy="Add --yes to remove them, or --dry-run to see only what would be removed.",
        )
    return typer.confirm("Remove this? It cannot be undone", default=False)
