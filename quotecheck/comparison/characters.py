"""Where the words are equal: whether the characters are."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

from quotecheck.comparison.context import MatchContext, spoken, spoken_after, spoken_before, squeeze
from quotecheck.comparison.words import Words
from quotecheck.language.quotation_characters import ANY_MARK, PRIMES
from quotecheck.records.check import Edit
from quotecheck.records.text import Span

__all__ = ["character_differences", "character_edits", "strip_marks"]

_ENTITY = re.compile(
    r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|amp|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip);"
)
"""A character as it is written in a page: what was copied from its source has them."""
_MARKS: Final = ANY_MARK + PRIMES
_PUNCTUATION: Final = ",.?!;:…—–-"
_PARTNERS: Final = {
    '"': frozenset('"'), "“": frozenset("“”"), "«": frozenset("«»"), "„": frozenset("„“”"),
}  # fmt: skip
"""Opening marks with those that close them or open again: “Go” and wait is not one quotation."""


def character_differences(
    quote: str, words: Words, part: MatchContext, interruptions: Sequence[Span]
) -> list[Edit] | None:
    """The differences of a quotation whose words are those of the source; None where it is equal.

    White space, marks around the quotation and a final comma or stop make no difference.

    Args:
        quote: the quotation, without its outer marks.
        words: its words.
        part: the place.
        interruptions: stretches of the document in which the source interrupts the words.
    """
    span = part.span
    raw = _joined(part, interruptions)
    first, last = words.starts[0], words.ends[-1]
    inner = _spoken_quote(quote, words, first, last)
    same = squeeze(raw) == squeeze(inner) or squeeze(part.raw(span.start, span.end)) == squeeze(
        quote[first:last]
    )
    lead = _spoken_quote(quote, words, 0, first).strip().lstrip(_MARKS).strip()
    tail = _spoken_quote(quote, words, last, len(quote)).strip().rstrip(_MARKS).strip()
    if tail[-1:] in (".", ","):
        tail = tail[:-1].strip()
    if lead:
        same = same and squeeze(spoken_before(part, span.start)).endswith(lead)
    if tail:
        same = same and squeeze(spoken_after(part, span.end)).startswith(tail)
    return None if same else character_edits(squeeze(raw), squeeze(inner))


def _joined(part: MatchContext, interruptions: Sequence[Span]) -> str:
    """The spoken source text of a place, without what interrupts the quotation there."""
    pieces: list[str] = []
    at = part.span.start
    for span in interruptions:
        between = part.raw(span.start, span.end).lstrip()
        stop = between[: len(between) - len(between.lstrip(_PUNCTUATION))]
        pieces.append(spoken(part, at, span.start) + stop)
        at = span.end
    return " ".join([*pieces, spoken(part, at, part.span.end)])


def _spoken_quote(quote: str, words: Words, at: int, end: int) -> str:
    """The quotation between two code points, without what was copied along."""
    pieces: list[str] = []
    for skip in words.skipped:
        if at <= skip.start and skip.end <= end:
            pieces.append(quote[at : skip.start])
            at = skip.end
    return " ".join([*pieces, quote[at:end]])


def character_edits(source: str, quote: str) -> list[Edit]:
    """The tokens in which two texts of the same words differ, as edits of typography.

    >>> [(e.before, e.after) for e in character_edits("It’s late, he said", "It's late he said")]
    [('It’s', "It's"), ('late,', 'late')]
    """
    a, b = source.split(), quote.split()
    if len(a) != len(b):
        return [Edit("typography", source, quote, "none")] if len(a) + len(b) < 60 else []
    return [Edit("typography", x, y, "none") for x, y in zip(a, b, strict=True) if x != y][:200]


def strip_marks(quote: str) -> str:
    """A quotation without white space and one layer of quotation marks around it.

    >>> strip_marks(' “We will not.” ')
    'We will not.'
    """
    text = (html.unescape(quote) if _ENTITY.search(quote) else quote).strip()
    if len(text) >= 2 and text[0] in _MARKS and text[-1] in _MARKS:
        return text[1:-1].strip()
    if len(text) >= 3 and text[0] in _PARTNERS and _PARTNERS[text[0]].isdisjoint(text[1:]):
        return text[1:].strip()
    if (
        len(text) >= 3
        and text[-1] in '"”»'
        and not any(mark in text[:-1] for mark in (text[-1], "“", "«", "„"))
    ):
        return text[:-1].strip()
    return text
