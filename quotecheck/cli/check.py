"""`quotecheck check`: is a quotation, or an article's every quotation, true to its source."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.cli.attribute import read_all
from quotecheck.cli.terminal import (
    Package,
    StanzaDir,
    name_of,
    progress_bar,
    report_failures,
    show,
    write_pieces,
)
from quotecheck.errors import InputError, QuotecheckError

if TYPE_CHECKING:
    from rich.console import Console

    from quotecheck.annotations import Check, Document, Quotation
    from quotecheck.store import Library

__all__ = ["CheckFormat", "check_command"]

_FAITHFUL = frozenset({"verbatim", "typographic"})


class CheckFormat(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def check_command(
    quote: Annotated[
        str, typer.Argument(help="A quotation in quotes of the shell, or an article's file.")
    ],
    db: Annotated[Path, typer.Option("--db", help="The library to check against (see build).")],
    speaker: Annotated[
        str | None, typer.Option("--speaker", help="Who is said to have said it.")
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        CheckFormat, typer.Option("--format", "-f", help="Table, or data for programs.")
    ] = CheckFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write there.")] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Take QUOTE as words even if a file has that name.")
    ] = False,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Say whether a quotation is in the library, by whom, and how faithful its wording is.

    A file is attributed first; then each of its quotations is checked with its speaker.
    Exit code 0: all faithful. 1: something altered, cut, misattributed or not found. 2: an error.

    Examples:

      quotecheck check "No village will be asked to move twice." --db library.db

      quotecheck check "We paid it." --speaker "Maud Ellis" --db library.db

      quotecheck check article.txt --db library.db --format jsonl
    """
    from quotecheck.store import open_library

    with open_library(db) as library:
        if not text and _is_file(quote):
            faithful = _check_article(library, quote, format, output, stanza_dir, package)
        else:
            faithful = _check_quote(library, quote, speaker, format, output)
    if not faithful:
        raise typer.Exit(1)


def _is_file(quote: str) -> bool:
    from quotecheck.reading import SUFFIXES

    if quote == "-":
        return True
    try:
        exists = len(quote) < 1000 and os.path.exists(quote)  # noqa: PTH110 - no error on odd names
    except ValueError:
        return False
    looks = (
        Path(quote).suffix.lower() in SUFFIXES and " " not in quote.strip() and "\n" not in quote
    )
    if looks and not exists:
        raise InputError(
            "there is no such file",
            where=quote,
            remedy="Check the name; if these are words to look for, add --text.",
        )
    return exists


def _check_quote(
    library: Library,
    quote: str,
    speaker: str | None,
    format: CheckFormat,  # noqa: A002
    output: Path | None,
) -> bool:
    from quotecheck.api.checking import check_quote
    from quotecheck.report_checks import render_check

    check = check_quote(library, quote, speaker=speaker)
    if format is CheckFormat.TABLE:
        show(lambda console: render_check(check, console), output)
    else:
        write_pieces(output, _pieces([(check, None)], format, None, None))
    return check.verdict in _FAITHFUL


def _check_article(
    library: Library,
    name: str,
    format: CheckFormat,  # noqa: A002
    output: Path | None,
    stanza_dir: Path | None,
    package: str | None,
) -> bool:
    from quotecheck.api.articles import checked_quotations
    from quotecheck.api.attributing import load_attributor

    failures: list[QuotecheckError] = []
    documents = list(read_all([name], failures))
    if not documents:
        report_failures(failures)
        raise typer.Exit(2)
    attributor = load_attributor(stanza_dir=stanza_dir, package=package)
    faithful = True
    pieces: list[str] = []
    for document in documents:
        with progress_bar("checking") as progress:
            progress(0, 0, document.path or document.id)
            pairs = checked_quotations(library, document, attributor(document))
        faithful &= all(check.verdict in _FAITHFUL for check, _ in pairs)
        if format is CheckFormat.TABLE:
            checks = [check for check, _ in pairs]
            show(partial(_render, checks, name_of(document)), output)
        else:
            pieces.extend(_pieces(pairs, format, document, dict(attributor.signature)))
    if pieces:
        write_pieces(output, pieces)
    report_failures(failures)
    return faithful and not failures


def _render(checks: Sequence[Check], title: str, console: Console) -> None:
    from quotecheck.report_checks import render_checks

    render_checks(checks, console, title=title)


def _pieces(
    pairs: Sequence[tuple[Check, Quotation | None]],
    format: CheckFormat,  # noqa: A002
    article: Document | None,
    weights: dict[str, str] | None,
) -> list[str]:
    from quotecheck import formats_checks

    if format is CheckFormat.JSON:
        return list(formats_checks.checks_json(pairs, article=article, weights=weights))
    if format is CheckFormat.JSONL:
        return list(formats_checks.check_lines(pairs, article=article))
    return list(formats_checks.check_rows(pairs, article=article))
