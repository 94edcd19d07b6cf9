"""Changes of form in words and numbers: another spelling, the same quantity in other dress."""

from __future__ import annotations

import random
import re
from typing import Final

from quotecheck.evaluation.synthetic.changes import (
    CUT_FAIRLY,
    FORM_ALONE,
    NOTHING_OR_WORDING,
    Kind,
    Mutator,
    substituted,
    swapped,
)
from quotecheck.evaluation.synthetic.numeric_changes import FIGURE, MONTH
from quotecheck.evaluation.synthetic.word_pairs import ABBREVIATIONS, CONTRACTIONS, SPELLINGS
from quotecheck.records.check import Severity, Verdict

__all__ = ["WORDING_FORMS", "in_words"]

Match = re.Match[str]
_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = ", , twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS: Final = {
    "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
    "eighth": "8th", "ninth": "9th", "tenth": "10th", "twelfth": "12th", "twentieth": "20th",
    "nineteenth": "19th", "eighteenth": "18th", "twenty-first": "21st",
}  # fmt: skip
_CURRENCY_WORDS: Final = {"$": "dollars", "£": "pounds", "€": "euros"}
_SIGNS: Final = {"dollars": "$", "pounds": "£", "euros": "€"}
_SCALES: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_UNIT_FORMS: Final = {
    "kilometres": "km", "kilometers": "km", "kilograms": "kg", "kilos": "kg", "metres": "m",
    "centimetres": "cm", "millimetres": "mm", "miles per hour": "mph", "megawatts": "MW",
    "kilowatts": "kW", "hectares": "ha", "km": "kilometres", "kg": "kilograms",
    "mph": "miles per hour",
    "kilometres per hour": "km/h", "square kilometres": "sq km", "degrees": "°", "tonnes": "t",
}  # fmt: skip
_HOURS: Final = {str(n): _ONES[n] for n in range(1, 13)}


def in_words(number: int) -> str:
    """A number below a hundred in words.

    >>> in_words(42)
    'forty-two'
    """
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _spelled_out(match: Match, _rng: random.Random) -> str | None:
    """A figure below a hundred in words; nothing where it is a date, an amount or a mere label."""
    text = match.string
    before, after = text[: match.start()], text[match.end() :]
    if re.search(
        rf"(?:{MONTH}|[$£€]|[Nn]o\.?|[Nn]umbers?|[Aa]rticles?|[Cc]hapters?|[Ss]ections?|page|"
        r"[Rr]esolutions?|\b[A-Z]\w*) ?$",
        before,
    ) or re.match(rf" (?:{MONTH}|and \d|to \d|million|billion|a\.m|p\.m|am|pm)", after):
        return None
    digits = match.group().replace(",", "")
    return in_words(int(digits)) if 1 < int(digits) < 100 and digits[0] != "0" else None


def _in_figures(match: Match, _rng: random.Random) -> str | None:
    word = match.group().lower()
    number = next((n for n in range(2, 100) if in_words(n) == word), None)
    return None if number is None else str(number)


def _without_comma(match: Match, _rng: random.Random) -> str:
    return match.group().replace(",", "")


def _thin_space(match: Match, rng: random.Random) -> str:
    return match.group().replace(",", rng.choice(("\u202f", "\u00a0")))


def _with_comma(match: Match, _rng: random.Random) -> str | None:
    number = int(match.group())
    return f"{number:,}" if number >= 10_000 else None


def _whole_figure(match: Match, _rng: random.Random) -> str | None:
    """Write "1.2 million" as "1,200,000"."""
    whole, part, scale = match[1], match[2] or "", _SCALES[match[3]]
    digits = len(str(scale)) - 1
    if len(part) > digits:
        return None
    return f"{int(whole) * scale + int(part or 0) * 10 ** (digits - len(part)):,}"


