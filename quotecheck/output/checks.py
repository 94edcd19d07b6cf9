"""Checks for programs: JSON, JSON Lines and CSV."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.output.serialising import CHECKS, csv_row, dumps, dumps_within, offsets_cell
from quotecheck.output.tally import numbers_in, tally_of
from quotecheck.records.check import Check
from quotecheck.records.document import Document
from quotecheck.records.plain import Record, check_record, document_record, quotation_record
from quotecheck.records.quotation import Quotation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quotecheck.output.registry import ArticleChecks

__all__ = [
    "CHECK_COLUMNS",
    "Checked",
    "as_json",
    "as_lines",
    "as_rows",
    "check_lines",
    "check_row",
    "check_rows",
    "checks_json",
]

Checked = tuple[Check, Quotation | None]
"""A check, with the quotation of the article that it is about where there is one."""


def as_json(result: ArticleChecks) -> Iterator[str]:
    """A JSON object for each article; see `checks_json`."""
    for article, pairs in result.articles:
        weights = result.weights if article is not None else None
        carried = result.carried if article is None else ()
        every = result.attributed.get(article.id) if article is not None else None
        yield from checks_json(
            pairs, article=article, weights=weights, carried=carried, quotations=every
        )


def as_lines(result: ArticleChecks) -> Iterator[str]:
    """All articles as JSON Lines; see `check_lines`."""
    for article, pairs in result.articles:
        carried = result.carried if article is None else ()
        numbers = result.numbers(article, pairs)
        yield from check_lines(pairs, article=article, carried=carried, numbers=numbers)


def as_rows(result: ArticleChecks) -> Iterator[str]:
    """CSV of each article; see `check_rows`."""
    for article, pairs in result.articles:
        carried = result.carried if article is None else ()
        numbers = result.numbers(article, pairs)
        yield from check_rows(pairs, article=article, carried=carried, numbers=numbers)


def checks_json(
    results: Iterable[Checked],
    *,
    article: Document | None = None,
    weights: Mapping[str, str] | None = None,
    carried: Sequence[Mapping[str, str]] = (),
    quotations: Sequence[Quotation] | None = None,
) -> Iterator[str]:
    """One JSON object with all checks, and how many there are of each verdict.

    Args:
        results: the checks, each with its quotation in the article where there is one.
        article: the document whose quotations were checked; None for a quotation given by itself.
        weights: the sha256 of each file of weights that read the article.
        carried: the other columns of a list of quotations, a row for each check.
        quotations: all quotations of the article, checked or not, where that is known.
    """
    pairs = list(results)
    checks = [check for check, _ in pairs]
    numbers = numbers_in(quotations, [quotation for _, quotation in pairs])
    tally = tally_of(checks, None if quotations is None else len(quotations))
    head = {
        "schema": CHECKS,
        "quotecheck": __version__,
        "weights": dict(weights or {}),
        "article": document_record(article) if article else None,
    }
    yield dumps(head, indent=2).removesuffix("\n}") + ',\n  "checks": ['
    between = "\n"
    for row, (number, (check, quotation)) in enumerate(zip(numbers, pairs, strict=True), start=1):
        record = check_record(check) | _quotation_of(article, quotation, number)
        record |= _carried(carried, row)
        yield between + dumps_within(record, 4)
        between = ",\n"
    yield "\n  ],\n" if between != "\n" else "],\n"
    counts = dict(Counter(check.verdict for check in checks))
    yield f'  "quotations": {dumps_within(tally.to_dict(), 2).lstrip()},\n'
    yield f'  "verdicts": {dumps_within(counts, 2).lstrip()}\n}}\n'


def check_lines(
    results: Iterable[Checked],
    *,
    article: Document | None = None,
    carried: Sequence[Mapping[str, str]] = (),
    numbers: Sequence[int] | None = None,
) -> Iterator[str]:
    """JSON Lines: one check a line, with ``schema`` and ``doc`` (the article's id, or null).

    ``numbers`` are those of the quotations in their article, by default from 1 on.
    """
    head = {"schema": CHECKS, "doc": article.id if article else None}
    for row, (check, quotation) in enumerate(results, start=1):
        number = numbers[row - 1] if numbers else row
        record = check_record(check) | _quotation_of(article, quotation, number)
        yield dumps(head | record | _carried(carried, row)) + "\n"


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
    "fact_checks",
)


def check_rows(
    results: Iterable[Checked],
    *,
    article: Document | None = None,
    carried: Sequence[Mapping[str, str]] = (),
    numbers: Sequence[int] | None = None,
) -> Iterator[str]:
    """CSV with a header: one check a row, ``edits`` as "kind: origin > quotation" joined by ";".

    The other columns of a list of quotations stand after ours. ``numbers`` are those of the
    quotations in their article, by default from 1 on.
    """
    names = list(dict.fromkeys(name for row in carried for name in row))
    yield csv_row([*CHECK_COLUMNS, *names])
    for position, (check, _) in enumerate(results):
        row = carried[position] if position < len(carried) else {}
        number = numbers[position] if numbers else position + 1
        yield csv_row([*check_row(article, number, check), *(row.get(name) for name in names)])


def check_row(article: Document | None, number: int, check: Check) -> tuple[object, ...]:
    """The cells of one check, in the order of `CHECK_COLUMNS`."""
    return (
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
        "; ".join(map(str, check.fact_checks)),
    )


def _carried(carried: Sequence[Mapping[str, str]], number: int) -> Record:
    return {"carried": dict(carried[number - 1])} if number <= len(carried) else {}


def _quotation_of(article: Document | None, quotation: Quotation | None, number: int) -> Record:
    if article is None or quotation is None:
        return {"quotation": None}
    return {"quotation": quotation_record(article.text, quotation, number)}
