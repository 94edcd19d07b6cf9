"""Equal letters that are other words: an acronym and a pronoun, a hyphen at another place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quotecheck.comparison.context import Part
from quotecheck.comparison.spelling import number_value
from quotecheck.comparison.words import Words
from quotecheck.language.word_classes import DETERMINERS
from quotecheck.records.check import Edit, Severity

__all__ = ["look_alikes"]

_ACRONYMS: Final = frozenset({"us", "who", "it", "aids"})
"""Acronyms that are other words in small letters."""
_HYPHENS: Final = ("-", "‐", "‑")


def look_alikes(quote: str, words: Words, part: Part) -> Iterator[Edit]:
    """The places at which equal folded words of a quotation and its source are other words.

    Args:
        quote: the quotation.
        words: its words.
        part: the place in the source.
    """
    capitals, hyphens = quote != quote.lower(), any(mark in quote for mark in _HYPHENS)
    for block in part.alignment.blocks:
        if block.op != "equal":
            continue
        shift = block.b0 + part.quote_first - block.a0
        found = not _ACRONYMS.isdisjoint(part.source.forms[block.a0 : block.a1])
        for k in range(block.a0, block.a1) if found or hyphens else ():
            if part.source.forms[k] in _ACRONYMS and capitals:
                yield from _acronym(quote, words, k + shift, part, k)
            if hyphens and k + 2 < block.a1:
                yield from _regrouped(quote, words, k + shift, part, k)


def _source_raw(part: Part, k: int) -> str:
    if not 0 <= k < len(part.source):
        return ""
    return part.text[part.source.starts[k] - part.offset : part.source.ends[k] - part.offset]


def _acronym(quote: str, words: Words, q: int, part: Part, k: int) -> Iterator[Edit]:
    """The edit where one side has an acronym and the other a word: the US, us.

    Neither where the words around it are capitals as well. Without an article before it, capitals
    may be an emphasis.
    """

    def own(at: int) -> str:
        return quote[words.starts[at] : words.ends[at]] if 0 <= at < len(words) else ""

    before, after = _source_raw(part, k), own(q)
    if before.isupper() and after.islower():
        around = _source_raw(part, k - 1), _source_raw(part, k + 1)
        named = part.source.forms[k - 1 : k] in (("the",), ("this",))
        severity: Severity = "meaning" if named else "wording"
        if words.forms[q - 1 : q] and words.forms[q - 1] in DETERMINERS - {"that"}:
            return
    elif before.islower() and after.isupper() and after.casefold() == "us":
        around, severity = (own(q - 1), own(q + 1)), "wording"
    else:
        return
    if not any(len(word) > 1 and word.isupper() for word in around):
        yield Edit("name", before, after, severity)


def _regrouped(quote: str, words: Words, q: int, part: Part, k: int) -> Iterator[Edit]:
    """The edit where a hyphen makes another number: twenty-four hour, twenty four-hour."""
    forms = part.source.forms
    if number_value(forms[k : k + 1]) is None or number_value(forms[k + 1 : k + 2]) is None:
        return
    theirs = [part.raw(part.source.ends[j], part.source.starts[j + 1]) for j in (k, k + 1)]
    own = [quote[words.ends[j] : words.starts[j + 1]] for j in (q, q + 1)]
    bound = [[gap in _HYPHENS for gap in gaps] for gaps in (theirs, own)]
    if sorted(bound) == [[False, True], [True, False]] and all(
        gap in _HYPHENS or gap.isspace() for gap in (*theirs, *own)
    ):
        yield Edit(
            "number",
            part.raw(part.source.starts[k], part.source.ends[k + 2]),
            quote[words.starts[q] : words.ends[q + 2]],
            "meaning",
        )
