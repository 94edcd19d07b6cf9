"""Measures how `check` grows with its library: 10,000 passages, 100,000, a million and more.

A library of each size is made from the documents of a given one: some are left out (what is quoted
from them must not be found), the others stand between texts recombined from their sentences by a
seed. The same planted quotations are checked at every size.
"""

from __future__ import annotations

import random
import statistics
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotecheck.checking.checker import Checker
from quotecheck.comparison.words import source_words
from quotecheck.errors import InputError
from quotecheck.evaluation.synthetic.misquotes import Planted, plant, recombined, sentences_of
from quotecheck.library.library import open_library
from quotecheck.records.document import Document, Segment
from quotecheck.text.digest import sha256_hex
from quotecheck.text.passages import split_passages

if TYPE_CHECKING:
    from quotecheck.library.library import Library
    from quotecheck.records.check import Check

__all__ = ["evaluate_growth", "grown_library"]

_LEFT_OUT: Final = 6
"""Every sixth document is left out."""
_REAL: Final = 0.4
"""Share of real passages in a library, at most."""
_FILLER: Final = 30_000
"""Code points of a recombined document."""
_MADE: Final = "recombined-"
_BATCH: Final = 60  # Documents made at once. By eye.


def evaluate_growth(
    library: Library,
    folder: Path,
    sizes: Sequence[int],
    *,
    queries: int = 400,
    seed: int = 1,
    progress: Callable[[int, int, str], None] | None = None,
) -> dict[str, Any]:
    """Figures for libraries of each size, made in ``folder`` and left there.

    Args:
        library: gives the documents.
        folder: where to write the libraries (about 1.1 GB for a million passages).
        sizes: passages.
        queries: planted quotations.
        seed: of the recombination and of the quotations.
        progress: called with (sizes done, sizes in all, what is being done).

    Returns:
        For each size: passages, megabytes, build_seconds, retrieval (place at rank 1, or the same
        words elsewhere), verdict, false_alarm (of what is not in the library; what another document
        of it has as well is left out), cpu_ms (mean), cpu_ms_95 (95th percentile), and the
        retrieval of each kind.

    Raises:
        InputError: when the library has too few documents, or a file is in the way.
    """
    documents = [d for d in library.documents() if len(sentences_of(d.text[:20_000])) > 5]
    if len(documents) < 2 * _LEFT_OUT:
        raise InputError(
            "the library has too few documents to recombine",
            where=str(library.path),
            remedy="Use one of a dozen documents of running prose, or more.",
        )
    random.Random(seed).shuffle(documents)  # noqa: S311 - no secret
    absent, present = documents[::_LEFT_OUT], [d for k, d in enumerate(documents) if k % _LEFT_OUT]
    chosen = list(_within(present, int(_REAL * min(sizes))))
    cases = list(
        plant([(d.id, d.text) for d in chosen], [(d.id, d.text) for d in absent], queries, seed)
    )
    figures: dict[str, Any] = {"seed": seed, "queries": len(cases), "documents": len(chosen)}
    for done, size in enumerate(sorted(sizes)):
        if progress is not None:
            progress(done, len(sizes), f"{size:,} passages")
        path = folder / f"growth-{size}-{seed}.db"
        started = time.process_time()
        real = [*chosen, *(d for d in _within(present, int(_REAL * size)) if d not in chosen)]
        passages = grown_library(path, real, size, seed)
        built = time.process_time() - started
        with open_library(path) as grown:
            row = _measured(grown, cases, {d.id: d.text for d in chosen})
        figures[f"{size:,}"] = {
            "passages": passages,
            "megabytes": round(path.stat().st_size / 1e6, 1),
            "build_seconds": round(built, 1),
            **row,
        }
    return figures


def _within(documents: Sequence[Document], passages: int) -> Iterator[Document]:
    """The first documents that make up so many passages."""
    stored = 0
    for document in documents:
        stored += 1 + len(document.text) // 520
        if stored > passages:
            return
        yield document


