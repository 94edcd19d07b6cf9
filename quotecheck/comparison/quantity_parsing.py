"""Find the quantities of a text: numbers with their signs, units and currencies, dates, times.

Own code, because the libraries at hand read parts of this only and are sure where they are wrong:
word2number reads "a hundred and five" as 500, text2num leaves "three and a half million" in pieces,
price-parser drops the "bn" of "£3bn", quantulum3 makes one mean of a range and takes seconds to
start, dateparser fills what a date leaves open with today's. `tests/cases/quantities.jsonl` is what
another would have to pass.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from quotecheck.comparison.clock_and_calendar import (
    DATE_STARTS,
    Found,
    date_at,
    decade_at,
    time_at,
)
from quotecheck.comparison.measures import Measure, measure_at
from quotecheck.comparison.numeral_tokens import Token, roman_value, tokenise, word_at
from quotecheck.comparison.numerals import CARDINALS, NUMBER_STARTS, ORDINALS
from quotecheck.comparison.quantities import Quantity, Reading
from quotecheck.comparison.unit_parsing import measures_after
from quotecheck.language.calendar import MONTH_NUMBERS
from quotecheck.language.units import (
    COUNTRIES,
    CURRENCY_CODES,
    CURRENCY_SYMBOLS,
    CURRENCY_WORDS,
    MINOR_CURRENCY,
    UNIT_WORDS,
)

__all__ = ["find_quantities", "is_number_form", "may_hold_quantity"]

_TIMES: Final = {"once": 1, "twice": 2, "thrice": 3}
_STARTING_MARKS: Final = frozenset("-−–‑﹣－+'’‘")
_STARTING_WORDS: Final = (
    NUMBER_STARTS | DATE_STARTS | {"minus", "negative", "once", "twice", "thrice"}
    | {word for word in COUNTRIES if len(word) < 4} | {"u"}
)  # fmt: skip
_STARTING_CODES: Final = frozenset(CURRENCY_CODES)
_NUMBER_FORMS: Final = (
    NUMBER_STARTS | DATE_STARTS | frozenset(CURRENCY_SYMBOLS) | frozenset(_TIMES)
    | {"minus", "percent", "twofold", "threefold", "fourfold", "fivefold", "tenfold"}
)  # fmt: skip
_ROMAN_FORM = re.compile(r"[ivxlc]{2,7}|[vx]")
_BEHIND_ARTICLES: Final = (
    frozenset(UNIT_WORDS) | frozenset(CURRENCY_WORDS) | frozenset(MINOR_CURRENCY) | NUMBER_STARTS
    | {"square", "cubic", "nautical", "metric"}
)  # fmt: skip
_DASHES: Final = frozenset("-–—−‐‑")
_NUMBER_WORDS: Final = "|".join(
    sorted({*CARDINALS, *ORDINALS} - {"hundredth", "thousandth", "millionth", "billionth"})
)
_HAS_NUMBER = re.compile(
    rf"\d|[¼½¾⅐-⅞$€£¥₹₽¢]|(?<![^\W\d_])(?i:{_NUMBER_WORDS}|hundred|thousand|million|billion|trillion"
    r"|dozen|half|halves|quarter|once|twice|thrice|noon|midday|midnight|lakh|crore|twenties"
    r"|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
    r"|fold\b|score|(?<![^\W_])(?:[IVXLC]{2,}|[VXI])(?![^\W_])"
)
_NUMBERED: Final = frozenset(
    "chapter act scene book part war volume vol title article section psalm canto appendix phase "
    "type class stage mark apollo corps king queen pope emperor division level tier figure table "
    "plate schedule annex clause track sonnet symphony louis henry charles edward george william "
    "james richard elizabeth".split()
)
"""Words that a Roman numeral stands after."""
_LABELLED: Final = frozenset(
    "version versions release section sections subsection chapter clause paragraph rule figure "
    "article regulation item android windows ios macos python linux ubuntu".split()
)
"""Words after which digits with a point are the parts of a label, no decimal fraction."""
_FOLD_DIGITS: Final = 4
"""Digits of the number in "20-fold"; longer ones are part of a name."""
_COUNTED: Final = frozenset("vote votes goal goals point points set sets game games seats".split())
"""What is counted on both sides of a vote or a match."""
_MAX_RATIO_TERM: Final = 1_000
"""The larger number in "one in five"; larger ones are counts of things."""


def may_hold_quantity(text: str) -> bool:
    """Tell, at little cost, whether a text can hold a quantity; many texts cannot.

    >>> may_hold_quantity("No bridge was ever built here."), may_hold_quantity("It took an hour.")
    (False, False)
    >>> may_hold_quantity("twenty-two bridges")
    True
    """
    return _HAS_NUMBER.search(text) is not None


def is_number_form(form: str) -> bool:
    """Return whether a folded word may be part of a number, or a mark of one.

    >>> [is_number_form(word) for word in ("4.3", "twelve", "$", "xiv", "boat")]
    [True, True, True, True, False]
    """
    return form[:1].isdecimal() or form in _NUMBER_FORMS or _ROMAN_FORM.fullmatch(form) is not None


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Find the quantities of a text, or of a part of it, in order; they do not overlap.

    Args:
        text: raw text.
        start: code point to begin at.
        end: code point to end at; the end of the text by default.

    >>> text = "It cost $4.3 billion on July 4th, half of it at 3 %."
    >>> [text[q.start : q.end] for q in find_quantities(text)]
    ['$4.3 billion', 'July 4th', 'half', '3 %']
    """
    tokens = tokenise(text, start, end)
    quantities: list[Quantity] = []
    at = 0
    while at < len(tokens):
        if not _may_begin(tokens, at):
            at += 1
            continue
        quantity, after = _quantity_at(tokens, at)
        if quantity is not None:
            quantities.append(quantity)
        at = max(after, at + 1)
    return quantities


