"""Quotation marks paired into passages: no exception, no guess across paragraphs, linear time.

Each sign has a price for opening, for closing and for being no mark at all (`signs`). The cheapest
reading of the whole paragraph wins, so that one odd sign does not turn the others round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.records.text import QuotedPassage, Span
from quotecheck.text.block_quotations import block_quotations
from quotecheck.text.mark_costs import (
    DOUBLE,
    GUILLEMET,
    PREFIX,
    SINGLE,
    Mark,
    habits_of,
    marks_with_costs,
    opening_family,
)
from quotecheck.text.paragraphs import trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["quoted_passages"]

# Prices, beside those of `signs`: four is what only a mistake explains.
_NESTED = 1.2  # marks of one make within one another
_RESTART = 3.2  # a mark that opens while another passage, never closed, is open
_UNCLOSED = {DOUBLE: 3.0, GUILLEMET: 3.0, SINGLE: 6.0}
_CONTINUED = {DOUBLE: 0.5, GUILLEMET: 0.5, SINGLE: 1.5}  # the next paragraph re-opens
_CARRIED = 1.0  # a passage of a paragraph before goes on without a mark, to be closed here
_CARRIED_OVER = 8  # paragraphs without any mark that such a passage may run through
_BYLINE = 8  # words: pull quotations print their speaker's name inside the closing mark
_LONG_POSSESSIVE = 150  # a single-quoted stretch this long does not end on "…s'"
_LONGEST_SENTENCE = 600  # code points looked back through for its beginning
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bGen)"
    r"(?<![A-Z])[.!?][\"”’')\]]*\s+"
)


@dataclass(frozen=True, slots=True)
class _Pair:
    outer: Span
    inner: Span
    closed: bool
    opening_families: bool  # stands at the beginning of its paragraph
    trails: bool  # runs to the end of its paragraph for want of a closing mark
    family: int


def quoted_passages(
    text: str, paragraphs: Sequence[Span], blocks: Sequence[Span] = ()
) -> tuple[QuotedPassage, ...]:
    """Find every stretch in quotation marks, the outermost and those within them.

    Knows “ ”, " ", ' ', ‘ ’, « », „ “, '' '', `` '', ‹ › and their mixtures. Apostrophes,
    possessives, elisions, feet and inches are left alone. A passage never crosses a paragraph:
    where the closing mark is missing it runs to the paragraph's end with ``closed`` False, and
    where the next paragraph re-opens it, or an unmarked one closes it, that one's passage has
    ``continues`` True. Where the opening mark is missing, ``outer`` and ``inner`` begin alike. A
    mark that nothing pairs with is passed over.

    Args:
        text: the raw text.
        paragraphs: its paragraphs in order, as `text.paragraphs` gives them.
        blocks: set-off quotations that need no marks. Each paragraph of a block becomes a passage
            with ``block`` True; marks that enclose all of it are left out of its ``inner`` span. A
            last line "— Name" is credit, no part of the quotation.

    Returns:
        Passages in order of the text, an enclosing one before those within it. Any two are
        disjoint or nested. ``inner`` is without the marks and the white space beside them.

    >>> text = "“It’s ‘over’,” she said."
    >>> [(p.inner.of(text), p.depth) for p in quoted_passages(text, [Span(0, len(text))])]
    [('It’s ‘over’,', 0), ('over', 1)]
    """
    habits = habits_of(text)
    opening_families = [opening_family(text, paragraph) for paragraph in paragraphs]
    passage_pairs: list[tuple[_Pair, bool]] = []
    before: _Pair | None = None  # the passage that an earlier paragraph left open
    bare: list[Span] = []  # paragraphs without any mark since then
    for number, paragraph in enumerate(paragraphs):
        following = opening_families[number + 1] if number + 1 < len(opening_families) else None
        marks = marks_with_costs(text, paragraph, habits)
        if before is not None and not any(mark.family == before.family for mark in marks):
            bare.append(paragraph)
            if len(bare) > _CARRIED_OVER:
                before = None
        reopened = before is not None and opening_families[number] == before.family
        carried = before.family if before is not None and not reopened else None
        pairs = _paragraph_pairs(text, paragraph, marks, following, carried)
        for pair in pairs:
            continues = (
                before is not None and pair.opening_families and pair.family == before.family
            )
            if continues and pair.outer.start == pair.inner.start:  # no mark: it was carried here
                passage_pairs += [(_whole(between, pair.family), True) for between in bare]
            passage_pairs.append((pair, continues))
            if continues:
                before = None
        trailing = next((pair for pair in pairs if pair.trails), None)
        if trailing is not None or any(m.family in (DOUBLE, GUILLEMET) for m in marks):
            before, bare = trailing, []
    return _with_depths(passage_pairs, block_quotations(text, paragraphs, blocks))


def _whole(paragraph: Span, family: int) -> _Pair:
    return _Pair(paragraph, paragraph, False, True, True, family)


# ------------------------------------------------------------------------------------ pairing them


def _paragraph_pairs(
    text: str,
    paragraph: Span,
    marks: Sequence[Mark],
    following: int | None,
    carried: int | None,
) -> list[_Pair]:
    """The pairs of one paragraph.

    Args:
        text: the raw text.
        paragraph: where it stands.
        marks: its marks, priced.
        following: the family of the mark that the next paragraph begins with.
        carried: the family of a passage that an earlier paragraph left open.
    """
    if not marks:
        return []
    pairs: list[_Pair] = []
    for family in (DOUBLE, GUILLEMET):
        family_marks = [mark for mark in marks if mark.family == family]
        if family_marks:
            end = paragraph.end
            pairs += _read(text, family_marks, paragraph, family, end, following, carried == family)
    pairs = _uncrossed(pairs)
    singles = [mark for mark in marks if mark.family == SINGLE]
    for region, region_pairs in _by_region(singles, pairs):
        limit = region.end if region else paragraph.end
        single_pairs = _read(text, region_pairs, paragraph, SINGLE, limit, following)
        pairs += [pair for pair in single_pairs if not _overlong_possessive(text, pair)]
    return _uncrossed(pairs)


def _read(
    text: str,
    marks: Sequence[Mark],
    paragraph: Span,
    family: int,
    limit: int,
    following: int | None,
    carried: bool = False,
) -> list[_Pair]:
    """The cheapest reading of one family's marks, as pairs."""
    unclosed = (_CONTINUED if following == family else _UNCLOSED)[family]
    deepest = 1 if family == SINGLE else 2
    pairs: list[_Pair] = []
    free = paragraph.start  # where the last passage ended
    for opened, closed, stop in _cheapest(marks, unclosed, deepest=deepest, carried=carried):
        if opened is None and closed is not None:
            begin = inner_start = _unopened(text, paragraph, marks[closed], free, carried)
            if begin < 0:
                continue
        elif opened is not None:
            begin, inner_start = marks[opened].start, marks[opened].end
        else:
            continue
        trails = closed is None and stop is None
        if closed is not None:
            end, inner_end = marks[closed].end, marks[closed].start
        else:
            end = inner_end = limit if stop is None else marks[stop].start
        inner = trimmed(text, inner_start, inner_end)
        if inner is None:
            continue  # nothing between the marks
        if closed is None:
            end = inner.end
        opening_families = begin - paragraph.start < 8 and not text[paragraph.start : begin].strip(
            PREFIX
        )
        pairs.append(
            _Pair(Span(begin, end), inner, closed is not None, opening_families, trails, family)
        )
        free = max(free, end)
    return pairs


