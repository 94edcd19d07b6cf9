"""`quotecheck attribute`: who said what in articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotecheck.cli.console import Package, StanzaDir, report_failures
from quotecheck.cli.formats import AttributionFormat
from quotecheck.cli.inputs import BytesRead, read_all
from quotecheck.cli.progress import progress_bar
from quotecheck.cli.results import check_output, write
from quotecheck.errors import InputError, QuotecheckError

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["attribute_command"]


def attribute_command(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Articles, folders, or - for standard input. All kinds of files that build reads."
        ),
    ],
    format: Annotated[  # noqa: A002 - the option's name
        AttributionFormat,
        typer.Option("--format", "-f", help="A table, a page (html), or one for programs."),
    ] = "table",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write there instead: a file or a folder."),
    ] = None,
    db: Annotated[
        Path | None,
        typer.Option("--db", help="Store the articles and their quotations in this library too."),
    ] = None,
    min_confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence",
            min=0.0,
            max=1.0,
            help="Leave out less sure quotations, and less sure names.",
        ),
    ] = 0.0,
    flat: Annotated[
        bool,
        typer.Option(
            "--outermost", help="Leave out speech within speech: outermost quotations alone."
        ),
    ] = False,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="WHAT",
            help="Which to give: statements, quotes (in marks), attitudes, acts, all, classes of"
            " cues (say, deny, promise …), or types of sources (named person, unnamed person,"
            " organisation, group, document, other), with commas between. Without it a table shows"
            " statements and whatever is in marks; the other formats give everything.",
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Show below each row of the table the evidence for it."),
    ] = False,
    entities: Annotated[
        Path | None,
        typer.Option(
            "--entities",
            metavar="FILE",
            help="A table of names and identifiers (.csv, .tsv, .jsonl) to know speakers by.",
        ),
    ] = None,
    full_parse: Annotated[
        bool,
        typer.Option("--full-parse", help="Parse every sentence, not only the likely ones."),
    ] = False,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Find every quotation: who said it, by whose account, and how sure that is.

    Examples:

      quotecheck attribute article.txt

      quotecheck attribute news/ --format jsonl --output quotations.jsonl

      quotecheck attribute article.html --format html --output page.html

      quotecheck attribute article.txt --only statements,quotes --explain

      quotecheck attribute article.html --db library.db

      cat article.txt | quotecheck attribute -
    """
    from quotecheck.building.writer import SourceName
    from quotecheck.facts.filters import parse_filter
    from quotecheck.output.registry import Attributions
    from quotecheck.pipeline.answer_confidence import with_least
    from quotecheck.pipeline.attributor import load_attributor
    from quotecheck.records.quotation import outermost

    choice = parse_filter(only) if only is not None else None
    options: dict[str, Any] = {}
    if entities is not None:
        from quotecheck.reading.entity_table import read_entities

        options["entities"] = read_entities(entities)
    check_output("attributions", format, output)
    failures: list[QuotecheckError] = []
    track = BytesRead()
    documents = read_all(files, failures, track)
    first = next(documents, None)
    if first is None:
        report_failures(failures)
        raise typer.Exit(2 if failures else 0)
    attributor = load_attributor(
        stanza_dir=stanza_dir, package=package, full_parse=full_parse, **options
    )

    def results() -> Iterator[tuple[Document, Sequence[Quotation]]]:
        with progress_bar("attributing files") as progress:
            progress(0, track.total, first.path or first.id)
            every_document = chain([first], documents)
            for count, (document, quotations) in enumerate(attributor.each(every_document), 1):
                if isinstance(quotations, InputError):
                    failures.append(quotations)
                else:
                    selected = with_least(
                        outermost(quotations) if flat else quotations, min_confidence
                    )
                    yield document, selected
                progress(track.next(), track.total, SourceName(document.path or document.id, count))

    stored = _stored(results(), db, attributor)  # everything is stored, whatever is shown
    written = Attributions(stored, attributor.weights_sha256, choice, explain)
    write("attributions", format, written, output)
    report_failures(failures)
    if failures:
        raise typer.Exit(1)


def _stored(
    results: Iterator[tuple[Document, Sequence[Quotation]]], db: Path | None, attributor: Attributor
) -> Iterator[tuple[Document, Sequence[Quotation]]]:
    if db is None:
        yield from results
        return
    from quotecheck.building.build import store_attributed

    yield from store_attributed(results, db, weights=attributor.weights_sha256)
