"""Numbers written in digits and in words, read from the tokens of a text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple
from unicodedata import normalize, numeric

from quotecheck.comparison.numeral_tokens import Token, literal_value, past_hyphen, word_at
from quotecheck.language.units import SCALES

__all__ = ["CARDINALS", "NUMBER_STARTS", "ORDINALS", "Number", "number_at"]

_MAX_FRACTION_DIGITS: Final = 9
"""Digits above or below the stroke; longer ones are codes and dates."""
_LARGEST: Final = 10**30
"""A number: what is larger counts nothing in a text, and its arithmetic would grow with its
words."""
_MAX_EXPONENT_DIGITS: Final = 2
"""Digits of a power of ten that is read; a longer one is a note's mark or nothing of this world."""
_TIMES: Final = frozenset("×x·⋅*")
"""Signs between a number and the power of ten that it is multiplied by."""
_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
CARDINALS: Final[dict[str, int]] = {
    **{word: n for n, word in enumerate(_ONES)},
    **{word: 20 + 10 * n for n, word in enumerate(_TENS)},
    "nought": 0, "naught": 0, "nil": 0, "fourty": 40,
}  # fmt: skip
"""Number words below a hundred."""
_SCORES: Final = {"threescore": 60, "fourscore": 80, "twoscore": 40, "sixscore": 120}
_IRREGULAR: Final = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
}  # fmt: skip
ORDINALS: Final[dict[str, int]] = {
    **_IRREGULAR,
    **{f"{w}th": n for w, n in CARDINALS.items() if n in (4, 6, 7, *range(10, 20)) and n != 12},
    **{f"{w[:-1]}ieth": n for w, n in CARDINALS.items() if n >= 20},
    "hundredth": 100, "thousandth": 1_000, "millionth": 10**6, "billionth": 10**9,
}  # fmt: skip
"""Ordinal words that are one word."""
_DENOMINATORS: Final[dict[str, int]] = {
    "half": 2, "halves": 2, "quarter": 4, "quarters": 4, "fourths": 4,
    **{word: n for word, n in ORDINALS.items() if n > 2},
    **{f"{word}s": n for word, n in ORDINALS.items() if n > 2},
}  # fmt: skip
_VAGUE: Final[dict[str, int]] = {
    "tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000,
    "millions": 10**6, "billions": 10**9, "trillions": 10**12, "lakhs": 10**5, "crores": 10**7,
}  # fmt: skip


NUMBER_STARTS: Final = (
    frozenset(CARDINALS) | frozenset(ORDINALS) | frozenset(_VAGUE) | frozenset(_SCORES)
    | frozenset(SCALES) | frozenset({"half", "quarter", "hundred", "dozen", "score"})
)  # fmt: skip
"""Words with which a number in words may begin, articles left out."""


class Number(NamedTuple):
    """A number that ends before the token with index ``end``.

    ``scale`` is the power of ten that a word multiplied it by ("4.3 billion"), else 1. ``form`` is
    one of digits, words, fraction, ordinal, digits ordinal, vague. ``others`` are values that it
    may have besides.
    """

    value: Fraction
    end: int
    form: str
    scale: int = 1
    others: tuple[Fraction, ...] = ()


def number_at(tokens: Sequence[Token], at: int) -> Number | None:
    """Read the number that begins with the token at an index, as much of it as there is.

    >>> from quotecheck.comparison.numeral_tokens import tokenise
    >>> number_at(tokenise("three and a half million"), 0)
    Number(value=Fraction(3500000, 1), end=5, form='words', scale=1000000, others=())
    >>> number_at(tokenise("fifteen hundred sheep"), 0).value
    Fraction(1500, 1)
    """
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind == "num":
        return _from_digits(tokens, at)
    if token.kind == "vulgar":
        value = Fraction(numeric(token.text)).limit_denominator(100)
        return _scaled(tokens, Number(value, at + 1, "fraction"))
    return _from_words(tokens, at) if token.kind == "word" else None


def _from_digits(tokens: Sequence[Token], at: int) -> Number | None:
    value = literal_value(tokens[at].text)
    if value is None:
        return None
    end, form = at + 1, "digits"
    if power := _power_of_ten(tokens, at):
        return Number(power[0], power[1], form)
    if word_at(tokens, end) in _TIMES and (power := _power_of_ten(tokens, end + 1)):
        return Number(value * power[0], power[1], form)
    if end < len(tokens):
        after = tokens[end]
        if after.glued and after.lower in ("st", "nd", "rd", "th"):
            return Number(value, end + 1, "digits ordinal")
        if after.kind == "vulgar":
            value += Fraction(numeric(after.text)).limit_denominator(100)
            end += 1
        elif (part := _slashed(tokens, past_hyphen(tokens, end))) and part[0] < 1:
            value, end = value + part[0], part[1]
        elif fraction := _slashed(tokens, at) or _fraction(tokens, at):
            value, end, form = fraction[0], fraction[1], "fraction"
    return _scaled(tokens, Number(value, end, form))


