"""All quotations of an article, each with the speaker whom the article credits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotecheck.checking.checker import Checker, SemanticFinder
from quotecheck.checking.verdict import closest_reading, least_accusing
from quotecheck.comparison.wording import strip_marks
from quotecheck.errors import InputError
from quotecheck.records.check import Check, CheckedQuotation
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.span_set import SpanSet
from quotecheck.records.text import Span
from quotecheck.text.layout import layout_of

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["check_quotations", "checked_quotations", "quoted_spans", "readings"]


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
        words = readings(document.text, quoted_spans(document, quotation, outer_or_inner))
        claimed: list[str | None] = [s.name for s in quotation.speakers if s.name]
        if quotation.facts.negated:
            checks.append(_checked(checker, words, None, denied=True))
            continue
        answers = [_checked(checker, words, name) for name in claimed or [None]]
        checks.append(least_accusing(answers))
    return checks


def _checked(
    checker: Checker, words: Sequence[str], speaker: str | None, *, denied: bool = False
) -> Check:
    """The check of the reading that fits best.

    The comma before a cue is the article's; what is word for word without it is so.
    """
    answers: list[Check] = []
    for quote in words:
        try:
            answers.append(checker.check(quote, speaker=speaker, denied=denied))
        except InputError as error:
            answers.append(checker.unanswered(quote, speaker, error.what, denied=denied))
        if answers[0].verdict != "typographic":
            break
    return closest_reading(answers)


def quoted_spans(document: Document, quotation: Quotation, marked: SpanSet) -> list[Span]:
    """The places of the words that an article prints as somebody's own.

    Of «that “maps are for tourists”» these are the three words in marks: the rest is the article's
    paraphrase. Content without any mark (a turn of a transcript) counts whole.
    """
    inside = [part for span in quotation.content for part in marked.within(span)]
    letters = [p for p in inside if any(c.isalnum() for c in p.of(document.text))]
    return letters or list(quotation.content)


def readings(text: str, spans: Sequence[Span]) -> list[str]:
    """The quotation as printed; and, when it is split, without the commas before the cue.

    Such a comma may also stand where the speaker made a full stop: "We paid," she said. "Twice."
    """
    pieces = [strip_marks(span.of(text)) for span in spans]
    pieces = [piece for piece in pieces if piece]
    bare = [piece.rstrip(" ,") for piece in pieces[:-1]] + pieces[-1:]
    ended = [
        piece + "." * (was != piece and after[:1].isupper())
        for was, piece, after in zip(pieces, bare, [*bare[1:], ""], strict=True)
    ]
    return list(dict.fromkeys(" ".join(form) for form in (pieces, bare, ended)))


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
