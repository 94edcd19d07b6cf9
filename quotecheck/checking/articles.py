"""All quotations of an article, each with the speaker whom the article credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from quotecheck.checking.articles_article_words import SpanIndex, quoted_spans, readings
from quotecheck.checking.checker import Checker, SemanticFinder
from quotecheck.errors import InputError
from quotecheck.reasons import Reason
from quotecheck.records.text import Check, Document, Quotation
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["check_quotations"]


def check_quotations(
    library: Library,
    document: Document,
    quotations: Sequence[Quotation],
    *,
    semantic: SemanticFinder | None = None,
) -> list[Check]:
    """Check the quotations of an article, each with its speaker.

    Indirect quotations, scare quotes and titles are not anybody's exact words: of a mixed quotation
    the words as they stand are checked, of the others nothing is. Where the article itself is in
    the library, it is left out of the search. Of joint speakers it is enough that one said it; of
    what the article says was not said, nobody is accused.

    Args:
        library: an open library.
        document: the article.
        quotations: its quotations.
        semantic: asked where the words fail; see `Checker`.

    Returns:
        One check for each direct or mixed quotation, in their order.
    """
    checker = Checker(library, semantic=semantic)
    checker.leave_out(document)
    limits = paragraphs(document.text)
    marked = SpanIndex(
        p.inner for p in quoted_passages(document.text, limits, document.blocks) if p.depth == 0
    )
    checks: list[Check] = []
    for quotation in quotations:
        if quotation.kind not in ("direct", "mixed"):
            continue
        words = readings(document.text, quoted_spans(document, quotation, marked))
        claimed: list[str | None] = [s.name for s in quotation.speakers if s.name]
        if quotation.facts.negated:
            check = _checked(checker, words, None)
            told = Reason("denied", "the article says that this was not said")
            checks.append(replace(check, reasons=(*check.reasons, told)))
            continue
        answers = [_checked(checker, words, name) for name in claimed or [None]]
        checks.append(next((a for a in answers if a.verdict != "misattributed"), answers[0]))
    return checks


def _checked(checker: Checker, words: Sequence[str], speaker: str | None) -> Check:
    """The check of the reading that fits best.

    The comma before a cue is the article's; what is word for word without it is so.
    """
    answers: list[Check] = []
    for quote in words:
        try:
            answers.append(checker.check(quote, speaker=speaker))
        except InputError as error:
            answers.append(checker.unanswered(quote, speaker, error.what))
        if answers[0].verdict != "typographic":
            break
    return next((a for a in answers if a.verdict == "verbatim"), answers[0])
