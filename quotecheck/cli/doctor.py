"""`quotecheck doctor`: what is installed, and whether it is whole."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from quotecheck._version import __version__

__all__ = ["doctor_command"]

_PACKAGES = ("stanza", "torch", "rapidfuzz", "sqlite-utils", "typer", "trafilatura", "rich")


def doctor_command(
    db: Annotated[Path | None, typer.Option("--db", help="Look at this library too.")] = None,
) -> None:
    """Print versions, whether the weights are those shipped, and which code runs each network.

    Example:

      quotecheck doctor --db library.db
    """
    from quotecheck.library.file import has_full_text_search
    from quotecheck.parsing.parser import load_parser
    from quotecheck.weights import verified

    lines = [("quotecheck", __version__), ("python", platform.python_version())]
    for name in _PACKAGES:
        try:
            lines.append((name, version(name)))
        except PackageNotFoundError:
            lines.append((name, "missing"))
    lines.append(
        (
            "sqlite",
            f"{sqlite3.sqlite_version}"
            f"{'' if has_full_text_search() else ' (without FTS5: check cannot work)'}",
        )
    )
    lines.append(("weights", f"{len(verified())} files, each as shipped"))
    for name, is_fast in load_parser().fast_networks.items():
        lines.append((name, "quick inference" if is_fast else "Stanza's own inference (slower)"))
    if db is not None:
        from quotecheck.building.embeddings import what_lacks
        from quotecheck.library.attribution_age import older_attributions
        from quotecheck.library.library import open_library
        from quotecheck.output.plain_text import lacking_vectors_words, older_words

        with open_library(db) as library:
            lines.append(("library", library.statistics().describe()))
            if note := older_words(older_attributions(library.db), str(db)):
                lines.append(("", note))
            if note := lacking_vectors_words(what_lacks(library), str(db)):
                lines.append(("", note))
    for name, value in lines:
        typer.echo(f"{name:19}{value}")
