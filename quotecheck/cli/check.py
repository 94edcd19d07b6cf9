"""`quotecheck check`: are quotations true to their source: one, a list, every one of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from quotecheck.cli.console import Package, StanzaDir, report_failures
from quotecheck.cli.formats import CheckFormat
from quotecheck.cli.inputs import read_all
from quotecheck.cli.libraries import ReadDb
from quotecheck.cli.progress import progress_bar
from quotecheck.cli.results import check_output, write
from quotecheck.errors import QuotecheckError

if TYPE_CHECKING:
    from quotecheck.library.library import Library
    from quotecheck.output.registry import ArticleChecks, CheckedWith
    from quotecheck.records.check import Check
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["FailOn", "check_command"]

Pairs: TypeAlias = "list[tuple[Check, Quotation | None]]"
Results: TypeAlias = "list[tuple[Document | None, Sequence[tuple[Check, Quotation | None]]]]"


class FailOn(StrEnum):
    """What makes the exit code 1."""

    MEANING = "meaning"
    WORDING = "wording"
    ANY = "any"


def check_command(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="QUOTE | FILE",
            help="A quotation in shell quotes, or articles: files and folders.",
        ),
    ] = None,
    *,
    db: ReadDb,
    quotes: Annotated[
        list[Path] | None,
        typer.Option(
            "--quotes",
            help="A list of quotations: CSV, TSV, XLSX or JSON Lines with columns quotation and "
            "speaker, or one quotation a line. Other columns are carried through.",
        ),
    ] = None,
    speaker: Annotated[
        str | None,
        typer.Option("--speaker", help="Who the words are credited to, where a list does not say."),
    ] = None,
    lines: Annotated[
        bool,
        typer.Option(
            "--lines", help="Check a file without quotation marks line by line, each a quotation."
        ),
    ] = False,
    format: Annotated[  # noqa: A002 - the option's name
        CheckFormat,
        typer.Option(
            "--format", "-f", help="A table, a page, sheets, Word comments, or data for programs."
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
            help="Exit with 1 also where it is undecided whether the person credited said it.",
        ),
    ] = False,
    require_quotations: Annotated[
        bool,
        typer.Option(
            "--require-quotations",
            help="Exit with 1 where there was no quotation to check. A list has this always.",
        ),
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="Keep the checks in the library (see checks). Without it nothing is kept.",
        ),
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="NAME", help="Who checks, for the report, if not the user logged in."
        ),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text", help="Take QUOTE as words even if a file has that name.")
    ] = False,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Say whether quotations are in the library, by whom, and how faithful their wording is.

    A file is attributed first; then each of its quotations is checked with its speaker.
    Exit code 0: all faithful. 1: something altered, unfairly cut, misattributed or not found (see
    --fail-on), or a file that could not be read. 2: an error.

    Examples:

      quotecheck check "No village will be asked to move twice." --db library.db

      quotecheck check "We paid it." --speaker "Maud Ellis" --db library.db

      quotecheck check drafts/ --db library.db --format xlsx --output drafts.xlsx

      quotecheck check draft.docx --db library.db --format docx --output checked.docx

      quotecheck check --quotes quotes.csv --db library.db --format sheet --output checked.csv

      quotecheck check article.txt --db library.db --format jsonl --fail-on meaning
    """
    from quotecheck.checking.verdict import is_at_fault
    from quotecheck.library.document_lookup import source_facts
    from quotecheck.library.library import open_library
    from quotecheck.output.registry import ArticleChecks

    words, files = _sorted_inputs(inputs or [], quotes or [], text)
    check_output("checks", format, output)
    failures: list[QuotecheckError] = []
    weights: dict[str, str] = {}
    attributed: dict[str, Sequence[Quotation]] = {}
    with open_library(db) as library:
        results: Results = []
        carried: list[dict[str, str]] = []
        if quotes:
            results.append((None, _check_lists(library, quotes, speaker, carried)))
        if words:
            results.append((None, _check_words(library, words, speaker)))
        if files:
            how = _Attributing(stanza_dir, package, lines=lines, speaker=speaker)
            results += _check_articles(library, files, failures, weights, how, attributed)
            if failures and not results:
                report_failures(failures)
                raise typer.Exit(2)
        keys = {check.document for _, pairs in results for check, _ in pairs if check.document}
        note = _lacking_vectors(library, results)
        result = ArticleChecks(
            results,
            weights,
            sources=source_facts(library.db, sorted(keys)),
            carried=carried,
            gate=fail_on.value,
            strict_speaker=strict_speaker,
            checked=_checked_with(library, by) if format == "html" else None,
            attributed=attributed,
        )
    if keep:
        _keep(db, result)
    write("checks", format, result, output)
    report_failures(failures)
    if note:
        typer.echo(f"quotecheck: {note}", err=True)
    checks = [check for _, pairs in results for check, _ in pairs]
    missing = not checks and _says_nothing_checked(required=bool(quotes) or require_quotations)
    at_fault = any(
        is_at_fault(check, fail_on.value, strict_speaker=strict_speaker) for check in checks
    )
    if at_fault or failures or missing:
        raise typer.Exit(1)


def _checked_with(library: Library, by: str | None) -> CheckedWith:
    """Who checks with this library today, for the head of a report."""
    from quotecheck.output.registry import CheckedWith
    from quotecheck.speakers.changes import user_name

    today = datetime.now().astimezone().date().isoformat()
    who = by or user_name()
    checked_by = None if who == "unknown" else who
    return CheckedWith(library.path.name, library.statistics().describe(), today, checked_by)


