"""Checks for programs: JSON, JSON Lines and CSV."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.output.serialising import CHECKS, csv_row, dumps, dumps_within, offsets_cell
from quotecheck.records.check import Check
from quotecheck.records.document import Document
from quotecheck.records.plain import Record, check_record, document_record, quotation_record
from quotecheck.records.quotation import Quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quotecheck.output.registry import ArticleChecks

__all__ = [
    "CHECK_COLUMNS",
    "Checked",
    "as_json",
    "as_lines",
    "as_rows",
    "check_lines",
    "check_rows",
    "checks_json",
]

Checked = tuple[Check, Quotation | None]
"""A check, with the quotation of the article that it is about where there is one."""


def as_json(result: ArticleChecks) -> Iterator[str]:
    """A JSON object for each article; see `checks_json`."""
    for article, pairs in result.articles:
        weights = result.weights if article is not None else None
        yield from checks_json(pairs, article=article, weights=weights)


def as_lines(result: ArticleChecks) -> Iterator[str]:
    """All articles as JSON Lines; see `check_lines`."""
    for article, pairs in result.articles:
        yield from check_lines(pairs, article=article)


def as_rows(result: ArticleChecks) -> Iterator[str]:
    """CSV of each article; see `check_rows`."""
    for article, pairs in result.articles:
        yield from check_rows(pairs, article=article)


def checks_json(
    results: Iterable[Checked],
    *,
    article: Document | None = None,
    weights: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """One JSON object with all checks, and how many there are of each verdict.

    Args:
        results: the checks, each with its quotation in the article where there is one.
        article: the document whose quotations were checked; None for a quotation given by itself.
        weights: the sha256 of each file of weights that read the article.
    """
    head = {
        "schema": CHECKS,
        "quotecheck": __version__,
        "weights": dict(weights or {}),
        "article": document_record(article) if article else None,
    }
    yield dumps(head, indent=2).removesuffix("\n}") + ',\n  "checks": ['
    counts: Counter[str] = Counter()
    between = "\n"
    for check, quotation in results:
        counts[check.verdict] += 1
        record = check_record(check) | _quotation_of(article, quotation, counts.total())
        yield between + dumps_within(record, 4)
        between = ",\n"
    yield "\n  ],\n" if between != "\n" else "],\n"
    yield f'  "verdicts": {dumps_within(dict(counts), 2).lstrip()}\n}}\n'


def check_lines(results: Iterable[Checked], *, article: Document | None = None) -> Iterator[str]:
    """JSON Lines: one check a line, with ``schema`` and ``doc`` (the article's id, or null)."""
    head = {"schema": CHECKS, "doc": article.id if article else None}
    for number, (check, quotation) in enumerate(results, start=1):
        yield dumps(head | check_record(check) | _quotation_of(article, quotation, number)) + "\n"


CHECK_COLUMNS = (
    "doc",
    "n",
    "verdict",
    "severity",
    "wording",
    "score",
    "quote",
    "claimed_speaker",
    "origin_text",
    "speaker",
    "document",
    "title",
    "date",
    "locator",
    "spans",
    "edits",
    "reasons",
    "searched",
    "claim",
    "speaker_basis",
    "speaker_confidence",
)


def check_rows(results: Iterable[Checked], *, article: Document | None = None) -> Iterator[str]:
    """CSV with a header: one check a row, ``edits`` as "kind: origin > quotation" joined by ";"."""
    yield csv_row(CHECK_COLUMNS)
    for number, (check, _) in enumerate(results, start=1):
        cells = (
            article.id if article else None,
            number,
            check.verdict,
            check.severity,
            check.wording,
            f"{check.score:.4f}",
            check.quote,
            check.claimed_speaker,
            check.origin_text,
            check.speaker,
            check.document,
            check.title,
            check.date,
            check.locator,
            offsets_cell(check.spans),
            "; ".join(f"{edit.kind}: {edit.before} > {edit.after}" for edit in check.edits),
            "; ".join(check.reasons),
            check.searched,
            check.claim,
            check.speaker_basis,
            None if check.speaker_confidence is None else f"{check.speaker_confidence:.4f}",
        )
        yield csv_row(cells)


def _quotation_of(article: Document | None, quotation: Quotation | None, number: int) -> Record:
    if article is None or quotation is None:
        return {"quotation": None}
    return {"quotation": quotation_record(article.text, quotation, number)}
