"""Contractions and colloquial forms undone: whether two runs of words sound as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quotecheck.language.ordinary_words import is_ordinary
from quotecheck.language.word_classes import CONTRACTIONS, PERSONS, SOUND_ALIKE

__all__ = ["contracted", "is_half", "periphrased", "sounded"]


def contracted(words: Sequence[str]) -> set[tuple[str, ...]]:
    """The readings of some words with contractions undone."""
    readings: list[list[str]] = [[]]
    for word in words:
        full = CONTRACTIONS.get(word)
        ways = [[word]]
        if word in ("ain't", "aint"):
            ways = [[verb, "not"] for verb in ("is", "are", "am", "has", "have")]
            full = None
        if full:
            ways = [full.split()]
            if word.endswith("'s") and full.endswith(" is"):
                ways.append([full.split()[0], "has"])
            if word.endswith("'d") and full.endswith(" would"):
                ways.append([full.split()[0], "had"])
        elif word.endswith("'s"):
            ways = [[word], [word[:-2], "is"], [word[:-2], "has"]]
        elif word.endswith("'re"):
            ways = [[word], [word[:-3], "are"]]
        elif word.endswith("'ve"):
            ways = [[word], [word[:-3], "have"]]
        elif word.endswith("'ll"):
            ways = [[word], [word[:-3], "will"]]
        readings = [r + way for r in readings for way in ways][:16]
    return {tuple(r) for r in readings}


def is_half(whole: Sequence[str], half: Sequence[str]) -> bool:
    """Whether a contraction lacks a half: "is right" of "he's right", "they" of "they've".

    A modal verb is no such half: "they" does not say what "they'll" says.
    """
    return any(
        reading[0] in PERSONS
        and (
            reading[1:] == tuple(half)
            or (reading[:1] == tuple(half) and reading[1:] in (("have",), ("am",), ("are",)))
        )
        for reading in contracted(whole)
    )


_PERIPHRASES: Final = {
    ("is", "going", "to"): "will", ("are", "going", "to"): "will", ("am", "going", "to"): "will",
    ("ought", "to"): "should", ("have", "to"): "must", ("has", "to"): "must",
    ("is", "able", "to"): "can", ("are", "able", "to"): "can", ("am", "able", "to"): "can",
    ("was", "able", "to"): "could", ("were", "able", "to"): "could",
}  # fmt: skip
"""What says in several words what a modal verb says in one."""


def periphrased(words: Sequence[str]) -> list[str]:
    """Folded words with a modal verb for what says the same in several.

    >>> periphrased(("she", "ought", "to", "go")), periphrased(("going", "to"))
    (['she', 'should', 'go'], ['going', 'to'])
    """
    out: list[str] = []
    at = 0
    while at < len(words):
        size = next((n for n in (3, 2) if tuple(words[at : at + n]) in _PERIPHRASES), 1)
        whole = tuple(words[at : at + size])
        out.append(_PERIPHRASES.get(whole, words[at]))
        at += size
    return out


_NOUNS_IN: Final = frozenset("basin robin raisin cabin satin puffin bobbin margin ruin".split())
"""Words in -in of which a verb has the same letters before -ing."""
_LETTERS_IN: Final = 5
"""Letters from which on a word in -in may lack its last letter; shorter ones are other words."""


def _with_g(word: str) -> str:
    """A word that was written without its last letter, as it sounds: waitin'."""
    sounds = word.endswith("in") and word not in _NOUNS_IN and len(word) >= _LETTERS_IN
    return f"{word}g" if sounds and is_ordinary(f"{word}g") else word


def sounded(words: Sequence[str]) -> list[str]:
    """Folded words with colloquial forms spelled out: "gonna" as "going to".

    >>> sounded(("waitin", "dunno")), sounded(("robin", "don't"))
    (['waiting', 'do', 'not', 'know'], ['robin', 'do', 'not'])
    """
    out: list[str] = []
    for word in words:
        full = SOUND_ALIKE.get(word) or CONTRACTIONS.get(word) or _with_g(word)
        out.extend(full.split())
    return out
