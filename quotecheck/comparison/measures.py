"""A number with its sign, currency and unit, read from the tokens of a text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from quotecheck.comparison.numeral_tokens import Token, word_at
from quotecheck.comparison.numerals import Number, number_at
from quotecheck.comparison.quantities import Reading
from quotecheck.comparison.unit_parsing import Measured, currency_before, measures_after
from quotecheck.language.units import SUBUNITS, is_currency

__all__ = ["Measure", "measure_at"]

_MINUS: Final = frozenset("-−–‑﹣－")
_WEAK_WORDS: Final = frozenset({"one", "second", "once", "a second", "the second", "hundred"})
_OPENERS: Final = frozenset("([{“‘\"'_*")


class Measure(NamedTuple):
    """A number with a unit, as it may be read; ``figure`` is the index after the number."""

    readings: tuple[Reading, ...]
    first: int
    figure: int
    after: int
    scale: int
    weak: bool
    number: Number


def measure_at(tokens: Sequence[Token], at: int, *, plain: bool = False) -> Measure | None:
    """Read a sign, a currency, a number and what stands after it; ``plain`` takes no sign."""
    if at >= len(tokens):  # a range whose second half a cut took away
        return None
    place, sign, signed = at, 1, False
    mark = tokens[at]
    if not plain and mark.text in _MINUS | {"+"}:
        if not _is_sign(tokens, at):
            return None
        place, sign, signed = at + 1, -1 if mark.text != "+" else 1, True
    elif not plain and mark.lower in ("minus", "negative"):
        place, sign, signed = at + 1, -1, True
    currency, place = currency_before(tokens, place)
    if currency and not signed and place < len(tokens) and tokens[place].text in _MINUS:
        place, sign = place + 1, -1  # $-5
    if place >= len(tokens) or (currency and tokens[place].kind == "word"):
        return None
    number = number_at(tokens, place)
    if number is None:
        return _single_unit(tokens, at) if place == at else None
    if number.form == "ordinal" or number.form == "digits ordinal":
        if signed or currency:
            return None
        return _ordinal(tokens, at, number)
    value, end = number.value * sign, number.end
    measured = measures_after(tokens, end, currency) if number.form != "vague" else []
    if number.form == "fraction" and number.scale == 1 and not currency and not measured:
        measured = _of_a_unit(tokens, end)
    figure, scale = end, number.scale
    if measured:
        end = max(m.end for m in measured)
        measured = [m for m in measured if m.end == end]
        figure = max((m.figure for m in measured), default=figure)
        scale = max(scale, *(m.factor for m in measured if m.factor > 1), 1)
    else:
        measured = [Measured(1, currency, end, end)]
    kind = "vague" if number.form == "vague" else "number"
    readings = [
        Reading(kind, (value * m.size,), m.unit, number.form)  # type: ignore[arg-type]
        for m in measured
    ]
    readings += [
        Reading("ordinal", (other,), "", "words") for other in number.others if not readings[0].unit
    ]
    if number.form == "fraction" and not readings[0].unit and end == place + 3:
        above, below = tokens[place].text, tokens[place + 2].text
        if above.isdecimal() and below.isdecimal():
            readings.append(Reading("pair", (sign * int(above), int(below)), form="/"))
    words = " ".join(token.lower for token in tokens[at:end])
    measure = Measure(
        tuple(readings), at, figure, end, scale, words in _WEAK_WORDS and not signed, number
    )
    return _compound(tokens, measure)


def _of_a_unit(tokens: Sequence[Token], at: int) -> list[Measured]:
    """A unit that a fraction is part of: half an hour, a quarter of a mile."""
    at += word_at(tokens, at) == "of"
    if word_at(tokens, at) not in ("a", "an"):
        return []
    measures = measures_after(tokens, at + 1, "", magnitudes=False, symbols=False)
    return [m._replace(figure=at) for m in measures]


def _is_sign(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dash or plus is the sign of the number after it."""
    if at + 1 >= len(tokens) or not tokens[at + 1].glued or tokens[at].text == "‑":
        return False
    if tokens[at].glued and at and tokens[at - 1].text not in _OPENERS:
        return False
    following = tokens[at + 1]
    return following.kind in ("num", "vulgar") or currency_before(tokens, at + 1)[1] > at + 1