def _power_of_ten(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    """The value of 10⁶ or 10^6, and the index after it."""
    if word_at(tokens, at) != "10":
        return None
    caret = word_at(tokens, at + 1) == "^"
    end = at + 1 + caret
    sign = digits = ""
    while end < len(tokens) and tokens[end].glued:
        text = tokens[end].text
        written = text if caret else normalize("NFKC", text)
        if not caret and written == text:
            break  # not raised
        if written in ("-", "−") and not sign and not digits:
            sign = "-"
        elif written.isdecimal():
            digits += written
        else:
            break
        end += 1
    if not digits or len(digits) > _MAX_EXPONENT_DIGITS:
        return None
    return Fraction(10) ** int(sign + digits), end


def _slashed(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    """A fraction like 3/4 and the index after it."""
    if at + 2 >= len(tokens) or tokens[at + 1].text not in ("/", "⁄"):
        return None
    above, below = tokens[at], tokens[at + 2]
    if not (
        tokens[at + 1].glued and below.glued and above.text.isdecimal() and below.text.isdecimal()
    ):
        return None
    if (
        max(len(above.text), len(below.text)) > _MAX_FRACTION_DIGITS
        or not int(below.text)
        or (word_at(tokens, at + 3) == "/" and tokens[at + 3].glued)
    ):
        return None
    end = at + 3
    if word_at(tokens, end) in ("ths", "th", "rds", "rd", "nds") and tokens[end].glued:
        end += 1
    return Fraction(int(above.text), int(below.text)), end


def _scaled(tokens: Sequence[Token], number: Number) -> Number:
    """A number in digits or a fraction with the words that multiply it: million, dozen."""
    value, end, scale = number.value, number.end, 1
    if added := _and_fraction(tokens, end):
        value, end = value + added[0], added[1]
    while True:
        at = past_hyphen(tokens, end)
        if number.form == "fraction" and word_at(tokens, at) in ("a", "an", "of"):
            at += 1 + (word_at(tokens, at) == "of" and word_at(tokens, at + 1) in ("a", "an"))
            at = past_hyphen(tokens, at)  # half-a-dozen
            if word_at(tokens, at) not in SCALES and word_at(tokens, at) != "dozen":
                break
        word = word_at(tokens, at)
        factor = {"hundred": 100, "dozen": 12}.get(word) or SCALES.get(word)
        if factor is None and value != 1 and word.endswith("s"):  # five millions
            factor = SCALES.get(word[:-1])
        if factor is None or value > _LARGEST:
            break
        value, end = value * factor, at + 1
        scale *= factor
        if added := _and_fraction(tokens, end):  # a million and a half
            value, end = value + added[0] * scale, added[1]
    return number._replace(value=value, end=end, scale=scale)


def _and_fraction(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    """The value of "and a half" after a number, and the index after it."""
    at = past_hyphen(tokens, at)
    if word_at(tokens, at) != "and":
        return None
    part = _fraction(tokens, past_hyphen(tokens, at + 1))
    return part if part and part[0] < 1 else None


def _fraction(tokens: Sequence[Token], at: int) -> tuple[Fraction, int] | None:
    """A fraction in words ("a half", "three-quarters") and the index after it."""
    word = word_at(tokens, at)
    if word == "half":
        return Fraction(1, 2), at + 1
    above = 1 if word in ("a", "an") else CARDINALS.get(word, 0)
    if word.isdecimal() and len(word) == 1:  # 2 thirds
        above = int(word)
    if not above:
        return None
    end = past_hyphen(tokens, at + 1)
    name = word_at(tokens, end)
    below = _DENOMINATORS.get(name)
    if below is None or name.endswith("s") != (above > 1) or above >= below > 2:
        return None  # nine quarters are a count
    return Fraction(above, below), end + 1


def _from_words(tokens: Sequence[Token], at: int) -> Number | None:
    word = word_at(tokens, at)
    if word in _VAGUE:
        return _vague(tokens, at)
    if part := _fraction(tokens, at):
        third = word in ("a", "an") and word_at(tokens, part[1] - 1) in ORDINALS
        hundredth = word == "one" and part[0] * 100 <= 1
        # "a third" may be one more, "the one hundredth" stands behind ninety-nine.
        others = (1 / part[0],) if third or hundredth else ()
        return _scaled(tokens, Number(part[0], part[1], "fraction", others=others))
    if word in ("a", "an"):
        return _article(tokens, at)
    year = _year(tokens, at)
    whole = _whole(tokens, at)
    if year is not None and (whole is None or year.end >= whole.end):
        return year
    if whole is None:
        return None
    if whole.form == "ordinal":
        return whole
    if word_at(tokens, whole.end) == "point":
        return _pointed(tokens, whole)
    return _scaled(tokens, whole) if whole.scale == 1 else whole


def _article(tokens: Sequence[Token], at: int) -> Number | None:
    """A hundred and five, a dozen, a million."""
    name = word_at(tokens, at + 1)
    if name in ("hundred", "dozen", "score") or (name in SCALES and name not in ("grand", "lac")):
        return _whole(tokens, at + 1)
    return None


def _vague(tokens: Sequence[Token], at: int) -> Number | None:
    """Hundreds, tens of thousands."""
    value, end = Fraction(_VAGUE[word_at(tokens, at)]), at + 1
    while word_at(tokens, end) == "of" and word_at(tokens, end + 1) in _VAGUE and value < _LARGEST:
        value, end = value * _VAGUE[word_at(tokens, end + 1)], end + 2
    if end == at + 1 and word_at(tokens, at) in ("tens", "scores"):
        return None  # ten each; results
    return Number(value, end, "vague")


def _year(tokens: Sequence[Token], at: int) -> Number | None:
    """A year in words: nineteen fourteen, nineteen oh five, twenty twenty."""
    century = CARDINALS.get(word_at(tokens, at), 0)
    if not 10 <= century <= 20:
        return None
    end = past_hyphen(tokens, at + 1)
    word = word_at(tokens, end)
    if word in ("oh", "o") and 0 < CARDINALS.get(word_at(tokens, end + 1), 0) < 10:
        rest, end = CARDINALS[word_at(tokens, end + 1)], end + 2
    elif (rest := CARDINALS.get(word, 0)) >= 10:
        end += 1
        unit = past_hyphen(tokens, end)
        if rest >= 20 and 0 < CARDINALS.get(word_at(tokens, unit), 0) < 10:
            rest, end = rest + CARDINALS[word_at(tokens, unit)], unit + 1
    else:
        return None
    return Number(Fraction(century * 100 + rest), end, "words")


def _pointed(tokens: Sequence[Token], whole: Number) -> Number:
    """Three point five."""
    digits, end = "", whole.end + 1
    while 0 <= CARDINALS.get(word_at(tokens, end), -1) < 10 or word_at(tokens, end) in ("oh", "o"):
        digits += str(CARDINALS.get(word_at(tokens, end), 0))
        end += 1
    if not digits and end < len(tokens) and tokens[end].text.isdecimal():
        digits, end = tokens[end].text, end + 1
    if not digits:
        return whole
    return _scaled(tokens, Number(whole.value + Fraction(f"0.{digits}"), end, "words"))


def _whole(tokens: Sequence[Token], at: int) -> Number | None:
    """A cardinal or ordinal in words, from its first word on."""
    total = current = 0
    scale, end, place = 1, at, at
    ordinal = False
    while place < len(tokens) and not ordinal and total < _LARGEST:
        word = word_at(tokens, place)
        joined = place
        if end > at and word == "and":
            joined = past_hyphen(tokens, place + 1)
            following = word_at(tokens, joined)
            if not (_adds(current, total, following) or _turned(current, following)):
                break
            if following != "one" and _and_fraction(tokens, end):
                break  # five million and three quarters
            word = following
        hundredth = current and ORDINALS.get(word, 0) >= 100  # the two hundredth
        if word in ORDINALS and (end == at or hundredth or _adds(current, total, word)):
            value = ORDINALS[word]
            ordinal = True
            if value >= 100:
                total, current = total + (current or 1) * value, 0
            else:
                current += value
        elif word in _SCORES and end == at:
            current = _SCORES[word]
        elif word in CARDINALS and (
            end == at or _adds(current, total, word) or (joined > place and _turned(current, word))
        ):
            current += CARDINALS[word]
        elif word == "hundred" and current < 100:
            current = (current or 1) * 100
        elif (word in ("dozen", "score") and 0 < current < 100) or (word == "dozen" and end == at):
            current = (current or 1) * (12 if word == "dozen" else 20)
        elif word == "score" and end == at and at and word_at(tokens, at - 1) in ("a", "an"):
            current = 20
        elif (word in SCALES and word != "grand") or (word.removesuffix("s") in SCALES and current):
            scale = SCALES.get(word) or SCALES[word.removesuffix("s")]
            if current:
                total, current = total + current * scale, 0
            else:
                total = (total or 1) * scale
        else:
            break
        end = joined + 1
        place = past_hyphen(tokens, end)
    if end == at:
        return None
    number = Number(Fraction(total + current), end, "ordinal" if ordinal else "words", scale)
    if not ordinal and (added := _and_fraction(tokens, end)):
        part, after = added
        half = number.value + part * (scale if not current else 1)
        number = Number(half, after, "words", scale)
        if current and scale == 1:
            number = _scaled(tokens, number)
    return number


def _adds(current: int, total: int, word: str) -> bool:
    """Whether a word below a hundred goes on with a number: two hundred (and) five."""
    value = CARDINALS.get(word, ORDINALS.get(word, 0))
    if not 0 < value < 100:
        return False
    rest = current % 100
    if value < 10:
        return (rest == 0 and bool(current or total)) or (rest >= 20 and rest % 10 == 0)
    if value < 20 and current in _SCORES.values():  # threescore and ten
        return True
    return rest == 0 and bool(current or total)


def _turned(current: int, word: str) -> bool:
    """Whether tens stand after their unit: four and twenty."""
    return 0 < current < 10 and CARDINALS.get(word, 0) >= 20
