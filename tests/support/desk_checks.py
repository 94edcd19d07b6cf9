"""Checks of a small draft, for the formats that an editor's desk takes."""

from __future__ import annotations

from quotecheck.library.document_lookup import SourceFacts
from quotecheck.output.registry import ArticleChecks
from quotecheck.reading.documents import document_of
from quotecheck.records.check import Check, Edit, Reason
from quotecheck.records.quotation import Quotation, with_document
from quotecheck.records.text import Span

TEXT = (
    "The ferry is late\n\n“The ferry sails at nine,” said Ada Bell.\n"
    "“The ferry sails at ten,” she said.\n“=HYPERLINK(0)|<b>nobody</b>,” said no one."
)
QUOTES = ("The ferry sails at nine,", "The ferry sails at ten,", "=HYPERLINK(0)|<b>nobody</b>,")


def checks() -> tuple[Check, ...]:
    """One that is verbatim, one with another number, one that is not found."""
    first = Check(
        QUOTES[0], "verbatim", "verbatim", "none", 0.98, "Ada Bell", "timetable", (Span(0, 24),),
        "Ada Bell", "1901-05-02", "The timetable", "The ferry sails at nine",
        searched="2 documents", locator="page 12",
    )  # fmt: skip
    second = Check(
        QUOTES[1], "altered", "altered", "meaning", 0.9, "Ada Bell", "timetable", (Span(0, 24),),
        "Ada Bell", "1901-05-02", "The timetable", "The ferry sails at nine",
        edits=(Edit("number", "nine", "ten", "meaning"),),
        reasons=(Reason("number", "has “ten” for “nine” (number)", "ten", "meaning"),),
        searched="2 documents",
    )  # fmt: skip
    third = Check(
        QUOTES[2], "not_found", "not_found", "none", 0.1, searched="2 documents (1901 to 1902)"
    )
    return first, second, third


def result(*, path: str | None = "ferry.txt", gate: str = "any") -> ArticleChecks:
    """The checks as those of a draft."""
    from dataclasses import replace

    document = replace(document_of(TEXT, title="The ferry is late"), path=path)
    starts = [TEXT.index(f"“{quote}") for quote in QUOTES]
    spans = [Span(at, at + len(quote) + 2) for at, quote in zip(starts, QUOTES, strict=True)]
    quotations = with_document(
        [Quotation((span,), (), (), "direct", "marks", 0.9) for span in spans], TEXT
    )
    pairs = list(zip(checks(), quotations, strict=True))
    sources = {"timetable": SourceFacts("The Post", "https://example.org/t.pdf", "/t.pdf")}
    return ArticleChecks([(document, pairs)], sources=sources, gate=gate)  # type: ignore[arg-type]


def listed() -> ArticleChecks:
    """The checks as those of a list with two more columns."""
    pairs = [(check, None) for check in checks()]
    carried = [{"page": "3", "desk": "=1+1"}, {"page": "4", "desk": ""}, {"page": "", "desk": "x"}]
    return ArticleChecks([(None, pairs)], carried=carried)
