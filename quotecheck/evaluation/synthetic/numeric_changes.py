"""Changes of meaning in numbers: figures, points, signs, currencies, units, dates, scores."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Final

from quotecheck.evaluation.synthetic.changes import (
    ANOTHER_MEANING,
    MEANING_OR_WORDING,
    OTHER_WORDS,
    Kind,
    Mutator,
    substituted,
    swapped,
)

__all__ = ["COUNT", "FIGURE", "MONTH", "NUMERIC_CHANGES"]

Match = re.Match[str]

FIGURE: Final = r"(?<![\w.,:/–-])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w%]|[.,:/–-]\d|st\b|nd\b|rd\b|th\b)"
"""A whole number in figures that is not part of a date, a time, a score or a decimal."""
MONTH: Final = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_MONTHS: Final = MONTH[3:-1].split("|")
_UNITS: Final = "two three four five six seven eight nine ten eleven twelve".split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
COUNT: Final = rf"(?:\d[\d,.]*|{'|'.join((*_UNITS, *_TENS))}|hundred|thousand|million|billion)"
"""What stands before a unit of measure."""
_ORDINALS: Final = "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()


def _other_digit(digits: str, rng: random.Random) -> str:
    """A figure with one digit changed to another; the first is never a nought."""
    places = [k for k, char in enumerate(digits) if char.isdigit()]
    at = rng.choice(places)
    choices = [d for d in "0123456789" if d != digits[at] and not (d == "0" and at == places[0])]
    return digits[:at] + rng.choice(choices) + digits[at + 1 :]


def _another_figure(match: Match, rng: random.Random) -> str:
    return _other_digit(match.group(), rng)


def _digits_swapped(match: Match, rng: random.Random) -> str | None:
    text = match.group()
    places = [
        k
        for k in range(len(text) - 1)
        if text[k : k + 2].isdigit() and text[k] != text[k + 1] and (k or text[k + 1] != "0")
    ]
    if not places:
        return None
    k = rng.choice(places)
    return text[:k] + text[k + 1] + text[k] + text[k + 2 :]


def _nought(match: Match, rng: random.Random) -> str:
    value = int(match.group().replace(",", ""))
    new = value // 10 if value % 10 == 0 and value > 99 and rng.random() < 0.5 else value * 10
    return f"{new:,}" if "," in match.group() or new > 9999 else str(new)


def _point_lost(match: Match, _rng: random.Random) -> str:
    return (match[1] + match[2]).lstrip("0") or "0"


def _point_moved(match: Match, _rng: random.Random) -> str:
    whole, part = match[1], match[2]
    if len(part) > 1:
        return f"{whole}{part[0]}.{part[1:]}".lstrip("0")
    return f"{whole[:-1] or '0'}.{whole[-1]}{part}"


def _year(match: Match, rng: random.Random) -> str:
    return str(int(match.group()) + rng.choice((-11, -10, -4, -3, -2, -1, 1, 2, 3, 9, 10, 11)))


def _listed(words: list[str]) -> Callable[[Match, random.Random], str | None]:
    """Another word of the same list."""

    def replacement(match: Match, rng: random.Random) -> str | None:
        old = match.group()
        others = [word for word in words if word != old.lower()]
        new = rng.choice(others)
        return new.capitalize() if old[0].isupper() else new

    return replacement


def _clock(match: Match, rng: random.Random) -> str:
    hour, minute = int(match[1]), match[2]
    if minute != "30" and rng.random() < 0.5:
        return f"{match[1]}:{(int(minute) + 20) % 60:02d}"
    return f"{hour % 12 + 1}:{minute}"


def _turned_round(match: Match, _rng: random.Random) -> str | None:
    return None if match[1] == match[3] else f"{match[3]}{match[2]}{match[1]}"


def _range_end(match: Match, rng: random.Random) -> str:
    return f"{match[1]}{match[2]}{_other_digit(match[3], rng)}"


def _percentage(match: Match, rng: random.Random) -> str:
    return f"{_other_digit(match[1], rng)}{match[2]}"


def _fixed(text: str) -> Callable[[Match, random.Random], str | None]:
    """A replacement that is always the same, with the match's groups."""
    return lambda match, _: match.expand(text)


