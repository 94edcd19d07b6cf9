"""A text folded for comparison, with a map back to the raw offsets."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.language.quotation_characters import DOUBLE, GUILLEMETS, SINGLE, SINGLE_GUILLEMETS
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Normalised", "normalise"]


_FOLDS = {
    **dict.fromkeys(DOUBLE.replace('"', "") + GUILLEMETS + "″‶", '"'),
    **dict.fromkeys(SINGLE.replace("'", "") + SINGLE_GUILLEMETS + "′‵´ʼʹʻʽ", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⸺⸻", "-"),
    "\u2044": "/",  # the fraction slash that NFKC leaves in vulgar fractions
    **dict.fromkeys(
        "\xad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        "",
    ),
}


# Matches only what changes, so that long plain stretches are copied whole. Every alternative is
# linear: none can match the same stretch in two ways.
_CHANGES = re.compile(
    r"""
    (?P<join>(?<=[^\W\d_])(?:[-\u2010\u2011]|\xad)[ \t]*(?:\r\n|[\n\r\u2028])[ \t]*
        (?=[a-z\xdf-\xf6\xf8-\xff]))
    | (?P<space>[^\S\ ]\s*|\ \s+)
    | (?P<double>''|``|\u2018\u2018|\u2019\u2019)
    | (?P<dash>[-\u2012-\u2015]{2,})
    | (?P<dots>\.(?:[\ \xa0]?\.){2,})
    | (?P<other>`|[A-Za-z][\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+
        |[^\x00-\x7f\s]+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normal form with its way back.

    Attributes:
        text: the normal form.
        starts: for each code point of ``text``, where in the raw text it comes from.
        ends: the end of that place. Both never decrease; code points that come from one raw
            stretch (the three dots of an ellipsis) share it.
    """

    text: str
    starts: array[int]
    ends: array[int]

    def raw_span(self, start: int, end: int) -> Span:
        """The stretch of raw text behind ``text[start:end]``.

        Raises:
            ValueError: the range does not lie within ``text``.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}..{end} is not within 0..{len(self.text)}")
        if start == end:
            place = self.starts[start] if start < len(self.text) else (self.ends or [0])[-1]
            return Span(place, place)
        return Span(self.starts[start], self.ends[end - 1])


def normalise(raw: str, *, fold_case: bool = False) -> Normalised:
    r"""Fold what differs between two printings of the same words, keeping a map to the raw text.

    Quotation marks become ``"`` or ``'``, dashes (and runs of them) ``-``, ellipses (spaced too)
    ``...``, ligatures and other compatibility forms their NFKC letters, every run of white space
    one space, none at either end. Soft hyphens and other invisible characters go, and so does a
    hyphen at a line's end before a lower-case letter, with its line break. Superscripts stay what
    they are: a footnote sign must not become part of a number.

    Args:
        raw: any text.
        fold_case: also fold case (``str.casefold``).

    Returns:
        The normal form, its code points mapped to half-open ranges of ``raw``.

    >>> norm = normalise("the  “ﬁrst” govern\u2010\nment …")
    >>> norm.text
    'the "first" government ...'
    >>> norm.raw_span(5, 10).of("the  “ﬁrst” govern\u2010\nment …")
    'ﬁrst'
    """
    pieces: list[str] = []
    starts = array("L")
    ends = array("L")
    tail = ""  # the code point written last

    def write(form: str, start: int, end: int) -> None:
        nonlocal tail
        if not form:
            return
        pieces.append(form)
        tail = form[-1]
        starts.extend([start] * len(form))
        ends.extend([end] * len(form))

    at = 0
    for match in _CHANGES.finditer(raw):
        start, end = match.span()
        if at < start:
            plain = raw[at:start]
            if plain[0] == " " and (tail in {"", " "}):
                plain, at = plain[1:], at + 1
            if plain:
                pieces.append(plain.lower() if fold_case else plain)
                tail = plain[-1]
                starts.extend(range(at, start))
                ends.extend(range(at + 1, start + 1))
        at = end
        kind = match.lastgroup
        if kind == "space":
            if tail not in {"", " "}:
                write(" ", start, end)
        elif kind == "double":
            write('"', start, end)
        elif kind == "dash":
            write("-", start, end)
        elif kind == "dots":
            write("...", start, end)
        elif kind == "other":
            for begin, stop in _clusters(raw, start, end):
                form = _fold(raw[begin:stop])
                if tail.isdigit() and "/" in form:
                    form = " " + form  # "9½" is not 91/2
                write(form.casefold() if fold_case else form, begin, stop)
    if at < len(raw):
        plain = raw[at:]
        if plain[0] == " " and (tail in {"", " "}):
            plain, at = plain[1:], at + 1
        pieces.append(plain.lower() if fold_case else plain)
        starts.extend(range(at, len(raw)))
        ends.extend(range(at + 1, len(raw) + 1))
    text = "".join(pieces)
    if text.endswith(" "):
        text = text[:-1]
        starts.pop()
        ends.pop()
    return Normalised(text, starts, ends)


def _clusters(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Base characters with the marks that NFKC may compose with them."""
    begin = start
    for place in range(start + 1, end):
        if not _composes(raw[place]):
            yield begin, place
            begin = place
    yield begin, end


def _composes(char: str) -> bool:
    # Besides combining marks: Hangul vowels and finals, and the half-width kana voicing signs.
    return (
        unicodedata.category(char)[0] == "M"
        or "\u1160" <= char <= "\u11ff"
        or char in "\uff9e\uff9f"
    )


def _fold(cluster: str) -> str:
    folded = _FOLDS.get(cluster)
    if folded is not None:
        return folded
    if unicodedata.decomposition(cluster[0]).startswith(("<super>", "<sub>")):
        return cluster
    form = unicodedata.normalize("NFKC", cluster)
    if any(char.isspace() for char in form):
        return cluster  # spacing accents would turn into a space and a stray mark
    return "".join(_FOLDS.get(char, char) for char in form)
