"""Dates, decades and times of day, read from the tokens of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from quotecheck.comparison.numeral_tokens import Token, word_at
from quotecheck.comparison.numerals import CARDINALS, number_at
from quotecheck.comparison.quantities import Reading
from quotecheck.comparison.unit_parsing import measures_after
from quotecheck.language.calendar import MONTH_NUMBERS

__all__ = ["DATE_STARTS", "Found", "date_at", "decade_at", "time_at"]

Found = tuple[tuple[Reading, ...], int]
"""How something may be read, and the index of the token after it."""

_VERBS: Final = frozenset({"may", "march", "mar", "sep", "dec", "jan"})
"""Months that are something else without a capital."""
_SHORT_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)\Z")
_CLOCK = re.compile(r"(\d{1,2})\.(\d\d)\Z")
_DECADES: Final = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
    **{f"{word}'s": value for word, value in CARDINALS.items() if 20 <= value < 100},
}  # fmt: skip
_BEFORE_TIMES: Final = frozenset(
    "at by until till around about before after from since past nearly almost and to between "
    "roughly approximately".split()
)
_TO: Final = frozenset({"to", "before", "till"})
DATE_STARTS: Final = (
    frozenset(MONTH_NUMBERS)
    | frozenset(_DECADES)
    | {"noon", "midday", "noontime", "midnight", "half"}
)
"""Words with which a date, a decade or a time may begin, besides numbers."""
_APOSTROPHES: Final = ("'", "’", "‘")
_HALF_DAY: Final = 12 * 60  # Minutes.
_YEAR_DIGITS: Final = 4  # Digits of a year that stands without a comma: march 4 1861.
_PARTS_OF_DAY: Final = {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "pm"}


def date_at(tokens: Sequence[Token], at: int) -> Found | None:
    """Read the date that begins with the token at an index: day and month, or month and year.

    >>> from quotecheck.comparison.numeral_tokens import tokenise
    >>> date_at(tokenise("the 4th of July, 1776"), 0)[0][0].values
    (1776, 7, 4)
    """
    word = word_at(tokens, at)
    if word in MONTH_NUMBERS:
        return _month_first(tokens, at)
    if word in _APOSTROPHES and re.fullmatch(r"\d\d", word_at(tokens, at + 1)):
        return _short_year(tokens, at + 1)
    if tokens[at].kind == "num":
        date = _in_figures(tokens, at)
        if date is not None:
            return date
    if word == "the":
        at += 1
        if word_at(tokens, at) in MONTH_NUMBERS:
            return _month_first(tokens, at)
    day = _day(tokens, at) if at < len(tokens) else None
    if day is None:
        return None
    days, end, ordinal = day
    if word_at(tokens, end) == "of" or (word_at(tokens, end) == "day" and ordinal):
        end += 1 + (word_at(tokens, end) == "day" and word_at(tokens, end + 1) == "of")
    month = _month(tokens, end, near_day=True)
    if month is None:
        return None
    number, end = month
    year, end = _year(tokens, end)
    return (Reading("date", (year, number, *days)),), end


def _short_year(tokens: Sequence[Token], at: int) -> Found | None:
    """A year without its century, '63; or two digits after a quotation mark."""
    following = word_at(tokens, at + 1)
    if not tokens[at].glued or (following in ("s", *_APOSTROPHES) and tokens[at + 1].glued):
        return None  # '60s
    value = int(tokens[at].text)
    return (
        (Reading("date", (value, None, None)), Reading("number", (Fraction(value),), "", "digits")),
        at + 1,
    )


def _month(tokens: Sequence[Token], at: int, *, near_day: bool = False) -> tuple[int, int] | None:
    word = word_at(tokens, at)
    number = MONTH_NUMBERS.get(word)
    if number is None:
        return None
    if word in _VERBS and tokens[at].text.islower():
        following = word_at(tokens, at + 1)
        if not (near_day and (following == "," or following.isdecimal())):
            return None
    end = at + 1
    if len(word) < 5 and word_at(tokens, end) == "." and word != "may" and end + 1 < len(tokens):
        end += 1
    return number, end


def _month_first(tokens: Sequence[Token], at: int) -> Found | None:
    following = word_at(tokens, at + 1)
    beyond = word_at(tokens, at + 2)
    dated = beyond == "," or (beyond.isdecimal() and len(beyond) == _YEAR_DIGITS)
    month = _month(tokens, at, near_day=following.isdecimal() and dated)
    if month is None:
        return None
    number, end = month
    place = end + (word_at(tokens, end) == "the")
    day = _day(tokens, place)
    if day is not None and (day[2] or tokens[place].kind == "num"):
        days, end, _ = day
        year, end = _year(tokens, end)
        return (Reading("date", (year, number, *days)),), end
    year, after = _year(tokens, end + (word_at(tokens, end) == "of"))
    if year is None or (year < 100 and tokens[at].text.islower()):
        return None
    return (Reading("date", (year, number, None)),), after


