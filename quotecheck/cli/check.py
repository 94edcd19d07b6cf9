"""`quotecheck check`: is a quotation, or an article's every quotation, true to its source."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.cli.console import Package, StanzaDir, progress_bar, report_failures
from quotecheck.cli.formats import CheckFormat
from quotecheck.cli.inputs import read_all
from quotecheck.cli.results import write
from quotecheck.errors import QuotecheckError

if TYPE_CHECKING:
    from quotecheck.library.library import Library
    from quotecheck.records.check import Check
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["FailOn", "check_command"]

Results = list[tuple["Document | None", "Sequence[tuple[Check, Quotation | None]]"]]


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
    ] = "table",
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
    from quotecheck.output.registry import ArticleChecks

    failures: list[QuotecheckError] = []
    weights: dict[str, str] = {}
    with open_library(db) as library:
        if not text and _is_file(quote):
            results = _check_articles(library, quote, failures, weights, stanza_dir, package)
        else:
            results = _check_quote(library, quote, speaker)
    write("checks", format, ArticleChecks(results, weights), output)
    report_failures(failures)
    at_fault = any(
        is_at_fault(check, fail_on.value, strict_speaker=strict_speaker)
        for _, pairs in results
        for check, _ in pairs
    )
    if at_fault or failures:
        raise typer.Exit(1)


def _is_file(quote: str) -> bool:
    from quotecheck.reading.inputs import names_file

    remedy = "Check the name; if these are words to look for, add --text."
    return quote == "-" or names_file(quote, remedy=remedy)


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