def _scaled(match: Match, _rng: random.Random) -> str | None:
    """Write "1,200,000" as "1.2 million"."""
    number = int(match.group().replace(",", ""))
    for name, scale in (("billion", 10**9), ("million", 10**6)):
        if number >= scale and number % (scale // 100) == 0:
            return f"{number / scale:g} {name}"
    return None


def _spelled_currency(match: Match, _rng: random.Random) -> str:
    return f"{match[2]}{match[3] or ''} {_CURRENCY_WORDS[match[1]]}"


def _signed_currency(match: Match, _rng: random.Random) -> str:
    return f"{_SIGNS[match[3]]}{match[1]}{match[2] or ''}"


def _short_money(match: Match, _rng: random.Random) -> str:
    return f"{match[1]}{match[2]}{'bn' if match[3] == 'billion' else 'm'}"


def _date(match: Match, rng: random.Random) -> str | None:
    """Day and month in the other order, as a style guide may ask."""
    day, month, year = match["day"], match["month"], match["year"] or ""
    if "," in match.group():
        return f"{day} {month}{' ' if year else ''}{year}"
    if rng.random() < 0.5:
        return f"{month} {day}{', ' if year else ''}{year}"
    if day[-1] in "123" and not (len(day) > 1 and day[0] == "1"):
        return None
    return f"{day}th {month}{' ' if year else ''}{year}"


def _month_first(match: Match, _rng: random.Random) -> str:
    return f"{match['day']} {match['month']}{match['year'] or ''}"


def _unit(match: Match, rng: random.Random) -> str | None:
    if not re.search(r"\d ?-?$", match.string[: match.start()]):
        return None
    new = _UNIT_FORMS[match["unit"]]
    if new == "°":
        return (
            "°" if re.match(r" ?(?:Celsius|C\b|below|above)", match.string[match.end() :]) else None
        )
    return f"{rng.choice(('', ' ')) if len(new) < 5 else ' '}{new}"


def _clock(match: Match, rng: random.Random) -> str | None:
    hour, minute = match[1], match[2]
    is_bare = not re.match(r" ?[ap]\.?m", match.string[match.end() :])
    if is_bare and minute == "30" and hour in _HOURS and rng.random() < 0.6:
        return f"half past {_HOURS[hour]}"
    return f"{hour}.{minute}"


def _noon(match: Match, rng: random.Random) -> str:
    letter = match[2].lower()
    return f"{match[1]}{rng.choice((f' {letter}m', f'{letter}m', f' {letter.upper()}M'))}"


def _possessive(match: Match, _rng: random.Random) -> str:
    return f"{match[1]}’" if match[2] else f"{match[3]}’s"


def _kind(
    name: str,
    change: Mutator,
    accept: tuple[Verdict, ...] = FORM_ALONE,
    severity: tuple[Severity, ...] = ("none",),
) -> Kind:
    return Kind(name, "faithful", change, accept, severity)


_LOOSE: Final[tuple[Verdict, ...]] = (*CUT_FAIRLY, "altered")
_BELOW_100: Final = "|".join(sorted((in_words(n) for n in range(2, 100)), key=len, reverse=True))
_DAY_MONTH: Final = (
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{MONTH})(?:,? (?P<year>[12]\d\d\d))?\b(?! \d)"
)
_MONTH_DAY: Final = (
    rf"\b(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,(?P<year> [12]\d\d\d))?\b(?!\d)"
)