def _may_begin(tokens: Sequence[Token], at: int) -> bool:
    """Whether a quantity may begin with the token at an index: quick, for most tokens do not."""
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if token.kind in ("num", "vulgar") or token.text in CURRENCY_SYMBOLS:
        return True
    priced = after is not None and after.text in CURRENCY_SYMBOLS
    if token.kind == "mark":
        return token.text in _STARTING_MARKS and after is not None and (
            after.kind != "mark" or priced
        )  # fmt: skip
    word, following = token.lower, "" if after is None else after.lower
    if word == "the":
        return following in ORDINALS or following in MONTH_NUMBERS or following[:1].isdecimal()
    if word in ("a", "an"):
        return following in _BEHIND_ARTICLES or priced
    if word in _STARTING_WORDS or token.text in _STARTING_CODES or word.endswith("fold"):
        return True
    return at > 0 and tokens[at - 1].kind == "word" and roman_value(token.text.upper()) is not None


def _quantity_at(tokens: Sequence[Token], at: int) -> tuple[Quantity | None, int]:
    """The quantity that begins with the token at an index, and the index after it."""
    token = tokens[at]
    if token.kind == "num" and token.glued and at and tokens[at - 1].kind == "word":
        return None, at + 1  # B52 is a name
    for read in (_label, date_at, time_at, decade_at, _compact, _times, _roman):
        parsed: Found | None = read(tokens, at)
        if parsed is not None:
            readings, after = parsed
            weak = read is _times and token.lower == "once"
            if read is _roman:
                weak = len(token.text) == 1  # the part I played; Malcolm X
                readings = (readings[0],)
            return _made(tokens, at, after, readings, weak=weak), after
    measure = measure_at(tokens, at)
    if measure is None:
        return None, at + 1
    return _paired(tokens, at, measure)


def _made(
    tokens: Sequence[Token],
    first: int,
    after: int,
    readings: tuple[Reading, ...],
    *,
    weak: bool = False,
    figure: int | None = None,
) -> Quantity:
    end = tokens[after - 1].end
    return Quantity(
        tokens[first].start, end, readings, weak, end if figure is None else tokens[figure - 1].end
    )


def _paired(tokens: Sequence[Token], at: int, first: Measure) -> tuple[Quantity, int]:
    """A measure by itself, or two of them as a range, a score or a ratio."""
    single = _made(tokens, first.first, first.after, first.readings, weak=first.weak,
                   figure=first.figure)  # fmt: skip
    if first.readings[0].kind != "number":
        return single, first.after
    joint = _joint(tokens, at, first)
    if joint is None:
        return single, first.after
    form, place = joint
    if form == "text":
        text = "".join(token.text for token in tokens[at:place])
        shown = Reading("text", (), form="".join("-" if c in _DASHES else c for c in text))
        return _made(tokens, at, place, (shown,)), place
    second = measure_at(tokens, place, plain=form not in ("to", "and"))
    if second is None or second.readings[0].kind != "number":
        return single, first.after
    readings = _pair_readings(tokens, form, first, second)
    if not readings:
        return single, first.after
    framed = at > 0 and tokens[at - 1].lower in ("between", "from")
    return (
        _made(tokens, at - framed, second.after, tuple(readings), figure=second.figure),
        second.after,
    )


def _joint(tokens: Sequence[Token], at: int, first: Measure) -> tuple[str, int] | None:
    """What joins a number with the next, and where that begins."""
    end = first.after
    if end + 1 >= len(tokens):
        return None
    mark, following = tokens[end], tokens[end + 1]
    if mark.text in _DASHES and following.lower == "to" and word_at(tokens, end + 2) in _DASHES:
        return ("-", end + 3) if mark.glued and tokens[end + 2].glued else None  # 7-to-5
    if mark.text in _DASHES or mark.text == ":":
        close = mark.glued and following.glued
        if close and following.kind == "num":
            third = end + 3
            while (
                third < len(tokens)
                and tokens[third - 1].text == mark.text
                and (
                    tokens[third].kind == "num" and tokens[third].glued and tokens[third - 1].glued
                )
            ):
                third += 2
            if third > end + 3:  # 555-123-4567, 2:05:11
                return "text", third - 1
        if mark.text == ":" and not close:
            return None
        return ("-" if mark.text != ":" else ":", end + 1) if close or mark.text in "–—" else None
    word = mark.lower
    if word in _COUNTED and following.lower == "to":
        return "to", end + 2  # 51 votes to 49
    if word in ("to", "through", "until"):
        if (
            word != "to"
            and any(reading.unit for reading in first.readings)
            and word_at(tokens, end + 2) in MONTH_NUMBERS
        ):
            return None  # 300 dollars through 30 June
        return "to", end + 1
    if word == "and" and word_at(tokens, at - 1) == "between":
        return "and", end + 1
    if word == "out" and following.lower == "of":
        return "in", end + 2 + (word_at(tokens, end + 2) == "every")
    if word == "in" or (word == "of" and following.lower == "every"):
        return "in", end + 1 + (following.lower == "every")
    return None


