"""Whether words glued or split are still the same words: "home grown", not "not able"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from quotecheck.comparison.spelling import same_spelling, stem
from quotecheck.comparison.words import bare
from quotecheck.language.compounds import (
    ACCIDENTAL_SPLITS,
    CONFUSED_SPLITS,
    LITTLE_WORDS,
    NEARLY_SAME_SPLITS,
    OTHER_WITH_HYPHEN,
    SAME_SPLITS,
)
from quotecheck.language.ordinary_words import is_ordinary
from quotecheck.language.word_classes import FUNCTION_WORDS
from quotecheck.records.check import Severity

__all__ = ["SpacedWords", "division_severity"]

_LINE_BREAK = re.compile(r"[-‐‑¬\u00ad][^\w]*\s[^\w]*\Z|[\u00ad\u200b-\u200d]*\Z")
"""A word divided at the end of a line, or by a mark that is not seen."""
_HYPHEN = re.compile(r"[-‐‑–]\Z")
_SEVERITIES: Final[tuple[Severity, ...]] = ("none", "wording", "meaning")
_PREFIXES: Final = frozenset({"re", "un", "co", "pre", "de"})
_ENDINGS: Final = re.compile(r"(?:s|es|d|ed|ing|er|ers|ations?|ions?|als?|ments?)?\Z")
_KNOWN_LETTERS: Final = 3
"""Letters from which on a piece counts as a word of the library; shorter ones are in every text."""


class SpacedWords(NamedTuple):
    """Words with the text between them: ``gaps[i]`` stands after word ``i``."""

    forms: Sequence[str]
    raw: Sequence[str]
    gaps: Sequence[str]

    def part(self, first: int, last: int) -> SpacedWords:
        """The words from index ``first`` up to ``last``."""
        return SpacedWords(self.forms[first:last], self.raw[first:last], self.gaps[first:last])


def division_severity(
    a: SpacedWords, b: SpacedWords, frequency: Callable[[str], int] | None = None
) -> Severity | None:
    """What it does to the sense that the same letters are divided into other words.

    Args:
        a: some words.
        b: other words.
        frequency: how often the library holds a word; without it, every word may be one.

    Returns:
        "none" where both are the same words, "wording" where that is nearly so, "meaning" where
        not; None where the letters are not the same, or divided in the same way.

    >>> def words(text):
    ...     return SpacedWords(text.split(), text.split(), " " * len(text.split()))
    >>> division_severity(words("home grown"), words("homegrown"))
    'none'
    >>> division_severity(words("not able"), words("notable"))
    'meaning'
    """
    if CONFUSED_SPLITS.get(" ".join(a.forms)) == "".join(b.forms) or (
        CONFUSED_SPLITS.get(" ".join(b.forms)) == "".join(a.forms)
    ):
        return "meaning"
    joined, other = "".join(map(bare, a.forms)), "".join(map(bare, b.forms))
    if joined != other:
        whole, parts = sorted((a, b), key=lambda side: len(side.forms))
        if len(whole.forms) != 1 or len(parts.forms) == 1 or not same_spelling(joined, other):
            return None
        return _severity(whole, parts, frequency)  # un-ionised, unionized
    divided = [(x, y) for x, y in _segments(a, b) if len(x.forms) > 1 or len(y.forms) > 1]
    if not divided:
        return None
    severities = [
        "meaning" if min(len(x.forms), len(y.forms)) > 1
        else _severity(*((y, x) if len(x.forms) > 1 else (x, y)), frequency)
        for x, y in divided
    ]  # fmt: skip
    return max(severities, key=_SEVERITIES.index)


def _segments(a: SpacedWords, b: SpacedWords) -> Iterator[tuple[SpacedWords, SpacedWords]]:
    """The shortest stretches at whose borders both are divided."""
    i = j = first = second = 0
    reach = other = 0
    while i < len(a.forms) or j < len(b.forms):
        if reach <= other and i < len(a.forms):
            reach += len(bare(a.forms[i]))
            i += 1
        else:
            other += len(bare(b.forms[j]))
            j += 1
        if reach == other and i > first and j > second:
            yield a.part(first, i), b.part(second, j)
            first, second = i, j


def _severity(
    whole: SpacedWords, parts: SpacedWords, frequency: Callable[[str], int] | None
) -> Severity:
    """How one word and its letters divided into several differ."""
    closed = bare(whole.forms[0])
    gaps = [gap.strip("_*") for gap in parts.gaps[: len(parts.forms) - 1]]
    pieces = [bare(form) for form in parts.forms]
    if all(len(piece) == 1 for piece in pieces) or all(gap == "." for gap in gaps):
        return _initials(whole.raw[0], parts.raw, gaps)
    if all(_LINE_BREAK.match(gap) for gap in gaps):
        return "none"
    if any(mark in gap for gap in gaps for mark in "'’`([") or "'" in whole.forms[0]:
        return "none"  # in 't, minister(s)
    if all(_HYPHEN.match(gap) for gap in gaps):
        return _hyphenated(closed, pieces, frequency)
    if not all(gap.isspace() or _HYPHEN.match(gap) or _LINE_BREAK.match(gap) for gap in gaps):
        return "meaning"  # now, here
    if (
        len(pieces) == 2
        and len(pieces[0]) == 1
        and pieces[0] not in "aio"
        and parts.raw[0].isupper()
    ):
        return "none"  # T he: a large initial
    split = " ".join(pieces)
    if split in SAME_SPLITS:
        return "none"
    if split in NEARLY_SAME_SPLITS:
        return "wording"
    if split in ACCIDENTAL_SPLITS or (
        any(piece in LITTLE_WORDS for piece in pieces)
        and (is_ordinary(closed) or closed in FUNCTION_WORDS)  # themill is not a word
    ):
        return "meaning"
    return _hyphenated(closed, pieces, frequency) if pieces[0] in _PREFIXES else "none"


def _initials(closed: str, letters: Sequence[str], gaps: Sequence[str]) -> Severity:
    """Initials: U.S. is US, and is not "us"."""
    stops = any("." in gap for gap in gaps)
    if closed.isupper() or (len(letters) > 2 and not closed.islower()):
        return "none"
    if stops:
        capitals = all(letter.isupper() for letter in letters)
        return "meaning" if capitals and closed.lower() in FUNCTION_WORDS else "none"
    return "none" if len(letters) > 2 else "meaning"


def _hyphenated(
    closed: str, pieces: Sequence[str], frequency: Callable[[str], int] | None
) -> Severity:
    """A word with a hyphen and without: mostly one, or left from the end of a line."""
    first, rest = pieces[0], "".join(pieces[1:])
    if first in _PREFIXES:
        for base in OTHER_WITH_HYPHEN:
            root = base.removesuffix("e")
            if closed.startswith(base) and _ENDINGS.match(closed[len(base) :]):
                return "meaning"
            if root != base and closed.startswith(root) and closed[len(root) :] in ("ing", "ion"):
                return "meaning"
        return "none"
    if " ".join(pieces) in SAME_SPLITS or len(pieces) > 2:
        return "none"
    little = first in LITTLE_WORDS or rest in LITTLE_WORDS
    known = all(
        piece in FUNCTION_WORDS
        or (len(piece) >= _KNOWN_LETTERS and (frequency is None or frequency(piece) > 0))
        for piece in pieces
    )
    return "wording" if little and known and stem(closed) != stem(rest) else "none"
