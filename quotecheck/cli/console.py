"""What the commands share: consoles, output files, progress bars, options with the same name."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.errors import InputError, QuotecheckError

if TYPE_CHECKING:
    from rich.console import Console

    from quotecheck.records.document import Document

__all__ = [
    "DateFrom",
    "DateTo",
    "OnlySpeaker",
    "Package",
    "StanzaDir",
    "console",
    "name_of",
    "progress_bar",
    "report_failures",
    "show",
    "write_pieces",
    "write_text",
]

StanzaDir = Annotated[
    Path | None,
    typer.Option(
        "--stanza-dir",
        help="A folder of Stanza's own models, used instead of the weights that travel along.",
        rich_help_panel="Weights",
    ),
]
OnlySpeaker = Annotated[
    str | None,
    typer.Option("--speaker", help="Only what this speaker said, by any of their names."),
]
DateFrom = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Of this year, month or day, or later."),
]
DateTo = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE", help="Of this year, month or day, or earlier."),
]
Package = Annotated[
    str | None,
    typer.Option(
        "--package",
        help="Which package of Stanza's own models to use (such as default).",
        rich_help_panel="Weights",
    ),
]


def console(*, stderr: bool = False, width: int = 100) -> Console:
    """A console that colours only a terminal; a pipe gets plain text, ``width`` columns wide."""
    from rich.console import Console

    if stderr:
        return Console(stderr=True, highlight=False)
    return Console(highlight=False, width=None if sys.stdout.isatty() else width)


def name_of(document: Document) -> str:
    """What a document is called on the terminal."""
    return document.title or document.path or document.id


def write_text(output: Path | None, text: str) -> None:
    """Write to ``output`` (whole or not at all) or to standard output."""
    write_pieces(output, [text])


def write_pieces(output: Path | None, pieces: Iterable[str]) -> None:
    """Write pieces of text as they come: to a new file that takes its name at the end, or out.

    Raises:
        InputError: the output cannot be written.
    """
    if output is None or str(output) == "-":
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode("utf-8", "surrogatepass"))
        sys.stdout.flush()
        return
    target = Path(os.path.realpath(output))  # a link stays a link
    # A pipe or a device is written to, and never replaced.
    direct = os.path.exists(target) and not target.is_file()  # noqa: PTH110 - no error on odd names
    unfinished = target if direct else target.with_name(target.name + ".tmp")
    try:
        with unfinished.open("wb") as file:
            for piece in pieces:
                file.write(piece.encode("utf-8", "surrogatepass"))
        if not direct:
            unfinished.replace(target)
    except BaseException as error:
        if not direct:
            with suppress(OSError):
                unfinished.unlink()
        if not isinstance(error, OSError):
            raise
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise InputError(
            f"the output cannot be written ({error.strerror or error})",
            where=str(output),
            remedy="Make room and run the command again."
            if full
            else "Name a file in a folder that exists and that you may write to.",
        ) from error


def show(
    render: Callable[[Console], None], output: Path | None = None, *, width: int = 100
) -> None:
    """Print what ``render`` draws, to the terminal or as plain text into a file."""
    if output is None or str(output) == "-":
        render(console(width=width))
        return
    import io

    from rich.console import Console

    held = io.StringIO()
    render(Console(file=held, width=width, highlight=False))
    write_text(output, held.getvalue())


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar with time left on standard error; silent where that is no terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    err = Console(stderr=True, highlight=False)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    ) as progress:
        task = progress.add_task(label, total=None, name="")

        def update(done: int, total: int, name: str) -> None:
            shown = "".join(c if c.isprintable() else "?" for c in name)[-40:]
            progress.update(task, completed=done, total=total or None, name=shown)

        yield update


def report_failures(failures: Iterable[QuotecheckError]) -> None:
    """List on standard error what could not be read; the rest has been done."""
    from rich.markup import escape

    from quotecheck.output.plain_text import visible

    listed = list(failures)
    if not listed:
        return
    err = console(stderr=True)
    err.print(f"[bold red]{len(listed)} could not be read; the rest is done.[/]")
    for failure in listed:
        # One line each, however long: a path that is broken in two cannot be copied.
        err.print(escape("  " + visible(str(failure).replace("\n  ", ". "))), soft_wrap=True)