def _unopened(text: str, paragraph: Span, mark: Mark, free: int, carried: bool) -> int:
    """Where a passage begins whose closing mark has no opening one; -1 for nowhere.

    It begins with the paragraph where an earlier one left it open. Else only the form «…, he said»
    is sure enough: a mark after a comma in the middle of a sentence, which it then opens.
    """
    if carried and free == paragraph.start:
        stretch = text[paragraph.start : mark.start]
        byline = stretch[:1].isupper() and len(stretch[:400].split()) <= _BYLINE
        return -1 if byline else paragraph.start
    after = text[mark.end : mark.end + 2]
    if text[mark.start - 1] not in ",?!" or not (after[:1].isspace() and after[1:].isalpha()):
        return -1
    window = max(free, mark.start - _LONGEST_SENTENCE)
    begin = window
    for match in _SENTENCE_END.finditer(text, window, mark.start):
        begin = match.end()
    return begin if begin > window or window == paragraph.start else -1


def _cheapest(
    marks: Sequence[Mark], unclosed: float, *, deepest: int, carried: bool
) -> list[tuple[int | None, int | None, int | None]]:
    """Viterbi over the number of open passages.

    Returns:
        (opening mark, closing mark, mark that breaks it off) by index, None for what is missing.
        A closing mark that stands alone comes without an opening one.
    """
    infinite = float("inf")
    costs = [0.0] + [infinite] * deepest
    if carried:
        costs[1] = _CARRIED
    back: list[list[str]] = []
    for mark in marks:
        now = [cost + mark.stray for cost in costs]
        how = ["stray"] * (deepest + 1)
        for depth in range(deepest + 1):
            if depth < deepest:
                price = costs[depth + 1] + mark.closing
                if price < now[depth]:
                    now[depth], how[depth] = price, "close"
            if depth > 0:
                price = costs[depth - 1] + mark.opening + (_NESTED if depth > 1 else 0.0)
                if price < now[depth]:
                    now[depth], how[depth] = price, "open"
        if deepest > 1:
            price = costs[1] + mark.opening + _RESTART
            if price < now[1]:
                now[1], how[1] = price, "restart"
        costs = now
        back.append(how)
    depth = min(range(deepest + 1), key=lambda d: costs[d] + unclosed * d)
    actions: list[str] = []
    for how in reversed(back):
        action = how[depth]
        actions.append(action)
        depth += {"open": -1, "close": 1}.get(action, 0)
    stack: list[int | None] = [None] * depth  # a passage carried here has no opening mark
    matches: list[tuple[int | None, int | None, int | None]] = []
    for place, action in enumerate(reversed(actions)):
        if action == "restart":
            matches.append((stack.pop(), None, place))
        if action in {"open", "restart"}:
            stack.append(place)
        elif action == "close":
            matches.append((stack.pop(), place, None))
        elif not stack and marks[place].closing < marks[place].opening:
            matches.append((None, place, None))
    matches += [(place, None, None) for place in stack]
    return sorted(matches, key=lambda f: f[1] if f[0] is None and f[1] is not None else f[0] or 0)


