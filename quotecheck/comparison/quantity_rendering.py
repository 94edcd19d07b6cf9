"""Write a text's quantities in their other usual dresses, so that an index of words finds them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from quotecheck.comparison.quantities import Quantity, Reading
from quotecheck.comparison.quantity_parsing import find_quantities, may_hold_quantity
from quotecheck.language.calendar import MONTHS
from quotecheck.language.units import CURRENCY_WORDS, GLUED_UNITS, UNIT_WORDS

__all__ = ["cardinal_words", "other_renderings"]

_MAX_QUANTITIES: Final = 4
"""Quantities of a quotation that are searched for in other forms; forms multiply."""
_MAX_FORMS_EACH: Final = 14
"""Further forms of one quantity that are searched for."""
_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_SCALES: Final = ((10**12, "trillion", "tn"), (10**9, "billion", "bn"), (10**6, "million", "m"))
_FRACTIONS: Final = {
    Fraction(1, 2): ("half", "1/2"), Fraction(1, 3): ("one third", "a third", "1/3"),
    Fraction(2, 3): ("two thirds", "2/3"), Fraction(1, 4): ("a quarter", "one quarter", "1/4"),
    Fraction(3, 4): ("three quarters", "3/4"),
}  # fmt: skip
_PLURALS: Final[dict[str, list[str]]] = {}
for _form, _unit in UNIT_WORDS.items():
    if _form != _unit or _form.endswith("s"):
        _PLURALS.setdefault(_unit, []).append(_form)
_SYMBOLS: Final[dict[str, str]] = {}
for _form, _units in GLUED_UNITS.items():
    _SYMBOLS.setdefault(_units[0], _form)
_CURRENCIES: Final[dict[str, str]] = {}
for _form, _unit in CURRENCY_WORDS.items():
    if _form == f"{_unit}s":
        _CURRENCIES.setdefault(_unit, _form)


def cardinal_words(number: int, *, joint: str = " and ") -> str:
    """Write a number below a million in words.

    >>> cardinal_words(1205), cardinal_words(1205, joint=" ")
    ('one thousand two hundred and five', 'one thousand two hundred five')
    """
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_ONES[rest]}" if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        words = f"{_ONES[hundreds]} hundred"
    else:
        thousands, rest = divmod(number, 1000)
        words = f"{cardinal_words(thousands, joint=joint)} thousand"
    if not rest:
        return words
    return words + (joint if rest < 100 else " ") + cardinal_words(rest, joint=joint)


def other_renderings(text: str, limit: int = 24) -> Iterator[str]:
    """Yield a text with its quantities written otherwise, the likeliest ways first.

    Args:
        text: a quotation.
        limit: how many renderings at most.

    >>> list(other_renderings("It opened at half past six."))[0]
    'It opened at 6:30.'
    """
    if not may_hold_quantity(text):
        return
    quantities = [q for q in find_quantities(text) if not q.weak or text[q.start : q.end] == "one"]
    if not 0 < len(quantities) <= _MAX_QUANTITIES:
        return
    dresses = []
    for quantity in quantities:
        written = text[quantity.start : quantity.end]
        others = [d for d in dict.fromkeys(_written_forms(quantity)) if d != written]
        dresses.append([written, *others[:_MAX_FORMS_EACH]])
    ways = sorted(
        itertools.islice(itertools.product(*(range(len(d)) for d in dresses)), 20 * limit), key=sum
    )
    for way in ways[1 : limit + 1]:
        out, at = [], 0
        for quantity, which, choices in zip(quantities, way, dresses, strict=True):
            out += [text[at : quantity.start], choices[which]]
            at = quantity.end
        yield "".join([*out, text[at:]])


def _written_forms(quantity: Quantity) -> Iterator[str]:
    for reading in quantity.readings:
        if reading.kind in ("number", "vague"):
            yield from _numbers(reading)
        elif reading.kind == "ordinal":
            yield from _ordinals(reading)
        elif reading.kind == "date":
            yield from _dates(reading)
        elif reading.kind == "time":
            yield from _times(reading)
        elif reading.kind == "decade":
            yield from _decades(reading)
        elif reading.kind == "pair":
            yield from _pairs(reading)


def _figures(value: Fraction) -> Iterator[str]:
    """A number without its unit."""
    if value in _FRACTIONS:
        yield from _FRACTIONS[value]
    if value < 0:
        for figure in _figures(-value):
            if figure[0].isdigit():
                yield f"-{figure}"
            yield f"minus {figure}"
        return
    whole = value.denominator == 1
    if whole and value < 10**6:
        number = int(value)
        if number < 10_000:
            yield str(number)
        if number >= 1000:
            yield f"{number:,}"
        yield cardinal_words(number)
        if 1000 < number < 10_000 and not number % 100 and number % 1000:
            yield f"{cardinal_words(number // 100)} hundred"
        if number > 100:
            yield cardinal_words(number, joint=" ")
        if number == 12:
            yield "a dozen"
    for scale, word, letter in _SCALES:
        if value >= scale:
            figure = _decimal(value / scale)
            if figure:
                yield f"{figure} {word}"
                yield f"{figure}{letter}"
            if value / scale < 100 and (value / scale).denominator == 1:
                yield f"{cardinal_words(int(value / scale))} {word}"
            break
    if whole and value >= 10**6:
        yield f"{int(value):,}"
    if not whole and (figure := _decimal(value)):
        yield figure


def _decimal(value: Fraction) -> str:
    """A number as a decimal fraction of at most four places; empty where it is not one."""
    text = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return text if Fraction(text) == value else ""


def _numbers(reading: Reading) -> Iterator[str]:
    value = reading.values[0]
    if value is None or reading.kind == "vague":
        return
    unit, _, rate = reading.unit.partition("/")
    name, _, _ = unit.partition(":")
    article = "an" if rate == "hour" else "a"
    rates = [f" per {rate}", f" {article} {rate}"] if rate else [""]
    behind = [""]
    if name in _CURRENCIES:
        behind = ["", f" {_CURRENCIES[name]}"]
    elif name == "percent":
        behind = ["%", " percent", " per cent"]
    elif name == "times" and value in (1, 2):
        yield from ({1: "once", 2: "twice"}[int(value)] + per for per in rates)
        behind = [" times"]
    elif name:
        plain = name.partition("^")[0]
        words = [form for form in _PLURALS.get(plain, [plain]) if form.endswith(("s", "feet"))]
        power = {"^2": "square ", "^3": "cubic "}.get(name[len(plain) :], "")
        behind = [f" {power}{word}" for word in words]
        if plain in _SYMBOLS and not power:
            behind += [f" {_SYMBOLS[plain]}", _SYMBOLS[plain]]
        behind += {"mile/hour": [" mph"], "kilometre/hour": [" km/h", " kph"]}.get(reading.unit, [])
    for figure in itertools.islice(_figures(Fraction(value)), 8):
        for unit_words in behind:
            if figure[-1].isalpha() and unit_words[:1].isalpha():
                continue  # twelvekm
            done = unit_words.strip() in ("mph", "km/h", "kph")
            for per in [""] if done else rates:
                yield figure + unit_words + per


def _ordinals(reading: Reading) -> Iterator[str]:
    value = reading.values[0]
    if value is None or not 0 < value < 100:
        return
    number = int(value)
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    yield f"{number}{ending}"
    head, _, last = cardinal_words(number).rpartition("-")
    plain = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    yield f"{head}-{_ORDINALS.get(last, plain)}".lstrip("-")
    if reading.form == "roman":
        yield cardinal_words(number)
        yield str(number)


def _dates(reading: Reading) -> Iterator[str]:
    year, month, *days = reading.values
    day = days[0] if days else None
    if month is None or len(days) > 1:
        return
    name = MONTHS[int(month) - 1].title()
    written = "" if year is None else str(year) if year >= 100 else f"’{int(year):02}"
    if day is None:
        yield f"{name} {written}"
        return
    for shown in (str(day), next(_ordinals(Reading("ordinal", (day,))), str(day))):
        yield f"{shown} {name} {written}".rstrip()
        yield f"{name} {shown}, {written}".removesuffix(", ")
    shown = next(_ordinals(Reading("ordinal", (day,))), str(day))
    yield f"the {shown} of {name} {written}".rstrip()


def _times(reading: Reading) -> Iterator[str]:
    minutes = reading.values[0]
    if minutes is None:
        return
    hour, minute = divmod(int(minutes), 60)
    short = (hour - 1) % 12 + 1
    half = "" if len(reading.values) > 1 else " p.m." if hour >= 12 else " a.m."
    yield f"{short}:{minute:02}{half}"
    if not minute:
        yield f"{short}{half}"
        yield f"{cardinal_words(short)} o'clock"
        if half and short == 12:
            yield "noon" if hour == 12 else "midnight"
    spoken = {15: "a quarter past", 30: "half past", 45: "a quarter to"}.get(minute)
    if spoken:
        yield f"{spoken} {cardinal_words(short % 12 + 1 if minute > 30 else short)}"
    if half:
        yield f"{hour}:{minute:02}"
        yield f"{short}:{minute:02}{half.replace('.', '')}"


def _decades(reading: Reading) -> Iterator[str]:
    start = int(reading.values[0] or 0)
    word = _TENS[start % 100 // 10 - 2] if start % 100 >= 20 else ""
    if word:
        yield f"{word[:-1]}ies"
    yield f"{start if start > 100 else 1900 + start}s"
    yield f"{start % 100:02}s"


def _pairs(reading: Reading) -> Iterator[str]:
    first, second = (value for value in reading.values)
    if first is None or second is None:
        return
    unit = " percent" if reading.unit == "percent" else ""
    if not unit and reading.unit in _PLURALS:
        unit = f" {_PLURALS[reading.unit][0]}"
    joints = (" in ", " out of ") if reading.form == "in" else ("-", " to ")
    whole = Fraction(first).denominator == Fraction(second).denominator == 1
    for joint in joints:
        yield f"{_decimal(Fraction(first))}{joint}{_decimal(Fraction(second))}{unit}"
        if whole and max(first, second) < 100 and joint != "-":
            yield f"{cardinal_words(int(first))}{joint}{cardinal_words(int(second))}{unit}"
