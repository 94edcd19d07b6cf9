"""Checks as Markdown, and as plain text to paste into a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from quotecheck.output.desk.summaries import CheckSummary, summary_of
from quotecheck.output.plain_text import shorten
from quotecheck.output.tally import counted_words, tally_of
from quotecheck.output.terminal.console import name_of

if TYPE_CHECKING:
    from quotecheck.output.registry import ArticleChecks
    from quotecheck.records.check import Check
    from quotecheck.records.document import Document

__all__ = ["as_markdown", "as_text"]

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>|#~])")
_QUOTED_CHARS: Final = 400  # Code points of a quotation in a note. By eye: two or three sentences.
_NONE: Final = "No quotations to check."


def as_markdown(result: ArticleChecks) -> Iterator[str]:
    """A heading for each article, a table of its checks, and what differs below."""
    for document, figures, rows in _articles(result):
        yield f"# {_escaped(_name(document))}\n\n{figures}\n"
        if not rows:
            continue
        yield "\n| no. | verdict | quotation | credited to | source |\n|---|---|---|---|---|\n"
        for row in rows:
            verdict = f"{row.verdict}, {row.severity}" if row.severity else row.verdict
            cells = (
                str(row.number),
                f"**{_escaped(verdict)}**",
                _escaped(shorten(row.quotation, _QUOTED_CHARS)),
                _escaped(row.credited_to) or "–",
                _source(row),
            )
            yield f"| {' | '.join(cells)} |\n"
        for row in rows:
            faithful = row.verdict in ("verbatim", "typographic")
            if row.difference or row.fact_checks or not faithful:
                yield f"\n{row.number}. {_escaped(row.in_words)}\n"
                if row.difference:
                    yield f"   Difference: {_escaped(row.difference)}.\n"
                if row.fact_checks:
                    yield f"   Published: {_escaped(_stopped(row.fact_checks))}\n"
        yield "\n"


def as_text(result: ArticleChecks) -> Iterator[str]:
    """The same as plain text, one quotation after another."""
    for number, (document, figures, rows) in enumerate(_articles(result)):
        yield ("\n\n" if number else "") + f"{_name(document)}\n{figures}\n"
        for row in rows:
            quoted = shorten(row.quotation, _QUOTED_CHARS).strip('“”"')
            yield f"\n{row.number}. “{quoted}”\n"
            credited = f" Credited to {row.credited_to}." if row.credited_to else ""
            yield f"   {row.in_words}{credited}\n"
            if row.difference:
                yield f"   Difference: {row.difference}.\n"
            place = ", ".join(part for part in (row.source, row.date, row.place) if part)
            if place and row.verdict != "not found":
                yield f"   Source: {place}{f' ({row.link})' if row.link else ''}\n"
            if row.fact_checks:
                yield f"   Published: {_stopped(row.fact_checks)}\n"


def _articles(result: ArticleChecks) -> Iterator[tuple[Document | None, str, list[CheckSummary]]]:
    """Each article, its figures in a sentence, and its rows."""
    for document, pairs in result.articles:
        numbers = result.numbers(document, pairs)
        yield (
            document,
            _sum([check for check, _ in pairs], result.found(document)),
            [
                summary_of(n, result.readable(document, check), result)
                for n, (check, _) in zip(numbers, pairs, strict=True)
            ],
        )


def _name(document: Document | None) -> str:
    if document is None:
        return "Quotations"
    return shorten(name_of(document), 200)


def _sum(checks: Sequence[Check], quotations: int | None) -> str:
    if checks:
        return tally_of(checks, quotations).sentence
    return f"{counted_words(quotations, 0)}. No quotations to check." if quotations else _NONE


def _source(row: CheckSummary) -> str:
    if row.verdict == "not found":
        return "–"
    named = _escaped(", ".join(part for part in (row.source, row.date) if part)) or "–"
    return f"[{named}]({row.link.replace('(', '%28').replace(')', '%29')})" if row.link else named


def _stopped(text: str) -> str:
    """A text with a full stop, unless it ends with one, or within marks."""
    return text if text.rstrip('”"’)')[-1:] in ".!?…" else f"{text}."


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
