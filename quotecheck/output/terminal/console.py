"""The console, its styles and plain tables."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TextIO

from rich import box
from rich.console import Console
from rich.table import Table

from quotecheck.text.markdown_marks import shown_markdown

if TYPE_CHECKING:
    from rich.text import Text

    from quotecheck.records.document import Document

__all__ = [
    "CONTENT",
    "CUE",
    "QUIET",
    "SOURCE",
    "console_for",
    "content_limit",
    "name_of",
    "plain_table",
    "print_line",
]


SOURCE = "bold cyan"


CUE = "yellow"


CONTENT = "green"


QUIET = "dim"
"""The styles of a speaker, of a cue, of what was said, and of what stands back."""


_WIDEST = 140  # Columns: longer lines are hard to read.


def console_for(stream: TextIO, *, width: int | None = None) -> Console:
    """A console that writes to ``stream`` and never fails on a letter that its encoding lacks.

    Colours and width are found out by rich: none and 80 in a pipe or on a dumb terminal.

    Args:
        stream: standard output, say; it is set to put "?" for what it cannot encode.
        width: columns, where they are not to be found out.
    """
    if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
        stream.reconfigure(errors="replace")
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def name_of(document: Document) -> str:
    """The name of a document on a terminal."""
    title = document.title
    if title and document.reader == "markdown":
        title = shown_markdown(title, begins=True)
    return title or document.path or document.id


def print_line(line: Text, console: Console) -> None:
    """Print a line of text; in a pipe it stays one line however long it is."""
    console.print(line, highlight=False, soft_wrap=not console.is_terminal)


def content_limit(console: Console) -> int:
    """How many characters of a quotation a table shows: about four lines of them."""
    return max(120, 2 * min(console.width, _WIDEST))


def plain_table(console: Console) -> Table:
    """A table as wide as can be read in comfort, without side borders.

    Rich draws its line in ASCII where the encoding has nothing else.
    """
    return Table(
        box=box.SIMPLE_HEAD,
        width=min(console.width, _WIDEST),
        padding=(0, 1, 0, 0),
        show_edge=False,
        pad_edge=False,
    )
