"""Divide a text into digits, words and marks, and read what digits alone say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from quotecheck.language.units import CURRENCY_WORDS, SCALES, UNIT_WORDS
from quotecheck.language.word_classes import NUMBER_WORDS

__all__ = ["Token", "literal_value", "past_hyphen", "roman_value", "tokenise", "word_at"]

_MAX_DIGITS: Final = 60
"""Digits of a number that is read; longer ones are codes."""
_WIDE: Final = "\u00a0\u2007\u2009\u202f"
_LITERAL: Final = (
    r"\d{1,3}(?: ?,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{1,2}(?:,\d{2}){1,6},\d{3}(?!\d)(?:\.\d+)?"  # 12,34,567
    rf"|\d{{1,3}}(?:[{_WIDE} '’]\d{{3}}){{1,7}}(?![\d’'])(?:[.,]\d+)?"
    r"|\d{1,3}(?:\.\d{3})+,\d+(?!\d)"  # 1.234,56
    r"|\d+(?:\.\d+){2,}"  # 1.234.567, and versions
    r"|\d+[.,]\d+(?![.,]?\d)|\d+\.\d+|(?<![\w.])\.\d+|\d+"
)
_LETTER: Final = "[^\\W\\d_¹²³⁰-⁹₀-₉¼½¾⅐-⅞↉]"
_UNSEEN: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
"""Characters that show nothing: soft hyphens, joiners, directions of writing."""
_TOKEN = re.compile(
    rf"(?P<num>{_LITERAL})|(?P<word>{_LETTER}+(?:['’]{_LETTER}+)*)|(?P<vulgar>[¼½¾⅐-⅞↉])|(?P<mark>[^\s{_UNSEEN}])"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\Z|\d{1,2}(?:,\d{2})+,\d{3}\Z")
_SPACING = re.compile(rf"[{_WIDE} '’]")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}\Z")
_DIVIDED: Final = (
    frozenset(UNIT_WORDS) | frozenset(CURRENCY_WORDS) | frozenset(SCALES) | frozenset(NUMBER_WORDS)
) | {"percent"}
"""Words of quantities that a line may divide."""
_HYPHENS: Final = frozenset("-‐‑")
_ROMAN = re.compile(r"(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\Z")
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Token(NamedTuple):
    """One piece of a text: digits, a word, a vulgar fraction, or a single mark."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool
    """Whether it follows the token before it without a space."""

    @property
    def lower(self) -> str:
        """Its text in lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Divide a text into tokens, white space left out.

    >>> [token.text for token in tokenise("$1,200.50 (8th)")]
    ['$', '1,200.50', '(', '8', 'th', ')']
    """
    tokens: list[Token] = []
    last = start
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        glued = bool(tokens) and match.start() == last
        last = match.end()
        kind = match.lastgroup or "mark"
        tokens.append(Token(kind, match.group(), match.start(), match.end(), glued))
        if kind == "word" and not glued and len(tokens) > 2 and tokens[-2].text in _HYPHENS:
            _join_divided(tokens, text)
    return tokens


def _join_divided(tokens: list[Token], text: str) -> None:
    """Make one token of the last word where a line ended within it: "mega-", "watts"."""
    first, hyphen, second = tokens[-3:]
    joined = first.text + second.text
    broken = "\n" in text[hyphen.end : second.start]
    if broken and first.kind == "word" and hyphen.glued and joined.lower() in _DIVIDED:
        tokens[-3:] = [Token("word", joined, first.start, second.end, first.glued)]


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The token at an index in lower case; empty beyond the end."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def literal_value(text: str) -> Fraction | None:
    """Return the value of a number in digits; None for a version number or anything else.

    >>> literal_value("1,200,000"), literal_value("1.234,5"), literal_value("2.1.0")
    (Fraction(1200000, 1), Fraction(2469, 2), None)
    """
    if len(text) > _MAX_DIGITS:
        return None
    plain = _SPACING.sub("", text)
    if "," in plain and "." in plain:
        if plain.rindex(".") > plain.rindex(","):
            plain = plain.replace(",", "")
        else:
            plain = plain.replace(".", "").replace(",", ".")
    elif "," in plain:
        plain = plain.replace(",", "" if _GROUPED.match(plain) else ".")
    elif _DOTTED.match(plain):
        plain = plain.replace(".", "")
    if plain.count(".") > 1:
        return None
    if not plain.isascii():
        plain = "".join(str(int(c)) if c.isdecimal() else c for c in plain)
    return Fraction(plain if plain[0] != "." else f"0{plain}")


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral below 400, None of another word.

    >>> roman_value("XIV"), roman_value("IIII"), roman_value("MIX")
    (14, None, None)
    """
    if not _ROMAN.match(text):
        return None
    digits = [_ROMAN_DIGITS[c] for c in text]
    return sum(
        -d if any(later > d for later in digits[k + 1 : k + 2]) else d for k, d in enumerate(digits)
    )


def past_hyphen(tokens: Sequence[Token], at: int) -> int:
    """Return the index after a hyphen that joins two tokens, else the same index."""
    if at + 1 < len(tokens) and tokens[at].text in _HYPHENS and tokens[at].glued:
        return at + 1
    return at
