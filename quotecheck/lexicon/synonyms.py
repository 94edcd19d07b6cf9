"""Whether two words are near synonyms, by a list written for slips of quotation."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["are_synonyms"]


@cache
def _groups() -> dict[str, frozenset[int]]:
    text = (files("quotecheck") / "lexicon" / "synonyms.txt").read_text(encoding="utf-8")
    held: dict[str, set[int]] = {}
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    for number, line in enumerate(lines):
        for word in line.split():
            held.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in held.items()}


_ENDINGS = ("'s", "ing", "ed", "es", "ly", "s", "d", "er", "est")


def _bases(word: str) -> dict[str, str]:
    """Base forms that a word may be made of, each with the ending taken off ("" for none)."""
    bases = {word: ""}
    if word.endswith("ies"):
        bases[f"{word[:-3]}y"] = "s"
    if word.endswith("ied"):
        bases[f"{word[:-3]}y"] = "d"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            base, kind = word.removesuffix(ending), {"es": "s", "ed": "d"}.get(ending, ending)
            bases.setdefault(base, kind)
            bases.setdefault(f"{base}e", kind)
            if len(base) > 2 and base[-1] == base[-2]:  # stopped
                bases.setdefault(base[:-1], kind)
    return bases


def are_synonyms(a: str, b: str) -> bool:
    """Whether two different folded words are near synonyms in the same inflection.

    >>> are_synonyms("started", "began"), are_synonyms("starts", "begins")
    (False, True)
    >>> are_synonyms("worker", "laborer"), are_synonyms("friend", "enemy")
    (True, False)
    """
    groups = _groups()
    others = _bases(b)
    for base, ending in _bases(a).items():
        held = groups.get(base)
        if held and any(
            ending == other_ending and held & groups.get(other, frozenset())
            for other, other_ending in others.items()
        ):
            return a != b
    return False
