"""Finds words again in another version of their text, by what was kept with them.

What was kept is a W3C selector: the exact words, some characters before and after, and their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Postfix, Prefix

from quotecheck.comparison.alignment import align
from quotecheck.comparison.words import Words, source_words
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span

__all__ = ["Holding", "Relocation", "RevisedText"]

Holding = Literal["unchanged", "moved", "changed", "gone"]
"""What has become of words: at their place; at another, the same; other words; nowhere."""

_LIKE = 0.5
"""The least share of a quotation's words, weighed, that a changed form of it still has."""
_MIN_CONTEXT_CHARS = 8
"""Code points on either side that make a place certain."""
_MAX_PLACES = 10_000
"""Places with the same words that are compared."""
_AROUND_NAME = 16
"""Characters on either side of a name by which its place is known again."""


@dataclass(frozen=True, slots=True)
class Relocation:
    """Where words are now. ``likeness`` is in 0..1; 1.0 for the very same words."""

    state: Holding
    span: Span | None = None
    likeness: float = 0.0
    why: str = ""


class RevisedText:
    """A text in which to find again what an older version of it said.

    >>> RevisedText("Once more: they came by sea.").find("They said: ", "came by sea", ".", 11).span
    Span(start=16, end=27)
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _words(self) -> Words:
        return source_words(self.text)

    def find(self, prefix: str, exact: str, suffix: str, start: int) -> Relocation:
        """Where the words of a selector are in this text.

        The same words where the surroundings agree best win, then those nearest to the old place.
        Without the same words it looks for what now stands in the old surroundings, and then for
        the stretch that shares the most words.

        Args:
            prefix: what stood before the words.
            exact: the words.
            suffix: what stood after them.
            start: where they began.
        """
        places = [
            (_agreement(self.text, place, len(exact), prefix, suffix), -abs(place - start), place)
            for place in self._places(exact)
        ]
        if places:
            *_, place = max(places)
            span = Span(place, place + len(exact))
            if place == start:
                return Relocation("unchanged", span, 1.0)
            return Relocation("moved", span, 1.0, "the same words stand at another place")
        changed = self._in_surroundings(prefix, exact, suffix, start) or self._most_like(exact)
        return changed or Relocation("gone", why="its words are not in the text any more")

    def require_attribution(
        self, relocation: Relocation, old: str, quotation: Quotation, start: int
    ) -> Relocation:
        """The same, or "changed" where the words are the same and who said them is not.

        Everything from the first to the last of content, cue, source and negation has to read as it
        did, and so has the name that the source stands for, with a few characters around it.

        Args:
            relocation: where the words of the quotation are now.
            old: the text that it was stored with.
            quotation: as it was stored, with its places in that text.
            start: where its words began there.
        """
        if relocation.span is None or relocation.state not in ("unchanged", "moved"):
            return relocation
        parts = [*quotation.content, *quotation.cue, *quotation.source, *quotation.facts.negation]
        whole = Span.cover(parts)
        begin = whole.start + relocation.span.start - start
        if begin < 0 or not self.text.startswith(whole.of(old), begin):
            return replace(relocation, state="changed", why="what says who said it reads otherwise")
        for speaker in quotation.speakers:
            name = speaker.mention
            if name is None or (whole.start <= name.start and name.end <= whole.end):
                continue
            around = old[max(0, name.start - _AROUND_NAME) : name.end + _AROUND_NAME]
            if around not in self.text:
                return replace(
                    relocation, state="changed", why="where its speaker is named has changed"
                )
        return relocation

    def _places(self, words: str) -> Iterator[int]:
        at = self.text.find(words) if words else -1
        for _ in range(_MAX_PLACES):
            if at < 0:
                return
            yield at
            at = self.text.find(words, at + 1)

    def _in_surroundings(
        self, prefix: str, exact: str, suffix: str, start: int
    ) -> Relocation | None:
        if min(len(prefix.strip()), len(suffix.strip())) < _MIN_CONTEXT_CHARS:
            return None
        spans: list[Span] = []
        for place in self._places(prefix):
            begin = place + len(prefix)
            end = self.text.find(suffix, begin, begin + 3 * len(exact) + len(suffix))
            if end > begin:
                spans.append(Span(begin, end))
        if not spans:
            return None
        return self._changed(exact, min(spans, key=lambda span: abs(span.start - start)))

    def _most_like(self, exact: str) -> Relocation | None:
        quote = source_words(exact)
        if not quote:
            return None
        laid = align(quote, self._words, lambda form: 1.0 if len(form) <= 3 else 3.0)
        if laid is None or laid.share < _LIKE or laid.last - laid.first > 2 * len(quote) + 4:
            return None
        return self._changed(exact, self._words.span(laid.first, laid.last))

    def _changed(self, exact: str, span: Span) -> Relocation:
        now = span.of(self.text)
        same = source_words(exact).forms == source_words(now).forms
        why = "its marks, case or spaces are others" if same else "its words are others"
        return Relocation("changed", span, round(fuzz.ratio(exact, now) / 100, 4), why)


def _agreement(text: str, start: int, length: int, prefix: str, suffix: str) -> int:
    """How many characters before and after a place agree with those that were kept."""
    before = text[max(0, start - len(prefix)) : start]
    after = text[start + length : start + length + len(suffix)]
    return Postfix.similarity(before, prefix) + Prefix.similarity(after, suffix)
