"""Raw text: its paragraphs, its hash, and a normal form that remembers where it came from.

Nothing here edits a text: `paragraphs` returns places, and `normalise` a second text beside a map
back to the first. `decode`, which makes the text, keeps its line ends as they are.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from quotecheck.records.text import Span
from quotecheck.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Normalised", "decode", "normalise", "paragraphs", "sha256_hex", "trimmed"]


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of ``data`` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without the white space at its ends; None where nothing is left.

    >>> trimmed("He said  no .", 7, 11)
    Span(start=9, end=11)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


# ------------------------------------------------------------------------------------- paragraphs

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"
_WIDEST_WRAP = 130  # columns; hard-wrapped text is narrower, one-paragraph-a-line text wider
_FULL_LINE = 0.8  # of the width: a shorter line was ended on purpose


def paragraphs(text: str) -> tuple[Span, ...]:
    r"""The paragraphs of a text, in order, without the white space around them.

    A blank line always parts two paragraphs. A single line break parts them too, unless the text
    is hard-wrapped: its lines are narrow, filled to a common width, and go on in lower case. Both
    news with one paragraph a line and wrapped plain text come out right. A line of
    nothing but Markdown's ``>`` is blank.

    Returns:
        Spans that never overlap and never are empty.

    >>> [p.of("One.\nTwo.\n\n  Three.") for p in paragraphs("One.\nTwo.\n\n  Three.")]
    ['One.', 'Two.', 'Three.']
    """
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    found: list[Span] = []
    held: Span | None = None  # the paragraph being gathered
    last: Span | None = None  # the line before, None after a blank one
    for line, content in lines:
        if content is None:
            last = None
            continue
        indented = content.start - line.start >= 2 and last is not None
        if last is not None and held is not None and not indented and width:
            joined = _goes_on(text, last, content, width)
        else:
            joined = False
        if joined and held is not None:
            held = Span(held.start, content.end)
        else:
            if held is not None:
                found.append(held)
            held = content
        last = content
    if held is not None:
        found.append(held)
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[Span, Span | None]]:
    """Every line with its content trimmed of white space, None for a blank one."""
    start = 0
    while start <= len(text):
        match = _LINE_END.search(text, start)
        end = match.start() if match else len(text)
        line = text[start:end]
        bare = line.strip()
        if bare.strip(_INVISIBLE + "> "):
            begin = start + len(line) - len(line.lstrip())
            yield Span(start, end), Span(begin, begin + len(bare))
        else:
            yield Span(start, end), None
        if match is None:
            return
        start = match.end()


def _wrap_width(text: str, lines: list[tuple[Span, Span | None]]) -> int:
    """The column at which a text is hard-wrapped, 0 where it is not."""
    held = [content for _, content in lines if content is not None]
    pairs = [
        (before, after)
        for (_, before), (_, after) in pairwise(lines)
        if before is not None and after is not None
    ]
    if not pairs:
        return 0
    lengths = sorted(content.end - content.start for content in held)
    # A stray long line (an address) must not hide the width of the others.
    width = lengths[min(len(lengths) - 1, int(0.98 * len(lengths)))]
    if width > _WIDEST_WRAP:
        return 0
    full = sum(_is_full(text, before, after, width) for before, after in pairs)
    lower = sum(_begins_lower(text, after) for _, after in pairs)
    return width if full >= 0.6 * len(pairs) and lower >= 0.35 * len(pairs) else 0


def _is_full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the next line would not have found room on this one."""
    window = text[after.start : min(after.end, after.start + width)].lstrip("> ").split(None, 1)
    return line.end - line.start + 1 + len(window[0] if window else "") > _FULL_LINE * width


def _goes_on(text: str, line: Span, after: Span, width: int) -> bool:
    return _begins_lower(text, after) or _is_full(text, line, after, width)


def _begins_lower(text: str, line: Span) -> bool:
    return text[line.start : min(line.end, line.start + 8)].lstrip("> ")[:1].islower()


# ------------------------------------------------------------------------------------ normal form

_FOLDS = {
    **dict.fromkeys("“”„‟«»″‶〝〞〟＂❝❞", '"'),
    **dict.fromkeys("‘’‚‛‹›′‵´ʼʹʻʽ＇❛❜`", "'"),
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