@dataclass(frozen=True, slots=True)
class _Attributing:
    """How articles are read: with whose models, and whether without marks by their lines."""

    stanza_dir: Path | None
    package: str | None
    lines: bool
    speaker: str | None


def _sorted_inputs(
    inputs: Sequence[str], quotes: Sequence[Path], text: bool
) -> tuple[list[str], list[str]]:
    """The inputs that are words, and those that are files.

    Raises:
        InputError: there is nothing to check, or one of several inputs is not a file.
    """
    from quotecheck.errors import InputError
    from quotecheck.reading.inputs import names_file

    if not inputs and not quotes:
        raise InputError(
            "there is nothing to check",
            remedy="Give a quotation, the file of an article, or a list: --quotes FILE",
        )
    if text:
        return list(inputs), []
    remedy = "Check the name; if these are words to look for, add --text."
    files = [item for item in inputs if item == "-" or names_file(item, remedy=remedy)]
    words = [item for item in inputs if item not in files]
    if words and len(inputs) > 1:
        raise InputError(
            "there is no such file",
            where=words[0][:200],
            remedy="Several inputs are files. Put a quotation in shell quotes; "
            "if these are several quotations, add --text.",
        )
    return words, files


def _keep(db: Path, result: ArticleChecks) -> None:
    """Keep the checks in the library, once each."""
    from quotecheck._version import __version__
    from quotecheck.library.kept_checks import keep_check
    from quotecheck.library.library import open_library
    from quotecheck.records.plain import check_record

    rows = set()
    with open_library(db, create=True) as library, library.write() as connection:
        for document, pairs in result.articles:
            numbers = result.numbers(document, pairs)
            if document is not None and document.title is None and document.headline is not None:
                document = replace(document, title=document.headline.of(document.text))
            for number, (check, _) in zip(numbers, pairs, strict=True):
                row = keep_check(
                    connection,
                    check_record(check),
                    article=document,
                    number=number,
                    version=__version__,
                )
                rows.add(row)
    counted = "1 check is" if len(rows) == 1 else f"{len(rows):,} checks are"
    typer.echo(f"quotecheck: {counted} kept in {db}", err=True)


def _lacking_vectors(library: Library, results: Results) -> str:
    """That the search in other words lacks vectors, where the words of a quotation failed."""
    if all(check.verdict != "not_found" for _, pairs in results for check, _ in pairs):
        return ""
    from quotecheck.building.embeddings import what_lacks
    from quotecheck.output.plain_text import lacking_vectors_words

    return lacking_vectors_words(what_lacks(library), str(library.path))


def _says_nothing_checked(*, required: bool) -> bool:
    """Tell on standard error that nothing was checked; whether that is a finding."""
    message = "quotecheck: no quotation was checked"
    if required:
        typer.echo(f"{message}, and at least one was required.", err=True)
    else:
        typer.echo(
            f"{message}: there are no words in quotation marks. "
            "--lines checks a file line by line.",
            err=True,
        )
    return required


def _check_words(library: Library, words: Sequence[str], speaker: str | None) -> Pairs:
    from quotecheck.checking.checker import check_quote
    from quotecheck.checking.paraphrase_search import semantic_search

    finder = semantic_search(library)
    return [
        (check_quote(library, quotation, speaker=speaker, semantic=finder), None)
        for quotation in words
    ]


def _check_lists(
    library: Library, lists: Sequence[Path], speaker: str | None, carried: list[dict[str, str]]
) -> Pairs:
    """The checks of all quotations in lists; what else their rows hold goes to ``carried``."""
    from quotecheck.checking.drafts import check_listed
    from quotecheck.reading.quotation_lists import read_list

    rows = [row for path in lists for row in read_list(path)]
    pairs: Pairs = []
    with progress_bar("checking") as progress:
        claims = ((row.quotation, row.speaker or speaker) for row in rows)
        for done, (row, check) in enumerate(zip(rows, check_listed(library, claims), strict=True)):
            progress(done, len(rows), row.place)
            pairs.append((check, None))
            carried.append(row.carried)
    return pairs


def _check_articles(
    library: Library,
    files: Sequence[str],
    failures: list[QuotecheckError],
    weights: dict[str, str],
    how: _Attributing,
    attributed: dict[str, Sequence[Quotation]],
) -> Results:
    from quotecheck.checking.articles import checked_quotations
    from quotecheck.checking.drafts import check_listed
    from quotecheck.checking.paraphrase_search import semantic_search
    from quotecheck.pipeline.attributor import load_attributor
    from quotecheck.reading.quotation_lists import lines_of
    from quotecheck.text.layout import layout_of

    documents = list(read_all(files, failures))
    attributor = None
    results: Results = []
    finder = semantic_search(library)
    with progress_bar("checking") as progress:
        for done, document in enumerate(documents):
            progress(done, len(documents), document.path or document.id)
            if how.lines and not layout_of(document).outermost:
                claims = ((line, how.speaker) for line in lines_of(document.text))
                pairs: Pairs = [(check, None) for check in check_listed(library, claims)]
                results.append((document, pairs))
                continue
            if attributor is None:
                attributor = load_attributor(stanza_dir=how.stanza_dir, package=how.package)
                weights.update(attributor.weights_sha256)
            quotations = attributed[document.id] = attributor(document)
            checked = checked_quotations(library, document, quotations, semantic=finder)
            results.append((document, checked))
    return results
