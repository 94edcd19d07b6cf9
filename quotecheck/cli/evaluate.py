"""`quotecheck evaluate`: the whole product measured, one command each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.console import Package, StanzaDir
from quotecheck.cli.evaluate_gap import gap_command
from quotecheck.cli.evaluate_speed import speed_command
from quotecheck.cli.evaluate_translations import translations_command
from quotecheck.cli.figures import finish, show_trust, write_lines
from quotecheck.cli.guarding import GuardedCommand
from quotecheck.cli.progress import progress_bar

__all__ = ["evaluate_app"]

evaluate_app = typer.Typer(
    help="Measure quotecheck on gold data and print the figures.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Json = Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write the system's lines there, for other scorers."),
]


@evaluate_app.command("polnear", cls=GuardedCommand)
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
    finish(figures, lines, as_json, output)


@evaluate_app.command("memory", cls=GuardedCommand)
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
    finish(figures, None, as_json, None)


@evaluate_app.command("speakers", cls=GuardedCommand)
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
    finish(figures, lines, as_json, output)


@evaluate_app.command("false-names", cls=GuardedCommand)
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
    finish(figures, lines, as_json, output)
    for row in listed:
        words = " ".join(row["quote"].split())
        typer.echo(
            f"\n{row['doc']} ({row['class']}) “{words}”\n  … {row['around']} …\n"
            f"  {row['speaker']}, by {row['rule']} ({row['confidence']}); "
            + "; ".join(row["evidence"])
        )


@evaluate_app.command("misquotes", cls=GuardedCommand)
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
    finish({**figures, "cpu_ms_per_query": round(spent, 2)}, lines, as_json, output)


@evaluate_app.command("trust", cls=GuardedCommand)
def trust_command(
    db: Annotated[Path, typer.Option("--db", help="The library whose quotations are changed.")],
    seed: Annotated[int, typer.Option("--seed", help="Of the quotations and the changes.")] = 1,
    per_kind: Annotated[
        int, typer.Option("--per-kind", min=1, help="Cases of each kind, at most.")
    ] = 6,
    kinds: Annotated[
        bool, typer.Option("--kinds", help="Show every kind, and an example of each that failed.")
    ] = False,
    gold: Annotated[
        Path | None,
        typer.Option("--gold", help="Score these cases (JSON Lines) and make none."),
    ] = None,
    cases: Annotated[
        Path | None, typer.Option("--cases", help="Write the cases there, JSON Lines.")
    ] = None,
    as_json: Json = False,
    output: Output = None,
) -> None:
    """How check would fail on the sources of a library: changed words passed, true ones accused.

    Takes quotations from the library, changes one thing in each (a number, a negation, a condition
    cut off; or marks, spelling, the form of a number; or who is said to have said it) and checks
    them. The answers are known by construction. Exit code 0, whatever the figures are.

    Examples:

      quotecheck evaluate trust --db library.db --seed 7

      quotecheck evaluate trust --db library.db --seed 7 --per-kind 20 --kinds --cases cases.jsonl
    """
    from quotecheck.evaluation.runs.trust import evaluate_trust
    from quotecheck.library.library import open_library

    with open_library(db) as library, progress_bar("checking") as progress:
        figures, case_lines, lines = evaluate_trust(
            library, seed=seed, per_kind=per_kind, gold=gold, progress=partial(_step, progress)
        )
    if cases is not None:
        write_lines(cases, case_lines)
    if as_json:
        finish(figures, lines, as_json, output)
        return
    if output is not None:
        write_lines(output, lines)
    show_trust(figures, kinds=kinds)


@evaluate_app.command("growth", cls=GuardedCommand)
def growth_command(
    folder: Annotated[Path, typer.Argument(help="Where the libraries are made, and stay.")],
    db: Annotated[Path, typer.Option("--db", help="The library whose documents are recombined.")],
    size: Annotated[
        list[int] | None, typer.Option("--size", min=1000, help="Passages; may be repeated.")
    ] = None,
    queries: Annotated[
        int, typer.Option("--queries", min=20, help="How many planted quotations are checked.")
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
    finish({**plain, "growth": sizes if as_json else by_figure}, None, as_json, None)


@evaluate_app.command("reading", cls=GuardedCommand)
def reading_command(
    folder: Annotated[
        Path, typer.Argument(help="Files with NAME.gold.txt beside them.", metavar="FOLDER")
    ],
    as_json: Json = False,
    output: Output = None,
) -> None:
    """How much of each file's text is read, and how much besides, in runs of four words.

    Beside each file stands its text, NAME.gold.txt, its blocks separated by blank lines, and
    optionally NAME.optional.txt with blocks that may be read or not, such as captions.

    Example:

      quotecheck evaluate reading pages --output pages.jsonl
    """
    from quotecheck.evaluation.runs.reading import evaluate_reading

    figures, lines = evaluate_reading(folder)
    finish(figures, lines, as_json, output)


@evaluate_app.command("parse", cls=GuardedCommand)
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
    finish(evaluate_parse(conllu, ner, parser), None, as_json, None)


@evaluate_app.command("ingest", cls=GuardedCommand)
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

    with TemporaryDirectory() as scratch, progress_bar("building") as progress:
        figures = evaluate_ingest(
            folder or Path(scratch) / "ingest", documents,
            words=words, seed=seed, copies=copies, progress=progress,
        )  # fmt: skip
        if attribute:
            factory = attributor_factory(stanza_dir=stanza_dir, package=package)
            figures["attribution"] = measure_attribution(
                Path(scratch) / "attribution", factory, attribute, words=words, progress=progress
            )
    finish(figures, None, as_json, None)


evaluate_app.command("speed", cls=GuardedCommand)(speed_command)
evaluate_app.command("gap", cls=GuardedCommand)(gap_command)
evaluate_app.command("translations", cls=GuardedCommand)(translations_command)


def _step(progress: Callable[[int, int, str], None], done: int, total: int) -> None:
    progress(done, total, "")
