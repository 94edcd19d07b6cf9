"""`quotecheck evaluate`: the whole product measured, one command each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quotecheck.cli.console import Package, StanzaDir, progress_bar, show, write_text

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["evaluate_app"]

evaluate_app = typer.Typer(
    help="Measure quotecheck on gold data and print the figures.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

_WIDE = 140
"""Columns of the tables of figures in a pipe; they have many."""

Json = Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write the system's lines there, for other scorers."),
]


@evaluate_app.command("polnear")
def polnear_command(
    folder: Annotated[Path, typer.Argument(help="A folder with text/ and attributions/ (brat).")],
    as_json: Json = False,
    output: Output = None,
    full_parse: Annotated[bool, typer.Option("--full-parse", help="Parse every sentence.")] = False,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Source, cue and content against gold annotations in PolNeAR's form.

    Example:

      quotecheck evaluate polnear polnear/dev --output system.jsonl
    """
    from quotecheck.evaluation.runs.attribution import evaluate_polnear
    from quotecheck.pipeline.attributor import load_attributor

    attributor = load_attributor(stanza_dir=stanza_dir, package=package, full_parse=full_parse)
    with progress_bar("attributing") as progress:
        figures, lines = evaluate_polnear(
            folder, attributor, progress=lambda done, total: progress(done, total, "")
        )
    _finish(figures, lines, as_json, output)


