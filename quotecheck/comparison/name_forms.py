"""Names among the words of an edit, and whether two of them may be one name in two forms."""

from __future__ import annotations

import re
from typing import Final

from quotecheck.comparison.stretches import WordRun
from quotecheck.language.name_spellings import is_other_name, transliterated
from quotecheck.language.person_nouns import titles
from quotecheck.language.word_classes import CAPITAL_ONLY, CONTRACTIONS, FUNCTION_WORDS

__all__ = ["are_name_forms", "is_another_family", "is_another_name", "is_renamed", "names_in"]

_PEOPLE = re.compile(r"[a-z](?:n|an|ian|ean|ese|ish|i|s|ns|ans|ians|'s)")
"""The last letter of a country and what its people's name adds."""
_FAMILIES: Final = ({"grey", "gray"},)
"""Spellings of a word that are the names of two families."""
_LETTERS_NAMED: Final = frozenset(("s", "t", "d", "m", "who"))
"""In capitals these are letters that name something (40° S, the WHO)."""
_VOWELS: Final = frozenset("aeiouy")


def are_name_forms(x: str, y: str) -> bool:
    """Whether two names are forms of one: a people of its country, another transliteration.

    Johnson and Johnston, Austria and Australia only look alike, Hassan and Hussein only sound so.

    >>> are_name_forms("russia", "russian"), are_name_forms("mohammed", "muhammad")
    (True, True)
    >>> are_name_forms("johnson", "johnston"), are_name_forms("austria", "australia")
    (False, False)
    """
    x, y = x.removesuffix("'s"), y.removesuffix("'s")
    short, long = sorted((x, y), key=len)
    if (
        len(short) >= 4
        and _PEOPLE.fullmatch(long[len(short) - 1 :])
        and (long.startswith(short) or (short[-1] in "aeoy" and long.startswith(short[:-1])))
    ):
        return True
    if is_other_name(x, y):
        return True
    first, second = transliterated(x), transliterated(y)
    return (
        min(len(x), len(y)) >= 5
        and _is_rounded(x) == _is_rounded(y)
        and (
            ((x[0], x[-1]) == (y[0], y[-1]) and _consonants(x) == _consonants(y))
            or (
                (first[0], first[-1]) == (second[0], second[-1])
                and _consonants(first) == _consonants(second)
            )
        )
    )


def _consonants(name: str) -> str:
    """A name without its vowels, double letters as one."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyh]", "", name))


def _is_rounded(name: str) -> bool:
    """Whether the first vowel is o or u, which are written for one another and not for a, e, i."""
    return re.sub(r"[^aeiou]", "", name)[:1] in ("o", "u")


def is_another_name(before: WordRun, after: WordRun) -> bool:
    """Whether a misprint may be another name: one vowel for another, in a name on both sides.

    Dahlberg and Dahlborg are two families, and a writer confuses them as easily as a machine.
    """
    if len(before.forms) != 1 or not (names_in(before) and names_in(after)):
        return False
    x, y = before.forms[0], after.forms[0]
    changed = [(a, b) for a, b in zip(x, y, strict=False) if a != b]
    return len(x) == len(y) and all(a in _VOWELS and b in _VOWELS for a, b in changed)


def is_another_family(before: WordRun, after: WordRun) -> bool:
    """Whether two spellings of a word are two families, where both are names: Grey, Gray."""
    words = {*before.forms, *after.forms}
    return words in _FAMILIES and bool(names_in(before) and names_in(after))


def is_renamed(before: WordRun, guarded: tuple[str, str]) -> bool:
    """Whether a name put into brackets stands for another full name, and explains nothing."""
    full = len(before.raw) > 1 and all(raw[:1].isupper() for raw in before.raw)
    return guarded == ("name", "meaning") and full


def names_in(stretch: WordRun) -> set[str]:
    """Words that look like names: capitals on words that need none."""
    return {
        form
        for k, (form, raw) in enumerate(zip(stretch.forms, stretch.raw, strict=True))
        if raw[:1].isupper()
        and k not in stretch.initial
        and (
            form not in FUNCTION_WORDS
            or (raw.isupper() and (form in CAPITAL_ONLY or form in _LETTERS_NAMED))
        )
        and form not in CONTRACTIONS
        and form not in titles()
    }
