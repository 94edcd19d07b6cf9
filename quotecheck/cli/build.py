"""`quotecheck build`: sources into a library."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Any

import typer

from quotecheck.cli.console import Package, StanzaDir, show
from quotecheck.cli.libraries import library_to_write
from quotecheck.cli.progress import stage_bars
from quotecheck.errors import InputError

__all__ = ["build_command"]

_MANY = "Many machines"


def build_command(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Sources, folders, or - for standard input. Text, Markdown, HTML, PDF, Word "
            "(.docx), EPUB, mail (.eml), captions (.vtt, .srt), web archives (.warc, .warc.gz), "
            "JSON Lines and CSV of documents, and .zip of any of these."
        ),
    ],
    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            help="The library; made when it is missing.",
            show_default="QUOTECHECK_DB, or quotecheck.db here",
        ),
    ] = None,
    attribute: Annotated[
        bool | None,
        typer.Option(
            "--attribute/--no-attribute",
            help="Find who is quoted in every source, or in none. Without either: in articles, but "
            "not in speeches and transcripts whose speakers are known.",
            show_default=False,
        ),
    ] = None,
    speaker: Annotated[
        str | None,
        typer.Option("--speaker", help="Who speaks in sources without NAME: turns (a speech)."),
    ] = None,
    speakers: Annotated[
        Path | None,
        typer.Option(
            "--speakers",
            help="Table of speakers: name, alias (several separated by ;) and optionally "
            "identifier. What is said under an alias is stored under the name.",
        ),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the source.")] = None,
    author: Annotated[str | None, typer.Option("--author", help="Author of the source.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="Date, as 2015-11-23 or 1861.")] = None,
    publication: Annotated[
        str | None, typer.Option("--publication", help="Paper, site or series.")
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Where the source came from.")] = None,
    derived: Annotated[
        bool | None,
        typer.Option(
            "--derived/--no-derived",
            help="The sources repeat others, as collections of quotations do: check and trace say "
            "so of words that stand nowhere else, and they accuse nobody.",
            show_default=False,
        ),
    ] = None,
    asr: Annotated[
        bool | None,
        typer.Option(
            "--asr/--no-asr",
            help="The sources were written down from speech by a machine: fillers, words that "
            "sound alike and numbers written otherwise count as transcription drift.",
            show_default=False,
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--lang", help="Language of the source, as de or pt-BR."),
    ] = None,
    translated: Annotated[
        bool,
        typer.Option(
            "--translated", help="The source is a translation; check says so where it finds it."
        ),
    ] = False,
    semantic: Annotated[
        bool,
        typer.Option(
            "--semantic",
            help="Keep vectors of sentences too, so that check finds statements in other words.",
        ),
    ] = False,
    copies: Annotated[
        bool,
        typer.Option(
            "--copies/--no-copies",
            help="Link documents that are near copies of earlier ones, as papers print what an "
            "agency sends: check and trace count them once.",
        ),
    ] = True,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that attribute.")] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Let the workers of a Dask scheduler do it: tcp://host:8786, or its "
            "--scheduler-file.",
            rich_help_panel=_MANY,
        ),
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option(
            "--shard",
            metavar="I/N",
            help="Make the I-th of N parts and no library: one job of a job array. Bring them "
            "together with load.",
            rich_help_panel=_MANY,
        ),
    ] = None,
    shards: Annotated[
        int | None,
        typer.Option(
            "--shards",
            min=1,
            max=99_999,
            help="How many parts --cluster makes.",
            show_default="a megabyte of sources each",
            rich_help_panel=_MANY,
        ),
    ] = None,
    parts: Annotated[
        Path | None,
        typer.Option(
            "--parts",
            help="Folder for the parts, shared by all machines.",
            show_default="the library's name and .parts",
            rich_help_panel=_MANY,
        ),
    ] = None,
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Bring sources into a library that quotations can be checked against.

    May be stopped and started again: what is already in the library is skipped. A file that cannot
    be read is reported at the end; the rest is stored.

    Examples:

      quotecheck build speeches/ --db library.db

      quotecheck build debates.jsonl columns/ --db library.db --no-attribute

      quotecheck build speeches/ --db library.db --semantic

      quotecheck build rede.txt --db library.db --lang de

      quotecheck build speech-in-english.txt --db library.db --translated

      quotecheck build speech.txt --db library.db --speaker "Ilse Norran" --date 2031-04-02

      quotecheck build debates.pdf talks.zip --db library.db --speakers people.csv

      quotecheck build claims.json --db library.db

      quotecheck build quotes-of-the-year.html --db library.db --derived

      quotecheck build podcast.vtt --db library.db --asr

      quotecheck build news/ --db library.db --jobs 4

      quotecheck build /shared/news --db library.db --cluster tcp://head:8786 --parts /shared/parts

      quotecheck build /shared/news --shard 3/64 --parts /shared/parts
    """
    metadata = {
        "title": title, "author": author, "date": date, "publication": publication, "url": url,
        "language": language, "translated": "yes" if translated else None,
    }  # fmt: skip
    defaults = {name: value for name, value in metadata.items() if value}
    flags = {"derived": derived, "machine_transcript": asr}
    defaults |= {name: "yes" if flag else "no" for name, flag in flags.items() if flag is not None}
    factory = None
    if attribute is not False:
        from quotecheck.pipeline.attributor import attributor_factory

        factory = attributor_factory(stanza_dir=stanza_dir, package=package)
    options: dict[str, Any] = {"attribute": attribute is not False, "turns": attribute is True}
    if shard is not None:
        if speakers is not None:
            raise InputError(
                "a table of speakers needs a library, and a part is not one",
                where="--speakers",
                remedy="Load the parts into a library first, then build once"
                " more with --db and --speakers.",
            )
        if speaker:
            defaults["speaker"] = speaker
        _one_shard(paths, shard, parts, jobs=jobs, factory=factory, defaults=defaults, **options)
        return
    if db is None:
        db = library_to_write()
    from quotecheck.output.terminal.builds import render_build

    stages: dict[str, Any] = {
        "speakers_table": speakers, "link_copies": copies, "semantic": semantic,
    }  # fmt: skip
    with stage_bars("building") as progress:
        if cluster is None:
            from quotecheck.building.build import build

            report = build(
                paths, db, jobs=jobs, attributor_factory=factory, defaults=defaults,
                speaker=speaker, progress=progress, **options, **stages,
            )  # fmt: skip
        else:
            from quotecheck.cluster.dask_runner import build_on_cluster

            # Of a lost connection Dask prints a traceback; the error says what happened.
            logging.getLogger("distributed").setLevel(logging.CRITICAL)
            folder = parts or db.with_name(f"{db.name}.parts")
            report = build_on_cluster(
                paths, db, folder, address=cluster, shards=shards, attributor_factory=factory,
                defaults=defaults, speaker=speaker, progress=progress, **options, **stages,
            )  # fmt: skip
    show(lambda console: render_build(report, console))
    if report.failed:
        raise typer.Exit(1)


def _one_shard(
    paths: list[str], shard: str, parts: Path | None, *, factory: Any, **options: Any
) -> None:
    """Make one part, and say what is in it."""
    from quotecheck.cluster.shards import make_part, parse_shard, plan

    number, total = parse_shard(shard)
    if parts is None:
        raise InputError(
            "no folder for the part is named",
            where="--parts",
            remedy="Name one that all jobs share: --parts parts/",
        )
    part = make_part(plan(paths, parts, total, factory=factory, **options)[number - 1])
    header = part.header
    counts = f"{header.documents:,} documents, {header.quotations:,} quotations"
    if part.skipped:
        typer.echo(f"{part.path}: there already ({counts}).")
    else:
        pace = (
            f", {header.words / header.seconds:,.0f} words a CPU second"
            if header.seconds > 1
            else ""
        )
        typer.echo(f"{part.path}: {counts} in {header.seconds:,.1f} CPU seconds{pace}.")
    if header.failed:
        typer.echo(f"{header.failed:,} could not be read; loading the part says why.", err=True)
        raise typer.Exit(1)
