"""What the commands share: consoles, output files, progress bars, options with the same name."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
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
    "progress_bar",
    "report_failures",
    "show",
    "stage_bars",
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

    held = io.StringIO()
    coloured = to_stdout(output) and "FORCE_COLOR" in os.environ
    render(
        Console(
            file=held,
            width=SETTINGS.width or width,
            highlight=False,
            force_terminal=coloured,
        )
    )
    # rich fills the cells of a table with blanks, which nobody wants to copy.
    lines = [line.rstrip(" ") for line in held.getvalue().split("\n")]
    write_pieces(output, ["\n".join(lines)])


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar with time left on standard error; silent where that is no terminal."""
    with stage_bars(label) as update:
        yield partial(update, label)


@contextmanager
def stage_bars(first: str) -> Iterator[Callable[[str, int, int, str], None]]:
    """One bar after another on standard error, one for each stage that reports its progress.

    Args:
        first: the label of the first stage, shown before it has reported.

    Yields:
        A function of (label of the stage, how far, of how much, what was last done).
    """
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
        disable=SETTINGS.quiet or not err.is_terminal,
    ) as progress:
        label = first
        task = progress.add_task(label, total=None, name="")

        def update(stage: str, done: int, total: int, name: str) -> None:
            nonlocal label, task
            if stage != label:
                progress.remove_task(task)
                label, task = stage, progress.add_task(stage, total=None, name="")
            shown = "".join(c if c.isprintable() else "?" for c in name)[-40:]
            progress.update(task, completed=done, total=total or None, name=shown)

        yield update


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