def _uncrossed(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Pairs in order, without those that cross the end of one begun before them."""
    uncrossed: list[_Pair] = []
    stack: list[_Pair] = []
    for pair in sorted(pairs, key=lambda p: (p.outer.start, -p.outer.end)):
        while stack and stack[-1].outer.end <= pair.outer.start:
            stack.pop()
        if stack and pair.outer.end > stack[-1].outer.end:
            continue
        stack.append(pair)
        uncrossed.append(pair)
    return uncrossed


def _by_region(
    singles: Sequence[Mark], pairs: Sequence[_Pair]
) -> list[tuple[Span | None, list[Mark]]]:
    """Single marks grouped by the innermost passage they stand in."""
    groups: dict[Span | None, list[Mark]] = {}
    stack: list[Span] = []
    waiting = iter(pairs)
    pair = next(waiting, None)
    for mark in singles:
        while pair is not None and pair.outer.start <= mark.start:
            stack.append(pair.inner)
            pair = next(waiting, None)
        while stack and stack[-1].end <= mark.start:
            stack.pop()
        groups.setdefault(stack[-1] if stack else None, []).append(mark)
    return list(groups.items())


def _overlong_possessive(text: str, pair: _Pair) -> bool:
    tail = text[pair.inner.end - 1]
    return (
        pair.closed
        and tail in "sz"
        and pair.outer.end - pair.outer.start > _LONG_POSSESSIVE
        and text[pair.outer.start] in "'’"
    )


# ------------------------------------------------------------------------------------------ nesting


def _with_depths(
    pairs: Sequence[tuple[_Pair, bool]], blocks: Sequence[QuotedPassage]
) -> tuple[QuotedPassage, ...]:
    passages = [
        QuotedPassage(pair.outer, pair.inner, closed=pair.closed, continues=continues)
        for pair, continues in pairs
    ]
    if blocks:
        passages = _merged(passages, blocks)
    nested: list[QuotedPassage] = []
    ends: list[int] = []
    for passage in sorted(passages, key=lambda p: (p.outer.start, -p.outer.end)):
        while ends and ends[-1] <= passage.outer.start:
            ends.pop()
        if ends and passage.outer.end > ends[-1]:
            continue  # crosses the edge of a block
        nested.append(
            QuotedPassage(
                passage.outer,
                passage.inner,
                depth=len(ends),
                closed=passage.closed,
                continues=passage.continues,
                block=passage.block,
            )
        )
        ends.append(passage.outer.end)
    return tuple(nested)


def _merged(passages: list[QuotedPassage], blocks: Sequence[QuotedPassage]) -> list[QuotedPassage]:
    """Blocks and marked passages; marks around all of a block are the block's own."""
    whole = {passage.outer: passage for passage in passages}
    result: list[QuotedPassage] = []
    absorbed: set[Span] = set()
    for block in blocks:
        around = whole.get(block.inner)
        if around is None:
            result.append(block)
            continue
        absorbed.add(around.outer)
        result.append(
            QuotedPassage(
                block.outer,
                around.inner,
                closed=around.closed,
                continues=block.continues,
                block=True,
            )
        )
    return result + [passage for passage in passages if passage.outer not in absorbed]