_CURRENCY_SIGNS: Final = {"$": "€", "£": "$", "€": "£", "¥": "$"}
_CURRENCIES: Final = {
    "dollars": "pounds", "dollar": "pound", "euros": "dollars", "euro": "dollar",
    "crowns": "euros", "francs": "dollars", "yen": "euros", "pence": "cents", "cents": "pence",
    "rupees": "dollars", "roubles": "euros", "shillings": "dollars",
}  # fmt: skip
_MEASURES: Final = {
    "miles": "kilometres", "kilometres": "miles", "kilometers": "miles", "metres": "feet",
    "meters": "feet", "feet": "metres", "inches": "feet", "yards": "miles", "acres": "hectares",
    "hectares": "acres", "tons": "pounds", "tonnes": "kilos", "kilos": "tonnes",
    "kilograms": "pounds", "litres": "gallons", "gallons": "litres", "barrels": "gallons",
    "minutes": "hours", "hours": "minutes", "days": "weeks", "weeks": "days", "months": "years",
    "years": "months", "decades": "years", "degrees": "per cent", "megawatts": "kilowatts",
}  # fmt: skip
_MAGNITUDES: Final = {
    "hundred": "thousand", "thousand": "million", "million": "billion", "billion": "million",
    "trillion": "billion", "hundreds of": "thousands of", "thousands of": "hundreds of",
    "millions of": "thousands of", "billions of": "millions of", "dozens of": "hundreds of",
}  # fmt: skip
_FRACTIONS: Final = {
    "half of": "a third of", "one half": "one third", "one third": "one quarter",
    "a third of": "a quarter of", "two thirds": "one third", "two-thirds": "one-third",
    "one-third": "two-thirds", "a quarter of": "a third of", "three quarters": "one quarter",
    "three-quarters": "one-quarter", "one quarter": "one half", "half a million": "a million",
    "a fifth of": "a third of", "one fifth": "four fifths", "one tenth": "one third",
}  # fmt: skip
_RATES: Final = {
    "per day": "per week", "per week": "per day", "per month": "per year", "per year": "per month",
    "a day": "a week", "a year": "a month", "a week": "a month", "a month": "a year",
    "annually": "monthly", "every year": "every month", "every day": "every week",
    "per hour": "per minute", "per head": "per household", "per capita": "per household",
}  # fmt: skip


def _sign(match: Match, _rng: random.Random) -> str:
    return _CURRENCY_SIGNS[match[1]]


def _kind(name: str, change: Mutator, *, mild: bool = False) -> Kind:
    severity = MEANING_OR_WORDING if mild else ANOTHER_MEANING
    return Kind(name, "changed", change, OTHER_WORDS, severity)


