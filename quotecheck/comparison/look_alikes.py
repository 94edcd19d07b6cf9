"""Equal letters that are other words: May and may, the US and us, a hyphen at another place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quotecheck.comparison.context import MatchContext
from quotecheck.comparison.spelling import number_value
from quotecheck.comparison.words import Words
from quotecheck.language.capital_words import OTHER_WITH_CAPITAL
from quotecheck.language.compounds import HARMED, HARMING
from quotecheck.language.word_classes import DETERMINERS
from quotecheck.records.check import Edit, Severity

__all__ = ["look_alikes"]

_ACRONYMS: Final = frozenset({"us", "who", "it", "aids"})
"""Acronyms that are other words in small letters."""
_HYPHENS: Final = ("-", "‐", "‑")
_OPENING: Final = '.!?…:;“”"‘([—–*_#>'
"""After these a capital belongs to the place, not to the word."""
_LEAD_CHARS: Final = 12
"""Code points before a word in which the end of the sentence before it is looked for."""


def look_alikes(quote: str, words: Words, part: MatchContext) -> Iterator[Edit]:
    """The places at which equal folded words of a quotation and its source are other words.

    Args:
        quote: the quotation.
        words: its words.
        part: the place in the source.
    """
    capitals = quote != quote.lower()
    hyphens = any(mark in quote or mark in part.text for mark in _HYPHENS)
    cased: list[Edit] = []
    restyled = False
    for block in part.alignment.blocks:
        if block.op != "equal":
            continue
        shift = block.b0 + part.quote_first - block.a0
        forms = part.source.forms
        has_acronym = not _ACRONYMS.isdisjoint(forms[block.a0 : block.a1])
        for k in range(block.a0, block.a1):
            if has_acronym and forms[k] in _ACRONYMS and capitals:
                yield from _acronym(quote, words, k + shift, part, k)
            elif _is_recased(quote, words, k + shift, part, k):
                if _may_be_either(quote, words, k + shift, part, k):
                    restyled = restyled or not capitals
                elif forms[k] in OTHER_WITH_CAPITAL:
                    quoted = quote[words.starts[k + shift] : words.ends[k + shift]]
                    cased.append(Edit("name", _source_raw(part, k), quoted, "wording"))
                else:
                    restyled = True
            if hyphens:
                yield from _regrouped(quote, words, k + shift, part, k, block.a1)
    if not restyled:
        yield from cased


def _is_recased(quote: str, words: Words, q: int, part: MatchContext, k: int) -> bool:
    """Whether the first letter of a word is a capital on one side alone."""
    before = part.text[part.source.starts[k] - part.offset]
    after = quote[words.starts[q]]
    return before.isupper() != after.isupper()


def _may_be_either(quote: str, words: Words, q: int, part: MatchContext, k: int) -> bool:
    """Whether a word has its capital from its place: at the beginning of a sentence or a title."""
    if _source_raw(part, k)[:1].isupper():
        at = part.source.starts[k] - part.offset
        return not k or _begins_there(part.text[max(0, at - _LEAD_CHARS) : at])
    return (
        not q
        or _begins_there(quote[max(0, words.starts[q] - _LEAD_CHARS) : words.starts[q]])
        or "[" in quote[words.ends[q - 1] : words.starts[q]]
    )


def _source_raw(part: MatchContext, k: int) -> str:
    if not 0 <= k < len(part.source):
        return ""
    return part.text[part.source.starts[k] - part.offset : part.source.ends[k] - part.offset]


def _acronym(quote: str, words: Words, q: int, part: MatchContext, k: int) -> Iterator[Edit]:
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


def _begins_there(lead: str) -> bool:
    """Whether a capital after this text of the source only opens a sentence, line or title."""
    before = lead.rstrip()
    return (
        not before
        or "\n" in lead[len(before) :]
        or before[-1] in _OPENING
        or (before.endswith("--"))
    )


def _regrouped(
    quote: str, words: Words, q: int, part: MatchContext, k: int, end: int
) -> Iterator[Edit]:
    """The edit where a hyphen stands at another place: light-house keeper, light house-keeper.

    Between numbers that is another number. A hyphen left out alone changes nothing, except where
    the noun before it becomes the one that does it: a man-eating shark, a man eating shark.
    """
    last = min(k + 3, end)
    source_gaps = [
        part.raw(part.source.ends[j], part.source.starts[j + 1]) for j in range(k, last - 1)
    ]
    quote_gaps = [quote[words.ends[j] : words.starts[j + 1]] for j in range(q, q + last - 1 - k)]
    if not all(gap in _HYPHENS or gap.isspace() for gap in (*source_gaps, *quote_gaps)):
        source_gaps, quote_gaps, last = source_gaps[:1], quote_gaps[:1], k + 2
        if not all(gap in _HYPHENS or gap.isspace() for gap in (*source_gaps, *quote_gaps)):
            return
    bound = [[gap in _HYPHENS for gap in gaps] for gaps in (source_gaps, quote_gaps)]
    forms = part.source.forms[k:last]
    numbers = [number_value((form,)) is not None for form in forms]
    before = part.raw(part.source.starts[k], part.source.ends[last - 1])
    after = quote[words.starts[q] : words.ends[q + last - 1 - k]]
    if sorted(bound) == [[False, True], [True, False]]:
        if numbers[:2] == [True, True]:
            yield Edit("number", before, after, "meaning")
        else:
            yield Edit("division", before, after, "wording")
    elif bound[0] != bound[1] and forms[0] in HARMED and forms[1] in HARMING:
        yield Edit("division", before, after, "wording")
    elif sorted(bound) == [[False, True], [True, True]] and numbers[0]:
        several = part.source.forms[k + 3 : k + 4]
        counted = k and part.source.forms[k - 1] in ("a", "an")
        if not counted and several and several[0].endswith("s"):
            yield Edit("number", before, after, "wording")  # three year-old ponies
