"""`quotecheck evaluate speed`: what an answer costs, stage by stage and beside others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.figures import finish
from quotecheck.cli.progress import progress_bar

__all__ = ["speed_command"]

_CHAPTER_WORDS = 700
"""Of a text that is made up: an article of ordinary length."""


def speed_command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Texts to read, files or folders. Without them some are made up."),
    ] = None,
    words: Annotated[
        int, typer.Option("--words", min=700, help="Of the texts that are made up.")
    ] = 10_000,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="How often all are read.")] = 5,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="A checkout of another version, which runs in turns."),
    ] = None,
    db: Annotated[
        Path | None,
        typer.Option("--db", help="A library in which the stages of a check are measured as well."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as one JSON object.")
    ] = False,
) -> None:
    """CPU time of each stage of attribution, and of others on the same texts.

    Beside this version runs textacy with spaCy's small English model, where they are installed.
    With a library, the stages of a check follow, of quotations planted from its documents.

    Examples:

      quotecheck evaluate speed --words 700 --rounds 1

      quotecheck evaluate speed articles/ --against ../quotecheck-0.2

      quotecheck evaluate speed articles/ --db library.db
    """
    from quotecheck.evaluation.runs.check_speed import check_stages
    from quotecheck.evaluation.runs.memory import book
    from quotecheck.evaluation.runs.speed import contestants, evaluate_speed
    from quotecheck.library.library import open_library
    from quotecheck.pipeline.attributor import load_attributor
    from quotecheck.reading.documents import read_documents
    from quotecheck.reading.inputs import find_inputs
    from quotecheck.records.document import Document

    runners = contestants(against)
    checks = None
    if db is not None:
        with open_library(db) as library:
            checks = check_stages(library)
    if paths:
        documents = [document for path in find_inputs(paths) for document in read_documents(path)]
        texts = [document.text for document in documents if isinstance(document, Document)]
    else:
        count = max(1, words // _CHAPTER_WORDS)
        texts = [book(words // count, seed) for seed in range(1, count + 1)]
    attributor = load_attributor()
    with progress_bar("reading") as progress:
        figures = evaluate_speed(
            texts, attributor, runners, rounds=rounds,
            progress=lambda done, total: progress(done, total, ""),
        )  # fmt: skip
    if checks is not None:
        figures["checks"] = checks
    finish(figures, None, as_json, None)
