"""`quotecheck check`: is a quotation, or an article's every quotation, true to its source."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.cli.console import (
    Package,
    StanzaDir,
    name_of,
    progress_bar,
    report_failures,
    show,
    write_pieces,
)
from quotecheck.cli.inputs import read_all
from quotecheck.errors import InputError, QuotecheckError

if TYPE_CHECKING:
    from rich.console import Console

    from quotecheck.library.library import Library
    from quotecheck.records.check import Check
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["CheckFormat", "FailOn", "check_command"]

Results = list[tuple["Document | None", "Sequence[tuple[Check, Quotation | None]]"]]


class CheckFormat(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    HTML = "html"
    CLAIM_REVIEW = "claim-review"


class FailOn(StrEnum):
    """What makes the exit code 1."""

    MEANING = "meaning"
    WORDING = "wording"
    ANY = "any"


def check_command(
    quote: Annotated[
        str, typer.Argument(help="A quotation in quotes of the shell, or an article's file.")
    ],
    db: Annotated[Path, typer.Option("--db", help="The library to check against (see build).")],
    speaker: Annotated[
        str | None, typer.Option("--speaker", help="Who is said to have said it.")
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        CheckFormat,
        typer.Option(
            "--format", "-f", help="Table, a page, data for programs, or schema.org's ClaimReview."
        ),
    ] = CheckFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write there.")] = None,
    fail_on: Annotated[
        FailOn,
        typer.Option(
            "--fail-on",
            help="Exit with 1 on another meaning only; on other wording too; or on any quotation "
            "that is not word for word there (not found ones as well).",
        ),
    ] = FailOn.ANY,
    strict_speaker: Annotated[
        bool,
        typer.Option(
            "--strict-speaker",
            help="Exit with 1 also where it stays open whether the claimed speaker said it.",
        ),
    ] = False,
    text: Annotated[
        bool, typer.Option("--text", help="Take QUOTE as words even if a file has that name.")
    ] = False,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Say whether a quotation is in the library, by whom, and how faithful its wording is.

    A file is attributed first; then each of its quotations is checked with its speaker.
    Exit code 0: all faithful. 1: something altered, unfairly cut, misattributed or not found (see
    --fail-on), or a file that could not be read. 2: an error.

    Examples:

      quotecheck check "No village will be asked to move twice." --db library.db

      quotecheck check "We paid it." --speaker "Maud Ellis" --db library.db

      quotecheck check article.txt --db library.db --format html --output article.html

      quotecheck check article.txt --db library.db --format jsonl --fail-on meaning
    """
    from quotecheck.checking.verdict import is_at_fault
    from quotecheck.library.library import open_library

    failures: list[QuotecheckError] = []
    weights: dict[str, str] = {}
    with open_library(db) as library:
        if not text and _is_file(quote):
            results = _check_articles(library, quote, failures, weights, stanza_dir, package)
        else:
            results = _check_quote(library, quote, speaker)
    _write(results, format, output, weights)
    report_failures(failures)
    at_fault = any(
        is_at_fault(check, fail_on.value, strict_speaker=strict_speaker)
        for _, pairs in results
        for check, _ in pairs
    )
    if at_fault or failures:
        raise typer.Exit(1)


def _is_file(quote: str) -> bool:
    from quotecheck.reading.documents import SUFFIXES

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


def _check_quote(library: Library, quote: str, speaker: str | None) -> Results:
    from quotecheck.checking.checker import check_quote
    from quotecheck.checking.paraphrase_search import semantic_search

    check = check_quote(library, quote, speaker=speaker, semantic=semantic_search(library))
    return [(None, [(check, None)])]


def _check_articles(
    library: Library,
    name: str,
    failures: list[QuotecheckError],
    weights: dict[str, str],
    stanza_dir: Path | None,
    package: str | None,
) -> Results:
    from quotecheck.checking.articles import checked_quotations
    from quotecheck.checking.paraphrase_search import semantic_search
    from quotecheck.pipeline.attributor import load_attributor

    documents = list(read_all([name], failures))
    if not documents:
        report_failures(failures)
        raise typer.Exit(2)
    attributor = load_attributor(stanza_dir=stanza_dir, package=package)
    weights.update(attributor.signature)
    results: Results = []
    finder = semantic_search(library)
    with progress_bar("checking") as progress:
        for done, document in enumerate(documents):
            progress(done, len(documents), document.path or document.id)
            quotations = attributor(document)
            pairs = checked_quotations(library, document, quotations, semantic=finder)
            results.append((document, pairs))
    return results


def _write(
    results: Results,
    format: CheckFormat,  # noqa: A002
    output: Path | None,
    weights: dict[str, str],
) -> None:
    if format is CheckFormat.TABLE:
        show(lambda console: _render(results, console), output)
    elif format is CheckFormat.HTML:
        from quotecheck.output.html.checks import page_checks

        write_pieces(output, page_checks(results, weights=weights))
    elif format is CheckFormat.CLAIM_REVIEW:
        from quotecheck.output.attributions import dumps
        from quotecheck.output.interchange.claim_review import claim_reviews

        write_pieces(output, [dumps(claim_reviews(results), indent=2) + "\n"])
    else:
        write_pieces(output, _pieces(results, format, weights))


def _render(results: Results, console: Console) -> None:
    from quotecheck.output.terminal.checks import render_check, render_checks

    for number, (document, pairs) in enumerate(results):
        if document is None:
            render_check(pairs[0][0], console)
            continue
        if number:
            console.print()
        render_checks([check for check, _ in pairs], console, title=name_of(document))


def _pieces(
    results: Results,
    format: CheckFormat,  # noqa: A002
    weights: dict[str, str],
) -> Iterator[str]:
    from quotecheck.output import checks as formats_checks

    for article, pairs in results:
        if format is CheckFormat.JSON:
            signature = weights if article is not None else None
            yield from formats_checks.checks_json(pairs, article=article, weights=signature)
        elif format is CheckFormat.JSONL:
            yield from formats_checks.check_lines(pairs, article=article)
        else:
            yield from formats_checks.check_rows(pairs, article=article)
