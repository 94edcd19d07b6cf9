"""Tell whether two names that are not equal may be one name in two forms."""

from __future__ import annotations

import re

__all__ = ["are_name_forms"]

_PEOPLE = re.compile(r"[a-z](?:n|an|ian|ean|ese|ish|i|s|ns|ans|ians|'s)")
"""The last letter of a country and what its people's name adds."""


def are_name_forms(x: str, y: str) -> bool:
    """Whether two names are forms of one: a people of its country, another transliteration.

    Johnson and Johnston, Austria and Australia only look alike.

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
    return (
        min(len(x), len(y)) >= 5
        and (x[0], x[-1]) == (y[0], y[-1])
        and _consonants(x) == _consonants(y)
    )


def _consonants(name: str) -> str:
    """A name without its vowels, double letters as one."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyh]", "", name))