def _pair_readings(
    tokens: Sequence[Token], form: str, first: Measure, second: Measure
) -> list[Reading]:
    readings: list[Reading] = []
    for a in first.readings:
        for b in second.readings:
            if a.kind != "number" or b.kind != "number":
                continue
            x, y = a.values[0], b.values[0]
            if x is None or y is None:
                continue
            unit = a.unit if not b.unit else b.unit if not a.unit else ""
            if a.unit and b.unit:
                if a.unit != b.unit:
                    continue
                unit = a.unit
            if form == "in":
                if not (0 < x < y <= _MAX_RATIO_TERM) or unit or (x + y).denominator > 1:
                    continue
                if second.after < len(tokens) and measures_after(tokens, second.number.end, ""):
                    continue  # five in ten minutes
                readings.append(Reading("pair", (x, y), form="in"))
                continue
            spaced = form == "-" and not tokens[first.after].glued
            if spaced and x >= y:
                continue
            if second.scale > 1 and first.scale == 1 and x * second.scale <= y:  # 3 to 5 million
                readings.append(Reading("pair", (x * second.scale, y), unit, form))
            readings.append(Reading("pair", (x, y), unit, form))
            if (
                form == "to"
                and unit in ("", "minute")
                and not b.unit
                and 0 < x < 60
                and y <= 12
                and x.denominator == 1
            ):
                past = (int(y) * 60 - int(x)) % 720  # ten to six
                readings.append(Reading("time", (past, past + 720)))
            if form == "-" and x >= 100 and x.denominator == y.denominator == 1 and y < 100:
                whole = x // 100 * 100 + y  # 1914-18
                if whole > x:
                    readings.append(Reading("pair", (x, Fraction(whole)), unit, form))
    return readings


def _label(tokens: Sequence[Token], at: int) -> Found | None:
    """The number of a version or a section, in which 4.10 comes after 4.9."""
    token = tokens[at]
    if not at or token.kind != "num" or tokens[at - 1].lower not in _LABELLED:
        return None
    if not re.fullmatch(r"\d{1,3}\.\d{1,3}", token.text):
        return None
    return (Reading("text", (), form=token.text),), at + 1


def _compact(tokens: Sequence[Token], at: int) -> Found | None:
    """A word that holds a number: threefold, 3-fold, 2x."""
    word = word_at(tokens, at)
    if word.endswith("fold") and word[:-4] in CARDINALS:
        return (Reading("number", (CARDINALS[word[:-4]],), "fold", "words"),), at + 1
    if word in CARDINALS or (word.isdecimal() and len(word) <= _FOLD_DIGITS):
        end = at + 1 + (word_at(tokens, at + 1) in ("-", "‑"))
        if word_at(tokens, end) == "fold":
            value = CARDINALS.get(word) if word in CARDINALS else int(word)
            return (Reading("number", (value,), "fold", "words"),), end + 1
    return None


def _times(tokens: Sequence[Token], at: int) -> Found | None:
    """Once, twice, thrice; of time: "twice a day"."""
    count = _TIMES.get(word_at(tokens, at))
    if count is None:
        return None
    rate = measures_after(tokens, at + 1, "times") if count else []
    unit, end = ("times", at + 1) if not rate else (rate[0].unit, rate[0].end)
    return (Reading("number", (Fraction(count),), unit, "words"),), end


def _roman(tokens: Sequence[Token], at: int) -> Found | None:
    """A Roman numeral after a name or a word like "chapter"; with a capital alone elsewhere."""
    token = tokens[at]
    if token.kind != "word" or not at:
        return None
    before = tokens[at - 1]
    if token.lower == "the" and before.text[:1].isupper() and at + 1 < len(tokens):
        rank = ORDINALS.get(tokens[at + 1].lower, 0)
        if rank and tokens[at + 1].text[0].isupper():  # Charles the Second
            return (Reading("ordinal", (Fraction(rank),), form="roman"),), at + 2
    named = before.kind == "word" and (before.text[:1].isupper() or before.lower in _NUMBERED)
    value = roman_value(token.text.upper())
    if value is None or not named:
        return None
    if not token.text.isupper() and before.lower not in _NUMBERED:
        return None
    return (Reading("ordinal", (Fraction(value),), form="roman"),), at + 1
