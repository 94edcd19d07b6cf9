"""Measures how fast documents come into a library, and how fast they are attributed.

The documents are made up (`quotecheck.evaluation.synthetic.news`), as many as one likes, the same
for a seed. Run it in a fresh process: the highest memory that a process has held is never
forgotten.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from quotecheck.building.build import build
from quotecheck.building.near_copies import link_copies
from quotecheck.errors import InputError, QuotecheckError
from quotecheck.evaluation.runs.memory import book, peak_memory
from quotecheck.evaluation.synthetic.news import write_articles
from quotecheck.library.copies import originals_by_copy
from quotecheck.library.library import open_library
from quotecheck.pipeline.workers import AttributorFactory

__all__ = ["evaluate_ingest", "measure_attribution"]

_ARTICLE_WORDS: Final = 450  # Words of an invented article. By eye: a short news article.


def evaluate_ingest(
    folder: Path,
    documents: int = 100_000,
    *,
    words: int = _ARTICLE_WORDS,
    seed: int = 1,
    copies: bool = True,
    progress: Callable[[int, int, str], None] | None = None,
) -> dict[str, Any]:
    """Write made-up articles, build a library of them without attribution, and link copies.

    Args:
        folder: where the sources and the library are made; must be empty or missing.
        documents: how many articles.
        words: of an article, on average.
        seed: of the articles.
        copies: whether to link near copies, of which one article in twenty is one.
        progress: called with how far each step is.

    Returns:
        ``megabytes`` (of text in UTF-8, 10**6 bytes) and ``words``; ``ingest``: CPU and wall
        seconds, ``mb_per_cpu_second`` and ``mb_per_second``, the library's size; ``again``: the
        same for a second build, which has nothing to do; ``copies``: planted, found, found with
        the right original, pairs compared, seconds; ``peak_mb`` of 2**20 bytes.

    Raises:
        InputError: when the folder is not empty.
        LibraryError: when the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise InputError(
            "the folder is not empty", where=str(folder), remedy="Name a new one, or none."
        )
    library = folder / "library.db"
    start = time.process_time()
    written = write_articles(folder / "sources", documents, words=words, seed=seed)
    planted = written.pop("copies")
    megabytes = written["bytes"] / 1e6
    figures: dict[str, Any] = {
        "documents": documents,
        "files": written["files"],
        "megabytes": round(megabytes, 1),
        "words": written["words"],
        "seed": seed,
        "generate_cpu_seconds": round(time.process_time() - start, 1),
        "start_mb": round(peak_memory() / 2**20, 1),
    }
    told_of = (lambda _, *step: progress(*step)) if progress else None
    for name in ("ingest", "again"):
        cpu, wall = time.process_time(), time.monotonic()
        report = build([folder / "sources"], library, attribute=False, progress=told_of)
        cpu, wall = time.process_time() - cpu, time.monotonic() - wall
        if name == "ingest" and (report.added, report.failed) != (documents, 0):
            raise QuotecheckError(
                f"{report.added} of {documents} documents were added",
                where=str(library),
                remedy="This is a bug in quotecheck; please report it.",
            )
        figures[name] = {
            "cpu_seconds": round(cpu, 2),
            "seconds": round(wall, 2),
            "mb_per_cpu_second": round(megabytes / max(cpu, 1e-9), 1),
            "mb_per_second": round(megabytes / max(wall, 1e-9), 1),
            "documents_per_second": round(documents / max(wall, 1e-9)),
        }
    figures["library_mb"] = round(library.stat().st_size / 1e6, 1)
    figures["peak_mb"] = round(peak_memory() / 2**20, 1)
    if copies:
        cpu = time.process_time()
        linked = link_copies(
            library,
            progress=lambda done, total: progress(done, total, "copies") if progress else None,
        )
        cpu = time.process_time() - cpu
        with open_library(library) as opened:
            originals = originals_by_copy(opened.db)
        figures["copies"] = {
            "planted": len(planted),
            "found": len(originals),
            "right": sum(originals.get(key) == model for key, model in planted.items()),
            "compared": linked.compared,
            "cpu_seconds": round(cpu, 2),
            "seconds": round(linked.seconds, 2),
            "peak_mb": round(peak_memory() / 2**20, 1),
        }
    return figures


def measure_attribution(
    folder: Path,
    factory: AttributorFactory,
    documents: int = 60,
    *,
    jobs: Sequence[int] = (1, 2),
    words: int = _ARTICLE_WORDS,
    progress: Callable[[int, int, str], None] | None = None,
) -> dict[str, dict[str, Any]]:
    """Words that a build attributes a second, everything included but the loading of weights.

    Args:
        folder: where sources and libraries are made.
        factory: makes the attributor.
        documents: how many articles, three sentences in five of them with speech.
        jobs: numbers of processes to measure with.
        words: of an article.
        progress: called with how far each build is.

    Returns:
        For each number of processes ``words``, ``quotations``, ``words_per_cpu_second`` (of all
        processes), ``words_per_second`` (by the clock), and the seconds that loading took.
    """
    folder.mkdir(parents=True, exist_ok=True)
    figures: dict[str, dict[str, Any]] = {}
    if 1 in jobs:  # what this process imports for the first time is not to be measured
        _attributed(folder / "first", factory, 1, 1, words, progress)
    for number in jobs:
        # What a build costs before it attributes in earnest, measured on an article a process.
        few, some = [
            _attributed(folder / f"{number}-{n}", factory, n, number, words, progress)
            for n in (number, number + documents)
        ]
        cpu = some["cpu"] - few["cpu"]
        wall = some["wall"] - few["wall"]
        more = some["words"] - few["words"]
        figures[f"--jobs {number}"] = {
            "documents": documents,
            "words": more,
            "quotations": some["quotations"] - few["quotations"],
            # None: too few articles for the clock.
            "words_per_cpu_second": round(more / cpu) if cpu > 0 else None,
            "words_per_second": round(more / wall) if wall > 0 else None,
            "loading_seconds": round(few["wall"], 1),
        }
    return figures


def _attributed(
    folder: Path,
    factory: AttributorFactory,
    documents: int,
    jobs: int,
    words: int,
    progress: Callable[[int, int, str], None] | None,
) -> dict[str, float]:
    folder.mkdir()
    stored = 0
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for n in range(documents):
            text = book(words, seed=n + 1)
            stored += len(text.split())
            file.write(json.dumps({"id": f"article-{n}", "text": text}) + "\n")
    told_of = (lambda _, *step: progress(*step)) if progress else None
    cpu, wall = _cpu_seconds(), time.monotonic()
    report = build(
        [folder / "articles.jsonl"],
        folder / "library.db",
        attributor_factory=factory,
        jobs=jobs,
        progress=told_of,
    )
    if report.failed:
        raise report.failures[0]
    return {
        "cpu": _cpu_seconds() - cpu,
        "wall": time.monotonic() - wall,
        "words": stored,
        "quotations": report.quotations,
    }


def _cpu_seconds() -> float:
    """CPU time of this process and of those that it started and that are done."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
