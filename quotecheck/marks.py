"""Quotation marks paired into passages: no exception, no guess across paragraphs, linear time.

The same sign opens, closes, or is no quotation mark at all (an apostrophe, inches, a slip). Each
sign gets a price for each of these readings from its glyph and its surroundings, and the cheapest
reading of the whole paragraph wins, so that one odd sign does not turn the others round.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.annotations import QuotedPassage, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["quoted_passages"]

# Families of marks. Doubles and guillemets pair freely in a paragraph; singles, which look like
# apostrophes, pair only inside one passage of the others or outside all of them.
_DOUBLE, _GUILLEMET, _SINGLE = range(3)

_GLYPHS = re.compile(
    r"""
    (?P<rule>(?P<sign>["'`\u2018-\u201f\xab\xbb])(?P=sign){3,})  # a run of four is an ornament
    | '{2,3} | ``(?!`) | \u2018\u2018(?!\u2018) | \u2019\u2019(?!\u2019)
    | ["\u201c\u201d\u201e\u201f\uff02\u301d\u301e\u275d\u275e\xab\xbb]
    | [\u2039\u203a\u201a\u201b]
    | (?<![^\W_])['\u2018\u2019`]
    | ['\u2018\u2019`](?![^\W_])
    """,
    re.VERBOSE,
)
# Signs that are no quotation marks wherever they stand: feet and inches, rock 'n' roll.
_MEASURES = re.compile(r"\d['’′]\s?\d{1,2}(?:[\"”″]|''|’’)|(?<=\s)['’‘]n['’](?=\s)")
_ELISIONS = re.compile(
    r"(?:\d0s|\d\d(?!\d|,\d)|(?:tis|twas|twere|twill|twould|em|til|till|cause|cos|coz|n|round|bout|nother"
    r"|neath|fore|ere|gainst|mongst|ol|sup|fraid|nuff|tude|hood|burbs|kay|course|cept|specially|spose"
    r"|scuse|ave|ad|im|er|is|e|eard|ard|ouse|appen|member)(?![^\W_]))",
    re.IGNORECASE,
)
_TRANSPARENT = "*_"  # Markdown's emphasis: marks stand inside or outside of it
_PREFIX = "*_> "  # what may stand before the mark that leads a paragraph
_OPENERS = "([{<"
_DASHES = "-–—―…/"
_STOPS = ".,;:!?)]}%"

# Prices. Zero is what the surroundings plainly say; four is what only a mistake explains.
_OPEN = {  # by left and right neighbour: gap, dash, stop, word
    "gap": {"word": 0.0, "gap": 1.0, "stop": 2.0, "dash": 0.4},
    "dash": {"word": 0.3, "gap": 2.0, "stop": 3.0, "dash": 1.0},
    "stop": {"word": 0.5, "gap": 3.0, "stop": 3.0, "dash": 2.0},
    "word": {"word": 1.5, "gap": 3.0, "stop": 4.0, "dash": 3.0},
}
_CLOSE = {
    "gap": {"word": 2.5, "gap": 1.0, "stop": 1.0, "dash": 1.0},
    "dash": {"word": 1.5, "gap": 0.2, "stop": 0.2, "dash": 0.5},
    "stop": {"word": 0.5, "gap": 0.0, "stop": 0.0, "dash": 0.0},
    "word": {"word": 1.2, "gap": 0.0, "stop": 0.0, "dash": 0.1},
}
_WRONG_WAY = 2.0  # a directed glyph used the other way
_STRAY = 4.0
_INCHES = 1.5  # a double mark after a digit
_NESTED = 1.2  # marks of one make within one another
_RESTART = 3.2  # a mark that opens while another passage, never closed, is open
_UNCLOSED = {_DOUBLE: 3.0, _GUILLEMET: 3.0, _SINGLE: 6.0}
_CONTINUED = {_DOUBLE: 0.5, _GUILLEMET: 0.5, _SINGLE: 1.5}  # the next paragraph re-opens
_LONG_POSSESSIVE = 150  # a single-quoted stretch this long does not end on "…s'"


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: int
    opening: float
    closing: float
    stray: float


@dataclass(frozen=True, slots=True)
class _Pair:
    outer: Span
    inner: Span
    closed: bool
    leads: bool  # stands at the beginning of its paragraph
    trails: bool  # runs to the end of its paragraph for want of a closing mark
    family: int


@dataclass(frozen=True, slots=True)
class _Habits:
    """How a text uses the glyphs that different languages use differently."""

    low_opening: bool  # „so“
    right_only: bool  # ”so”
    left_only: bool  # “so“
    backticks: bool  # ``so''
    inward: bool  # »so«
    low_single: bool  # ‚so‘


def quoted_passages(
    text: str, paragraphs: Sequence[Span], blocks: Sequence[Span] = ()
) -> tuple[QuotedPassage, ...]:
    """Find every stretch in quotation marks, the outermost and those within them.

    Knows “ ”, " ", ' ', ‘ ’, « », „ “, '' '', `` '', ‹ › and their mixtures. Apostrophes,
    possessives, elisions, feet and inches are left alone. A passage never crosses a paragraph:
    where the closing mark is missing it runs to the paragraph's end with ``closed`` False, and
    where the next paragraph re-opens it, that one's passage has ``continues`` True. A mark that
    nothing pairs with is passed over.

    Args:
        text: the raw text.
        paragraphs: its paragraphs in order, as `text.paragraphs` gives them.
        blocks: set-off quotations that need no marks. Each paragraph of a block becomes a passage
            with ``block`` True; marks that enclose all of it are left out of its ``inner`` span.

    Returns:
        Passages in order of the text, an enclosing one before those within it. Any two are
        disjoint or nested. ``inner`` is without the marks and the white space beside them.

    >>> text = "“It’s ‘over’,” she said."
    >>> [(p.inner.of(text), p.depth) for p in quoted_passages(text, [Span(0, len(text))])]
    [('It’s ‘over’,', 0), ('over', 1)]
    """
    habits = _habits(text)
    leads = [_lead(text, paragraph) for paragraph in paragraphs]
    found: list[tuple[_Pair, bool]] = []
    before: _Pair | None = None  # the passage that the last paragraph left open
    for number, paragraph in enumerate(paragraphs):
        following = leads[number + 1] if number + 1 < len(leads) else None
        pairs = _paragraph_pairs(text, paragraph, habits, following)
        for pair in pairs:
            continues = before is not None and pair.leads and pair.family == before.family
            found.append((pair, continues))
            if continues:
                before = None
        before = next((pair for pair in pairs if pair.trails), None)
    return _with_depths(found, _block_passages(text, paragraphs, blocks))


# ------------------------------------------------------------------------------- reading the signs


def _habits(text: str) -> _Habits:
    return _Habits(
        low_opening="„" in text,
        right_only="”" in text and "“" not in text and "„" not in text,
        left_only="“" in text and "”" not in text and "„" not in text,
        backticks="``" in text,
        inward=_points_inward(text),
        low_single="‚" in text,
    )


def _points_inward(text: str) -> bool:
    """Whether guillemets point at what they enclose, »so«, as in German and Danish."""
    inward = len(re.findall(r"(?:^|[\s(])»(?=\w)|(?<=[\w.,!?])«(?=[\s.,;:!?)]|$)", text, re.M))
    outward = len(
        re.findall(r"(?:^|[\s(])«(?=[\s\w])|(?<=[\w.,!?\s])»(?=[\s.,;:!?)]|$)", text, re.M)
    )
    return inward > outward


def _lead(text: str, paragraph: Span) -> int | None:
    """The family of the mark that a paragraph begins with, if it begins with one."""
    head = text[paragraph.start : paragraph.start + 4].lstrip(_PREFIX)
    if not head:
        return None
    if head.startswith(("''", "``", "‘‘")) or head[0] in '"“”„‟＂〝❝':
        return _DOUBLE
    if head[0] in "«»":
        return _GUILLEMET
    return _SINGLE if head[0] in "'‘‚‹" else None


def _marks(text: str, paragraph: Span, habits: _Habits) -> list[_Mark]:
    """Every sign of a paragraph that may be a quotation mark, priced."""
    spans: list[tuple[int, int]] = []
    measures = _MEASURES.finditer(text, paragraph.start, paragraph.end)
    measure = next(measures, None)
    for match in _GLYPHS.finditer(text, paragraph.start, paragraph.end):
        if match["rule"]:
            continue
        start, end = match.span()
        while measure is not None and measure.end() <= start:
            measure = next(measures, None)
        if measure is not None and measure.start() <= start:
            continue
        if end - start == 3:  # ''' is a double and a single; which comes first, the side tells
            opens = _side(text, start - 1, paragraph, -1) in {"gap", "dash"}
            cut = start + 2 if opens else start + 1
            spans += [(start, cut), (cut, end)]
        else:
            spans.append((start, end))
    marks: list[_Mark] = []
    first = 0
    while first < len(spans):  # neighbouring marks share their surroundings
        last = first
        while last + 1 < len(spans) and _touch(text, spans[last][1], spans[last + 1][0]):
            last += 1
        left = _side(text, spans[first][0] - 1, paragraph, -1)
        right = _side(text, spans[last][1], paragraph, 1)
        for place in range(first, last + 1):
            alone = first == last
            marks.append(_priced(text, *spans[place], left, right, alone, paragraph, habits))
        first = last + 1
    return marks


def _touch(text: str, end: int, start: int) -> bool:
    return end == start or (start - end == 1 and text[end] in "\u2009\u200a\u202f\xa0")


def _side(text: str, place: int, paragraph: Span, step: int) -> str:
    """What stands beside a mark: a gap, a dash, a stop or a word."""
    for _ in range(3):
        if paragraph.start <= place < paragraph.end and text[place] in _TRANSPARENT:
            place += step
    if not paragraph.start <= place < paragraph.end:
        return "gap"
    char = text[place]
    if char.isspace():
        return "gap"
    if char == "." and text[place : place + 2 * step : step] == "..":
        return "dash"  # an ellipsis stands before and after words alike
    if char in _DASHES:
        return "dash"
    if step < 0:
        return "gap" if char in _OPENERS else "stop" if char in _STOPS else "word"
    return "word" if char in _OPENERS or char not in _STOPS else "stop"


def _priced(
    text: str,
    start: int,
    end: int,
    left: str,
    right: str,
    alone: bool,
    paragraph: Span,
    habits: _Habits,
) -> _Mark:
    glyph = text[start:end]
    opening, closing = _OPEN[left][right], _CLOSE[left][right]
    if left == right == "gap" and start == paragraph.start:
        opening = 0.3
    if len(glyph) == 2 or glyph in '"“”„‟＂〝〞❝❞':
        opening, closing = _double_ways(glyph, opening, closing, habits)
        inches = glyph in {'"', "”", "''"} and text[start - 1 : start].isdigit() and right != "word"
        return _Mark(start, end, _DOUBLE, opening, closing, _INCHES if inches else _STRAY)
    if glyph in "«»":
        opens = (glyph == "»") == habits.inward
        # A space on the inner side is how French prints them.
        if opens:
            return _Mark(start, end, _GUILLEMET, 0.0, closing + _WRONG_WAY, _STRAY)
        return _Mark(start, end, _GUILLEMET, opening + _WRONG_WAY, 0.0, _STRAY)
    return _single(text, start, end, left, right, alone, habits)


def _double_ways(
    glyph: str, opening: float, closing: float, habits: _Habits
) -> tuple[float, float]:
    if glyph in {"„", "‟", "``", "〝", "❝", "‘‘"}:
        closing += _WRONG_WAY
    elif glyph in {"〞", "❞", "’’"}:
        opening += _WRONG_WAY
    elif glyph == "“" and not habits.left_only:
        closing += 0.0 if habits.low_opening else _WRONG_WAY
        opening += 0.5 if habits.low_opening else 0.0
    elif (glyph == "”" and not habits.right_only) or (glyph == "''" and habits.backticks):
        opening += _WRONG_WAY
    return opening, closing


def _single(
    text: str, start: int, end: int, left: str, right: str, alone: bool, habits: _Habits
) -> _Mark:
    """Price a single mark, whose third reading is the apostrophe."""
    glyph = text[start:end]
    opening, closing, apostrophe = _OPEN[left][right], _CLOSE[left][right], 2.5
    if glyph in "‹›":
        way = (0.0, _WRONG_WAY) if (glyph == "›") == habits.inward else (_WRONG_WAY, 0.0)
        return _Mark(start, end, _SINGLE, opening + way[0], closing + way[1], apostrophe)
    if left == "gap" and right == "gap" and alone:
        opening, closing, apostrophe = 2.0, 2.0, 1.5
    elif left in {"gap", "dash"} and right in {"word", "dash"}:
        if _ELISIONS.match(text, end):
            opening, apostrophe = opening + 2.5, 0.0
    elif left == "stop":
        apostrophe = 4.0
    elif left == "word" and alone:
        tail = text[max(0, start - 3) : start].lower()
        if tail[-1:] in {"s", "z", "x"}:
            closing, apostrophe = closing + 1.0, 0.6
        elif tail.endswith(("in", "an", "th", "ol", " o")):
            closing, apostrophe = closing + 0.4, 0.8
        else:
            closing, apostrophe = closing + 0.3, 2.0
    if glyph == "’":
        opening += 3.0
        apostrophe = min(apostrophe, 1.0) if left == "gap" else apostrophe
    elif glyph in "‘‛":
        closing += 0.0 if habits.low_single else 2.5
        apostrophe += 0.5 if apostrophe > 1 else 0.2
    elif glyph == "‚":
        closing += 4.0
    elif glyph == "`":
        opening, closing, apostrophe = opening + 0.3, closing + _WRONG_WAY, 1.5
    return _Mark(start, end, _SINGLE, opening, closing, apostrophe)


# ------------------------------------------------------------------------------------ pairing them


def _paragraph_pairs(
    text: str, paragraph: Span, habits: _Habits, following: int | None
) -> list[_Pair]:
    marks = _marks(text, paragraph, habits)
    if not marks:
        return []
    pairs: list[_Pair] = []
    for family in (_DOUBLE, _GUILLEMET):
        own = [mark for mark in marks if mark.family == family]
        if own:
            pairs += _read(text, own, paragraph, family, paragraph.end, following)
    pairs = _uncrossed(pairs)
    singles = [mark for mark in marks if mark.family == _SINGLE]
    for region, held in _by_region(singles, pairs):
        limit = region.end if region else paragraph.end
        found = _read(text, held, paragraph, _SINGLE, limit, following)
        pairs += [pair for pair in found if not _overlong_possessive(text, pair)]
    return _uncrossed(pairs)


def _read(
    text: str,
    marks: Sequence[_Mark],
    paragraph: Span,
    family: int,
    limit: int,
    following: int | None,
) -> list[_Pair]:
    """The cheapest reading of one family's marks, as pairs."""
    unclosed = (_CONTINUED if following == family else _UNCLOSED)[family]
    pairs: list[_Pair] = []
    for opened, closed, stop in _cheapest(marks, unclosed, deepest=1 if family == _SINGLE else 2):
        begin = marks[opened].start
        trails = closed is None and stop is None
        if closed is not None:
            end, inner_end = marks[closed].end, marks[closed].start
        else:
            end = inner_end = limit if stop is None else marks[stop].start
        inner = _trimmed(text, marks[opened].end, inner_end)
        if inner is None:
            continue  # nothing between the marks
        if closed is None:
            end = inner.end
        lead = begin - paragraph.start < 8 and not text[paragraph.start : begin].strip(_PREFIX)
        pairs.append(_Pair(Span(begin, end), inner, closed is not None, lead, trails, family))
    return pairs


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _cheapest(
    marks: Sequence[_Mark], unclosed: float, *, deepest: int
) -> list[tuple[int, int | None, int | None]]:
    """Viterbi over the number of open passages.

    Returns:
        (opening mark, closing mark or None, mark that breaks it off or None), by index.
    """
    infinite = float("inf")
    costs = [0.0] + [infinite] * deepest
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
    stack: list[int] = []
    found: list[tuple[int, int | None, int | None]] = []
    for place, action in enumerate(reversed(actions)):
        if action == "restart":
            found.append((stack.pop(), None, place))
        if action in {"open", "restart"}:
            stack.append(place)
        elif action == "close":
            found.append((stack.pop(), place, None))
    found += [(place, None, None) for place in stack]
    return sorted(found)


def _uncrossed(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Pairs in order, without those that cross the end of one begun before them."""
    kept: list[_Pair] = []
    stack: list[_Pair] = []
    for pair in sorted(pairs, key=lambda p: (p.outer.start, -p.outer.end)):
        while stack and stack[-1].outer.end <= pair.outer.start:
            stack.pop()
        if stack and pair.outer.end > stack[-1].outer.end:
            continue
        stack.append(pair)
        kept.append(pair)
    return kept


def _by_region(
    singles: Sequence[_Mark], pairs: Sequence[_Pair]
) -> list[tuple[Span | None, list[_Mark]]]:
    """Single marks grouped by the innermost passage they stand in."""
    groups: dict[Span | None, list[_Mark]] = {}
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


# ------------------------------------------------------------------------------ blocks and nesting


def _block_passages(
    text: str, paragraphs: Sequence[Span], blocks: Sequence[Span]
) -> list[QuotedPassage]:
    found: list[QuotedPassage] = []
    number = 0
    for block in sorted(blocks):
        while number < len(paragraphs) and paragraphs[number].end <= block.start:
            number += 1
        at, first = number, True
        while at < len(paragraphs) and paragraphs[at].start < block.end:
            outer = _trimmed(
                text, max(block.start, paragraphs[at].start), min(block.end, paragraphs[at].end)
            )
            at += 1
            if outer is None or (found and outer.start < found[-1].outer.end):
                continue
            begin = outer.start
            while begin < outer.end and (text[begin] == ">" or text[begin].isspace()):
                begin += 1  # Markdown's own sign
            if begin == outer.end:
                continue
            inner = Span(begin, outer.end)
            found.append(QuotedPassage(outer, inner, continues=not first, block=True))
            first = False
    return found


def _with_depths(
    pairs: Sequence[tuple[_Pair, bool]], blocks: Sequence[QuotedPassage]
) -> tuple[QuotedPassage, ...]:
    passages = [
        QuotedPassage(pair.outer, pair.inner, closed=pair.closed, continues=continues)
        for pair, continues in pairs
    ]
    if blocks:
        passages = _merged(passages, blocks)
    found: list[QuotedPassage] = []
    ends: list[int] = []
    for passage in sorted(passages, key=lambda p: (p.outer.start, -p.outer.end)):
        while ends and ends[-1] <= passage.outer.start:
            ends.pop()
        if ends and passage.outer.end > ends[-1]:
            continue  # crosses the edge of a block
        found.append(
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
    return tuple(found)


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
