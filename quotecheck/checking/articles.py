"""All quotations of an article, each with the speaker whom the article credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, permutations
from typing import TYPE_CHECKING, Final

from quotecheck.checking.checker import Checker, SemanticFinder
from quotecheck.checking.quoted_words import QuotedWords, quoted_words
from quotecheck.checking.verdict import closest_reading, faultiest, is_fair, least_accusing
from quotecheck.comparison.article_words import ARTICLE_GAP, ArticleReport, denial_before
from quotecheck.errors import InputError
from quotecheck.records.check import Check, CheckedQuotation, Reason
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.span_set import SpanSet
from quotecheck.text.layout import layout_of

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["check_quotations", "checked_quotations"]

_REORDERED: Final = 3
"""Passages of one report up to which each order is tried; there are six of three."""


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
    layout = layout_of(document)
    marked = SpanSet(passage.inner for passage in layout.outermost)
    within = SpanSet(passage.inner for passage in layout.passages if passage.depth == 1)
    checks: list[Check] = []
    for quotation in quotations:
        if not quotation.is_verbatim:
            continue
        # of “she called it ‘a joke’” the inner speaker's words are those in the inner marks
        deep = quotation.parent and any(within.touches(span) for span in quotation.content)
        outer_or_inner = within if deep else marked
        words = quoted_words(document, quotation, outer_or_inner)
        report = ArticleReport(
            words.beside, words.clause, quotation.facts.negated, denial_before(words.lead)
        )
        claimed: list[str | None] = [s.name for s in quotation.speakers if s.name]
        if report.denied or not claimed:
            claimed = [None]
        checks.append(least_accusing([_checked(checker, words, name, report) for name in claimed]))
    return checks


def _checked(
    checker: Checker, words: QuotedWords, speaker: str | None, report: ArticleReport
) -> Check:
    """The check of the reading that fits best.

    The comma before a cue is the article's; what is word for word without it is so. Between two
    pairs of marks an article may say something of its own: what it takes from two sentences it may
    give in another order, or from far apart.
    """

    def check(quote: str) -> Check:
        try:
            return checker.check(quote, speaker=speaker, report=report)
        except InputError as error:
            return checker.unanswered(quote, speaker, error.what, report)

    answers: list[Check] = []
    for quote in words.readings:
        answers.append(check(quote))
        if answers[0].verdict != "typographic":
            break
    printed = closest_reading(answers)
    if len(words.passages) < 2 or is_fair(printed):
        return printed
    if len(words.passages) <= _REORDERED:
        for order in islice(permutations(words.passages), 1, None):
            other = check(f" {ARTICLE_GAP} ".join(order))
            is_better = printed.verdict == "not_found" and other.severity == "wording"
            if is_fair(other) or is_better:
                return _said_apart(printed, other, "in another order")
    each = [check(quote) for quote in words.passages]
    if all(map(is_fair, each)):
        return _said_apart(printed, faultiest(each), "at several places")
    return printed


def _said_apart(printed: Check, other: Check, how: str) -> Check:
    """A check of words rearranged, as that of the quotation as it is printed."""
    reason = Reason("article gap", f"the words in marks stand there {how}")
    return replace(other, quote=printed.quote, reasons=(*other.reasons, reason))


def checked_quotations(
    library: Library,
    document: Document,
    quotations: Sequence[Quotation],
    *,
    semantic: SemanticFinder | None = None,
) -> list[CheckedQuotation]:
    """The direct and mixed quotations of an article, each with its check.

    ``semantic`` is asked where the words fail; see `quotecheck.checking.checker.Checker`.
    """
    worded = [q for q in quotations if q.is_verbatim]
    checks = check_quotations(library, document, worded, semantic=semantic)
    return list(map(CheckedQuotation, checks, worded))