@evaluate_app.command("memory")
def memory_command(
    words: Annotated[int, typer.Option("--words", help="Words of the book that is made up.")] = (
        100_000
    ),
    as_json: Json = False,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Peak memory and time over one long text, a book made up for it.

    Example:

      quotecheck evaluate memory --words 1000000
    """
    from quotecheck.evaluation.runs.memory import evaluate_memory
    from quotecheck.pipeline.attributor import load_attributor

    attributor = load_attributor(stanza_dir=stanza_dir, package=package)
    with progress_bar("attributing") as progress:
        figures = evaluate_memory(
            words, attributor, progress=lambda done, total: progress(done, total, "")
        )
    _finish(figures, None, as_json, None)


@evaluate_app.command("speakers")
def speakers_command(
    texts: Annotated[Path, typer.Argument(help="The folder with the documents (NAME.txt).")],
    gold: Annotated[Path, typer.Argument(help="Gold speakers, JSON Lines.")],
    as_json: Json = False,
    output: Output = None,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Who is named as the speaker, end to end.

    Example:

      quotecheck evaluate speakers corpora/sample corpora/sample/article.gold.jsonl
    """
    from quotecheck.evaluation.runs.attribution import evaluate_speakers
    from quotecheck.pipeline.attributor import load_attributor

    attributor = load_attributor(stanza_dir=stanza_dir, package=package)
    with progress_bar("attributing") as progress:
        figures, lines = evaluate_speakers(
            texts, gold, attributor, progress=lambda done, total: progress(done, total, "")
        )
    _finish(figures, lines, as_json, output)


@evaluate_app.command("false-names")
def false_names_command(
    folder: Annotated[
        Path,
        typer.Argument(
            help="Gold: text/ and attributions/ (brat), or NAME.txt beside NAME.gold.jsonl."
        ),
    ],
    errors: Annotated[
        int, typer.Option("--errors", min=0, help="List so many that were given a name.")
    ] = 0,
    as_json: Json = False,
    output: Output = None,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Titles, scare quotes and orphans that were given a named speaker.

    Example:

      quotecheck evaluate false-names polnear/dev --errors 20
    """
    from quotecheck.evaluation.runs.false_attributions import evaluate_false_names
    from quotecheck.pipeline.attributor import load_attributor

    attributor = load_attributor(stanza_dir=stanza_dir, package=package)
    with progress_bar("attributing") as progress:
        figures, lines = evaluate_false_names(
            folder, attributor, errors=errors, progress=partial(_step, progress)
        )
    listed = [] if as_json else figures.pop("errors")
    _finish(figures, lines, as_json, output)
    for row in listed:
        words = " ".join(row["quote"].split())
        typer.echo(
            f"\n{row['doc']} ({row['class']}) “{words}”\n  … {row['around']} …\n"
            f"  {row['speaker']}, by {row['rule']} ({row['confidence']}); "
            + "; ".join(row["evidence"])
        )


@evaluate_app.command("misquotes")
def misquotes_command(
    gold: Annotated[Path, typer.Argument(help="Labelled quotations, JSON Lines.")],
    db: Annotated[Path, typer.Option("--db", help="The library with the benchmark's documents.")],
    as_json: Json = False,
    output: Output = None,
) -> None:
    """Verdicts and origins of labelled quotations.

    Example:

      quotecheck build corpus/*.jsonl --db corpus.db --no-attribute

      quotecheck evaluate misquotes dev.jsonl --db corpus.db
    """
    from quotecheck.evaluation.runs.misquotes import evaluate_misquotes
    from quotecheck.library.library import open_library

    with open_library(db) as library, progress_bar("checking") as progress:
        figures, lines, spent = evaluate_misquotes(gold, library, progress=partial(_step, progress))
    _finish({**figures, "cpu_ms_per_query": round(spent, 2)}, lines, as_json, output)


@evaluate_app.command("growth")
def growth_command(
    folder: Annotated[Path, typer.Argument(help="Where the libraries are made, and stay.")],
    db: Annotated[Path, typer.Option("--db", help="The library whose documents are recombined.")],
    size: Annotated[
        list[int] | None, typer.Option("--size", min=1000, help="Passages; may be repeated.")
    ] = None,
    queries: Annotated[
        int, typer.Option("--queries", min=20, help="How many planted quotations are asked.")
    ] = 400,
    seed: Annotated[int, typer.Option("--seed", help="Of recombination and quotations.")] = 1,
    as_json: Json = False,
) -> None:
    """How checking grows with its library: retrieval, verdicts and time at several sizes.

    Real documents stand between texts that a seed recombines from their sentences. A million
    passages take about 1.1 GB and some minutes.

    Example:

      quotecheck evaluate growth grown --db corpus.db --size 10000 --size 100000
    """
    from quotecheck.evaluation.runs.library_growth import evaluate_growth
    from quotecheck.library.library import open_library

    folder.mkdir(parents=True, exist_ok=True)
    with open_library(db) as library, progress_bar("growing") as progress:
        figures = evaluate_growth(
            library, folder, size or [10_000, 100_000, 1_000_000],
            queries=queries, seed=seed, progress=progress,
        )  # fmt: skip
    sizes = {name: row for name, row in figures.items() if isinstance(row, dict)}
    plain = {name: value for name, value in figures.items() if name not in sizes}
    names = dict.fromkeys(name for row in sizes.values() for name in row)
    by_figure = {name: {at: row.get(name) for at, row in sizes.items()} for name in names}
    _finish({**plain, "growth": sizes if as_json else by_figure}, None, as_json, None)


@evaluate_app.command("parse")
def parse_command(
    conllu: Annotated[Path, typer.Argument(help="A treebank in CoNLL-U.")],
    ner: Annotated[
        Path | None, typer.Option("--ner", help="Words with BIO tags, tab-separated.")
    ] = None,
    as_json: Json = False,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Sentences, words, tags, trees and entities, from raw text (CoNLL 2018 scorer).

    Example:

      quotecheck evaluate parse ud/dev.conllu --ner ner/dev.tsv
    """
    from quotecheck.evaluation.runs.parsing import evaluate_parse
    from quotecheck.parsing.parser import load_parser

    parser = load_parser(stanza_dir=stanza_dir, package=package)
    _finish(evaluate_parse(conllu, ner, parser), None, as_json, None)


@evaluate_app.command("ingest")
def ingest_command(
    documents: Annotated[
        int, typer.Option("--documents", min=1, help="Articles that are made up.")
    ] = 100_000,
    words: Annotated[int, typer.Option("--words", min=40, help="Of an article, on average.")] = 450,
    attribute: Annotated[
        int,
        typer.Option(
            "--attribute", min=0, help="Articles to attribute with one process and with two."
        ),
    ] = 60,
    seed: Annotated[int, typer.Option("--seed", help="Of the articles.")] = 1,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Where to make and keep them, and not for a while only."),
    ] = None,
    copies: Annotated[
        bool, typer.Option("--copies/--no-copies", help="Link near copies as well.")
    ] = True,
    as_json: Json = False,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """How fast documents come into a library, and how fast they are attributed.

    A hundred thousand articles are 280 MB of text and a library of 0.8 GB.

    Examples:

      quotecheck evaluate ingest --documents 100000

      quotecheck evaluate ingest --documents 1000 --attribute 0
    """
    from tempfile import TemporaryDirectory

    from quotecheck.evaluation.runs.ingest import evaluate_ingest, measure_attribution
    from quotecheck.pipeline.attributor import attributor_factory

    with TemporaryDirectory() as held, progress_bar("building") as progress:
        figures = evaluate_ingest(
            folder or Path(held) / "ingest", documents,
            words=words, seed=seed, copies=copies, progress=progress,
        )  # fmt: skip
        if attribute:
            factory = attributor_factory(stanza_dir=stanza_dir, package=package)
            figures["attribution"] = measure_attribution(
                Path(held) / "attribution", factory, attribute, words=words, progress=progress
            )
    _finish(figures, None, as_json, None)


def _step(progress: Callable[[int, int, str], None], done: int, total: int) -> None:
    progress(done, total, "")


def _finish(
    figures: Mapping[str, Any],
    lines: Iterable[Mapping[str, Any]] | None,
    as_json: bool,
    output: Path | None,
) -> None:
    if output is not None and lines is not None:
        write_text(output, "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines))
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    show(lambda console: _print(figures, console), width=_WIDE)


def _print(figures: Mapping[str, Any], console: Console) -> None:
    """Numbers first, then each group of figures as a table of its own."""
    from rich.table import Table

    flat = {k: v for k, v in figures.items() if isinstance(v, int | float | str | list | None)}
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column()
    for name, value in flat.items():
        if value != [] and value is not None:
            table.add_row(name, _cell(value))
    console.print(table)
    for name, group in figures.items():
        if isinstance(group, Mapping) and group and name != "weights":
            _print_group(name, group, console)


def _print_group(name: str, group: Mapping[str, Any], console: Console) -> None:
    from rich.table import Table

    rows = {k: v for k, v in group.items() if isinstance(v, Mapping)}
    deeper = any(isinstance(v, Mapping) for row in rows.values() for v in row.values())
    if deeper:
        for key, row in rows.items():
            _print_group(f"{name} {key}", row, console)
        return
    table = Table(box=None, pad_edge=False, title=name, title_justify="left", title_style="bold")
    if not rows:
        for key in group:
            table.add_column(str(key), justify="right")
        table.add_row(*(_cell(value) for value in group.values()))
    else:
        columns = list(dict.fromkeys(c for row in rows.values() for c in row))
        table.add_column("")
        for column in columns:
            table.add_column(str(column), justify="right")
        for key, row in rows.items():
            table.add_row(str(key), *(_cell(row.get(c)) for c in columns))
    console.print()
    console.print(table)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, list):
        return " ".join(f"{v:.3f}" if isinstance(v, float) else _cell(v) for v in value)
    return "" if value is None else str(value)