NUMERIC_CHANGES: Final = (
    _kind("figure changed", substituted(FIGURE, _another_figure)),
    _kind(
        "digits swapped",
        substituted(r"(?<![\w.,:/–-])\d[\d,]*\d(?![\w%]|[.,:/–-]\d)", _digits_swapped),
    ),
    _kind("nought added or lost", substituted(FIGURE, _nought, unless=r"\b(?:1[6-9]|20)\d\d\b")),
    _kind("decimal point lost", substituted(r"(?<![\w.,])(\d+)\.(\d+)(?![\w.])", _point_lost)),
    _kind("decimal point moved", substituted(r"(?<![\w.,])(\d+)\.(\d+)(?![\w.])", _point_moved)),
    _kind("year changed", substituted(r"(?<![\w.,$£€/-])(?:1[5-9]|20)\d\d(?![\w,/-])", _year)),
    _kind(
        "percentage changed",
        substituted(r"(?<![\w.,-])(\d+(?:\.\d+)?)( ?%| per ?cent\b)", _percentage),
    ),
    _kind(
        "percent for percentage points",
        substituted(r"(\d) ?(?:%|per ?cent)(?! ?point)(?!\w)", _fixed(r"\1 percentage points")),
        mild=True,
    ),
    _kind(
        "number word changed",
        substituted(rf"\b(?:{'|'.join(_UNITS)})\b(?!-)", _listed(_UNITS), flags=re.IGNORECASE),
    ),
    _kind(
        "tens changed",
        substituted(rf"\b(?:{'|'.join(_TENS)})\b", _listed(_TENS), flags=re.IGNORECASE),
    ),
    _kind("magnitude changed", swapped(_MAGNITUDES)),
    _kind("fraction changed", swapped(_FRACTIONS)),
    _kind(
        "ordinal changed",
        substituted(
            rf"\b(?:{'|'.join(_ORDINALS)})\b(?!s)(?<!a third)(?<!one third)",
            _listed(_ORDINALS),
            flags=re.IGNORECASE,
        ),
    ),
    _kind("first for third", substituted(r"\bthe first (?=\w)(?!of\b)", _fixed("the third "))),
    _kind("currency sign changed", substituted(r"([$£€¥])(?=\d)", _sign)),
    _kind("currency sign lost", substituted(r"[$£€](?=\d)", _fixed(""), unless=r"[$£€].*[$£€]")),
    _kind("currency changed", swapped(_CURRENCIES)),
    _kind(
        "unit changed",
        substituted(
            rf"(?<=[\w])(?<!\bthe)(?P<sep>[ -])(?P<unit>{'|'.join(_MEASURES)})\b",
            lambda m, _: (
                f"{m['sep']}{_MEASURES[m['unit']]}"
                if re.search(rf"\b{COUNT}$", m.string[: m.start()], re.IGNORECASE)
                else None
            ),
        ),
    ),
    _kind("minus sign lost", substituted(r"(?:(?<=\s)|^)[-−–](?=\d)", _fixed(""))),
    _kind(
        "minus sign put in",
        substituted(r"(?<= )(?=\d+(?:\.\d+)?(?: degrees|°| per ?cent| ?%))", _fixed("-")),
    ),
    _kind("plus for minus", substituted(r"\bminus\b", _fixed("plus"))),
    _kind(
        "above for below",
        swapped({"below": "above", "above": "below"}, unless=r"[Aa]bove all|from above|the above"),
    ),
    _kind(
        "score glued",
        substituted(r"(?<![\w.,/–-])(\d{1,2})[–-](\d{1,2})(?![\w/–-]|\.\d)", _fixed(r"\1\2")),
    ),
    _kind(
        "score turned round",
        substituted(r"(?<![\w.,/–-])(\d{1,2})([–-])(\d{1,2})(?![\w/–-]|\.\d)", _turned_round),
    ),
    _kind("range changed", substituted(r"\b(\d+)( to | and )(\d+)\b", _range_end)),
    _kind(
        "from and to turned round",
        substituted(
            r"(?<=from )([A-Z]\w+|\d[\d,.]*\d|\d)( to )([A-Z]\w+|\d[\d,.]*\d|\d)\b(?! [A-Z])",
            _turned_round,
        ),
    ),
    _kind(
        "odds changed",
        substituted(
            rf"\b(one in )({'|'.join(_UNITS)})\b",
            lambda m, rng: m[1] + rng.choice([u for u in _UNITS if u != m[2]]),
            flags=re.IGNORECASE,
        ),
    ),
    _kind(
        "month changed",
        substituted(
            rf"(?<=\d )({MONTH})\b|\b({MONTH})(?= \d)",
            lambda m, rng: rng.choice([x for x in _MONTHS if x != m.group()]),
        ),
    ),
    _kind(
        "day changed",
        substituted(
            rf"(?P<day>\b\d{{1,2}})(?= {MONTH}\b)|(?<= )(?P<day2>\d{{1,2}})\b(?=, (?:1|2)\d\d\d)",
            lambda m, rng: str(rng.choice([d for d in range(1, 29) if d != int(m.group())])),
        ),
    ),
    _kind("time changed", substituted(r"(?<![\w.,:])(\d{1,2}):([0-5]\d)(?![\w:])", _clock)),
    _kind("rate changed", swapped(_RATES)),
)
"""Kinds of changes in what is counted or measured."""