WORDING_FORMS: Final = (
    _kind("spelling of another country", swapped(SPELLINGS)),
    _kind("contraction", swapped(CONTRACTIONS, after=r"[.,;:?!]"), _LOOSE, NOTHING_OR_WORDING),
    _kind("abbreviation", swapped(ABBREVIATIONS), _LOOSE, NOTHING_OR_WORDING),
    _kind(
        "possessive",
        substituted(r"\b([A-Z]\w+s)[’'](s)(?= [a-z])|(?<=[A-Z]\w\. )(\w+s)[’'](?= )", _possessive),
    ),
    _kind(
        "hyphen for a space",
        substituted(
            r"\b(well|long|short|high|low|so)[ -](known|term|level|called|range|standing|speed)\b",
            lambda m, _: f"{m[1]}{' ' if '-' in m.group() else '-'}{m[2]}",
        ),
    ),
    _kind("figure in words", substituted(FIGURE, _spelled_out)),
    _kind(
        "words in figures",
        substituted(
            rf"(?<![\w-])(?:{_BELOW_100})"
            rf"(?![\w’'-]| (?:{'|'.join(_ONES[1:10])}|hundred|thousand)\b)"
            r"(?! (?:thirds|quarters|fifths|of us|of them|or|and a half))",
            _in_figures,
            flags=re.IGNORECASE,
        ),
    ),
    _kind(
        "thousands comma left out",
        substituted(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,.]\d)", _without_comma),
    ),
    _kind(
        "thousands space", substituted(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,.]\d)", _thin_space)
    ),
    _kind(
        "thousands comma put in", substituted(r"(?<![\w.,:/$-])\d{5,7}(?![\w,.]|\.\d)", _with_comma)
    ),
    _kind(
        "million written out",
        substituted(
            r"(?<![\w.,])(\d{1,3})(?:\.(\d{1,2}))? (thousand|million|billion)\b", _whole_figure
        ),
    ),
    _kind(
        "million in a word", substituted(r"(?<![\w.,])\d{1,3}(?:,\d{3}){2,3}(?![\w,.]\d)", _scaled)
    ),
    _kind("percent", swapped({"percent": "per cent", "per cent": "percent"})),
    _kind(
        "percent sign", substituted(r"(?<=\d) (?:percent|per cent)\b(?! point)", lambda _m, _r: "%")
    ),
    _kind(
        "percent in a word",
        substituted(r"(?<=\d) ?%", lambda _m, rng: rng.choice((" percent", " per cent"))),
    ),
    _kind(
        "currency in a word",
        substituted(
            r"([$£€])(\d[\d,]*(?:\.\d+)?)( (?:thousand|million|billion|trillion))?(?<![.,])"
            r"(?!\d|[mb]n?\b|-| (?:dollars|pounds|euros|thousand|million|billion|trillion))",
            _spelled_currency,
        ),
    ),
    _kind(
        "currency sign",
        substituted(
            r"(?<![\w.,$£€/])(?<!\bin )(?<!\d )(\d[\d,]*(?:\.\d+)?)( (?:million|billion|trillion))?"
            r" (dollars|euros|pounds)\b",
            _signed_currency,
        ),
    ),
    _kind(
        "short money", substituted(r"([$£€])(\d[\d,]*(?:\.\d+)?) (million|billion)\b", _short_money)
    ),
    _kind("day before month", substituted(_MONTH_DAY, _month_first)),
    _kind("month before day", substituted(_DAY_MONTH, _date)),
    _kind(
        "ordinal in figures",
        swapped(
            _ORDINALS, unless=r"\b(?:[Tt]wo|[Oo]ne|[Aa]n?)[ -][a-z]+(?:th|rd)\b|[Oo]ne[ -]|quarters"
        ),
    ),
    _kind(
        "unit",
        substituted(rf" (?P<unit>{'|'.join(sorted(_UNIT_FORMS, key=len, reverse=True))})\b", _unit),
    ),
    _kind(
        "time of day",
        substituted(r"(?:(?<=at )|(?<=by )|(?<=until ))(1?\d):([0-5]\d)(?![\w:])", _clock),
    ),
    _kind("before and after noon", substituted(r"\b(\d{1,2}) ?([ap])\.m\.(?= \w)", _noon)),
    _kind(
        "fraction with a hyphen",
        substituted(
            r"\b(one|two|three|four)([ -])(thirds?|quarters?|fifths?|tenths?)\b",
            lambda m, _: f"{m[1]}{'-' if m[2] == ' ' else ' '}{m[3]}",
        ),
    ),
)
"""Kinds of changes of form in words and numbers."""