def _day(tokens: Sequence[Token], at: int) -> tuple[tuple[int, ...], int, bool] | None:
    """The day of a month, or two of them, the index after it, and whether it is an ordinal."""
    number = number_at(tokens, at)
    if number is None or number.scale != 1 or number.value.denominator != 1:
        return None
    ordinal = "ordinal" in number.form
    if not 1 <= number.value <= 31 or (number.form == "digits" and len(tokens[at].text) > 2):
        return None
    if not ordinal and number.form != "digits":
        return None
    end = number.end
    if word_at(tokens, end) in ("-", "–", "to") and end + 1 < len(tokens):
        other = number_at(tokens, end + 1)
        if other and other.form == number.form and number.value < other.value <= 31:
            return (int(number.value), int(other.value)), other.end, ordinal
    return (int(number.value),), end, ordinal


def _year(tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
    """The year after a day or month, and the index after it; the same index without one."""
    place = at + (word_at(tokens, at) == ",")
    if place < len(tokens) and tokens[place].text in "'’‘" and place + 1 < len(tokens):
        short = tokens[place + 1]
        if short.glued and len(short.text) == 2 and short.text.isdecimal():
            return int(short.text), place + 2
    number = number_at(tokens, place)
    if number is None or number.value.denominator != 1 or not 1000 <= number.value < 2200:
        return None, at
    if number.form == "digits" and not tokens[place].text.isdecimal():
        return None, at  # 1,200
    if number.end < len(tokens) and number.form == "digits" and word_at(tokens, number.end) == "s":
        return None, at
    return int(number.value), number.end


def _in_figures(tokens: Sequence[Token], at: int) -> Found | None:
    """1776-07-04, 4/7/1776, 4.7.1776."""
    dotted = _SHORT_DATE.match(tokens[at].text)
    if dotted:
        parts, end = [dotted[1], dotted[2], dotted[3]], at + 1
    else:
        separators = [word_at(tokens, at + 1), word_at(tokens, at + 3)]
        end = at + 5
        if separators not in (["-", "-"], ["/", "/"]) or end > len(tokens):
            return None
        if not all(token.glued for token in tokens[at + 1 : end]):
            return None
        parts = [tokens[k].text for k in (at, at + 2, at + 4)]
        if not all(part.isdecimal() and len(part) <= 4 for part in parts):
            return None
    if len(parts[0]) == 4:
        year, month, day = map(int, parts)
        if 1 <= month <= 12 and 1 <= day <= 31:
            return (Reading("date", (year, month, day)),), end
        return None
    first, second, year = map(int, parts)
    orders = {(first, second), (second, first)} if len(parts[2]) in (2, 4) else set()
    shown = "/".join(str(int(part)) for part in parts)
    readings = tuple(
        Reading("date", (year, month, day), form=shown)
        for month, day in sorted(orders)
        if 1 <= month <= 12 and 1 <= day <= 31
    )
    return (readings, end) if readings else None


def decade_at(tokens: Sequence[Token], at: int) -> Found | None:
    """Read a decade: 1960s, '60s, the sixties, the nineteen-sixties."""
    place = at + (tokens[at].text in "'’‘")
    if place < len(tokens) and re.fullmatch(r"\d{2,4}", tokens[place].text):
        if place > at and not tokens[place].glued:
            return None
        value, end = int(tokens[place].text), place + 1
        if word_at(tokens, end) in ("'", "’") and tokens[end].glued:
            end += 1
        if word_at(tokens, end) != "s" or not tokens[end].glued or value % 10 or value < 10:
            return None
        return (Reading("decade", (value,)),), end + 1
    if place > at:
        return None
    word = word_at(tokens, at)
    century = CARDINALS.get(word, 0)
    if word in _DECADES:
        return (Reading("decade", (_DECADES[word],)),), at + 1
    if 15 <= century <= 20:
        end = at + 1 + (word_at(tokens, at + 1) in ("-", "‑"))
        if word_at(tokens, end) in _DECADES:
            return (Reading("decade", (century * 100 + _DECADES[word_at(tokens, end)],)),), end + 1
    return None


def time_at(tokens: Sequence[Token], at: int) -> Found | None:
    """Read the time of day that begins with the token at an index.

    >>> from quotecheck.comparison.numeral_tokens import tokenise
    >>> [time_at(tokenise(t), 0)[0][0].values for t in ("half past six", "6:30 p.m.", "noon")]
    [(390, 1110), (1110,), (720,)]
    """
    for hour, minute, end, others in _clock_times(tokens, at):
        half, after = _half_of_day(tokens, end)
        if hour > 24 or minute > 59:
            return None
        minutes = hour % 24 * 60 + minute
        # 06:15 and 0615 hours are in the morning.
        of_whole_day = re.fullmatch(r"0\d|\d{4}", tokens[at].text) is not None
        if half and 1 <= hour <= 12:
            values: tuple[int, ...] = (minutes % _HALF_DAY + _HALF_DAY * (half == "pm"),)
            others = ()
        elif 1 <= hour <= 12 and not of_whole_day:
            values = tuple(sorted({minutes % _HALF_DAY, minutes % _HALF_DAY + _HALF_DAY}))
        else:
            values = (minutes,)
        return (Reading("time", values), *others), after
    word = word_at(tokens, at)
    if word == "12" and word_at(tokens, at + 1) in ("noon", "midnight"):
        at, word = at + 1, word_at(tokens, at + 1)
    if word in ("noon", "midday", "noontime"):
        return (Reading("time", (_HALF_DAY,)),), at + 1
    if word == "midnight":
        return (Reading("time", (0,)),), at + 1
    return None


def _clock_times(
    tokens: Sequence[Token], at: int
) -> Iterator[tuple[int, int, int, tuple[Reading, ...]]]:
    """Hour, minute, the index after them, and what else they may be: the first that fits."""
    token, following = tokens[at], word_at(tokens, at + 1)
    before = word_at(tokens, at - 1) in _BEFORE_TIMES
    if token.kind == "num" and re.fullmatch(r"\d{1,4}", token.text):
        hour = int(token.text)
        if following in (":", "h") and at + 2 < len(tokens) and len(token.text) <= 2:
            minute = tokens[at + 2]
            if tokens[at + 1].glued and minute.glued and re.fullmatch(r"[0-5]\d", minute.text):
                yield hour, int(minute.text), at + 3, ()
        if len(token.text) == 4 and following in ("hours", "hrs") and hour % 100 < 60:
            yield hour // 100, hour % 100, at + 2, (Reading("number", (hour,), "hour"),)
    if token.kind == "num" and (clock := _CLOCK.match(token.text)):
        half, _ = _half_of_day(tokens, at + 1)
        number = number_at(tokens, at)
        # To 4.25 million, at 4.25 kg.
        counted = (number is not None and number.end > at + 1) or measures_after(tokens, at + 1, "")
        if half or (before and not counted and int(clock[2]) < 60 and int(clock[1]) < 24):
            yield (
                int(clock[1]),
                int(clock[2]),
                at + 1,
                ((Reading("number", (number.value,), form="digits"),) if number else ()),
            )
    yield from _past_or_to(tokens, at)
    hours = _hour(tokens, at)
    if hours is None:
        return
    hour, end = hours
    if word_at(tokens, end) == "o'clock":
        yield hour, 0, end + 1, ()
    if _half_of_day(tokens, end, sure=True)[0]:
        yield hour, 0, end, ()
    minute_word = word_at(tokens, end)
    if token.kind == "word" and minute_word in CARDINALS:
        number = number_at(tokens, end)
        if number is None or not 10 <= number.value < 60 or number.value.denominator != 1:
            return
        if before or _half_of_day(tokens, number.end, sure=True)[0]:
            joined = number_at(tokens, at)
            yield (
                hour,
                int(number.value),
                number.end,
                (
                    (Reading("number", (joined.value,), form="words"),)
                    if joined and joined.end == number.end
                    else ()
                ),
            )


def _past_or_to(
    tokens: Sequence[Token], at: int
) -> Iterator[tuple[int, int, int, tuple[Reading, ...]]]:
    """Half past six, a quarter to seven, ten minutes to six."""
    place = at + (word_at(tokens, at) == "a")
    word = word_at(tokens, place)
    minutes, end = {"half": 30, "quarter": 15}.get(word, 0), place + 1
    if not minutes and place == at:
        number = number_at(tokens, at)
        if number is None or number.value.denominator != 1 or not 0 < number.value < 60:
            return
        minutes, end = int(number.value), number.end
        if word_at(tokens, end) in ("minute", "minutes"):
            end += 1
    if not minutes:
        return
    joint = word_at(tokens, end)
    hours = _hour(tokens, end + 1)
    if hours is None or (word == "half" and joint != "past"):
        return
    hour, after = hours
    if word_at(tokens, after) == "o'clock":
        after += 1
    spoken = word in ("half", "quarter")
    if joint in _TO and (spoken or joint != "to"):  # "ten to six" may be two numbers
        yield (hour - 1) or 12, 60 - minutes, after, ()
    elif joint == "past" or (spoken and joint == "after"):
        yield hour, minutes, after, ()


def _hour(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    word = word_at(tokens, at)
    hour = int(word) if word.isdecimal() and len(word) <= 2 else CARDINALS.get(word, 0)
    return (hour, at + 1) if 1 <= hour <= 12 else None


def _half_of_day(tokens: Sequence[Token], at: int, *, sure: bool = False) -> tuple[str, int]:
    """The half of the day, empty where it is not said, and the index after it."""
    word = word_at(tokens, at)
    if word in ("am", "pm"):
        if tokens[at].text == "am" and word_at(tokens, at + 1) in ("i", "the", "a"):
            return "", at
        return word, at + 1
    if word in ("a", "p") and word_at(tokens, at + 1) == "." and word_at(tokens, at + 2) == "m":
        end = at + 3
        return f"{word}m", end + (word_at(tokens, end) == "." and tokens[end].glued)
    if word in ("in", "at") and not sure:
        end = at + 1 + (word_at(tokens, at + 1) == "the")
        part = _PARTS_OF_DAY.get(word_at(tokens, end), "")
        if part and (word == "in") == (end > at + 1):
            return part, end + 1
    return "", at
