"""Units, currencies and magnitudes beside a number, read from the tokens of a text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from quotecheck.comparison.numeral_tokens import Token, word_at
from quotecheck.language.units import (
    COUNTRIES,
    CURRENCY_CODES,
    CURRENCY_SYMBOLS,
    CURRENCY_WORDS,
    GLUED_UNITS,
    MAGNITUDES,
    MINOR_CURRENCY,
    PER,
    RATES,
    SPACED_UNITS,
    UNIT_WORDS,
)

__all__ = ["Measured", "currency_before", "measures_after"]

_HYPHENS: Final = frozenset("-‐‑")
_SPACED_MAGNITUDES: Final = frozenset("m M mn mln bn Bn bln tn trn BN TN MN".split())
_MONEY_MAGNITUDES: Final = frozenset({"mm", "cr", "tr", "mil"})
_TIME_UNITS: Final = frozenset("second minute hour day week month year decade night".split())
_HEADS: Final = frozenset("head person capita household child family man pupil student".split())
_POWERS: Final = {"²": "^2", "³": "^3", "2": "^2", "3": "^3"}
_SQUARE: Final = {"square": "^2", "sq": "^2", "cubic": "^3", "cu": "^3"}


class Measured(NamedTuple):
    """What stands after a number: its value times ``size`` is one of ``unit``.

    ``end`` is the index of the token after it, ``figure`` that after the magnitude, ``factor`` the
    magnitude itself.
    """

    size: Fraction | int
    unit: str
    end: int
    figure: int
    factor: int = 1


def _country_before(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The country before a currency (US, U.S., Australian), and the index after it."""
    word = word_at(tokens, at)
    if word == "u" and word_at(tokens, at + 1) == "." and word_at(tokens, at + 2) == "s":
        end = at + 3
        return "us", end + (word_at(tokens, end) == ".")
    if word == "new" and word_at(tokens, at + 1) == "zealand":
        return "nz", at + 2
    if word == "hong" and word_at(tokens, at + 1) == "kong":
        return "hk", at + 2
    country = COUNTRIES.get(word, "")
    if country and (len(word) > 3 or tokens[at].text.isupper() or tokens[at].text == "Can"):
        return country, at + 1
    return "", at


