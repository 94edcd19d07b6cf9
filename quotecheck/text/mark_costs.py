"""The signs that may be quotation marks, each with a price for every way of reading it.

A sign opens, closes, or is not a quotation mark at all (an apostrophe, inches, a slip). What its
glyph and its neighbours say becomes three prices; `marks` looks for the cheapest reading of them
all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.language import quotation_characters as characters

if TYPE_CHECKING:
    from quotecheck.records.text import Span

__all__ = [
    "DOUBLE",
    "GUILLEMET",
    "PREFIX",
    "SINGLE",
    "Mark",
    "QuoteConventions",
    "habits_of",
    "marks_with_costs",
    "opening_family",
]

# Families of marks. Doubles and guillemets pair freely in a paragraph; singles, which look like
# apostrophes, pair only inside one passage of the others or outside all of them.
DOUBLE, GUILLEMET, SINGLE = range(3)

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
# Signs that are not quotation marks wherever they stand: feet and inches, rock 'n' roll, the 's of
# an abbreviation or a bracket, the values of attributes in left-over tags.
_NO_MARKS = re.compile(
    r"""
    \d['’′]\s?\d{1,2}(?:["”″]|''|’’)
    | (?<=\s)['’‘]n['’](?=\s)
    | (?<=[.)\]}%"”])['’](?:s|d|ll|re|ve|m|t)\b
    | <[A-Za-z/!][^<>\n]{0,400}>
    """,
    re.VERBOSE,
)
_ELISIONS = re.compile(
    r"(?:\d0s|\d\d(?!\d|,\d)|(?:tis|twas|twere|twill|twould|em|til|till|cause|cos|coz|n|round|bout"
    r"|nother|neath|fore|ere|gainst|mongst|ol|sup|fraid|nuff|tude|burbs|kay|cept|spose|scuse|ave|im"
    r"|er|eard|ard|ouse|appen)(?![^\W_]))",
    re.IGNORECASE,
)
_TRANSPARENT = "*_"  # Markdown's emphasis: marks stand inside or outside of it
PREFIX = "*_> "  # what may stand before the mark that opening_families a paragraph
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
_STRAY_COST = 4.0
"""Cost of leaving a double mark or a guillemet unpaired, where a pair costs about 0."""
_INCHES = 1.5  # a double mark after a digit


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign, its family, and what each reading of it costs: opening, closing, neither."""

    start: int
    end: int
    family: int
    opening: float
    closing: float
    stray: float


@dataclass(frozen=True, slots=True)
class QuoteConventions:
    """How a text uses the glyphs that different languages use differently."""

    low_opening: bool  # „so“
    right_only: bool  # ”so”
    left_only: bool  # “so“
    backticks: bool  # ``so''
    inward: bool  # »so«
    low_single: bool  # ‚so‘


def habits_of(text: str) -> QuoteConventions:
    """What the marks of a whole text tell about their use in it."""
    return QuoteConventions(
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


def opening_family(text: str, paragraph: Span) -> int | None:
    """The family of the mark that a paragraph begins with, if it begins with one."""
    head = text[paragraph.start : paragraph.start + 4].lstrip(PREFIX)
    if not head:
        return None
    if head.startswith(("''", "``", "‘‘")) or head[0] in characters.DOUBLE:
        return DOUBLE
    if head[0] in characters.GUILLEMETS:
        return GUILLEMET
    return SINGLE if head[0] in "'‘‚‹" else None


def marks_with_costs(text: str, paragraph: Span, habits: QuoteConventions) -> list[Mark]:
    """Every sign of a paragraph that may be a quotation mark, priced."""
    spans: list[tuple[int, int]] = []
    bars = _NO_MARKS.finditer(text, paragraph.start, paragraph.end)
    barred = next(bars, None)
    for match in _GLYPHS.finditer(text, paragraph.start, paragraph.end):
        if match["rule"]:
            continue
        start, end = match.span()
        while barred is not None and barred.end() <= start:
            barred = next(bars, None)
        if barred is not None and barred.start() <= start:
            continue
        if end - start == 3:  # ''' is a double and a single; which comes first, the side tells
            opens = _side(text, start - 1, paragraph, -1) in {"gap", "dash"}
            cut = start + 2 if opens else start + 1
            spans += [(start, cut), (cut, end)]
        else:
            spans.append((start, end))
    marks: list[Mark] = []
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
    habits: QuoteConventions,
) -> Mark:
    glyph = text[start:end]
    opening, closing = _OPEN[left][right], _CLOSE[left][right]
    if left == right == "gap" and start == paragraph.start:
        opening = 0.3
    if len(glyph) == 2 or glyph in characters.DOUBLE:
        opening, closing = _double_ways(glyph, opening, closing, habits)
        inches = glyph in {'"', "”", "''"} and text[start - 1 : start].isdigit() and right != "word"
        return Mark(start, end, DOUBLE, opening, closing, _INCHES if inches else _STRAY_COST)
    if glyph in characters.GUILLEMETS:
        opens = (glyph == "»") == habits.inward
        # A space on the inner side is how French prints them.
        if opens:
            return Mark(start, end, GUILLEMET, 0.0, closing + _WRONG_WAY, _STRAY_COST)
        return Mark(start, end, GUILLEMET, opening + _WRONG_WAY, 0.0, _STRAY_COST)
    return _single(text, start, end, left, right, alone, habits)


def _double_ways(
    glyph: str, opening: float, closing: float, habits: QuoteConventions
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
    text: str, start: int, end: int, left: str, right: str, alone: bool, habits: QuoteConventions
) -> Mark:
    """Price a single mark, whose third reading is the apostrophe."""
    glyph = text[start:end]
    opening, closing, apostrophe = _OPEN[left][right], _CLOSE[left][right], 2.5
    if glyph in "‹›":
        way = (0.0, _WRONG_WAY) if (glyph == "›") == habits.inward else (_WRONG_WAY, 0.0)
        return Mark(start, end, SINGLE, opening + way[0], closing + way[1], apostrophe)
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
    return Mark(start, end, SINGLE, opening, closing, apostrophe)
