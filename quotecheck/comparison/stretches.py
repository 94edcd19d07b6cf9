"""Some words in a row with all that tells what an edit of them is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from quotecheck.comparison.quantity_alignment import QuantityWords, quantities_of
from quotecheck.comparison.spelling import number_value, stem
from quotecheck.comparison.words import Words
from quotecheck.language.word_classes import TIMES, UNITS

__all__ = ["WordRun", "is_bracketed_acronym", "stretch_of"]

_FINAL = re.compile(r"[.!?…]")

_BEFORE_NAMES: Final = frozenset(
    "mr mrs ms mx messrs dr prof sen rep gov gen col maj capt lt cpl sgt rev mme mlle".split()
)
"""Titles that are written with a point, after which no sentence begins."""
_APOSTROPHES: Final = ("'", "’")
"""After a plural; a closing quotation mark of the same form is not told apart."""


@lru_cache(maxsize=4096)
def _quantities_in(raw: tuple[str, ...]) -> tuple[QuantityWords, ...]:
    ends = tuple(accumulate((len(word) + 1 for word in raw), initial=0))
    words = Words(raw, ends[:-1], tuple(end - 1 for end in ends[1:]), texts=((0, " ".join(raw)),))
    return tuple(quantities_of(words))


@dataclass(frozen=True, slots=True)
class WordRun:
    """Some words with both forms: ``forms`` folded, ``raw`` as written.

    ``initial`` are the indices of words that begin a sentence: their capital makes no name.
    ``gaps`` is the text after each word, up to the next; ``quantities`` are those among the words.
    Without them, words are taken to have a space between them, and quantities are looked for.
    """

    forms: tuple[str, ...]
    raw: tuple[str, ...]
    initial: frozenset[int] = frozenset()
    gaps: tuple[str, ...] = ()
    quantities: tuple[QuantityWords, ...] | None = None

    def part(self, first: int, last: int) -> WordRun:
        """The words from index ``first`` up to ``last``."""
        return WordRun(
            self.forms[first:last],
            self.raw[first:last],
            frozenset(k - first for k in self.initial if first <= k < last),
            self.gaps[first:last],
            tuple(
                q._replace(first=q.first - first, last=q.last - first, figure=q.figure - first)
                for q in self.found_quantities
                if first <= q.first and q.last <= last
            ),
        )

    @property
    def found_quantities(self) -> tuple[QuantityWords, ...]:
        """The quantities among the words."""
        return _quantities_in(self.raw) if self.quantities is None else self.quantities

    def gap(self, index: int) -> str:
        """The text after a word."""
        return self.gaps[index] if index < len(self.gaps) else " "

    @property
    def is_figure(self) -> bool:
        """Whether there is nothing but numbers, months, days and units."""
        return all(
            number_value((form,)) is not None
            or form in ("and", "a", "of", "per", "%", "percent")
            or {form, stem(form)} & (TIMES | UNITS)
            for form in self.forms
        )

    @property
    def text(self) -> str:
        """The words as written, one space between them."""
        return " ".join(self.raw)

    @property
    def written(self) -> str:
        """The words as written, with the marks between them."""
        pieces = [word + self.gap(k) for k, word in enumerate(self.raw[:-1])]
        return " ".join("".join([*pieces, *self.raw[-1:]]).split())

    @property
    def owners(self) -> frozenset[tuple[str, bool]]:
        """The possessives among the words without their endings, and whether each is a plural.

        "The son's wife" and "the sons' wives" are spelt with the same letters.
        """
        single = {(form[:-2], False) for form in self.forms if form.endswith("'s")}
        plural = {
            (form[:-1], True)
            for at, form in enumerate(self.forms)
            if form.endswith("s") and self.gap(at)[:1] in _APOSTROPHES
        }
        return frozenset(single | plural)


def stretch_of(
    words: Words,
    text: str,
    offset: int,
    first: int,
    last: int,
    quantities: Sequence[QuantityWords],
) -> WordRun:
    """Words ``first`` up to ``last`` with all that tells what an edit of them is.

    Args:
        words: the words of the text.
        text: the raw text.
        offset: where the text begins in its document.
        first: the first word.
        last: the one after the last.
        quantities: those of all the words.
    """
    bounds = [*words.starts[first:last], *words.starts[last : last + 1]]
    return WordRun(
        words.forms[first:last],
        tuple(text[words.starts[k] - offset : words.ends[k] - offset] for k in range(first, last)),
        frozenset(k - first for k in range(first, last) if _is_initial(words, text, offset, k)),
        tuple(
            text[words.ends[k] - offset : max(0, bound - offset)]
            for k, bound in zip(range(first, last), [*bounds[1:], len(text) + offset], strict=False)
        ),
        tuple(
            q._replace(first=q.first - first, last=q.last - first, figure=q.figure - first)
            for q in quantities
            if first <= q.first and q.last <= last
        ),
    )


def _is_initial(words: Words, text: str, offset: int, at: int) -> bool:
    """Whether a word begins a sentence, and not a name after a title or an initial with a point."""
    if not at:
        return True
    end = words.ends[at - 1] - offset
    if not _FINAL.search(text[end : words.starts[at] - offset]):
        return False
    before = text[words.starts[at - 1] - offset : end]
    return words.forms[at - 1] not in _BEFORE_NAMES and not (
        len(before) == 1 and before.isupper() and before != "I"
    )


def is_bracketed_acronym(stretch: WordRun) -> bool:
    """Whether words are the acronym of those before them: "… of West African States (ECOWAS)"."""
    if len(stretch.raw) != 1 or not stretch.gap(0).startswith(")"):
        return False
    return stretch.raw[0].isupper() and len(stretch.raw[0]) > 1