def grown_library(path: Path, real: Sequence[Document], passages: int, seed: int) -> int:
    """Write a library of about so many passages; the real documents are spread over it.

    Returns:
        How many passages there are. A file of an earlier run is taken as it is.
    """
    if path.exists():
        with open_library(path) as library:
            return library.statistics().passages
    rng = random.Random(seed + passages)  # noqa: S311 - no secret
    sentences = [d.text[a:b] for d in real for a, b in sentences_of(d.text)]
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex[:12]}.tmp")
    stored = 0
    waiting = list(real)
    every = max(1, int(passages * 520 / _FILLER) // max(1, len(waiting)))
    with open_library(unfinished, create=True) as library:
        run = library.start_run("evaluate growth", version="0")
        number = 0
        while stored < passages or waiting:
            with library.write():
                for _ in range(_BATCH):
                    if waiting and (number % every == 0 or stored >= passages):
                        stored += _add(library, waiting.pop(), run)
                    if stored < passages:
                        text = recombined(sentences, rng, _FILLER)
                        stored += _add(library, _filler(number, text), run)
                    number += 1
        library.finish_run(run)
        library.empty_log()
    unfinished.replace(path)
    return stored


def _add(library: Library, document: Document, run: int) -> int:
    spans = list(split_passages(document.text, document.segments))
    library.add_document(document, passages=spans, run=run)
    return len(spans)


def _filler(number: int, text: str) -> Document:
    digest = sha256_hex(text.encode())
    turn = (Segment(0, len(text), f"Speaker {number % 997}"),)
    return Document(f"{_MADE}{number}", text, digest, digest, segments=turn)


def _measured(library: Library, cases: Sequence[Planted], texts: dict[str, str]) -> dict[str, Any]:
    checker = Checker(library)
    spent: list[float] = []
    right = 0
    false = absent = elsewhere = 0
    kinds: dict[str, list[int]] = {}
    for case in cases:
        started = time.process_time()
        check = checker.check(case.quote)
        spent.append((time.process_time() - started) * 1000)
        if case.document is None:
            if check.document is not None and not check.document.startswith(_MADE):
                elsewhere += 1  # a speech given twice, two transcripts of one debate
                continue
            absent += 1
            false += check.verdict != "not_found"
            right += check.verdict == "not_found"
            continue
        is_there = _is_there(case, check, texts)
        kind = kinds.setdefault(case.kind, [0, 0, 0])
        kind[0] += 1
        kind[1] += is_there
        kind[2] += is_there and check.verdict == case.verdict
        right += check.verdict == case.verdict
    placed = sum(n for n, _, _ in kinds.values())
    return {
        "retrieval": round(sum(f for _, f, _ in kinds.values()) / max(1, placed), 4),
        "verdict": round(right / max(1, len(cases) - elsewhere), 4),
        "false_alarm": round(false / absent, 4) if absent else None,
        "cpu_ms": round(statistics.mean(spent), 2),
        "cpu_ms_95": round(sorted(spent)[int(0.95 * (len(spent) - 1))], 2),
        **{name: round(f / n, 4) for name, (n, f, _) in kinds.items()},
    }


def _is_there(case: Planted, check: Check, texts: dict[str, str]) -> bool:
    """Whether a check names the place, or another with the same words."""
    if not check.spans:
        return False
    if check.document == case.document and any(
        2 * (min(span.end, case.end) - max(span.start, case.start))
        >= min(span.end - span.start, case.end - case.start)
        for span in check.spans
    ):
        return True
    case_words = set(source_words(texts[case.document or ""][case.start : case.end]).forms)
    match_words = source_words(check.origin_text or "").forms
    quoted_words = source_words(case.quote).forms
    return match_words == quoted_words or (
        len(match_words) >= 0.8 * len(case_words) and case_words >= set(match_words)
    )
