"""One check in the words of a desk: what every sheet, note and comment of this package says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotecheck.output.links import place_address, safe_url
from quotecheck.output.plain_text import shorten
from quotecheck.output.terminal.checks import searched_words
from quotecheck.output.unprintable import visible
from quotecheck.output.verdict_labels import SEVERITIES, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotecheck.output.registry import ArticleChecks
    from quotecheck.records.check import Check, Edit
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["COLUMNS", "CheckSummary", "summaries", "summary_of"]

_QUOTED_CHARS: Final = 2_000
"""Code points of a quotation that are shown; a cell of a spreadsheet takes 32,767."""
_DIFFERENCES: Final = 8
"""Differences that are named; a quotation with more is another text."""


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """A check as a row that a person reads; the fields are the columns, "" where there is nothing.

    ``difference`` names what the source has and what the quotation has in its place, ``in_words``
    is the whole answer in one or two sentences, ``link`` a web address that leads to the page or
    the second where that is known. ``fact_checks`` are those that others have published.
    """

    number: int
    quotation: str
    credited_to: str
    verdict: str
    severity: str
    difference: str
    said_by: str
    source: str
    date: str
    publication: str
    place: str
    link: str
    fact_checks: str
    in_words: str


COLUMNS: Final[Mapping[str, str]] = {
    "number": "no.",
    "quotation": "quotation",
    "credited_to": "credited to",
    "verdict": "verdict",
    "severity": "severity",
    "difference": "difference",
    "said_by": "said by",
    "source": "source",
    "date": "date",
    "publication": "publication",
    "place": "place",
    "link": "link",
    "fact_checks": "fact-checks",
    "in_words": "in words",
}
"""The headings of the columns, by field."""


def summaries(
    result: ArticleChecks,
) -> Iterator[tuple[Document | None, CheckSummary, Check, Quotation | None]]:
    """Every check of a result with its article, each with its number in it."""
    for document, pairs in result.articles:
        numbers = result.numbers(document, pairs)
        for number, (check, quotation) in zip(numbers, pairs, strict=True):
            shown = result.readable(document, check)
            yield document, summary_of(number, shown, result), check, quotation


def summary_of(number: int, check: Check, result: ArticleChecks) -> CheckSummary:
    """The row of one check."""
    about = result.sources.get(check.document or "")
    url = safe_url(about.url) if about else None
    return CheckSummary(
        number=number,
        quotation=shorten(check.quote, _QUOTED_CHARS),
        credited_to=visible(check.claimed_speaker or ""),
        verdict=VERDICTS[check.verdict][0],
        severity=SEVERITIES[check.severity],
        difference=_difference(check),
        said_by=visible(check.speaker or ""),
        source=visible(check.title or check.document or ""),
        date=visible(check.date or ""),
        publication=visible((about.publication if about else None) or ""),
        place=_place(check),
        link=place_address(url, check.locator) if url else "",
        fact_checks=shorten("; ".join(map(str, check.fact_checks)), 1_000),
        in_words=_in_words(check),
    )


def _difference(check: Check) -> str:
    edits = [edit for edit in check.edits if edit.before or edit.after]
    differences = [_edit(edit) for edit in edits[:_DIFFERENCES]]
    more = len(edits) - len(differences)
    return "; ".join(differences) + (f"; and {more} more" if more else "")


def _edit(edit: Edit) -> str:
    before, after = shorten(edit.before, 200), shorten(edit.after, 200)
    if not after:
        return f"leaves out “{before}”"
    if not before:
        return f"puts in “{after}”"
    return f"“{after}” for “{before}”"


def _in_words(check: Check) -> str:
    label, _, meaning = VERDICTS[check.verdict]
    if check.verdict == "not_found":
        return f"Not in {searched_words(check)}, {meaning}."
    parts = [f"{label.capitalize()}: {meaning}"]
    if check.severity != "none":
        parts[0] += f" ({SEVERITIES[check.severity]})"
    if check.speaker:
        where = f" in {check.title or check.document}" if check.title or check.document else ""
        date = f", {check.date}" if check.date else ""
        parts.append(f"Said by {check.speaker}{where}{date}")
    parts += [str(reason) for reason in check.reasons[:4]]
    return shorten(". ".join(part.rstrip(".") for part in parts) + ".", 1_000)


def _place(check: Check) -> str:
    places = ", ".join(f"{span.start}-{span.end}" for span in check.spans)
    return visible("; ".join(part for part in (check.locator, places) if part))
