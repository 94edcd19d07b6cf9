"""What the commands share: consoles, output files, options with the same name."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from quotecheck.errors import QuotecheckError

if TYPE_CHECKING:
    from rich.console import Console

__all__ = [
    "SETTINGS",
    "DateFrom",
    "DateTo",
    "OnlySpeaker",
    "Package",
    "StanzaDir",
    "console",
    "report_failures",
    "show",
    "to_stdout",
    "write_pieces",
]


@dataclass(slots=True)
class Settings:
    """Options before a command: columns of piped tables, and whether bars are hidden."""

    width: int | None = None
    quiet: bool = False


SETTINGS: Final = Settings()
"""Those of this process."""

StanzaDir = Annotated[
    Path | None,
    typer.Option(
        "--stanza-dir",
        help="A folder of Stanza's own models, used instead of quotecheck's weights.",
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
    terminal = sys.stdout.isatty()
    return Console(highlight=False, width=None if terminal else SETTINGS.width or width)


def to_stdout(output: Path | None) -> bool:
    """Whether ``--output`` means standard output."""
    return output is None or str(output) == "-"


def write_pieces(output: Path | None, pieces: Iterable[str]) -> None:
    """Write pieces of text as they come: to a new file that takes its name at the end, or out.

    Raises:
        InputError: the output cannot be written.
    """
    from quotecheck.output.files import write_pieces

    if output is None or to_stdout(output):
        write_pieces(sys.stdout.buffer, pieces)
        sys.stdout.flush()
    else:
        write_pieces(output, pieces)


def show(
    render: Callable[[Console], None], output: Path | None = None, *, width: int = 100
) -> None:
    """Print what ``render`` draws, to the terminal or as plain text into a file."""
    if to_stdout(output) and sys.stdout.isatty():
        render(console())
        return
    import io

    from rich.console import Console

    buffer = io.StringIO()
    coloured = to_stdout(output) and "FORCE_COLOR" in os.environ
    render(
        Console(
            file=buffer,
            width=SETTINGS.width or width,
            highlight=False,
            force_terminal=coloured,
        )
    )
    # rich fills the cells of a table with blanks, which nobody wants to copy.
    lines = [line.rstrip(" ") for line in buffer.getvalue().split("\n")]
    write_pieces(output, ["\n".join(lines)])


def report_failures(failures: Iterable[QuotecheckError]) -> None:
    """List on standard error what could not be read; the rest has been done."""
    from rich.markup import escape

    from quotecheck.output.unprintable import visible

    listed = list(failures)
    if not listed:
        return
    err = console(stderr=True)
    err.print(f"[bold red]{len(listed)} could not be read; the rest is done.[/]")
    for failure in listed:
        # One line each, however long: a path that is broken in two cannot be copied.
        err.print(escape("  " + visible(str(failure).replace("\n  ", ". "))), soft_wrap=True)
