"""Contractions and colloquial forms undone: whether two runs of words sound as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quotecheck.comparison.spelling import same_spelling
from quotecheck.comparison.words import bare
from quotecheck.language.ordinary_words import is_ordinary
from quotecheck.language.word_classes import CONTRACTIONS, PERSONS, SOUND_ALIKE

__all__ = [
    "contracted",
    "is_half",
    "is_other_without_mark",
    "lacks_apostrophe",
    "periphrased",
    "sounded",
]

_AMBIGUOUS: Final = frozenset(
    "we're were i'll ill she'll shell he'll hell we'll well we'd wed she'd shed he'd hed i'd id "
    "who're whore can't cant won't wont".split()
)
"""With and without the apostrophe these are different words."""


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
            if word.endswith("'d"):
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


def is_other_without_mark(x: str, y: str) -> bool:
    """Whether two words of the same letters are other words by an apostrophe: we'll, well."""
    ambiguous = x in _AMBIGUOUS or y in _AMBIGUOUS or (x, y) == ("its", "it's")
    return x != y and ambiguous and bare(x) == bare(y)


def lacks_apostrophe(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether the quotation lost the apostrophe of a contraction: "Hell" for "He'll"."""
    return len(a) == len(b) and all(
        x == y
        or (x in _AMBIGUOUS and "'" in x and bare(x) == y)
        or ("'" not in x + y and same_spelling(x, y))
        for x, y in zip(a, b, strict=True)
    )
