"""Which library a command means where none is named: one rule for reading, one for writing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final

import typer

from quotecheck.errors import InputError

__all__ = ["LibraryArgument", "ReadDb", "WriteDb", "library_to_read", "library_to_write"]

_VARIABLE: Final = "QUOTECHECK_DB"
_NAME: Final = "quotecheck.db"
"""What a library is called where nobody has given it a name."""


def library_to_read() -> Path:
    """The library of the variable, or the nearest quotecheck.db in this folder or above it.

    Raises:
        InputError: there is none.
    """
    if named := os.environ.get(_VARIABLE):
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / _NAME).is_file():
            return folder / _NAME
    raise InputError(
        f"no library is named, and there is no {_NAME} in this folder or above it",
        remedy=f"Say which: --db FILE, or set {_VARIABLE}. quotecheck build SOURCES makes one.",
    )


def library_to_write() -> Path:
    """The library of the variable, or quotecheck.db in this folder; said on standard error.

    What writes never takes a library of a folder above: nobody may have meant it.
    """
    path = Path(os.environ.get(_VARIABLE) or _NAME).absolute()
    typer.echo(f"quotecheck: the library is {path}", err=True)
    return path


ReadDb = Annotated[
    Path,
    typer.Option(
        "--db",
        default_factory=library_to_read,
        show_default=f"{_VARIABLE}, or {_NAME} here or above",
        help="The library (see build).",
    ),
]
"""``--db`` of a command that reads."""

WriteDb = Annotated[
    Path,
    typer.Option(
        "--db",
        default_factory=library_to_write,
        show_default=f"{_VARIABLE}, or {_NAME} here",
        help="The library. Only build and load create one.",
    ),
]
"""``--db`` of a command that writes."""

LibraryArgument = Annotated[
    Path,
    typer.Argument(
        default_factory=library_to_read,
        show_default=f"{_VARIABLE}, or {_NAME} here or above",
        help="The library (see build).",
    ),
]
"""The library as the first argument of a command that reads."""
