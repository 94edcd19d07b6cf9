"""Puts the differences of a check back into the running text, punctuation and all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

__all__ = ["Run", "origin_runs", "quotation_runs", "word_pattern"]

Run = tuple[str, str]
"""What a stretch is ("same", "gone", "new", "gap") and its text."""

Diff = Sequence[tuple[str, str, str]]


def quotation_runs(quote: str, diff: Diff) -> list[Run]:
    """The quotation as printed, with the words that its origin does not have marked "new".

    >>> quotation_runs("Now, we will.", [("equal", "Now we", "Now we"), ("delete", "never", ""),
    ...                                  ("replace", "shall", "will")])
    [('same', 'Now, we '), ('new', 'will'), ('same', '.')]
    """
    runs = [("same" if op == "equal" else "new", words) for op, _, words in diff if words]
    return list(_located(quote, runs))


def origin_runs(origin: str, diff: Diff) -> list[Run]:
    """The origin's words, with those that the quotation left out or changed marked "gone".

    >>> origin_runs("Now, we never shall", [("equal", "Now we", "Now we"),
    ...     ("delete", "never", ""), ("replace", "shall", "will")])
    [('same', 'Now, we '), ('gone', 'never shall')]
    """
    runs = [
        ("gap" if words == "[…]" else "same" if op == "equal" else "gone", words)
        for op, words, _ in diff
        if words
    ]
    return list(_located(origin, [mark for mark in runs if mark[0] != "gap"]))


def _located(text: str, runs: Iterable[Run]) -> Iterator[Run]:
    """Runs of ``text`` by the marks of its words; what cannot be placed leaves the text plain."""
    placed: list[tuple[str, int, int]] = []
    at = 0
    for kind, words in runs:
        for word in words.split():
            match = word_pattern(word).search(text, at)
            if match is None:
                yield ("same", text)
                return
            if placed and placed[-1][0] == kind:
                placed[-1] = (kind, placed[-1][1], match.end())
            else:
                placed.append((kind, match.start(), match.end()))
            at = match.end()
    at = 0
    for kind, start, end in placed:
        if kind == "same":
            continue
        # Punctuation and spaces between words belong to what is the same.
        if at < start:
            yield ("same", text[at:start])
        yield (kind, text[start:end])
        at = end
    if at < len(text):
        yield ("same", text[at:])


@lru_cache(maxsize=2048)
def word_pattern(word: str) -> re.Pattern[str]:
    """A pattern that finds a word of a diff in running text."""
    before = r"(?<![^\W_])" if word[:1].isalnum() else ""
    after = r"(?![^\W_])" if word[-1:].isalnum() else ""
    return re.compile(f"{before}{re.escape(word)}{after}")
