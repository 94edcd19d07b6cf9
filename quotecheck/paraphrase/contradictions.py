"""Why two statements that lie close may yet differ: numbers, names, yes and no, opposites.

A sentence and its denial have vectors almost the same, as have two sums of money. What is found
here is told, and keeps a candidate from being called the same statement.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from quotecheck.comparison.spelling import number_value, stem
from quotecheck.comparison.words import source_words
from quotecheck.language.person_nouns import titles
from quotecheck.language.word_classes import FUNCTION_WORDS, NEGATIONS, OPPOSITES

__all__ = ["Statement", "clashes", "statement"]

_NO_NUMBERS: Final = frozenset("one once first second half a an and hundred thousand".split())
_NOT_NAMES: Final = FUNCTION_WORDS | frozenset(
    "i mr mrs ms dr god lord sir president senator congress nation american america".split()
)
_SMALL: Final = 10
_STOP = re.compile(r"[.!?…:;\"“”‘(\[—-]\s*\Z")


class Statement(NamedTuple):
    """What a guard looks at in a sentence."""

    forms: frozenset[str]
    stems: frozenset[str]
    numbers: frozenset[float]
    figures: frozenset[float]
    """Numbers written in digits, or of ten and more."""
    names: frozenset[str]
    denials: int


def statement(text: str) -> Statement:
    """Reads a sentence, or several.

    >>> seen = statement("We did not send 43 ships to Norway.")
    >>> sorted(seen.numbers), sorted(seen.names), seen.denials
    ([43.0], ['norway'], 1)
    """
    words = source_words(text)
    forms = words.forms
    numbers: set[float] = set()
    figures: set[float] = set()
    run: list[str] = []
    for form in (*forms, ""):
        counts = form not in _NO_NUMBERS or (run and form in ("hundred", "thousand"))
        if form and counts and number_value((form,)) is not None:
            run.append(form)
        elif run:
            value = number_value(run)
            if value is not None:
                numbers.add(value)
                if value >= _SMALL or run[0][:1].isdigit():
                    figures.add(value)
            run = []
    names: set[str] = set()
    for n, form in enumerate(forms):
        raw = text[words.starts[n] : words.ends[n]]
        before = text[: words.starts[n]]
        if (
            raw[:1].isupper()
            and n
            and form not in _NOT_NAMES
            and form not in titles()
            and not _STOP.search(before[-4:])
        ):
            names.add(form.removesuffix("'s"))
    return Statement(
        frozenset(forms),
        frozenset(stem(form) for form in forms),
        frozenset(numbers),
        frozenset(figures),
        frozenset(names),
        sum(form in NEGATIONS or form.endswith("n't") for form in forms),
    )


def clashes(quote: Statement, there: Statement, around: Statement) -> tuple[str, ...]:
    """What differs between a quotation and a place, by name: number, name, negation, opposite.

    Args:
        quote: the quotation.
        there: the sentence or clause it may go back to.
        around: the passage that holds it, where a number or a name may stand as well.

    >>> a, b = statement("We shall send 34 ships."), statement("We shall never send 43 ships.")
    >>> clashes(a, b, b)
    ('number', 'negation')
    """
    found: list[str] = []
    apart = quote.numbers and there.numbers and not quote.numbers & there.numbers
    if apart or quote.figures - around.numbers:
        found.append("number")
    if not all(_is_held(name, around) for name in quote.names):
        found.append("name")
    if quote.denials % 2 != there.denials % 2:
        found.append("negation")
    for form in quote.forms:
        other = OPPOSITES.get(form) or OPPOSITES.get(stem(form))
        if other and form not in there.forms and {other, stem(other)} & (there.forms | there.stems):
            found.append("opposite")
            break
    return tuple(found)


def _is_held(name: str, around: Statement) -> bool:
    """Whether a name stands there in any form: Iran for Iranian."""
    if name in around.forms:
        return True
    return len(name) >= 4 and any(form.startswith(name[:4]) for form in around.forms)