def currency_before(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The currency before a number ($, US$, $US, A$, EUR, Rs.), and the index after it.

    The same index where there is none, or no number after it.
    """
    if at >= len(tokens):
        return "", at
    token = tokens[at]
    if token.text in CURRENCY_SYMBOLS:
        unit, end = CURRENCY_SYMBOLS[token.text], at + 1
        country, after = _country_before(tokens, end)
        if country and tokens[end].glued:
            unit, end = f"{unit}:{country}", after
        return (unit, end) if _begins_number(tokens, end) else ("", at)
    if token.kind != "word":
        return "", at
    country, end = _country_before(tokens, at)
    if country and end < len(tokens) and tokens[end].text in CURRENCY_SYMBOLS:
        near = tokens[end].glued or country == "us"
        if near and _begins_number(tokens, end + 1):
            return f"{CURRENCY_SYMBOLS[tokens[end].text]}:{country}", end + 1
    code = CURRENCY_CODES.get(token.text)
    if code:
        end = at + 1 + (token.text == "Rs" and word_at(tokens, at + 1) == ".")
        if _begins_number(tokens, end):
            return code, end
    return "", at


def _begins_number(tokens: Sequence[Token], at: int) -> bool:
    if at >= len(tokens):
        return False
    if tokens[at].text in "-−–" and at + 1 < len(tokens) and tokens[at + 1].glued:
        at += 1
    return tokens[at].kind in ("num", "vulgar")


def measures_after(
    tokens: Sequence[Token],
    at: int,
    currency: str,
    *,
    magnitudes: bool = True,
    symbols: bool = True,
) -> list[Measured]:
    """The ways in which what stands after a number may be read; none where nothing does.

    Args:
        tokens: the tokens of a text.
        at: the index after the number.
        currency: the currency before the number, or a unit that is known already.
        magnitudes: whether letters may multiply the number (bn, m, k).
        symbols: whether units may be symbols (kg) and not words alone.
    """
    measures: list[Measured] = []
    if magnitudes and at < len(tokens) and tokens[at].kind == "word":
        token = tokens[at]
        factor = MAGNITUDES.get(token.text, 0)
        near = token.glued or bool(currency) or token.text in _SPACED_MAGNITUDES
        if factor and near and (currency or token.text not in _MONEY_MAGNITUDES):
            end = at + 1
            if word_at(tokens, end) == "." and len(token.text) > 1 and end + 1 < len(tokens):
                end += tokens[end + 1].text.islower()
            rest = _units(tokens, end, currency, symbols=False) or [(1, currency, end)]
            measures = [Measured(size * factor, unit, e, at + 1, factor) for size, unit, e in rest]
    units = _units(tokens, at, currency, symbols=symbols)
    measures += [Measured(size, unit, end, at) for size, unit, end in units]
    if currency and not measures:
        rate, end = _rate(tokens, at)
        if rate:
            measures.append(Measured(1, f"{currency}/{rate}", end, at))
    return measures


def _units(
    tokens: Sequence[Token], at: int, currency: str, *, symbols: bool
) -> list[tuple[Fraction | int, str, int]]:
    """Size, unit and the index after it, for each way of reading what stands at an index."""
    if at >= len(tokens):
        return []
    if currency:
        units = [(s, u, e) for s, u, e in _currencies(tokens, at) if u.split(":")[0] in currency]
        if units:  # "$5 US", "$5 dollars"
            units = [(s, u if ":" in u else currency, e) for s, u, e in units]
        else:
            units = [(1, currency, at)]
    else:
        place = at
        if tokens[at].text in _HYPHENS and tokens[at].glued and at + 1 < len(tokens):
            place = at + 1 if tokens[at + 1].glued else at
        units = [*_percent(tokens, place), *_degrees(tokens, place), *_currencies(tokens, place),
                 *_measures(tokens, place, symbols=symbols)]  # fmt: skip
    out: list[tuple[Fraction | int, str, int]] = []
    for size, unit, end in units:
        rate, after = _rate(tokens, end) if not unit.startswith("perc") else ("", end)
        if rate and "/" not in unit:
            out.append((size, f"{unit}/{rate}", after))
        elif end > at:
            out.append((size, unit, end))
    return out


def _percent(tokens: Sequence[Token], at: int) -> list[tuple[Fraction | int, str, int]]:
    token, word, following = tokens[at], word_at(tokens, at), word_at(tokens, at + 1)
    if word in ("%", "٪", "％", "percent", "pct", "percents"):
        unit, end = "percent", at + 1
    elif word == "per" and following in ("cent", "cents"):
        unit, end = "percent", at + 2
    elif word == "p" and following == "." and word_at(tokens, at + 2) == "c":
        unit, end = "percent", at + 3 + (word_at(tokens, at + 3) == ".")
    elif word == "percentage":
        unit, end = "percentage", at + 1
    elif word in ("pp", "ppt", "ppts", "pps"):
        return [(1, "percentage point", at + 1)]
    elif word == "basis" and following in ("point", "points"):
        return [(1, "basis point", at + 2)]
    elif word in ("bp", "bps"):
        return [(1, "basis point", at + 1)]
    elif token.text == "‰" or (word == "per" and following in ("mille", "mil")):
        return [(1, "permille", at + 1 + (word == "per"))]
    else:
        return []
    end += word_at(tokens, end) in _HYPHENS and word_at(tokens, end + 1) in ("point", "points")
    if word_at(tokens, end) in ("point", "points"):
        return [(1, "percentage point", end + 1)]
    return [(1, "percent", end)] if unit == "percent" else []


def _degrees(tokens: Sequence[Token], at: int) -> list[tuple[Fraction | int, str, int]]:
    word = word_at(tokens, at)
    if word not in ("°", "º", "degree", "degrees", "deg", "℃", "℉"):
        return []
    if word in ("℃", "℉"):
        return [(1, "celsius" if word == "℃" else "fahrenheit", at + 1)]
    scale = word_at(tokens, at + 1)
    name = {"c": "celsius", "celsius": "celsius", "centigrade": "celsius", "f": "fahrenheit",
            "fahrenheit": "fahrenheit"}.get(scale)  # fmt: skip
    if name and (len(scale) > 1 or tokens[at + 1].text.isupper()):
        end = at + 2
        return [(1, name, end)]
    return [(1, "degree", at + 1)]


def _currencies(tokens: Sequence[Token], at: int) -> list[tuple[Fraction | int, str, int]]:
    token = tokens[at]
    if token.text in CURRENCY_SYMBOLS:
        return [(1, CURRENCY_SYMBOLS[token.text], at + 1)]
    if token.text in CURRENCY_CODES and token.text[:2] != "Rs":
        return [(1, CURRENCY_CODES[token.text], at + 1)]
    if token.text == "US" and word_at(tokens, at + 1) not in CURRENCY_WORDS:
        return []
    minor = MINOR_CURRENCY.get(token.text if len(token.text) == 1 else token.lower)
    if minor and (len(token.text) > 1 or token.glued or token.text in "¢￠"):
        return [(Fraction(1, 100), unit, at + 1) for unit in minor]
    country, place = _country_before(tokens, at)
    unit = CURRENCY_WORDS.get(word_at(tokens, place))
    if unit is None:
        return []
    end = place + 1
    if unit == "pound" and word_at(tokens, end) == "sterling":
        unit, end = "pound:gb", end + 1
    return [(1, f"{unit}:{country}" if country and ":" not in unit else unit, end)]


def _measures(
    tokens: Sequence[Token], at: int, *, symbols: bool
) -> list[tuple[Fraction | int, str, int]]:
    power, place = "", at
    word = word_at(tokens, at)
    if word in _SQUARE:
        power, place = _SQUARE[word], at + 1 + (word_at(tokens, at + 1) == ".")
    if place >= len(tokens):
        return []
    token = tokens[place]
    if token.lower in ("metric", "nautical", "long", "short") and not power:
        name = word_at(tokens, place + 1)
        if token.lower == "metric" and name in ("ton", "tons", "tonne", "tonnes"):
            return [(1, "tonne", place + 2)]
        if token.lower == "nautical" and name in ("mile", "miles"):
            return [(1, "nautical mile", place + 2)]
        return []
    if token.text.upper() in ("BC", "BCE"):
        return [(1, "bc", place + 1)]
    if token.lower == "b" and [word_at(tokens, place + k) for k in (1, 2)] == [".", "c"]:
        end = place + 3 + (word_at(tokens, place + 3) == ".")
        return [(1, "bc", end)]
    if token.lower in RATES and symbols:
        return [(1, RATES[token.lower], place + 1)]
    unit_names: list[str] = []
    end = place + 1
    long_name = token.lower
    for second in (end + (word_at(tokens, end) in _HYPHENS), end):  # light-years
        if f"{token.lower}-{word_at(tokens, second)}" in UNIT_WORDS:
            long_name, end = f"{token.lower}-{word_at(tokens, second)}", second + 1
            break
    if long_name in UNIT_WORDS:
        unit_names.append(UNIT_WORDS[long_name])
    elif symbols and token.text in GLUED_UNITS:
        if token.glued or token.text in SPACED_UNITS:
            unit_names.extend(GLUED_UNITS[token.text])
        if unit_names and word_at(tokens, end) == "." and end + 1 < len(tokens):
            end += tokens[end + 1].text.islower() and len(token.text) > 1
    if not unit_names:
        return []
    if not power and end < len(tokens) and tokens[end].glued and tokens[end].text in _POWERS:
        power, end = _POWERS[tokens[end].text], end + 1
    return [(1, unit + power, end) for unit in unit_names]


def _rate(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """What a unit is counted by: per hour, a day, /s; and the index after it."""
    place = at
    if word_at(tokens, place) in _HYPHENS:
        place += 1
    joint = word_at(tokens, place)
    if joint not in PER or place + 1 >= len(tokens):
        return "", at
    place += 1
    if place > at + 1 and word_at(tokens, place) in _HYPHENS and joint != "/":
        place += 1  # a 5-mile-per-hour wind
    word, token = word_at(tokens, place), tokens[min(place, len(tokens) - 1)]
    if word in ("single", "every") and joint != "/":
        place += 1
        word, token = word_at(tokens, place), tokens[min(place, len(tokens) - 1)]
    if joint == "/" and token.text in GLUED_UNITS and token.glued:
        return GLUED_UNITS[token.text][0], place + 1
    unit = UNIT_WORDS.get(word)
    if unit and (not word.endswith("s") or word == unit):
        if joint in ("a", "an", "each", "every") and unit not in _TIME_UNITS | {
            "kilogram", "gram", "pound", "lb", "ounce", "litre", "gallon", "barrel", "tonne", "ton",
            "mile", "acre", "metre", "foot", "hectare", "yard", "pint",
        }:  # fmt: skip
            return "", at
        return unit, place + 1
    if joint == "per" and word in _HEADS:
        return "head" if word in ("head", "person", "capita") else word, place + 1
    if joint == "per" and word in ("annum", "diem"):
        return "year" if word == "annum" else "day", place + 1
    return "", at