def _single_unit(tokens: Sequence[Token], at: int) -> Measure | None:
    """An hour and a half, half-hour; a mile: one of a unit, if anything."""
    if (
        tokens[at].lower not in ("a", "an")
        or at + 1 == len(tokens)
        or (tokens[at + 1].kind != "word")
    ):
        return None
    measured = [
        m for m in measures_after(tokens, at + 1, "", magnitudes=False, symbols=False) if m.unit
    ]
    if not measured or tokens[at + 1].lower.endswith("s"):
        return None
    end = measured[0].end
    value, after = Fraction(1), end
    if word_at(tokens, end) == "and":
        part = number_at(tokens, end + 1)
        if part and part.form == "fraction" and part.value < 1 and part.scale == 1:
            value, after = value + part.value, part.end
    readings = tuple(
        Reading("number", (value * m.size,), m.unit, "words") for m in measured if m.end == end
    )
    number = Number(value, at + 1, "words")
    return Measure(readings, at, at + 1, after, 1, after == end, number)


def _ordinal(tokens: Sequence[Token], at: int, number: Number) -> Measure:
    readings = [Reading("ordinal", (number.value,), "", number.form)]
    weak = number.end == at + 1 and tokens[at].lower == "second"
    return Measure(tuple(readings), at, number.end, number.end, 1, weak, number)


def _compound(tokens: Sequence[Token], measure: Measure) -> Measure:
    """Two parts of one measure: five feet ten inches, 5'10", two dollars and fifty cents."""
    reading = measure.readings[0]
    if reading.kind != "number" or not reading.unit or "/" in reading.unit:
        if word_at(tokens, measure.after) in ("'", "′", "’"):
            feet, inches = reading.values[0], number_at(tokens, measure.after + 1)
            if feet is not None and inches and inches.value < 12:
                marked = word_at(tokens, inches.end) in ('"', "″", "”")
                close = tokens[measure.after].glued and tokens[measure.after + 1].glued
                if marked or close:  # 5' 10", 5'10
                    return measure._replace(
                        readings=(
                            Reading("number", (feet + inches.value / 12,), "foot", "digits"),
                        ),
                        after=inches.end + marked,
                    )
        return measure
    if reading.unit == "foot" and reading.values[0] is not None:  # six-foot-two
        at = measure.after + (word_at(tokens, measure.after) == "-")
        inches = number_at(tokens, at)
        plain = inches and inches.scale == 1 and inches.form in ("words", "digits")
        if inches and plain and inches.value < 12 and not measures_after(tokens, inches.end, ""):
            feet = reading.values[0] + inches.value / 12
            readings = (Reading("number", (feet,), "foot", reading.form),)
            return measure._replace(readings=readings, after=inches.end)
    at = measure.after + (word_at(tokens, measure.after) in ("and", ","))
    if at >= len(tokens) or tokens[at].lower in ("a", "an"):
        return measure
    second = number_at(tokens, at)
    if second is None or second.form not in ("digits", "words") or second.scale != 1:
        return measure
    for unit in measures_after(tokens, second.end, "", magnitudes=False):
        for figure in measure.readings:
            part, size = SUBUNITS.get(figure.unit, ("", 0))
            whole = figure.values[0]
            if whole is None or figure.kind != "number":
                continue
            if (
                is_currency(figure.unit)
                and unit.size == Fraction(1, 100)
                and unit.unit == figure.unit
            ):
                part, size = unit.unit, 100
            if part == unit.unit and size and second.value < size and whole.denominator == 1:
                total = whole + second.value / size
                readings = (Reading("number", (total,), figure.unit, figure.form),)
                return measure._replace(readings=readings, after=unit.end)
    return measure
